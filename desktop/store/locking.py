"""One program per office: a lock file beside the database that says who has it open, and where.

The lock itself is the operating system's, so it ends with the program, however that ends.
"""

from __future__ import annotations

import getpass
import json
import os
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

from desktop.base.clock import Clock
from desktop.base.errors import FileLocked
from desktop.base.translate import tr

_LOCKED_BYTE = 1 << 30  # far behind the text, which others must be able to read on Windows


class OfficeLock:
    """Held from the constructor until `release`. Raises FileLocked if another program has it.

    A folder that cannot be written to needs no lock: nothing can be changed there.
    """

    def __init__(self, database: Path, clock: Clock) -> None:
        self._path = database.with_name(database.name + ".lock")
        self._file: IO[bytes] | None = None
        try:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
        except OSError:
            return
        self._file = os.fdopen(handle, "r+b")
        try:
            _lock(self._file)
        except OSError as error:
            self._file.close()
            self._file = None
            raise FileLocked(_who_has_it(self._path)) from error
        self._sign(clock)

    def _sign(self, clock: Clock) -> None:
        if self._file is None:
            return
        who = {
            "host": socket.gethostname(),
            "user": _account(),
            "pid": os.getpid(),
            "since": clock.now().isoformat(timespec="minutes"),
        }
        with suppress(OSError):
            self._file.seek(0)
            self._file.truncate()
            self._file.write(json.dumps(who, ensure_ascii=False).encode())
            self._file.flush()

    def release(self) -> None:
        """Let others open the office; a second call does nothing."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _who_has_it(path: Path) -> str:
    try:
        who = json.loads(path.read_bytes())
        return tr(
            "The data is open already: by {user} on the computer {host}, since {since}. "
            "Close it there, then open it here."
        ).format(user=who["user"], host=who["host"], since=who["since"].replace("T", " ")[:16])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return tr("The data is open in another program. Close it there, then open it here.")


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(_LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
