"""Dates as officers type them, birth dates known only in part, and the ages that follow.

Stored form is ISO text. Nothing is ever filled in: a date that is not whole stays in parts.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime

from desktop.base.errors import UserError
from desktop.base.translate import tr

FIRST_YEAR, LAST_YEAR = 1900, 2100
_TODAY = "h"  # hôm nay
_DATE = re.compile(r"(?:(?:(\d{1,2})\s*[/.\- ]\s*)?(\d{1,2})\s*[/.\- ]\s*)?(\d{1,4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_TIME = re.compile(r"(\d{1,2})\s*(?:[:hg.])\s*(\d{2})?(?::\d{2}(?:\.\d+)?)?", re.IGNORECASE)


class InvalidDate(UserError):
    """What was typed is no date; the message says why and how to type it."""


@dataclass(frozen=True)
class PartialDate:
    """A date of which the day, or the day and the month, may be unknown."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        return format_partial(self.year, self.month, self.day)

    @property
    def iso(self) -> str | None:
        """ISO text if the whole date is known."""
        if self.month is None or self.day is None:
            return None
        return f"{self.year:04}-{self.month:02}-{self.day:02}"


def parse_partial(text: str, today: date) -> PartialDate:
    """Read `1980`, `06/1980`, `061980`, `15/6/1980`, `15061980`, `1980-06-15` or `h` (today).

    Raises InvalidDate with the reason.
    """
    text = text.strip()
    if text.lower() == _TODAY:
        return PartialDate(today.year, today.month, today.day)
    day, month, year = _numbers(text)
    return _checked(day, month, year)


def parse_date(text: str, today: date) -> str:
    """Like `parse_partial`, but the day must be there; ISO text. Raises InvalidDate."""
    iso = parse_partial(text, today).iso
    if iso is None:
        raise InvalidDate(tr("The day is missing: type day, month and year, as 15/06/1980."))
    return iso


def parse_moment(text: str, now: datetime) -> str:
    """Date and time as `2026-06-15T08:30`, from `15/6/2026 8:30`, `15062026 8h30` or `h` (now).

    Raises InvalidDate; the time must be given, midnight is never assumed.
    """
    text = text.strip()
    if text.lower() == _TODAY:
        return now.strftime("%Y-%m-%dT%H:%M")
    day_text, _, time_text = text.replace("T", " ").rpartition(" ")
    found = _TIME.fullmatch(time_text)
    if not found or not day_text:
        raise InvalidDate(tr("The time is missing: type date and time, as 15/06/2026 8:30."))
    hour, minute = int(found[1]), int(found[2] or 0)
    if hour > 23 or minute > 59:
        raise InvalidDate(tr("There is no time {time}.").format(time=time_text))
    return f"{parse_date(day_text, now.date())}T{hour:02}:{minute:02}"


def _numbers(text: str) -> tuple[int | None, int | None, int]:
    if iso := _ISO.fullmatch(text):
        return int(iso[3]), int(iso[2]), int(iso[1])
    if len(text) in (6, 8) and text.isascii() and text.isdigit():
        text = f"{text[-8:-6]}/{text[-6:-4]}/{text[-4:]}".lstrip("/")
    found = _DATE.fullmatch(text)
    if not found or not text.isascii():
        raise InvalidDate(
            tr("“{text}” is not a date. Type day/month/year, as 15/06/1980 or 15061980.").format(
                text=text
            )
        )
    if len(found[3]) != 4 or (found[2] and found[3] < "1000"):  # 150680 is 15/06/80
        raise InvalidDate(tr("Type the year with four digits, as 15/06/1980."))
    return _number(found[1]), _number(found[2]), int(found[3])


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _checked(day: int | None, month: int | None, year: int) -> PartialDate:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InvalidDate(
            tr("The year {year} cannot be right: it must lie between {first} and {last}.").format(
                year=year, first=FIRST_YEAR, last=LAST_YEAR
            )
        )
    if day == 0 or month == 0:
        raise InvalidDate(
            tr("There is no day or month 00. If only the year is known, type {year}.").format(
                year=year
            )
        )
    if month is not None and month > 12:
        raise InvalidDate(tr("There is no month {month}.").format(month=month))
    if day is not None and month is not None and day > calendar.monthrange(year, month)[1]:
        raise InvalidDate(
            tr("{month:02}/{year} has only {days} days, so there is no day {day}.").format(
                month=month, year=year, days=calendar.monthrange(year, month)[1], day=day
            )
        )
    return PartialDate(year, month, day)


def format_date(iso: str) -> str:
    """ISO date, or ISO moment, as `15/06/1980`, `15/06/2026 08:30`; "" stays ""."""
    if not iso:
        return ""
    shown = f"{iso[8:10]}/{iso[5:7]}/{iso[:4]}"
    return f"{shown} {iso[11:16]}" if len(iso) > 10 else shown


def format_partial(year: int, month: int | None = None, day: int | None = None) -> str:
    """`1980`, `06/1980` or `15/06/1980`: as much as is known."""
    if month is None:
        return f"{year:04}"
    return f"{month:02}/{year:04}" if day is None else f"{day:02}/{month:02}/{year:04}"


def age_on(birth: date, on: date) -> int:
    """Full years of age; who was born on 29/2 grows older on 1/3 of a common year."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def age_range(year: int, month: int | None, day: int | None, on: date) -> tuple[int, int]:
    """The least and the greatest full age over every birthday that is possible on the day `on`.

    A birthday after `on` is not possible while an earlier one is; a birth that can only lie in
    the future gives negative ages.
    """
    first = date(year, month or 1, day or 1)
    last_month = month or 12
    last = date(year, last_month, day or calendar.monthrange(year, last_month)[1])
    if first <= on < last:
        last = on
    return age_on(last, on), age_on(first, on)


def age_counted(year: int, month: int | None, day: int | None, on: date) -> int:
    """The full age used in counts: what is not known of the birthday is 1 January, or the 1st."""
    return age_on(date(year, month or 1, (day or 1) if month else 1), on)
