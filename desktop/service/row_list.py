"""The list of one register as the window shows it: found, filtered, sorted, kept up to date."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from desktop.base.events import Signal
from desktop.base.translate import tr
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
    from desktop.store.rows import Loaded, Wanted

__all__ = ["Filter", "ListRow", "Operator", "Order", "RowList", "ShownColumn"]

_KEPT_ROWS = 4000
SMALL = 1000
"""Records that are read and sorted at once, sooner than a frame is late."""
FIRST_PAGE = 200
"""Records shown before the others are read."""
MASK = "•••"

Later = Callable[
    [Callable[[], "Loaded"], Callable[["Loaded"], None], Callable[[Exception], None]], None
]
"""Runs the first function on another thread and calls the second with what it returned, or the
third with what it raised, on this one."""


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
        for any thread; with it, and `later`, a large list is read beside the window."""
        self.register = register
        self.forms = forms
        self.sees: Sees = sees or SeesAll()
        self.changed: Signal[()] = Signal()
        """What is shown has changed: rows, order or their texts."""
        self.columns_changed: Signal[()] = Signal()
        """Other columns are shown; `changed` follows."""
        self.later: Later | None = None
        self._another = another
        hides = not self.sees.sees_restricted
        self._index = RowIndex(connection, forms, register.name, hides=hides)
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
        self._awaited: Wanted | None = None
        self._under_way = 0
        self._missed: list[tuple[tuple[str, ...], dict[str, tuple[str, ...]]]] = []
        """What changed while something is being read beside."""
        self._read_anew = 0

    # What is shown

    @property
    def order(self) -> Order | None:
        """The column that counts most, None for the register's own order."""
        return self.orders[0] if self.orders else None

    @property
    def ids(self) -> Found:
        """Ids shown, in order; while `is_waiting` those shown before, or the first ones."""
        if self._ids is None:
            self._ids = self._find()
        return self._ids

    @property
    def is_waiting(self) -> bool:
        """True while what was asked for is being read beside the window."""
        return self._awaited is not None

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

    def sort_by(self, column: str | None, descending: bool = False) -> None:
        """Order by a column, None for the register's own order. Raises KeyError."""
        self.sort((Order(column, descending),) if column else ())

    def sort(self, orders: Sequence[Order]) -> None:
        """Order by several columns, of which the first counts most. Raises KeyError."""
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
        if self._under_way:
            self._missed.append((own, others))
        self._index.refresh(own, others)
        self._rows.clear()
        self._show_anew()

    def reload(self) -> None:
        """Read everything anew."""
        self._read_anew += 1
        self._index.reload()
        self._rows.clear()
        self._show_anew()

    # Reading

    def _find(self) -> Found:
        if self.later is not None and self._another is not None:
            wanted = self._wanted()
            if wanted is not None and self._is_slow(wanted):
                self._begin(wanted)
                return self._while_waiting()
        self._awaited = None
        self._before = self._index.find(
            self.text,
            filters=self.filters,
            among=self.among,
            order=self.orders,
            deleted=self.shows_deleted,
        )
        return self._before

    def _wanted(self) -> Wanted | None:
        return self._index.missing(
            filters=self.filters, order=self.orders, deleted=self.shows_deleted
        )

    def _is_slow(self, wanted: Wanted) -> bool:
        if any("." in one.field and one.operator is Operator.CONTAINS for one in wanted.filters):
            return True
        return len(self._index.first(SMALL + 1, deleted=self.shows_deleted)) > SMALL

    def _while_waiting(self) -> Found:
        if self._before is not None:
            return self._before
        plain = not self.text and not self.filters and not self.orders and self.among is None
        return self._index.first(FIRST_PAGE if plain else 0, deleted=self.shows_deleted)

    def _begin(self, wanted: Wanted) -> None:
        """Have it read beside, unless that is being done already."""
        if self._awaited is not None and self._awaited.same(wanted):
            return
        assert self.later is not None and self._another is not None  # noqa: S101, PT018
        self._awaited = wanted
        self._under_way += 1
        index, another = self._index, self._another

        def work() -> Loaded:
            connection = another()
            try:
                return index.load(connection, wanted)
            finally:
                connection.close()

        taken = partial(self._loaded, self._read_anew)
        self.later(work, taken, partial(self._not_loaded, wanted))

    def _loaded(self, reading: int, loaded: Loaded) -> None:
        self._under_way -= 1
        if reading == self._read_anew:
            self._index.take(loaded)
            for own, others in self._missed:
                self._index.refresh(own, others)
        if not self._under_way:
            self._missed.clear()
        if self._awaited is loaded.wanted:
            self._awaited = None
            self._show_anew()

    def _not_loaded(self, wanted: Wanted, error: Exception) -> None:
        self._under_way -= 1
        if self._awaited is wanted:
            self._awaited = None
        raise error

    def _load(self, ids: Sequence[str]) -> None:
        for row in self._index.page(ids):
            self._rows[row.id] = self._masked(row) if row.restricted else row
        while len(self._rows) > max(_KEPT_ROWS, 2 * len(ids)):
            self._rows.popitem(last=False)

    def _masked(self, row: ListRow) -> ListRow:
        """A restricted record as lists show it: opening it needs a reason, and is logged."""
        return masked_row(row, self.columns)

    def _show_anew(self) -> None:
        self._ids = None
        self.changed.emit()


def masked_row(row: ListRow, columns: Sequence[ShownColumn]) -> ListRow:
    """A restricted record without its sensitive values; the first code says which it is."""
    values, texts, said = list(row.values), list(row.texts), False
    for place, column in enumerate(columns):
        if not column.is_sensitive:
            continue
        is_code = column.field is not None and bool(column.field.list)
        values[place] = None
        texts[place] = tr("Restricted group") if is_code and not said else MASK
        said = said or is_code
    return replace(row, values=tuple(values), texts=tuple(texts))
