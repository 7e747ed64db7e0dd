"""The disk is full, or the drive is pulled out, at any write: said in words, nothing by half."""

from __future__ import annotations

import errno
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.torture.days import Days, check
from tests.torture.syscalls import SYNCS, WRITES, Call

ACTS = 12
NO_MATTER = ("-shm", ".lock")
"""Files that hold nothing of their own: SQLite makes them anew."""


class Drive:
    """Lets so many writes into a folder pass; every later one fails."""

    def __init__(self, folder: Path, after: int, code: int) -> None:
        self._folder = folder
        self._left = after
        self._code = code
        self.asked = 0

    def decide(self, call: Call) -> int:
        if self._folder not in call.path.parents or call.path.name.endswith(NO_MATTER):
            return 0
        self.asked += 1
        self._left -= 1
        return self._code if self._left < 0 else 0


def writes_of_a_day(days: Days) -> int:
    folder = days.office("counted")
    drive = Drive(folder, 10**9, 0)
    told = days.begin(folder, 7, ACTS, (*WRITES, *SYNCS), drive.decide).end()
    assert told.is_closed
    assert told.refused == []
    return drive.asked


@pytest.mark.parametrize(
    ("code", "kinds"),
    [
        (errno.ENOSPC, {"DiskFull", "UserError"}),
        (errno.EIO, {"UserError", "DiskFull", "ReadOnly", "NotOurDatabase"}),
    ],
    ids=["full", "pulled out"],
)
def test_every_later_write_fails(
    days: Days, times: Callable[[int, int], int], code: int, kinds: set[str]
) -> None:
    total = writes_of_a_day(days)
    chance = random.Random(28)
    points = range(total)
    if total > times(12, 100_000):
        points = sorted(chance.sample(points, times(12, 100_000)))
    said = 0
    for after in points:
        folder = days.office("failing")
        drive = Drive(folder, after, code)
        told = days.begin(folder, 7, ACTS, (*WRITES, *SYNCS), drive.decide).end()
        assert told.is_closed or told.refused, "it died"
        assert set(told.refused) <= kinds
        said += len(told.refused)
        check(days, folder, told)
    assert said > 0


def test_when_there_is_room_again_the_day_goes_on(days: Days) -> None:
    folder = days.office("room again")
    drive = Drive(folder, 40, errno.ENOSPC)
    first = days.begin(folder, 7, ACTS, (*WRITES, *SYNCS), drive.decide).end()
    assert "DiskFull" in first.refused
    second = days.begin(folder, 8, ACTS).end()
    assert second.is_closed
    assert second.refused == []
    second.done |= {id: name for id, name in first.done.items() if id not in second.done}
    check(days, folder, second)
