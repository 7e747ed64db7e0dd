"""Records: saving one, and putting 100,000 in, beside the same rows written bare."""

from __future__ import annotations

import statistics
from functools import cache

from bench_offices import Offices, percentile_95, run_child

ROUNDS = 3


def save(offices: Offices) -> float:
    """95th percentile of saving ÷ median of bare commits, taken in turn in one process; the median
    of some rounds, for a disk that is busy with something else for a while."""
    rounds = run_child("save", str(offices.copy(offices.small(), "saving")))
    ratios = [percentile_95(one["program"]) / statistics.median(one["floor"]) for one in rounds]
    return float(statistics.median(ratios))


def put_time(offices: Offices) -> float:
    """Median of the program ÷ median of the floor."""
    runs = _put(offices)
    program = statistics.median(run["program"]["seconds"] for run in runs)
    return program / statistics.median(run["floor"]["seconds"] for run in runs)


def put_memory(offices: Offices) -> float:
    """Median growth of the program's memory, in MB."""
    return statistics.median(run["program"]["grown_mb"] for run in _put(offices))


@cache
def _put(offices: Offices) -> list[dict[str, dict[str, float]]]:
    """Program and floor in turn, each in a fresh process on a fresh copy."""
    office, file = offices.put_file()
    runs = []
    for _ in range(ROUNDS):
        run = {}
        for side in ("floor", "program"):
            copy = offices.copy(office, "putting")
            run[side] = run_child(f"put_{side}", str(copy), str(file))
        runs.append(run)
    return runs
