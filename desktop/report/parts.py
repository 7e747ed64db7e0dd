"""Fill the parts of sheets whose rows are counted from sources, row by row as defined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from desktop.report import cells
from desktop.report.definition import (
    ColumnDefinition,
    Label,
    PartDefinition,
    RowKind,
)
from desktop.report.frames import Frame, row_frames, stands
from desktop.report.run import Run
from desktop.report.sheet import Cell, Column, Mark, Part, Row, Style
from desktop.store.measures import Count, Figure

WORDS = (Style.TEXT, Style.CODE)
YES = "CO"  # the choice of a setting that fills a column


def build_part(part: PartDefinition, run: Run) -> Part:
    """A part with all its figures; small ones are not hidden yet."""
    columns = tuple(column for column in part.columns if stands(column.show, run))
    if part.open_list:
        rows = _listed_rows(part, columns, run)
    else:
        figures = _figures(part, columns, run)
        found = {row for by_row in figures.values() for row in by_row}
        rows = _counted_rows(row_frames(part, run, found), columns, figures)
    return Part(
        code=part.code,
        title=part.title,
        open_list=part.open_list,
        columns=tuple(map(sheet_column, columns)),
        rows=tuple(rows),
    )


def sheet_column(column: ColumnDefinition) -> Column:
    """The head of a column."""
    return Column(
        code=column.code,
        title=column.title,
        above=column.above,
        style=column.style,
        width=column.width,
        population=column.population,
        numbered=column.numbered,
        restricted=column.restricted,
    )


def _figures(
    part: PartDefinition, columns: Sequence[ColumnDefinition], run: Run
) -> dict[str, dict[str, Figure]]:
    """Figures by column and row, each source read once."""
    found: dict[str, dict[str, Figure]] = {}
    for source in part.sources:
        counted = [c for c in columns if c.counted and part.source_of(c) == source]
        if not counted:
            continue
        lines = run.measures.figures(source, [column.counting() for column in counted])
        for number, column in enumerate(counted):
            found[column.code] = {row: line[number] for row, line in lines.items()}
    return found


def _counted_rows(
    frames: Sequence[Frame],
    columns: Sequence[ColumnDefinition],
    figures: Mapping[str, Mapping[str, Figure]],
) -> list[Row]:
    grid: dict[str, dict[str, Cell]] = {}
    for frame in frames:
        grid[frame.code] = _plain_cells(frame, columns, figures)
    data = [frame.code for frame in frames if frame.kind is RowKind.DATA]
    for frame in frames:
        _fill_sums(frame, columns, grid, data)
    for frame in frames:
        for column in columns:
            worked_out = column.share or column.plus or column.minus
            if worked_out and frame.has(column.code) and frame.kind is not RowKind.GROUP:
                row = grid[frame.code]
                row[column.code] = _worked_out(column, row, row[column.code])
    return [
        Row(
            code=frame.code,
            cells=grid[frame.code],
            kind=frame.kind.value,
            restricted=frame.restricted,
        )
        for frame in frames
    ]


def _plain_cells(
    frame: Frame,
    columns: Sequence[ColumnDefinition],
    figures: Mapping[str, Mapping[str, Figure]],
) -> dict[str, Cell]:
    """Words and counts of a row; what is worked out of others comes later."""
    row = {}
    for column in columns:
        if column.label:
            row[column.code] = Cell(value=_label(frame, column.label), style=column.style)
        elif not column.counted or frame.kind is RowKind.GROUP or not _applies(frame, column):
            row[column.code] = Cell(style=column.style)
        else:
            row[column.code] = _counted(column, figures[column.code].get(frame.code))
    return row


def _applies(frame: Frame, column: ColumnDefinition) -> bool:
    return frame.has(column.code) and (not column.rows or frame.code in column.rows)


def _label(frame: Frame, label: Label) -> str | None:
    words = {
        Label.NUMBER: frame.number,
        Label.TITLE: frame.title,
        Label.CODE: frame.code,
        Label.UNIT: frame.unit,
    }
    return words[label] or None


def _counted(column: ColumnDefinition, figure: Figure) -> Cell:
    if figure is None and column.style not in WORDS:
        figure = 0
    return Cell(
        value=shown_value(figure, column.style),
        style=column.style,
        countable=column.count is not Count.VALUE,
    )


def shown_value(figure: Figure, style: Style) -> str | int | float | date | None:
    """A figure of SQL as a value of a cell: dates become dates, words stay words."""
    if figure is None or figure == "":
        return None
    if style is Style.DATE:
        return date.fromisoformat(str(figure)[:10])
    if style in WORDS:
        return str(figure)
    if isinstance(figure, float) and figure.is_integer() and style is not Style.DECIMAL:
        return int(figure)
    return figure


def _fill_sums(
    frame: Frame,
    columns: Sequence[ColumnDefinition],
    grid: dict[str, dict[str, Cell]],
    data: Sequence[str],
) -> None:
    """Total rows of additive columns, and rows that are the balance of others."""
    row = grid[frame.code]
    for column in columns:
        if not column.counted or not _applies(frame, column):
            continue
        if frame.plus or frame.minus:
            row[column.code] = _row_balance(frame, column, grid, row[column.code])
        elif frame.kind is RowKind.TOTAL and column.additive:
            summed = [grid[code][column.code] for code in data]
            total = cells.column_sum(column.code, summed, column.style)
            row[column.code] = _keep_countable(total, row[column.code])
        elif frame.kind is RowKind.TOTAL and not frame.distinct:
            row[column.code] = Cell(style=column.style)


def _row_balance(
    frame: Frame, column: ColumnDefinition, grid: Mapping[str, Mapping[str, Cell]], counted: Cell
) -> Cell:
    plus = [grid[code].get(column.code) for code in frame.plus]
    minus = [grid[code].get(column.code) for code in frame.minus]
    tokens = (
        [f"[{code}!{column.code}]" for code in frame.plus],
        [f"[{code}!{column.code}]" for code in frame.minus],
    )
    made = cells.balance(plus, minus, tokens, column.style)
    # Counted by itself too: two ways to one figure, which must meet.
    return _agreed(made, counted)


def _worked_out(column: ColumnDefinition, row: Mapping[str, Cell], counted: Cell) -> Cell:
    if column.share:
        part, whole = column.share
        return cells.share(row.get(part), row.get(whole), (f"[{part}]", f"[{whole}]"))
    made = cells.balance(
        [row.get(code) for code in column.plus],
        [row.get(code) for code in column.minus],
        ([f"[{code}]" for code in column.plus], [f"[{code}]" for code in column.minus]),
        column.style,
    )
    return _agreed(made, counted) if column.counted else made


def _agreed(made: Cell, counted: Cell) -> Cell:
    """The formula where it gives the counted figure; else the count, which the records back."""
    if made.mark is Mark.NONE and made.value == counted.value:
        return _keep_countable(made, counted)
    return counted


def _keep_countable(made: Cell, counted: Cell) -> Cell:
    return Cell(
        value=made.value,
        mark=made.mark,
        style=made.style,
        formula=made.formula,
        countable=counted.countable,
    )


def _listed_rows(part: PartDefinition, columns: Sequence[ColumnDefinition], run: Run) -> list[Row]:
    filled = [
        column
        for column in columns
        if column.counted and (not column.setting or run.settings[column.setting] == YES)
    ]
    source = part.sources[0]
    lines = run.measures.lines(source.sql, [column.value for column in filled])
    rows = []
    for number, line in enumerate(lines, 1):
        row = {column.code: Cell(style=column.style) for column in columns}
        for column, figure in zip(filled, line, strict=True):
            row[column.code] = Cell(value=shown_value(figure, column.style), style=column.style)
        for column in columns:
            if column.label is Label.NUMBER:
                row[column.code] = Cell(value=number, style=column.style)
        rows.append(Row(code=str(number), cells=row))
    return rows
