"""A fault of ours: kept in a file without personal data, shown to the person, sent nowhere."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from desktop import __version__
from desktop.base import crash
from desktop.base.clock import Clock, SystemClock
from desktop.base.translate import tr

if TYPE_CHECKING:
    from desktop.base.log import RecentLines
    from desktop.widget.ask import Asker

Hook = Callable[[type[BaseException], BaseException, TracebackType | None], object]


class CrashWatch(QObject):
    """Catches what nothing else caught, on any thread, from `watch` to `stop`."""

    _caught = Signal(object)

    def __init__(
        self,
        folder: Path,
        recent: RecentLines,
        *,
        ask: Asker | None = None,
        clock: Clock | None = None,
    ) -> None:
        """`folder`: of the logs."""
        super().__init__()
        self._folder = folder
        self._recent = recent
        self._asker = ask
        self._clock = clock or SystemClock()
        self._seen: set[str] = set()
        self._before: Hook = sys.excepthook
        self._before_threads = threading.excepthook
        self._caught.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def watch(self) -> None:
        """Begin to catch."""
        self._before, self._before_threads = sys.excepthook, threading.excepthook
        sys.excepthook = self._catch
        threading.excepthook = self._catch_in_thread

    def stop(self) -> None:
        """Let faults go where they went before."""
        sys.excepthook, threading.excepthook = self._before, self._before_threads

    def _catch(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt | SystemExit):
            self._before(kind, error, trace)
            return
        self._caught.emit(error)

    def _catch_in_thread(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self._caught.emit(arguments.exc_value)

    def _show(self, error: BaseException) -> None:
        """Once for each fault: one that comes with every paint must not bury the window."""
        at = self._clock.now()
        text = crash.report_text(error, self._recent.lines(), __version__, at)
        fault = "\n".join(text.splitlines()[3:])
        if fault in self._seen:
            return
        self._seen.add(fault)
        path = crash.write_report(self._folder, text, at)
        told = tr(
            "The program met a fault of its own. What was saved is safe, and what was being typed "
            "is kept as a draft. Close the program and open it again."
        )
        if path is not None:
            told += " " + tr(
                "The report below holds nothing about anybody; it was not sent anywhere. It is "
                "kept in “{path}”: copy it to whoever looks after the program."
            ).format(path=path)
        self._ask().message(QApplication.activeWindow(), tr("A fault"), told, "error", text)

    def _ask(self) -> Asker:
        from desktop.widget.ask import Ask

        return self._asker or Ask()
