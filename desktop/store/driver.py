"""The only door to SQLCipher: opening a connection, and saying its errors in words.

Nothing else imports `sqlcipher3` or `sqlite_utils`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlcipher3
from sqlcipher3 import dbapi2

from desktop.base.errors import (
    DiskFull,
    FileLocked,
    LimitExceeded,
    NotOurDatabase,
    ReadOnly,
    UserError,
)
from desktop.base.translate import N_, tr

# sqlite-utils catches the exceptions of the module it finds under this name; without it, it would
# wait for those of the standard library's sqlite3 and miss every one.
sys.modules.setdefault("pysqlite3", sqlcipher3)
sys.modules.setdefault("pysqlite3.dbapi2", dbapi2)

# Without an adapter of its own, the driver looks for one at every None it binds, which is most of
# what binding a wide row costs: 32 µs instead of 6 for 48 columns, three in four of them None.
# `{}.get` gives None for None without running Python code.
_nothing: dict[None, None] = {}
dbapi2.register_adapter(type(None), _nothing.get)

if TYPE_CHECKING:
    import sqlite3
    from sqlite3 import Connection as _Connection
    from sqlite3 import Cursor as _Cursor

    import sqlite_utils

    DriverError = sqlite3.Error
    IntegrityError = sqlite3.IntegrityError
    OperationalError = sqlite3.OperationalError
else:
    _Connection = dbapi2.Connection
    _Cursor = dbapi2.Cursor
    DriverError = dbapi2.Error
    IntegrityError = dbapi2.IntegrityError
    OperationalError = dbapi2.OperationalError

KEY_BYTES = 32
PAGE_BYTES = 4096
BUSY_SECONDS = 10.0
CACHED_STATEMENTS = 1000
CACHE_KIB = 32 * 1024

# Primary result codes of SQLite, https://www.sqlite.org/rescode.html
_BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN = 5, 6, 8, 10, 11, 13, 14
_TOO_BIG, _NOT_A_DATABASE = 18, 26

Stored = str | int | float | None
"""What a column of a STRICT table of ours can hold."""


class Cursor(_Cursor):
    """Rows of a statement. A loop over it is left as fast as the driver has it: a page found
    damaged there comes as the driver's own error, which `Database.transaction` says in words."""

    def fetchone(self) -> Any:
        try:
            return super().fetchone()
        except DriverError as error:
            raise in_words(error, _path_of(self)) from error

    def fetchall(self) -> list[Any]:
        try:
            return super().fetchall()
        except DriverError as error:
            raise in_words(error, _path_of(self)) from error


def _path_of(cursor: Cursor) -> Path:
    connection: Any = cursor.connection
    return Path(connection.path)


class Connection(_Connection):
    """A connection whose statements fail in the officer's words where the officer can help.

    `execute` and its kin raise `UserError` for a full disk, a read-only place, a file held by
    another program or damaged; any other driver error comes through unchanged: it is our bug.
    """

    path: Path = Path(":memory:")

    def cursor(self, factory: Any = Cursor) -> Any:
        return super().cursor(factory)

    def execute(self, sql: str, parameters: Any = ()) -> Cursor:
        try:
            return super().execute(sql, parameters)  # type: ignore[return-value]
        except DriverError as error:
            raise in_words(error, self.path) from error

    def executemany(self, sql: str, parameters: Iterable[Any]) -> Cursor:
        try:
            return super().executemany(sql, parameters)  # type: ignore[return-value]
        except DriverError as error:
            raise in_words(error, self.path) from error

    def executescript(self, sql_script: str) -> Cursor:
        try:
            return super().executescript(sql_script)  # type: ignore[return-value]
        except DriverError as error:
            raise in_words(error, self.path) from error


def connect(
    path: Path | str,
    key: bytes | None,
    *,
    read_only: bool = False,
    any_thread: bool = False,
    patience: float = BUSY_SECONDS,
) -> Connection:
    """Open a database of ours, or a private one in memory (`":memory:"`, key None).

    `key` is the raw 32-byte database key, so no key is derived and opening costs about 1 ms.
    `read_only` connections see committed rows only and refuse to write (`PRAGMA query_only`).
    `any_thread` lifts the check that a connection stays in the thread that made it; the caller
    then sees to it that one thread at a time uses it. `patience`: seconds to wait for a file that
    another program holds. Autocommit is on: transactions are said.
    Raises `UserError`s of `base.errors`; a wrong key is noticed at the first read, not here.
    """
    connection = _opened(str(path), any_thread, patience)
    connection.path = Path(path)
    try:
        _prepare(connection, key, read_only)
    except BaseException:
        connection.close()
        raise
    return connection


def _opened(path: str, any_thread: bool, patience: float) -> Connection:
    try:
        connection: Connection = dbapi2.connect(
            path,
            timeout=patience,
            isolation_level=None,
            check_same_thread=not any_thread,
            factory=Connection,
            cached_statements=CACHED_STATEMENTS,
        )
    except DriverError as error:  # the drive was unplugged, or the folder closed to this person
        raise in_words(error, Path(path)) from error
    return connection


def _prepare(connection: Connection, key: bytes | None, read_only: bool) -> None:
    if key is not None:
        if len(key) != KEY_BYTES:
            raise ValueError(f"a database key has {KEY_BYTES} bytes, not {len(key)}")
        # SQLCipher writes a wrong key to stderr otherwise.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    connection.execute("PRAGMA secure_delete = ON")
    if read_only:
        connection.execute("PRAGMA query_only = ON")


def set_durability(connection: Connection, path: Path) -> None:
    """Choose the journal by where the file lies; the first statement that reads the file.

    A local drive gets WAL and one flush per commit. Shared memory of WAL does not work over a
    network, so there it is a rollback journal with the folder flushed too (EXTRA).
    """
    if is_network_path(path):
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA synchronous = EXTRA")
    else:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")


_DRIVE_REMOTE = 4  # GetDriveTypeW, winbase.h
_NETWORK_FILE_SYSTEMS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs"})


def is_network_path(path: Path) -> bool:
    """True if the file lies on another computer: a UNC path, a mapped drive, an NFS or SMB mount.

    Where the system does not say, the place counts as local.
    """
    text = str(path)
    if text.startswith(("\\\\?\\UNC\\", "//")) or (
        text.startswith("\\\\") and not text.startswith(("\\\\?\\", "\\\\.\\"))
    ):
        return True
    if os.name == "nt":
        return _is_remote_drive(path)
    return _mounted_as(path) in _NETWORK_FILE_SYSTEMS


def _is_remote_drive(path: Path) -> bool:
    import ctypes

    root = Path(path).absolute().anchor
    windll: Any = getattr(ctypes, "windll")  # noqa: B009 - exists on Windows only
    return int(windll.kernel32.GetDriveTypeW(root)) == _DRIVE_REMOTE


def _mounted_as(path: Path, mounts: Path = Path("/proc/self/mounts")) -> str:
    """Kind of file system that holds the path, "" where Linux does not tell."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
        place = str(Path(path).resolve())
    except OSError:
        return ""
    best, kind = "", ""
    for line in lines:
        parts = line.split(" ")
        point = parts[1].replace("\\040", " ").rstrip("/") + "/"
        if (place + "/").startswith(point) and len(point) >= len(best):
            best, kind = point, parts[2]
    return kind


def sqlite_utils_database(connection: Connection) -> sqlite_utils.Database:
    """The connection as sqlite-utils sees it, for changing tables; loaded when first needed."""
    import sqlite_utils

    return sqlite_utils.Database(connection, execute_plugins=False)


def in_words(error: Exception, path: Path) -> Exception:
    """A `UserError` for what the officer can do something about, else the error itself."""
    if not isinstance(error, DriverError):
        return error
    kind = _KINDS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
    if kind is None:
        return error
    return kind[0](tr(kind[1]).format(path=path))


_KINDS: dict[int, tuple[type[UserError], str]] = {
    _FULL: (
        DiskFull,
        N_(
            "The drive is full, so nothing was saved; what was saved before is unchanged. "
            "Free some space on the drive of “{path}”, then save again."
        ),
    ),
    _READONLY: (
        ReadOnly,
        N_(
            "“{path}” may only be read, so nothing was saved. "
            "Move the data to a folder you may write to, or ask for the right to write there."
        ),
    ),
    _BUSY: (
        FileLocked,
        N_(
            "Another program is using “{path}”, so nothing was saved. "
            "Close it there or wait for it to finish, then save again."
        ),
    ),
    _CANTOPEN: (
        ReadOnly,
        N_(
            "“{path}” could not be opened. "
            "Check that the folder is there and that you may write to it, then try again."
        ),
    ),
    _IOERR: (
        UserError,
        N_(
            "“{path}” could not be read or written; what was saved before is unchanged. "
            "Check that the drive is plugged in and works, then try again."
        ),
    ),
    _NOT_A_DATABASE: (
        NotOurDatabase,
        N_(
            "“{path}” cannot be opened as data of this program: it is another kind of file, "
            "it is damaged, or the key file beside it belongs to other data. "
            "Take the newest backup, with its key file."
        ),
    ),
    _CORRUPT: (
        NotOurDatabase,
        N_("“{path}” is damaged. Nothing was changed in it. Take the newest backup."),
    ),
    _TOO_BIG: (
        LimitExceeded,
        N_("A text is longer than a field can hold, so nothing was saved. Shorten it."),
    ),
}
_KINDS[_LOCKED] = _KINDS[_BUSY]


def placeholders(values: Sequence[object]) -> str:
    """`?,?,?` for the values of an IN list."""
    return ",".join("?" * len(values))


def quoted(name: str) -> str:
    """A table or column name in double quotes. Raises ValueError for one that has quotes in it."""
    if '"' in name:
        raise ValueError(name)
    return f'"{name}"'
