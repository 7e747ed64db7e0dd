"""Services outlive pages: nobody is called after he is gone."""

from __future__ import annotations

from threading import Event

import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.base.events import Signal
from desktop.model.bridge import Soon, follow, listen
from desktop.model.jobs import Jobs


def test_listener_is_called_until_it_is_destroyed(qtbot: QtBot) -> None:
    signal: Signal[int] = Signal()
    owner = QObject()
    heard: list[int] = []
    listen(owner, signal, heard.append)
    signal.emit(1)
    shiboken6.delete(owner)
    signal.emit(2)
    assert heard == [1]


def test_many_requests_make_one_call(qtbot: QtBot) -> None:
    owner = QObject()
    calls: list[int] = []
    soon = Soon(owner, lambda: calls.append(1), 5)
    for _ in range(10):
        soon.ask()
    qtbot.waitUntil(lambda: bool(calls))
    qtbot.wait(30)
    assert calls == [1]


def test_a_request_can_be_taken_back_or_answered_at_once(qtbot: QtBot) -> None:
    owner = QObject()
    calls: list[int] = []
    soon = Soon(owner, lambda: calls.append(1), 5)
    soon.ask()
    soon.forget()
    qtbot.wait(20)
    assert calls == []
    soon.ask()
    soon.now()
    assert calls == [1]
    qtbot.wait(20)
    assert calls == [1]
    soon.now()
    assert calls == [1]


def test_a_job_is_not_heard_of_any_more_when_its_owner_is_gone(qtbot: QtBot) -> None:
    jobs = Jobs()
    owner, heard = QObject(), []
    go_on = Event()
    job = follow(
        owner,
        jobs.start(lambda _: go_on.wait(10)),
        done=heard.append,
        finished=lambda: heard.append("finished"),
    )
    shiboken6.delete(owner)
    with qtbot.waitSignal(job.finished, timeout=10_000):
        go_on.set()
    assert heard == []
    jobs.close()


def test_a_job_is_heard_of_while_its_owner_is_there(qtbot: QtBot) -> None:
    jobs = Jobs()
    owner, heard = QObject(), []
    for number in range(3):
        job = follow(
            owner,
            jobs.start(lambda _, number=number: number),
            done=heard.append,
            finished=lambda: heard.append("finished"),
        )
        with qtbot.waitSignal(job.finished, timeout=10_000):
            pass
    assert heard == [0, "finished", 1, "finished", 2, "finished"]
    shiboken6.delete(owner)
    jobs.close()
