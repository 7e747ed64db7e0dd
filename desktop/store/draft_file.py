"""The file beside the database that holds what was typed and is not saved yet.

It is encrypted as the database is, with a key of its own, and has its own writer: nothing in it
waits for the register, and no long job keeps it waiting. One connection, which one thread at a
time may use.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import astuple, dataclass
from pathlib import Path

from desktop.base.errors import NotOurDatabase, UserError
from desktop.base.translate import tr
from desktop.store.driver import Connection, DriverError, connect, in_words, set_durability

APPLICATION_ID = 0x43545844  # "CTXD"
VERSION = 1
PATIENCE = 0.4
"""Seconds to wait for a file held by another program, at the opening and at each write."""
ENDS = ("", "-wal", "-shm", "-journal")

_TABLE = """CREATE TABLE IF NOT EXISTS draft (
  id TEXT NOT NULL PRIMARY KEY,
  person TEXT NOT NULL,
  register TEXT NOT NULL,
  record_id TEXT NOT NULL,
  row_version INTEGER NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  at TEXT NOT NULL,
  discarded_at TEXT
) STRICT"""


@dataclass(frozen=True)
class DraftRow:
    """One draft as the file holds it."""

    id: str
    person: str
    """Id of who typed it."""
    register: str
    record_id: str
    row_version: int
    """Of the stored record it was begun on; 0: a new record."""
    title: str
    body: str
    """JSON, whose shape is the caller's."""
    at: str
    """ISO moment of the last field left."""
    discarded_at: str | None = None


class DraftFile:
    """An open draft file; made if it is not there."""

    def __init__(self, path: Path, key: bytes) -> None:
        """Raises `UserError` where it cannot be opened: damaged, held, another key, no room."""
        self.path = path
        self._connection = connect(path, key, any_thread=True, patience=PATIENCE)
        try:
            self._prepare()
        except DriverError as error:
            self._connection.close()
            raise NotOurDatabase(
                tr("The file of the drafts cannot be used: {why}").format(why=error)
            ) from error
        except BaseException:
            self._connection.close()
            raise

    def _prepare(self) -> None:
        connection = self._connection
        known = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if known not in (0, APPLICATION_ID) or version > VERSION:
            raise NotOurDatabase(
                tr("“{path}” holds no drafts of this version of the program.").format(
                    path=self.path
                )
            )
        set_durability(connection, self.path)
        if version < VERSION:
            with _Transaction(connection, self.path):
                connection.execute(_TABLE)
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {VERSION}")

    def rows(self) -> list[DraftRow]:
        """Every draft, discarded ones too, the newest first. Raises `UserError`."""
        found = self._connection.execute("SELECT * FROM draft ORDER BY at DESC, id DESC")
        return [DraftRow(*row) for row in found.fetchall()]

    def write(self, put: Iterable[DraftRow], gone: Iterable[str] = ()) -> None:
        """Put drafts in, each in the place of the one with its id, and take others out.

        On the disk when it returns, all of it or nothing. Raises `UserError`.
        """
        with _Transaction(self._connection, self.path):
            self._connection.executemany(
                "INSERT OR REPLACE INTO draft VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [astuple(one) for one in put],
            )
            self._connection.executemany("DELETE FROM draft WHERE id = ?", [(id,) for id in gone])

    def close(self) -> None:
        """Close the connection; a second call does nothing."""
        self._connection.close()


class _Transaction:
    """Everything inside is kept, or nothing."""

    def __init__(self, connection: Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    def __enter__(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: object, error: BaseException | None, _trace: object) -> None:
        if error is None:
            self._connection.execute("COMMIT")
            return
        if self._connection.in_transaction:
            with suppress(DriverError, UserError):
                self._connection.execute("ROLLBACK")
        if isinstance(error, DriverError):
            said = in_words(error, self._path)
            if said is not error:
                raise said from error


def set_aside(path: Path, moment: str) -> Path | None:
    """Give a file that cannot be used another name, for whoever may mend it; None where even that
    cannot be done because another program holds it. `moment`: digits for the name."""
    number = 0
    aside = path.with_name(f"{path.stem}.hong-{moment}{path.suffix}")
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.stem}.hong-{moment}-{number}{path.suffix}")
    try:
        path.rename(aside)
    except OSError:
        return None
    for end in ENDS[1:]:
        beside = path.with_name(path.name + end)
        with suppress(OSError):
            beside.rename(aside.with_name(aside.name + end))
    return aside


def remove(path: Path) -> None:
    """Delete a draft file with what SQLite keeps beside it; one that is held stays."""
    for end in ENDS:
        with suppress(OSError):
            path.with_name(path.name + end).unlink(missing_ok=True)
