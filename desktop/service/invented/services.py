"""What invented clients were given: many of them a little, some of them much."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import accumulate
from random import Random

from desktop.base.progress import Progress
from desktop.service.invented.casework import Case
from desktop.service.invented.chance import Item, Weighted, day_between, stream
from desktop.service.invented.groups import SERVICES, needs_of
from desktop.service.invented.people import written
from desktop.service.invented.world import Client, World

CHUNK = 20_000
"""Services made and written at a time."""

_FUND = Weighted({"NSĐP": 55, "XHH": 22, "NSTW": 12, "CTMT": 8, "NN": 3})
_PLACE = Weighted({"NHA": 55, "XA": 30, "CO_SO": 8, "DIEN_THOAI": 7})
_SATISFIED = Weighted({"HAI_LONG": 70, "BINH_THUONG": 25, "KHONG_HAI_LONG": 5})
_PROGRAMME = {"child": "TRE_EM", "old": "NCT", "disabled": "NKT", "poor": "GIAM_NGHEO"}


def put_services(world: World, cases: list[Case], count: int, progress: Progress) -> None:
    """Write exactly `count` services."""
    chance = stream(world.seed, "services")
    served = [c for c in world.clients if max(c.since, world.first_day) <= c.until]
    steps = list(accumulate(chance.paretovariate(2.0) for _ in served))
    open_cases = {case.client.id: case for case in cases if case.planned}
    for start in range(0, count if served else 0, CHUNK):
        progress("", start / count)
        chosen = chance.choices(served, cum_weights=steps, k=min(CHUNK, count - start))
        world.put("service_event", _items(world, chance, chosen, open_cases))


def _items(
    world: World, chance: Random, chosen: list[Client], cases: dict[str, Case]
) -> Iterator[Item]:
    for client in chosen:
        first = max(client.since, world.first_day)
        case = cases.get(client.id)
        if case is None or chance.random() < 0.3:
            yield _item(world, chance, client, day_between(chance, first, client.until))
            continue
        planned, end = case.planned or case.opened, case.closed or client.until
        item = _item(world, chance, client, day_between(chance, planned, end))
        yield item | {"case_record": case.id, "provider_worker": case.manager}


def _item(world: World, chance: Random, client: Client, day: date) -> Item:
    needs = needs_of(client.category)
    service = SERVICES[needs].pick(chance)
    item: Item = {
        "client": client.id, "date": written(day), "service": service,
        "fund_source": _FUND.pick(chance), "place": _PLACE.pick(chance),
    }  # fmt: skip
    if chance.random() < 0.85:
        item["provider_worker"] = chance.choice(world.workers)
    else:
        item["provider_org"] = chance.choice(world.organizations["BENHVIEN"])
    if service == "VATCHAT":
        item["value"] = chance.randint(2, 20) * 100_000
    elif chance.random() < 0.3:
        item["duration_min"] = chance.choice((15, 30, 45, 60, 90))
    if chance.random() < 0.2:
        item["satisfied"] = _SATISFIED.pick(chance)
    if needs in _PROGRAMME and chance.random() < 0.3:
        item["programme"] = _PROGRAMME[needs]
    return item
