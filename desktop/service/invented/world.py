"""What the invented records of one office share: place, time, ids of what was put before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from desktop.base.errors import UserError
from desktop.base.progress import Progress, silent
from desktop.base.translate import tr
from desktop.service.invented.chance import Item
from desktop.service.invented.people import People
from desktop.service.putting import put_records

if TYPE_CHECKING:
    from desktop.service.workspace import Workspace

FIRST_DAY = date(2024, 1, 1)
"""Services and cases begin here."""
_TOLD = 5


@dataclass(slots=True)
class Client:
    """What the records about a client need to know of them."""

    id: str
    since: date
    """First day in care."""
    until: date
    """Last day in care, today if that has not ended."""
    category: str
    child: bool
    in_care: bool
    """Still, today."""


@dataclass
class World:
    """One office being filled."""

    workspace: Workspace
    seed: int
    people: People
    unit: str
    place: str
    """Name of the commune without its kind."""
    today: date
    hamlets: list[str] = field(default_factory=list)
    organizations: dict[str, list[str]] = field(default_factory=dict)
    """Ids by code of list LOAIDV."""
    workers: list[str] = field(default_factory=list)
    clients: list[Client] = field(default_factory=list)

    @property
    def unit_since(self) -> date:
        """Since when the commune is what it is: its id ends with that day."""
        since = self.unit.split(".")[-1]
        day = date(int(since[:4]), int(since[4:6]), int(since[6:8])) if since else FIRST_DAY
        return min(day, self.today)

    def place_on(self, day: date) -> str | None:
        """Id of the commune, if it was there on that day."""
        return self.unit if self.unit_since <= day else None

    @property
    def first_day(self) -> date:
        """Where the invented history begins."""
        return min(FIRST_DAY, self.today)

    def put(self, register: str, items: Iterable[Item], progress: Progress = silent) -> list[str]:
        """Write records; returns their ids. Raises `UserError` if the rules refuse one."""
        result = put_records(self.workspace, register, items, progress)
        if result.problems:
            told = "\n".join(
                f"{register} {index}: {problem.number} {problem.message}"
                for index, problem in result.problems[:_TOLD]
            )
            raise UserError(
                tr("The invented records do not fit the rules:\n{told}").format(told=told)
            )
        return result.ids
