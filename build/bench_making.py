"""Makes what is measured: offices with invented people, files of clients."""

from __future__ import annotations

import json
import re
from pathlib import Path

from bench_offices import PASSWORD, PERSON, TODAY
from desktop.base.clock import FixedClock
from desktop.base.paths import Paths
from desktop.service.definitions import Definitions
from desktop.service.invented import invent, world_of
from desktop.service.invented.chance import stream
from desktop.service.invented.clients import draw, item_of
from desktop.service.invented.network import put_places, put_workers
from desktop.service.office import Setup, create_office
from desktop.service.workspace import Workspace

OFFICE = {
    "valid_from": "01/07/2025",
    "unit": "XA.13366.20250701",
    "body_name": "Ủy ban nhân dân phường Hà Nam",
    "superior_body": "Ủy ban nhân dân tỉnh Ninh Bình",
    "receiving_department": "Sở Y tế tỉnh Ninh Bình",
    "place_name": "Hà Nam",
    "calendar": "ND09",
    "document_number": "05",
    "document_symbol": "BC-UBND",
    "preparer": PERSON,
    "checker": PERSON,
    "authority": "KY",
    "signer_position": "CHỦ TỊCH",
    "signer": PERSON,
}


_TYPED_DAY = re.compile(r'"(\d\d)/(\d\d)/(\d{4})"')
"""Days as an officer types them; the file has them as the tables do."""


def make_office(
    folder: Path,
    clients: int,
    services_per_client: int,
    definitions: Definitions | None = None,
) -> Workspace:
    """A new office; with `clients` 0 nothing is invented. `definitions`: other than shipped."""
    setup = Setup(office=OFFICE, person=PERSON, password=PASSWORD)
    paths = Paths.from_arguments(folder)
    workspace = create_office(paths, setup, clock=FixedClock(TODAY), definitions=definitions)
    if clients:
        invent(workspace, clients, services_per_client=services_per_client)
    return workspace


def write_clients(workspace: Workspace, file: Path, count: int) -> None:
    """Put places and workers into the office, and clients that refer to them into a file."""
    world = world_of(workspace)
    put_places(world, count)
    put_workers(world, count, 2)
    chance = stream(world.seed, "clients")
    drawn = (draw(world, chance) for _ in range(count * 2))
    # Of a poor household, which the file does not have.
    fitting = (one for one in drawn if not one.group.poor)
    items = [item_of(world, chance, one) for one, _ in zip(fitting, range(count), strict=False)]
    text = json.dumps(items, ensure_ascii=False)
    file.write_text(_TYPED_DAY.sub(r'"\3-\2-\1"', text), encoding="utf-8")
