"""The block above a table: form number, title, period, units; and the table's own heads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.workbook import words
from desktop.workbook.plan import Look, SheetPlan
from desktop.workbook.text_fit import lines_of

if TYPE_CHECKING:
    from datetime import date

    from desktop.report.sheet import Heading, Part, Report, Sheet

COVER = "00"
_HEAD = Look(bold=True, align="center", border=True, wrap=True, shade=True)
_NUMBER = Look(italic=True, size=9, align="center", border=True, wrap=True)


def thirds(widths: list[float]) -> tuple[int, int]:
    """The last column of the left block and the first of the right one, each about 30 % wide.

    With fewer than three columns the blocks share them as well as they can.
    """
    whole, last = sum(widths), len(widths) - 1
    left = 0
    while left < last - 1 and sum(widths[: left + 1]) < whole * 0.28:
        left += 1
    right = last
    while right > left + 1 and sum(widths[right:]) < whole * 0.30:
        right -= 1
    return left, right


def page_head(plan: SheetPlan, report: Report, sheet: Sheet) -> int:
    """Plan the head of a sheet; returns the first row below it."""
    if sheet.code == COVER:
        return _letter_head(plan, report.heading, sheet)
    return _form_head(plan, report, sheet)


def _form_head(plan: SheetPlan, report: Report, sheet: Sheet) -> int:
    """Head of a statistical form: number left, title centred, units right."""
    heading, last = report.heading, len(plan.widths) - 1
    left, right = thirds(plan.widths)
    plain = Look(size=11, wrap=True, vertical="top")
    blocks = (
        (words.FORM.format(form=sheet.form), words.REPORTING_UNIT, Look(size=11, bold=True)),
        (heading.legal, heading.issuer, plain),
        (words.RECEIVED_ON, f"{words.RECEIVING_UNIT}\n{heading.receiver}", plain),
    )
    left_width = sum(plan.widths[: left + 1])
    right_width = sum(plan.widths[right:])
    for row, (left_text, right_text, look) in enumerate(blocks):
        plan.span((row, 0, row, left), left_text, look)
        plan.span((row, right, row, last), right_text, look)
        lines = max(lines_of(left_text, left_width, look), lines_of(right_text, right_width, look))
        plan.heights[row] = 14.5 * lines + 2
    period = words.PERIOD.format(period=heading.period_title)
    window = words.WINDOW.format(start=_day(heading.date_from), end=_day(heading.date_to))
    row = 3
    for text, look, height in (
        (sheet.title.upper(), Look(size=14, bold=True, align="center", wrap=True), 19.0),
        (period, Look(size=12, align="center", bold=True), 17.0),
        (window, Look(size=12, align="center", italic=True), 17.0),
    ):
        plan.span((row, 0, row, last), text, look)
        plan.heights[row] = height * lines_of(text, sum(plan.widths), look) + 2
        row += 1
    return row + 1


def _letter_head(plan: SheetPlan, heading: Heading, sheet: Sheet) -> int:
    """Head of an administrative report (NĐ 30/2020, Phụ lục I)."""
    last = len(plan.widths) - 1
    middle = max(0, min(last - 1, _half(plan.widths)))
    centred = Look(size=12, align="center", wrap=True)
    issuer = Look(size=12, bold=True, underline=True, align="center", wrap=True)
    nation = Look(size=12, bold=True, align="center")
    motto = Look(size=13, bold=True, underline=True, align="center")
    number = words.NUMBER.format(number=heading.number)
    signed = Look(size=13, italic=True, align="center")
    rows = (
        (heading.superior.upper(), centred, words.NATION, nation),
        (heading.issuer.upper(), issuer, words.MOTTO, motto),
        (number, Look(size=13, align="center"), signed_line(heading), signed),
    )
    left_width = sum(plan.widths[: middle + 1])
    for row, (left_text, left_look, right_text, right_look) in enumerate(rows):
        plan.span((row, 0, row, middle), left_text, left_look)
        plan.span((row, middle + 1, row, last), right_text, right_look)
        plan.heights[row] = 18 * lines_of(left_text, left_width, left_look) + 2
    plan.span((4, 0, 4, last), sheet.title.upper(), Look(size=14, bold=True, align="center"))
    plan.heights[4] = 24
    period = words.PERIOD.format(period=heading.period_title)
    window = words.WINDOW.format(start=_day(heading.date_from), end=_day(heading.date_to))
    plan.span((5, 0, 5, last), period, Look(size=13, bold=True, align="center"))
    plan.span((6, 0, 6, last), window, Look(size=13, italic=True, align="center"))
    plan.span(
        (7, 0, 7, last),
        f"Kính gửi: {heading.receiver}",
        Look(size=13, align="center"),
    )
    for row in (5, 6, 7):
        plan.heights[row] = 20
    return 9


def _half(widths: list[float]) -> int:
    so_far = 0.0
    for index, width in enumerate(widths):
        so_far += width
        if so_far >= sum(widths) * 0.42:
            return index
    return len(widths) - 1


def signed_line(heading: Heading) -> str:
    """ "Phủ Lý, ngày 05 tháng 01 năm 2026": a leading 0 for days < 10 and months 1 and 2."""
    day = heading.signed_on
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return words.SIGNED.format(place=heading.place, day=f"{day.day:02}", month=month, year=day.year)


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def column_heads(plan: SheetPlan, part: Part, row: int) -> int:
    """Plan the heads of a table (1 to 3 levels) and its row of column numbers.

    Returns the first data row.
    """
    levels = max(len(column.above) for column in part.columns) + 1
    paths = [_path(column.above, column.title, levels) for column in part.columns]
    for level in range(levels):
        _head_level(plan, paths, row, level, levels)
        plan.heights[row + level] = _head_height(plan, paths, level, levels)
    for index, column in enumerate(part.columns):
        plan.put(row + levels, index, column.numbered or column.code, _NUMBER)
    numbers = [column.numbered or column.code for column in part.columns]
    longest = max(lines_of(n, w, _NUMBER) for n, w in zip(numbers, plan.widths, strict=False))
    plan.heights[row + levels] = 13 * longest + 2
    return row + levels + 1


def _path(above: tuple[str, ...], title: str, levels: int) -> list[str | None]:
    """Head texts from the top; None continues the cell above."""
    path: list[str | None] = [*above, title]
    return path + [None] * (levels - len(path))


def _head_level(
    plan: SheetPlan, paths: list[list[str | None]], row: int, level: int, levels: int
) -> None:
    index = 0
    while index < len(paths):
        text = paths[index][level]
        if text is None:
            index += 1
            continue
        end = index
        is_leaf = level == levels - 1 or paths[index][level + 1] is None
        while not is_leaf and end + 1 < len(paths) and _same(paths, index, end + 1, level):
            end += 1
        bottom = row + (levels - 1 if is_leaf else level)
        plan.span((row + level, index, bottom, end), text, _HEAD)
        index = end + 1


def _same(paths: list[list[str | None]], one: int, other: int, level: int) -> bool:
    has_below = level + 1 < len(paths[other]) and paths[other][level + 1] is not None
    return has_below and paths[one][: level + 1] == paths[other][: level + 1]


def _head_height(plan: SheetPlan, paths: list[list[str | None]], level: int, levels: int) -> float:
    """Points: enough for the tallest head that stands at this level."""
    if level < levels - 1:
        return 14.5 * _most_lines(plan, paths, level) + 4
    tallest = 1.0
    for index, path in enumerate(paths):
        texts = [text for text in path if text is not None]
        own_levels = levels - len(texts) + 1
        lines = lines_of(texts[-1], plan.widths[index], _HEAD)
        tallest = max(tallest, lines * 14.5 - (own_levels - 1) * 18.0)
    return tallest + 4


def _most_lines(plan: SheetPlan, paths: list[list[str | None]], level: int) -> int:
    """Lines of the tallest merged head of a level; one that ends here may grow downwards."""
    most = 1
    index = 0
    while index < len(paths):
        end = index
        while end + 1 < len(paths) and _same(paths, index, end + 1, level):
            end += 1
        text, below = paths[index][level], paths[index][level + 1]
        if text is not None and below is not None:
            most = max(most, lines_of(text, sum(plan.widths[index : end + 1]), _HEAD))
        index = end + 1
    return most
