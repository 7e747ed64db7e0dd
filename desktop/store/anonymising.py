"""Records made nobody's for ever: what identifies is emptied, what is counted stays.

Texts, notes, numbers of papers, telephones and addresses go; of a birth the year stays; choices,
yes and no, amounts, units and the dates of services stay, and so does the id. Of the journal rows
of these records only their digests are kept, so that its chain stays whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass

from desktop.schema.definition import FieldType, Forms, Register
from desktop.store import journal, journal_chain, records
from desktop.store.about import Key, about
from desktop.store.driver import Connection, Stored, placeholders
from desktop.store.journal import PER_CHANGE, Kind
from desktop.store.records import Row, StoredRecord

OWN_TABLES: tuple[str, ...] = (
    """CREATE TABLE IF NOT EXISTS anonymised (
  record_id TEXT NOT NULL PRIMARY KEY,
  register TEXT NOT NULL,
  at TEXT NOT NULL,
  "by" TEXT NOT NULL
) STRICT""",
)

_TEXTS = (FieldType.TEXT, FieldType.NOTE)
_CHUNK = 500
_AGES = (16, 60)
"""At these birthdays people change their place in the figures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One act of anonymising."""

    label: str
    """Of the change; no name in it."""
    words: str
    """In the place of names and labels: “Đã ẩn danh”."""
    now: str
    by: str
    host: str


def anonymised_among(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Those of the records that were anonymised."""
    found: set[str] = set()
    listed = list(ids)
    for start in range(0, len(listed), _CHUNK):
        part = listed[start : start + _CHUNK]
        sql = f"SELECT record_id FROM main.anonymised WHERE record_id IN ({placeholders(part)})"
        found.update(str(row[0]) for row in connection.execute(sql, part).fetchall())
    return found


def anonymise(
    connection: Connection, forms: Forms, register: str, ids: Sequence[str], order: Order
) -> list[Key]:
    """Empty these people's records and all that is about them, inside the caller's transaction.

    Returns every record written. Raises NotFound.
    """
    change = journal.open_change(
        connection, label=order.label, at=order.now, by=order.by, host=order.host,
        kind=Kind.ANONYMISE,
    )  # fmt: skip
    touched: dict[Key, None] = {}
    named: list[int] = []
    for id in ids:
        found = about(connection, forms, register, id)
        named += _empty_namesakes(connection, forms, (register, id), order)
        for key in found.records:
            _empty_record(connection, forms, key, order)
            touched[key] = None
        for row in found.rows:
            _empty_row(connection, forms, row.owner, (row.register, row.id), order)
    keys = list(touched)
    connection.executemany(
        "INSERT OR REPLACE INTO main.anonymised VALUES (?, ?, ?, ?)",
        [(id, name, order.now, order.by) for name, id in keys],
    )
    _forget_words(connection, [id for _, id in keys], order.words)
    _redact(connection, [*_rows_of(connection, keys), *named], order.words, change)
    journal.note_emptied(connection, change, keys)
    return keys


def _empty_record(connection: Connection, forms: Forms, key: Key, order: Order) -> None:
    before = records.read(connection, forms, *key)
    after = deepcopy(before)
    defined = forms.registers[before.register]
    _empty(defined, after.values, order)
    for child, rows in after.children.items():
        for row in rows:
            _empty(forms.registers[child], row, order)
    records.write(connection, forms, after, now=order.now, by=order.by, before=before)


def _empty_row(
    connection: Connection, forms: Forms, owner: Key, at: tuple[str, str], order: Order
) -> None:
    """The words of one row in a record of somebody else."""
    before = records.read(connection, forms, *owner)
    after: StoredRecord = deepcopy(before)
    child, id = at
    for row in after.children[child]:
        if row["id"] == id:
            _empty(forms.registers[child], row, order)
    records.write(connection, forms, after, now=order.now, by=order.by, before=before)


def _empty(register: Register, values: Row, order: Order) -> None:
    """Take out what identifies, in place."""
    places = {register.card.hamlet} if register.person else set()
    for field in register.fields:
        if field.type in _TEXTS:
            if values.get(field.name) is not None:
                named = register.person and field.name == "full_name"
                values[field.name] = order.words if named else None
        elif field.type is FieldType.PARTIAL_DATE:
            year, month, day = field.columns
            if not keeps_birthday(values.get(year), order.now):
                values[month] = values[day] = None
        elif field.type is FieldType.REFERENCE and field.name in places:
            values[field.name] = None


def keeps_birthday(year: Stored, now: str) -> bool:
    """True while the day decides where a person is counted: in the year of the 16th or the 60th
    birthday and the one after, whose report may still be made."""
    return isinstance(year, int) and int(now[:4]) - year in {n for a in _AGES for n in (a, a + 1)}


def _forget_words(connection: Connection, ids: Sequence[str], words: str) -> None:
    """Reasons typed for warnings, and pairs told apart."""
    for id in ids:
        connection.execute("UPDATE main.override SET reason = ? WHERE record_id = ?", (words, id))
        connection.execute("DELETE FROM main.told_apart WHERE one_id = ? OR other_id = ?", (id, id))


def _empty_namesakes(connection: Connection, forms: Forms, key: Key, order: Order) -> list[int]:
    """Where a record the person belongs to bears the name, as a household its head's: put the words
    there. Returns the journal rows of it that hold the name."""
    register = forms.registers[key[0]]
    person = records.read(connection, forms, *key)
    name = person.values.get("full_name")
    rows: list[int] = []
    for field in register.fields:
        target = person.values.get(field.name) if field.type is FieldType.REFERENCE else None
        if not target or not name or forms.registers[field.to].person:
            continue
        before = records.read(connection, forms, field.to, str(target))
        texts = [one.name for one in forms.registers[field.to].fields if one.type in _TEXTS]
        bearing = [one for one in texts if before.values[one] == name]
        if bearing:
            after = deepcopy(before)
            after.values |= dict.fromkeys(bearing, order.words)
            records.write(connection, forms, after, now=order.now, by=order.by, before=before)
            found = connection.execute(
                "SELECT id FROM main.journal WHERE record_id = ? "
                "AND (instr(after, ?) OR instr(coalesce(before, ''), ?))",
                (str(target), str(name), str(name)),
            )
            rows += [row[0] for row in found.fetchall()]
    return rows


def _rows_of(connection: Connection, keys: Sequence[Key]) -> list[int]:
    """Ids of every journal row of these records."""
    rows: list[int] = []
    for register, id in keys:
        found = connection.execute(
            "SELECT id FROM main.journal WHERE record_id = ? AND register = ?", (id, register)
        )
        rows += [row[0] for row in found.fetchall()]
    return rows


def _redact(connection: Connection, rows: Sequence[int], words: str, change: int) -> None:
    """Empty rows of the journal, and the labels of their changes."""
    journal_chain.redact(connection, rows, change)
    for one in sorted({row // PER_CHANGE for row in rows} - {change}):
        journal_chain.redact_label(connection, one, words, change)
