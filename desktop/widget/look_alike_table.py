"""The table in which two records stand side by side: differences by sign, word and colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.base.translate import tr
from desktop.model.comparison_table import LABEL, LEFT, RIGHT, SIGN, ComparisonTable
from desktop.service.comparing import Difference
from desktop.widget import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent

PAD, LEAST_ROW, LABEL_WIDTH, SIGN_WIDTH = 10, 30, 190, 130
_Index = QModelIndex | QPersistentModelIndex
_SIGNS: dict[Difference, tuple[str, str]] = {
    Difference.SAME: ("check", "quiet"),
    Difference.MARKS: ("alert-triangle", "warning"),
    Difference.OTHER: ("x-circle", "error"),
    Difference.LEFT: ("arrow-left", "accent"),
    Difference.RIGHT: ("arrow-right", "accent"),
    Difference.HIDDEN: ("lock", "quiet"),
}
"""Icon and colour of each difference."""
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class LookAlikeTable(QTableView):
    """Left and Right are told (`sideways`), Space too (`turned`); all other keys but those that go
    up and down are left to whoever shows the table."""

    sideways = Signal(int)
    """Qt.Key.Key_Left or Key_Right as a number: -1 or 1."""
    turned = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = ComparisonTable(self)
        self.setModel(self.lines)
        self.setItemDelegate(_LinePainter(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(tr("Two records side by side"))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setFixedHeight(36)
        head.setTextElideMode(Qt.TextElideMode.ElideRight)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.lines.modelReset.connect(self._lay_out)
        self.clicked.connect(self._clicked)

    def row(self) -> int:
        """The line with the keyboard, -1 for none."""
        index = self.currentIndex()
        return index.row() if index.isValid() else -1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.sideways.emit(-1 if key == Qt.Key.Key_Left else 1)
        elif key == Qt.Key.Key_Space:
            self.turned.emit()
        elif key in _MOVING:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() in (LEFT, RIGHT):
            self.lines.choose(index.row(), index.column())

    def _lay_out(self) -> None:
        """Columns over the whole width, rows as high as their longest text needs."""
        room = max(0, self.viewport().width() - LABEL_WIDTH - SIGN_WIDTH)
        widths = {LABEL: LABEL_WIDTH, LEFT: room // 2, SIGN: SIGN_WIDTH, RIGHT: room - room // 2}
        for column, width in widths.items():
            self.setColumnWidth(column, width)
        metrics = QFontMetrics(theme.font(500))
        for row, line in enumerate(self.lines.lines):
            texts = {LABEL: line.label, LEFT: line.left, RIGHT: line.right}
            high = max(_height(metrics, text, widths[place]) for place, text in texts.items())
            self.setRowHeight(row, max(LEAST_ROW, high + 10))


_MOVING = (
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
)  # fmt: skip


def _height(metrics: QFontMetrics, text: str, width: int) -> int:
    # A sign may stand before the text.
    room = QRect(0, 0, max(1, width - 2 * PAD - 22), 10_000)
    return metrics.boundingRect(room, _WRAPPED, text).height() if text else 0


class _LinePainter(QStyledItemDelegate):
    """Paints a cell; what is the same on both sides stays quiet."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(80, LEAST_ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        look, box = theme.current(), option.rect
        model = index.model()
        assert isinstance(model, ComparisonTable)  # noqa: S101  (the only model of this table)
        line, column = model.lines[index.row()], index.column()
        winner = model.winner(index.row())
        painter.fillRect(box, look.color(_ground(option, line.difference, column, winner)))
        painter.setPen(look.color("line"))
        painter.drawLine(box.left(), box.bottom(), box.right(), box.bottom())
        inner = box.adjusted(PAD, 0, -PAD, -1)
        if column == SIGN:
            icon, role = _SIGNS[line.difference]
            if winner is not None:
                icon, role = ("arrow-left" if winner == LEFT else "arrow-right"), "accent"
            theme.draw_icon(painter, icon, role, inner.left(), inner.center().y() - 7, 15)
            inner.setLeft(inner.left() + 21)
            _write(painter, inner, model.sign(index.row()), role, theme.font(400, 9.5))
            return
        quiet = line.difference is Difference.SAME or column == LABEL
        font, role = theme.font(400 if quiet else 500), "quiet" if quiet else "text"
        if winner is not None and column in (LEFT, RIGHT):
            kept = column == winner
            if kept and index.data():
                y = inner.center().y() - 7
                theme.draw_icon(painter, "check", "accent", inner.left(), y, 15)
                inner.setLeft(inner.left() + 21)
            font, role = theme.font(500 if kept else 400), "text" if kept else "quiet"
            font.setStrikeOut(not kept)
        _write(painter, inner, str(index.data() or ""), role, font)


def _ground(option: QStyleOptionViewItem, how: Difference, column: int, winner: int | None) -> str:
    if option.state & QStyle.StateFlag.State_Selected:
        return "accent_soft"
    if winner is None and column in (LEFT, RIGHT):
        return {Difference.OTHER: "error_soft", Difference.MARKS: "warning_soft"}.get(how, "panel")
    return "panel"


def _write(painter: QPainter, box: QRect, text: str, role: str, font: QFont) -> None:
    painter.setFont(font)
    painter.setPen(theme.current().color(role))
    painter.drawText(box, _WRAPPED, text)
