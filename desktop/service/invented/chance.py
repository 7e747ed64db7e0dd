"""Seeded chance: weighted choices and days, the same for the same seed on every machine."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")

Item = dict[str, object]
"""A record as `put_records` takes it."""


class Weighted(Generic[T]):
    """Things to choose from, each with how often it comes."""

    def __init__(self, weights: Mapping[T, float]) -> None:
        self._things = list(weights)
        self._steps = list(accumulate(weights.values()))

    def pick(self, chance: Random) -> T:
        """One of them."""
        return chance.choices(self._things, cum_weights=self._steps)[0]


def stream(seed: int, part: str) -> Random:
    """Chance for one part of the work: other parts may change without changing this one."""
    return Random(f"{seed} {part}")


def day_between(chance: Random, first: date, last: date) -> date:
    """A day of an interval, its ends included; `first` where it is empty."""
    span = (last - first).days
    return first + timedelta(days=chance.randint(0, span)) if span > 0 else first


def years_before(day: date, years: int) -> date:
    """The same day some years ago; 28 February for the 29th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def age_on(birth: date, day: date) -> int:
    """Whole years."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
