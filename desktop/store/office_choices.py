"""The office's choices where a text leaves room (forms/reports/settings.toml: A1–A7 …)."""

from __future__ import annotations

from desktop.store.driver import Connection

OWN_TABLES: tuple[str, ...] = (
    """CREATE TABLE IF NOT EXISTS office_choice (
  code TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL,
  at TEXT NOT NULL,
  "by" TEXT NOT NULL
) STRICT""",
)


def choices(connection: Connection) -> dict[str, str]:
    """Value by code of the settings somebody has set; the others have their default."""
    return dict(connection.execute("SELECT code, value FROM main.office_choice").fetchall())


def choose(connection: Connection, code: str, value: str, *, at: str, by: str) -> None:
    """Set one, inside the caller's transaction; "" goes back to the default."""
    if value:
        connection.execute(
            "INSERT INTO main.office_choice VALUES (?, ?, ?, ?) "
            "ON CONFLICT (code) DO UPDATE SET value = excluded.value, at = excluded.at, "
            '"by" = excluded."by"',
            (code, value, at, by),
        )
    else:
        connection.execute("DELETE FROM main.office_choice WHERE code = ?", (code,))
