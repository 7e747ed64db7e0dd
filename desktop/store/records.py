"""Read and write one record with its child rows, as the columns hold them.

Writing happens inside the caller's transaction (`Database.transaction`), and what it returns is
what the journal wants to know (`journal.note`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from desktop.base.errors import UserError
from desktop.base.identity import new_id
from desktop.base.text import split_name
from desktop.base.translate import tr
from desktop.schema.definition import Forms
from desktop.store.driver import Connection, Stored, quoted
from desktop.store.numbering import note_number, take_numbers
from desktop.store.shapes import RECORD_COLUMNS, ChildShape, Shape, shape_of
from desktop.store.text_keys import TextKeys

Row = dict[str, Stored]

TYPED_IN = "NHAP_TAY"
"""`origin` of a record made in the window."""


class Conflict(UserError):
    """Somebody else has changed the record meanwhile: `by` (as `updated_by`) at the moment `at`."""

    def __init__(self, stored: StoredRecord) -> None:
        self.by = stored.updated_by
        self.at = stored.updated_at
        super().__init__(
            tr(
                "This record was changed by somebody else meanwhile ({at}), so it was not saved "
                "over. Open it again, then enter your changes."
            ).format(at=self.at.replace("T", " ")[:16])
        )


class NotFound(UserError):
    """The record is not there (any more)."""


@dataclass(slots=True, kw_only=True)
class StoredRecord:
    """A record as its tables hold it: column values, not what is typed or shown."""

    register: str
    id: str
    values: Row = field(default_factory=dict)
    """Column of a field → value; columns that are left out are NULL."""
    children: dict[str, list[Row]] = field(default_factory=dict)
    """Child register → its rows in order, each its field columns and `id` (none: a new row)."""
    unit_id: str | None = None
    created_at: str = ""
    created_by: str = ""
    updated_at: str = ""
    updated_by: str = ""
    row_version: int = 0
    """0: not stored yet. Counts every write."""
    deleted_at: str | None = None
    origin: str | None = TYPED_IN


@dataclass(frozen=True, slots=True)
class Written:
    """What one write did to one record."""

    before: StoredRecord | None
    """None: the record is new."""
    after: StoredRecord


def read(connection: Connection, forms: Forms, register: str, id: str) -> StoredRecord:
    """The record with all its child rows, deleted or not. Raises NotFound."""
    shape = shape_of(forms, register)
    row = connection.execute(shape.select, (id,)).fetchone()
    if row is None:
        raise NotFound(
            tr("The record is not there any more ({title}).").format(title=shape.register.title)
        )
    record = _from_row(shape, row)
    for child in shape.children:
        names = ("id", *child.columns)
        rows = connection.execute(child.select, (id,))
        record.children[child.name] = [dict(zip(names, row, strict=True)) for row in rows]
    return record


def exists(connection: Connection, register: str, id: str) -> bool:
    """True if the id is in the register, deleted or not."""
    found = connection.execute(f"SELECT 1 FROM main.{quoted(register)} WHERE id = ?", (id,))
    return found.fetchone() is not None


def _from_row(shape: Shape, row: Sequence[Stored]) -> StoredRecord:
    common = dict(zip(RECORD_COLUMNS, row, strict=False))
    values = dict(zip(shape.columns, row[len(RECORD_COLUMNS) :], strict=True))
    return StoredRecord(register=shape.name, values=values, **common)  # type: ignore[arg-type]


def write(
    connection: Connection,
    forms: Forms,
    record: StoredRecord,
    *,
    now: str,
    by: str,
    before: StoredRecord | None = None,
) -> Written:
    """Insert the record (`row_version` 0) or update what differs, child rows by their ids.

    Fills what the program fills: the next number, họ/đệm/tên, search and sort key, ids of new
    child rows. `before`: the record as stored, when the caller has just read it. Raises Conflict
    if the stored `row_version` is not the record's.
    """
    shape = shape_of(forms, record.register)
    keys = TextKeys(connection, forms, shape.register)
    after = _completed(shape, record)
    if record.row_version == 0:
        _number(connection, shape, [after], now)
        _fill_names(shape, after.values, None)
        _stamp_new(after, now, by)
        _insert_all(connection, shape, [after], keys)
        return Written(None, after)
    before = before or read(connection, forms, record.register, record.id)
    if before.row_version != record.row_version:
        raise Conflict(before)
    _fill_names(shape, after.values, before.values)
    _update(connection, shape, keys, before, after, now, by)
    return Written(before, after)


def write_new(
    connection: Connection,
    forms: Forms,
    register: str,
    records: Sequence[StoredRecord],
    *,
    now: str,
    by: str,
    keys: TextKeys | None = None,
) -> list[Written]:
    """Insert many new records of one register with few statements.

    Call it with some thousands at a time; a caller with more hands in one `TextKeys` for all, so
    that titles of referred records are looked up once.
    """
    shape = shape_of(forms, register)
    keys = keys or TextKeys(connection, forms, shape.register)
    made = [_completed(shape, record) for record in records]
    _number(connection, shape, made, now)
    for after in made:
        _fill_names(shape, after.values, None)
        _stamp_new(after, now, by)
    keys.prepare([after.values for after in made])
    _insert_all(connection, shape, made, keys)
    return [Written(None, after) for after in made]


def set_deleted(
    connection: Connection,
    forms: Forms,
    register: str,
    id: str,
    *,
    deleted_at: str | None,
    row_version: int | None,
    now: str,
    by: str,
) -> Written:
    """Delete softly (`deleted_at` a moment) or restore (None). Child rows stay as they are.

    Raises NotFound, and Conflict unless `row_version` is the stored one (None: not asked).
    """
    before = read(connection, forms, register, id)
    if row_version is not None and row_version != before.row_version:
        raise Conflict(before)
    after = replace(
        before,
        deleted_at=deleted_at,
        updated_at=now,
        updated_by=by,
        row_version=before.row_version + 1,
    )
    connection.execute(
        f"UPDATE main.{quoted(register)} SET deleted_at = ?, updated_at = ?, updated_by = ?, "
        "row_version = ? WHERE id = ?",
        (deleted_at, now, by, after.row_version, id),
    )
    return Written(before, after)


def _completed(shape: Shape, record: StoredRecord) -> StoredRecord:
    """A copy with every column there, and an id in every child row."""
    children: dict[str, list[Row]] = {}
    for child in shape.children:
        rows = record.children.get(child.name)
        children[child.name] = [_child_row(child, row) for row in rows] if rows else []
    return replace(record, values=_complete(shape.blank, record.values), children=children)


def _child_row(child: ChildShape, row: Row) -> Row:
    made = _complete(child.blank, row)
    made["id"] = made["id"] or new_id()
    return made


def _complete(blank: Row, values: Row) -> Row:
    """A copy with every key of `blank`, in its order, and no other."""
    made = blank | values
    if len(made) == len(blank):
        return made
    return {column: made[column] for column in blank}


def _number(
    connection: Connection, shape: Shape, records: Sequence[StoredRecord], now: str
) -> None:
    """Give numbers to the records that have none, in their order, each unit's at once."""
    register = shape.register
    if not register.number_field:
        return
    without: dict[str | None, list[StoredRecord]] = {}
    for record in records:
        given = record.values[register.number_field]
        if given:
            note_number(connection, register, str(given))
        else:
            without.setdefault(record.unit_id, []).append(record)
    for unit_id, group in without.items():
        numbers = take_numbers(connection, register, unit_id, int(now[:4]), len(group))
        for record, number in zip(group, numbers, strict=True):
            record.values[register.number_field] = number


def _fill_names(shape: Shape, values: Row, before: Row | None) -> None:
    """họ, đệm, tên from the full name, unless somebody split it otherwise by hand."""
    if not shape.register.person:
        return
    parts = tuple([values[name] or "" for name in ("ho", "dem", "ten")])
    if any(parts):
        if before is None or values["full_name"] == before["full_name"]:
            return
        kept = tuple(before[name] or "" for name in ("ho", "dem", "ten"))
        if parts != kept or kept != split_name(str(before["full_name"] or "")):
            return
    for name, part in zip(
        ("ho", "dem", "ten"), split_name(str(values["full_name"] or "")), strict=True
    ):
        values[name] = part or None


def _stamp_new(record: StoredRecord, now: str, by: str) -> None:
    record.created_at = record.updated_at = now
    record.created_by = record.updated_by = by
    record.row_version = 1


def _insert_all(
    connection: Connection, shape: Shape, records: Sequence[StoredRecord], keys: TextKeys
) -> None:
    connection.executemany(
        shape.insert,
        [
            (
                r.id, r.unit_id, r.created_at, r.created_by, r.updated_at, r.updated_by,
                r.row_version, r.deleted_at, r.origin, *keys.of(r.values), *r.values.values(),
            )
            for r in records
        ],
    )  # fmt: skip
    for child in shape.children:
        rows = [
            (row["id"], record.id, position, *map(row.get, child.columns))
            for record in records
            for position, row in enumerate(record.children[child.name])
        ]
        if rows:
            connection.executemany(child.insert, rows)


def _update(
    connection: Connection,
    shape: Shape,
    keys: TextKeys,
    before: StoredRecord,
    after: StoredRecord,
    now: str,
    by: str,
) -> None:
    was = before.values
    sets: Row = {name: v for name, v in after.values.items() if v != was[name]}
    touched = [
        child
        for child in shape.children
        if after.children[child.name] != before.children[child.name]
    ]
    if not sets and not touched and after.unit_id == before.unit_id:
        after.updated_at, after.updated_by = before.updated_at, before.updated_by
        return
    if sets:
        # Writing the same keys again would rewrite the index of the list.
        new_keys = keys.of(after.values)
        if new_keys != keys.of(was):
            sets["search_key"], sets["sort_key"] = new_keys
    sets["unit_id"] = after.unit_id
    after.updated_at = sets["updated_at"] = now
    after.updated_by = sets["updated_by"] = by
    after.row_version = before.row_version + 1
    after.deleted_at, after.origin = before.deleted_at, before.origin
    after.created_at, after.created_by = before.created_at, before.created_by
    sets["row_version"] = after.row_version
    done = connection.execute(
        f"UPDATE main.{quoted(shape.name)} SET {_assigned(sets)} WHERE id = ? AND row_version = ?",
        (*sets.values(), after.id, before.row_version),
    )
    if done.rowcount == 0:
        raise Conflict(before)
    for child in touched:
        _update_children(
            connection, child, after.id, before.children[child.name], after.children[child.name]
        )


def _update_children(
    connection: Connection, child: ChildShape, parent: str, before: list[Row], after: list[Row]
) -> None:
    was = {row["id"]: (position, row) for position, row in enumerate(before)}
    gone = was.keys() - {row["id"] for row in after}
    connection.executemany(
        f"DELETE FROM main.{quoted(child.name)} WHERE id = ?", [(id,) for id in gone]
    )
    for position, row in enumerate(after):
        old_position, old = was.get(row["id"], (-1, None))
        if old is None:
            values = (row[column] for column in child.columns)
            connection.execute(child.insert, (row["id"], parent, position, *values))
            continue
        sets: Row = {name: value for name, value in row.items() if value != old[name]}
        if position != old_position:
            sets["position"] = position
        if sets:
            connection.execute(
                f"UPDATE main.{quoted(child.name)} SET {_assigned(sets)} WHERE id = ?",
                (*sets.values(), row["id"]),
            )


def _assigned(columns: Iterable[str]) -> str:
    return ", ".join(f"{quoted(name)} = ?" for name in columns)
