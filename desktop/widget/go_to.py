"""Ctrl+K: type part of a name and go to that person, case, unit, page, command or help topic."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from desktop.base.translate import tr
from desktop.model.palette import Palette
from desktop.widget.inputs.popup import TALL_HEIGHT, Popup
from desktop.widget.palette_rows import COMMAND, PAGE, RECORD, TOPIC, PaletteRows, Source
from desktop.widget.parts import SearchBox

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from desktop.service.workspace import Workspace
    from desktop.widget.palette_rows import Listed

__all__ = ["COMMAND", "PAGE", "RECORD", "TOPIC", "GoTo"]


class GoTo(SearchBox):
    """Says `picked(kind, key)`; the key of a record is "REGISTER ID"."""

    picked = Signal(str, str)
    most_list_height = 12 * TALL_HEIGHT
    """The list shows so much before it scrolls."""

    def __init__(
        self,
        workspace: Workspace,
        pages: Callable[[], Listed],
        commands: Callable[[], Listed],
        recent: Callable[[], list[tuple[str, str]]] = list,
        parent: QWidget | None = None,
    ) -> None:
        """`pages` and `commands` give (key, words, quiet words); `recent` (register, id) of what
        was opened, the last first."""
        super().__init__(tr("Go to a person, case, page, command…"), key="Ctrl+K", parent=parent)
        self.palette_names = Palette(workspace, self)
        self._rows = PaletteRows(
            self.palette_names,
            workspace.registers,
            [Source(PAGE, tr("Pages"), pages), Source(COMMAND, tr("Commands"), commands)],
        )
        self._recent = recent
        self._wanted = False
        """Enter was pressed before the names were there."""
        self.searched.connect(self._ask)
        self.palette_names.ready.connect(self._names_came)

    def add_topics(self, topics: Callable[[], Listed], words: Callable[[str], str]) -> None:
        """Find help topics too: (key, title, quiet words); `words` a topic is found by as well."""
        self._rows.add_source(Source(TOPIC, tr("Help"), topics, words))

    def take_focus(self) -> None:
        super().take_focus()
        self.palette_names.forget_titles()
        self.palette_names.load()
        self._show()

    def popup_chosen(self, key: str) -> None:
        """A row was clicked, or taken with Enter."""
        kind, _, rest = key.partition(":")
        self._put_away()
        if kind:
            self.picked.emit(kind, rest)

    def key_pressed(self, event: QKeyEvent) -> bool:
        popup = Popup.of(self)
        key = event.key()
        is_open = popup.is_open_for(self)
        if is_open and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            popup.step(1 if key == Qt.Key.Key_Down else -1)
            return True
        if is_open and key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            popup.step(5 if key == Qt.Key.Key_PageDown else -5)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
            return True
        if key == Qt.Key.Key_Down:
            self._show()
            return True
        if key == Qt.Key.Key_Escape and is_open and not self.text():
            self._put_away()
            return True
        return super().key_pressed(event)

    def wants_key(self, event: QKeyEvent) -> bool:
        own = event.key() == Qt.Key.Key_Escape and Popup.of(self).is_open_for(self)
        return own or super().wants_key(event)

    def line_clicked(self) -> None:
        super().line_clicked()
        if not Popup.of(self).is_open_for(self):
            self.palette_names.load()
            self._show()

    def line_left(self, reason: Qt.FocusReason) -> None:
        super().line_left(reason)
        self._put_away()

    def _take(self) -> None:
        """Go to what is highlighted; what may still come before it is waited for."""
        text = self.value_text()
        popup = Popup.of(self)
        waits = bool(text) and not self.palette_names.is_ready and not popup.was_moved
        if waits and not self._rows.has_exact(text):
            self._wanted = True
            self.palette_names.load()
            return
        chosen = popup.current_key() if popup.is_open_for(self) else None
        if chosen:
            self.popup_chosen(chosen)

    def _names_came(self) -> None:
        if not self.has_focus():
            return
        if self.value_text():
            self._show()
        if self._wanted:
            self._wanted = False
            self._take()

    def _put_away(self) -> None:
        self._wanted = False
        Popup.of(self).close_for(self)
        self.set_value_text("")

    def _ask(self, text: str) -> None:
        self._wanted = False
        if text:
            self.palette_names.load()
        self._show()

    def _show(self) -> None:
        text = self.value_text()
        rows = self._rows.found(text) if text else self._rows.recent(self._recent())
        if rows:
            Popup.of(self).show_for(self, rows)
        else:
            Popup.of(self).close_for(self)
