"""References that lead to one record made to lead to another, where two records become one."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.schema.definition import FieldType, Forms, Register
from desktop.store.driver import Connection, quoted
from desktop.store.records import Row, StoredRecord


def referring_records(
    connection: Connection, forms: Forms, register: str, id: str
) -> list[tuple[str, str]]:
    """(register, id) of every record that is not deleted and leads to this one, itself or by a
    child row."""
    found: dict[tuple[str, str], None] = {}
    for other in forms.registers.values():
        for field in other.fields:
            if field.type is FieldType.REFERENCE and field.to == register:
                top = other.parent or other.name
                rows = connection.execute(_statement(other, field.name), [id]).fetchall()
                found.update(dict.fromkeys((top, str(row[0])) for row in rows))
    return list(found)


def _statement(register: Register, field: str) -> str:
    column = quoted(field)
    if not register.parent:
        return (
            f"SELECT id FROM main.{quoted(register.name)} "
            f"WHERE {column} = ? AND +deleted_at IS NULL ORDER BY id"
        )
    parent = quoted(register.parent)
    return (
        f"SELECT p.id FROM main.{parent} AS p WHERE p.deleted_at IS NULL AND p.id IN "
        f"(SELECT {parent} FROM main.{quoted(register.name)} WHERE {column} = ?) ORDER BY p.id"
    )


def repointed(
    forms: Forms, record: StoredRecord, register: str, ids: Mapping[str, str]
) -> StoredRecord:
    """The record, changed in place: references to records of `register` go to others by `ids`."""
    _repoint(forms.registers[record.register], record.values, register, ids)
    for child, rows in record.children.items():
        for row in rows:
            _repoint(forms.registers[child], row, register, ids)
    return record


def _repoint(register: Register, row: Row, to: str, ids: Mapping[str, str]) -> None:
    for field in register.fields:
        if field.type is FieldType.REFERENCE and field.to == to:
            target = row.get(field.name)
            if isinstance(target, str):
                row[field.name] = ids.get(target, target)
