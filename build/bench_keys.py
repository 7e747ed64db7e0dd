"""Keying: keys a field, from a key to its field painted, from a click to a long record painted."""

from __future__ import annotations

import statistics

from bench_offices import Offices, percentile_95, run_child


def keys_per_field(offices: Offices) -> float:
    """Keys of the reference client other than those that type a value ÷ filled fields; no dialog
    opens, or the task fails."""
    found = run_child("keys_reference", str(offices.folder / "keying"))
    return float(found["others"]) / float(found["filled"])


def key(offices: Offices) -> float:
    """95th percentile of milliseconds from a key to its field painted: letters, digits, Enter; the
    median of some passes over the page, for a machine that is busy with something else."""
    folder = offices.made("sixty", "keys_make_sixty")
    passes = run_child("keys_press", str(folder))["seconds"]
    return 1000 * statistics.median(percentile_95(one) for one in passes)


def open_record(offices: Offices) -> float:
    """95th percentile of milliseconds from a click on a row to the record painted, the section of
    its 200 child rows on show."""
    folder = offices.made("rows", "keys_make_rows")
    return 1000 * percentile_95(run_child("keys_open", str(folder))["seconds"])
