"""What is seen: starting, the list, searching, a field's problems; each beside an empty window."""

from __future__ import annotations

import statistics
import time

from bench_offices import PASSWORD, Offices, percentile_95, run_child

ROUNDS = 7


def start_signin(offices: Offices) -> float:
    """Median seconds from the start of the process to the first paint, over those of the floor."""
    office = str(offices.small())
    floors, programs = [], []
    for _ in range(ROUNDS):
        floors.append(_seconds_to_paint("window_floor"))
        programs.append(_seconds_to_paint("window_signin", office))
    return float(statistics.median(programs) / statistics.median(floors))


def start_list(offices: Offices) -> float:
    """Median seconds from the password's Enter to the client list painted, over deriving the key
    and opening an empty window."""
    office = str(offices.small())
    floors, programs = [], []
    for _ in range(ROUNDS):
        derived = run_child("derive_key", office)["seconds"]
        floors.append(derived + _seconds_to_paint("window_floor"))
        programs.append(run_child("window_list", office, PASSWORD)["seconds"])
    return float(statistics.median(programs) / statistics.median(floors))


def search(offices: Offices) -> float:
    """95th percentile of milliseconds from a key to the list painted."""
    return 1000 * percentile_95(run_child("window_search", str(offices.large()))["seconds"])


def rules(offices: Offices) -> float:
    """95th percentile of milliseconds from leaving a field to its problems painted."""
    return 1000 * percentile_95(run_child("window_rules", str(offices.small()))["seconds"])


def _seconds_to_paint(task: str, *arguments: str) -> float:
    """From before the process begins; both sides read the same clock."""
    begun = time.time()
    painted: float = run_child(task, *arguments)["painted"]
    return painted - begun
