"""The office's dated settings and its administrative unit, as they stood on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from desktop.schema.definition import Forms
from desktop.store.driver import Connection, OperationalError, Stored

OFFICE = "office"
"""Register of the dated settings (`forms/registers/office.toml`)."""
UNIT_COLUMNS = ("id", "code", "level", "name", "valid_from", "valid_to", "parent")


@dataclass(frozen=True)
class Unit:
    """One administrative unit, as of its validity."""

    id: str
    code: str
    level: str
    name: str
    valid_from: str
    valid_to: str
    parent: str


def office_in_force(connection: Connection, forms: Forms, day: str) -> dict[str, Stored] | None:
    """The row of `office` in force on an ISO day, or None: the newest that is not later."""
    columns = [column for field in forms.registers[OFFICE].fields for column in field.columns]
    listed = ", ".join(f'"{name}"' for name in ("id", *columns))
    row = connection.execute(
        f"SELECT {listed} FROM main.office WHERE valid_from <= ? AND deleted_at IS NULL "
        "ORDER BY valid_from DESC, created_at DESC LIMIT 1",
        (day,),
    ).fetchone()
    return dict(zip(("id", *columns), row, strict=True)) if row else None


def newest_name(connection: Connection) -> str:
    """What the office is called by its newest settings, in data of any version; "" if not said."""
    try:
        row = connection.execute(
            "SELECT body_name FROM main.office WHERE deleted_at IS NULL "
            "ORDER BY valid_from DESC, created_at DESC LIMIT 1"
        ).fetchone()
    except OperationalError:
        return ""
    return str(row[0] or "") if row else ""


def unit_of(connection: Connection, id: str) -> Unit | None:
    """The administrative unit with this id, or None."""
    listed = ", ".join(UNIT_COLUMNS)
    row = connection.execute(f"SELECT {listed} FROM main.admin_unit WHERE id = ?", (id,)).fetchone()
    return Unit(*(value or "" for value in row)) if row else None


def unit_by_code(connection: Connection, level: str, code: str, day: str) -> Unit | None:
    """The unit of a level that has the code on an ISO day, or None: codes are used again."""
    listed = ", ".join(UNIT_COLUMNS)
    row = connection.execute(
        f"SELECT {listed} FROM main.admin_unit WHERE level = ? AND code = ? "
        "AND coalesce(valid_from, '') <= ? AND (valid_to IS NULL OR valid_to >= ?)",
        (level, code, day, day),
    ).fetchone()
    return Unit(*(value or "" for value in row)) if row else None


def holidays(connection: Connection) -> frozenset[date]:
    """Days nobody works, from the register `holiday`."""
    rows = connection.execute("SELECT date FROM main.holiday WHERE deleted_at IS NULL")
    return frozenset(date.fromisoformat(str(row[0])) for row in rows)


def missing_fields(row: Mapping[str, Stored] | None, needed: Iterable[str]) -> tuple[str, ...]:
    """Names of `needed` that are empty in a row, all of them where there is no row."""
    return tuple(name for name in needed if row is None or not row.get(name))
