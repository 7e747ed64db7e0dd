"""The power goes off at any flush: the files as they were then open, and hold what was confirmed.

Twice: with everything written until then, and with only what had been flushed, file by file. The
second is what a drive may be left with that had not yet written the rest.
"""

from __future__ import annotations

import copy
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.torture.days import Day, Days, Told, check
from tests.torture.syscalls import SYNCS, Call

ACTS = 12
LOST_WITH_THE_POWER = ("-shm", ".lock")


@dataclass
class Cut:
    """The files at one flush, and what had been confirmed by then."""

    written: Path
    flushed: Path
    told: Told


class Cuts:
    """Copies the office before each flush of a day."""

    def __init__(self, folder: Path, into: Path) -> None:
        self._folder = folder
        self._into = into
        self._flushed: dict[int, bytes] = {}
        self.day: Day | None = None
        self.begun = threading.Event()
        self.made: list[Cut] = []
        for path in self._files():
            self._flushed[path.stat().st_ino] = path.read_bytes()

    def _files(self) -> list[Path]:
        return [
            path
            for path in sorted(self._folder.rglob("*"))
            if path.is_file() and not path.name.endswith(LOST_WITH_THE_POWER)
        ]

    def decide(self, call: Call) -> int:
        self.begun.wait()
        if self._folder in (call.path, *call.path.parents) and call.path.is_file():
            self._cut()
            self._flushed[call.path.stat().st_ino] = call.path.read_bytes()
        return 0

    def _cut(self) -> None:
        number = len(self.made)
        written, flushed = self._into / f"{number}w", self._into / f"{number}f"
        for path in self._files():
            place = path.relative_to(self._folder)
            for target, content in (
                (written / place, path.read_bytes()),
                (flushed / place, self._flushed.get(path.stat().st_ino, b"")),
            ):
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
        assert self.day is not None
        self.made.append(Cut(written, flushed, copy.deepcopy(self.day.told)))


def test_the_power_goes_off_at_any_flush(
    days: Days, tmp_path: Path, times: Callable[[int, int], int]
) -> None:
    opened = 0
    for seed in range(times(1, 8)):
        cuts, last = a_day_with_cuts(days, tmp_path, seed)
        every = max(1, len(cuts) // times(14, 10_000))
        for number in range(0, len(cuts), every):
            cut = cuts[number]
            # What was confirmed when the flush began is the least; it may be a step further.
            after = cuts[number + 1].told if number + 1 < len(cuts) else last
            cut.told.begun = cut.told.begun or after.begun
            check(days, cut.written, cut.told)
            check(days, cut.flushed, cut.told)
            opened += 2
        shutil.rmtree(tmp_path / f"cuts{seed}")
    assert opened >= 20


def a_day_with_cuts(days: Days, tmp_path: Path, seed: int) -> tuple[list[Cut], Told]:
    folder = days.office("day")
    cuts = Cuts(folder, tmp_path / f"cuts{seed}")
    day = days.begin(folder, seed=seed, acts=ACTS, trap=SYNCS, decide=cuts.decide)
    cuts.day = day
    cuts.begun.set()
    told = day.end()
    assert told.is_closed
    assert [line for line in told.lines if "refused" in line] == []
    return cuts.made, told
