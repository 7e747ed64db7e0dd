"""The list of a register: its ids in order and their search texts in memory, its cells on demand.

Searching never waits for the disk. What has to be read or sorted first (`missing`) may be loaded
on another thread (`load`) and handed over (`take`); what is asked for without that is read at once.
The connection should be a reader of its own (`Database.reader`): it sees what is committed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress, repeat
from operator import contains
from typing import Any

from desktop.base.breaths import in_breaths
from desktop.base.text import fold
from desktop.schema.definition import Forms
from desktop.store.column_keys import Order, column_keys, in_order
from desktop.store.driver import Connection
from desktop.store.filters import Filter, Operator, matching_ids, registers_of
from desktop.store.list_cells import CellReader, ListRow, chunks
from desktop.store.list_queries import ListQueries, cell_of, list_queries
from desktop.store.row_views import Found, Place, Rank, View, without

__all__ = ["Found", "ListRow", "Order", "RowIndex"]

_RELOAD_ABOVE = 300  # changed ids from which reading everything anew is quicker
_KEPT_SEARCHES = 12
_KEPT_ORDERS = 3
_KEPT_KEYS = 8
_KEPT_FILTERS = 24

Orders = tuple[Order, ...]


@dataclass(frozen=True, eq=False)
class Wanted:
    """What has to be read or sorted before a list can be shown."""

    deleted: bool
    orders: Orders
    columns: tuple[str, ...]
    """Sorted by, and their keys are not there."""
    filters: tuple[Filter, ...]
    view: View | None
    """Read before; None: to be read."""
    keys: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Read before, by column."""
    asked: int = 0
    """Filters that hold, those read before too: none of them is let go for another."""

    def same(self, other: Wanted) -> bool:
        """True if both are about the same list, whatever has been read of it."""
        mine, theirs = (self.deleted, self.orders), (other.deleted, other.orders)
        return mine == theirs and self.filters == other.filters


@dataclass(frozen=True, eq=False)
class Loaded:
    """What was read for a `Wanted`."""

    wanted: Wanted
    view: View
    ordered: View | None
    keys: dict[str, dict[str, Any]]
    filters: dict[Filter, set[str]]


class RowIndex:
    """The records of one register, to be searched, filtered, sorted and paged through."""

    def __init__(
        self, connection: Connection, forms: Forms, register: str, *, hides: bool = False
    ) -> None:
        """`hides`: for who may not see restricted records (`list_queries`)."""
        self.queries = list_queries(forms, register, hides=hides)
        self.register = forms.registers[register]
        self._connection = connection
        self._forms = forms
        self._views: dict[bool, View] = {}
        self._keys: OrderedDict[str, dict[str, Any]] = OrderedDict()
        self._orders: OrderedDict[tuple[Orders, bool], View] = OrderedDict()
        self._searches: OrderedDict[tuple[Orders, bool, tuple[str, ...]], list[int]] = OrderedDict()
        self._filters: OrderedDict[Filter, set[str]] = OrderedDict()

    def set_columns(self, columns: Sequence[str]) -> None:
        """Have these cells in `page`. Raises KeyError for a column that leads nowhere."""
        register, hides = self.register.name, self.queries.hides
        self.queries = list_queries(self._forms, register, columns, hides=hides)

    def find(
        self,
        text: str = "",
        *,
        filters: Sequence[Filter] = (),
        among: Collection[str] | None = None,
        order: Order | Sequence[Order] | None = None,
        deleted: bool = False,
    ) -> Found:
        """The records that have every word of the text and pass every filter, in order.

        `among`: only these ids. `order`: one, or several of which the first counts most; None is
        the list's own. `deleted`: the deleted records instead of the others. Raises KeyError for
        an unknown field or column.
        """
        orders = as_orders(order)
        missing = self.missing(filters=filters, order=orders, deleted=deleted)
        if missing is not None:
            self.take(self.load(self._connection, missing))
        view = self._orders[orders, deleted] if orders else self._views[deleted]
        places = self._search(view, tuple(fold(text).split()), orders, deleted)
        allowed: list[Collection[str]] = [self._filters[one] for one in filters]
        if among is not None:
            allowed.append(set(among))
        for ids in allowed:
            hits = map(ids.__contains__, map(view.ids.__getitem__, places))
            places = list(compress(places, hits))
        return Found(view.ids, places)

    def first(self, count: int, *, deleted: bool = False) -> Found:
        """The first records of the list's own order, without reading the others."""
        if deleted in self._views:
            ids = self._views[deleted].ids[:count]
        else:
            sql = self.queries.first.format(deleted="NOT NULL" if deleted else "NULL")
            ids = [str(row[0]) for row in self._connection.execute(sql, (count,)).fetchall()]
        return Found(ids, list(range(len(ids))))

    def count(self, *, deleted: bool = False) -> int:
        """How many records there are."""
        if deleted not in self._views:
            self.take(self.load(self._connection, Wanted(deleted, (), (), (), None)))
        return len(self._views[deleted].ids)

    def page(self, ids: Sequence[str]) -> list[ListRow]:
        """The rows of these ids in their order; an id that is not there (any more) is left out."""
        return CellReader(self._connection, self._forms, self.queries).rows(ids)

    # Loading, perhaps on another thread

    def missing(
        self,
        *,
        filters: Sequence[Filter] = (),
        order: Order | Sequence[Order] | None = None,
        deleted: bool = False,
    ) -> Wanted | None:
        """What `find` would have to read or sort first; None: nothing. Raises KeyError."""
        orders = as_orders(order)
        for one in orders:
            cell_of(self._forms, self.register, one.column)
        view = self._views.get(deleted)
        asked = tuple(dict.fromkeys(one for one in filters if one not in self._filters))
        for known in self._filters.keys() & set(filters):
            self._filters.move_to_end(known)
        sorted_already = not orders or (orders, deleted) in self._orders
        if view is not None and not asked and sorted_already:
            return None
        named = [] if sorted_already and view is not None else [one.column for one in orders]
        columns = tuple(dict.fromkeys(name for name in named if name not in self._keys))
        keys = {name: self._keys[name] for name in named if name in self._keys}
        sorted_by = orders if named else ()
        return Wanted(deleted, sorted_by, columns, asked, view, keys, len(set(filters)))

    def load(
        self, connection: Connection, wanted: Wanted, pause: Callable[[], object] | None = None
    ) -> Loaded:
        """Read and sort; from any thread, over a connection of that thread. Raises KeyError for
        an unknown field. `pause`: called between parts; what it raises ends the loading."""
        queries, register, rest = self.queries, self.register, pause or _go_on
        view = wanted.view or _read_view(connection, queries, wanted.deleted, pause)
        keys = dict(wanted.keys)
        for name in wanted.columns:
            rest()
            cell = cell_of(self._forms, register, name, hides=queries.hides)
            keys[name] = column_keys(connection, self._forms, queries, cell, pause=rest)
        filters = {}
        for one in wanted.filters:
            rest()
            filters[one] = matching_ids(
                connection, self._forms, register.name, one, hides=queries.hides
            )
        ordered = None
        if wanted.orders:
            rest()
            ordered = view.arranged(in_order(view.ids, wanted.orders, keys.__getitem__))
        return Loaded(wanted, view, ordered, keys, filters)

    def take(self, loaded: Loaded) -> None:
        """Keep what was loaded. What changed since it was asked for must be told to `refresh`."""
        wanted = loaded.wanted
        if wanted.view is None:
            self._views[wanted.deleted] = loaded.view
        _keep(self._keys, loaded.keys.items(), _KEPT_KEYS)
        _keep(self._filters, loaded.filters.items(), max(_KEPT_FILTERS, wanted.asked))
        if loaded.ordered is not None:
            _keep(self._orders, [((wanted.orders, wanted.deleted), loaded.ordered)], _KEPT_ORDERS)
        self._drop_unkeyed_orders()
        self._searches.clear()

    # Taking in changes

    def refresh(
        self, ids: Collection[str], others: Mapping[str, Collection[str]] | None = None
    ) -> None:
        """Take in what was committed about these ids: new, changed, deleted, restored; and about
        records of `others`, by register, whose texts are searched, sorted or filtered by here."""
        self._searches.clear()
        for register, changed in (others or {}).items():
            ids = [*ids, *self._through(register, changed)]
        self._drop_read_from(frozenset(others or ()))
        ids = list(dict.fromkeys(ids))
        if len(ids) > _RELOAD_ABOVE:
            self.reload()
            return
        for chunk in chunks(ids):
            self._take_in(chunk)

    def reload(self) -> None:
        """Read everything anew when it is next asked for."""
        for kept in (self._views, self._keys, self._orders, self._searches, self._filters):
            kept.clear()

    def _through(self, register: str, changed: Collection[str]) -> list[str]:
        """Ids whose search text holds that of changed records of another register."""
        found: list[str] = []
        if not self._views:
            return found
        for sql in self.queries.referring(register):
            for chunk in chunks(list(changed)):
                marks = ",".join("?" * len(chunk))
                rows = self._connection.execute(sql.format(marks=marks), chunk).fetchall()
                found += [str(row[0]) for row in rows]
        return found

    def _drop_read_from(self, touched: frozenset[str]) -> None:
        """Forget what was sorted or filtered by records of these registers."""
        for name in list(self._keys):
            cell = cell_of(self._forms, self.register, name)
            if self.queries.registers_of(cell) & touched:
                del self._keys[name]
        self._drop_unkeyed_orders()
        for one in list(self._filters):
            if registers_of(self._forms, self.register.name, one) & touched:
                del self._filters[one]

    def _drop_unkeyed_orders(self) -> None:
        """Forget orders that changed records could not be put into."""
        for orders, deleted in list(self._orders):
            if any(one.column not in self._keys for one in orders):
                del self._orders[orders, deleted]

    def _take_in(self, ids: list[str]) -> None:
        marks = ",".join("?" * len(ids))
        sql = self.queries.load_some.format(marks=marks)
        now = {str(row[0]): row for row in self._connection.execute(sql, ids).fetchall()}
        for name, kept in self._keys.items():
            cell = cell_of(self._forms, self.register, name, hides=self.queries.hides)
            read = column_keys(self._connection, self._forms, self.queries, cell, ids)
            self._keys[name] = {**kept, **read}
        for one in list(self._filters):
            self._refilter(one, ids)
        for deleted, view in list(self._views.items()):
            self._views[deleted] = self._patched(view, ids, now, deleted, ())
        for (orders, deleted), view in list(self._orders.items()):
            self._orders[orders, deleted] = self._patched(view, ids, now, deleted, orders)

    def _refilter(self, one: Filter, ids: list[str]) -> None:
        if one.operator is Operator.CONTAINS and "." in one.field:
            del self._filters[one]  # it would read the whole of the other register
            return
        found = matching_ids(
            self._connection, self._forms, self.register.name, one,
            among=ids, hides=self.queries.hides,
        )  # fmt: skip
        self._filters[one] = self._filters[one].difference(ids) | found

    def _patched(
        self, view: View, changed: list[str], now: dict[str, Any], deleted: bool, orders: Orders
    ) -> View:
        """A view with changed records where they belong."""
        ids, keys = without(view, changed)
        rank = self._ranking(orders)
        for id in changed:
            row = now.get(id)
            if row is not None and (row[2] is not None) == deleted:
                at = bisect_left(ids, rank(id), key=rank)
                ids.insert(at, id)
                keys.insert(at, row[1])
        return View.of(ids, keys)

    def _ranking(self, orders: Orders) -> Callable[[str], Any]:
        descending = [down for _, down in self.queries.order]

        def place(id: str) -> Place:
            row = self._connection.execute(self.queries.sort_values, (id,)).fetchone()
            return Place(row or (), descending)

        if not orders:
            return place
        keys = [self._keys[one.column] for one in orders]
        return lambda id: Rank(id, orders, keys, place)

    # Searching

    def _search(
        self, view: View, words: tuple[str, ...], orders: Orders, deleted: bool
    ) -> list[int]:
        """Places in the view, ascending."""
        kept = self._searches.get((orders, deleted, words))
        if kept is not None:
            self._searches.move_to_end((orders, deleted, words))
            return kept
        places = self._nearest(words, orders, deleted)
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
        self._searches[orders, deleted, words] = places
        if len(self._searches) > _KEPT_SEARCHES:
            self._searches.popitem(last=False)
        return places

    def _nearest(self, words: tuple[str, ...], orders: Orders, deleted: bool) -> list[int] | None:
        """The smallest earlier result that holds every hit (None: there is none): typing on
        narrows the last one."""
        best: list[int] | None = None
        for (other_orders, other_deleted, other_words), places in self._searches.items():
            if (
                (other_orders, other_deleted) == (orders, deleted)
                and (best is None or len(places) < len(best))
                and all(any(old in new for new in words) for old in other_words)
            ):
                best = places
        return best


def as_orders(order: Order | Sequence[Order] | None) -> Orders:
    """None, one or several as a tuple; of a column named twice the first counts."""
    if order is None or isinstance(order, Order):
        return () if order is None else (order,)
    found: dict[str, Order] = {}
    for one in order:
        found.setdefault(one.column, one)
    return tuple(found.values())


def _read_view(
    connection: Connection,
    queries: ListQueries,
    deleted: bool,
    pause: Callable[[], object] | None,
) -> View:
    cursor = connection.execute(queries.load.format(deleted="NOT NULL" if deleted else "NULL"))
    rows = cursor.fetchall() if pause is None else list(in_breaths(cursor, pause))
    return View.of([row[0] for row in rows], [row[1] for row in rows])


def _go_on() -> None:
    """Nobody can stop it."""


def _keep(kept: OrderedDict[Any, Any], items: Collection[tuple[Any, Any]], most: int) -> None:
    """Keep the newest, all of `items` in any case."""
    for key, value in items:
        kept[key] = value
        kept.move_to_end(key)
    while len(kept) > max(most, len(items)):
        kept.popitem(last=False)
