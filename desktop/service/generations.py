"""Which backups are kept: of 7 days, 8 weeks, 10 half-years, and before something big."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

DAYS, WEEKS, HALF_YEARS = 7, 8, 10
LAST_OF_EACH_OTHER_KIND = 3
_CLOCKS_DIFFER = timedelta(days=1)


@dataclass(frozen=True)
class Made:
    """One backup there is."""

    name: str
    at: datetime
    """Aware of its time zone."""
    every_day: bool
    """True for the daily ones, which only the generations keep."""
    kind: str = ""


def to_keep(made: Iterable[Made], now: datetime) -> set[str]:
    """Names of the backups to keep: the newest of each of the last days, weeks and half-years.

    Days, weeks and half-years without a backup do not count, so a computer that stood still for a
    year loses none. Of backups dated after `now` (the clock was wrong once) all are kept, and none
    takes the place of another.
    """
    past, kept = [], set[str]()
    for one in sorted(made, key=lambda each: each.at, reverse=True):
        if one.at > now + _CLOCKS_DIFFER:
            kept.add(one.name)
        else:
            past.append(one)
    for bucket, most in ((_day, DAYS), (_week, WEEKS), (_half_year, HALF_YEARS)):
        kept |= _newest_of_each(past, bucket, most)
    for kind in {one.kind for one in past if not one.every_day}:
        kept |= {one.name for one in [o for o in past if o.kind == kind][:LAST_OF_EACH_OTHER_KIND]}
    return kept


def _newest_of_each(
    newest_first: list[Made], bucket: Callable[[datetime], Hashable], most: int
) -> set[str]:
    first: dict[Hashable, str] = {}
    for one in newest_first:
        first.setdefault(bucket(one.at), one.name)
    return set(list(first.values())[:most])


def _day(at: datetime) -> Hashable:
    return at.date()


def _week(at: datetime) -> Hashable:
    return at.isocalendar()[:2]


def _half_year(at: datetime) -> Hashable:
    return at.year, at.month > 6
