"""Invented clients with their household, groups, disability, benefits and consent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from desktop.base.progress import Progress
from desktop.service.invented import benefits, households
from desktop.service.invented.chance import (
    Item,
    Weighted,
    age_on,
    day_between,
    stream,
    years_before,
)
from desktop.service.invented.groups import PICK, Group
from desktop.service.invented.names import OCCUPATIONS
from desktop.service.invented.people import MAN, WOMAN, Person, written
from desktop.service.invented.world import Client, World

CHUNK = 5000
"""Clients made and written at a time, so that any number fits into memory."""

_MARITAL_OLD = Weighted({"GOA": 45, "CO": 50, "CHUA": 3, "LY_HON": 2})
_MARITAL = Weighted({"CO": 60, "CHUA": 18, "LY_HON": 10, "GOA": 8, "LY_THAN": 4})
_RELIGION = Weighted({"00": 80, "01": 8, "02": 12})
_ETHNIC = Weighted({"01": 97, "06": 2, "03": 1})
_CAUSE = Weighted({"BAM_SINH": 40, "BENH": 35, "TAI_NAN_GT": 10, "TAI_NAN_LD": 8, "CHIEN_TRANH": 7})
_LEVEL = Weighted({"N": 55, "ĐBN": 20, "NHE": 25})
_TWIN = {"V18": "Đã đối chiếu giấy tờ: hai người khác nhau."}


@dataclass(slots=True)
class Drawn:
    """A client as drawn, before it is written down."""

    person: Person
    group: Group
    since: date
    until: date | None
    """Last day in care, None while it goes on."""
    died: date | None
    moved: date | None


def put_clients(world: World, count: int, progress: Progress) -> None:
    """Write `count` clients and their households."""
    chance = stream(world.seed, "clients")
    for start in range(0, count, CHUNK):
        progress("", start / count)
        drawn = [draw(world, chance) for _ in range(min(CHUNK, count - start))]
        homes = households.homes_of(world, chance, drawn)
        ids = world.put("household", (home.item for home in homes))
        items = [item_of(world, chance, one) for one in drawn]
        for home, id in zip(homes, ids, strict=True):
            for place, relation in home.members:
                items[place] |= {"household": id, "relation_to_head": relation}
        for one, id in zip(drawn, world.put("client", items), strict=True):
            world.clients.append(_known(world, one, id))


def draw(world: World, chance: Random) -> Drawn:
    """Somebody of some group, since some day."""
    group = PICK.pick(chance)
    sex = WOMAN if chance.random() < group.women else MAN
    since = day_between(chance, years_before(world.today, 6), world.today)
    oldest = years_before(since, group.oldest + 1) + timedelta(days=1)
    youngest = years_before(since, group.youngest)
    person = world.people.person(sex, day_between(chance, oldest, youngest))
    until = _end_of_childhood(group, person.birth, world.today)
    died = moved = None
    fate = chance.random()
    if fate < 0.06 and until is None:
        end = day_between(chance, max(since, world.first_day), world.today)
        elder = age_on(person.birth, world.today) >= 60
        died, moved = (end, None) if elder and fate < 0.045 else (None, end)
        until = end
    elif fate < 0.1 and until is None and not group.restricted:
        until = day_between(chance, max(since, world.first_day), world.today)
    return Drawn(person, group, since, until, died, moved)


def _end_of_childhood(group: Group, birth: date, today: date) -> date | None:
    """The day before the 16th birthday, if a group of children has ended by it."""
    if group.code not in ("01", "02", "03", "04") or age_on(birth, today) < 16:
        return None
    return years_before(birth, -16) - timedelta(days=1)


def _known(world: World, one: Drawn, id: str) -> Client:
    return Client(
        id=id,
        since=one.since,
        until=one.until or world.today,
        category=one.group.code,
        child=age_on(one.person.birth, world.today) < 16,
        in_care=one.until is None,
    )


def item_of(world: World, chance: Random, one: Drawn) -> Item:
    """The client as it is written down, without household."""
    person = one.person
    item: Item = {
        "full_name": person.name, "sex": person.sex, "current_unit": world.unit,
        "birth": _birth(chance, one, world.today), "hamlet": chance.choice(world.hamlets),
        "current_address": world.people.address(), "ethnic": _ETHNIC.pick(chance),
        "religion": _RELIGION.pick(chance), "_reasons": _TWIN,
        "client_category": [_category(one)],
    }  # fmt: skip
    age = age_on(person.birth, world.today)
    _papers(world, chance, item, person, age)
    if age < 16:
        _childhood(world, chance, item, person, age)
    else:
        _grown(world, chance, item, age)
    if one.group.restricted:
        item["keeper"] = chance.choice(world.workers)
    if one.died:
        item["death_date"] = written(one.died)
    if one.moved:
        item["moved_date"] = written(one.moved)
    _rows(chance, item, one, world.today)
    return item


def _birth(chance: Random, one: Drawn, today: date) -> str:
    """The whole day for the young; for old people often the year is all that is known."""
    birth = one.person.birth
    if age_on(birth, today) >= 62 and age_on(birth, one.since) >= 62 and chance.random() < 0.3:
        return str(birth.year)
    return written(birth)


def _papers(world: World, chance: Random, item: Item, person: Person, age: int) -> None:
    if age >= 14 or chance.random() < 0.8:
        if age >= 14 and chance.random() < 0.02:
            item["no_id_reason"] = chance.choice(("CHUA_CAP", "KHONG_NHO"))
        else:
            item["personal_no"] = world.people.personal_number(person)
    else:
        item["no_id_reason"] = "TRE_EM"


def _childhood(world: World, chance: Random, item: Item, person: Person, age: int) -> None:
    family = person.name.split()[0]
    mother = chance.random() < 0.5
    item["guardian_name"] = world.people.name(WOMAN if mother else MAN, "" if mother else family)
    item["guardian_relation"] = chance.choice(
        ("Mẹ", "Bà", "Dì") if mother else ("Bố", "Ông", "Bác")
    )
    if chance.random() < 0.6:
        item["guardian_phone"] = world.people.phone()
    if age >= 6:
        item["education"] = "TIEU_HOC" if age < 11 else "THCS"
        item["grade_now"] = f"Lớp {min(9, age - 5)}"
        item["school"] = f"Trường {'Tiểu học' if age < 11 else 'Trung học cơ sở'} {world.place}"
    elif age >= 3:
        item["education"] = "MAM_NON"


def _grown(world: World, chance: Random, item: Item, age: int) -> None:
    item["marital"] = (_MARITAL_OLD if age >= 60 else _MARITAL).pick(chance)
    if age < 20:
        item["marital"] = "CHUA"
    if chance.random() < 0.5:
        item["phone"] = world.people.phone()
    if chance.random() < 0.4:
        item["occupation"] = "Già yếu" if age >= 70 else chance.choice(OCCUPATIONS)
    if chance.random() < 0.2:
        item["income_month"] = chance.randint(5, 40) * 100_000


def _category(one: Drawn) -> Item:
    row: Item = {
        "category": one.group.code,
        "is_main": True,
        "date_from": written(one.since),
    }
    if one.group.sub:
        row["sub"] = one.group.sub
    if one.until is not None:
        row["date_to"] = written(max(one.until, one.since))
    return row


def _rows(chance: Random, item: Item, one: Drawn, today: date) -> None:
    if chance.random() < one.group.disabled:
        item["disability"] = [_disability(chance, one)]
    drawn = benefits.benefits_of(chance, one.group, one.person.birth, one.since, one.until, today)
    rows = list(drawn)
    if rows:
        item["benefit"] = rows
    if chance.random() < 0.3:
        child = age_on(one.person.birth, today) < 16
        item["consent"] = [
            {
                "given_by": "CHA_ME" if child else "BAN_THAN",
                "scope": ["LAP_HO_SO", "CHUYEN_TUYEN"], "date": written(one.since),
            }
        ]  # fmt: skip


def _disability(chance: Random, one: Drawn) -> Item:
    types = ["4"] if one.group.code == "08" else chance.sample(("1", "2", "3", "5", "6"), 1)
    return {
        "types": types, "level": _LEVEL.pick(chance), "cause": _CAUSE.pick(chance),
        "cert_no": f"{chance.randint(1, 400)}/GXN", "cert_date": written(one.since),
    }  # fmt: skip
