"""A whole copy of the database that has proved itself: opened again, checked, counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from desktop.base.errors import NotOurDatabase, UserError
from desktop.base.progress import Progress, share, silent
from desktop.base.translate import tr
from desktop.schema.definition import Forms
from desktop.store.driver import Connection, DriverError, connect, in_words, quoted

_PAGES_AT_ONCE = 2048  # 8 MiB: some 50 ms between two looks at whether it was cancelled


@dataclass(frozen=True)
class Inside:
    """What a database holds, said without its values."""

    counts: Mapping[str, int] = field(default_factory=dict)
    """Rows by table that holds records, child rows among them, deleted ones too."""
    last_change: int = 0
    """Id of the newest change in the journal."""
    changed_at: str = ""
    """When that was: ISO text, "" for an empty journal."""

    @property
    def records(self) -> int:
        """Rows of all tables together."""
        return sum(self.counts.values())


def look_inside(connection: Connection, forms: Forms) -> Inside:
    """Count every register of the definitions that the database has, and find its newest change.

    A register the database does not have (it is older than the definitions) is left out.
    """
    there = {
        str(name)
        for (name,) in connection.execute(
            "SELECT name FROM main.sqlite_master WHERE type = 'table'"
        )
    }
    counts = {
        name: int(connection.execute(f"SELECT count(*) FROM main.{quoted(name)}").fetchone()[0])
        for name in forms.registers
        if name in there
    }
    newest = connection.execute(
        "SELECT id, at FROM main.change ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return Inside(counts, *(newest or (0, "")))


def copy_checked(
    path: Path, key: bytes, forms: Forms, target: Path, progress: Progress = silent
) -> Inside:
    """Copy the database of `path` to the empty file `target`; returns what both hold.

    The copy is of one moment, whatever is written meanwhile. It is then opened anew, every page is
    read, its integrity checked and its rows counted against that moment's. Raises NotOurDatabase
    if the source is damaged or the copy is not the same, `UserError`s of the disk.
    """
    source = connect(path, key, read_only=True)
    try:
        with _one_moment(source):
            held = look_inside(source, forms)
            _copy(source, target, key, share(progress, 0.0, 0.5))
    finally:
        source.close()
    progress(tr("Checking the backup"), 0.5)
    if check_copy(target, key, forms) != held:
        raise NotOurDatabase(
            tr("The copy “{path}” does not hold what was copied; it was not kept.").format(
                path=target
            )
        )
    return held


def check_copy(path: Path, key: bytes, forms: Forms) -> Inside:
    """Open a copy, read every page of it, and count. Raises NotOurDatabase for a damaged one."""
    connection = connect(path, key, read_only=True)
    try:
        refuse_damaged(connection, path)
        return look_inside(connection, forms)
    except DriverError as error:
        raise in_words(error, path) from error
    finally:
        connection.close()


def opens_with(path: Path, key: bytes) -> bool:
    """True if the key opens the database."""
    try:
        connection = connect(path, key, read_only=True)
    except UserError:
        return False
    try:
        connection.execute("SELECT count(*) FROM main.sqlite_master").fetchone()
    except UserError:
        return False
    finally:
        connection.close()
    return True


def refuse_damaged(connection: Connection, path: Path) -> None:
    """Read every page (each has its own seal) and compare every index with its table.

    Raises NotOurDatabase for the first thing that is not as it should be.
    """
    found = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if found is None or found[0] != "ok":
        raise NotOurDatabase(damaged_words(path))


def damaged_words(path: Path) -> str:
    """What to say of a database with a damaged page."""
    return tr("“{path}” is damaged. Nothing was changed in it. Take the newest backup.").format(
        path=path
    )


@contextmanager
def _one_moment(connection: Connection) -> Iterator[None]:
    connection.execute("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _copy(source: Connection, path: Path, key: bytes, progress: Progress) -> None:
    target = connect(path, key)
    told = tr("Copying the data")

    def step(_status: int, left: int, total: int) -> None:
        progress(told, 1 - left / total if total else 1.0)

    try:
        # Nobody's yet: whoever keeps it flushes it once.
        target.execute("PRAGMA synchronous = OFF")
        source.backup(target, pages=_PAGES_AT_ONCE, progress=step)
        # As it came it would want to write beside itself to be read, even on a read-only stick.
        target.execute("PRAGMA journal_mode = DELETE")
    except DriverError as error:
        raise in_words(error, path) from error
    finally:
        target.close()
