"""Which backups are let go."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop.service.generations import Made, to_keep

NOW = datetime(2026, 11, 23, 17, tzinfo=UTC)


def daily(at: datetime) -> Made:
    return Made(at.isoformat(), at, every_day=True)


def every_day(count: int) -> list[Made]:
    return [daily(NOW - timedelta(days=number)) for number in range(count)]


def test_six_years_of_days_leave_days_weeks_and_half_years() -> None:
    kept = sorted(to_keep(every_day(6 * 366), NOW), reverse=True)
    days = [datetime.fromisoformat(one).date().isoformat() for one in kept]
    # Counted by hand on a calendar: Monday 23/11/2026 is the first day of its week.
    assert days == [
        "2026-11-23", "2026-11-22", "2026-11-21", "2026-11-20", "2026-11-19", "2026-11-18",
        "2026-11-17", "2026-11-15", "2026-11-08", "2026-11-01", "2026-10-25", "2026-10-18",
        "2026-10-11", "2026-06-30", "2025-12-31", "2025-06-30", "2024-12-31", "2024-06-30",
        "2023-12-31", "2023-06-30", "2022-12-31", "2022-06-30",
    ]  # fmt: skip


def test_time_without_backups_lets_none_go() -> None:
    old = [daily(NOW - timedelta(days=400 + number)) for number in range(7)]
    assert to_keep(old, NOW) == {one.name for one in old}


def test_a_clock_that_was_wrong_costs_no_good_backup() -> None:
    future = [daily(NOW + timedelta(days=3650 + number)) for number in range(20)]
    good = every_day(30)
    kept = to_keep([*future, *good], NOW)
    assert {one.name for one in future} <= kept
    assert kept - {one.name for one in future} == to_keep(good, NOW)


def test_the_last_before_something_big_stay() -> None:
    before = [
        Made(f"m{n}", NOW - timedelta(minutes=n), every_day=False, kind="truoc-nang-cap")
        for n in range(1, 9)
    ]
    kept = to_keep([daily(NOW), *before], NOW)
    assert {"m1", "m2", "m3"} <= kept
    assert "m4" not in kept


@given(st.lists(st.integers(0, 4000), unique=True), st.integers(0, 30))
def test_the_newest_is_always_kept_and_keeping_twice_changes_nothing(
    ages: list[int], hours: int
) -> None:
    made = [daily(NOW - timedelta(days=age, hours=hours)) for age in ages]
    kept = to_keep(made, NOW)
    assert not made or max(made, key=lambda one: one.at).name in kept
    assert to_keep([one for one in made if one.name in kept], NOW) == kept
    assert len(kept) <= 7 + 8 + 10
