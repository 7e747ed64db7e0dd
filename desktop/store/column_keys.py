"""What a list's column is sorted by: Vietnamese order for text, the value for the rest."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

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


def column_keys(
    connection: Connection, forms: Forms, queries: ListQueries, cell: Cell
) -> dict[str, Any]:
    """Id of every record → its key, all of one kind, None where the column is empty.

    Codes sort as their list does, people by tên, referred records as in their own list.
    """
    own = cell.field
    if own is not None and own.type is FieldType.REFERENCE:
        return _referred_keys(connection, forms, queries, cell)
    if own is not None and cell.register and cell.register.person and own.name == "full_name":
        cell = replace(cell, expressions=(_beside(cell.expressions[0], "sort_key"),))
        return dict(connection.execute(queries.values_of(cell)).fetchall())
    rows = connection.execute(queries.values_of(cell)).fetchall()
    # Numbers kept as text have one length, so that byte order is their order.
    if own is None or own.type in _BY_VALUE or own.digits or _is_number(cell):
        return dict(rows)
    if own.type is FieldType.PARTIAL_DATE:
        return {id: _partial(*parts) for id, *parts in rows}
    if own.type is FieldType.CHOICE:
        places = {value.code: n for n, value in enumerate(forms.lists[own.list].values)}
        return {id: places.get(code, len(places)) if code else None for id, code in rows}
    return {id: text_sort_key(str(text)) if text else None for id, text in rows}


def _referred_keys(
    connection: Connection, forms: Forms, queries: ListQueries, cell: Cell
) -> dict[str, Any]:
    other = forms.registers[cell.refers_to]
    named = connection.execute(queries.values_of(cell)).fetchall()
    if other.parent:
        return dict(named)
    keys = dict(
        connection.execute(f"SELECT id, sort_key FROM main.{quoted(other.name)}").fetchall()
    )
    return {id: keys.get(to) for id, to in named}


def _beside(expression: str, column: str) -> str:
    """Another column of the same table."""
    return f"{expression.rsplit('.', 1)[0]}.{quoted(column)}"


def _is_number(cell: Cell) -> bool:
    return (
        cell.field is not None
        and cell.register is not None
        and cell.register.number_field == cell.field.name
    )


def _partial(year: int | None, month: int | None, day: int | None) -> int | None:
    return None if year is None else (year * 100 + (month or 0)) * 100 + (day or 0)
