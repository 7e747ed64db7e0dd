"""The rules of the close gate: records as on the closing date, and the figures themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from desktop.base.progress import Progress, silent
from desktop.schema.definition import Gate
from desktop.service.checking import Checked, check_all
from desktop.service.gate import problem_of

if TYPE_CHECKING:
    from desktop.report.build import BuiltReport
    from desktop.report.periods import Period
    from desktop.service.problems import RecordProblem
    from desktop.service.workspace import Workspace

FIGURE = "figure"
SHEET, PART = "B01", "I"
COLUMNS = {"numerator": "3", "denominator": "4", "value": "5"}
"""Columns of B01 that the rules on figures read (V37)."""


def check_period(workspace: Workspace, period: Period, progress: Progress = silent) -> Checked:
    """Ask every rule of every record as on the closing date (V14, V21c, V25, V30 …)."""
    with closing_on(workspace, period.closing.isoformat()):
        return check_all(workspace, Gate.CLOSE, progress)


def figure_problems(
    workspace: Workspace, period: Period, built: BuiltReport
) -> tuple[RecordProblem, ...]:
    """What is wrong with the figures of a report as they were counted, not as they are shown."""
    with closing_on(workspace, period.closing.isoformat()):
        found = workspace.gates.typing().runner.check_rows(FIGURE, list(_figure_rows(built)))
    return tuple(problem_of(finding) for finding in found)


@contextmanager
def closing_on(workspace: Workspace, day: str | None) -> Iterator[None]:
    """`closing_date()` of the rules is this ISO day while the body runs; None: today."""
    context = workspace.gates.context
    before, context.closing_date = context.closing_date, day
    try:
        yield
    finally:
        context.closing_date = before


def _figure_rows(built: BuiltReport) -> Iterator[Mapping[str, str | int | float | None]]:
    counted = {figure.key: figure.exact for figure in built.figures}
    sheet = next(one for one in built.report.sheets if one.code == SHEET)
    part = next(one for one in sheet.parts if one.code == PART)
    for row in part.rows:
        if row.kind == "group":
            continue
        figures = {
            name: counted.get((SHEET, PART, row.code, column)) for name, column in COLUMNS.items()
        }
        yield {
            "indicator": row.code,
            "title": str(row.cells["B"].shown or ""),
            "unit": str(row.cells["D"].shown or ""),
            **figures,
        }
