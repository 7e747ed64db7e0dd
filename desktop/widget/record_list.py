"""The middle column: find, filter, sort and choose the records of one register."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.base.numbers import format_integer
from desktop.base.translate import tr
from desktop.model.bridge import Soon, listen
from desktop.model.row_table import RowTable
from desktop.schema.definition import Register
from desktop.widget import theme
from desktop.widget.column_widths import Keep
from desktop.widget.field_input import InputMaker
from desktop.widget.filter_bar import FilterBar
from desktop.widget.parts import Button, EmptyState, SearchBox, Toolbar, quiet
from desktop.widget.plain_table import FIGURES, PlainTable

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from desktop.service.row_list import ShownColumn
    from desktop.widget.context import PageContext

PREVIEW_MS = 140


class RecordList(QWidget):
    """`chosen(id)` where the person stops with the arrow keys, `picked(id)` at a click,
    `opened(id)` at Enter and a double click."""

    chosen = Signal(str)
    picked = Signal(str)
    opened = Signal(str)
    add_asked = Signal()
    delete_asked = Signal()
    changed = Signal()
    """Another row, another view: what commands are offered may be different."""

    def __init__(
        self, register: Register, context: PageContext, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.register = register
        self.rows = context.workspace.rows(register.name)
        self._context = context
        self._shown_id = ""
        self._quiet = False
        self.model = RowTable(self.rows, self)
        self._build()
        self._preview = Soon(self, self._say_chosen, PREVIEW_MS)
        listen(self, self.rows.changed, self._rows_changed)
        self._show_foot()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_head())
        column.addWidget(self._make_search())
        workspace = self._context.workspace
        self.filter_bar = FilterBar(self.register, workspace, InputMaker(workspace), self)
        self.filter_bar.changed.connect(self.rows.filter)
        self.filter_bar.hide()
        column.addWidget(self.filter_bar)
        self._among = Button("", "flat", icon="x")
        self._among.clicked.connect(lambda: self.show_only(None))
        self._among.hide()
        column.addWidget(self._among)
        self._stack = QStackedWidget()
        self.table = self._make_table()
        self._stack.addWidget(self.table)
        self._none = EmptyState("search", tr("Nothing found"), tr("Try fewer words or letters."))
        self._stack.addWidget(self._none)
        self._empty = self._make_empty()
        self._stack.addWidget(self._empty)
        column.addWidget(self._stack, 1)
        column.addWidget(self._make_foot())

    def _make_head(self) -> QWidget:
        self._toolbar = Toolbar(self.register.title)
        self.filter_button = Button(tr("Filter"), icon="filter")
        self.filter_button.setCheckable(True)
        self.filter_button.toggled.connect(self.show_filters)
        self._toolbar.add(self.filter_button)
        self.add_button = Button(tr("Add"), "primary", key="Ctrl+N")
        self.add_button.clicked.connect(self.add_asked)
        self._toolbar.add(self.add_button)
        self.add_button.setHidden(bool(self.register.catalogue))
        return self._toolbar

    def _make_search(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(12, 8, 12, 6)
        self.search = SearchBox(search_words(self.register), key="Ctrl+F")
        self.search.searched.connect(self._find)
        self.search.stepped.connect(self.table_step)
        self.search.entered.connect(self._open_current)
        row.addWidget(self.search)
        return holder

    def _make_table(self) -> PlainTable:
        table = PlainTable()
        table.setAccessibleName(self.register.title)
        table.setModel(self.model)
        table.set_keep(columns_to_keep(self.register, self.rows.columns))
        head = table.horizontalHeader()
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.setSortIndicatorClearable(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        head.sortIndicatorChanged.connect(self.model.sort)
        table.selectionModel().currentRowChanged.connect(self._row_changed)
        table.picked.connect(lambda row: self._open(row, enter=False))
        table.opened.connect(lambda row: self._open(row, enter=True))
        table.delete_asked.connect(self.delete_asked)
        table.installEventFilter(self)
        return table

    def _make_empty(self) -> EmptyState:
        one = self.register.one or self.register.title.lower()
        icon = self.register.icon or "list"
        empty = EmptyState(icon, tr("No {one} yet").format(one=one))
        button = Button(tr("Add {one}").format(one=one), "primary", key="Ctrl+N")
        button.clicked.connect(self.add_asked)
        empty.add(button)
        button.setHidden(bool(self.register.catalogue))
        return empty

    def _make_foot(self) -> QWidget:
        foot = _Foot()
        row = QHBoxLayout(foot)
        row.setContentsMargins(12, 9, 12, 9)
        self.count = quiet("")
        row.addWidget(self.count, 1)
        self._hint = quiet(tr("Enter opens · F6 to the form"))
        row.addWidget(self._hint)
        return foot

    # What the page calls

    def current_id(self) -> str:
        """Id of the chosen row, "" for none."""
        return self.model.id_at(self.table.row())

    def show_current(self, id: str) -> None:
        """Mark the record that is on show, without a signal; "" for none."""
        self._shown_id = id
        self._preview.forget()
        row = self.rows.index_of(id) if id else -1
        if row != self.table.row():
            self._quiet = True
            self.table.set_row(row)
            self._quiet = False
        self.changed.emit()

    def show_only(self, ids: tuple[str, ...] | None, title: str = "") -> None:
        """Show only these records, under the words that say which they are."""
        self._among.set_words(title)
        self._among.setToolTip(tr("Show all again"))
        self._among.setVisible(ids is not None)
        self.rows.show_only(ids)

    def show_deleted(self, on: bool) -> None:
        """Show the deleted records instead of the others."""
        note = tr("Deleted records") if on else ""
        self._toolbar.set_title(self.register.title, note)
        self.add_button.setVisible(not on and not self.register.catalogue)
        self.rows.show_deleted(on)

    def show_filters(self, on: bool) -> None:
        """Open or close the filter bar; closing it takes the filters back."""
        self.filter_button.setChecked(on)
        self.filter_bar.setVisible(on)
        if on:
            self.filter_bar.take_focus()
        else:
            self.filter_bar.clear()

    def focus_search(self) -> None:
        """Ctrl+F."""
        self.search.take_focus()

    def focus_list(self) -> None:
        """Put the keyboard into the rows."""
        if self.table.row() < 0 and self.model.rowCount():
            self._quiet = True
            self.table.set_row(0)
            self._quiet = False
        self.table.setFocus(Qt.FocusReason.TabFocusReason)

    # Choosing

    def table_step(self, by: int) -> None:
        """Up and down from the search box."""
        self.table.step(by)

    def _open_current(self) -> None:
        row = self.table.row()
        self._open(max(row, 0), enter=True)

    def _open(self, row: int, *, enter: bool) -> None:
        id = self.model.id_at(row)
        self._preview.forget()
        if not id:
            return
        if enter:
            self.opened.emit(id)
        else:
            self.picked.emit(id)

    def _row_changed(self) -> None:
        if not self._quiet:
            self._preview.ask()
            self.changed.emit()

    def _say_chosen(self) -> None:
        id = self.current_id()
        if id and id != self._shown_id:
            self.chosen.emit(id)

    def _find(self, text: str) -> None:
        self._quiet = True
        self.rows.find(text)
        self.table.set_row(0 if text and self.rows.count else -1)
        self._quiet = False
        if not text:
            self.show_current(self._shown_id)

    # Following the list

    def _rows_changed(self) -> None:
        """The model was reset: choose the same record again, unless a search does it."""
        self._show_foot()
        if not self._quiet:
            self.show_current(self._shown_id)

    def _show_foot(self) -> None:
        one = self.register.one or self.register.title.lower()
        shown, total = format_integer(self.rows.count), format_integer(self.rows.total)
        if self.rows.count == self.rows.total:
            words = tr("{total} {one}").format(total=total, one=one)
        else:
            told = tr("{shown} of {total} {one}")
            words = told.format(shown=shown, total=total, one=one)
        self.count.setText(words)
        page: QWidget = self.table
        if not self.rows.count:
            page = self._none if self.rows.total or self.rows.shows_deleted else self._empty
        if self._stack.currentWidget() is not page:
            self._stack.setCurrentWidget(page)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up from the first row goes back to the search box."""
        if watched is self.table and event.type() == QEvent.Type.KeyPress:
            key = event.key()  # type: ignore[attr-defined]
            if key == Qt.Key.Key_Up and self.table.row() <= 0:
                self.search.take_focus()
                return True
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.current().color("panel"))


def columns_to_keep(register: Register, columns: Sequence[ShownColumn]) -> Keep:
    """Figures, dates and record numbers; and what records are called by."""
    figures, names = set(), set()
    for place, column in enumerate(columns):
        field = register.field_of_name.get(column.key)
        if field is None or field.type in FIGURES or column.key == register.number_field:
            figures.add(place)
        elif f"{{{column.key}}}" in register.title_format:
            names.add(place)
    return Keep(frozenset(figures), frozenset(names))


class _Foot(QWidget):
    """A strip with a line above it."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(theme.current().color("line"))
        painter.drawLine(0, 0, self.width(), 0)


def small_first(label: str) -> str:
    """A label inside a sentence: "họ và tên", but "CCCD"."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def search_words(register: Register) -> str:
    """What the search box finds by: "tìm họ và tên, mã hồ sơ…"."""
    fields = (register.field_of_name.get(name) for name in register.search)
    labels = [small_first(one.label) for one in fields if one is not None][:3]
    if not labels:
        return tr("Find")
    return tr("Find by {labels}…").format(labels=", ".join(labels))
