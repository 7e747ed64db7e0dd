"""What a list's column is sorted by: Vietnamese order for text, the value for the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from desktop.base.breaths import breathe
from desktop.base.text import text_sort_key
from desktop.schema.definition import FieldType, Forms
from desktop.store.driver import Connection, quoted
from desktop.store.list_queries import Cell, ListQueries

_BY_VALUE = frozenset(
    {
        FieldType.INTEGER,
        FieldType.DECIMAL,
        FieldType.MONEY,
        FieldType.YES_NO,
        FieldType.DATE,
        FieldType.DATETIME,
    }
)
_BREATH = 500
"""Texts after which another thread may run: a window beside must not wait for all of them."""
_RUN = 8_000
"""Values sorted in one call, which no other thread can interrupt."""


@dataclass(frozen=True)
class Order:
    """Sorted by one column: a field's name, `REF.FIELD` or `#REGISTER`."""

    column: str
    descending: bool = False


def column_keys(
    connection: Connection,
    forms: Forms,
    queries: ListQueries,
    cell: Cell,
    among: Sequence[str] | None = None,
    *,
    pause: Callable[[], object] | None = None,
) -> dict[str, Any]:
    """Id of every record → its key, all of one kind, None where the column is empty.

    Codes sort as their list does, people by tên, referred records as in their own list. `among`:
    only these ids, few enough for one statement. `pause`: called now and then; what it raises
    ends the reading.
    """
    own = cell.field
    read = _Reading(connection, queries, among)
    if own is not None and own.type is FieldType.REFERENCE:
        return _referred_keys(forms, read, cell)
    if own is not None and cell.register and cell.register.person and own.name == "full_name":
        return dict(read.values(replace(cell, expressions=(_beside(cell.expressions[0]),))))
    rows = read.values(cell)
    # Numbers kept as text have one length, so that byte order is their order.
    if own is None or own.type in _BY_VALUE or own.digits or _is_number(cell):
        return dict(rows)
    if own.type is FieldType.PARTIAL_DATE:
        return {id: _partial(*parts) for id, *parts in rows}
    if own.type is FieldType.CHOICE:
        places = {value.code: n for n, value in enumerate(forms.lists[own.list].values)}
        return {id: places.get(code, len(places)) if code else None for id, code in rows}
    return _text_keys(rows, pause)


@dataclass(frozen=True)
class _Reading:
    connection: Connection
    queries: ListQueries
    among: Sequence[str] | None

    def values(self, cell: Cell) -> list[Any]:
        """(id, value, …) of all records, or of those asked about."""
        if self.among is None:
            return self.connection.execute(self.queries.values_of(cell)).fetchall()
        marks = ",".join("?" * len(self.among))
        sql = self.queries.values_of_some(cell).format(marks=marks)
        return self.connection.execute(sql, self.among).fetchall()


def _text_keys(rows: Iterable[Any], pause: Callable[[], object] | None) -> dict[str, Any]:
    """Equal texts are worked out once: a list of people names few hamlets."""
    known: dict[str, str] = {}
    keys: dict[str, Any] = {}
    for id, text in rows:
        if not text:
            keys[id] = None
            continue
        key = known.get(text)
        if key is None:
            key = known[text] = text_sort_key(str(text))
            if len(known) % _BREATH == 0:
                breathe()
                if pause is not None:
                    pause()
        keys[id] = key
    return keys


def _referred_keys(forms: Forms, read: _Reading, cell: Cell) -> dict[str, Any]:
    other = forms.registers[cell.refers_to]
    named = read.values(cell)
    if other.parent:
        return dict(named)
    sql = f"SELECT id, sort_key FROM main.{quoted(other.name)}"
    keys = dict(read.connection.execute(sql).fetchall())
    return {id: keys.get(to) for id, to in named}


def in_order(
    ids: Sequence[str],
    orders: Sequence[Order],
    keys: Callable[[str], dict[str, Any]],
) -> list[int]:
    """Places of the ids, sorted by the first order, where equal by the next, and so on.

    Equal values stay as they stood; empty ones come last either way.
    """
    places = list(range(len(ids)))
    for order in reversed(orders):
        of_id = keys(order.column)
        values: list[Any] = [of_id.get(id) for id in ids]
        filled = [n for n in places if values[n] is not None]
        empty = [n for n in places if values[n] is None]
        places = _sorted(filled, values.__getitem__, descending=order.descending) + empty
    return places


def _sorted(places: list[int], key: Callable[[int], Any], *, descending: bool) -> list[int]:
    """As `sorted`, in runs: the last call only merges them, which is a matter of milliseconds."""
    runs: list[int] = []
    for start in range(0, len(places), _RUN):
        runs += sorted(places[start : start + _RUN], key=key, reverse=descending)
    runs.sort(key=key, reverse=descending)
    return runs


def _beside(expression: str) -> str:
    """The sort key of the same table."""
    return f"{expression.rsplit('.', 1)[0]}.{quoted('sort_key')}"


def _is_number(cell: Cell) -> bool:
    return (
        cell.field is not None
        and cell.register is not None
        and cell.register.number_field == cell.field.name
    )


def _partial(year: int | None, month: int | None, day: int | None) -> int | None:
    return None if year is None else (year * 100 + (month or 0)) * 100 + (day or 0)
