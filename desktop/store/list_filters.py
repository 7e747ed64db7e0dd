"""Filters of lists that a person keeps under a name. In the database, for they may hold names."""

from __future__ import annotations

from desktop.store.driver import Connection

OWN_TABLES: tuple[str, ...] = (
    """CREATE TABLE IF NOT EXISTS list_filter (
  person TEXT NOT NULL,
  register TEXT NOT NULL,
  name TEXT NOT NULL,
  filters TEXT NOT NULL,
  PRIMARY KEY (person, register, name)
) STRICT""",
)


def kept_filters(connection: Connection, person: str, register: str) -> dict[str, str]:
    """JSON by name, of one person and register."""
    rows = connection.execute(
        "SELECT name, filters FROM main.list_filter WHERE person = ? AND register = ?",
        (person, register),
    )
    return dict(rows.fetchall())


def keep_filters(
    connection: Connection, person: str, register: str, name: str, filters: str
) -> None:
    """Keep, or replace; inside the caller's transaction."""
    connection.execute(
        "INSERT INTO main.list_filter VALUES (?, ?, ?, ?) "
        "ON CONFLICT (person, register, name) DO UPDATE SET filters = excluded.filters",
        (person, register, name, filters),
    )


def forget_filters(connection: Connection, person: str, register: str, name: str) -> None:
    """Keep it no more; inside the caller's transaction."""
    connection.execute(
        "DELETE FROM main.list_filter WHERE person = ? AND register = ? AND name = ?",
        (person, register, name),
    )
