"""Windows of `domain.md` §3, that they tile, and when a report is due."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.base.errors import Problem
from desktop.report.periods import Period, PeriodKind, Periods, UnknownPeriod
from desktop.report.reading import read_file

FILE = Path(__file__).parents[2] / "forms" / "reports" / "periods.toml"
CALENDARS = ("ND09", "THONG_KE")
DAYS = st.dates(date(2016, 1, 1), date(2030, 12, 14))


def _periods() -> Periods:
    problems: list[Problem] = []
    found = read_file(Periods, FILE, "forms/reports/periods.toml", problems)
    assert not problems
    assert found is not None
    return found


PERIODS = _periods()


@pytest.mark.parametrize(
    ("code", "calendar", "first", "last"),
    [
        ("2026H1", "ND09", date(2025, 12, 15), date(2026, 6, 14)),
        ("2026H2", "ND09", date(2026, 6, 15), date(2026, 12, 14)),
        ("2026", "ND09", date(2025, 12, 15), date(2026, 12, 14)),
        ("2026-2028", "ND09", date(2025, 12, 15), date(2028, 12, 14)),
        ("2026-2030", "ND09", date(2025, 12, 15), date(2030, 12, 14)),
        ("2026H1", "THONG_KE", date(2026, 1, 1), date(2026, 6, 30)),
        ("2026H2", "THONG_KE", date(2026, 7, 1), date(2026, 12, 31)),
        ("2026", "THONG_KE", date(2026, 1, 1), date(2026, 12, 31)),
        ("2021-2023", "THONG_KE", date(2021, 1, 1), date(2023, 12, 31)),
    ],
)
def test_windows(code: str, calendar: str, first: date, last: date) -> None:
    period = PERIODS.parse(code, calendar)
    assert (period.date_from, period.date_to) == (first, last)
    assert period.closing == last
    assert period.code == code


def test_what_is_written_about_a_period() -> None:
    half = PERIODS.parse("2026h1 ", "ND09")
    assert half.title == "6 tháng đầu năm 2026"
    assert half.national_code == "202606"
    assert half.phase is not None
    assert half.phase.code == "2026-2030"
    whole = PERIODS.parse("2021-2025", "ND09")
    assert whole.title == "Cả giai đoạn 2021-2025"
    assert whole.kind is PeriodKind.PHASE
    assert PERIODS.parse("2026", "ND09").national_code == "2026"


@pytest.mark.parametrize("code", ["", "2026H3", "26H1", "2026-2027", "0001", "2026 H1", "9999H1"])
def test_a_code_of_no_period_is_refused(code: str) -> None:
    with pytest.raises(UnknownPeriod):
        PERIODS.parse(code, "ND09")
    with pytest.raises(UnknownPeriod):
        PERIODS.parse("2026H1", "LUNAR")


@pytest.mark.parametrize("calendar", CALENDARS)
@given(day=DAYS)
def test_every_day_lies_in_one_half_year_and_one_year(calendar: str, day: date) -> None:
    found = PERIODS.containing(day, calendar)
    halves = [period for period in found if period.half]
    years = [period for period in found if period.kind is PeriodKind.YEAR]
    phases = [period for period in found if period.kind is PeriodKind.PHASE]
    assert len(halves) == len(years) == len(phases) == 1
    assert halves[0].year == years[0].year
    assert years[0].date_from <= halves[0].date_from
    assert halves[0].date_to <= years[0].date_to
    assert phases[0].phase == years[0].phase


def _chain(first: Period) -> list[Period]:
    chain = [first]
    while (previous := PERIODS.previous(chain[-1])) is not None and previous.year > 2000:
        chain.append(previous)
    return chain


@pytest.mark.parametrize("calendar", CALENDARS)
@pytest.mark.parametrize("code", ["2030H2", "2030", "2026-2030"])
def test_windows_tile_without_gap_or_overlap(calendar: str, code: str) -> None:
    chain = _chain(PERIODS.parse(code, calendar))
    assert len(chain) > 2
    for later, earlier in pairwise(chain):
        assert earlier.date_to + timedelta(days=1) == later.date_from


@pytest.mark.parametrize("calendar", CALENDARS)
def test_two_halves_make_the_year(calendar: str) -> None:
    for year in range(2016, 2031):
        first, second = (PERIODS.parse(f"{year}H{n}", calendar) for n in (1, 2))
        whole = PERIODS.parse(str(year), calendar)
        assert (first.date_from, second.date_to) == (whole.date_from, whole.date_to)
        assert PERIODS.year_of(first) == PERIODS.year_of(second) == whole
        assert PERIODS.same_last_year(second) == PERIODS.parse(f"{year - 1}H2", calendar)


def test_a_mid_term_has_no_same_part_of_last_year() -> None:
    middle = PERIODS.parse("2026-2028", "ND09")
    assert PERIODS.same_last_year(middle) is None
    assert PERIODS.previous(middle) == PERIODS.parse("2021-2023", "ND09")
    assert PERIODS.previous(PERIODS.parse("2016-2020", "ND09")) is None


def test_a_case_of_december_2024_lies_in_the_first_half_of_2025() -> None:
    codes = [period.code for period in PERIODS.containing(date(2024, 12, 20), "ND09")]
    assert codes == ["2025H1", "2025", "2021-2025"]


def test_levels_of_the_country() -> None:
    assert PERIODS.levels_on(date(2025, 6, 30)) == ("TINH", "HUYEN", "XA")
    assert PERIODS.levels_on(date(2025, 7, 1)) == ("TINH", "XA")


def test_due_dates_skip_weekends_and_holidays() -> None:
    half = PERIODS.parse("2026H1", "ND09")  # closes on Sunday 14/6/2026
    assert PERIODS.due(half, "XA") == date(2026, 6, 16)
    assert PERIODS.due(half, "XA", {date(2026, 6, 15)}) == date(2026, 6, 17)
    assert PERIODS.due(half, "TINH") == date(2026, 6, 22)
    assert PERIODS.due(half, "HUYEN") is None
    assert PERIODS.due(PERIODS.parse("2025H1", "ND09"), "HUYEN") == date(2025, 6, 19)


def test_no_report_is_due_after_the_25th() -> None:
    half = PERIODS.parse("2026H1", "ND09")
    holidays = {date(2026, 6, day) for day in (15, 16, 17, 18, 19, 22, 23, 25)}
    assert PERIODS.due(half, "TINH", holidays) == date(2026, 6, 24)
    statistical = PERIODS.parse("2026H1", "THONG_KE")
    assert PERIODS.due(statistical, "XA") == date(2026, 7, 2)
