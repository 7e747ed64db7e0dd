"""What choices and references share: type a part, see what it finds, take one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from desktop.base.text import clean
from desktop.base.translate import N_, tr
from desktop.widget.inputs.line import LineInput, is_plain_enter
from desktop.widget.inputs.popup import Popup, Row

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

PAGE = 8


class LookUpInput(LineInput):
    """A line that settles on one key of many.

    `edited` is said when an answer is taken or cleared, or text that finds nothing is left; not for
    each letter, so that what depends on the answer stays still meanwhile.
    """

    selects_on_click = True
    not_found = N_("This is not in the list. Type a code or part of the words; F4 shows the list.")

    def __init__(self, parent: QWidget | None = None, *, columns: int = 20) -> None:
        super().__init__(parent, columns=columns)
        self._key = ""
        self._said = ""
        """The value of the last `edited`, or the one set."""
        self._typing = False
        """True from the first letter typed until an answer is taken."""

    # For subclasses

    def rows_for(self, typed: str) -> list[Row]:
        """What typed text finds; "" asks for everything, or the likely ones."""
        raise NotImplementedError

    def _shown(self, key: str) -> str:
        """How an answer stands in the line; "" where it is shown elsewhere."""
        return ""

    def _only_one(self, typed: str) -> str | None:
        """The key the text means beyond doubt, or None."""
        raise NotImplementedError

    # The face of an input

    def value_text(self) -> str:
        return clean(self._line.text()) if self._typing else self._key

    def set_value_text(self, text: str) -> None:
        if self.value_text() != text or self._typing:
            self._typing = False
            self._key = text
            self._show_text(self._shown(text) if text else "")
        self._said = text
        self._set_unreadable(False)

    def complaint(self) -> str:
        return tr(self.not_found) if self._typing and self._line.text().strip() else ""

    # Taking an answer

    def popup_chosen(self, key: str) -> None:
        """A row was clicked."""
        self._take(key)

    def _take(self, key: str) -> None:
        self._close()
        self._key, self._typing = key, False
        self._show_text(self._shown(key) if key else "")
        self._say_if_changed()

    def _say_if_changed(self) -> None:
        """Say `edited` if the value is another than the one said or set last."""
        value = self.value_text()
        if value != self._said:
            self._said = value
            self._say_edited()
        else:
            self._set_unreadable(not self.is_readable())

    def _settle(self, *, by_key: bool) -> None:
        popup = Popup.of(self)
        highlighted = popup.current_key() if popup.is_open_for(self) else None
        typed = self._line.text().strip()
        if highlighted is not None and by_key and (typed if self._typing else popup.was_moved):
            self._take(highlighted)
        elif not self._typing:
            self._close()
        elif not typed:
            self._take("")
        elif (key := self._only_one(typed)) is not None:
            self._take(key)
        else:
            self._close()
            self._say_if_changed()

    # Keys

    def wants_key(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_Escape and (
            Popup.of(self).is_open_for(self) or self._typing
        )

    def key_pressed(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Escape and self.wants_key(event):
            self._back()
            return True
        if not self._read_only and moves_highlight(self, event):
            return True
        if is_plain_enter(event):
            self._enter()
            return True
        return super().key_pressed(event)

    def _enter(self) -> None:
        """Take what is highlighted, then go on."""
        popup = Popup.of(self)
        if popup.is_open_for(self):
            popup.was_moved = True
        self._finish()

    def _back(self) -> None:
        """Esc: the list goes, and the text becomes the stored answer again."""
        self._close()
        self._typing = False
        self._show_text(self._shown(self._key) if self._key else "")
        self._line.selectAll()
        self._set_unreadable(False)

    # The list

    def open_list(self) -> None:
        """Show what there is: everything while the answer stands, else what the text finds."""
        if self._read_only or not self.isEnabled():
            return
        popup = Popup.of(self)
        if popup.is_open_for(self):
            self._close()
            return
        typed = self._line.text() if self._typing else ""
        popup.show_for(self, self.rows_for(typed), self._key or None)

    def _close(self) -> None:
        if self.parent() is not None:
            Popup.of(self).close_for(self)

    def line_left(self, reason: Qt.FocusReason) -> None:
        super().line_left(reason)
        self._close()

    def _after_edit(self) -> None:
        self._typing = True
        self._set_unreadable(False)
        narrow(self, self._line.text())

    def composed(self) -> None:
        """The list follows a syllable while it is made; nothing is taken or said for that."""
        super().composed()
        line = self._line
        if line.composing and not self._read_only:
            place = line.selectionStart() if line.hasSelectedText() else line.cursorPosition()
            behind = line.text()[place + len(line.selectedText()) :]
            narrow(self, line.text()[:place] + line.preedit + behind)


def narrow(field: LookUpInput, typed: str) -> None:
    """Show under the field what a text finds; nothing for an empty one."""
    popup = Popup.of(field)
    if typed.strip():
        popup.show_for(field, field.rows_for(typed))
    else:
        popup.close_for(field)


def moves_highlight(field: LookUpInput, event: QKeyEvent) -> bool:
    """Up and Down in an open list, Down and F4 to open it; False for any other key."""
    popup = Popup.of(field)
    steps = {
        Qt.Key.Key_Down: 1,
        Qt.Key.Key_Up: -1,
        Qt.Key.Key_PageDown: PAGE,
        Qt.Key.Key_PageUp: -PAGE,
    }
    step = steps.get(Qt.Key(event.key()))
    if popup.is_open_for(field):
        if step is None:
            return False
        popup.step(step)
        return True
    if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_F4):
        field.open_list()
        return True
    return False
