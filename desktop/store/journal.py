"""Who changed what and when, and undo and redo made of the same rows.

One `change` is one act of the user; its `journal` rows are written in the same transaction. A row's
`before` and `after` are JSON of what differs:

    {"values": {column: value}, "children": {child: {row id: row or null}},
     "order": {child: [row ids]}, "unit_id": …, "deleted_at": …, "reasons": {rule: why}}

and on creation `before` is NULL and `after` the whole record. Undoing a creation deletes softly.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from desktop.store.driver import Connection
from desktop.store.records import Row, StoredRecord, Written

OWN_TABLES: tuple[str, ...] = (
    """CREATE TABLE IF NOT EXISTS change (
  id INTEGER NOT NULL PRIMARY KEY,
  at TEXT NOT NULL,
  "by" TEXT NOT NULL,
  host TEXT NOT NULL,
  label TEXT NOT NULL,
  kind TEXT NOT NULL,
  undoes INTEGER REFERENCES change(id),
  undone_by INTEGER REFERENCES change(id) DEFERRABLE INITIALLY DEFERRED
) STRICT""",
    # Only what was undone is in it, so that saving does not write it.
    "CREATE INDEX IF NOT EXISTS change_undone ON change (undone_by) WHERE undone_by IS NOT NULL",
    # id is change_id * 2^24 + position: one tree, whose pages hold rows of any size well.
    """CREATE TABLE IF NOT EXISTS journal (
  id INTEGER NOT NULL PRIMARY KEY,
  change_id INTEGER NOT NULL REFERENCES change(id),
  register TEXT NOT NULL,
  record_id TEXT NOT NULL,
  before TEXT,
  after TEXT NOT NULL
) STRICT""",
    "CREATE INDEX IF NOT EXISTS journal_record ON journal (record_id)",
)

PER_CHANGE = 1 << 24
"""The most records one change can hold."""

Face = dict[str, Any]
"""One side of a journal row, decoded."""


class Kind(StrEnum):
    """What kind of act a change was; only an EDIT can be undone."""

    EDIT = "edit"
    UNDO = "undo"
    REDO = "redo"
    IMPORT = "import"
    REASON = "reason"
    """Why warnings about a stored record were let pass."""
    SETTING = "setting"
    """A choice or a figure typed in; it has no journal rows of records."""
    ANONYMISE = "anonymise"
    """Records made nobody's for ever; its rows say only which."""


@dataclass(frozen=True)
class Change:
    """One act of a user."""

    id: int
    """Grows with time."""
    at: str
    by: str
    host: str
    label: str
    """As the menu says it: "Sửa đối tượng Nguyễn Thị Hoà"."""
    kind: Kind
    undoes: int | None
    undone_by: int | None
    """The change that undid it; None while it stands."""


@dataclass(frozen=True)
class Entry:
    """One record in one change."""

    change: Change
    register: str
    record_id: str
    before: Face | None
    """None: the record was made."""
    after: Face


_CHANGE = 'c.id, c.at, c."by", c.host, c.label, c.kind, c.undoes, c.undone_by'
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def open_change(
    connection: Connection,
    *,
    label: str,
    at: str,
    by: str,
    host: str = "",
    kind: Kind = Kind.EDIT,
    undoes: int | None = None,
) -> int:
    """Begin a change inside the caller's transaction; returns its id for `note`."""
    cursor = connection.execute(
        'INSERT INTO change (at, "by", host, label, kind, undoes) VALUES (?, ?, ?, ?, ?, ?)',
        (at, by, host, label, kind, undoes),
    )
    return int(cursor.lastrowid or 0)


def note(connection: Connection, change: int, written: Iterable[Written], start: int = 0) -> int:
    """Add what was written to a change; returns how many rows. A write that changed nothing adds
    none. `start`: how many rows the change has already."""
    rows: list[tuple[object, ...]] = []
    for one in written:
        faces = _faces(one.before, one.after)
        if faces is not None:
            id = change * PER_CHANGE + start + len(rows)
            rows.append((id, change, one.after.register, one.after.id, *faces))
    connection.executemany("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?)", rows)
    return len(rows)


def note_reasons(
    connection: Connection,
    change: int,
    register: str,
    record_id: str,
    reasons: Mapping[str, str],
    start: int = 0,
) -> None:
    """Add why warnings were let pass, by rule. `start`: how many rows the change has already."""
    row = (change * PER_CHANGE + start, change, register, record_id)
    after = _encode({"reasons": dict(reasons)})
    connection.execute("INSERT INTO journal VALUES (?, ?, ?, ?, '{}', ?)", (*row, after))


def note_emptied(connection: Connection, change: int, keys: Iterable[tuple[str, str]]) -> None:
    """Say which (register, record) a change emptied, and nothing of what they held."""
    connection.executemany(
        "INSERT INTO journal VALUES (?, ?, ?, ?, '{}', '{}')",
        [(change * PER_CHANGE + place, change, *key) for place, key in enumerate(keys)],
    )


def history(connection: Connection, register: str, id: str) -> list[Entry]:
    """Every change of a record, the newest first."""
    return _entries(
        connection,
        "WHERE j.record_id = ? AND j.register = ? ORDER BY j.id DESC",
        (id, register),
    )


def entries(connection: Connection, change: int) -> list[Entry]:
    """The records of a change, in the order they were written."""
    first = change * PER_CHANGE
    return _entries(
        connection, "WHERE j.id >= ? AND j.id < ? ORDER BY j.id", (first, first + PER_CHANGE)
    )


def change_of(connection: Connection, id: int) -> Change:
    """The change with this id. Raises KeyError."""
    row = connection.execute(f"SELECT {_CHANGE} FROM change c WHERE id = ?", (id,)).fetchone()
    if row is None:
        raise KeyError(id)
    return _change(row)


def is_longer(connection: Connection, change: int, rows: int) -> bool:
    """True if a change has more than so many rows."""
    first = change * PER_CHANGE
    sql = "SELECT 1 FROM main.journal WHERE id >= ? AND id < ? LIMIT 1 OFFSET ?"
    return connection.execute(sql, (first, first + PER_CHANGE, rows)).fetchone() is not None


def row_of(connection: Connection, id: int) -> tuple[str, str] | None:
    """(register, record) of one journal row, None where there is none."""
    found: tuple[str, str] | None = connection.execute(
        "SELECT register, record_id FROM main.journal WHERE id = ?", (id,)
    ).fetchone()
    return found


def last_undoable(connection: Connection, *, by: str = "", after: int = 0) -> Change | None:
    """The newest edit that stands, of one person (`by`) and since a change (`after`) if given."""
    row = connection.execute(
        f"SELECT {_CHANGE} FROM change c WHERE c.undone_by IS NULL AND c.kind = 'edit' "
        "AND c.id > ? AND (? = '' OR c.\"by\" = ?) ORDER BY c.id DESC LIMIT 1",
        (after, by, by),
    ).fetchone()
    return _change(row) if row else None


def last_redoable(connection: Connection, *, by: str = "", after: int = 0) -> Change | None:
    """The edit that was undone last, unless something was edited since (then redo is gone)."""
    row = connection.execute(
        f"SELECT {_CHANGE} FROM change c WHERE c.undone_by IS NOT NULL AND c.kind = 'edit' "
        "AND c.id > ? AND (? = '' OR c.\"by\" = ?) AND NOT EXISTS (SELECT 1 FROM change e "
        "WHERE e.undone_by IS NULL AND e.kind = 'edit' AND e.id > c.undone_by) "
        "ORDER BY c.undone_by DESC LIMIT 1",
        (after, by, by),
    ).fetchone()
    return _change(row) if row else None


def newest_change(connection: Connection) -> int:
    """Id of the newest change, 0 if there is none: where a session begins."""
    return int(connection.execute("SELECT coalesce(max(id), 0) FROM change").fetchone()[0])


def _entries(connection: Connection, where: str, values: tuple[object, ...]) -> list[Entry]:
    rows = connection.execute(
        f"SELECT {_CHANGE}, j.register, j.record_id, j.before, j.after "
        f"FROM journal j JOIN change c ON c.id = j.change_id {where}",
        values,
    )
    found = []
    for row in rows:
        register, record_id, before, after = row[8:]
        faces = (json.loads(before) if before else None, json.loads(after))
        found.append(Entry(_change(row[:8]), register, record_id, *faces))
    return found


def _change(row: tuple[Any, ...]) -> Change:
    id, at, by, host, label, kind, undoes, undone_by = row
    return Change(id, at, by, host, label, Kind(kind), undoes, undone_by)


def _faces(before: StoredRecord | None, after: StoredRecord) -> tuple[str | None, str] | None:
    """(before, after) as JSON, or None if nothing differs."""
    if before is None:
        return None, _encode(_whole(after))
    old: Face = {}
    new: Face = {}
    changed = [name for name, value in after.values.items() if value != before.values[name]]
    if changed:
        old["values"] = {name: before.values[name] for name in changed}
        new["values"] = {name: after.values[name] for name in changed}
    for name in ("unit_id", "deleted_at"):
        if getattr(before, name) != getattr(after, name):
            old[name], new[name] = getattr(before, name), getattr(after, name)
    for child, rows in after.children.items():
        if rows != before.children[child]:
            _child_faces(child, before.children[child], rows, old, new)
    return (_encode(old), _encode(new)) if new else None


def _whole(record: StoredRecord) -> Face:
    """The record without its empty columns."""
    face: Face = {"values": _filled(record.values)}
    rows = {
        name: {str(r["id"]): _filled(r) for r in rs} for name, rs in record.children.items() if rs
    }
    if rows:
        face["children"] = rows
    if record.unit_id is not None:
        face["unit_id"] = record.unit_id
    return face


def _filled(values: Row) -> Row:
    return {name: value for name, value in values.items() if value is not None}


def _child_faces(child: str, before: list[Row], after: list[Row], old: Face, new: Face) -> None:
    was = {str(row["id"]): row for row in before}
    now = {str(row["id"]): row for row in after}
    if list(was) != list(now):
        old.setdefault("order", {})[child] = list(was)
        new.setdefault("order", {})[child] = list(now)
    touched = [id for id in was | now if was.get(id) != now.get(id)]
    if touched:
        old.setdefault("children", {})[child] = {id: was.get(id) for id in touched}
        new.setdefault("children", {})[child] = {id: now.get(id) for id in touched}
