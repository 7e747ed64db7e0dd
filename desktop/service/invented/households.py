"""The households of invented clients, with how poor they are year by year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from desktop.service.invented.chance import Item, Weighted, age_on
from desktop.service.invented.people import MAN, WOMAN
from desktop.service.invented.world import World

if TYPE_CHECKING:
    from desktop.service.invented.clients import Drawn

_STATUS = Weighted({"KHONG": 82, "NGHEO": 6, "CAN_NGHEO": 8, "THOAT_NGHEO": 4})
_HOUSING = Weighted({"KIEN_CO": 45, "BAN_KIEN_CO": 35, "THIEU_KIEN_CO": 12, "DON_SO": 8})
_SHARE = 0.6
"""Clients of whom the household is known."""
_JOINS = 0.25
"""Of those, the ones who live with the client before."""


@dataclass(slots=True)
class Home:
    """A household and which clients of the chunk live in it."""

    item: Item
    members: list[tuple[int, str]] = field(default_factory=list)
    """(place among the clients, relation to the head)."""


def homes_of(world: World, chance: Random, drawn: Sequence[Drawn]) -> list[Home]:
    """Households for a part of these clients, and for all whose group asks for one."""
    homes: list[Home] = []
    for place, one in enumerate(drawn):
        wanted = one.group.poor
        if not wanted and chance.random() > _SHARE:
            continue
        if not wanted and homes and len(homes[-1].members) < 3 and chance.random() < _JOINS:
            homes[-1].members.append((place, "HO_HANG"))
            continue
        homes.append(_home(world, chance, one, place))
    return homes


def _home(world: World, chance: Random, one: Drawn, place: int) -> Home:
    status = one.group.poor or _STATUS.pick(chance)
    grown = age_on(one.person.birth, world.today) >= 18
    if grown and chance.random() < 0.7:
        head, born, relation = one.person.name, one.person.birth.year, "CHU_HO"
    else:
        family = one.person.name.split()[0]
        head = world.people.name(MAN if chance.random() < 0.7 else WOMAN, family)
        born, relation = world.today.year - chance.randint(30, 70), "HO_HANG" if grown else "CON"
    members = chance.randint(1 if relation == "CHU_HO" else 2, 7)
    years = range(min(one.since.year, world.today.year - 2), world.today.year + 1)
    item: Item = {
        "head_name": head, "head_birth_year": born, "commune": world.unit,
        "hamlet": chance.choice(world.hamlets), "members": members,
        "dependants": chance.randint(0, members), "housing": _HOUSING.pick(chance),
        "household_poverty": [
            {"year": year, "status": status, "region": "NONG_THON"} for year in years
        ],
    }  # fmt: skip
    return Home(item, [(place, relation)])
