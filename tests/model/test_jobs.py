"""Work on another thread: one after another, told about here, cancelled in the middle."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop.base.errors import UserError
from desktop.base.progress import Cancelled, Progress
from desktop.model.jobs import Jobs


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


def test_result_comes_back_to_the_thread_that_asked(jobs: Jobs, qtbot: QtBot) -> None:
    here = threading.get_ident()
    seen: list[tuple[object, int]] = []

    def work(progress: Progress) -> int:
        return threading.get_ident()

    job = jobs.start(work)
    job.done.connect(lambda result: seen.append((result, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(seen))
    there, told_in = seen[0]
    assert there != here
    assert told_in == here
    assert not jobs.is_busy()


def test_one_after_another_on_one_thread(jobs: Jobs, qtbot: QtBot) -> None:
    running: list[int] = []
    most: list[int] = []
    threads: set[int] = set()

    def work(progress: Progress) -> None:
        running.append(1)
        most.append(len(running))
        threads.add(threading.get_ident())
        threading.Event().wait(0.01)
        running.pop()

    started = [jobs.start(work) for _ in range(4)]
    with qtbot.waitSignal(started[-1].finished):
        pass
    assert max(most) == 1
    assert len(most) == 4
    assert len(threads) == 1


def test_failure_is_handed_on_and_the_next_job_runs(jobs: Jobs, qtbot: QtBot) -> None:
    def fail(progress: Progress) -> None:
        raise UserError("đĩa đầy")

    errors: list[Exception] = []
    jobs.start(fail).failed.connect(errors.append)
    with qtbot.waitSignal(jobs.start(lambda progress: 7).done) as done:
        pass
    assert [str(error) for error in errors] == ["đĩa đầy"]
    assert done.args == [7]


def test_cancelled_while_it_runs(jobs: Jobs, qtbot: QtBot) -> None:
    begun = threading.Event()
    undone: list[str] = []

    def work(progress: Progress) -> None:
        begun.set()
        try:
            while True:
                progress("đang đếm", 0.5)
        except Cancelled:
            undone.append("đã dọn")
            raise

    job = jobs.start(work)
    done: list[object] = []
    job.done.connect(done.append)
    with qtbot.waitSignal(job.stopped):
        assert begun.wait(5)
        job.cancel()
    assert undone == ["đã dọn"]
    assert done == []


def test_cancelled_while_it_waits_never_begins(jobs: Jobs, qtbot: QtBot) -> None:
    go = threading.Event()
    begun: list[int] = []
    jobs.start(lambda progress: go.wait(5))
    job = jobs.start(lambda progress: begun.append(1))
    with qtbot.waitSignal(job.stopped):
        job.cancel()
        go.set()
    assert begun == []


def test_progress_is_told_but_not_for_every_call(jobs: Jobs, qtbot: QtBot) -> None:
    def work(progress: Progress) -> None:
        for step in range(20_000):
            progress("đang ghi", step / 20_000)

    told: list[tuple[str, float]] = []
    job = jobs.start(work)
    job.progressed.connect(lambda text, done: told.append((text, done)))
    with qtbot.waitSignal(job.finished):
        pass
    assert told
    assert told[0][0] == "đang ghi"
    assert len(told) < 200


def test_close_stops_what_runs_and_what_waits(qtbot: QtBot) -> None:
    jobs = Jobs()
    begun = threading.Event()

    def work(progress: Progress) -> None:
        begun.set()
        while True:
            progress("", 0.0)

    stopped: list[int] = []
    for _ in range(2):
        jobs.start(work).stopped.connect(lambda: stopped.append(1))
    assert begun.wait(5)
    jobs.close()
    jobs.close()
    qtbot.waitUntil(lambda: len(stopped) == 2)
