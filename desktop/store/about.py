"""Everything that is about one person: records that lead to them, and rows in records of others.

A case, a service or a plan is about the client it leads to, however many references lie between,
and not about the worker who did the work. Deleted records count: they are kept all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as made_by

from desktop.schema.definition import Field, FieldType, Forms, Register
from desktop.store.driver import Connection, Stored, quoted

_DEEPEST = 4  # references between a record and the person it is about

Key = tuple[str, str]
"""Register and record."""


@dataclass(frozen=True, slots=True)
class Row:
    """A child row of somebody else's record that names the person."""

    register: str
    id: str
    owner: Key


@dataclass(slots=True)
class About:
    """What is held about one person."""

    records: list[Key] = made_by(default_factory=list)
    """The person's own first, then what leads there, each once."""
    rows: list[Row] = made_by(default_factory=list)
    others: dict[Key, int] = made_by(default_factory=dict)
    """(register, field) → records about other people that name this person: a case by its
    manager."""

    def count(self, register: Register, field: Field, number: int) -> None:
        """Add records about others."""
        if number:
            key = (register.name, field.name)
            self.others[key] = self.others.get(key, 0) + number


def about(connection: Connection, forms: Forms, register: str, id: str) -> About:
    """Everything about the person whose record this is."""
    found = About([(register, id)])
    known = {(register, id)}
    for owner, owner_id in found.records:  # grows while it is walked
        for other, one in _leading(forms, owner):
            if other.parent:
                rows = _rows(connection, other, one, (owner, owner_id))
                if subject(forms, forms.registers[other.parent]) in ("", register):
                    found.rows += rows
                else:
                    found.count(other, one, len(rows))
                continue
            ids = _ids(connection, other, one, owner_id)
            if not _is_about(forms, other, one, register):
                found.count(other, one, len(ids))
                continue
            for found_id in ids:
                key = (other.name, found_id)
                if key not in known and not _is_anothers(connection, forms, key, register, known):
                    known.add(key)
                    found.records.append(key)
    return found


def subject(forms: Forms, register: Register) -> str:
    """The register of people whose facts these records are, "" for none."""
    people = _people(forms, register, frozenset())
    private = [name for name in people if forms.registers[name].restricted_if]
    return next(iter(private or people), "")


def _people(forms: Forms, register: Register, above: frozenset[str]) -> list[str]:
    """Registers of people that records lead to, or that they are themselves."""
    if register.person:
        return [register.name]
    if len(above) >= _DEEPEST:
        return []
    found: dict[str, None] = {}
    for one in register.fields:
        if one.type is FieldType.REFERENCE and one.to not in above:
            inner = _people(forms, forms.registers[one.to], above | {register.name})
            found.update(dict.fromkeys(inner))
    return list(found)


def _leading(forms: Forms, register: str) -> Iterator[tuple[Register, Field]]:
    """Fields that refer to a register."""
    for other in forms.registers.values():
        for one in other.fields:
            if one.type is FieldType.REFERENCE and one.to == register:
                yield other, one


def _is_about(forms: Forms, other: Register, one: Field, register: str) -> bool:
    if other.person:
        return other.name == register and one.name == other.look_alike.merged_into
    return subject(forms, other) == register


def _ids(connection: Connection, other: Register, one: Field, id: str) -> list[str]:
    rows = connection.execute(
        f"SELECT id FROM main.{quoted(other.name)} WHERE {quoted(one.name)} = ? ORDER BY id", (id,)
    )
    return [str(row[0]) for row in rows.fetchall()]


def _rows(connection: Connection, other: Register, one: Field, owner: Key) -> list[Row]:
    """Rows that name the record, but for its own."""
    parent = quoted(other.parent)
    found = connection.execute(
        f"SELECT id, {parent} FROM main.{quoted(other.name)} WHERE {quoted(one.name)} = ? "
        "ORDER BY id",
        (owner[1],),
    ).fetchall()
    rows = [Row(other.name, str(id), (other.parent, str(at))) for id, at in found]
    return [row for row in rows if row.owner != owner]


def _is_anothers(
    connection: Connection, forms: Forms, key: Key, register: str, known: set[Key]
) -> bool:
    """True for a record that says itself that it is about another person of the register."""
    name, id = key
    fields = [
        one.name
        for one in forms.registers[name].fields
        if one.type is FieldType.REFERENCE and one.to == register
    ]
    if not fields:
        return False
    listed = ", ".join(map(quoted, fields))
    row: tuple[Stored, ...] = connection.execute(
        f"SELECT {listed} FROM main.{quoted(name)} WHERE id = ?", (id,)
    ).fetchone()
    named = {(register, str(value)) for value in row if value is not None}
    return bool(named) and not named & known
