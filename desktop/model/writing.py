"""Changes that take longer than a frame: on a thread of their own, told of on this one.

They do not wait for the other jobs: a check of everything may take minutes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

from desktop.model.bridge import follow
from desktop.model.jobs import Job, Jobs
from desktop.service.beside import Done, carry_out

if TYPE_CHECKING:
    from desktop.base.progress import Progress
    from desktop.service.workspace import Workspace

T = TypeVar("T")


class Writing(QObject):
    """Ends with its parent, which waits for a change that has begun."""

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._jobs = jobs = Jobs()
        self.destroyed.connect(lambda _: jobs.close())

    def run(
        self,
        work: Callable[[Workspace, Progress], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object],
        stopped: Callable[[], object] | None = None,
    ) -> Job:
        """Do the work over a workspace of its own; what it changed is told before `done`."""
        workspace = self._workspace

        def in_thread(progress: Progress) -> Done[T]:
            return carry_out(workspace, lambda copy: work(copy, progress))

        def committed(found: Done[T]) -> None:
            done(found.tell(workspace))

        job = self._jobs.start(in_thread)
        return follow(self, job, done=committed, failed=failed, stopped=stopped)

    def close(self) -> None:
        """Stop what can be stopped and wait for the thread; a second call does nothing."""
        self._jobs.close()
