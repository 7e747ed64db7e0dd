"""The chips of a field with several answers: where they stand, how they look."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from desktop.widget import theme
from desktop.widget.inputs.frame import PAD, text_width

HEIGHT, GAP, SIDE, CROSS = 22, 4, 8, 18
LEAST_LINE = 48
"""Room kept for typing behind the last chip; less, and the line goes below."""


@dataclass(frozen=True)
class Chip:
    """One answer."""

    code: str
    words: str
    known: bool
    """False for a code that is in no list or no longer given out."""


@dataclass
class Chips:
    """Chips in lines, and the place of the editor behind the last."""

    places: list[tuple[Chip, QRect]] = field(default_factory=list)
    line: QRect = field(default_factory=QRect)
    height: int = theme.INPUT_HEIGHT

    def flow(self, chips: list[Chip], right: int) -> None:
        """Put them in lines that end before `right`."""
        x, y = GAP, GAP
        self.places = []
        for chip in chips:
            width = min(text_width(chip.words) + 2 * SIDE + CROSS, max(60, right - 2 * GAP))
            if x > GAP and x + width > right:
                x, y = GAP, y + HEIGHT + GAP
            self.places.append((chip, QRect(x, y, width, HEIGHT)))
            x += width + GAP
        if chips and x + LEAST_LINE > right:
            x, y = GAP, y + HEIGHT + GAP
        left = max(x, PAD)
        self.line = QRect(left, y - 1, max(8, right - left), HEIGHT + 2)
        self.height = y + HEIGHT + GAP

    def code_of_cross(self, place: QPoint) -> str | None:
        """The code whose cross is at a place."""
        for chip, box in self.places:
            if box.contains(place) and place.x() > box.right() - CROSS:
                return chip.code
        return None

    def paint(self, painter: QPainter, *, crosses: bool) -> None:
        """Paint all; `crosses` to take one away with."""
        for chip, box in self.places:
            _paint_chip(painter, chip, box)
            if crosses:
                theme.draw_icon(painter, "x", "quiet", box.right() - 16, box.top() + 5, 12)


def _paint_chip(painter: QPainter, chip: Chip, box: QRect) -> None:
    look = theme.current()
    painter.setPen(QPen(look.color("line"), 1))
    painter.setBrush(look.color("accent_soft" if chip.known else "field_still"))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.setPen(look.color("text" if chip.known else "quiet"))
    font = theme.font()
    painter.setFont(font)
    room = box.adjusted(SIDE, 0, -CROSS - 2, 0)
    words = QFontMetrics(font).elidedText(chip.words, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
