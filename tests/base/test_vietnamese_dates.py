"""Dates as typed, and ages over every possible birthday."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.base.vietnamese_dates import (
    InvalidDate,
    PartialDate,
    age_counted,
    age_on,
    age_range,
    format_date,
    format_partial,
    parse_date,
    parse_moment,
    parse_partial,
)

TODAY = date(2026, 6, 14)
days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    "typed",
    ["15061980", "15/6/1980", "15-06-1980", "15.6.1980", "15 6 1980", "1980-06-15", " 15/06/1980 "],
)
def test_ways_to_type_a_day(typed: str) -> None:
    assert parse_date(typed, TODAY) == "1980-06-15"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1980", PartialDate(1980)),
        ("06/1980", PartialDate(1980, 6)),
        ("6/1980", PartialDate(1980, 6)),
        ("061980", PartialDate(1980, 6)),
        ("h", PartialDate(2026, 6, 14)),
        ("H", PartialDate(2026, 6, 14)),
        ("29/02/2024", PartialDate(2024, 2, 29)),
    ],
)
def test_parts_of_a_date(typed: str, read: PartialDate) -> None:
    assert parse_partial(typed, TODAY) == read


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("31/02/1950", "chỉ có 28 ngày"),
        ("29/02/2023", "chỉ có 28 ngày"),
        ("31/4/2020", "chỉ có 30 ngày"),
        ("00/00/1948", "gõ 1948"),
        ("00/05/1948", "gõ 1948"),
        ("13/1980", "Không có tháng 13"),
        ("1/13/1980", "Không có tháng 13"),
        ("15-06-80", "bốn chữ số"),
        ("150680", "bốn chữ số"),
        ("15/06", "bốn chữ số"),
        ("1506198", "không phải là ngày"),
        ("15/06/1899", "từ 1900 đến 2100"),
        ("2101", "từ 1900 đến 2100"),
        ("", "không phải là ngày"),
        ("hôm qua", "không phải là ngày"),
        ("１５/06/1980", "không phải là ngày"),
        ("15/06/19800", "không phải là ngày"),
        ("-5/6/1980", "không phải là ngày"),
    ],
)
def test_what_is_no_date_is_refused_with_the_reason(typed: str, reason: str) -> None:
    with pytest.raises(InvalidDate, match=reason):
        parse_partial(typed, TODAY)


def test_a_day_is_asked_for_where_it_is_needed() -> None:
    with pytest.raises(InvalidDate, match="Thiếu ngày"):
        parse_date("06/1980", TODAY)


@given(days)
def test_every_day_reads_back_as_shown(day: date) -> None:
    shown = format_date(day.isoformat())
    assert parse_date(shown, TODAY) == day.isoformat()
    assert parse_date(shown.replace("/", ""), TODAY) == day.isoformat()
    assert format_partial(day.year, day.month, day.day) == shown


@given(st.integers(1900, 2100), st.integers(1, 12))
def test_every_part_reads_back_as_shown(year: int, month: int) -> None:
    for part in (PartialDate(year), PartialDate(year, month)):
        assert parse_partial(str(part), TODAY) == part
        assert part.iso is None


@given(st.text("0123456789/.- h", max_size=12))
def test_nothing_typed_is_worse_than_refused(typed: str) -> None:
    try:
        read = parse_partial(typed, TODAY)
    except InvalidDate:
        return
    assert date(read.year, read.month or 1, read.day or 1).year == read.year


# moments


@pytest.mark.parametrize(
    "typed", ["15/6/2026 8:30", "15062026 8h30", "15/06/2026 08:30", "2026-06-15T08:30"]
)
def test_ways_to_type_a_moment(typed: str) -> None:
    assert parse_moment(typed, datetime(2026, 6, 14, 9)) == "2026-06-15T08:30"


def test_now_and_a_full_hour() -> None:
    assert parse_moment("h", datetime(2026, 6, 14, 9, 5)) == "2026-06-14T09:05"
    assert parse_moment("h 8h", datetime(2026, 6, 14, 9, 5)) == "2026-06-14T08:00"
    assert format_date("2026-06-14T08:00") == "14/06/2026 08:00"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("15/6/2026", "Thiếu giờ"),
        ("8:30", "Thiếu giờ"),
        ("15/6/2026 24:00", "Không có giờ"),
        ("15/6/2026 8:60", "Không có giờ"),
        ("31/6/2026 8:30", "chỉ có 30 ngày"),
    ],
)
def test_what_is_no_moment_is_refused(typed: str, reason: str) -> None:
    with pytest.raises(InvalidDate, match=reason):
        parse_moment(typed, datetime(2026, 6, 14, 9))


# ages


@pytest.mark.parametrize(
    ("year", "month", "day", "ages"),
    [
        (2010, 6, 14, (16, 16)),
        (2010, 6, 15, (15, 15)),
        (2010, 6, None, (15, 16)),
        (2010, 5, None, (16, 16)),
        (2010, 7, None, (15, 15)),
        (2010, None, None, (15, 16)),
        (2026, None, None, (0, 0)),
        (2026, 6, None, (0, 0)),
        (2027, None, None, (-2, -1)),
        (2008, 2, 29, (18, 18)),
    ],
)
def test_age_range(year: int, month: int | None, day: int | None, ages: tuple[int, int]) -> None:
    assert age_range(year, month, day, TODAY) == ages


def test_born_on_29_february_grows_older_on_1_march() -> None:
    assert age_on(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert age_on(date(2008, 2, 29), date(2026, 3, 1)) == 18


def test_counted_age_takes_the_first_of_what_is_unknown() -> None:
    assert age_counted(2010, None, None, date(2026, 1, 1)) == 16
    assert age_counted(2010, 6, None, date(2026, 5, 31)) == 15
    assert age_counted(2010, 6, None, date(2026, 6, 1)) == 16
    assert age_counted(2010, 6, 14, TODAY) == 16


@given(days, days)
def test_the_range_holds_every_real_birthday(birth: date, on: date) -> None:
    if birth > on:
        birth, on = on, birth
    age = age_on(birth, on)
    for month, day in ((None, None), (birth.month, None), (birth.month, birth.day)):
        least, greatest = age_range(birth.year, month, day, on)
        assert least <= age <= greatest <= least + 1
        assert age_counted(birth.year, month, day, on) == greatest
    assert age_on(birth, on + timedelta(days=366)) >= age + 1
