"""The office as it stood on a day: who reports, to whom, and who signs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from desktop.store import office_rows
from desktop.store.office_rows import OFFICE, Unit

if TYPE_CHECKING:
    from desktop.schema.definition import Forms
    from desktop.store.driver import Connection, Stored

NEEDED = (
    "unit",
    "body_name",
    "superior_body",
    "receiving_department",
    "place_name",
    "document_number",
    "document_symbol",
    "preparer",
    "checker",
    "signer",
    "signer_position",
    "authority",
    "calendar",
)
"""Fields of `office` without which no report goes out (first run, issue "The main job")."""


@dataclass(frozen=True)
class OfficeOfPeriod:
    """The settings in force on one day."""

    id: str
    unit: Unit
    values: Mapping[str, Stored] = field(default_factory=dict)
    """Columns of the register `office`."""
    missing: tuple[str, ...] = ()
    """Labels of what is needed for a report and not filled in."""

    @property
    def unit_id(self) -> str:
        return self.unit.id

    @property
    def name(self) -> str:
        """As the title bar says it: "UBND phường Hà Nam"."""
        return str(self.values.get("body_name") or self.unit.name)


def office_on(connection: Connection, forms: Forms, day: date) -> OfficeOfPeriod | None:
    """The office's settings in force on a day, or None where there are none yet."""
    row = office_rows.office_in_force(connection, forms, day.isoformat())
    if row is None:
        return None
    unit = office_rows.unit_of(connection, str(row["unit"]))
    if unit is None:
        return None
    register = forms.registers[OFFICE]
    names = office_rows.missing_fields(row, NEEDED)
    missing = tuple(register.field(name).label for name in names)
    return OfficeOfPeriod(str(row["id"]), unit, row, missing)
