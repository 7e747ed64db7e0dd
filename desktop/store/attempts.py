"""A part of a transaction that can be taken back alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from desktop.base.errors import UserError
from desktop.store.driver import Connection, DriverError


@contextmanager
def attempt(connection: Connection) -> Iterator[None]:
    """What the body writes stays in the caller's transaction, unless the body raises."""
    connection.execute("SAVEPOINT attempt")
    try:
        yield
    except BaseException:
        # After a full disk SQLite has rolled the whole transaction back by itself.
        with suppress(DriverError, UserError):
            connection.execute("ROLLBACK TO attempt")
            connection.execute("RELEASE attempt")
        raise
    connection.execute("RELEASE attempt")
