"""Simple questions about one field, as asked above a list: which records have this value."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop.base.text import fold
from desktop.schema.definition import Field, FieldType, Forms, Register
from desktop.store.driver import Connection, Stored, placeholders, quoted
from desktop.store.list_queries import cell_of


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
    BETWEEN = "between"
    """FROM `values[0]` and TO `values[1]`."""
    EMPTY = "empty"
    FILLED = "filled"


@dataclass(frozen=True)
class Filter:
    """`field operator values`. `field`: a field's name, or `REF.FIELD` of a referred record, or
    `CHILD.FIELD` of any child row (EMPTY then: no row has a value), or `#REGISTER` counted."""

    field: str
    operator: Operator
    values: tuple[Stored, ...] = ()


@dataclass(frozen=True)
class _Asked:
    """Where a question is asked."""

    connection: Connection
    forms: Forms
    register: Register
    hides: bool


def matching_ids(
    connection: Connection,
    forms: Forms,
    register: str,
    one: Filter,
    *,
    among: Sequence[str] | None = None,
    hides: bool = False,
) -> set[str]:
    """Ids of the records, deleted ones too, that the filter lets through.

    `among`: only these are looked at, few enough for one statement. `hides`: restricted records
    are not counted; that they are not found is up to the list. Raises KeyError for an unknown
    field.
    """
    asked = _Asked(connection, forms, forms.registers[register], hides)
    test, values = _test(asked, one, among)
    sql = f"SELECT t.id FROM main.{quoted(register)} AS t WHERE ({test})"
    if among is not None:
        sql += f" AND t.id IN ({placeholders(among)})"
        values = [*values, *among]
    return {str(row[0]) for row in connection.execute(sql, values).fetchall()}


def registers_of(forms: Forms, register: str, one: Filter) -> frozenset[str]:
    """Other registers a filter reads: a change there may let other records through."""
    if one.field.startswith("#"):
        counted = forms.registers[one.field[1:]]
        return frozenset({counted.name, counted.parent} - {"", register})
    head, _, rest = one.field.partition(".")
    child = forms.registers.get(head)
    if not rest or (child is not None and child.parent == register):
        return frozenset()
    return frozenset({forms.registers[register].field(head).to})


def _test(asked: _Asked, one: Filter, among: Sequence[str] | None) -> tuple[str, list[Stored]]:
    """(SQL over `t`, its parameters)."""
    head, _, rest = one.field.partition(".")
    register = asked.register
    if one.field.startswith("#"):
        (count,) = cell_of(asked.forms, register, one.field, hides=asked.hides).expressions
        return _compared(count, one)
    if not rest:
        return _condition(asked, register, one.field, one, among)
    child = asked.forms.registers.get(head)
    if child is not None and child.parent == register.name:
        return _through(asked, one, child, rest, quoted(register.name), "t.id")
    other = asked.forms.registers[register.field(head).to]
    return _through(asked, one, other, rest, "id", f"t.{quoted(head)}")


def _through(
    asked: _Asked, one: Filter, other: Register, name: str, column: str, here: str
) -> tuple[str, list[Stored]]:
    """A question about the rows of another register, whose `column` names the record `here`."""
    positive = _positive(one)
    condition, values = _condition(asked, other, name, positive, None)
    inner = f"SELECT {column} FROM main.{quoted(other.name)} WHERE {condition}"
    # `x NOT IN (…)` is NULL for an empty reference, and that record is to be found too.
    test = f"{here} IN ({inner})"
    if positive is not one:
        test = f"coalesce({test}, 0) = 0"
    return test, values


def _positive(one: Filter) -> Filter:
    """The opposite of a filter that asks for an absence, else the filter itself."""
    opposite = {Operator.EMPTY: Operator.FILLED, Operator.IS_NOT: Operator.IS}.get(one.operator)
    return Filter(one.field, opposite, one.values) if opposite else one


def _condition(
    asked: _Asked, register: Register, name: str, one: Filter, among: Sequence[str] | None
) -> tuple[str, list[Stored]]:
    """(SQL over the register's columns, its parameters)."""
    field = register.field(name)
    column = quoted(field.columns[0])
    match one.operator:
        case Operator.EMPTY:
            return f"coalesce({column}, '') IN ('', '[]')", []
        case Operator.FILLED:
            return f"coalesce({column}, '') NOT IN ('', '[]')", []
        case Operator.CONTAINS:
            found = _containing(asked.connection, register, field, str(one.values[0]), among)
            return "id IN (SELECT value FROM json_each(?))", [_as_json(found)]
        case Operator.FROM | Operator.TO | Operator.BETWEEN:
            return _compared(column, one, moment=field.type is FieldType.DATETIME)
    test = _is_one_of(field, column, len(one.values))
    if one.operator is Operator.IS_NOT:
        test = f"coalesce({test}, 0) = 0"
    return test, list(one.values)


def _compared(column: str, one: Filter, *, moment: bool = False) -> tuple[str, list[Stored]]:
    """An amount or a date against `values`; EMPTY and FILLED of a count are none and some."""
    match one.operator:
        case Operator.FROM:
            return f"{column} >= ?", [one.values[0]]
        case Operator.TO:
            return f"{column} <= ?", [_end(one.values[0], moment=moment)]
        case Operator.BETWEEN:
            last = _end(one.values[1], moment=moment)
            return f"{column} >= ? AND {column} <= ?", [one.values[0], last]
        case Operator.EMPTY:
            return f"coalesce({column}, 0) = 0", []
        case Operator.FILLED:
            return f"coalesce({column}, 0) <> 0", []
    marks = placeholders(one.values)
    not_in = "NOT " if one.operator is Operator.IS_NOT else ""
    return f"{column} {not_in}IN ({marks})", list(one.values)


def _end(value: Stored, *, moment: bool) -> Stored:
    """`…T24` is after every moment of the day and before the next."""
    return f"{value}T24" if moment and len(str(value)) == len("2026-06-14") else value


def _is_one_of(field: Field, column: str, count: int) -> str:
    marks = ", ".join("?" * count)
    if field.type is FieldType.CHOICES:
        return f"EXISTS (SELECT 1 FROM json_each({column}) WHERE value IN ({marks}))"
    return f"{column} IN ({marks})"


def _containing(
    connection: Connection,
    register: Register,
    field: Field,
    text: str,
    among: Sequence[str] | None,
) -> list[str]:
    """Ids whose text has every word. Folded here: SQLite's own LIKE knows no Vietnamese."""
    words = fold(text).split()
    column = quoted(field.columns[0])
    sql = f"SELECT id, {column} FROM main.{quoted(register.name)} WHERE {column} IS NOT NULL"
    if among is not None:
        sql += f" AND id IN ({placeholders(among)})"
    found = []
    for id, value in connection.execute(sql, among or ()):
        key = fold(str(value))
        if all(word in key for word in words):
            found.append(str(id))
    return found


def _as_json(ids: list[str]) -> str:
    """As one parameter: SQLite takes no more than 32,766 of them."""
    return json.dumps(ids)
