"""One sheet of a report on screen: its parts as tables, its texts, what a figure counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QScrollArea,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTabBar,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.base.translate import tr
from desktop.model.sheet_table import COUNTED, KIND, SheetTable
from desktop.service.report_data import Style
from desktop.widget import theme
from desktop.widget.kept_columns import KeptColumns
from desktop.widget.parts import Button, Paragraph, Toolbar, heading
from desktop.widget.sheet_head import SheetHead

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from desktop.service.report_data import Sheet, TextBlock

_Index = QModelIndex | QPersistentModelIndex
CHARACTER = 6.8
"""Pixels of a character of a column's width."""
NARROWEST = 40
LEAST_HEIGHT, PAD, INDENT = 28, 6, 16
LEAST_TITLE = 190
"""Pixels down to which the column of the rows' words gives way, before the table scrolls."""
WIDEST_FIGURE = 140
POINTS = 9.5


class FigurePainter(QStyledItemDelegate):
    """Paints cells as on paper; figures whose records can be listed are underlined by dots."""

    def __init__(self, model: SheetTable, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        look = theme.current()
        box: QRect = option.rect
        kind = index.data(KIND)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(box, look.color("accent_soft"))
        elif kind in ("group", "total"):
            painter.fillRect(box, look.color("field_still"))
        painter.setPen(look.color("line"))
        painter.drawLine(box.right(), box.top(), box.right(), box.bottom())
        painter.drawLine(box.left(), box.bottom(), box.right(), box.bottom())
        text = index.data(Qt.ItemDataRole.DisplayRole)
        if text:
            self._paint_words(painter, box, index, str(text), chosen=chosen)

    def _paint_words(
        self, painter: QPainter, box: QRect, index: _Index, text: str, *, chosen: bool
    ) -> None:
        look = theme.current()
        kind = index.data(KIND)
        inner = box.adjusted(PAD, 3, -PAD, -3)
        alignment = index.data(Qt.ItemDataRole.TextAlignmentRole)
        if kind == "sub" and index.column() == self._model.title_column:
            inner.setLeft(inner.left() + INDENT)
        font = theme.font(600 if kind in ("group", "total") else 400, POINTS)
        painter.setFont(font)
        counted = bool(index.data(COUNTED))
        painter.setPen(look.color("accent" if counted else "text"))
        painter.drawText(inner, int(alignment) | int(Qt.TextFlag.TextWordWrap), text)
        if counted and chosen:
            width = QFontMetrics(font).horizontalAdvance(text)
            y = inner.center().y() + 9
            painter.setPen(QPen(look.color("accent"), 1, Qt.PenStyle.DotLine))
            painter.drawLine(inner.right() - width, y, inner.right(), y)


class FigureTable(QTableView):
    """Cells are chosen one by one; Enter or a double click says `opened`."""

    opened = Signal()
    moved = Signal()
    """Another cell is chosen."""

    def __init__(self, model: SheetTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = SheetHead(model, self)
        self.setHorizontalHeader(self.head)
        self.setModel(model)
        self._figures = model
        self.setItemDelegate(FigurePainter(model, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.kept = KeptColumns(model, self)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.kept.doubleClicked.connect(lambda _: self.opened.emit())
        self.doubleClicked.connect(lambda _: self.opened.emit())
        self.selectionModel().currentChanged.connect(lambda *_: self.moved.emit())

    def fit(self) -> None:
        """Give columns and rows the room their words need."""
        columns = self._figures.columns
        if not columns:
            return
        wanted = [self._wanted(place) for place in range(len(columns))]
        title = self._figures.title_column
        spare = self.viewport().width() - sum(wanted)
        wanted[title] = max(min(wanted[title], LEAST_TITLE), wanted[title] + spare)
        for place, width in enumerate(wanted):
            self.setColumnWidth(place, width)
        self.head.measure()
        self._fit_rows(wanted)
        self.updateGeometries()
        self.kept.keep(title + 1)

    def _wanted(self, place: int) -> int:
        """As wide as on paper, but no code, no figure and no column number is cut."""
        column = self._figures.columns[place]
        numbered = QFontMetrics(theme.font(400, 8)).horizontalAdvance(column.numbered)
        least = max(NARROWEST, numbered + 2 * PAD)
        if column.style is not Style.TEXT:
            bold = QFontMetrics(theme.font(600, POINTS))
            rows = range(self._figures.rowCount())
            texts = (str(self._figures.index(row, place).data() or "") for row in rows)
            widths = (two_lines_width(bold, text) for text in texts)
            least = max(least, min(max(widths, default=0) + 2 * PAD + 4, WIDEST_FIGURE))
        return max(least, round(column.width * CHARACTER))

    def _fit_rows(self, widths: list[int]) -> None:
        metrics = QFontMetrics(theme.font(400, POINTS))
        for row in range(self._figures.rowCount()):
            height = LEAST_HEIGHT
            for place, width in enumerate(widths):
                text = self._figures.index(row, place).data()
                if isinstance(text, str) and len(text) * CHARACTER > width:
                    indent = INDENT if place == self._figures.title_column else 0
                    room = QRect(0, 0, width - 2 * PAD - indent, 1000)
                    flags = int(Qt.TextFlag.TextWordWrap)
                    height = max(height, metrics.boundingRect(room, flags, text).height() + 8)
            self.setRowHeight(row, height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.fit()
        self.kept.place()

    def scrollTo(
        self,
        index: _Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """As Qt does, but not under the columns that are kept in view."""
        if index.column() < self.kept.count():
            bar = self.horizontalScrollBar()
            there = bar.value()
            super().scrollTo(index, hint)
            bar.setValue(there)
            return
        super().scrollTo(index, hint)
        hidden = self.kept.width() - self.visualRect(index).left() if self.kept.count() else 0
        if hidden > 0:
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - hidden)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)


def two_lines_width(metrics: QFontMetrics, text: str) -> int:
    """Pixels of a text; words in place of a figure (“không tính được”) may take two lines."""
    words = text.split(" ")
    splits = [
        max(
            metrics.horizontalAdvance(" ".join(words[:place])),
            metrics.horizontalAdvance(" ".join(words[place:])),
        )
        for place in range(1, len(words))
    ]
    return min(splits, default=metrics.horizontalAdvance(text))


class SheetView(QWidget):
    """Shows one sheet; says which figure's records are wanted."""

    records_asked = Signal(str, str, str, str)
    """Part, row and column of a figure, and what it counts in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet: Sheet | None = None
        self._texts: QWidget | None = None
        self.model = SheetTable(self)
        self.table = FigureTable(self.model)
        self.table.opened.connect(self.ask_records)
        self.table.moved.connect(self._explain)
        self._title = heading("")
        self._title.setWordWrap(True)
        self._title.setContentsMargins(16, 10, 16, 8)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.currentChanged.connect(self._show_part)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._area)
        self._notes = Paragraph("", "quiet")
        self._notes.setContentsMargins(16, 8, 16, 8)
        self._foot = Toolbar(at_top=False)
        self._open = Button(tr("Records counted"), key="Enter")
        self._open.clicked.connect(self.ask_records)
        self._foot.add(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self._title, self.tabs, self._stack, self._notes, self._foot):
            column.addWidget(widget, 1 if widget is self._stack else 0)

    def sizeHint(self) -> QSize:
        return QSize(800, 500)

    def sheet(self) -> Sheet | None:
        """The sheet on show."""
        return self._sheet

    def show_sheet(self, sheet: Sheet) -> None:
        """Show a sheet; the same sheet again keeps the part and the cell chosen."""
        same = self._sheet is not None and self._sheet.code == sheet.code
        part, place = self.tabs.currentIndex(), self.table.currentIndex()
        row, column = place.row(), place.column()
        self._sheet = sheet
        self._title.setText(f"{sheet.form} · {sheet.title}")
        for widget in (self.tabs, self.table, self._area):
            widget.setAccessibleName(sheet.name)
        self._offer_parts(sheet)
        if same and 0 <= part < self.tabs.count():
            self.tabs.setCurrentIndex(part)
        self._show_part(self.tabs.currentIndex())
        if same and row >= 0:
            self.table.setCurrentIndex(self.model.index(row, column))
        self._notes.setVisible(bool(sheet.notes))
        self._notes.set_text("\n".join(sheet.notes))

    def _offer_parts(self, sheet: Sheet) -> None:
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for part in sheet.parts:
            self.tabs.addTab(part.title or tr("Part {code}").format(code=part.code))
        self.tabs.blockSignals(False)
        self.tabs.setVisible(len(sheet.parts) > 1)

    def show_part(self, code: str) -> None:
        """Show one part of the sheet."""
        for place, part in enumerate(self._sheet.parts if self._sheet else ()):
            if part.code == code:
                self.tabs.setCurrentIndex(place)

    def _show_part(self, place: int) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        if not sheet.parts:
            self._show_texts(sheet.texts)
            return
        self.model.show(sheet.parts[max(0, place)])
        self._stack.setCurrentWidget(self.table)
        self.table.fit()
        self.table.setCurrentIndex(self._first_figure())
        self._explain()

    def _first_figure(self) -> QModelIndex:
        for row in range(self.model.rowCount()):
            for column in range(self.model.columnCount()):
                index = self.model.index(row, column)
                if index.data(COUNTED):
                    return index
        return self.model.index(0, self.model.title_column)

    def _show_texts(self, blocks: tuple[TextBlock, ...]) -> None:
        self.model.show(None)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 8, 16, 16)
        column.setSpacing(4)
        for block in blocks:
            column.addWidget(heading(block.heading))
            column.addWidget(Paragraph(block.text))
            column.addSpacing(8)
        if not blocks:
            column.addWidget(Paragraph(tr("Nothing is written for this period."), "quiet"))
        column.addStretch(1)
        self._area.setWidget(inside)
        self._stack.setCurrentWidget(self._area)
        self._foot.hide()

    # What a figure counts

    def _explain(self) -> None:
        index = self.table.currentIndex()
        address = self.model.address(index)
        self._foot.setVisible(self._sheet is not None and bool(self._sheet.parts))
        if address is None:
            self._foot.set_title("", "")
            self._open.setEnabled(False)
            return
        column = self.model.columns[index.column()]
        words = [f"{self.model.row_words(index.row())} · {column.title}", column.population]
        self._foot.set_title("", " – ".join(part for part in words if part))
        self._open.setEnabled(bool(index.data(COUNTED)))

    def ask_records(self) -> None:
        """Ask for the records the chosen figure was counted from."""
        index = self.table.currentIndex()
        address = self.model.address(index)
        part = self.model.part
        if address is None or part is None or not index.data(COUNTED):
            return
        column = self.model.columns[index.column()]
        words = f"{self.model.row_words(index.row())} · {column.title}"
        self.records_asked.emit(part.code, *address, words)
