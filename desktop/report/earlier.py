"""Figures of earlier periods: as reported first, as typed in next, otherwise not known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from desktop.report.periods import Period
from desktop.report.sheet import Cell, Mark, Style
from desktop.store import snapshots
from desktop.store.driver import Connection
from desktop.store.snapshots import EarlierFigure, FigureKey

INDICATOR_SHEET, INDICATOR_PART, FIGURE_COLUMN = "B01", "I", "5"


class Earlier(Protocol):
    """Where figures of earlier periods come from."""

    def reported(self, period: Period) -> Mapping[FigureKey, EarlierFigure]:
        """Figures as they were reported, or typed in."""

    def rebased(self, period: Period) -> Mapping[FigureKey, EarlierFigure]:
        """Figures typed in for the administrative units of today."""


class StoredEarlier:
    """Earlier figures of the office's own database; each period is read once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._found: dict[tuple[str, str, bool], Mapping[FigureKey, EarlierFigure]] = {}

    def reported(self, period: Period) -> Mapping[FigureKey, EarlierFigure]:
        """Figures as they were reported, or typed in."""
        return self._read(period, rebased=False)

    def rebased(self, period: Period) -> Mapping[FigureKey, EarlierFigure]:
        """Figures typed in for the administrative units of today."""
        return self._read(period, rebased=True)

    def _read(self, period: Period, *, rebased: bool) -> Mapping[FigureKey, EarlierFigure]:
        key = (period.calendar, period.code, rebased)
        if key not in self._found:
            self._found[key] = (
                snapshots.typed_figures(
                    self._connection, period.calendar, period.code, rebased=True
                )
                if rebased
                else snapshots.figures_of(self._connection, period.calendar, period.code)
            )
        return self._found[key]


def indicator_cell(
    figures: Mapping[FigureKey, EarlierFigure] | None, code: str, style: Style
) -> Cell:
    """The figure of an indicator in an earlier period; "…" where it is not known."""
    found = None
    if figures is not None:
        found = figures.get((INDICATOR_SHEET, INDICATOR_PART, code, FIGURE_COLUMN))
    return shown_cell(found, style)


def shown_cell(figure: EarlierFigure | None, style: Style) -> Cell:
    """A figure as a cell, with the mark it was reported under."""
    if figure is None:
        return Cell(mark=Mark.UNKNOWN, style=style)
    if isinstance(figure.shown, str):
        mark = next((mark for mark in Mark if mark and mark.value == figure.shown), Mark.UNKNOWN)
        return Cell(mark=mark, style=style)
    value = figure.shown
    if isinstance(value, float) and value.is_integer() and style is Style.INTEGER:
        value = int(value)
    return Cell(value=value, style=style)
