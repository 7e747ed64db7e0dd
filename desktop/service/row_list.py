"""The list of one register as the window shows it: found, filtered, sorted, kept up to date."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.base.events import Signal
from desktop.base.translate import tr
from desktop.schema.definition import FieldType
from desktop.store.filters import Filter, Operator
from desktop.store.list_queries import cell_of
from desktop.store.rows import Found, ListRow, Order, RowIndex

if TYPE_CHECKING:
    from desktop.schema.definition import Forms, Register
    from desktop.store.driver import Connection

__all__ = ["Filter", "ListRow", "Operator", "RowList", "ShownColumn"]

_RIGHT = (FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY)
_CENTRE = (FieldType.DATE, FieldType.DATETIME, FieldType.YES_NO)
_WIDTHS = {
    FieldType.TEXT: 170,
    FieldType.NOTE: 240,
    FieldType.INTEGER: 80,
    FieldType.DECIMAL: 90,
    FieldType.MONEY: 120,
    FieldType.DATE: 96,
    FieldType.DATETIME: 130,
    FieldType.PARTIAL_DATE: 96,
    FieldType.YES_NO: 60,
    FieldType.CHOICE: 150,
    FieldType.CHOICES: 180,
    FieldType.REFERENCE: 180,
}
"""Pixels at 100 %."""
_KEPT_ROWS = 4000


@dataclass(frozen=True)
class ShownColumn:
    """One column of a list."""

    key: str
    """As in `ListColumn.field`."""
    title: str
    width: int
    align: str
    """"left", "right" or "center"."""


class RowList:
    """Made by `Workspace.rows`; one view of a register: text, filters, order, deleted or not."""

    def __init__(self, connection: Connection, forms: Forms, register: Register) -> None:
        self.register = register
        self.changed: Signal[()] = Signal()
        """What is shown has changed: rows, order or their texts."""
        self._forms = forms
        self._index = RowIndex(connection, forms, register.name)
        self.columns = tuple(
            self._shown(column.field, column.title, column.width) for column in register.columns
        )
        self.text = ""
        self.filters: tuple[Filter, ...] = ()
        self.order: Order | None = None
        self.shows_deleted = False
        self.among: frozenset[str] | None = None
        """Only these ids: the records behind a figure; None: all."""
        self._ids: Found | None = None
        self._rows: OrderedDict[str, ListRow] = OrderedDict()

    @property
    def ids(self) -> Found:
        """Ids shown, in order."""
        if self._ids is None:
            self._ids = self._index.find(
                self.text,
                filters=self.filters,
                among=self.among,
                order=self.order,
                deleted=self.shows_deleted,
            )
        return self._ids

    @property
    def count(self) -> int:
        """Records shown."""
        return len(self.ids)

    @property
    def total(self) -> int:
        """Records there are, deleted ones only where those are shown."""
        return self._index.count(deleted=self.shows_deleted)

    def find(self, text: str) -> None:
        """Show the records that hold every word, without accents."""
        self.text = text
        self._show_anew()

    def filter(self, filters: Sequence[Filter]) -> None:
        """Show the records that pass every filter as well."""
        self.filters = tuple(filters)
        self._show_anew()

    def show_only(self, ids: Collection[str] | None) -> None:
        """Show these records only; None takes that back."""
        self.among = None if ids is None else frozenset(ids)
        self._show_anew()

    def sort_by(self, column: str | None, descending: bool = False) -> None:
        """Order by a column, None for the register's own order. Raises KeyError."""
        self.order = Order(column, descending) if column else None
        self._show_anew()

    def show_deleted(self, shown: bool) -> None:
        """Show the deleted records instead of the others."""
        self.shows_deleted = shown
        self._show_anew()

    def id_at(self, row: int) -> str:
        """Raises IndexError."""
        return self.ids[row]

    def index_of(self, id: str) -> int:
        """Row of a record, -1 where it is not shown."""
        return self.ids.row_of(id)

    def row(self, row: int) -> ListRow | None:
        """Cells of one row, or None for a record that has gone meanwhile.

        Rows around it are read with it, so that a page on screen costs one query.
        """
        id = self.ids[row]
        if id not in self._rows:
            start = max(0, row - 20)
            self._load(self.ids[start : start + 80])
        return self._rows.get(id)

    def texts(self, start: int, stop: int) -> list[list[str]]:
        """Cell texts of rows `start` to `stop`, each in the order of `columns`."""
        ids = self.ids[start:stop]
        missing = [id for id in ids if id not in self._rows]
        if missing:
            self._load(missing)
        blank = [""] * len(self.columns)
        return [list(self._rows[id].texts) if id in self._rows else blank for id in ids]

    def refresh(self, ids: Collection[str], *, related: bool) -> None:
        """Take in a change: of these records, and (`related`) of others their cells may name."""
        if not ids and not related:
            return
        if ids:
            self._index.refresh(ids)
        self._rows.clear()
        self._show_anew()

    def reload(self) -> None:
        """Read everything anew."""
        self._index.reload()
        self._rows.clear()
        self._show_anew()

    def _load(self, ids: Sequence[str]) -> None:
        for row in self._index.page(ids):
            self._rows[row.id] = row
        while len(self._rows) > max(_KEPT_ROWS, 2 * len(ids)):
            self._rows.popitem(last=False)

    def _show_anew(self) -> None:
        self._ids = None
        self.changed.emit()

    def _shown(self, key: str, title: str, width: int) -> ShownColumn:
        cell = cell_of(self._forms, self.register, key)
        one = cell.field
        if one is None:
            return ShownColumn(key, title or tr("Count"), width or 70, "right")
        align = "left"
        if one.type in _RIGHT:
            align = "right"
        elif one.type in _CENTRE:
            align = "center"
        return ShownColumn(key, title or one.label, width or _WIDTHS[one.type], align)
