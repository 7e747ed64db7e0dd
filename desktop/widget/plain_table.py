"""The table of all lists: whole rows, one line each, columns that fit the width there is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.base.translate import tr
from desktop.model.child_table import PROBLEM
from desktop.model.row_table import RESTRICTED
from desktop.schema.definition import FieldType
from desktop.widget import theme
from desktop.widget.column_widths import (
    NARROWEST,
    PAD,
    SIGN_ROOM,
    Keep,
    Need,
    measured,
    widths_for,
)
from desktop.widget.parts.badge import draw_badge

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent

FIGURES = (
    FieldType.DATE,
    FieldType.DATETIME,
    FieldType.YES_NO,
    FieldType.INTEGER,
    FieldType.DECIMAL,
    FieldType.MONEY,
    FieldType.PARTIAL_DATE,
)
"""Kinds whose cells are never shortened."""
ROW_HEIGHT = 30
HEAD, TALL_HEAD = 32, 42
EDGES = 4
"""Above and below the cells: the frame that shows the keyboard."""
_Index = QModelIndex | QPersistentModelIndex
_LEFT = (Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter).value
_SIGNS = {"error": "x-circle", "warning": "alert-triangle"}


class CellPainter(QStyledItemDelegate):
    """Paints a cell: ground, words, a thin line below; a badge where the record is restricted.

    A model that has `cell(row, column)` is asked that way, which costs a third of asking by roles.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._font = theme.font()
        self._metrics = QFontMetrics(self._font)
        self._badge_font = theme.font(500)
        self._badge = tr("Restricted group")

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(80, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        look = theme.current()
        box: QRect = option.rect
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, look.color("accent_soft"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, look.color("hover"))
        painter.setPen(look.color("line"))
        painter.drawLine(box.left(), box.bottom(), box.right(), box.bottom())
        inner = box.adjusted(PAD, 0, -PAD, -1)
        text, side, sign = _cell(index)
        if sign == "restricted":
            self._paint_badge(painter, inner)
            return
        if sign:
            theme.draw_icon(painter, _SIGNS[sign], sign, inner.left(), inner.center().y() - 7, 15)
            inner.setLeft(inner.left() + SIGN_ROOM)
        if text:
            painter.setFont(self._font)
            painter.setPen(look.color("text"))
            shown = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
            painter.drawText(inner, side, shown)

    def _paint_badge(self, painter: QPainter, box: QRect) -> None:
        metrics = QFontMetrics(self._badge_font)
        width = min(metrics.horizontalAdvance(self._badge) + 12, box.width())
        words = metrics.elidedText(self._badge, Qt.TextElideMode.ElideRight, max(0, width - 8))
        chip = QRectF(box.left() - 2, box.center().y() - 10, width, 21)
        draw_badge(painter, chip, words, "error", self._badge_font)


def _area_around(widget: QWidget) -> QScrollArea | None:
    """The scroll area a widget stands in."""
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    return parent


def _cell(index: _Index) -> tuple[str, int, str]:
    """(words, alignment, sign) of a cell."""
    model = index.model()
    ask = getattr(model, "cell", None)
    if ask is not None:
        found: tuple[str, int, str] = ask(index.row(), index.column())
        return found
    level = index.data(PROBLEM) if index.column() == 0 else ""
    side = index.data(Qt.ItemDataRole.TextAlignmentRole)
    sign = "restricted" if index.data(RESTRICTED) else level or ""
    return str(index.data() or ""), _as_number(side), sign


def _as_number(side: Qt.AlignmentFlag | int | None) -> int:
    if side is None:
        return _LEFT
    return side if isinstance(side, int) else side.value


class PlainTable(QTableView):
    """Rows are chosen whole. Enter says `opened`, Delete `delete_asked`, a click `picked`."""

    opened = Signal(int)
    picked = Signal(int)
    delete_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._needs: list[Need] = []
        self._keep = Keep()
        self._measured = False
        """True once there were rows to measure."""
        self.setItemDelegate(CellPainter(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(ROW_HEIGHT)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setMinimumSectionSize(NARROWEST)
        head.setFixedHeight(HEAD)
        self._adds_to_choice = False
        """True for a click with Shift or Ctrl: it chooses more rows and opens none."""
        self.clicked.connect(self._say_picked)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))

    def set_fixed(self, columns: Iterable[int]) -> None:
        """Columns (places) of figures and dates, which are shortened last."""
        self.set_keep(Keep(figures=frozenset(columns)))

    def set_keep(self, keep: Keep) -> None:
        """Say which columns are shortened last."""
        self._keep = keep
        self.measure()

    def measure(self) -> None:
        """Take the widths that headings and the first rows need. Not done while searching: columns
        that jump with each key are hard to read."""
        model = self.model()
        if model is None or not model.columnCount():
            return
        self._needs = measured(model, self._keep.figures)
        self._measured = model.rowCount() > 0
        self._fit()

    def set_row(self, row: int) -> None:
        """Choose a row and bring it into view; -1 chooses none."""
        model = self.model()
        if model is None or not 0 <= row < model.rowCount():
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
            return
        self.selectRow(row)
        self.scrollTo(model.index(row, 0))

    def row(self) -> int:
        """The chosen row, -1 for none."""
        index = self.currentIndex()
        return index.row() if index.isValid() else -1

    def step(self, by: int) -> None:
        """Go up or down, from the search box too."""
        model = self.model()
        last = model.rowCount() - 1 if model is not None else -1
        if last >= 0:
            self.set_row(max(0, min(last, self.row() + by)))

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        self.measure()
        if model is not None:
            model.modelReset.connect(self._measure_once)
            model.rowsInserted.connect(self._measure_once)

    def _measure_once(self) -> None:
        if not self._measured:
            self.measure()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        keys = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
        self._adds_to_choice = bool(event.modifiers() & keys)
        super().mousePressEvent(event)

    def _say_picked(self, index: QModelIndex) -> None:
        if not self._adds_to_choice:
            self.picked.emit(index.row())

    def show_all_rows(self, rows: int, head: int = 0) -> None:
        """Be as high as so many rows need: what is around the table scrolls, not the table."""
        self.setFixedHeight(rows * ROW_HEIGHT + head + 2 + EDGES)

    def scrollTo(
        self,
        index: _Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        super().scrollTo(index, hint)
        around = _area_around(self)
        inside = around.widget() if around is not None else None
        if around is not None and inside is not None and self.hasFocus():
            at = self.viewport().mapTo(inside, self.visualRect(index).center())
            around.ensureVisible(around.horizontalScrollBar().value(), at.y(), 0, 2 * ROW_HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.row() >= 0:
            self.opened.emit(self.row())
        elif plain and event.key() == Qt.Key.Key_Delete:
            self.delete_asked.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def column_widths(self, needs: list[Need], keep: Keep, room: int) -> list[int]:
        """Pixels of each column for the room there is."""
        return widths_for(needs, keep, room)

    def _fit(self) -> None:
        room = self.viewport().width()
        if not self._needs or room <= 0 or self.horizontalHeader().count() != len(self._needs):
            return
        widths = self.column_widths(self._needs, self._keep, room)
        for column, width in enumerate(widths):
            if self.columnWidth(column) != width:
                self.setColumnWidth(column, width)
        # Two lines for the headings if one of them needs two.
        tall = any(need.heading > width for need, width in zip(self._needs, widths, strict=True))
        height = TALL_HEAD if tall else HEAD
        if self.horizontalHeader().height() != height:
            self.horizontalHeader().setFixedHeight(height)
