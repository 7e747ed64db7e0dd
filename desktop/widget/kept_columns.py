"""The first columns of a wide table, kept in view while the others scroll sideways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from desktop.widget import theme
from desktop.widget.sheet_head import SheetHead

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QWheelEvent

    from desktop.model.sheet_table import SheetTable

MOST = 0.6
"""Share of the table they may take; where they need more, they scroll with the rest."""


class KeptColumns(QTableView):
    """Lies over the left edge of a table, with its model, its selection and its row heights."""

    def __init__(self, model: SheetTable, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        self._count = 0
        self._edge = _Edge(self)
        self.head = SheetHead(model, self)
        self.setHorizontalHeader(self.head)
        self.setModel(model)
        self.setSelectionModel(table.selectionModel())
        self.setItemDelegate(table.itemDelegate())
        self.setSelectionMode(table.selectionMode())
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(table)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QTableView { border: 0; }")
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(table.verticalScrollBar().setValue)
        self.hide()

    def count(self) -> int:
        """How many columns are kept in view now."""
        return self._count

    def keep(self, count: int) -> None:
        """Keep so many columns in view, if the table scrolls sideways and they leave room."""
        widths = [self._table.columnWidth(place) for place in range(count)]
        room = self._table.viewport().width()
        scrolls = self._table.horizontalHeader().length() > room
        self._count = count if scrolls and sum(widths) <= MOST * room else 0
        self.setVisible(self._count > 0)
        if self._count:
            self._take_sizes(widths)

    def _take_sizes(self, widths: list[int]) -> None:
        for place in range(self.model().columnCount()):
            self.setColumnHidden(place, place >= self._count)
        for place, width in enumerate(widths):
            self.setColumnWidth(place, width)
        for row in range(self.model().rowCount()):
            self.setRowHeight(row, self._table.rowHeight(row))
        self.head.measure()
        self.head.setFixedHeight(self._table.horizontalHeader().height())
        self.place()
        self.verticalScrollBar().setValue(self._table.verticalScrollBar().value())

    def place(self) -> None:
        """Lie over the left edge of the table as it is now."""
        viewport = self._table.viewport().geometry()
        head = self._table.horizontalHeader().height()
        width = sum(self.columnWidth(place) for place in range(self._count))
        self.setGeometry(viewport.left(), viewport.top() - head, width, viewport.height() + head)
        self._edge.setGeometry(self.width() - 2, 0, 2, self.height())
        self._edge.raise_()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._table.wheelEvent(event)


class _Edge(QWidget):
    """The line between what stays and what scrolls."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.current().color("field_line"))
