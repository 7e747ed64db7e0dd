"""The functions of the rule language, as SQLite calls them."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.base.clock import FixedClock
from desktop.store.ages import counted_age, oldest_age, youngest_age
from desktop.store.driver import Connection, Stored, connect
from desktop.store.functions import DOMAIN_FUNCTIONS, RuleContext, register_functions

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.fixture(scope="module")
def connection() -> Iterator[Connection]:
    with closing(connect(":memory:", None)) as opened:
        register_functions(opened, RuleContext(FixedClock(date(2026, 6, 15)), {"days": 90}))
        yield opened


def call(connection: Connection, sql: str, *given: Stored) -> Stored:
    value: Stored = connection.execute(f"SELECT {sql}", given).fetchone()[0]
    return value


def birthdays(year: int, month: int | None, day: int | None) -> list[date]:
    """Every day that can be meant."""
    months = [month] if month else range(1, 13)
    return [
        date(year, m, d)
        for m in months
        for d in ([day] if day else range(1, calendar.monthrange(year, m)[1] + 1))
    ]


def age_on(born: date, on: date) -> int:
    """Completed years, by counting birthdays; one on 29/2 is kept on 1/3 of a common year."""
    years = 0
    step = 1 if on >= born else -1
    while True:
        year = born.year + years + (1 if step > 0 else 0)
        try:
            birthday = born.replace(year=year)
        except ValueError:
            birthday = date(year, 3, 1)
        if step > 0 and birthday > on:
            return years
        if step < 0 and birthday <= on:
            return years
        years += step


@given(days, days, st.sampled_from(["day", "month", "year"]))
def test_ages_are_those_of_every_possible_birthday(born: date, on: date, known: str) -> None:
    month = born.month if known != "year" else None
    day = born.day if known == "day" else None
    ages = [age_on(one, on) for one in birthdays(born.year, month, day)]
    given_birth = (born.year, month, day, on.isoformat())
    assert youngest_age(*given_birth) == min(ages)
    assert oldest_age(*given_birth) == max(ages)
    assert counted_age(*given_birth) == age_on(date(born.year, month or 1, day or 1), on)


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("age(2010, 6, 15, '2026-06-15')", 16),
        ("age(2010, 6, 16, '2026-06-15')", 15),
        ("age(2010, 6, NULL, '2026-06-15')", 16),
        ("age_min(2010, 6, NULL, '2026-06-15')", 15),
        ("age_min(2010, 2, NULL, '2026-02-28')", 16),
        ("age_min(2012, 2, NULL, '2026-02-28')", 13),
        ("age_min('2010', '06', '15', '2026-06-15T08:00')", 16),
        ("age(2010.0, 6, 15, '2026-06-15')", 16),
        ("age(NULL, 6, 15, '2026-06-15')", None),
        ("age(2010, NULL, 15, '2026-06-15')", None),
        ("age(2010, 2, 31, '2026-06-15')", None),
        ("age_min(2010, 13, NULL, '2026-06-15')", None),
        ("age(2010, 6, 15, 'hôm nay')", None),
        ("age(2010.5, 6, 15, '2026-06-15')", None),
        ("age('x', 6, 15, '2026-06-15')", None),
        ("age(9e999, 6, 15, '2026-06-15')", None),
        ("age(2010, 6, 15, 20260615)", None),
        ("today()", "2026-06-15"),
        ("now()", "2026-06-15T08:00"),
        ("closing_date()", "2026-06-15"),
        ("setting('days')", 90),
        ("setting('nothing')", None),
        ("setting(NULL)", None),
        ("cccd_sex('035148000123')", "NU"),
        ("cccd_sex('035048000123')", "NAM"),
        ("cccd_sex('0351480001')", None),
        ("cccd_sex('03514800012x')", None),
        ("cccd_sex(NULL)", None),
        ("cccd_year('035148000123')", 1948),
        ("cccd_year('035205000123')", 2005),
        ("cccd_year('035')", None),
        ("fold('  Đặng-Thị  HOÀ ')", "dang thi hoa"),
        ("fold(12)", "12"),
        ("fold(NULL)", None),
        ("matches('0123', '[0-9]+')", 1),
        ("matches('0123 ', '[0-9]+')", 0),
        ("matches(123, '[0-9]{3}')", 1),
        ("matches('٣', '\\d')", 0),
        ("matches(NULL, '.*')", None),
        ("matches('x', NULL)", None),
        ("matches('x', '[')", None),
        ("has_control('a' || char(7))", 1),
        ("has_control('Hoà')", 0),
        ("legacy_text('céng t¸c x· héi')", 1),
        ("legacy_text('Công tác xã hội')", 0),
        ("legacy_text(NULL)", None),
        ("days_between('2026-01-01', '2026-03-01')", 59),
        ("days_between('2026-03-01T10:00', '2026-01-01')", -59),
        ("days_between('2026-02-30', '2026-01-01')", None),
        ("days_between(NULL, '2026-01-01')", None),
        ("days_between(1, 2)", None),
        ("hours_between('2026-01-01T22:30', '2026-01-02T10:45')", 12.25),
        ("hours_between('2026-01-01', '2026-01-02T10:45')", None),
        ("hours_between(NULL, '2026-01-02T10:45')", None),
        ("year_of('2026-01-02T10:45')", 2026),
        ("year_of('2026')", None),
        ("year_of(2026)", None),
        ("placeholder_number('000000000000')", 1),
        ("placeholder_number('035148000123')", 0),
        ("placeholder_number(111111111)", 1),
        ("placeholder_number(NULL)", None),
    ],
)
def test_what_the_functions_give(connection: Connection, sql: str, expected: Stored) -> None:
    assert call(connection, sql) == expected


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("0912 345 678", "mobile"),
        ("+84 912.345.678", "mobile"),
        ("0084(912)345-678", "mobile"),
        ("0321234567", "mobile"),
        ("02253846314", "landline"),
        ("0225.3846314", "landline"),
        ("01687654321", "old"),
        ("01991234567", "old"),
        ("0311234567", "unknown"),
        ("111", "unknown"),
        ("18001567", "unknown"),
        ("0351384631", "mobile"),
        ("091234567", "bad"),
        ("09123456789", "unknown"),
        ("091234567890", "bad"),
        ("0912345678, 0912345679", "bad"),
        ("không có", "bad"),
        ("٠٩١٢٣٤٥٦٧٨", "bad"),
    ],
)
def test_phone_forms(connection: Connection, text: str, form: str) -> None:
    assert call(connection, "phone_form(?)", text) == form


@pytest.mark.parametrize(
    "text",
    [
        "CCCD 035148000123 của con",
        "số 035 148 000 123",
        "035.148.000.123",
        "CMND 168123456",
        "gọi 0912 345 678",
        "gọi +84 912345678",
        "BHXH 0123456789.",
        "máy bàn 0225-3846314",
    ],
)
def test_numbers_of_people_in_free_text_are_seen(connection: Connection, text: str) -> None:
    assert call(connection, "has_identity_number(?)", text) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Không có số nào",
        "hỗ trợ 1.500.000.000 đồng",
        "trợ cấp 500.000.000đ từ quỹ",
        "ngày 15/06/2026 đến 14.12.2026",
        "họp 2026-06-15 08:30",
        "Quyết định 112/QĐ-TTg ngày 22/01/2021",
        "giai đoạn 2021-2025",
        "12345678",
        "mã 1234567890123456",
    ],
)
def test_other_numbers_are_not_taken_for_them(connection: Connection, text: str) -> None:
    assert call(connection, "has_identity_number(?)", text) == 0


@given(st.one_of(st.none(), st.integers(-(2**63), 2**63 - 1), st.floats(), st.text()))
def test_no_value_makes_a_function_fail(value: Stored) -> None:
    with closing(connect(":memory:", None)) as opened:
        register_functions(opened, RuleContext(FixedClock(date(2026, 6, 15))))
        if isinstance(value, str):
            value = value.encode("utf-8", "replace").decode()
        for sql in (
            "age(?1, 1, 1, '2026-01-01')", "age_min(2000, ?1, ?1, '2026-01-01')",
            "age_max(2000, 1, 1, ?1)", "cccd_sex(?1)", "cccd_year(?1)", "fold(?1)",
            "matches(?1, ?1)", "has_control(?1)", "legacy_text(?1)", "has_identity_number(?1)",
            "phone_form(?1)", "days_between(?1, ?1)", "hours_between(?1, '2026-01-01T00:00')",
            "year_of(?1)", "setting(?1)",
        ):  # fmt: skip
            opened.execute(f"SELECT {sql}", (value,)).fetchone()


def test_the_list_of_functions_is_complete(connection: Connection) -> None:
    found = connection.execute(
        "SELECT DISTINCT name FROM pragma_function_list WHERE builtin = 0 AND name IN"
        f" ({', '.join('?' * len(DOMAIN_FUNCTIONS))})",
        sorted(DOMAIN_FUNCTIONS),
    )
    assert {row[0] for row in found} == DOMAIN_FUNCTIONS


def test_the_clock_is_asked_anew_by_each_statement() -> None:
    clock = FixedClock(date(2026, 6, 15))
    context = RuleContext(clock)
    with closing(connect(":memory:", None)) as opened:
        register_functions(opened, context)
        assert call(opened, "today()") == "2026-06-15"
        clock.move(timedelta(days=1))
        assert call(opened, "today()") == "2026-06-16"
        context.closing_date = "2026-06-14"
        assert call(opened, "closing_date()") == "2026-06-14"
