"""The records behind a figure: the same SQL that counted it, asked for what it counted."""

from __future__ import annotations

from desktop.report.definition import Builder, PartDefinition, RowKind
from desktop.report.frames import row_frames, stands
from desktop.report.indicators import Book
from desktop.report.run import Run

NUMERATOR, DENOMINATOR, FIGURE = "3", "4", "5"


def records_of(run: Run, sheet: str, part: str, row: str, column: str) -> tuple[str, list[str]]:
    """Register and ids of the records one figure was counted from, in the order of its list.

    Where a column counts turns (lượt), adds up amounts or counts several projects of one facility,
    there are fewer records than the figure says. Raises KeyError for a cell that is not counted.
    """
    definition = run.reports.sheet(sheet).part(part)
    if definition.build is Builder.INDICATORS:
        return _of_indicator(run, row, column)
    if definition.build not in (Builder.NONE, Builder.COLLABORATORS):
        raise KeyError((sheet, part, row, column))
    counted = definition.column(column)
    if not counted.counted or not stands(counted.show, run):
        raise KeyError((sheet, part, row, column))
    source = definition.source_of(counted)
    if definition.open_list:
        return source.register, run.measures.records_of_line(source, int(row))
    return source.register, run.measures.records(
        source, counted.counting(), _rows_behind(definition, run, row, additive=counted.additive)
    )


def _of_indicator(run: Run, row: str, column: str) -> tuple[str, list[str]]:
    indicators = {indicator.code: indicator for indicator in run.reports.indicators.indicators}
    indicator = indicators[row]
    code = {
        NUMERATOR: indicator.numerator,
        DENOMINATOR: indicator.denominator,
        FIGURE: "" if indicator.denominator else indicator.numerator,
    }.get(column, "")
    if not code:
        raise KeyError((row, column))
    register, found = Book(run).records(code)
    if not register:
        raise KeyError((row, column))
    return register, found


def _rows_behind(part: PartDefinition, run: Run, code: str, *, additive: bool) -> list[str]:
    """The rows a figure adds up: its own, or all data rows for the total of an additive column."""
    source_rows = {row for source in part.sources for row in run.measures.rows(source)}
    frames = row_frames(part, run, source_rows)
    frame = next((frame for frame in frames if frame.code == code), None)
    if frame is None:
        raise KeyError(code)
    if frame.kind is RowKind.TOTAL and additive:
        return [other.code for other in frames if other.kind is RowKind.DATA]
    return [code]
