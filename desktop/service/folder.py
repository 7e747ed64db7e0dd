"""The data folder before it is opened: is there an office, who may sign in, and the key.

Imported by the sign-in page, so it stays light: nothing here loads the database driver.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.base.paths import Paths

DATABASE = "so-ctxh.db"
KEYS = "khoa.json"
JOURNAL_HEADS = "moc-nhat-ky.json"
RESTORING = "phuc-hoi"
"""Folder in which a restore makes its files ready."""


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

    Raises `WrongPassword`.
    """
    from desktop.store.keys import KeyFile

    return KeyFile(paths.data / KEYS).unlock(person.id, password)
