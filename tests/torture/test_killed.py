"""The process is killed at any moment of a working day."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from tests.torture.days import Days, check, marked_files

ACTS = 14
LONGEST_ACT = 0.05
"""Seconds: the end falls anywhere within an act or two."""


def test_killed_at_any_moment_nothing_confirmed_is_lost(
    days: Days, times: Callable[[int, int], int]
) -> None:
    chance = random.Random(500)
    confirmed = 0
    for run in range(times(25, 500)):
        folder = days.office("killed")
        day = days.begin(folder, seed=run, acts=ACTS)
        day.listen(lines=chance.randrange(2 * ACTS))
        time.sleep(chance.random() * LONGEST_ACT)
        told = day.kill()
        confirmed += len(told.done)
        check(days, folder, told)
        assert marked_files(folder) == []
    assert confirmed > 0


def test_a_second_day_goes_on_where_a_killed_one_ended(days: Days) -> None:
    folder = days.office("two days")
    first = days.begin(folder, seed=1, acts=ACTS)
    first.listen(lines=9)
    told = first.kill()
    second = days.begin(folder, seed=2, acts=ACTS).end()
    assert second.is_closed
    assert second.refused == []
    told.done |= second.done
    told.begun = {}
    office = days.open(folder)
    try:
        found = {
            id: "" if deleted else name
            for id, name, deleted in office.reader.execute(
                "SELECT id, full_name, deleted_at FROM main.client"
            )
        }
    finally:
        office.close()
    names = {id: name for id, name in told.done.items() if not id.startswith("draft:")}
    assert {id: found.get(id) for id in names} == names
