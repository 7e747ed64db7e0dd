"""The parameters that every SQL of forms/reports may use, for one period of one unit.

`:d` closing date, `:o` the day before the window (opening), `:a` first day of the window, `:ya` of
the year, `:s` of the phase, `:p` of the programme; `:dn`, `:on`, `:an` closing, opening and first
day as numbers (20260614; the last day of a month is its 31st, so that "some day of June" is over
on 30/6); `:period` its code, `:year`, `:y0` its last and first year, `:phase`; `:unit` id of the
reporting unit; `:outgoing` 1 in the version that leaves the office; and every setting by its code,
as text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.base.errors import UserError
from desktop.base.translate import tr
from desktop.report.definition import Reports
from desktop.report.periods import Period, PeriodKind
from desktop.store.driver import Stored

PHASE_START = "phase_start"
BY_CALENDAR_YEAR = "NAM_DUONG_LICH"
PROGRAMME_FIRST_DAY = date(2021, 1, 1)  # Quyết định 112/QĐ-TTg: 2021-2030


@dataclass(frozen=True, kw_only=True)
class Unit:
    """The reporting unit: an administrative unit as it is on the closing date."""

    id: str
    """Of register admin_unit: XA.13366.20250701."""
    level: str
    code: str
    valid_from: str
    """ISO date; "" for units known from the start."""
    name: str


def resolve_settings(reports: Reports, given: Mapping[str, str]) -> dict[str, str]:
    """Every setting with its value, the default where the office has not chosen.

    Raises UserError for a choice that is not offered.
    """
    found = {}
    for setting in reports.settings:
        value = given.get(setting.code) or setting.default
        if setting.choices and value not in {choice.code for choice in setting.choices}:
            raise UserError(
                tr("“{value}” is no choice of the setting “{title}”.").format(
                    value=value, title=setting.title
                )
            )
        found[setting.code] = value
    return found


def phase_start(reports: Reports, period: Period, settings: Mapping[str, str]) -> date:
    """First day that counts for the phase of a period; outside of phases, for its year."""
    if period.phase is None:
        return reports.periods.year_of(period).date_from
    if settings[PHASE_START] == BY_CALENDAR_YEAR:
        return date(period.phase.first, 1, 1)
    return reports.periods.parse(str(period.phase.first), period.calendar).date_from


def sql_parameters(
    reports: Reports,
    period: Period,
    unit: Unit,
    settings: Mapping[str, str],
    *,
    outgoing: bool,
) -> dict[str, Stored]:
    """Values of all parameters; `settings` as `resolve_settings` gives them."""
    year = reports.periods.year_of(period)
    opening = period.date_from - timedelta(days=1)
    many_years = period.kind in (PeriodKind.MIDDLE, PeriodKind.PHASE) and period.phase
    year_first = period.phase.first if many_years and period.phase else period.year
    return {
        "d": period.closing.isoformat(),
        "o": opening.isoformat(),
        "a": period.date_from.isoformat(),
        "ya": year.date_from.isoformat(),
        "s": phase_start(reports, period, settings).isoformat(),
        "p": PROGRAMME_FIRST_DAY.isoformat(),
        "dn": _number(period.closing),
        "on": _number(opening),
        "an": _number(period.date_from),
        "y0": year_first,
        "period": period.code,
        "year": period.year,
        "phase": period.phase.code if period.phase else "",
        "unit": unit.id,
        "outgoing": int(outgoing),
        **settings,
    }


def trial_parameters(reports: Reports) -> dict[str, Stored]:
    """Parameters of some period, for trying SQL out."""
    calendar = reports.periods.calendars[0]
    period = reports.periods.parse("2026H1", calendar.code)
    unit = Unit(id="XA.00001.20250701", level="XA", code="00001", valid_from="2025-07-01", name="")
    return sql_parameters(reports, period, unit, resolve_settings(reports, {}), outgoing=True)


def _number(day: date) -> int:
    last = (day + timedelta(days=1)).month != day.month
    return day.year * 10_000 + day.month * 100 + (31 if last else day.day)
