"""A field that searches while it is typed into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.base.text import clean
from desktop.base.translate import tr
from desktop.widget import theme
from desktop.widget.inputs.frame import MIDDLE, FrameIcon
from desktop.widget.inputs.line import LineInput
from desktop.widget.inputs.text import one_line
from desktop.widget.parts.badge import draw_key_hint, key_hint_width

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

LEFT = 34


class SearchBox(LineInput):
    """`searched` for each change that is no half-made syllable, the same text never twice.

    Enter: `entered`. Up and Down: `stepped(-1 or 1)`. Esc empties it; a second Esc is the page's.
    """

    searched = Signal(str)
    entered = Signal()
    stepped = Signal(int)

    def __init__(
        self, placeholder: str = "", *, key: str = "", parent: QWidget | None = None
    ) -> None:
        self._key_hint = ""
        super().__init__(parent, columns=32)
        self._key_hint = key
        self._searched = ""
        self._clear_icon = FrameIcon("x", tr("Clear (Esc)"), self.clear)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_placeholder(placeholder)
        self.set_label(placeholder)

    def value_text(self) -> str:
        return clean(one_line(self.text()))

    def set_value_text(self, text: str) -> None:
        """Show a text; `searched` is not said."""
        if self.value_text() != text:
            self._show_text(text)
        self._searched = self.value_text()
        self._show_clear()

    def put_back(self, text: str) -> None:
        self._show_text(text)
        self._after_edit()

    def clear(self) -> None:
        """Empty it, as the person does."""
        self._show_text("")
        self._after_edit()

    def _after_edit(self) -> None:
        self._show_clear()
        if self.value_text() != self._searched:
            self._searched = self.value_text()
            self.searched.emit(self._searched)
        super()._after_edit()

    def _accept_edit(self, text: str) -> str | None:
        return one_line(text)

    def _show_clear(self) -> None:
        wanted = (self._clear_icon,) if self.text() else ()
        if wanted != self._icons:
            self._set_icons(*wanted)

    def wants_key(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_Escape and bool(self.text())

    def key_pressed(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if key == Qt.Key.Key_Down else -1)
        else:
            return False
        return True

    def _left_room(self) -> int:
        return LEFT

    def _right_room(self) -> int:
        if not self._key_hint or self.text():
            return super()._right_room()
        return super()._right_room() + key_hint_width(self._key_hint) + 8

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        theme.draw_icon(painter, "search", "quiet", 10, MIDDLE - 8, 16)
        if self._key_hint and not self.text():
            width = key_hint_width(self._key_hint)
            draw_key_hint(painter, QRectF(self.width() - width - 10, 6, width, 18), self._key_hint)
