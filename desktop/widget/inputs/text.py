"""One line of text, as typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.base.text import clean
from desktop.base.translate import tr
from desktop.base.typed_text import one_line
from desktop.widget.inputs.line import LineInput
from desktop.widget.inputs.pasting import too_long_words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

__all__ = ["TextInput", "one_line"]


class TextInput(LineInput):
    """A line of text of at most `length` characters (NFC).

    An edit that would be longer is refused as a whole and said in `noted`: nothing is cut off.
    """

    def __init__(self, parent: QWidget | None = None, *, length: int = 500) -> None:
        super().__init__(parent, columns=min(max(length, 8), 40))
        self._length = length
        self.longest_paste = 0  # told by `_accept_edit`

    def value_text(self) -> str:
        return clean(one_line(self._line.text()))

    def set_value_text(self, text: str) -> None:
        if self.value_text() != clean(text):
            self._show_text(text)
        self._set_unreadable(False)

    def is_empty(self) -> bool:
        return not self._line.text().strip()

    def _accept_edit(self, text: str) -> str | None:
        kept = one_line(text)
        size = len(clean(kept))
        if size > self._length and size > len(clean(self._good[0])):
            self.noted.emit(too_long_words(size, self._length))
            return None
        if kept != text:
            self.noted.emit(tr("Line breaks and invisible characters were taken out."))
        return kept
