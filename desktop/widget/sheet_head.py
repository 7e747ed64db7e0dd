"""The head of a sheet's table as on paper: heads over columns, their titles, their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from desktop.widget import theme

if TYPE_CHECKING:
    from desktop.model.sheet_table import SheetTable
    from desktop.service.report_data import Column

PAD = 5
NUMBER_HEIGHT = 20
_POINTS = 8.5
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignCenter


class SheetHead(QHeaderView):
    """Draws from the columns of a `SheetTable`."""

    def __init__(self, model: SheetTable, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._table = model
        self._level_heights: list[int] = []
        self._title_height = 0
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(28)

    def measure(self) -> None:
        """Take the heights that the titles need at the widths there are now."""
        columns = self._table.columns
        levels = max((len(column.above) for column in columns), default=0)
        self._level_heights = [self._level_height(level) for level in range(levels)]
        metrics = QFontMetrics(theme.font(600, _POINTS))
        self._title_height = 0
        for place, column in enumerate(columns):
            free = sum(self._level_heights[len(column.above) :])
            height = _height(metrics, column.title, self.sectionSize(place)) - free
            self._title_height = max(self._title_height, height)
        self.setFixedHeight(self.sizeHint().height())
        self.viewport().update()

    def _level_height(self, level: int) -> int:
        metrics = QFontMetrics(theme.font(600, _POINTS))
        return max(
            (
                _height(metrics, column.above[level], self._span(place, level)[1])
                for place, column in enumerate(self._table.columns)
                if len(column.above) > level
            ),
            default=0,
        )

    def sizeHint(self) -> QSize:
        height = sum(self._level_heights) + self._title_height + NUMBER_HEIGHT
        return QSize(super().sizeHint().width(), max(height, 2 * NUMBER_HEIGHT))

    def _span(self, place: int, level: int) -> tuple[int, int]:
        """Left edge and width of the head over a column: as far as its neighbours share it."""
        columns = self._table.columns
        first = last = place
        while first > 0 and _same(columns[first - 1], columns[place], level):
            first -= 1
        while last + 1 < len(columns) and _same(columns[last + 1], columns[place], level):
            last += 1
        left = self.sectionViewportPosition(first)
        return left, sum(self.sectionSize(one) for one in range(first, last + 1))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        columns = self._table.columns
        if section >= len(columns):
            return
        column = columns[section]
        painter.save()
        painter.setFont(theme.font(600, _POINTS))
        top = rect.top()
        for level, words in enumerate(column.above):
            left, width = self._span(section, level)
            height = self._level_heights[level] if level < len(self._level_heights) else 0
            _paint(painter, QRect(left, top, width, height), words)
            top += height
        number = QRect(rect.left(), rect.bottom() - NUMBER_HEIGHT + 1, rect.width(), NUMBER_HEIGHT)
        _paint(painter, QRect(rect.left(), top, rect.width(), number.top() - top), column.title)
        painter.setFont(theme.font(400, 8))
        _paint(painter, number, column.numbered or column.code)
        painter.restore()


def _same(one: Column, other: Column, level: int) -> bool:
    """True if two columns stand under the same head of a level."""
    return len(one.above) > level and one.above[: level + 1] == other.above[: level + 1]


def _height(metrics: QFontMetrics, words: str, width: int) -> int:
    box = metrics.boundingRect(QRect(0, 0, max(20, width - 2 * PAD), 1000), _WRAP, words)
    return int(box.height()) + 2 * PAD


def _paint(painter: QPainter, box: QRect, words: str) -> None:
    """One cell of the head: ground, words, lines at its right and below."""
    look = theme.current()
    painter.fillRect(box, look.color("background"))
    painter.setPen(look.color("line"))
    painter.drawLine(box.right(), box.top(), box.right(), box.bottom())
    painter.drawLine(box.left(), box.bottom(), box.right(), box.bottom())
    painter.setPen(look.color("quiet"))
    painter.drawText(box.adjusted(PAD, 0, -PAD, 0), int(_WRAP), words)
