"""Invented people of any number, for trying and measuring: the same for the same seed.

Everything is written through `put`, so that all of it passes the rules of the window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.base.errors import UserError
from desktop.base.progress import Progress, share, silent
from desktop.base.translate import tr
from desktop.service.invented.activities import put_activities
from desktop.service.invented.casework import put_casework
from desktop.service.invented.chance import stream
from desktop.service.invented.clients import put_clients
from desktop.service.invented.network import put_places, put_trainings, put_workers
from desktop.service.invented.people import People
from desktop.service.invented.services import put_services
from desktop.service.invented.world import World

if TYPE_CHECKING:
    from desktop.service.workspace import Workspace

SEED = 20260614
COLLABORATORS = 2
"""Cộng tác viên of a commune that has nobody yet (Thông tư 07/2013: one or two)."""
_COMMUNE = "XA"


def invent(
    workspace: Workspace,
    clients: int,
    *,
    seed: int = SEED,
    services_per_client: int = 5,
    progress: Progress = silent,
) -> None:
    """Fill a commune's office with `clients` invented clients and what goes with them.

    Once per office: a second time some personal numbers could come again, and be refused. Raises
    `UserError` for an office that is no commune, `Cancelled` from `progress`.
    """
    world = world_of(workspace, seed)
    progress(tr("Inventing hamlets, organisations and workers…"), 0.0)
    put_places(world, clients)
    put_workers(world, clients, 0 if workspace.lookups.count("worker") else COLLABORATORS)
    put_trainings(world)
    put_activities(world)
    put_clients(world, clients, _named(share(progress, 0.02, 0.45), tr("Inventing clients…")))
    progress(tr("Inventing cases…"), 0.45)
    cases = put_casework(world)
    rest = _named(share(progress, 0.5, 1.0), tr("Inventing services…"))
    put_services(world, cases, clients * services_per_client, rest)
    progress(tr("Inventing services…"), 1.0)


def world_of(workspace: Workspace, seed: int = SEED) -> World:
    """The office with nothing invented yet. Raises `UserError` for one that is no commune."""
    office = workspace.office_on(workspace.today)
    if office is None or office.unit.level != _COMMUNE:
        raise UserError(tr("People can only be invented for the office of a commune."))
    return World(
        workspace=workspace,
        seed=seed,
        people=People(stream(seed, "people")),
        unit=office.unit_id,
        place=str(office.values.get("place_name") or office.unit.name),
        today=workspace.today,
    )


def _named(parent: Progress, name: str) -> Progress:
    def report(text: str, done: float, /) -> None:
        parent(text or name, done)

    return report
