"""Looking at sensitive data: the reason for opening a restricted record, and the log of it all.

One `Access` serves every copy of a workspace (`Workspace.another`), on any thread. A reason opens
one record until the person signs out or the window locks. What carries a reason, and whatever
leaves the screen, is on the disk before it happens; plain looks are written a little later.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from enum import StrEnum
from threading import Lock
from typing import TYPE_CHECKING

from desktop.base.errors import UserError
from desktop.base.translate import tr
from desktop.store import access_log

if TYPE_CHECKING:
    from desktop.store.access_log import Seen
    from desktop.store.database import Database
    from desktop.store.driver import Connection

SHORTEST_REASON = 5
_WAITING_MOST = 50
_WAITING_SECONDS = 3.0


class Act(StrEnum):
    """What was done."""

    SIGN_IN = "sign_in"
    LOCK = "lock"
    VIEW = "view"
    LIST = "list"
    OPEN = "open"
    """A restricted record was opened with a reason."""
    COPY = "copy"
    PRINT = "print"
    EXPORT = "export"


class ReasonNeeded(UserError):
    """The record is restricted: ask why it is opened, `Access.open` it, and try again."""

    def __init__(self, register: str, id: str) -> None:
        self.register = register
        self.id = id
        super().__init__(tr("This is a restricted file. Say why you open it."))


class Access:
    """Made by `Workspace`, closed with the one that made it."""

    def __init__(
        self, database: Database, *, person: str, host: str, now: Callable[[], str]
    ) -> None:
        self._database = database
        self._person = person
        self._host = host
        self._now = now
        self._opened: set[tuple[str, str]] = set()
        self._typed: set[tuple[str, str]] = set()
        self._looked: set[tuple[str, str]] = set()
        self._waiting: list[Seen] = []
        self._waits_since = 0.0
        self._log: Connection | None = None
        self._lock = Lock()

    # Restricted records

    def is_open(self, register: str, id: str) -> bool:
        """True once a reason was given for this record."""
        return (register, id) in self._opened

    def open(self, register: str, id: str, reason: str) -> None:
        """Open a restricted record for this sitting; logged before it is shown.

        Raises UserError for a reason of fewer than `SHORTEST_REASON` letters, and for what keeps
        the log from being written: then the record stays closed. That the person's role may open
        it is asked when it is read.
        """
        reason = reason.strip()
        if len(reason) < SHORTEST_REASON:
            raise UserError(tr("Write in a few words why the restricted file is opened."))
        self.note(Act.OPEN, register, [id], reason=reason)
        self._opened.add((register, id))

    def was_typed(self, register: str, id: str) -> bool:
        """True if the person saved this record in this sitting."""
        return (register, id) in self._typed

    def let_in(self, register: str, id: str) -> None:
        """Take a record as known to the person, whatever the role: she has just saved it."""
        self._typed.add((register, id))

    def close_all(self) -> None:
        """Ask for reasons again: the window has locked."""
        self._opened.clear()
        self._typed.clear()
        self._looked.clear()

    # The log

    def look(self, register: str, id: str) -> None:
        """Note that a record with sensitive fields is shown, once in a sitting."""
        if (register, id) not in self._looked:
            self._looked.add((register, id))
            self.note(Act.VIEW, register, [id])

    def note(
        self,
        act: Act,
        register: str,
        ids: Sequence[str] = (),
        *,
        count: int = 0,
        reason: str = "",
        what: str = "",
    ) -> None:
        """Put one row into the log; `count` where it is more than `ids` says.

        Raises `UserError`s of the disk for what leaves the screen or needs a reason: then it must
        not be done. Looks wait for a better time, also where the folder can only be read.
        """
        row = access_log.Seen(
            at=self._now(), by=self._person, host=self._host, act=str(act), register=register,
            ids=tuple(ids), count=count or len(ids), reason=reason, what=what,
        )  # fmt: skip
        with self._lock:
            if not self._waiting:
                self._waits_since = time.monotonic()
            self._waiting.append(row)
            if act in (Act.OPEN, Act.COPY, Act.PRINT, Act.EXPORT):
                self._write_or_forget(row)
            elif (
                len(self._waiting) >= _WAITING_MOST
                or time.monotonic() - self._waits_since >= _WAITING_SECONDS
            ):
                with suppress(UserError):
                    self._write()

    def flush(self) -> None:
        """Write what waits; what cannot be written goes on waiting."""
        with self._lock, suppress(UserError):
            self._write()

    def close(self) -> None:
        """Write what waits and let the file go; a second call does nothing."""
        self.flush()
        with self._lock:
            if self._log is not None:
                self._log.close()
                self._log = None

    def _write_or_forget(self, row: Seen) -> None:
        try:
            self._write(sure=True)
        except UserError:
            self._waiting.remove(row)
            raise

    def _write(self, *, sure: bool = False) -> None:
        """`sure`: wait for another writer, and for the disk."""
        if not self._waiting:
            return
        if self._log is None:
            self._log = self._database.log_connection()
        log = self._log
        access_log.begin(log, sure=sure)
        try:
            access_log.add(log, self._waiting)
            log.execute("COMMIT")
        except BaseException:
            if log.in_transaction:
                log.execute("ROLLBACK")
            raise
        self._waiting.clear()
