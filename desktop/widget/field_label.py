"""The words before an input, with a star where an answer is required."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.base.translate import tr
from desktop.widget import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

WIDTH = 156
STAR_ROOM = 11
"""Kept free at every label, so that their ends stand in one line."""


class FieldLabel(QLabel):
    """Right-aligned in a fixed width; long words take a second line."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", "quiet")
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self.setContentsMargins(0, 4, STAR_ROOM, 4)
        self.setFixedWidth(WIDTH)
        self.ensurePolished()
        self.setMinimumHeight(max(theme.INPUT_HEIGHT, self.heightForWidth(WIDTH)))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)
        self._required = False
        self._beside = False

    def width_beside(self, beside: bool) -> int:
        """Pixels it takes at the head of a line, or further along it."""
        if not beside:
            return WIDTH
        return min(WIDTH, self.fontMetrics().horizontalAdvance(self.text()) + STAR_ROOM + 2)

    def stand_beside(self, on: bool) -> None:
        """Stand further along a line, as wide as the words, or at its head."""
        if on != self._beside:
            self._beside = on
            self.setFixedWidth(self.width_beside(on))

    def set_required(self, on: bool) -> None:
        """Show or hide the star."""
        if on != self._required:
            self._required = on
            words = tr("{label}, required").format(label=self.text())
            self.setAccessibleName(words if on else self.text())
            self.update()

    def is_required(self) -> bool:
        return self._required

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._required:
            painter = QPainter(self)
            painter.setFont(theme.font(600))
            painter.setPen(theme.current().color("error"))
            box = QRect(self.width() - STAR_ROOM, 4, STAR_ROOM, 22)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, "*")
