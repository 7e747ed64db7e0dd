"""The office's database: create, open, change in transactions, read beside.

One `Database` belongs to one thread; a job on another thread takes `another()` (to write) or
`reader()` (to read).
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from desktop.base.clock import Clock
from desktop.base.errors import (
    FileLocked,
    NewerDatabase,
    NotOurDatabase,
    UserError,
    translate_os_error,
)
from desktop.base.files import write_beside
from desktop.base.progress import Progress, silent
from desktop.base.translate import tr
from desktop.schema.definition import Forms
from desktop.store import (
    access_log,
    alterations,
    anonymising,
    catalogue,
    journal,
    journal_chain,
    list_filters,
    look_alikes,
    office_choices,
    overrides,
    people,
    snapshots,
    tables,
)
from desktop.store.backup import (
    Inside,
    check_copy,
    copy_checked,
    damaged_words,
    refuse_damaged,
)
from desktop.store.driver import (
    PAGE_BYTES,
    Connection,
    DriverError,
    connect,
    in_words,
    set_durability,
)
from desktop.store.locking import OfficeLock
from desktop.store.log_tail import frames_in, frames_taken
from desktop.store.text_keys import compute_anew, keys_digest

APPLICATION_ID = 0x43545848  # "CTXH"
VERSION = 1
"""Of the program's own tables (`PRAGMA user_version`); the definitions have their digest."""

BACKUPS_KEPT = 3
CHECKED_AT_START = 24 * 1024 * 1024
"""Bytes that are read and checked in some 50 ms."""

OWN_TABLES: tuple[str, ...] = (
    *tables.OWN_TABLES,
    *journal.OWN_TABLES,
    *list_filters.OWN_TABLES,
    *office_choices.OWN_TABLES,
    *overrides.OWN_TABLES,
    *look_alikes.OWN_TABLES,
    *snapshots.OWN_TABLES,
    *people.OWN_TABLES,
    *access_log.OWN_TABLES,
    *journal_chain.OWN_TABLES,
    *anonymising.OWN_TABLES,
)


class WrongKey(NotOurDatabase):
    """The key does not open the file, or the file is damaged: the two look the same."""


class Database:
    """An open database. Made by `create_database` and `open_database`."""

    def __init__(
        self,
        path: Path,
        key: bytes,
        forms: Forms,
        clock: Clock,
        connection: Connection,
        lock: OfficeLock | None,
    ) -> None:
        self.path = path
        self.forms = forms
        self.clock = clock
        self.connection = connection
        self._key = key
        self._lock = lock
        self.cut_frames = 0
        """Frames at the end of the write-ahead log that were no whole change when it was opened."""

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """One change of the user: everything in the body is kept, or nothing.

        Takes the write lock at once (BEGIN IMMEDIATE), commits at the end, rolls back if the body
        raises. Raises RuntimeError when one is open already, `UserError`s for the disk.
        """
        connection = self.connection
        if connection.in_transaction:
            raise RuntimeError("a transaction is open already")
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            journal_chain.seal(connection)
            connection.execute("COMMIT")
        except BaseException as error:
            _roll_back(connection)
            said = in_words(error, self.path) if isinstance(error, DriverError) else error
            if said is error:
                raise
            raise said from error

    def reader(self, *, any_thread: bool = False) -> Connection:
        """A connection that sees committed rows only and refuses to write; the caller closes it."""
        return connect(self.path, self._key, read_only=True, any_thread=any_thread)

    def rules_connection(self) -> Connection:
        """A connection for a `RuleRunner`, whose temporary tables a reader may not have; the
        runner itself refuses every write outside them. The caller closes it."""
        return connect(self.path, self._key)

    def log_connection(self) -> Connection:
        """A writing connection for the access log, for any thread; the caller closes it."""
        connection = connect(self.path, self._key, any_thread=True)
        set_durability(connection, self.path)
        return connection

    def another(self) -> Database:
        """The same database with a writing connection for the calling thread."""
        connection = connect(self.path, self._key)
        set_durability(connection, self.path)
        return Database(self.path, self._key, self.forms, self.clock, connection, None)

    def key_for(self, purpose: str) -> bytes:
        """A key for another file of the office, derived from the database's: 32 bytes, the same
        for the same purpose as long as the office has its key."""
        return hmac.digest(self._key, f"so-ctxh {purpose}".encode(), "sha256")

    def now(self) -> str:
        """The moment as it is stored: ISO text to the second, with its offset."""
        return self.clock.now().isoformat(timespec="seconds")

    def copy_to(self, path: Path) -> None:
        """Write a whole copy with the same key, whatever is going on (SQLite's own backup)."""
        with write_beside(path) as beside:
            _back_up(self.connection, beside, self._key)

    def check_quickly(self) -> None:
        """Read every page of a database that is small enough for nobody to wait, as most are.

        A larger one is read once a day, by its backup. Raises NotOurDatabase if it is damaged.
        """
        if self.path.stat().st_size <= CHECKED_AT_START:
            found = self.connection.execute("PRAGMA quick_check(1)").fetchone()
            if found is None or found[0] != "ok":
                raise NotOurDatabase(damaged_words(self.path))

    @property
    def key(self) -> bytes:
        """The raw key, for what goes on with these data after the database is closed."""
        return self._key

    def copy_checked(self, target: Path, progress: Progress = silent) -> Inside:
        """Write a proved copy with the same key into the empty file `target`, from any thread,
        while others go on working (`backup.copy_checked`)."""
        return copy_checked(self.path, self._key, self.forms, target, progress)

    def newest_change(self) -> int:
        """Id of the newest change in the journal, 0 if there is none; from any thread."""
        connection = self.reader()
        try:
            return journal.newest_change(connection)
        finally:
            connection.close()

    def close(self) -> None:
        """Close the connection and give up the lock; a second call does nothing."""
        self.connection.close()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def create_database(
    path: Path, key: bytes, forms: Forms, catalogues: Path | None, clock: Clock
) -> Database:
    """Make the database of an office, filled from the code lists and catalogues, and open it.

    The file appears whole or not at all. Raises `UserError` if one is there already or the place
    cannot be written to.
    """
    if path.exists():
        raise UserError(
            tr("“{path}” is there already and was not touched. Choose another folder.").format(
                path=path
            )
        )
    with write_beside(path) as beside:
        connection = connect(beside, key)
        try:
            # The file is not anybody's yet: flushed once, by write_beside.
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("BEGIN IMMEDIATE")
            for statement in tables.schema_statements(forms, OWN_TABLES):
                connection.execute(statement)
            _fill(connection, forms, catalogues, clock)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {VERSION}")
            connection.execute("COMMIT")
        finally:
            connection.close()
    return open_database(path, key, forms, clock, catalogues=catalogues)


def open_database(
    path: Path,
    key: bytes,
    forms: Forms,
    clock: Clock,
    *,
    catalogues: Path | None = None,
    lock: bool = True,
    before_change: Callable[[Database], object] | None = None,
) -> Database:
    """Open the database of an office and bring it up to the definitions.

    Costs a few milliseconds while definitions and catalogues are the ones of last time. Tables are
    changed in a copy that takes the place of the file when it is good; `before_change` backs it up
    first, else a copy of before is kept beside. `lock=False`: for reading beside a window
    that has it open. Raises NotOurDatabase (WrongKey), NewerDatabase, FileLocked, DiskFull,
    ReadOnly, and DefinitionError if the definitions cannot hold the data.
    """
    _look_at_file(path)
    held = OfficeLock(path, clock) if lock else None
    try:
        waiting = frames_in(path)
        connection = _connect_checked(path, key)
        database = Database(path, key, forms, clock, connection, held)
        try:
            set_durability(connection, path)
            if waiting:
                database.cut_frames = max(0, waiting - frames_taken(connection))
            if _is_outdated(connection, forms, catalogues):
                plan = alterations.plan(connection, forms)
                if plan:
                    (before_change or _keep_copy)(database)
                    _change_tables(database, plan, catalogues)
                else:
                    _bring_up(database, plan, catalogues)
        except BaseException:
            database.connection.close()
            raise
    except BaseException:
        if held is not None:
            held.release()
        raise
    return database


def _look_at_file(path: Path) -> None:
    """Tell other kinds of file without the key. Raises NotOurDatabase or what the system says."""
    try:
        with path.open("rb") as stream:
            head = stream.read(16)
            size = os.fstat(stream.fileno()).st_size
    except OSError as error:
        raise translate_os_error(error, path) from error
    if size == 0 or size % PAGE_BYTES or head.startswith((b"SQLite format 3", b"PK\x03\x04")):
        raise NotOurDatabase(
            tr(
                "“{path}” is not data of this program, or was cut off while it was copied. "
                "Choose another file, or take the newest backup."
            ).format(path=path)
        )


def _connect_checked(path: Path, key: bytes) -> Connection:
    try:
        connection = connect(path, key)
    except NotOurDatabase as error:
        raise WrongKey(str(error)) from error
    try:
        identity = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if identity != APPLICATION_ID:
            raise NotOurDatabase(
                tr("“{path}” belongs to another program. Choose another file.").format(path=path)
            )
        if version > VERSION:
            raise NewerDatabase(
                tr(
                    "The data was saved by a newer version of the program ({found}; this one "
                    "knows {known}). Nothing was changed. Install the newer version."
                ).format(found=version, known=VERSION)
            )
    except BaseException:
        connection.close()
        raise
    return connection


def _is_outdated(connection: Connection, forms: Forms, catalogues: Path | None) -> bool:
    kept = dict(connection.execute("SELECT name, value FROM meta"))
    if kept.get("tables") != _tables_digest(forms):
        return True
    return catalogues is not None and bool(catalogue.changed_files(kept, forms, catalogues))


def _tables_digest(forms: Forms) -> str:
    """What the tables were made from: the definitions, and the program's own statements."""
    return hashlib.sha256("\0".join((forms.digest, *OWN_TABLES)).encode()).hexdigest()


def _change_tables(database: Database, plan: alterations.Plan, catalogues: Path | None) -> None:
    """Carry out a plan on a copy, prove it, and swap it in; the database goes on with the copy."""
    path, key = database.path, database.key
    with write_beside(path) as beside:
        _back_up(database.connection, beside, key)
        copy = Database(beside, key, database.forms, database.clock, connect(beside, key), None)
        try:
            _bring_up(copy, plan, catalogues)
            copy.connection.execute("PRAGMA journal_mode = DELETE")
            refuse_damaged(copy.connection, beside)
        finally:
            copy.close()
        _fold_log(database.connection, path)
        database.connection.close()
    database.connection = connect(path, key)
    set_durability(database.connection, path)


def _fold_log(connection: Connection, path: Path) -> None:
    """Write what is in the log into the file: a log left behind would be taken for that of the file
    that comes in its place. Raises FileLocked if somebody reads it still."""
    if connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0] != "delete":
        raise FileLocked(
            tr("Another program is using “{path}”, so its tables were not changed. Close it there "
               "and open the program again.").format(path=path)
        )  # fmt: skip


def _bring_up(database: Database, plan: alterations.Plan, catalogues: Path | None) -> None:
    connection = database.connection
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        with database.transaction():
            for statement in OWN_TABLES:
                connection.execute(statement)
            if plan:
                alterations.apply(connection, database.forms, plan)
            _fill(connection, database.forms, catalogues, database.clock)
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def _fill(connection: Connection, forms: Forms, catalogues: Path | None, clock: Clock) -> None:
    catalogue.fill_codes(connection, forms)
    _compute_keys(connection, forms)
    if catalogues is not None:
        now = clock.now().isoformat(timespec="seconds")
        catalogue.fill_catalogues(connection, forms, catalogues, now=now)
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('tables', ?)", (_tables_digest(forms),))


def _compute_keys(connection: Connection, forms: Forms) -> None:
    """Search and sort keys of the registers whose definition made others the last time."""
    kept = dict(connection.execute("SELECT name, value FROM meta WHERE name LIKE 'keys:%'"))
    for register in forms.registers.values():
        name, digest = f"keys:{register.name}", keys_digest(forms, register)
        if not register.parent and kept.get(name) != digest:
            compute_anew(connection, forms, register)
            connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, digest))


def _keep_copy(database: Database) -> None:
    """A copy beside, named by the moment; the oldest of more than `BACKUPS_KEPT` go."""
    path = database.path
    moment = database.clock.now().strftime("%Y%m%d-%H%M%S")
    kept = path.with_name(f"{path.stem}.before-{moment}{path.suffix}")
    database.copy_to(kept)
    check_copy(kept, database.key, database.forms)
    copies = sorted(path.parent.glob(f"{path.stem}.before-*{path.suffix}"))
    for old in copies[:-BACKUPS_KEPT]:
        with suppress(OSError):
            old.unlink()


def _back_up(connection: Connection, path: Path, key: bytes) -> None:
    target = connect(path, key)
    try:
        connection.backup(target)
    except DriverError as error:
        raise in_words(error, path) from error
    finally:
        target.close()


def _roll_back(connection: Connection) -> None:
    # SQLite has rolled back by itself after a full disk.
    if connection.in_transaction:
        with suppress(DriverError, UserError):
            connection.execute("ROLLBACK")
