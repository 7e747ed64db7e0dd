"""The strip above a column: what it is at the left, what can be done at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.widget import theme
from desktop.widget.parts.elided import Elided

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

TITLE_POINTS = 12


class Toolbar(QWidget):
    """A title with an optional quiet line below it; `add` puts widgets at the right.

    `at_top` False draws its line above: the strip of buttons under a form.
    """

    def __init__(
        self, text: str = "", note: str = "", *, at_top: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._at_top = at_top
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 8, 12, 8)
        self._row.setSpacing(8)
        words = QVBoxLayout()
        words.setContentsMargins(4, 0, 0, 0)
        words.setSpacing(0)
        self._title = Elided(text, role="text", weight=600, points=TITLE_POINTS)
        self._note = Elided(note)
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._note)
        words.addStretch(1)
        self._row.addLayout(words, 1)
        # Only now do they have a parent: shown before, they would be windows for a moment.
        self._title.setVisible(bool(text))
        self._note.setVisible(bool(note))
        self.setMinimumHeight(47)

    def set_title(self, text: str, note: str = "") -> None:
        """Another title and quiet line."""
        self._title.setText(text)
        self._note.setText(note)
        self._title.setVisible(bool(text))
        self._note.setVisible(bool(note))

    def add(self, widget: QWidget) -> None:
        """Put a widget at the right of the others."""
        self._row.addWidget(widget)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.color("panel"))
        painter.setPen(look.color("line"))
        y = self.height() - 1 if self._at_top else 0
        painter.drawLine(0, y, self.width(), y)
