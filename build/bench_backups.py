"""Backups: a proved one beside SQLite's bare one, and what the window feels of it."""

from __future__ import annotations

import statistics

from bench_offices import Offices, run_child


def ratio(offices: Offices) -> float:
    """Median of the program's backup ÷ median of a bare one, in turn, 100,000 clients."""
    found = run_child("backup_times", str(offices.copy(offices.large(), "backups")))
    return float(statistics.median(found["program"]) / statistics.median(found["floor"]))


def frame(offices: Offices) -> float:
    """The longest time in ms that the window did nothing else while a backup was made."""
    found = run_child("backup_frames", str(offices.copy(offices.large(), "backups")))
    return float(statistics.median(found["longest_ms"]))
