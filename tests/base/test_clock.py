"""Clocks: the computer's, and one that stands still."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from desktop.base.clock import Clock, FixedClock, SystemClock


def test_the_system_clock_is_now_and_knows_its_zone() -> None:
    clock: Clock = SystemClock()
    assert clock.now().tzinfo is not None
    assert abs((clock.now() - datetime.now(UTC)).total_seconds()) < 5
    assert clock.today() - clock.now().date() <= timedelta(days=1)


def test_a_fixed_clock_stands_still_until_moved() -> None:
    clock = FixedClock(datetime(2026, 6, 14, 23, 30))
    shared: Clock = clock
    assert shared.now() == shared.now()
    assert shared.now().tzinfo is not None
    assert shared.today() == date(2026, 6, 14)
    clock.move(timedelta(hours=1))
    assert shared.today() == date(2026, 6, 15)
    clock.move(timedelta(days=-2))
    assert shared.today() == date(2026, 6, 13)


def test_a_fixed_clock_can_be_set_by_the_day() -> None:
    clock = FixedClock(date(2026, 6, 14))
    assert clock.today() == date(2026, 6, 14)
    assert clock.now().hour == 8
