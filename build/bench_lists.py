"""Lists of 100,000 records: from a click on a register to its list painted."""

from __future__ import annotations

from bench_offices import Offices, percentile_95, run_child


def switch(offices: Offices) -> float:
    """95th percentile of milliseconds from a click on a register at the left to its list painted,
    between two of 100,000 records that were shown before."""
    folder = offices.made("switching", "lists_make")
    return 1000 * percentile_95(run_child("lists_switch", str(folder))["seconds"])
