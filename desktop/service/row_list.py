"""The list of one register as the window shows it: found, filtered, sorted, kept up to date."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.base.events import Signal
from desktop.base.translate import tr
from desktop.service.list_beside import FIRST_PAGE, Beside
from desktop.service.list_fields import (
    Sees,
    SeesAll,
    ShownColumn,
    default_columns,
    sees_key,
    shown_column,
    visible_columns,
)
from desktop.store.filters import Filter, Operator
from desktop.store.rows import Found, ListRow, Order, RowIndex

if TYPE_CHECKING:
    from desktop.schema.definition import Forms, Register
    from desktop.store.driver import Connection

__all__ = ["Filter", "ListRow", "Operator", "Order", "RowList", "ShownColumn"]

_KEPT_ROWS = 4000
MASK = "•••"


class RowList:
    """Made by `Workspace.rows`; one view of a register: text, filters, order, deleted or not."""

    def __init__(
        self,
        connection: Connection,
        forms: Forms,
        register: Register,
        *,
        sees: Sees | None = None,
        another: Callable[[], Connection] | None = None,
    ) -> None:
        """`sees`: what the person may see, everything if nobody is said. `another` opens a reader
        for any thread; with it, and `beside.later`, a large list is read beside the window."""
        self.register = register
        self.forms = forms
        self.sees: Sees = sees or SeesAll()
        self.changed: Signal[()] = Signal()
        """What is shown has changed: rows, order or their texts."""
        self.columns_changed: Signal[()] = Signal()
        """Other columns are shown; `changed` follows."""
        hides = not self.sees.sees_restricted
        self._index = RowIndex(connection, forms, register.name, hides=hides)
        self.beside = Beside(self._index, another, self._show_anew)
        self.columns: tuple[ShownColumn, ...] = ()
        self._take_columns(default_columns(register, self.sees, forms))
        self.text = ""
        self.filters: tuple[Filter, ...] = ()
        self.orders: tuple[Order, ...] = ()
        self.shows_deleted = False
        self.among: frozenset[str] | None = None
        """Only these ids: the records behind a figure; None: all."""
        self._ids: Found | None = None
        self._before: Found | None = None
        """What was shown last, until what is asked for has been read."""
        self._rows: OrderedDict[str, ListRow] = OrderedDict()

    # What is shown

    @property
    def ids(self) -> Found:
        """Ids shown, in order; while `is_waiting` those shown before, or the first ones."""
        if self._ids is None:
            self._ids = self._find()
        return self._ids

    @property
    def is_waiting(self) -> bool:
        """True while what was asked for is being read beside the window."""
        return self.beside.is_waiting

    @property
    def count(self) -> int:
        """Records shown."""
        return len(self.ids)

    @property
    def total(self) -> int:
        """Records there are, deleted ones only where those are shown."""
        shown = self.count
        if self.is_waiting:
            return shown
        return self._index.count(deleted=self.shows_deleted)

    def find(self, text: str) -> None:
        """Show the records that hold every word, without accents."""
        self.text = text
        self._show_anew()

    def filter(self, filters: Sequence[Filter]) -> None:
        """Show the records that pass every filter as well. Raises KeyError for an unknown field,
        and for one this person must not be told anything by."""
        for one in filters:
            if not sees_key(self.forms, self.register, one.field, self.sees):
                raise KeyError(one.field)
        self.filters = tuple(filters)
        self._show_anew()

    def show_only(self, ids: Collection[str] | None) -> None:
        """Show these records only; None takes that back."""
        self.among = None if ids is None else frozenset(ids)
        self._show_anew()

    def sort(self, orders: Sequence[Order]) -> None:
        """Order by columns, the first of which counts most; none: the register's own order.
        Raises KeyError."""
        for one in orders:
            shown_column(self.forms, self.register, one.column)
        self.orders = tuple(orders)
        self._show_anew()

    def show_deleted(self, shown: bool) -> None:
        """Show the deleted records instead of the others."""
        if shown != self.shows_deleted:
            self._before = None
        self.shows_deleted = shown
        self._show_anew()

    def choose_columns(self, keys: Sequence[str] | None) -> None:
        """Show these columns, as far as there are such; None: those of the definition."""
        known = visible_columns(self.forms, self.register, keys or (), self.sees)
        wanted = known or default_columns(self.register, self.sees, self.forms)
        if wanted == tuple(one.key for one in self.columns):
            return
        self._take_columns(wanted)
        self._rows.clear()
        self.columns_changed.emit()
        self.changed.emit()

    def _take_columns(self, keys: tuple[str, ...]) -> None:
        self._index.set_columns(keys)
        self.columns = tuple(shown_column(self.forms, self.register, key) for key in keys)

    # Rows

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

    # Taking in changes

    def take_in(self, records: Collection[tuple[str, str]]) -> None:
        """Take in a change: of these (register, id), in this list or in what its cells name."""
        own = tuple(id for name, id in records if name == self.register.name)
        others: dict[str, tuple[str, ...]] = {}
        for name, id in records:
            if name != self.register.name:
                others[name] = (*others.get(name, ()), id)
        if not own and not others:
            return
        self.beside.take_in((own, others))
        self._rows.clear()
        self._show_anew()

    def reload(self) -> None:
        """Read everything anew."""
        self.beside.reload()
        self._rows.clear()
        self._show_anew()

    # Reading

    def _find(self) -> Found:
        filters, orders, deleted = self.filters, self.orders, self.shows_deleted
        wanted = self._index.missing(filters=filters, order=orders, deleted=deleted)
        if wanted is not None and self.beside.is_slow(wanted):
            self.beside.await_(wanted)
            if self.among is not None:
                return self._index.first(0)
            self._before = self._before or self._index.first(FIRST_PAGE, deleted=deleted)
            return self._before
        self.beside.forget()
        self._before = self._index.find(
            self.text, filters=filters, among=self.among, order=orders, deleted=deleted
        )
        return self._before

    def _load(self, ids: Sequence[str]) -> None:
        for row in self._index.page(ids):
            self._rows[row.id] = masked_row(row, self.columns) if row.restricted else row
        while len(self._rows) > max(_KEPT_ROWS, 2 * len(ids)):
            self._rows.popitem(last=False)

    def _show_anew(self) -> None:
        self._ids = None
        self.changed.emit()


def masked_row(row: ListRow, columns: Sequence[ShownColumn]) -> ListRow:
    """A restricted record as lists show it, without its sensitive values: opening it needs a reason
    and is logged. The first code says that it is restricted."""
    values, texts, said = list(row.values), list(row.texts), False
    for place, column in enumerate(columns):
        if not column.is_sensitive:
            continue
        is_code = column.field is not None and bool(column.field.list)
        values[place] = None
        texts[place] = tr("Restricted group") if is_code and not said else MASK
        said = said or is_code
    return replace(row, values=tuple(values), texts=tuple(texts))
