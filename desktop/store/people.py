"""Who may do what: the people of the office and their roles, inside the encrypted data.

The key file beside the data (`store.keys`) only wraps the key: whatever is written into it changes
nobody's roles. The row is made before the entry of the key file, so that nobody has a key and no
row; an office of before had no rows, and its people did everything.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.store.driver import Connection

OWN_TABLES: tuple[str, ...] = (
    """CREATE TABLE IF NOT EXISTS office_person (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  roles TEXT NOT NULL,
  must_change INTEGER NOT NULL,
  added_at TEXT NOT NULL,
  disabled_at TEXT
) STRICT""",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """One person, as stored."""

    id: str
    name: str
    roles: tuple[str, ...]
    must_change: bool = False
    """True while the password is one that somebody else gave."""
    added_at: str = ""
    disabled_at: str | None = None


def all_people(connection: Connection) -> list[PersonRow]:
    """Everybody in the order they were added, those who may no longer sign in too."""
    found = connection.execute(
        "SELECT id, name, roles, must_change, added_at, disabled_at FROM main.office_person "
        "ORDER BY added_at, rowid"
    )
    return [
        PersonRow(
            id=id, name=name, roles=tuple(roles.split()), must_change=bool(must),
            added_at=added, disabled_at=disabled,
        )
        for id, name, roles, must, added, disabled in found.fetchall()
    ]  # fmt: skip


def put_person(connection: Connection, person: PersonRow) -> None:
    """Write a person anew or over what was there, inside the caller's transaction."""
    connection.execute(
        "INSERT INTO main.office_person VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
        "name = excluded.name, roles = excluded.roles, must_change = excluded.must_change, "
        "disabled_at = excluded.disabled_at",
        (
            person.id, person.name, _joined(person.roles), int(person.must_change),
            person.added_at, person.disabled_at,
        ),
    )  # fmt: skip


def _joined(roles: Iterable[str]) -> str:
    return " ".join(sorted(roles))
