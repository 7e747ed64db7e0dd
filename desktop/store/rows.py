"""The list of a register: its ids in order and their search texts in memory, its cells on demand.

Searching never waits for the disk. The connection should be a reader of its own
(`Database.reader`): it sees what is committed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, repeat
from operator import contains
from typing import Any, overload

from desktop.base.text import fold
from desktop.schema.definition import FieldType, Forms
from desktop.schema.types import Value, from_columns, show
from desktop.store.column_keys import column_keys
from desktop.store.driver import Connection, Stored
from desktop.store.filters import Filter, matching_ids
from desktop.store.list_queries import Cell, cell_of, list_queries
from desktop.store.titles import Titles

_CHUNK = 500  # ids in one statement
_RELOAD_ABOVE = 300  # changed ids from which reading everything anew is quicker
_KEPT_SEARCHES = 12
_KEPT_ORDERS = 3
_PLAIN_TYPES = (FieldType.TEXT, FieldType.NOTE)


@dataclass(frozen=True)
class Order:
    """Sorted by one column: a field's name, `REF.FIELD` or `#REGISTER`."""

    column: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row of a list, its cells in the order of the register's columns."""

    id: str
    values: tuple[Value, ...]
    """As `schema.types` has them; a reference's is the id, a count's the number."""
    texts: tuple[str, ...]
    """As on screen; a reference's is the title of the record."""
    deleted: bool
    restricted: bool


@dataclass(frozen=True, slots=True)
class _View:
    """Ids and their search texts, side by side, in one order; replaced, never changed."""

    ids: list[str]
    keys: list[str]
    places: list[int]
    """0, 1, 2 … made once: numbers made anew for each search cost more than the search."""


class Found(Sequence[str]):
    """Ids in order, as places in a list: a hundred thousand are found without touching one."""

    def __init__(self, ids: list[str], places: list[int]) -> None:
        self._ids = ids
        self._places = places

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, slice):
            return [self._ids[place] for place in self._places[at]]
        return self._ids[self._places[at]]

    def __iter__(self) -> Iterator[str]:
        return map(self._ids.__getitem__, self._places)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment] # equal to lists, which have none

    def row_of(self, id: str) -> int:
        """Where the id stands, -1 if it was not found."""
        try:
            place = self._ids.index(id)
        except ValueError:
            return -1
        row = bisect_left(self._places, place)
        return row if row < len(self._places) and self._places[row] == place else -1


class RowIndex:
    """The records of one register, to be searched, filtered, sorted and paged through."""

    def __init__(self, connection: Connection, forms: Forms, register: str) -> None:
        self.queries = list_queries(forms, register)
        self.register = forms.registers[register]
        self._connection = connection
        self._forms = forms
        self._views: dict[bool, _View] = {}
        self._orders: OrderedDict[tuple[Order, bool], _View] = OrderedDict()
        self._searches: OrderedDict[tuple[Order | None, bool, tuple[str, ...]], list[int]] = (
            OrderedDict()
        )
        self._filters: dict[Filter, set[str]] = {}

    def find(
        self,
        text: str = "",
        *,
        filters: Sequence[Filter] = (),
        among: Collection[str] | None = None,
        order: Order | None = None,
        deleted: bool = False,
    ) -> Found:
        """The records that have every word of the text and pass every filter, in order.

        `among`: only these ids. `order`: None is the list's own. `deleted`: the deleted records
        instead of the others. Raises KeyError for an unknown field or column.
        """
        view = self._ordered(order, deleted)
        places = self._search(view, tuple(fold(text).split()), order, deleted)
        allowed = [self._allowed(one) for one in filters]
        if among is not None:
            allowed.append(set(among))
        for ids in allowed:
            hits = map(ids.__contains__, map(view.ids.__getitem__, places))
            places = list(compress(places, hits))
        return Found(view.ids, places)

    def count(self, *, deleted: bool = False) -> int:
        """How many records there are."""
        return len(self._view(deleted).ids)

    def page(self, ids: Sequence[str]) -> list[ListRow]:
        """The rows of these ids in their order; an id that is not there (any more) is left out."""
        rows: dict[str, ListRow] = {}
        for chunk in _chunks(ids):
            marks = ",".join("?" * len(chunk))
            found = self._connection.execute(
                self.queries.page.format(marks=marks), chunk
            ).fetchall()
            restricted: set[str] = set()
            if self.queries.restricted:
                restricted = {
                    str(row[0])
                    for row in self._connection.execute(
                        self.queries.restricted.format(marks=marks), chunk
                    )
                }
            titles = self._titles(found)
            for row in found:
                rows[row[0]] = self._list_row(row, titles, row[0] in restricted)
        return [rows[id] for id in ids if id in rows]

    def refresh(self, ids: Collection[str]) -> None:
        """Take in what was committed about these ids: new, changed, deleted, restored.

        What is searched of a referred record is taken in when the list is read anew (`reload`).
        """
        self._forget()
        if not self._views:
            return
        if len(ids) > _RELOAD_ABOVE:
            self._views.clear()
            return
        views = {deleted: (list(v.ids), list(v.keys)) for deleted, v in self._views.items()}
        for id in ids:
            for view in views.values():
                _remove(*view, id)
        for chunk in _chunks(list(ids)):
            marks = ",".join("?" * len(chunk))
            for row in self._connection.execute(
                self.queries.load_some.format(marks=marks), chunk
            ).fetchall():
                home = views.get(row[2] is not None)
                if home is not None:
                    self._insert(*home, row[0], row[1], row[3:])

        self._views = {deleted: _view(*view) for deleted, view in views.items()}

    def reload(self) -> None:
        """Read everything anew when it is next asked for."""
        self._forget()
        self._views.clear()

    def _forget(self) -> None:
        self._orders.clear()
        self._searches.clear()
        self._filters.clear()

    def _view(self, deleted: bool) -> _View:
        if deleted not in self._views:
            sql = self.queries.load.format(deleted="NOT NULL" if deleted else "NULL")
            rows = self._connection.execute(sql).fetchall()
            self._views[deleted] = _view([row[0] for row in rows], [row[1] for row in rows])
        return self._views[deleted]

    def _insert(
        self, ids: list[str], keys: list[str], id: str, key: str, values: Sequence[Stored]
    ) -> None:
        order = [descending for _, descending in self.queries.order]

        def place(other: str) -> _Place:
            row = self._connection.execute(self.queries.sort_values, (other,)).fetchone()
            return _Place(row or (), order)

        at = bisect_left(ids, _Place(values, order), key=place)
        ids.insert(at, id)
        keys.insert(at, key)

    # Searching

    def _search(
        self, view: _View, words: tuple[str, ...], order: Order | None, deleted: bool
    ) -> list[int]:
        """Places in the view, ascending."""
        kept = self._searches.get((order, deleted, words))
        if kept is not None:
            self._searches.move_to_end((order, deleted, words))
            return kept
        places = self._nearest(words, order, deleted)
        keys: Iterable[str] = view.keys
        for word in sorted(set(words), key=len, reverse=True):
            if places is not None:
                keys = map(view.keys.__getitem__, places)
            places = list(
                compress(
                    view.places if places is None else places, map(contains, keys, repeat(word))
                )
            )
        if places is None:
            return view.places
        self._searches[order, deleted, words] = places
        if len(self._searches) > _KEPT_SEARCHES:
            self._searches.popitem(last=False)
        return places

    def _nearest(
        self, words: tuple[str, ...], order: Order | None, deleted: bool
    ) -> list[int] | None:
        """The smallest earlier result that holds every hit (None: there is none): typing on
        narrows the last one."""
        best: list[int] | None = None
        for (other_order, other_deleted, other_words), places in self._searches.items():
            if (
                (other_order, other_deleted) == (order, deleted)
                and (best is None or len(places) < len(best))
                and all(any(old in new for new in words) for old in other_words)
            ):
                best = places
        return best

    def _allowed(self, one: Filter) -> set[str]:
        if one not in self._filters:
            self._filters[one] = matching_ids(
                self._connection, self._forms, self.register.name, one
            )
        return self._filters[one]

    # Sorting

    def _ordered(self, order: Order | None, deleted: bool) -> _View:
        view = self._view(deleted)
        if order is None:
            return view
        if (order, deleted) not in self._orders:
            self._orders[order, deleted] = self._sorted(view, order)
            if len(self._orders) > _KEPT_ORDERS:
                self._orders.popitem(last=False)
        return self._orders[order, deleted]

    def _sorted(self, view: _View, order: Order) -> _View:
        """Equal values stay in the list's own order; empty ones come last either way."""
        cell = cell_of(self._forms, self.register, order.column)
        keys = column_keys(self._connection, self._forms, self.queries, cell)
        values: list[Any] = [keys.get(id) for id in view.ids]
        filled = [n for n, value in enumerate(values) if value is not None]
        filled.sort(key=lambda n: values[n], reverse=order.descending)
        places = filled + [n for n, value in enumerate(values) if value is None]
        return _view([view.ids[n] for n in places], [view.keys[n] for n in places])

    # Cells

    def _titles(self, rows: list[tuple[Stored, ...]]) -> Titles:
        """Titles of every record the rows refer to, looked up together."""
        titles = Titles(self._connection, self._forms)
        for cell, start in self._cells():
            if cell.refers_to:
                titles.of(cell.refers_to, {str(row[start]) for row in rows if row[start]})
        return titles

    def _cells(self) -> Iterator[tuple[Cell, int]]:
        """Every cell and where its first value stands in a row of `page`."""
        start = 2
        for cell in self.queries.cells:
            yield cell, start
            start += len(cell.expressions)

    def _list_row(self, row: tuple[Stored, ...], titles: Titles, restricted: bool) -> ListRow:
        values: list[Value] = []
        texts: list[str] = []
        for cell, start in self._cells():
            value, text = self._cell(cell, row[start : start + len(cell.expressions)], titles)
            values.append(value)
            texts.append(text)
        return ListRow(
            str(row[0]), tuple(values), tuple(texts), row[1] is not None, restricted
        )  # fmt: skip

    def _cell(self, cell: Cell, found: Sequence[Stored], titles: Titles) -> tuple[Value, str]:
        first = found[0]
        if cell.field is None:
            return first, str(first or "")
        if first is None:
            return None, ""
        if cell.refers_to:
            named = titles.of(cell.refers_to, [str(first)])
            return first, named[str(first)].title if named else ""
        if cell.field.type in _PLAIN_TYPES:
            return first, str(first)
        value = from_columns(cell.field, dict(zip(cell.field.columns, found, strict=True)))
        if cell.field.type is FieldType.CHOICE:
            return value, self._short(cell.field.list, str(value))
        return value, show(cell.field, value, self._forms.lists)

    def _short(self, code_list: str, code: str) -> str:
        """The label for narrow columns of a code; the code itself where it is in no list."""
        found = self._forms.lists[code_list].value(code)
        return (found.short or found.label) if found else code


class _Place:
    """Where a row stands in the list's own order, comparable as SQLite compares."""

    __slots__ = ("_descending", "_values")

    def __init__(self, values: Sequence[Stored], descending: Sequence[bool]) -> None:
        self._values = values
        self._descending = descending

    def __lt__(self, other: _Place) -> bool:
        for mine, theirs, down in zip(self._values, other._values, self._descending, strict=False):
            if mine != theirs:
                return _is_less(mine, theirs) != down
        return False


def _is_less(one: Stored, other: Stored) -> bool:
    """NULL before everything; a STRICT column holds one kind of value."""
    if one is None or other is None:
        return one is None
    return one < other  # type: ignore[operator]


def _view(ids: list[str], keys: list[str]) -> _View:
    return _View(ids, keys, list(range(len(ids))))


def _remove(ids: list[str], keys: list[str], id: str) -> None:
    try:
        at = ids.index(id)
    except ValueError:
        return
    del ids[at], keys[at]


def _chunks(ids: Sequence[str]) -> Iterable[list[str]]:
    return (list(ids[start : start + _CHUNK]) for start in range(0, len(ids), _CHUNK))
