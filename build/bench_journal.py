"""The journal: its part of a save, and reading a million rows of it again."""

from __future__ import annotations

import statistics

from bench_offices import Offices, run_child

ROWS = 1_000_000
ROUNDS = 3


def share(offices: Offices) -> float:
    """Median part of a save that journal, link and rights take."""
    shares: list[float] = run_child("journal_share", str(offices.copy(offices.small(), "sharing")))
    return statistics.median(shares)


def verify(offices: Offices) -> float:
    """Median of `verify` ÷ median of reading and hashing the same rows, in turn."""
    office = offices.journal(ROWS)
    found: dict[str, list[float]] = {"journal_floor": [], "journal_verify": []}
    for _ in range(ROUNDS):
        for task, seconds in found.items():
            seconds.append(run_child(task, str(office))["seconds"])
    floor, program = (statistics.median(seconds) for seconds in found.values())
    return program / floor
