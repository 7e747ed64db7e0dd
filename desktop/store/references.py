"""Records that refer to each other: finding one to refer to, who refers to one, dead references."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.base.text import fold
from desktop.schema.definition import Field, FieldType, Forms, Register
from desktop.store.driver import Connection, Stored, quoted
from desktop.store.list_queries import ListQueries, searched_text
from desktop.store.records import StoredRecord
from desktop.store.titles import Title, Titles

_MOST_RANKED = 3000
"""Hits looked at before the best are chosen: as many as there are communes, and still quick."""


@dataclass(frozen=True)
class Referrer:
    """A field of a register through which records refer to one record."""

    register: str
    """Top-level register, or the child register whose rows refer."""
    field: str
    count: int


@dataclass(frozen=True)
class DeadReference:
    """A field that refers to a record that is deleted or was never there."""

    register: str
    """The record's register, or the child register of the row."""
    row_id: str
    """The record's id, or the row's."""
    field: str
    target: Title | None
    """None: there is no such record."""


def search(
    connection: Connection,
    forms: Forms,
    register: str,
    text: str,
    *,
    only: str = "",
    day: str = "",
    limit: int = 50,
) -> list[Title]:
    """Records to refer to that have every word of the text, accents aside, the best first: words
    typed whole before words begun, those before parts of words, words in a row before words apart,
    then the register's own order.

    `only`: SQL over the register's columns. `day`: where records have `valid_from` and `valid_to`,
    those in force on that ISO date. Deleted ones are not offered.
    """
    words = fold(text).split()
    queries = ListQueries(forms, forms.registers[register])
    conditions = ["deleted_at IS NULL"]
    values: list[Stored] = []
    if only:
        conditions.append(f"({only})")
    if day and _is_dated(queries.register):
        conditions.append("coalesce(valid_from, '') <= ? AND coalesce(valid_to, '9999') >= ?")
        values += [day, day]
    found = connection.execute(
        _statement(queries, conditions, len(words)), [*values, *words, _MOST_RANKED]
    ).fetchall()
    found.sort(key=lambda row: _distance(str(row[1]), words))
    ids = [str(row[0]) for row in found[:limit]]
    titles = Titles(connection, forms).of(register, ids)
    return [titles[id] for id in ids]


def _statement(queries: ListQueries, conditions: list[str], words: int) -> str:
    table = f"main.{quoted(queries.register.name)}"
    offered = f"(SELECT * FROM {table} WHERE {' AND '.join(conditions)}) AS t"
    key, joins = searched_text(queries.forms, queries.register)
    hits = " AND ".join(["1", *[f"instr({key}, ?) > 0"] * words])
    return f"SELECT t.id, {key} FROM {offered}{joins} WHERE {hits} {queries.ordered} LIMIT ?"


def _distance(key: str, words: list[str]) -> tuple[int, int, bool]:
    """How far from what was typed: (words inside others, words not whole, words apart)."""
    around = f" {key} "
    inside = sum(f" {word}" not in around for word in words)
    not_whole = sum(f" {word} " not in around for word in words)
    return inside, not_whole, " ".join(words) not in key


def _is_dated(register: Register) -> bool:
    return {"valid_from", "valid_to"} <= {field.name for field in register.fields}


def is_offered(connection: Connection, register: str, id: str, only: str) -> bool:
    """True if a record is there, not deleted, and fulfils the condition `only` of a field."""
    condition = f" AND (\n{only}\n)" if only else ""
    found = connection.execute(
        f"SELECT 1 FROM main.{quoted(register)} AS {quoted(register)} "
        f"WHERE id = ? AND deleted_at IS NULL{condition}",
        (id,),
    )
    return found.fetchone() is not None


def count(connection: Connection, register: str) -> int:
    """Records of a top-level register that are not deleted."""
    table = f"main.{quoted(register)}"
    found = connection.execute(f"SELECT count(*) FROM {table} WHERE deleted_at IS NULL")
    return int(found.fetchone()[0])


def referring(
    connection: Connection, forms: Forms, register: str, field: str, id: str
) -> list[str]:
    """Ids of the records of a register whose field refers to `id`, in the register's order, deleted
    ones left out. For a child register: of the records that own the rows."""
    defined = forms.registers[register]
    # The plus keeps SQLite from walking the index of the whole list for the sake of its order.
    if not defined.parent:
        queries = ListQueries(forms, defined)
        statement = (
            f"SELECT t.id FROM main.{quoted(register)} AS t "
            f"WHERE t.{quoted(field)} = ? AND +t.deleted_at IS NULL {queries.ordered}"
        )
    else:
        queries = ListQueries(forms, forms.registers[defined.parent])
        statement = (
            f"SELECT t.id FROM main.{quoted(defined.parent)} AS t WHERE +t.deleted_at IS NULL "
            f"AND t.id IN (SELECT {quoted(defined.parent)} FROM main.{quoted(register)} "
            f"WHERE {quoted(field)} = ?) {queries.ordered}"
        )
    return [str(row[0]) for row in connection.execute(statement, (id,)).fetchall()]


def referrers(connection: Connection, forms: Forms, register: str, id: str) -> list[Referrer]:
    """Everything that refers to a record and is not deleted: what its deletion would leave behind.
    Its own child rows do not count."""
    found = []
    for other in forms.registers.values():
        for field in other.fields:
            if field.type is FieldType.REFERENCE and field.to == register:
                number = len(referring(connection, forms, other.name, field.name, id))
                if number:
                    found.append(Referrer(other.name, field.name, number))
    return found


def dead_references(
    connection: Connection,
    forms: Forms,
    record: StoredRecord,
    before: StoredRecord | None = None,
) -> list[DeadReference]:
    """References of the record and its child rows to what is deleted or not there.

    With `before` only those that are new or changed: an old record that refers to one deleted
    since can still be corrected elsewhere.
    """
    titles = Titles(connection, forms)
    old = set(_references(forms, before)) if before else set()
    found = []
    for register, row_id, field, target in _references(forms, record):
        if (register, row_id, field, target) in old:
            continue
        title = titles.of(field.to, [target]).get(target)
        if title is None or title.deleted or _owner_is_deleted(connection, forms, field, target):
            found.append(DeadReference(register, row_id, field.name, title))
    return found


def _references(forms: Forms, record: StoredRecord) -> Iterator[tuple[str, str, Field, str]]:
    """(register, row id, field, target) of every reference that is filled in."""
    rows: list[tuple[str, str, dict[str, Stored]]] = [(record.register, record.id, record.values)]
    for child, children in record.children.items():
        rows += [(child, str(row.get("id") or ""), row) for row in children]
    for register, row_id, values in rows:
        for field in forms.registers[register].fields:
            if field.type is FieldType.REFERENCE and values.get(field.name):
                yield register, row_id, field, str(values[field.name])


def _owner_is_deleted(connection: Connection, forms: Forms, field: Field, target: str) -> bool:
    """True for a child row whose record is deleted."""
    parent = forms.registers[field.to].parent
    if not parent:
        return False
    found = connection.execute(
        f"SELECT 1 FROM main.{quoted(field.to)} AS c JOIN main.{quoted(parent)} AS p "
        f"ON p.id = c.{quoted(parent)} WHERE c.id = ? AND p.deleted_at IS NOT NULL",
        (target,),
    )
    return found.fetchone() is not None
