"""The data folder before it is opened: is there an office, who may sign in, and the key.

Imported by the sign-in page, so it stays light: nothing here loads the database driver.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.base.errors import UserError, WrongPassword
from desktop.base.translate import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.base.paths import Paths

DATABASE = "so-ctxh.db"
KEYS = "khoa.json"
TRIES = "lan-thu.json"
JOURNAL_HEADS = "moc-nhat-ky.json"
RESTORING = "phuc-hoi"
"""Folder in which a restore makes its files ready."""


class TooManyTries(UserError):
    """Wrong passwords have to be waited for before the next try."""


@dataclass(frozen=True)
class Person:
    """Who may sign in."""

    id: str
    name: str


def has_office(paths: Paths) -> bool:
    """True if the data folder holds an office already."""
    return (paths.data / DATABASE).exists()


def finish_restore(paths: Paths) -> None:
    """Finish a restore that was killed half-way, before anything is opened; costs nothing if there
    is none. Raises `UserError`s of the disk."""
    if (paths.data / RESTORING).exists():
        from desktop.service.restoring import finish_interrupted

        finish_interrupted(paths)


def people(paths: Paths) -> list[Person]:
    """Who may sign in, in the order they were added. Raises `UserError` for a damaged file."""
    from desktop.store.keys import KeyFile

    return [Person(one.id, one.name) for one in KeyFile(paths.data / KEYS).people()]


def unlock(paths: Paths, person: Person, password: str) -> bytes:
    """The database key. Slow on purpose (argon2id): a window asks on another thread.

    Raises `WrongPassword`, `TooManyTries` while the wrong tries before have not been waited for.
    """
    from desktop.store.keys import KeyFile

    with counted_try(paths, person.id):
        return KeyFile(paths.data / KEYS).unlock(person.id, password)


@contextmanager
def counted_try(paths: Paths, who: str) -> Iterator[None]:
    """One try of a secret of `who`: too soon after wrong ones it raises `TooManyTries`, and
    `WrongPassword` in the body makes the next wait longer."""
    from desktop.store.tries import Tries

    tries = Tries(paths.data / TRIES)
    seconds = tries.seconds_to_wait(who)
    if seconds:
        raise TooManyTries(
            tr("Too many wrong tries. Wait {seconds} seconds, then try again.").format(
                seconds=seconds
            )
        )
    try:
        yield
    except WrongPassword:
        tries.failed(who)
        raise
    tries.succeeded(who)


def has_recovery_code(paths: Paths) -> bool:
    """True if a recovery code was made. Raises `UserError` for a damaged key file."""
    from desktop.store.keys import KeyFile

    return KeyFile(paths.data / KEYS).has_recovery()
