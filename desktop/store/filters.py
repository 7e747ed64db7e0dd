"""Simple questions about one field, as asked above a list: which records have this value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop.base.text import fold
from desktop.schema.definition import Field, FieldType, Forms, Register
from desktop.store.driver import Connection, Stored, placeholders, quoted


class Operator(StrEnum):
    """How a field is compared."""

    IS = "is"
    """One of `values`; for several codes: has one of them."""
    IS_NOT = "is_not"
    """None of `values`; records without a value count."""
    CONTAINS = "contains"
    """The text has every word of `values[0]`, accents and case aside."""
    FROM = "from"
    """`values[0]` or more, or later; a partial date by its year."""
    TO = "to"
    """`values[0]` or less, or earlier; a moment of that day counts."""
    EMPTY = "empty"
    FILLED = "filled"


@dataclass(frozen=True)
class Filter:
    """`field operator values`. `field`: a field's name, or `REF.FIELD` of a referred record, or
    `CHILD.FIELD` of any child row (EMPTY then: no row has a value)."""

    field: str
    operator: Operator
    values: tuple[Stored, ...] = ()


def matching_ids(connection: Connection, forms: Forms, register: str, one: Filter) -> set[str]:
    """Ids of the records, deleted ones too, that the filter lets through. Raises KeyError for an
    unknown field."""
    defined = forms.registers[register]
    table = f"main.{quoted(register)}"
    head, _, rest = one.field.partition(".")
    if not rest:
        condition, values = _condition(connection, defined, one.field, one)
        return _ids(connection, f"SELECT id FROM {table} WHERE {condition}", values)
    positive = _positive(one)
    child = forms.registers.get(head)
    if child is not None and child.parent == register:
        condition, values = _condition(connection, child, rest, positive)
        inner = f"SELECT {quoted(register)} FROM main.{quoted(head)} WHERE {condition}"
        name = "id"
    else:
        condition, values = _condition(
            connection, forms.registers[defined.field(head).to], rest, positive
        )
        inner = f"SELECT id FROM main.{quoted(defined.field(head).to)} WHERE {condition}"
        name = quoted(head)
    # `x NOT IN (…)` is NULL for an empty reference, and that record is to be found too.
    test = f"{name} IN ({inner})"
    if positive is not one:
        test = f"coalesce({test}, 0) = 0"
    return _ids(connection, f"SELECT id FROM {table} WHERE {test}", values)


def _positive(one: Filter) -> Filter:
    """The opposite of a filter that asks for an absence, else the filter itself."""
    opposite = {Operator.EMPTY: Operator.FILLED, Operator.IS_NOT: Operator.IS}.get(one.operator)
    return Filter(one.field, opposite, one.values) if opposite else one


def _ids(connection: Connection, sql: str, values: list[Stored]) -> set[str]:
    return {str(row[0]) for row in connection.execute(sql, values).fetchall()}


def _condition(
    connection: Connection, register: Register, name: str, one: Filter
) -> tuple[str, list[Stored]]:
    """(SQL over the register's columns, its parameters)."""
    field = register.field(name)
    column = quoted(field.columns[0])
    match one.operator:
        case Operator.EMPTY:
            return f"coalesce({column}, '') = ''", []
        case Operator.FILLED:
            return f"coalesce({column}, '') <> ''", []
        case Operator.CONTAINS:
            found = _containing(connection, register, field, str(one.values[0]))
            return f"id IN ({placeholders(found)})", list(found)
        case Operator.FROM:
            return f"{column} >= ?", [one.values[0]]
        case Operator.TO:
            # `…T24` is after every moment of the day and before the next.
            moment = field.type is FieldType.DATETIME and len(str(one.values[0])) == 10
            return f"{column} <= ?", [f"{one.values[0]}T24" if moment else one.values[0]]
    test = _is_one_of(field, column, len(one.values))
    if one.operator is Operator.IS_NOT:
        test = f"coalesce({test}, 0) = 0"
    return test, list(one.values)


def _is_one_of(field: Field, column: str, count: int) -> str:
    marks = ", ".join("?" * count)
    if field.type is FieldType.CHOICES:
        return f"EXISTS (SELECT 1 FROM json_each({column}) WHERE value IN ({marks}))"
    return f"{column} IN ({marks})"


def _containing(connection: Connection, register: Register, field: Field, text: str) -> list[str]:
    """Ids whose text has every word. Folded here: SQLite's own LIKE knows no Vietnamese."""
    words = fold(text).split()
    rows = connection.execute(
        f"SELECT id, {quoted(field.columns[0])} FROM main.{quoted(register.name)} "
        f"WHERE {quoted(field.columns[0])} IS NOT NULL"
    ).fetchall()
    found = []
    for id, value in rows:
        key = fold(str(value))
        if all(word in key for word in words):
            found.append(str(id))
    return found
