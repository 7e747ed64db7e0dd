"""Where a printed sheet breaks into pages, so that what belongs together stays together.

Sheets are fitted to the width of the page and may be any number of pages tall: then Excel and
LibreOffice both keep to manual breaks between rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.workbook.plan import SheetPlan

CENTIMETRE = 72 / 2.54
"""Points."""
MARGINS = {"top": 2.0, "bottom": 2.0, "right": 1.5}
"""Centimetres; NĐ 30/2020 allows 2–2.5, 2–2.5 and 1.5–2."""
LEFT_MARGIN = {True: 2.0, False: 3.0}
"""Centimetres, by landscape: a landscape table is bound at its top."""
A4_WIDTH, A4_HEIGHT = 21.0, 29.7
DEFAULT_HEIGHT = 15.0
SAFETY = 14.0
"""Points: printers and fonts differ a little."""


def page_size(*, landscape: bool) -> tuple[float, float]:
    """Printable width and height in points."""
    wide, high = (A4_HEIGHT, A4_WIDTH) if landscape else (A4_WIDTH, A4_HEIGHT)
    width = wide - LEFT_MARGIN[landscape] - MARGINS["right"]
    height = high - MARGINS["top"] - MARGINS["bottom"]
    return width * CENTIMETRE, height * CENTIMETRE


def room_left(plan: SheetPlan, row: int) -> float:
    """Points of the sheet's own scale left on the page that `row` would begin on."""
    width, height = page_size(landscape=plan.landscape)
    needed = sum((7 * one + 5) * 0.75 for one in plan.widths)
    page = height / min(1.0, width / needed)
    repeated = 0.0
    if plan.repeat:
        first, last = plan.repeat
        repeated = sum(_height(plan, one) for one in range(first, last + 1))
    used = 0.0
    for one in range(row):
        tall = _height(plan, one)
        if one in plan.breaks or used + tall > page:
            used = repeated
        used += tall
    return page - used


MOST_SHRINKING = 1.3
"""A sheet that is this much taller than a page still reads well on one."""


def fits_one_page(plan: SheetPlan, row: int, tall: float) -> bool:
    """True if rows before `row` and a block of `tall` points fit one page, a little smaller."""
    width, height = page_size(landscape=plan.landscape)
    needed = sum((7 * one + 5) * 0.75 for one in plan.widths)
    page = height / min(1.0, width / needed)
    used = sum(_height(plan, one) for one in range(row)) + tall + SAFETY
    return used <= page * MOST_SHRINKING


def keep_together(plan: SheetPlan, row: int, tall: float) -> None:
    """Begin a new page at `row` if the `tall` points from there on would be cut, and fit a page."""
    if room_left(plan, row) < tall + SAFETY and tall <= page_size(landscape=plan.landscape)[1]:
        plan.breaks.append(row)


def _height(plan: SheetPlan, row: int) -> float:
    return plan.heights.get(row, DEFAULT_HEIGHT)
