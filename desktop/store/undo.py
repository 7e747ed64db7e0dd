"""Take back a change, or do it again: write the other side of its journal rows as a new change."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

from desktop.base.errors import UserError
from desktop.base.translate import tr
from desktop.schema.definition import Forms
from desktop.store.driver import Connection
from desktop.store.journal import Entry, Face, Kind, change_of, entries, note, open_change
from desktop.store.records import (
    Row,
    StoredRecord,
    Written,
    read,
    set_deleted,
    write,
)


class CannotUndo(UserError):
    """What the change wrote has been changed again since."""


def undo(
    connection: Connection, forms: Forms, change: int, *, at: str, by: str, host: str = ""
) -> list[Written]:
    """Write back what the change replaced, the last record first, inside the caller's transaction.

    Returns what was written. Raises CannotUndo (then the caller's transaction rolls back), KeyError
    for an unknown change.
    """
    return _turn(connection, forms, change, Kind.UNDO, at, by, host)


def redo(
    connection: Connection, forms: Forms, change: int, *, at: str, by: str, host: str = ""
) -> list[Written]:
    """Write again what an undone change had written. As `undo`."""
    return _turn(connection, forms, change, Kind.REDO, at, by, host)


def _turn(
    connection: Connection, forms: Forms, change: int, kind: Kind, at: str, by: str, host: str
) -> list[Written]:
    target = change_of(connection, change)
    back = kind is Kind.UNDO
    if target.kind is not Kind.EDIT or (target.undone_by is None) != back:
        raise CannotUndo(
            tr("“{label}” is undone already.").format(label=target.label)
            if back
            else tr("“{label}” is not undone.").format(label=target.label)
        )
    made = open_change(
        connection, label=target.label, at=at, by=by, host=host, kind=kind, undoes=change
    )
    rows = [one for one in entries(connection, change) if set(one.after) != {"reasons"}]
    written = [
        _apply(connection, forms, entry, back, at, by)
        for entry in (reversed(rows) if back else rows)
    ]
    note(connection, made, written)
    connection.execute(
        "UPDATE change SET undone_by = ? WHERE id = ?", (made if back else None, change)
    )
    return written


def _apply(
    connection: Connection, forms: Forms, entry: Entry, back: bool, at: str, by: str
) -> Written:
    current = read(connection, forms, entry.register, entry.record_id)
    if entry.before is None:
        return _turn_creation(connection, forms, entry, current, back, at, by)
    here, there = (entry.after, entry.before) if back else (entry.before, entry.after)
    _refuse_if_changed(entry, current, here)
    if "deleted_at" in there:
        return set_deleted(
            connection, forms, entry.register, entry.record_id,
            deleted_at=there["deleted_at"], row_version=None, now=at, by=by,
        )  # fmt: skip
    return write(connection, forms, with_face(current, there), now=at, by=by, before=current)


def _turn_creation(
    connection: Connection,
    forms: Forms,
    entry: Entry,
    current: StoredRecord,
    back: bool,
    at: str,
    by: str,
) -> Written:
    if (current.deleted_at is None) != back:
        raise CannotUndo(_since(entry))
    if back and not _is_as_made(entry.after, current):
        raise CannotUndo(_since(entry))
    return set_deleted(
        connection, forms, entry.register, entry.record_id,
        deleted_at=at if back else None, row_version=None, now=at, by=by,
    )  # fmt: skip


def _is_as_made(made: Face, current: StoredRecord) -> bool:
    """True if nothing was entered since the record was made."""
    values = made.get("values", {})
    if any(values.get(name) != value for name, value in current.values.items()):
        return False
    rows = made.get("children", {})
    for child, standing in current.children.items():
        noted = rows.get(child, {})
        if len(noted) != len(standing):
            return False
        if not all(_same_row(row, noted.get(str(row["id"]))) for row in standing):
            return False
    return True


def _refuse_if_changed(entry: Entry, current: StoredRecord, here: Face) -> None:
    """Raises CannotUndo unless what the journal says was written is what stands there now."""
    if current.deleted_at is not None and "deleted_at" not in here:
        raise CannotUndo(_since(entry))
    for name, value in here.get("values", {}).items():
        if name in current.values and current.values[name] != value:
            raise CannotUndo(_since(entry))
    for name in ("unit_id", "deleted_at"):
        if name in here and getattr(current, name) != here[name]:
            raise CannotUndo(_since(entry))
    for child, rows in here.get("children", {}).items():
        standing = {str(row["id"]): row for row in current.children.get(child, ())}
        for id, row in rows.items():
            if not _same_row(standing.get(id), row):
                raise CannotUndo(_since(entry))


def _same_row(standing: Row | None, noted: Row | None) -> bool:
    if standing is None or noted is None:
        return standing is noted
    return all(standing[name] == noted.get(name) for name in standing)


def _since(entry: Entry) -> str:
    return tr(
        "What “{label}” wrote has been changed again since, so it was left as it is. "
        "Open the record and change it there."
    ).format(label=entry.change.label)


def with_face(current: StoredRecord, face: Face) -> StoredRecord:
    """The record with one side of a journal row put in."""
    values = current.values | {
        name: value for name, value in face.get("values", {}).items() if name in current.values
    }
    children = deepcopy(current.children)
    for child, rows in face.get("children", {}).items():
        kept = {str(row["id"]): row for row in children.get(child, ())}
        for id, row in rows.items():
            if row is None:
                kept.pop(id, None)
            else:
                kept[id] = row
        children[child] = list(kept.values())
    for child, order in face.get("order", {}).items():
        places = {id: place for place, id in enumerate(order)}
        children[child].sort(key=lambda row: places.get(str(row["id"]), len(places)))
    unit_id = face.get("unit_id", current.unit_id)
    return replace(current, values=values, children=children, unit_id=unit_id)
