"""One backup a day, made behind the window whenever something changed since the last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.model.bridge import follow
from desktop.service.backup_file import BackupKind

if TYPE_CHECKING:
    from desktop.base.progress import Progress
    from desktop.model.jobs import Jobs
    from desktop.service.backups import Backups, Done

FIRST_LOOK_MS = 20_000
"""After the window opened: whoever signs in wants to work first."""
LOOK_AGAIN_MS = 30 * 60_000
"""Some computers are never shut down."""


class DailyBackup(QObject):
    """Lives as long as the window."""

    made = Signal(object)
    """A `Done`."""
    failed = Signal(object)
    """The exception: a `UserError` is for the person."""

    def __init__(self, backups: Backups, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._backups = backups
        self._jobs = jobs
        self._running = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)
        self._timer.start(FIRST_LOOK_MS)

    def look(self) -> None:
        """Make today's backup if it is due, then look again later."""
        if not self._running:
            self._running = True
            follow(
                self,
                self._jobs.start(self._make_if_due),
                done=self._say,
                failed=self.failed.emit,
                finished=self._ended,
            )

    def _make_if_due(self, progress: Progress) -> Done | None:
        if not self._backups.is_due():
            return None
        return self._backups.make(BackupKind.DAILY, progress)

    def _say(self, done: Done | None) -> None:
        if done is not None:
            self.made.emit(done)

    def _ended(self) -> None:
        self._running = False
        self._timer.start(LOOK_AGAIN_MS)
