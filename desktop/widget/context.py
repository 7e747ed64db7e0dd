"""What every page is handed: the services, the questions, and the way to other pages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from desktop.base.settings import Settings
    from desktop.model.jobs import Jobs
    from desktop.service.draft_picture import KeptDraft, Place
    from desktop.service.problems import RecordProblem
    from desktop.service.workspace import Workspace
    from desktop.widget.ask import Asker


class DraftWay(Protocol):
    """What pages ask about drafts kept on disk (`desktop.widget.draft_door`)."""

    def go_on(self, id: str, take_stored: Collection[Place] | None = None) -> bool:
        """Open a draft in its form; False if something kept it."""
        ...

    def discard(self, id: str) -> bool:
        """Ask once, then put a draft away; False if it stays."""
        ...

    def say_discarded(self, kept: KeptDraft) -> None:
        """Say what was discarded, and offer it back."""
        ...

    def people(self) -> list[tuple[str, str]]:
        """(id, name) of everybody who may sign in."""
        ...


class Navigator(Protocol):
    """What the window does for its pages."""

    @property
    def drafts(self) -> DraftWay:
        """The way to what was typed and not saved."""
        ...

    def open_page(self, key: str) -> bool:
        """Show a page; False if the page on show may not be left."""
        ...

    def open_record(self, register: str, id: str, problem: RecordProblem | None = None) -> bool:
        """Show a record on its register's page, at the field of a problem if one is given; False
        as `open_page`."""
        ...

    def open_records(self, register: str, ids: tuple[str, ...], title: str) -> bool:
        """Show only these records of a register: those a figure was counted from."""
        ...

    def add_record(self, register: str, given: Mapping[str, str]) -> bool:
        """Begin a new record with these texts by field; False as `open_page`."""
        ...

    def undo(self) -> None:
        """Take the last saved change back, and say which."""
        ...

    def say(
        self,
        text: str,
        *,
        level: str = "done",
        action: str = "",
        key: str = "",
        act: Callable[[], None] | None = None,
    ) -> None:
        """Say what was done at the foot of the window for a moment (`parts.Toast.say`)."""
        ...


@dataclass(frozen=True, kw_only=True)
class PageContext:
    """Handed to every page when it is built."""

    workspace: Workspace
    ask: Asker
    jobs: Jobs
    settings: Settings
    window: Navigator
