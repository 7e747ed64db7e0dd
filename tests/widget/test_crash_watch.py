"""A fault of ours is kept and shown once, without anybody's data."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from desktop.base import log
from desktop.base.clock import FixedClock
from desktop.widget.crash_watch import CrashWatch
from tests.offices import TODAY
from tests.widget.scripted_ask import ScriptedAsk

PRIVATE = "Nguyễn Thị Hoà"


@pytest.fixture
def ask() -> ScriptedAsk:
    return ScriptedAsk()


@pytest.fixture
def watch(qapp: QApplication, ask: ScriptedAsk, tmp_path: Path) -> Iterator[CrashWatch]:
    before = sys.excepthook, threading.excepthook
    made = CrashWatch(tmp_path, log.RecentLines(), ask=ask, clock=FixedClock(TODAY))
    made.watch()
    yield made
    made.stop()
    assert (sys.excepthook, threading.excepthook) == before


def fail() -> None:
    raise KeyError(PRIVATE)


def caught() -> None:
    """As Qt reports what a slot raised."""
    try:
        fail()
    except KeyError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    QCoreApplication.processEvents()


def test_a_fault_is_kept_and_shown_without_values(
    watch: CrashWatch, ask: ScriptedAsk, tmp_path: Path
) -> None:
    caught()
    (title, text), (file,) = ask.asked[0], tmp_path.glob("su-co-*.txt")
    assert title == "Có sự cố"
    assert str(file) in text
    content = file.read_text(encoding="utf-8")
    assert "KeyError" in content
    assert "in fail" in content
    assert PRIVATE not in content + text


def test_the_same_fault_is_shown_once(watch: CrashWatch, ask: ScriptedAsk) -> None:
    for _ in range(5):
        caught()
    assert len(ask.asked) == 1


def test_a_fault_on_another_thread_is_shown_by_the_window(
    watch: CrashWatch, ask: ScriptedAsk
) -> None:
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert ask.asked == []
    QCoreApplication.processEvents()
    assert len(ask.asked) == 1


def test_leaving_by_the_keyboard_is_no_fault(
    ask: ScriptedAsk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    went_on: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, _error, _trace: went_on.append(kind))
    made = CrashWatch(tmp_path, log.RecentLines(), ask=ask, clock=FixedClock(TODAY))
    made.watch()
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    QCoreApplication.processEvents()
    made.stop()
    assert went_on == [KeyboardInterrupt]
    assert ask.asked == []
