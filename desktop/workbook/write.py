"""Write planned sheets with XlsxWriter: beside the target, swapped in, then read again."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from desktop.base.errors import LimitExceeded
from desktop.base.files import write_beside
from desktop.base.progress import Progress, share, silent
from desktop.base.translate import tr
from desktop.workbook.layout import lay_out
from desktop.workbook.pages import LEFT_MARGIN, MARGINS
from desktop.workbook.plan import Look, PlannedCell, SheetPlan
from desktop.workbook.verify import verify

if TYPE_CHECKING:
    from pathlib import Path

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook as XlsxWorkbook
    from xlsxwriter.worksheet import Worksheet

    from desktop.report.sheet import Report

FONT = "Times New Roman"
A4 = 9
INCHES = 1 / 2.54
"""Of a centimetre: margins are given in inches."""


def write_workbook(report: Report, path: Path, progress: Progress = silent) -> int:
    """Write the report to `path` and prove it: only a file that reads back the same is kept.

    Returns how many cells were compared. Raises `UserError` (locked, full or read-only target),
    `LimitExceeded`, `NotAsMeant`; in each case the former file stays as it was.
    """
    plans = lay_out(report)
    progress(tr("Writing the workbook"), 0.1)
    with write_beside(path) as beside:
        write_plans(plans, beside, share(progress, 0.1, 0.6))
        progress(tr("Reading the workbook again"), 0.6)
        compared = verify(plans, beside)
    progress(tr("Workbook written and checked"), 1.0)
    return compared


def write_plans(plans: list[SheetPlan], path: Path, progress: Progress = silent) -> None:
    """Write the planned sheets to `path`, without swapping or reading again."""
    import xlsxwriter  # loaded when first needed: sign-in must not wait for it

    # In memory: figures leave no temporary files, and a full disk is met in one place only.
    packed = BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True})
    book.set_properties({"title": "", "author": "", "company": "", "comments": ""})
    book.formats[0].set_font_name(FONT)
    book.formats[0].set_font_size(11)
    formats: dict[Look, Format] = {}
    for index, plan in enumerate(plans):
        progress(plan.name, index / len(plans))
        _write_sheet(book, plan, formats)
    book.close()
    path.write_bytes(packed.getvalue())


def _write_sheet(book: XlsxWorkbook, plan: SheetPlan, formats: dict[Look, Format]) -> None:
    from desktop.workbook.page_numbers import sheet_class

    sheet = book.add_worksheet(plan.name, sheet_class())
    for (row, column), cell in plan.cells.items():
        _check(_write_cell(book, sheet, row, column, cell, formats), plan, row, column)
    for column, width in enumerate(plan.widths):
        sheet.set_column(column, column, width)
    for row, height in plan.heights.items():
        sheet.set_row(row, height)
    if plan.hidden:
        sheet.hide()
        return
    _set_up_page(sheet, plan)


def _write_cell(
    book: XlsxWorkbook,
    sheet: Worksheet,
    row: int,
    column: int,
    cell: PlannedCell,
    formats: dict[Look, Format],
) -> int:
    look = formats.get(cell.look)
    if look is None:
        look = formats[cell.look] = book.add_format(_properties(cell.look))
    if cell.down or cell.across:
        merged = sheet.merge_range(row, column, cell.down, cell.across, "", look)
        if merged not in (0, None):
            return int(merged)
    return _write_value(sheet, row, column, cell, look)


def _write_value(sheet: Worksheet, row: int, column: int, cell: PlannedCell, look: Format) -> int:
    value: Any = cell.value
    if cell.formula:
        return int(sheet.write_formula(row, column, f"={cell.formula}", look, value))
    if value is None or value == "":
        return int(sheet.write_blank(row, column, None, look))
    if isinstance(value, str):
        return int(sheet.write_string(row, column, value, look))
    if isinstance(value, date | datetime):
        return int(sheet.write_datetime(row, column, value, look))
    return int(sheet.write_number(row, column, value, look))


def _check(code: int, plan: SheetPlan, row: int, column: int) -> None:
    if code != 0:
        raise LimitExceeded(
            tr("Sheet {sheet}, row {row}, column {column}: Excel cannot hold this value.").format(
                sheet=plan.name, row=row + 1, column=column + 1
            )
        )


def _properties(look: Look) -> dict[str, Any]:
    found: dict[str, Any] = {
        "font_name": FONT,
        "font_size": look.size,
        "bold": look.bold,
        "italic": look.italic,
        "align": look.align,
        "valign": {"top": "top", "vcenter": "vcenter"}[look.vertical],
        "num_format": look.number,
        "text_wrap": look.wrap,
    }
    if look.underline:
        found["underline"] = 1
    if look.border:
        found["border"] = 1
    if look.shade:
        found["bg_color"] = "#F2F2F2"
    if look.indent:
        found["indent"] = look.indent
    return found


def _set_up_page(sheet: Worksheet, plan: SheetPlan) -> None:
    sheet.set_paper(A4)
    sheet.set_landscape() if plan.landscape else sheet.set_portrait()
    sheet.set_margins(
        left=LEFT_MARGIN[plan.landscape] * INCHES,
        right=MARGINS["right"] * INCHES,
        top=MARGINS["top"] * INCHES,
        bottom=MARGINS["bottom"] * INCHES,
    )
    sheet.fit_to_pages(1, 1 if plan.one_page else 0)
    if plan.breaks:
        sheet.set_h_pagebreaks(plan.breaks)
    sheet.set_header('&C&"Times New Roman"&13&P', {"margin": INCHES})
    sheet.print_area(0, 0, plan.last_row, len(plan.widths) - 1)
    sheet.hide_gridlines(2)
    if plan.repeat:
        sheet.repeat_rows(*plan.repeat)
    if plan.freeze:
        sheet.freeze_panes(*plan.freeze)
