"""Lay a report out as plans: header block, tables with their heads, signature block.

A4, Times New Roman, heads and column numbers as statistical forms have them (`domain.md` §6).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.report.sheet import Mark, Part, Report, Row, Sheet, Style
from desktop.workbook import words
from desktop.workbook.formulas import Places
from desktop.workbook.heads import COVER, column_heads, page_head
from desktop.workbook.hidden_sheets import data_sheet, lists_sheet
from desktop.workbook.pages import keep_together
from desktop.workbook.plan import Look, SheetPlan
from desktop.workbook.signatures import recipients_block, signature_block
from desktop.workbook.text_fit import lines_of, text_width

if TYPE_CHECKING:
    from desktop.report.sheet import Cell, Column

NUMBERS = {
    Style.TEXT: "@",
    Style.CODE: "@",
    Style.INTEGER: '#,##0;-#,##0;"-"',
    Style.DECIMAL: "#,##0.00",
    Style.PERCENT: "0.0",
    Style.MONEY: '#,##0;-#,##0;"-"',
    Style.DATE: "dd/mm/yyyy",
}
"""Zero is shown as "-" (no occurrence) by the format; the value stays 0."""

_TEXTS = (Style.TEXT, Style.CODE)
WIDEST_CODE = 22.0
"""Characters: a longer code (a digest) is wrapped."""
ROW_HEIGHT = 16.5
MOST_KEPT_ROWS, LEAST_KEPT_ROWS = 18, 3
"""A table of so many rows stays on one page; of a longer one, so many stay with its heads."""
PART_HEAD_ROWS = 6
"""Title and heads of a table, in rows."""
LINE_HEIGHT = 14.5


def lay_out(report: Report) -> list[SheetPlan]:
    """Plans of every sheet in order, the two hidden ones last."""
    plans = [_visible_sheet(report, sheet) for sheet in report.sheets]
    return [*plans, data_sheet(report), lists_sheet(report)]


def _visible_sheet(report: Report, sheet: Sheet) -> SheetPlan:
    plan = _planned(report, sheet, parts_whole=False)
    if plan.one_page or len(sheet.parts) == 1:
        return plan
    return _planned(report, sheet, parts_whole=True)


def _planned(report: Report, sheet: Sheet, *, parts_whole: bool) -> SheetPlan:
    """The plan of a sheet; `parts_whole`: a table that fits a page is not broken over two."""
    plan = SheetPlan(name=sheet.name, landscape=sheet.landscape)
    plan.widths = _widths(sheet)
    row = page_head(plan, report, sheet)
    for part in sheet.parts:
        if parts_whole and part is not sheet.parts[0]:
            rows = len(part.rows) if len(part.rows) <= MOST_KEPT_ROWS else LEAST_KEPT_ROWS
            keep_together(plan, row, ROW_HEIGHT * (rows + PART_HEAD_ROWS))
        row = _part(plan, part, row, alone=len(sheet.parts) == 1)
    row = _texts(plan, sheet, row)
    row = _notes(plan, sheet, row)
    row = signature_block(plan, report.heading, row)
    if sheet.code == COVER:
        recipients_block(plan, report.heading, row + 2)
    return plan


def _widths(sheet: Sheet) -> list[float]:
    most = max((len(part.columns) for part in sheet.parts), default=0)
    widths = [
        max(_needed(part, i) for part in sheet.parts if i < len(part.columns)) for i in range(most)
    ]
    least = 124.0 if sheet.landscape else 84.0
    if not widths:
        return [least / 6] * 6
    short = least - sum(widths)
    if short > 0:
        # The page is filled: the widest text column takes what is left.
        texts = [i for i in range(most) if _is_text_column(sheet, i)] or [0]
        widths[max(texts, key=lambda i: widths[i])] += min(short, 40)
    return widths


def _needed(part: Part, index: int) -> float:
    """Width of a column: as defined, but codes and "không tính được" stay on one line."""
    column = part.columns[index]
    cells = [row.cells[column.code] for row in part.rows if column.code in row.cells]
    if any(cell.mark is Mark.UNDEFINED for cell in cells):
        return max(column.width, text_width(Mark.UNDEFINED) + 1.5)
    if column.style is not Style.CODE:
        return column.width
    widths = (text_width(str(cell.shown or "")) for cell in cells)
    longest = max(widths, default=0.0) + 1.5
    return max(column.width, min(longest, WIDEST_CODE))


def _is_text_column(sheet: Sheet, index: int) -> bool:
    return any(
        index < len(part.columns) and part.columns[index].style is Style.TEXT
        for part in sheet.parts
    )


def _part(plan: SheetPlan, part: Part, row: int, *, alone: bool) -> int:
    """Plan one table from sheet row `row`; returns the next free row.

    A table alone on its sheet has its heads printed again on every page.
    """
    last_column = len(part.columns) - 1
    if part.title:
        look = Look(bold=True, size=12, wrap=True)
        plan.span((row, 0, row, last_column), part.title, look)
        plan.heights[row] = 18 * lines_of(part.title, sum(plan.widths[: last_column + 1]), look) + 2
        row += 1
    head = row
    row = first = column_heads(plan, part, row)
    if alone:
        plan.repeat = (head, first - 1)
        plan.freeze = (first, min(2, last_column))
    columns = {column.code: i for i, column in enumerate(part.columns)}
    rows = {one.code: first + i for i, one in enumerate(part.rows)}
    data_rows = [first + i for i, one in enumerate(part.rows) if one.kind == "data"]
    places = Places(columns, rows, data_rows)
    for one in part.rows:
        _row(plan, part, one, row, places)
        row += 1
    return row + 1


def _row(plan: SheetPlan, part: Part, one: Row, row: int, places: Places) -> None:
    lines = 1
    for index, column in enumerate(part.columns):
        cell = one.cells.get(column.code)
        look = _look(column, cell, one)
        if cell is None:
            is_blank = one.kind == "group" or column.style in _TEXTS
            plan.put(row, index, None if is_blank else words.NOT_APPLICABLE, look)
            continue
        if cell.value is None and not cell.mark:
            is_blank = cell.style in (*_TEXTS, Style.DATE)
            plan.put(row, index, None if is_blank else words.NOT_APPLICABLE, look)
            continue
        formula = places.resolve(cell.formula, row) if cell.formula else ""
        plan.put(row, index, cell.shown, look, formula=formula)
        if isinstance(cell.shown, str):
            lines = max(lines, lines_of(cell.shown, plan.widths[index], look))
    plan.heights[row] = max(ROW_HEIGHT, LINE_HEIGHT * lines + 3)


def _look(column: Column, cell: Cell | None, one: Row) -> Look:
    style = cell.style if cell else column.style
    mark = cell.mark if cell else Mark.NONE
    is_text = style in _TEXTS
    centred = mark or cell is None or style in (Style.CODE, Style.DATE)
    if cell is not None and cell.value is None and not mark:
        centred = True
    return Look(
        bold=one.kind in ("total", "group"),
        italic=one.kind == "sub" and is_text,
        align="center" if centred else ("left" if is_text else "right"),
        border=True,
        wrap=is_text or mark is Mark.UNDEFINED,
        number="@" if mark else NUMBERS[style],
        shade=one.kind in ("total", "group"),
        indent=1 if one.kind == "sub" and is_text and column.style is Style.TEXT else 0,
    )


def _texts(plan: SheetPlan, sheet: Sheet, row: int) -> int:
    last = len(plan.widths) - 1
    width = sum(plan.widths)
    for block in sheet.texts:
        plan.span((row, 0, row, last), block.heading, Look(bold=True, size=13))
        plan.heights[row] = 20
        row += 1
        look = Look(size=13, wrap=True, vertical="top", align="justify")
        for paragraph in block.text.split("\n"):
            plan.span((row, 0, row, last), paragraph, look)
            plan.heights[row] = 17.5 * lines_of(paragraph, width, look) + 4
            row += 1
        row += 1
    return row


def _notes(plan: SheetPlan, sheet: Sheet, row: int) -> int:
    if not sheet.notes:
        return row
    last = len(plan.widths) - 1
    plan.span((row, 0, row, last), words.NOTES, Look(size=10, bold=True, italic=True))
    for note in sheet.notes:
        row += 1
        look = Look(size=10, italic=True, wrap=True, vertical="top")
        plan.span((row, 0, row, last), f"- {note}", look)
        plan.heights[row] = 13.5 * lines_of(note, sum(plan.widths), look) + 2
    return row + 2
