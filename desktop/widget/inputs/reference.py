"""Another record, picked by typing part of its title."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal

from desktop.base.text import fold
from desktop.base.translate import N_, tr
from desktop.widget.inputs.frame import FrameIcon
from desktop.widget.inputs.look_up import LookUpInput
from desktop.widget.inputs.popup import Row

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget


class Hit(NamedTuple):
    """One record found."""

    id: str
    title: str
    subtitle: str = ""


Search = Callable[[str], Sequence[tuple[str, str, str]]]
TitleOf = Callable[[str], str]


class ReferenceInput(LookUpInput):
    """The id of a record. `search(text)` answers at once, best first, with at most some dozens.

    `title_of(id)` gives "" for a record that is not there any more.
    """

    not_found = N_("Nothing is chosen. Type part of the name and take one of the list.")
    open_asked = Signal(str)
    """The person wants to see the record: the sign in the field, or Ctrl+O."""

    def __init__(
        self, search: Search, title_of: TitleOf, parent: QWidget | None = None, *, columns: int = 36
    ) -> None:
        super().__init__(parent, columns=columns)
        self._search = search
        self._title_of = title_of
        self._can_open = False
        self._list_icon = FrameIcon("chevron-down", tr("Show the list (F4)"), self.open_list)
        self._open_icon = FrameIcon(
            "arrow-up-right", tr("Open this record (Ctrl+O)"), self.ask_open, changes=False
        )
        self._set_icons(self._list_icon)

    def set_can_open(self, on: bool) -> None:
        """Offer to open the record referred to."""
        self._can_open = on
        icons = (self._list_icon, self._open_icon) if on else (self._list_icon,)
        self._set_icons(*icons)

    def ask_open(self) -> None:
        """Say `open_asked` if there is a record to open."""
        if self._can_open and self._key and not self._typing:
            self.open_asked.emit(self._key)

    def refresh_title(self) -> None:
        """The record's title may have changed."""
        if self._key and not self._typing:
            self._show_text(self._shown(self._key))

    def complaint(self) -> str:
        if not self._typing and self._key and not self._title_of(self._key):
            return tr("The record chosen here is gone. Choose another.")
        return super().complaint()

    def key_pressed(self, event: QKeyEvent) -> bool:
        # Ctrl+Enter would be the window's: it adds a row.
        ctrl = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if ctrl and event.key() == Qt.Key.Key_O:
            self.ask_open()
            return True
        return super().key_pressed(event)

    def _shown(self, key: str) -> str:
        return self._title_of(key) or tr("(record no longer there)")

    def rows_for(self, typed: str) -> list[Row]:
        return [Row(*found) for found in self._search(typed)]

    def _only_one(self, typed: str) -> str | None:
        found = self._search(typed)
        wanted = fold(typed)
        same = [row for row in found if fold(row[1]) == wanted]
        if len(same) == 1:
            return same[0][0]
        return found[0][0] if len(found) == 1 else None
