"""Reporting periods: two calendars, half-years, years, mid-terms and phases, and their due dates.

The windows, phases and offsets are data (forms/reports/periods.toml); `domain.md` §3 and Nghị
định 09/2019/NĐ-CP are their source. Codes: 2026H1, 2026H2, 2026; a mid-term and a whole phase by
the first and last year they cover, 2026-2028 and 2026-2030.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from desktop.base.errors import UserError
from desktop.base.translate import tr

_YEARS = range(1990, 2101)
_SATURDAY = 5
_CODE = re.compile(r"(\d{4})(H1|H2)?|(\d{4})-(\d{4})")


class UnknownPeriod(UserError):
    """The code names no period of the calendar."""


class PeriodKind(StrEnum):
    """How long a report looks back; the codes of list KY."""

    FIRST_HALF = "H1"
    SECOND_HALF = "H2"
    YEAR = "NAM"
    MIDDLE = "GIUA_KY"
    PHASE = "GIAI_DOAN"


@dataclass(frozen=True, kw_only=True)
class DayOfYear:
    """A day, counted from the year a period is named after."""

    years: int
    month: int
    day: int

    def in_year(self, year: int) -> date:
        """The day for the period of that year."""
        return date(year + self.years, self.month, self.day)


@dataclass(frozen=True, kw_only=True)
class Window:
    """First and last day of one kind of period."""

    kind: PeriodKind
    first: DayOfYear
    last: DayOfYear


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """One way of cutting time into half-years and years."""

    code: str
    title: str
    legal: str = ""
    latest_day: int = 0
    """No report is due after this day of the closing month; 0: no such day."""
    windows: tuple[Window, ...] = ()

    def window(self, kind: PeriodKind) -> Window:
        """Days of a kind. Raises KeyError."""
        for window in self.windows:
            if window.kind is kind:
                return window
        raise KeyError(kind)


@dataclass(frozen=True, kw_only=True)
class KindWords:
    """How periods of a kind are coded and titled."""

    code: PeriodKind
    period: str
    national: str
    title: str


@dataclass(frozen=True, kw_only=True)
class Phase:
    """Years for which targets are set together."""

    code: str
    first: int
    middle: int
    last: int
    legal: str = ""


@dataclass(frozen=True, kw_only=True)
class Tier:
    """Administrative levels of the country between two dates, highest first."""

    levels: tuple[str, ...]
    from_: date | None = None
    to: date | None = None


@dataclass(frozen=True, kw_only=True)
class Due:
    """Working days a level has after the closing date."""

    level: str
    working_days: int


@dataclass(frozen=True, kw_only=True)
class Period:
    """One reporting period of one calendar."""

    code: str
    """2026H1."""
    kind: PeriodKind
    calendar: str
    title: str
    year: int
    """The year its closing date is reported under."""
    date_from: date
    date_to: date
    phase: Phase | None
    national_code: str
    """YYYYMM or YYYY, as provincial data standards write it."""

    @property
    def closing(self) -> date:
        """Ngày chốt số liệu: stocks are taken on this day."""
        return self.date_to

    @property
    def half(self) -> bool:
        """True where yearly targets are shown but not compared (`domain.md` §8.6)."""
        return self.kind in (PeriodKind.FIRST_HALF, PeriodKind.SECOND_HALF)

    def __contains__(self, day: date) -> bool:
        return self.date_from <= day <= self.date_to


@dataclass(frozen=True, kw_only=True)
class Periods:
    """Everything periods.toml says, and the periods that follow from it."""

    calendars: tuple[Calendar, ...]
    kinds: tuple[KindWords, ...]
    phases: tuple[Phase, ...]
    tiers: tuple[Tier, ...]
    dues: tuple[Due, ...]

    @cached_property
    def _words(self) -> dict[PeriodKind, KindWords]:
        return {words.code: words for words in self.kinds}

    def calendar(self, code: str) -> Calendar:
        """The calendar of a code. Raises UnknownPeriod."""
        for calendar in self.calendars:
            if calendar.code == code:
                return calendar
        listed = ", ".join(calendar.code for calendar in self.calendars)
        raise UnknownPeriod(
            tr("There is no calendar “{code}”; known are: {list}.").format(code=code, list=listed)
        )

    def parse(self, code: str, calendar: str) -> Period:
        """The period of a code such as 2026H1, 2026, 2026-2030. Raises UnknownPeriod."""
        chosen = self.calendar(calendar)
        found = _CODE.fullmatch(code.strip().upper())
        if found and found[1] and int(found[1]) in _YEARS:
            return self._year_part(chosen, PeriodKind(found[2] or "NAM"), int(found[1]))
        if found and found[3]:
            for phase in self.phases:
                if int(found[3]) == phase.first and int(found[4]) in (phase.middle, phase.last):
                    middle = int(found[4]) == phase.middle
                    kind = PeriodKind.MIDDLE if middle else PeriodKind.PHASE
                    return self._phase_part(chosen, kind, phase)
        raise UnknownPeriod(
            tr(
                "“{code}” is no reporting period. Write 2026H1 or 2026H2 for a half-year, 2026 for "
                "a year, 2026-2028 for a mid-term and 2026-2030 for a whole phase."
            ).format(code=code)
        )

    def previous(self, period: Period) -> Period | None:
        """The period of the same length that ends the day before; None before the first phase."""
        if period.kind in (PeriodKind.MIDDLE, PeriodKind.PHASE):
            return self._same_part(period, -1)
        calendar = self.calendar(period.calendar)
        if period.kind is PeriodKind.SECOND_HALF:
            return self._year_part(calendar, PeriodKind.FIRST_HALF, period.year)
        half = period.kind is PeriodKind.FIRST_HALF
        kind = PeriodKind.SECOND_HALF if half else PeriodKind.YEAR
        return self._year_part(calendar, kind, period.year - 1)

    def same_last_year(self, period: Period) -> Period | None:
        """The same part of the year before; None for mid-terms and phases."""
        if period.kind in (PeriodKind.MIDDLE, PeriodKind.PHASE):
            return None
        return self._year_part(self.calendar(period.calendar), period.kind, period.year - 1)

    def year_of(self, period: Period) -> Period:
        """The whole year the closing date is reported under."""
        return self._year_part(self.calendar(period.calendar), PeriodKind.YEAR, period.year)

    def containing(self, day: date, calendar: str) -> tuple[Period, ...]:
        """Every period whose window holds the day: half-year, year, mid-term, phase."""
        return tuple(period for period in self._around(day, calendar) if day in period)

    def _around(self, day: date, calendar: str) -> Iterator[Period]:
        chosen = self.calendar(calendar)
        for year in (day.year, day.year + 1):
            for window in chosen.windows:
                yield self._year_part(chosen, window.kind, year)
        for phase in self.phases:
            yield self._phase_part(chosen, PeriodKind.MIDDLE, phase)
            yield self._phase_part(chosen, PeriodKind.PHASE, phase)

    def levels_on(self, day: date) -> tuple[str, ...]:
        """Administrative levels of the country that day, highest first."""
        for tier in self.tiers:
            if (tier.from_ or date.min) <= day <= (tier.to or date.max):
                return tier.levels
        return ()

    def due(self, period: Period, level: str, holidays: Collection[date] = ()) -> date | None:
        """Hạn gửi of a level; None for a level that no longer stands on the closing date.

        Working days skip Saturday, Sunday and the holidays given; never after the calendar's
        latest day of the closing month.
        """
        if level not in self.levels_on(period.closing):
            return None
        days = next((due.working_days for due in self.dues if due.level == level), None)
        if days is None:
            return None
        due = period.closing
        while days:
            due += timedelta(days=1)
            days -= is_working_day(due, holidays)
        latest = self.calendar(period.calendar).latest_day
        if not latest:
            return due
        limit = period.closing.replace(day=latest)
        while not is_working_day(limit, holidays):
            limit -= timedelta(days=1)
        return min(due, limit)

    def _year_part(self, calendar: Calendar, kind: PeriodKind, year: int) -> Period:
        window = calendar.window(kind)
        phase = next((p for p in self.phases if p.first <= year <= p.last), None)
        first, last = window.first.in_year(year), window.last.in_year(year)
        return self._made(calendar, kind, first, last, year, phase, year, year)

    def _phase_part(self, calendar: Calendar, kind: PeriodKind, phase: Phase) -> Period:
        window = calendar.window(PeriodKind.YEAR)
        end = phase.middle if kind is PeriodKind.MIDDLE else phase.last
        first, last = window.first.in_year(phase.first), window.last.in_year(end)
        return self._made(calendar, kind, first, last, end, phase, phase.first, end)

    def _same_part(self, period: Period, step: int) -> Period | None:
        assert period.phase is not None  # noqa: S101 - mid-terms and phases are made from one
        index = self.phases.index(period.phase) + step
        if not 0 <= index < len(self.phases):
            return None
        return self._phase_part(self.calendar(period.calendar), period.kind, self.phases[index])

    def _made(
        self,
        calendar: Calendar,
        kind: PeriodKind,
        date_from: date,
        date_to: date,
        year: int,
        phase: Phase | None,
        first: int,
        last: int,
    ) -> Period:
        words = self._words[kind]
        parts = {"year": year, "first": first, "last": last, "phase": phase.code if phase else ""}
        return Period(
            code=words.period.format(**parts),
            kind=kind,
            calendar=calendar.code,
            title=words.title.format(**parts),
            year=year,
            date_from=date_from,
            date_to=date_to,
            phase=phase,
            national_code=words.national.format(**parts),
        )


def is_working_day(day: date, holidays: Collection[date] = ()) -> bool:
    """Monday to Friday and no public holiday."""
    return day.weekday() < _SATURDAY and day not in holidays
