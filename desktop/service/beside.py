"""Changes that take longer than a frame: carried out over a workspace of their own, beside the
window, and told to the window's workspace when they are committed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from desktop.store import journal

if TYPE_CHECKING:
    from desktop.service.saving import Changed
    from desktop.service.workspace import Workspace

T = TypeVar("T")
AT_ONCE = 20
"""Records whose change is taken back sooner than a frame is late."""


@dataclass(frozen=True)
class Done(Generic[T]):
    """What the work came to, and what it changed."""

    result: T
    changes: tuple[Changed, ...]

    def tell(self, workspace: Workspace) -> T:
        """Tell everybody who shows records; on the thread of the workspace. Returns the result."""
        for change in self.changes:
            workspace.changed.emit(change)
        return self.result


def carry_out(workspace: Workspace, work: Callable[[Workspace], T]) -> Done[T]:
    """Do the work over a copy of the workspace; from any thread. Raises what the work raises, and
    then nothing is told: the work has written all or nothing."""
    copy = workspace.another()
    changes: list[Changed] = []
    copy.changed.connect(changes.append)
    try:
        return Done(work(copy), tuple(changes))
    finally:
        copy.close()


def turns_many(workspace: Workspace, *, redo: bool = False) -> bool:
    """True if undo, or redo, would write so many records that a window must not wait for it."""
    connection, after = workspace.database.connection, workspace.saving.began_at
    find = journal.last_redoable if redo else journal.last_undoable
    change = find(connection, by=workspace.person.id, after=after)
    return change is not None and journal.is_longer(connection, change.id, AT_ONCE)
