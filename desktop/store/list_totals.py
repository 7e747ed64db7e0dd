"""What the columns of a list come to over the records shown: counts, sums, least and most."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from desktop.base.progress import Progress, silent
from desktop.schema.definition import FieldType, Forms
from desktop.schema.types import is_year
from desktop.store.driver import Connection, Stored
from desktop.store.list_queries import Cell, ListQueries, cell_of

Number = int | float | Decimal
_SUMMED = (FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY)
_DATES = (FieldType.DATE, FieldType.DATETIME)


@dataclass(frozen=True)
class ColumnTotals:
    """Of one column; None where a measure says nothing about its kind."""

    filled: int
    """Records with a value."""
    distinct: int | None = None
    total: Number | None = None
    mean: Number | None = None
    least: Stored = None
    most: Stored = None
    yes: int | None = None
    """Records whose answer is yes."""


def column_totals(
    connection: Connection,
    forms: Forms,
    queries: ListQueries,
    keys: Sequence[str],
    ids: Iterable[str],
    progress: Progress = silent,
) -> dict[str, ColumnTotals]:
    """Totals by column over these ids; from any thread, over a connection of that thread.

    Sums are exact: decimals are added as the digits that are shown.
    """
    wanted = set(ids)
    found = {}
    for place, key in enumerate(keys):
        progress("", place / len(keys))
        cell = cell_of(forms, queries.register, key, hides=queries.hides)
        rows = connection.execute(queries.values_of(cell)).fetchall()
        found[key] = _of_values([row[1:] for row in rows if row[0] in wanted], cell)
    return found


def _of_values(rows: list[tuple[Stored, ...]], cell: Cell) -> ColumnTotals:
    field = cell.field
    if field is None:
        return _of_numbers([row[0] for row in rows])
    if field.type is FieldType.PARTIAL_DATE:
        years = [row[0] for row in rows if row[0] is not None]
        known = {row for row in rows if row[0] is not None}
        return ColumnTotals(len(years), len(known), least=_first(years), most=_last(years))
    values = [row[0] for row in rows if row[0] is not None and row[0] not in ("", "[]")]
    if field.type in _SUMMED and not is_year(field):
        return _of_numbers(values)
    if field.type is FieldType.YES_NO:
        return ColumnTotals(len(values), yes=sum(1 for value in values if value == 1))
    if field.type in _DATES or is_year(field):
        return ColumnTotals(
            len(values), len(set(values)), least=_first(values), most=_last(values)
        )  # fmt: skip
    return ColumnTotals(len(values), len(set(values)))


def _of_numbers(values: list[Any]) -> ColumnTotals:
    if not values:
        return ColumnTotals(0, 0)
    exact = [Decimal(repr(value)) if isinstance(value, float) else value for value in values]
    total = sum(exact)
    mean = Decimal(total) / len(exact)
    return ColumnTotals(
        len(values), len(set(values)), total=total, mean=mean, least=min(values), most=max(values)
    )


def _first(values: list[Any]) -> Stored:
    return min(values, default=None)


def _last(values: list[Any]) -> Stored:
    return max(values, default=None)
