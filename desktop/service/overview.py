"""What the home page says: what is overdue, what stands in the way of the report, how far it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.base.numbers import format_decimal, format_integer
from desktop.base.translate import tr
from desktop.report.sheet import Cell, Mark, Row
from desktop.service.due_work import Reminder, due_work
from desktop.service.trends import Trends, trends
from desktop.store.submissions import SUBMISSIONS, Submission, submissions

__all__ = [
    "SUBMISSIONS",
    "Overview",
    "Progress112",
    "Submission",
    "figures",
    "overview",
    "sent",
    "targets",
]

if TYPE_CHECKING:
    from desktop.report.periods import Period
    from desktop.report.sheet import Report
    from desktop.service.checking import Checked
    from desktop.service.workspace import Workspace

INDICATOR_SHEET, INDICATOR_PART = "B01", "I"
NUMBER, TITLE, UNIT, TARGET, ABOVE, BELOW, FIGURE = "A", "B", "D", "1", "3", "4", "5"
_OF_PHASE = re.compile(r"G\d+-\d+")
"""Codes of the decision's own targets, by phase: G2-1."""
PERCENT = 100


@dataclass(frozen=True)
class Overview:
    """What is read beside the window for the home page."""

    due: list[Reminder]
    trends: Trends


def overview(workspace: Workspace, period: Period, checked: Checked | None) -> Overview:
    """What is due, and how the figures were before `period`."""
    return Overview(due_work(workspace, checked), trends(workspace, period))


def sent(workspace: Workspace) -> dict[tuple[str, int], Submission]:
    """What is recorded of the way of each export, by period and revision."""
    return submissions(workspace.reader, workspace.forms)


@dataclass(frozen=True)
class Progress112:
    """One target of Quyết định 112 and how far the office is."""

    code: str
    number: str
    title: str
    share: float | None
    """Part of the bar that is filled, 0 to 1; None: not known."""
    target: float | None
    """Where on the bar the target stands; None: there is none."""
    value: str
    target_text: str
    counted: bool
    """True where the records of the numerator can be listed."""


def targets(report: Report) -> list[Progress112]:
    """The decision's own targets in a report, in its order."""
    return [_progress(row) for row in _indicators(report) if _OF_PHASE.fullmatch(row.code)]


def figures(report: Report) -> dict[str, float]:
    """Code → figure of each indicator of a report that is known."""
    found = {row.code: _number(row.cells.get(FIGURE)) for row in _indicators(report)}
    return {code: figure for code, figure in found.items() if figure is not None}


def _indicators(report: Report) -> Iterator[Row]:
    for sheet in report.sheets:
        for part in sheet.parts:
            if (sheet.code, part.code) == (INDICATOR_SHEET, INDICATOR_PART):
                yield from part.rows


def _progress(row: Row) -> Progress112:
    cells = row.cells
    figure, target = _number(cells.get(FIGURE)), _number(cells.get(TARGET))
    above = cells.get(ABOVE)
    grows = _number(above) is None
    share, place = _on_bar(figure, target, grows=grows)
    sign = "+" if grows and target is not None else ""
    told = f"{sign}{format_decimal(target, 1).removesuffix(',0')} %" if target is not None else ""
    return Progress112(
        code=row.code,
        number=str(cells[NUMBER].value or ""),
        title=str(cells[TITLE].value or ""),
        share=share,
        target=place,
        value=_value(cells, figure, grows=grows),
        target_text=tr("target {figure}").format(figure=told) if told else "",
        counted=above is not None and above.countable,
    )


def _on_bar(
    figure: float | None, target: float | None, *, grows: bool
) -> tuple[float | None, float | None]:
    """A share stands on a bar of 100 %; a growth on one that ends at its target."""
    whole = target if grows else PERCENT
    if not whole:
        return None, None
    place = min(1.0, target / whole) if target is not None else None
    return (max(0.0, min(1.0, figure / whole)) if figure is not None else None), place


def _value(cells: dict[str, Cell], figure: float | None, *, grows: bool) -> str:
    if figure is None:
        mark = cells[FIGURE].mark if FIGURE in cells else Mark.UNKNOWN
        return str(mark or Mark.UNKNOWN)
    shown = f"{format_decimal(figure, 1)} %"
    if grows:
        return f"+{shown}" if figure > 0 else shown
    above, below = _number(cells.get(ABOVE)), _number(cells.get(BELOW))
    if above is None or below is None:
        return shown
    return f"{format_integer(round(above))}/{format_integer(round(below))} · {shown}"


def _number(cell: Cell | None) -> float | None:
    if cell is None or cell.mark or not isinstance(cell.value, int | float):
        return None
    return float(cell.value)
