"""When something last happened with a person's file, and whether a case of theirs stands open."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from desktop.schema.definition import FieldType, Forms, Register
from desktop.store.about import subject
from desktop.store.driver import Connection, quoted

CASE, CLOSED = "case_record", "KET_THUC"


def due(connection: Connection, forms: Forms, register: str, before: str) -> dict[str, str]:
    """Id → moment of the last activity, of the records not touched since the moment `before`, with
    no case open and not anonymised, the oldest first; deleted ones too: they are kept all the same.

    Activity: the newest `updated_at` of the record and of all that is about it.
    """
    newest = _newest(connection, forms, register, register, {})
    shut = _open_case(forms, register)
    found = connection.execute(
        f"SELECT t.id FROM main.{quoted(register)} AS t WHERE t.updated_at < ? "
        f"AND NOT EXISTS ({shut}) "
        "AND NOT EXISTS (SELECT 1 FROM main.anonymised AS a WHERE a.record_id = t.id)",
        (before,),
    ).fetchall()
    old = [(newest[id], id) for (id,) in found if newest[id] < before]
    return {id: moment for moment, id in sorted(old)}


def with_open_case(
    connection: Connection, forms: Forms, register: str, ids: Collection[str]
) -> set[str]:
    """Those of the records that have a case that is not closed."""
    shut = _open_case(forms, register)
    sql = f"SELECT t.id FROM main.{quoted(register)} AS t WHERE t.id = ? AND EXISTS ({shut})"
    found = (connection.execute(sql, (id,)).fetchone() for id in ids)
    return {str(row[0]) for row in found if row}


def sweep(connection: Connection) -> None:
    """Take what was overwritten out of the write-ahead log too, unless somebody reads it still:
    then it goes when the program ends. In the file itself it is overwritten at once
    (`secure_delete`)."""
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def _newest(
    connection: Connection,
    forms: Forms,
    person: str,
    register: str,
    known: dict[str, dict[str, str]],
) -> dict[str, str]:
    """Id → newest activity of every record of a register. `known`: of registers looked at."""
    if register in known:
        return known[register]
    table = quoted(register)
    newest = known[register] = dict(
        connection.execute(f"SELECT id, updated_at FROM main.{table}").fetchall()
    )
    for other, column in _about(forms, person, register):
        inner = _newest(connection, forms, person, other.name, known)
        rows = connection.execute(
            f"SELECT id, {quoted(column)} FROM main.{quoted(other.name)} "
            f"WHERE {quoted(column)} IS NOT NULL"
        )
        for id, at in rows:
            if at in newest and inner[id] > newest[at]:
                newest[at] = inner[id]
    return newest


def _open_case(forms: Forms, register: str) -> str:
    """A SELECT of the open cases of record `t`, or of nothing."""
    case = forms.registers.get(CASE)
    field = next((one for one in case.fields if one.to == register), None) if case else None
    if case is None or field is None or "status" not in case.field_of_name:
        return "SELECT 1 WHERE 0"
    return (
        f"SELECT 1 FROM main.{quoted(CASE)} AS o WHERE o.{quoted(field.name)} = t.id "
        f"AND o.status <> '{CLOSED}' AND o.deleted_at IS NULL"
    )


def _about(forms: Forms, person: str, register: str) -> Iterator[tuple[Register, str]]:
    """Registers whose records are about the person and refer to this one, each with its column."""
    for other in forms.registers.values():
        if other.parent or other.person or subject(forms, other) != person:
            continue
        for one in other.fields:
            if one.type is FieldType.REFERENCE and one.to == register and register != other.name:
                yield other, one.name
