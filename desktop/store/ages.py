"""Ages in completed years from birth dates known only in part (`domain` A7), and spans of time.

Whole-number arithmetic; what is no date gives None, so that a rule which asks passes.
"""

from __future__ import annotations

from datetime import date, datetime

_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def counted_age(year: int | None, month: int | None, day: int | None, on: str | None) -> int | None:
    """Completed years on `on` (ISO), unknown parts taken as January and the 1st."""
    return oldest_age(year, month, day, on)


def oldest_age(year: int | None, month: int | None, day: int | None, on: str | None) -> int | None:
    """Greatest age any possible birthday gives; negative before birth."""
    if month is None:
        return _age(year, 1, 1, on) if day is None else None
    return _age(year, month, 1 if day is None else day, on)


def youngest_age(
    year: int | None, month: int | None, day: int | None, on: str | None
) -> int | None:
    """Least age any possible birthday gives; negative before birth."""
    if month is None:
        return _age(year, 12, 31, on) if day is None else None
    if day is not None or year is None:
        return _age(year, month, day, on)
    if not 1 <= month <= 12:
        return None
    last = 28 if month == 2 and not _is_leap(year) else _DAYS[month - 1]
    return _age(year, month, last, on)


def _age(year: int | None, month: int, day: int | None, on: str | None) -> int | None:
    if year is None or day is None or on is None:
        return None
    try:
        then = date.fromisoformat(on[:10])
        date(year, month, day)
    except (TypeError, ValueError, OverflowError):
        return None
    return then.year - year - ((then.month, then.day) < (month, day))


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_between(first: str | None, second: str | None) -> int | None:
    """Days from the date of `first` to that of `second`, negative if it lies before."""
    start, end = _day(first), _day(second)
    return None if start is None or end is None else (end - start).days


def hours_between(first: str | None, second: str | None) -> float | None:
    """Hours from one ISO moment to another; None if a time of day is missing."""
    start, end = _moment(first), _moment(second)
    return None if start is None or end is None else (end - start).total_seconds() / 3600


def year_of(text: str | None) -> int | None:
    """Year of an ISO date or moment."""
    day = _day(text)
    return None if day is None else day.year


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text[:10])
    except (TypeError, ValueError):
        return None


def _moment(text: str | None) -> datetime | None:
    if not isinstance(text, str) or len(text) <= len("yyyy-mm-dd"):
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None
