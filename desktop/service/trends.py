"""The programme's figures over earlier periods: as reported, or as typed in; never counted anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.report.earlier import FIGURE_COLUMN, INDICATOR_PART, INDICATOR_SHEET
from desktop.store import snapshots

if TYPE_CHECKING:
    from desktop.report.periods import Period
    from desktop.service.workspace import Workspace

MOST_PERIODS = 6


@dataclass(frozen=True)
class Point:
    """One figure of one earlier period."""

    period: str
    """Its title."""
    value: float | None
    """None: nobody knows it."""


Trends = Mapping[str, tuple[Point, ...]]
"""By code of the indicator, the oldest period first; the period itself is not in it."""


def trends(workspace: Workspace, period: Period) -> Trends:
    """What is known of each indicator before `period`, up to `MOST_PERIODS` back."""
    periods = workspace.reporting.reports.periods
    before: list[Period] = []
    step = periods.previous(period)
    while step is not None and len(before) < MOST_PERIODS:
        before.insert(0, step)
        step = periods.previous(step)
    found = [
        (one, snapshots.figures_of(workspace.reader, one.calendar, one.code)) for one in before
    ]
    wanted = (INDICATOR_SHEET, INDICATOR_PART, FIGURE_COLUMN)
    codes = {key[2] for _, figures in found for key in figures if (*key[:2], key[3]) == wanted}
    return {
        code: tuple(
            Point(one.title, _number(figures.get((*wanted[:2], code, FIGURE_COLUMN))))
            for one, figures in found
        )
        for code in codes
    }


def _number(figure: snapshots.EarlierFigure | None) -> float | None:
    if figure is None or not isinstance(figure.shown, int | float):
        return None
    return float(figure.shown)
