"""Invented persons: name, sex, day of birth and what follows from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from desktop.base.text import fold
from desktop.service.invented import names
from desktop.service.invented.chance import Weighted

MAN, WOMAN = "NAM", "NU"

_FAMILY = Weighted(names.FAMILY)
_MIDDLE = {MAN: Weighted(names.MIDDLE_MEN), WOMAN: Weighted(names.MIDDLE_WOMEN)}
_GIVEN = {MAN: names.GIVEN_MEN, WOMAN: names.GIVEN_WOMEN}
_PROVINCE_OF_BIRTH = Weighted({"035": 80, "037": 9, "036": 6, "001": 2, "033": 2, "034": 1})
"""Codes of Thông tư 07/2016/TT-BCA: Hà Nam, Ninh Bình, Nam Định and their neighbours."""
_NUMBERS = 899_999
"""Last six digits given here; those above are for samples entered by hand."""
_TRIES = 20


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who does not exist."""

    name: str
    sex: str
    birth: date


class People:
    """Draws persons; no two of one name born within a year of each other, as far as it goes."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._taken: set[tuple[str, int]] = set()
        self._last_number: dict[str, int] = {}

    def name(self, sex: str, family: str = "") -> str:
        """A full name."""
        chance = self._chance
        given = chance.choice(_GIVEN[sex])
        return f"{family or _FAMILY.pick(chance)} {_MIDDLE[sex].pick(chance)} {given}"

    def person(self, sex: str, birth: date, family: str = "") -> Person:
        """Somebody of that sex and day of birth."""
        for _ in range(_TRIES):
            name = self.name(sex, family)
            key = fold(name)
            if not any((key, birth.year + near) in self._taken for near in (-1, 0, 1)):
                break
        self._taken.add((fold(name), birth.year))
        return Person(name, sex, birth)

    def personal_number(self, person: Person) -> str:
        """Twelve digits that agree with sex and year of birth, never given twice."""
        century = 2 if person.birth.year >= 2000 else 0
        digit = century + (person.sex == WOMAN)
        head = f"{_PROVINCE_OF_BIRTH.pick(self._chance)}{digit}{person.birth.year % 100:02}"
        last = self._last_number.get(head)
        if last is None:
            last = self._chance.randrange(_NUMBERS)
        number = last % _NUMBERS + 1
        self._last_number[head] = number
        return f"{head}{number:06}"

    def phone(self) -> str:
        """A mobile number of today's form."""
        prefix = self._chance.choice(names.MOBILE_PREFIXES)
        return f"{prefix}{self._chance.randrange(10**7):07}"

    def address(self) -> str:
        """House, lane and street."""
        chance = self._chance
        street = chance.choice(names.STREETS)
        return f"Số {chance.randint(1, 180)}, ngõ {chance.randint(1, 60)}, đường {street}"


def written(day: date) -> str:
    """As an officer types it."""
    return f"{day.day:02}/{day.month:02}/{day.year}"
