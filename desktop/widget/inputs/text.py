"""One line of text, as typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from desktop.base.text import clean
from desktop.base.translate import tr
from desktop.widget.inputs.line import LineInput

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

# What a paste brings and a line cannot hold: line ends and tabs become blanks; control, direction,
# zero-width and soft-hyphen characters go.
_BREAKS = re.compile(r"[ ]*[\t\r\n\v\f\x85\u2028\u2029]+[ ]*")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)


def one_line(text: str) -> str:
    """The text as it can stand in one line, without characters nobody sees."""
    if text.isprintable():
        return text
    return _UNSEEN.sub("", _BREAKS.sub(" ", text.strip("\r\n")))


class TextInput(LineInput):
    """A line of text of at most `length` characters (NFC).

    An edit that would be longer is refused as a whole and said in `noted`: nothing is cut off.
    """

    def __init__(self, parent: QWidget | None = None, *, length: int = 500) -> None:
        super().__init__(parent, columns=min(max(length, 8), 40))
        self._length = length

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
            self.noted.emit(
                tr(
                    "At most {most} characters fit here; {size} is too long. Nothing was changed."
                ).format(most=self._length, size=size)
            )
            return None
        if kept != text:
            self.noted.emit(tr("Line breaks and invisible characters were taken out."))
        return kept
