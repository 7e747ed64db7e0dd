"""A list of records as a sheet: the head of the office, what was asked, cells of their kind."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from desktop.base.files import write_beside
from desktop.base.progress import Progress, share, silent
from desktop.base.translate import tr
from desktop.workbook import words
from desktop.workbook.plan import MOST_TAB_CHARACTERS, Look, SheetPlan
from desktop.workbook.text_fit import lines_of, text_width
from desktop.workbook.verify import verify
from desktop.workbook.write import write_plans

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Cell = str | int | float | date | datetime | None

FIRST_EXCEL_DAY = date(1900, 3, 1)
"""Days before are written as text: Excel knows none before 1900, and gets its first two months
wrong."""
NUMBER = "STT"
_PORTRAIT_ROOM = 92.0
"""Characters that a page of A4 upright holds."""
_WIDEST, _NARROWEST = 44.0, 7.0
_LEFT_SHARE = 0.4
_MEASURED = 400
_STEP = 2000
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


@dataclass(frozen=True, kw_only=True)
class PaperColumn:
    """One column of a list on paper."""

    title: str
    align: str = "left"
    """"left", "right" or "center"."""
    number: str = "@"
    """Excel's format of its numbers or dates; "@" for text."""


@dataclass(frozen=True, kw_only=True)
class ListPaper:
    """A list as it leaves the window, for paper and for Excel."""

    superior: str = ""
    issuer: str = ""
    place: str = ""
    made_on: date
    title: str
    """"Danh sách đối tượng"."""
    notes: tuple[str, ...] = ()
    """What was asked, how it is sorted, what was left out: a line each."""
    internal: bool = False
    """Holds facts about people: marked “Lưu hành nội bộ” (NĐ 30/2020, Phụ lục I, ô số 11)."""
    columns: tuple[PaperColumn, ...] = ()
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    """Values of their kind: what Excel can count with."""
    texts: list[tuple[str, ...]] = field(default_factory=list)
    """The same as on screen."""


def signed_on(paper: ListPaper) -> str:
    """ "Phủ Lý, ngày 05 tháng 01 năm 2026": a leading 0 for days < 10 and months 1 and 2."""
    day = paper.made_on
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return words.SIGNED.format(place=paper.place, day=f"{day.day:02}", month=month, year=day.year)


def write_list(paper: ListPaper, path: Path, progress: Progress = silent) -> int:
    """Write the list and prove it: only a file that reads back the same is swapped in.

    Returns how many cells were compared. Raises `UserError` (locked, full or read-only target),
    `LimitExceeded`, `NotAsMeant`, `Cancelled`; in each case the former file stays as it was.
    """
    plan = plan_list(paper, share(progress, 0.0, 0.3))
    with write_beside(path) as beside:
        progress(tr("Writing the workbook"), 0.3)
        write_plans([plan], beside, share(progress, 0.3, 0.7))
        progress(tr("Reading the workbook again"), 0.7)
        compared = verify([plan], beside)
    progress(tr("Workbook written and checked"), 1.0)
    return compared


def plan_list(paper: ListPaper, progress: Progress = silent) -> SheetPlan:
    """Every cell of the sheet. Raises `LimitExceeded`."""
    plan = SheetPlan(name=_tab(paper.title))
    plan.widths = [6.0, *(_width(paper, place) for place in range(len(paper.columns)))]
    plan.landscape = sum(plan.widths) > _PORTRAIT_ROOM
    row = _head(plan, paper)
    looks = _table_head(plan, paper, row)
    first = row + 1
    for number, cells in enumerate(paper.rows, 1):
        if number % _STEP == 0:
            progress(tr("Preparing the list"), number / len(paper.rows))
        at = row + number
        plan.put(at, 0, number, looks[0])
        tallest = 1
        for place, value in enumerate(cells, 1):
            look = looks[place]
            plan.put(at, place, value, look if not isinstance(value, str) else _as_text(look))
            if isinstance(value, str) and len(value) * 1.4 > plan.widths[place]:
                tallest = max(tallest, lines_of(value, plan.widths[place], look))
        if tallest > 1:
            plan.heights[at] = 14.5 * tallest + 2
    plan.repeat = (row, row)
    plan.freeze = (first, 1)
    return plan


def _head(plan: SheetPlan, paper: ListPaper) -> int:
    """The head of an office's paper (NĐ 30/2020, Phụ lục I); returns the row of the heads."""
    last = len(plan.widths) - 1
    middle = max(0, min(last - 1, _middle(plan.widths)))
    centred = Look(size=12, align="center", wrap=True)
    bold = Look(size=12, bold=True, align="center", wrap=True)
    issuer = Look(size=12, bold=True, underline=True, align="center", wrap=True)
    motto = Look(size=13, bold=True, underline=True, align="center", wrap=True)
    signed = Look(size=13, italic=True, align="center", wrap=True)
    internal = words.INTERNAL if paper.internal else ""
    rows = (
        (paper.superior.upper(), centred, words.NATION, bold),
        (paper.issuer.upper(), issuer, words.MOTTO, motto),
        (internal, bold, signed_on(paper), signed),
    )
    widths = (sum(plan.widths[: middle + 1]), sum(plan.widths[middle + 1 :]))
    for row, (left, left_look, right, right_look) in enumerate(rows):
        if last == 0:
            plan.put(row, 0, right, right_look)
            continue
        plan.span((row, 0, row, middle), left, left_look)
        plan.span((row, middle + 1, row, last), right, right_look)
        lines = max(lines_of(left, widths[0], left_look), lines_of(right, widths[1], right_look))
        plan.heights[row] = 18 * lines + 2
    title = Look(size=14, bold=True, align="center", wrap=True)
    plan.span((4, 0, 4, last), paper.title.upper(), title)
    plan.heights[4] = 22 * lines_of(paper.title.upper(), sum(plan.widths), title) + 2
    row = 5
    for note in paper.notes:
        look = Look(size=12, italic=True, align="center", wrap=True)
        plan.span((row, 0, row, last), note, look)
        plan.heights[row] = 17 * lines_of(note, sum(plan.widths), look) + 1
        row += 1
    return row + 1


def _middle(widths: Sequence[float]) -> int:
    """The last column of the office's block: the name of the state beside it is longer."""
    shares = [sum(widths[: place + 1]) / sum(widths) for place in range(len(widths))]
    return min(range(len(widths)), key=lambda place: abs(shares[place] - _LEFT_SHARE))


def _table_head(plan: SheetPlan, paper: ListPaper, row: int) -> list[Look]:
    """Plan the heads; returns the look of each column's cells."""
    head = Look(bold=True, align="center", border=True, wrap=True, shade=True)
    plan.put(row, 0, NUMBER, head)
    looks = [Look(align="center", border=True, number="0", vertical="top")]
    tallest = 1
    for place, column in enumerate(paper.columns, 1):
        plan.put(row, place, column.title, head)
        tallest = max(tallest, lines_of(column.title, plan.widths[place], head))
        looks.append(
            Look(
                align=column.align, border=True, wrap=True, number=column.number, vertical="top"
            )
        )  # fmt: skip
    plan.heights[row] = 14.5 * tallest + 6
    return looks


_TEXTS: dict[Look, Look] = {}


def _as_text(look: Look) -> Look:
    """The same for a text among numbers or dates, such as a year where the day is not known."""
    if look.number == "@":
        return look
    if look not in _TEXTS:
        values: dict[str, Any] = {**look.__dict__, "number": "@"}
        _TEXTS[look] = Look(**values)
    return _TEXTS[look]


def _width(paper: ListPaper, place: int) -> float:
    """Characters that nine cells of ten keep within, and the heading in two lines."""
    title = paper.columns[place].title
    longest_word = max((text_width(word, bold=True) for word in title.split()), default=0.0)
    cells = sorted(
        max((text_width(line) for line in row[place].split("\n")), default=0.0)
        for row in paper.texts[:_MEASURED]
    )
    usual = cells[(len(cells) * 9 - 1) // 10] if cells else 0.0
    if paper.columns[place].align != "left" and cells:
        usual = cells[-1]
    wanted = max(usual, longest_word, text_width(title, bold=True) / 2) + 1.8
    return max(_NARROWEST, min(wanted, _WIDEST))


def _tab(title: str) -> str:
    """A name Excel takes for a sheet."""
    return " ".join(title.translate(_FORBIDDEN).split())[:MOST_TAB_CHARACTERS].strip() or "1"
