"""The panel above a list that says which columns it has, in which order, how wide, sorted how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.base.translate import tr
from desktop.model.column_table import GROUP, NAME, SORT, ColumnTable
from desktop.widget import theme
from desktop.widget.parts import Button, Paragraph, SearchBox

if TYPE_CHECKING:
    from desktop.service.row_list import RowList

ROW, BOX, PAD = 26, 15, 8
HEIGHT = 8 * ROW + 2
STEP = 16
"""Pixels by which a key widens a column."""
_Index = QModelIndex | QPersistentModelIndex


class ListColumns(QWidget):
    """Space shows and hides, Ctrl and the arrows move and widen, S sorts."""

    sort_asked = Signal(str, bool)
    """(key, True: beside what it is sorted by)."""
    widened = Signal(str, int)
    """(key, pixels more)."""
    reset_asked = Signal()
    closed = Signal()

    def __init__(self, rows: RowList, parent: QWidget) -> None:
        super().__init__(parent)
        self.model = ColumnTable(rows, self)
        self.search = SearchBox(tr("Find a column"))
        self.table = _Columns(self)
        self.table.setModel(self.model)
        self.table.fit()
        self._build()
        self.search.searched.connect(self._find)
        self.search.stepped.connect(self._into_table)
        self.search.entered.connect(self._toggle)
        self.set_row(0)

    def _build(self) -> None:
        reset = Button(tr("As at first"), "flat", icon="restore")
        reset.clicked.connect(self.reset_asked)
        close = Button("", "flat", icon="x")
        close.setAccessibleName(tr("Close"))
        close.setToolTip(tr("Close (Esc)"))
        close.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self.search, 1)
        head.addWidget(reset)
        head.addWidget(close)
        keys = Paragraph(
            tr(
                "Space: show or hide · Ctrl+↑ ↓: place · Ctrl+← →: width · S: sort · Shift+S: sort "
                "by this too"
            ),
            "quiet",
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 8)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.table)
        column.addWidget(keys)

    def take_focus(self) -> None:
        """Begin with finding a column."""
        self.search.take_focus()

    def set_row(self, row: int) -> None:
        """Go to a row."""
        last = self.model.rowCount() - 1
        if last >= 0:
            self.table.selectRow(max(0, min(row, last)))

    def current(self) -> str:
        """Key of the column the keyboard is at."""
        return self.model.key_at(self.table.currentIndex().row())

    def act(self, event: QKeyEvent) -> bool:
        """A key of the table; False for one that means nothing here."""
        key, held = event.key(), event.modifiers()
        ctrl = bool(held & Qt.KeyboardModifier.ControlModifier)
        shift = bool(held & Qt.KeyboardModifier.ShiftModifier)
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if ctrl and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._keeping(lambda column: self.model.move(column, steps[Qt.Key(key)]))
        elif ctrl and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.widened.emit(self.current(), STEP * steps[Qt.Key(key)])
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._toggle()
        elif key == Qt.Key.Key_S and not ctrl:
            self.sort_asked.emit(self.current(), shift)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.set_row(0 if key == Qt.Key.Key_Home else self.model.rowCount())
        elif key == Qt.Key.Key_Up and self.table.currentIndex().row() <= 0:
            self.search.take_focus()
        else:
            return False
        return True

    def event(self, event: QEvent) -> bool:
        """Esc is the panel's before it is the form's."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _into_table(self, by: int) -> None:
        """From the search: letters are keys there, no words."""
        if self.search.value_text():
            by = 0
        self.set_row(self.table.currentIndex().row() + by)
        self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def _toggle(self) -> None:
        self._keeping(self.model.toggle)

    def _keeping(self, change: object) -> None:
        """Change the columns and stay at the same one."""
        key = self.current()
        if key and callable(change):
            change(key)
            self.set_row(self.model.row_of(key))

    def _find(self, text: str) -> None:
        self.model.find(text)
        self.set_row(0)


class _Columns(QTableView):
    """The table in the panel."""

    def __init__(self, panel: ListColumns) -> None:
        super().__init__(panel)
        self._panel = panel
        self.setAccessibleName(tr("Columns of the list"))
        self.setItemDelegate(_ColumnPainter(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.setFixedHeight(HEIGHT)
        self.clicked.connect(self._clicked)

    def fit(self) -> None:
        """Names take what groups and sorting leave."""
        head = self.horizontalHeader()
        head.setFixedHeight(ROW)
        head.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(GROUP, QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(SORT, QHeaderView.ResizeMode.Fixed)
        head.resizeSection(GROUP, 150)
        head.resizeSection(SORT, 84)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._panel.act(event):
            super().keyPressEvent(event)

    def _clicked(self, index: QModelIndex) -> None:
        key = self._panel.model.key_at(index.row())
        if index.column() == NAME:
            self._panel.model.toggle(key)
            self._panel.set_row(self._panel.model.row_of(key))
        elif index.column() == SORT:
            self._panel.sort_asked.emit(key, True)


class _ColumnPainter(QStyledItemDelegate):
    """A box with or without a tick, then words."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(80, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        look = theme.current()
        box: QRect = option.rect
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, look.color("accent_soft"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, look.color("hover"))
        inner = box.adjusted(PAD, 0, -PAD, 0)
        if index.column() == NAME:
            self._paint_box(painter, inner, index)
            inner.setLeft(inner.left() + BOX + 8)
        font = theme.font()
        painter.setFont(font)
        painter.setPen(look.color("text" if index.column() == NAME else "quiet"))
        words = QFontMetrics(font).elidedText(
            str(index.data() or ""), Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

    def _paint_box(self, painter: QPainter, inner: QRect, index: _Index) -> None:
        look = theme.current()
        shown = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        box = QRect(inner.left(), inner.center().y() - BOX // 2, BOX, BOX)
        painter.setPen(look.color("accent" if shown else "field_line"))
        painter.setBrush(look.color("accent" if shown else "field"))
        painter.drawRoundedRect(box, 3, 3)
        if shown:
            theme.draw_icon(painter, "check", "on_accent", box.left() + 2, box.top() + 2, BOX - 3)
