"""Where the person came from: Alt+Left goes back page by page, record by record."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from desktop.widget.page_stack import REGISTER

if TYPE_CHECKING:
    from desktop.widget.page_stack import PageStack

MOST = 50


class Place(NamedTuple):
    """A page, and the record that was in its form."""

    page: str
    id: str
    """"" where the page shows no stored record."""


class Trail:
    """The places left behind, the last one first to go back to; one per window."""

    def __init__(self, pages: PageStack, changed: Callable[[], None]) -> None:
        """`changed` is called when there is more, or less, to go back to."""
        self._pages = pages
        self._changed = changed
        self._behind: list[Place] = []

    def here(self) -> Place:
        """The place on show now."""
        page = self._pages.current_register()
        draft = page.form.draft if page is not None else None
        stored = draft is not None and not draft.is_new
        return Place(self._pages.current_key(), draft.id if draft is not None and stored else "")

    def came_from(self, place: Place) -> None:
        """Another place is on show: remember the one before it."""
        if place.page and place != self.here() and self._behind[-1:] != [place]:
            self._behind = [*self._behind, place][-MOST:]
            self._changed()

    def can_go_back(self) -> bool:
        """True if there is somewhere to go back to."""
        return any(place != self.here() for place in self._behind)

    def go_back(self) -> bool:
        """Show the place before this one; False if there is none, or this one may not be left."""
        here, kept = self.here(), list(self._behind)
        while self._behind:
            place = self._behind.pop()
            if place != here:
                break
        else:
            return False
        shown = self._show(place)
        if not shown:
            self._behind = kept
        self._changed()
        return shown

    def _show(self, place: Place) -> bool:
        if not self._pages.open_page(place.page):
            return False
        if not place.page.startswith(REGISTER):
            return True
        page = self._pages.register_page(place.page.removeprefix(REGISTER))
        if place.id:
            return page.open_record(place.id)
        if page.form.state is not None:
            page.form.enter()
        return True
