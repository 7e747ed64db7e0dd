"""Ids of a register in one order, with their search texts; what a search finds in them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, overload

from desktop.store.column_keys import Order
from desktop.store.driver import Stored


@dataclass(frozen=True, slots=True)
class View:
    """Ids and their search texts, side by side, in one order; replaced, never changed."""

    ids: list[str]
    keys: list[str]
    places: list[int]
    """0, 1, 2 … made once: numbers made anew for each search cost more than the search."""

    @classmethod
    def of(cls, ids: list[str], keys: list[str]) -> View:
        """With its places."""
        return cls(ids, keys, list(range(len(ids))))

    def arranged(self, places: Sequence[int]) -> View:
        """The same in another order."""
        return View.of([self.ids[n] for n in places], [self.keys[n] for n in places])


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


class Place:
    """Where a row stands in the list's own order, comparable as SQLite compares."""

    __slots__ = ("_descending", "_values")

    def __init__(self, values: Sequence[Stored], descending: Sequence[bool]) -> None:
        self._values = values
        self._descending = descending

    def __lt__(self, other: Place) -> bool:
        for mine, theirs, down in zip(self._values, other._values, self._descending, strict=False):
            if mine != theirs:
                return _is_less(mine, theirs) != down
        return False


class Rank:
    """Where a row stands in a list sorted by columns, where equal by its own place."""

    __slots__ = ("_id", "_keys", "_orders", "_place")

    def __init__(
        self,
        id: str,
        orders: Sequence[Order],
        keys: Sequence[dict[str, Any]],
        place: Callable[[str], Place],
    ) -> None:
        self._id = id
        self._orders = orders
        self._keys = keys
        self._place = place

    def __lt__(self, other: Rank) -> bool:
        for order, keys in zip(self._orders, self._keys, strict=True):
            mine, theirs = keys.get(self._id), keys.get(other._id)
            if mine == theirs:
                continue
            if mine is None or theirs is None:
                return theirs is None
            return bool((mine > theirs) if order.descending else (mine < theirs))
        return self._place(self._id) < self._place(other._id)


def _is_less(one: Stored, other: Stored) -> bool:
    """NULL before everything; a STRICT column holds one kind of value."""
    if one is None or other is None:
        return one is None
    return one < other  # type: ignore[operator]


def without(view: View, gone: Iterable[str]) -> tuple[list[str], list[str]]:
    """Ids and search texts of a view without some."""
    ids, keys = list(view.ids), list(view.keys)
    for id in gone:
        try:
            at = ids.index(id)
        except ValueError:
            continue
        del ids[at], keys[at]
    return ids, keys
