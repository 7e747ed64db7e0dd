"""The table of a register's list: many rows chosen at once, columns sorted, sized and moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence, QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from desktop.model.row_table import SORTED
from desktop.widget import theme
from desktop.widget.column_widths import COMFORT, Keep, Need, widths_for
from desktop.widget.list_memory import WIDEST
from desktop.widget.plain_table import PlainTable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QKeyEvent, QMouseEvent

    from desktop.model.row_table import RowTable

ARROW = 9
LEAST = 40


class ListHead(QHeaderView):
    """Headings with arrows and, where several columns count, their places above the words."""

    turned = Signal(int, bool)
    """(column, True with Shift): sort by it, or the other way, or no more."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self._more = False
        self.sectionClicked.connect(lambda place: self.turned.emit(place, self._more))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._more = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        super().mouseReleaseEvent(event)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        found = self.model().headerData(logicalIndex, self.orientation(), SORTED)
        if not found:
            super().paintSection(painter, rect, logicalIndex)
            return
        painter.fillRect(rect, theme.current().color("panel"))
        super().paintSection(painter, rect.adjusted(0, ARROW - 1, 0, 0), logicalIndex)
        place, descending = found
        number = str(place) if self._several() else ""
        font = theme.font(600, 7)
        width = ARROW + QFontMetrics(font).horizontalAdvance(number) + (1 if number else 0)
        left = rect.center().x() - width // 2
        icon = "chevron-down" if descending else "chevron-up"
        theme.draw_icon(painter, icon, "accent", left, rect.top() + 1, ARROW)
        if number:
            painter.setFont(font)
            painter.setPen(theme.current().color("accent"))
            box = QRect(left + ARROW + 1, rect.top() - 1, width, ARROW + 4)
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, number)

    def _several(self) -> bool:
        model = self.model()
        places = (model.headerData(n, self.orientation(), SORTED) for n in range(self.count()))
        return any(found and found[0] > 1 for found in places)


class ListTable(PlainTable):
    """A `PlainTable` over a `RowTable`. Shift and the arrows choose more rows, Ctrl+A all."""

    sort_asked = Signal(int, bool)
    resized = Signal(int, int)
    """(column, pixels): dragged by the person; 0 pixels: a double click, let it fit again."""
    moved = Signal(list)
    """The places of the columns as they stand now, after one was dragged."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fixed: dict[int, int] = {}
        """Widths (pixels) by place of columns that do not fit themselves."""
        self.may_scroll = False
        """True where so many columns were chosen that they need not fit the room."""
        self._fitting = False
        head = ListHead(self)
        height = self.horizontalHeader().height()
        minimum = self.horizontalHeader().minimumSectionSize()
        self.setHorizontalHeader(head)
        head.setFixedHeight(height)
        head.setMinimumSectionSize(minimum)
        head.turned.connect(self.sort_asked)
        head.sectionResized.connect(self._resized)
        head.sectionHandleDoubleClicked.connect(lambda place: self.resized.emit(place, 0))
        head.sectionMoved.connect(lambda *_: QTimer.singleShot(0, self, self._say_moved))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Qt would copy one cell, of which nobody would be told.
        if event.matches(QKeySequence.StandardKey.Copy):
            event.ignore()
        else:
            super().keyPressEvent(event)

    # Which rows

    def chosen(self) -> list[int]:
        """Rows chosen, in order; never one index for each of them, they may be 100,000."""
        return [row for top, end in _apart(self._ranges()) for row in range(top, end + 1)]

    def chosen_count(self) -> int:
        """How many rows are chosen."""
        return sum(end - top + 1 for top, end in _apart(self._ranges()))

    def _ranges(self) -> list[tuple[int, int]]:
        """(first, last) of what is chosen, in order; they may overlap."""
        selection = self.selectionModel().selection()
        found = (selection.at(n) for n in range(selection.count()))
        return sorted((one.top(), one.bottom()) for one in found)

    def choose(self, rows: list[int]) -> None:
        """Choose these rows, the current one staying."""
        model, selection = self.model(), QItemSelection()
        last = model.columnCount() - 1
        for first, end in _runs(rows):
            selection.select(model.index(first, 0), model.index(end, last))
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(selection, flags.ClearAndSelect | flags.Rows)

    # Columns

    def set_fixed_widths(self, fixed: dict[int, int], *, may_scroll: bool) -> None:
        """Columns (places) that were dragged, in pixels; and whether all need fit the room."""
        if (fixed, may_scroll) != (self.fixed, self.may_scroll):
            self.fixed, self.may_scroll = fixed, may_scroll
            self._fit()

    def column_widths(self, needs: list[Need], keep: Keep, room: int) -> list[int]:
        """As dragged; what is left is shared by the others."""
        fixed = {place: width for place, width in self.fixed.items() if place < len(needs)}
        free = [place for place in range(len(needs)) if place not in fixed]
        left = room - sum(fixed.values())
        least = sum(max(needs[n].least, min(needs[n].wanted, COMFORT)) for n in free)
        if free and (self.may_scroll or fixed) and least > left:
            left = least
        widths = dict(fixed)
        if free:
            mine = Keep(
                frozenset(n for n, place in enumerate(free) if place in keep.figures),
                frozenset(n for n, place in enumerate(free) if place in keep.names),
            )
            shared = widths_for([needs[place] for place in free], mine, left)
            widths |= dict(zip(free, shared, strict=True))
        return [widths[place] for place in range(len(needs))]

    def _fit(self) -> None:
        self._fitting = True
        super()._fit()
        self._fitting = False

    def _resized(self, place: int, _before: int, width: int) -> None:
        if not self._fitting and LEAST <= width <= WIDEST:
            self.resized.emit(place, width)

    def _say_moved(self) -> None:
        head = self.horizontalHeader()
        order = [head.logicalIndex(n) for n in range(head.count())]
        if order != sorted(order):
            head.blockSignals(True)
            for place in range(head.count()):
                head.moveSection(head.visualIndex(place), place)
            head.blockSignals(False)
            self.moved.emit(order)

    def row_table(self) -> RowTable:
        """Its model."""
        return self.model()  # type: ignore[return-value]


def _apart(ranges: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Ranges in order, without what an earlier one has."""
    last = -1
    for top, bottom in ranges:
        if bottom > last:
            yield max(top, last + 1), bottom
            last = bottom


def _runs(rows: list[int]) -> Iterator[tuple[int, int]]:
    """Neighbours as (first, last)."""
    start = previous = None
    for row in sorted(rows):
        if start is None or previous is None:
            start = row
        elif row != previous + 1:
            yield start, previous
            start = row
        previous = row
    if start is not None and previous is not None:
        yield start, previous
