"""The six-month workbook, beside joined passes over the tables and the same cells written bare."""

from __future__ import annotations

import statistics

from bench_offices import Offices, run_child

ROUNDS = 3


def export(offices: Offices) -> float:
    """Median of the program, its self-check included, ÷ median of the floor; in turn."""
    office = offices.copy(offices.small(), "exporting")
    out = offices.folder / "out"
    out.mkdir(exist_ok=True)
    programs, floors = [], []
    for _ in range(ROUNDS):
        done = run_child("export_program", str(office), str(out))
        programs.append(done["seconds"])
        bare = run_child("export_floor", str(office), done["path"], str(out / "bare.xlsx"))
        floors.append(bare["seconds"])
    return float(statistics.median(programs) / statistics.median(floors))
