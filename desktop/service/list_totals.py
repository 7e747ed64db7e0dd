"""The totals line of a list, in words: one measure over every column it says something of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from desktop.base.numbers import format_decimal, format_integer
from desktop.base.progress import Progress, silent
from desktop.base.translate import N_, tr
from desktop.schema import types
from desktop.schema.definition import FieldType
from desktop.store.list_queries import list_queries
from desktop.store.list_totals import ColumnTotals, column_totals

if TYPE_CHECKING:
    from desktop.schema.definition import CodeList, Field
    from desktop.service.row_list import RowList, ShownColumn
    from desktop.store.driver import Connection

__all__ = ["MEASURES", "ColumnTotals", "Measure", "measure_words", "total_text", "totals_work"]


class Measure(StrEnum):
    """What a totals line says."""

    TOTAL = "total"
    MEAN = "mean"
    LEAST = "least"
    MOST = "most"
    FILLED = "filled"
    DISTINCT = "distinct"


MEASURES = tuple(Measure)
_WORDS = {
    Measure.TOTAL: N_("Total"),
    Measure.MEAN: N_("Average"),
    Measure.LEAST: N_("Least"),
    Measure.MOST: N_("Most"),
    Measure.FILLED: N_("Filled in"),
    Measure.DISTINCT: N_("Different"),
}


def measure_words(measure: Measure) -> str:
    """As at the head of the line."""
    return tr(_WORDS[measure])


def totals_work(rows: RowList) -> Callable[[Progress], dict[str, ColumnTotals]]:
    """Work for another thread: the totals of what `rows` shows now. A restricted record counts in
    no column whose values lists do not show."""
    keys, shown = [one.key for one in rows.columns], rows.ids
    sensitive = {one.key for one in rows.columns if one.is_sensitive}
    queries = list_queries(
        rows.forms, rows.register.name, keys, hides=not rows.sees.sees_restricted
    )

    def work(progress: Progress = silent) -> dict[str, ColumnTotals]:
        connection = rows.beside.reader()
        try:
            plain = [key for key in keys if key not in sensitive]
            found = column_totals(connection, rows.forms, queries, plain, shown, progress)
            if sensitive:
                open_ones = _not_restricted(connection, rows, list(shown))
                listed = [key for key in keys if key in sensitive]
                found |= column_totals(connection, rows.forms, queries, listed, open_ones, progress)
            return found
        finally:
            connection.close()

    return work


def _not_restricted(connection: Connection, rows: RowList, ids: Sequence[str]) -> list[str]:
    from desktop.store.restricted import restricted_ids  # only where a column is sensitive

    hidden = restricted_ids(connection, rows.forms, rows.register.name)
    return [id for id in ids if id not in hidden]


def total_text(
    column: ShownColumn,
    found: ColumnTotals | None,
    measure: Measure,
    lists: Mapping[str, CodeList],
) -> str:
    """What the line says under a column, "" where the measure says nothing of it."""
    if found is None:
        return ""
    if measure is Measure.FILLED:
        return format_integer(found.filled)
    if measure is Measure.DISTINCT:
        return "" if found.distinct is None else format_integer(found.distinct)
    if measure is Measure.TOTAL and found.yes is not None:
        return format_integer(found.yes)
    value = {
        Measure.TOTAL: found.total,
        Measure.MEAN: found.mean,
        Measure.LEAST: found.least,
        Measure.MOST: found.most,
    }[measure]
    if value is None:
        return ""
    if measure is Measure.MEAN:
        return _mean(column.field, Decimal(value))
    return _shown(column.field, value, lists)


def _mean(field: Field | None, value: Decimal) -> str:
    if field is not None and field.type is FieldType.MONEY:
        return format_decimal(value, 0)
    return format_decimal(value, 2 if field is not None and field.type is FieldType.DECIMAL else 1)


def _shown(field: Field | None, value: object, lists: Mapping[str, CodeList]) -> str:
    if field is None or field.type is FieldType.PARTIAL_DATE:
        return str(value) if field is not None else format_integer(int(str(value)))
    if field.type is FieldType.DECIMAL:
        return format_decimal(Decimal(str(value)), field.decimals)
    if field.type in (FieldType.INTEGER, FieldType.MONEY) and not types.is_year(field):
        return format_integer(int(str(value)))
    return types.show(field, value, lists)  # type: ignore[arg-type]
