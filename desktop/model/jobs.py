"""Long work beside the window: plain functions, one after another, on one thread of their own.

A job's function gets a `Progress` to call now and then; that call is also where it is cancelled.
Its signals arrive in the thread that made the job, so that who listens may touch widgets.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from queue import SimpleQueue
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, Qt, QThread, Signal

from desktop.base.progress import Cancelled, Progress

REPORT_SECONDS = 0.05
"""Progress is passed on at most this often: more would only keep the window busy."""


class Job(QObject):
    """One piece of work, from `Jobs.start` to exactly one of `done`, `failed`, `stopped`."""

    progressed = Signal(str, float)
    """What is being done, and how much of the whole is: 0 to 1."""
    done = Signal(object)
    """What the function returned."""
    failed = Signal(object)
    """The exception it raised: a `UserError` is for the person, anything else a bug."""
    stopped = Signal()
    """It was cancelled, before or while it ran."""
    finished = Signal()
    """After each of the three."""

    _ended = Signal()
    _moved = Signal(str, float)

    def __init__(self, work: Callable[[Progress], Any], title: str = "") -> None:
        super().__init__()
        self.title = title
        self._work = work
        self._cancelled = Event()
        self._reported = 0.0
        self._tell: Callable[[], None] = self.stopped.emit
        # Told in the thread that made the job, not before that thread has had time to connect.
        self._ended.connect(self._say_end, Qt.ConnectionType.QueuedConnection)
        self._moved.connect(self.progressed, Qt.ConnectionType.QueuedConnection)

    def cancel(self) -> None:
        """Ask it to stop; one that is already at its end may still say `done`."""
        self._cancelled.set()

    def run(self) -> None:
        """Do the work; called by the thread."""
        try:
            self._stop_if_cancelled()
            result = self._work(self._report)
        except Cancelled:
            self._tell = self.stopped.emit
        except Exception as error:  # whoever started it decides what an error means
            self._tell = partial(self.failed.emit, error)
        else:
            self._tell = partial(self.done.emit, result)
        finally:
            self._ended.emit()

    def _say_end(self) -> None:
        self._tell()
        self.finished.emit()

    def _report(self, text: str, done: float, /) -> None:
        self._stop_if_cancelled()
        now = time.monotonic()
        if now - self._reported >= REPORT_SECONDS:
            self._reported = now
            self._moved.emit(text, done)

    def _stop_if_cancelled(self) -> None:
        if self._cancelled.is_set():
            raise Cancelled


class Jobs(QObject):
    """The queue and its thread; the thread begins with the first job and ends with `close`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: SimpleQueue[Job | None] = SimpleQueue()
        self._thread: _Worker | None = None
        self._open: list[Job] = []

    def start(self, work: Callable[[Progress], Any], title: str = "") -> Job:
        """Queue a function. Connect to the job's signals before going back to the event loop."""
        job = Job(work, title)
        self._open.append(job)
        job.finished.connect(self._forget_finished)
        if self._thread is None:
            self._thread = _Worker(self._queue)
            self._thread.start()
        self._queue.put(job)
        return job

    def is_busy(self) -> bool:
        """True while a job waits or runs."""
        return bool(self._open)

    def close(self) -> None:
        """Cancel everything and wait for the thread; a second call does nothing."""
        for job in self._open:
            job.cancel()
        if self._thread is not None:
            self._queue.put(None)
            self._thread.wait()
            self._thread = None

    def _forget_finished(self) -> None:
        job = self.sender()
        self._open = [one for one in self._open if one is not job]


class _Worker(QThread):
    """Runs what is queued until it meets None."""

    def __init__(self, queue: SimpleQueue[Job | None]) -> None:
        super().__init__()
        self._queue = queue

    def run(self) -> None:
        while (job := self._queue.get()) is not None:
            job.run()
