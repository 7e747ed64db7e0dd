"""Choosing among the rows of a register's list, by arrow keys, Enter and clicks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.base.translate import tr
from desktop.model.bridge import Soon, listen
from desktop.model.row_table import RowTable
from desktop.schema.definition import Register
from desktop.widget.column_widths import Keep
from desktop.widget.list_table import ListTable
from desktop.widget.parts import Button, EmptyState
from desktop.widget.plain_table import FIGURES

if TYPE_CHECKING:
    from desktop.service.row_list import RowList, ShownColumn

PREVIEW_MS = 140


class RowChoice(QStackedWidget):
    """`chosen(id)` where the person stops with the arrow keys, `picked(id)` at a click,
    `opened(id)` at Enter and a double click. Where there are no rows it says so."""

    chosen = Signal(str)
    picked = Signal(str)
    opened = Signal(str)
    add_asked = Signal()
    delete_asked = Signal()
    left_above = Signal()
    """Up from the first row."""
    changed = Signal()
    """Another row: what commands are offered may be different."""
    chosen_count_changed = Signal()

    def __init__(self, register: Register, rows: RowList) -> None:
        super().__init__()
        self._register = register
        self._rows = rows
        self._shown_id = ""
        self._quiet = False
        """True while rows are chosen by the program, not by the person."""
        self._waited = rows.is_waiting
        self._opens_when_read = False
        """Enter was pressed before what it opens had been read."""
        self.model = RowTable(rows, self)
        self.table = self._make_table()
        self.addWidget(self.table)
        self._none = EmptyState("search", tr("Nothing found"), tr("Try fewer words or letters."))
        self.addWidget(self._none)
        self._empty = self._make_empty()
        self.addWidget(self._empty)
        self._preview = Soon(self, self._say_chosen, PREVIEW_MS)
        listen(self, rows.changed, self._rows_changed)
        self._show_table()

    def _make_table(self) -> ListTable:
        table = ListTable()
        table.setAccessibleName(self._register.title)
        table.set_keep(columns_to_keep(self._register, self._rows.columns))
        table.setModel(self.model)
        table.sort_asked.connect(lambda place, more: self.model.turn(place, more=more))
        self.model.columns_chosen.connect(self._columns_chosen)
        table.selectionModel().selectionChanged.connect(self._say_count)
        table.selectionModel().currentRowChanged.connect(self._row_changed)
        table.picked.connect(lambda row: self._open(row, enter=False))
        table.opened.connect(lambda row: self._open(row, enter=True))
        table.delete_asked.connect(self.delete_asked)
        table.installEventFilter(self)
        return table

    def _make_empty(self) -> EmptyState:
        one = self._register.one or self._register.title.lower()
        icon = self._register.icon or "list"
        empty = EmptyState(icon, tr("No {one} yet").format(one=one))
        button = Button(tr("Add {one}").format(one=one), "primary", key="Ctrl+N")
        button.clicked.connect(self.add_asked)
        empty.add(button)
        button.setHidden(bool(self._register.catalogue))
        return empty

    # What the list calls

    def current_id(self) -> str:
        """Id of the chosen row, "" for none."""
        return self.model.id_at(self.table.row())

    def chosen_ids(self) -> list[str]:
        """Ids of the rows chosen, in the order of the list."""
        ids = self._rows.ids
        return [ids[row] for row in self.table.chosen() if row < len(ids)]

    def show_current(self, id: str) -> None:
        """Mark the record that is on show, without a signal; "" for none."""
        self._shown_id = id
        self._preview.forget()
        row = self._rows.index_of(id) if id else -1
        if row != self.table.row():
            self._quiet = True
            self.table.set_row(row)
            self._quiet = False
        self.changed.emit()

    def take_focus(self) -> None:
        """Put the keyboard into the rows."""
        if self.table.row() < 0 and self.model.rowCount():
            self._quiet = True
            self.table.set_row(0)
            self._quiet = False
        self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def find_rows(self, text: str) -> None:
        """Show the rows a text finds, the first of them chosen."""
        self._quiet = True
        self._opens_when_read = False
        self._rows.find(text)
        self.table.set_row(0 if text and self._rows.count else -1)
        self._waited = self._rows.is_waiting
        self._quiet = False
        if not text:
            self.show_current(self._shown_id)

    def open_current(self) -> None:
        """Open the chosen row, or the first: of what was asked for, once it has been read."""
        if self._rows.is_waiting:
            self._opens_when_read = True
            return
        self._open(max(self.table.row(), 0), enter=True)

    # Choosing

    def _open(self, row: int, *, enter: bool) -> None:
        id = self.model.id_at(row)
        self._preview.forget()
        if not id:
            return
        if enter:
            self.opened.emit(id)
        else:
            self.picked.emit(id)

    def _say_count(self) -> None:
        self.chosen_count_changed.emit()

    def _row_changed(self) -> None:
        if not self._quiet:
            self._preview.ask()
            self.changed.emit()

    def _say_chosen(self) -> None:
        id = self.current_id()
        if id and id != self._shown_id and self.table.chosen_count() <= 1:
            self.chosen.emit(id)

    def _rows_changed(self) -> None:
        """The model was reset: choose the same record again, unless a search does it."""
        self._show_table()
        if self._quiet:
            return
        self.show_current(self._shown_id)
        read, self._waited = self._waited and not self._rows.is_waiting, self._rows.is_waiting
        if read and self._rows.text and self.table.row() < 0:
            self._quiet = True
            self.table.set_row(0)
            self._quiet = False
        if read and self._opens_when_read:
            self._opens_when_read = False
            QTimer.singleShot(0, self, self.open_current)

    def _columns_chosen(self) -> None:
        self.table.set_keep(columns_to_keep(self._register, self._rows.columns))

    def _show_table(self) -> None:
        page: QWidget = self.table
        if not self._rows.count and not self._rows.is_waiting:
            page = self._none if self._rows.total or self._rows.shows_deleted else self._empty
        if self.currentWidget() is not page:
            self.setCurrentWidget(page)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up from the first row leaves the rows."""
        if watched is self.table and event.type() == QEvent.Type.KeyPress:
            key = event.key()  # type: ignore[attr-defined]
            if key == Qt.Key.Key_Up and self.table.row() <= 0:
                self.left_above.emit()
                return True
        return False


def columns_to_keep(register: Register, columns: Sequence[ShownColumn]) -> Keep:
    """Figures, dates and record numbers; and what records are called by."""
    figures, names = set(), set()
    for place, column in enumerate(columns):
        field = column.field
        if field is None or field.type in FIGURES or column.key == register.number_field:
            figures.add(place)
        elif f"{{{column.key}}}" in register.title_format:
            names.add(place)
    return Keep(frozenset(figures), frozenset(names))
