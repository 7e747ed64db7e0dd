"""A box to tick, with words behind it; drawn here, since a style sheet could only show a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QCheckBox

from desktop.widget import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

SIZE, GAP, HEIGHT = 18, 10, 28


class Tick(QCheckBox):
    """Space ticks it, as in every check box."""

    def sizeHint(self) -> QSize:
        width = QFontMetrics(theme.font()).horizontalAdvance(self.text())
        return QSize(SIZE + GAP + width + 8, HEIGHT)

    def hitButton(self, pos: object) -> bool:
        del pos  # the words belong to it
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = (self.height() - SIZE) / 2
        box = QRectF(1.5, top + 0.5, SIZE - 1, SIZE - 1)
        on, focused = self.isChecked(), self.hasFocus()
        edge = "accent" if on or focused else "quiet"
        painter.setPen(QPen(look.color(edge), 2 if focused else 1))
        painter.setBrush(look.color("accent" if on else "panel"))
        painter.drawRoundedRect(box, 3, 3)
        if on:
            theme.draw_icon(painter, "check", "on_accent", 3, int(top) + 2, SIZE - 4)
        painter.setFont(theme.font(500))
        painter.setPen(look.color("accent" if focused else "text"))
        words = QRect(SIZE + GAP, 0, self.width() - SIZE - GAP, self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
