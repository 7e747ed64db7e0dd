"""A change of many records from a page: covered meanwhile, and told on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.base.errors import UserError
from desktop.model.writing import Writing
from desktop.widget.parts import BusyOverlay

if TYPE_CHECKING:
    from desktop.base.progress import Progress
    from desktop.service.workspace import Workspace

T = TypeVar("T")


class WritingCover(QObject):
    """Of one page."""

    def __init__(self, page: QWidget, workspace: Workspace) -> None:
        super().__init__(page)
        self._writing = Writing(workspace, self)
        self._busy = BusyOverlay(page)

    def run(
        self,
        title: str,
        work: Callable[[Workspace, Progress], T],
        done: Callable[[T], object],
        refused: Callable[[UserError], object],
    ) -> None:
        """Do the work over a workspace of its own. Esc stops it where it tells its progress, and
        then nothing was written."""

        def ended(found: T) -> None:
            self._busy.finish()
            done(found)

        def failed(error: Exception) -> None:
            self._busy.finish()
            if not isinstance(error, UserError):
                raise error
            refused(error)

        job = self._writing.run(work, ended, failed, self._busy.finish)
        self._busy.start(title, job.cancel)
        job.progressed.connect(self._busy.report)

    def is_running(self) -> bool:
        """True until the work has ended and was told of."""
        return self._busy.is_running()

    def close(self) -> None:
        """Stop what can be stopped, and wait for what cannot."""
        self._writing.close()
