"""Who looked at, printed, copied or exported which records, when, where and why.

Append-only and chained like the journal (`store.chain`). A row is one act; `ids` is a JSON array
of the records it was about, empty where only their number is known.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from desktop.store import chain
from desktop.store.driver import Connection
from desktop.store.journal_pages import Asked, conditions

OWN_TABLES: tuple[str, ...] = (
    """CREATE TABLE IF NOT EXISTS access_log (
  id INTEGER NOT NULL PRIMARY KEY,
  at TEXT NOT NULL,
  "by" TEXT NOT NULL,
  host TEXT NOT NULL,
  act TEXT NOT NULL,
  register TEXT NOT NULL,
  ids TEXT NOT NULL,
  count INTEGER NOT NULL,
  reason TEXT NOT NULL,
  what TEXT NOT NULL,
  hash BLOB NOT NULL
) STRICT""",
    """CREATE TRIGGER IF NOT EXISTS access_log_kept BEFORE UPDATE ON access_log
BEGIN SELECT RAISE(ABORT, 'the access log is append-only'); END""",
    """CREATE TRIGGER IF NOT EXISTS access_log_whole BEFORE DELETE ON access_log
BEGIN SELECT RAISE(ABORT, 'the access log is append-only'); END""",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One act, not yet written."""

    at: str
    by: str
    host: str
    act: str
    register: str
    ids: tuple[str, ...] = ()
    count: int = 0
    reason: str = ""
    what: str = ""
    """What was done with them, in words: the file's name, the list's search."""


_PATIENCE_MS = 2000


def begin(connection: Connection, *, sure: bool) -> None:
    """Begin a transaction for `add`; if `sure`, waiting for another writer and, at its end, for
    the disk. Otherwise a busy file is told at once, and a power cut may lose the last rows."""
    connection.execute(f"PRAGMA busy_timeout = {_PATIENCE_MS if sure else 0}")
    if connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
        connection.execute(f"PRAGMA synchronous = {'FULL' if sure else 'NORMAL'}")
    connection.execute("BEGIN IMMEDIATE")


def add(connection: Connection, rows: Iterable[Seen]) -> None:
    """Append rows inside the caller's transaction."""
    last = connection.execute("SELECT hash FROM access_log ORDER BY id DESC LIMIT 1").fetchone()
    before = last[0] if last else chain.START
    written = []
    for row in rows:
        fields = (
            row.at, row.by, row.host, row.act, row.register,
            json.dumps(row.ids, separators=(",", ":")), row.count, row.reason, row.what,
        )  # fmt: skip
        before = chain.link(before, chain.encoded(fields))
        written.append((*fields, before))
    connection.executemany(
        'INSERT INTO access_log (at, "by", host, act, register, ids, count, reason, what, hash) '
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        written,
    )


@dataclass(frozen=True, slots=True)
class Looked:
    """One row of the log."""

    id: int
    seen: Seen


def rows(
    connection: Connection, *, where: str = "", values: Sequence[str | int] = (), limit: int = 200
) -> list[Looked]:
    """The newest rows that pass a condition over the table's columns (text of the program)."""
    found = connection.execute(
        'SELECT id, at, "by", host, act, register, ids, count, reason, what '
        f"FROM main.access_log AS t {f'WHERE {where} ' if where else ''}ORDER BY id DESC LIMIT ?",
        (*values, limit),
    )
    return [_looked(row) for row in found.fetchall()]


def _looked(row: tuple[int, str, str, str, str, str, str, int, str, str]) -> Looked:
    id, at, by, host, act, register, ids, count, reason, what = row
    seen = Seen(
        at=at, by=by, host=host, act=act, register=register, ids=tuple(json.loads(ids)),
        count=count, reason=reason, what=what,
    )  # fmt: skip
    return Looked(id, seen)


def page(
    connection: Connection, asked: Asked, *, before: int = 0, limit: int = 200
) -> list[tuple[int, Seen]]:
    """(id, row) of the newest that are wanted; `before`: only those with a smaller id."""
    tests, values = conditions(asked, before)
    tests = [test.replace("t.kind", "t.act") for test in tests]
    if asked.register:
        tests.append("t.register = ?")
        values.append(asked.register)
    found = rows(connection, where=" AND ".join(tests), values=values, limit=limit)
    return [(one.id, one.seen) for one in found]


def of_record(connection: Connection, register: str, id: str) -> list[Seen]:
    """Every row about one record, the newest first."""
    found = rows(
        connection,
        where="t.register = ? AND EXISTS (SELECT 1 FROM json_each(t.ids) WHERE value = ?)",
        values=(register, id),
        limit=-1,
    )
    return [one.seen for one in found]


def count(connection: Connection) -> int:
    """How many rows there are."""
    return int(connection.execute("SELECT count(*) FROM main.access_log").fetchone()[0])


def broken(connection: Connection) -> Iterator[int]:
    """Ids of rows that were changed, or before which rows were taken out or put in."""
    before, expected = chain.START, 1
    for id, *fields, kept in connection.execute(
        'SELECT id, at, "by", host, act, register, ids, count, reason, what, hash '
        "FROM main.access_log ORDER BY id"
    ):
        if id != expected or chain.link(before, chain.encoded(fields)) != kept:
            yield id
        before, expected = kept, id + 1
