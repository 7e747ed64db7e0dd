"""Lists read and sorted beside the window: one thread of their own for all lists of an office.

Checking all records may take minutes; a list that waited behind it would be no list.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from desktop.model.bridge import follow
from desktop.model.jobs import Job, Jobs

if TYPE_CHECKING:
    from desktop.base.progress import Progress
    from desktop.service.row_list import RowList


class ListReader(QObject):
    """Ends with its parent, the window; what it was reading then is let go."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = Jobs()
        # Not `self.close`: by then this object is gone, its thread must be too.
        self.destroyed.connect(self._jobs.close)

    def serve(self, rows: RowList, owner: QObject) -> None:
        """Read for this list, as long as `owner` lives."""
        rows.beside.later = lambda work, done, failed: self._later(owner, work, done, failed)

        def stop() -> None:
            rows.beside.later = None

        owner.destroyed.connect(stop)

    def is_busy(self) -> bool:
        """True while a list is being read."""
        return self._jobs.is_busy()

    def close(self) -> None:
        """Wait for the thread; a second call does nothing."""
        self._jobs.close()

    def run(
        self,
        owner: QObject,
        work: Callable[[Progress], Any],
        done: Callable[[Any], object],
        failed: Callable[[Exception], object],
        stopped: Callable[[], object] | None = None,
    ) -> Job:
        """Anything else about a list that takes longer than a frame."""
        return follow(owner, self._jobs.start(work), done=done, failed=failed, stopped=stopped)

    def _later(
        self,
        owner: QObject,
        work: Callable[[Progress], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> None:
        self.run(owner, work, done, failed)
