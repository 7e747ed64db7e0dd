"""Every cell of the workbook before any Excel library is asked: what is to be written where.

`layout` makes plans from a report, `write` hands them to XlsxWriter, `verify` holds the written
file against them. Rows and columns count from 0.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desktop.base.errors import LimitExceeded
from desktop.base.translate import tr

if TYPE_CHECKING:
    from desktop.report.sheet import Value

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
MOST_CHARACTERS = 32_767
MOST_TAB_CHARACTERS = 31
"""Limits of the xlsx format (Excel specifications and limits)."""


@dataclass(frozen=True, kw_only=True)
class Look:
    """How a cell is drawn; equal looks share one format of the workbook."""

    size: float = 11
    bold: bool = False
    italic: bool = False
    underline: bool = False
    align: str = "left"
    border: bool = False
    wrap: bool = False
    number: str = "General"
    shade: bool = False
    indent: int = 0
    vertical: str = "vcenter"


@dataclass(frozen=True, kw_only=True)
class PlannedCell:
    """One cell: its value, and the formula that gives it where there is one."""

    value: Value
    look: Look
    formula: str = ""
    """In A1 terms, without "="."""
    down: int = 0
    across: int = 0
    """Last row and column of the merged range it heads; 0 for a single cell."""


@dataclass
class SheetPlan:
    """One sheet: cells by (row, column), and how the page is set up."""

    name: str
    hidden: bool = False
    landscape: bool = True
    cells: dict[tuple[int, int], PlannedCell] = field(default_factory=dict)
    widths: list[float] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)
    repeat: tuple[int, int] | None = None
    """First and last row printed again on every page."""
    freeze: tuple[int, int] | None = None
    breaks: list[int] = field(default_factory=list)
    """Rows that begin a new page."""
    one_page: bool = False
    """A little too much for a page is made smaller rather than broken."""
    last_row: int = 0

    def put(self, row: int, column: int, value: Value, look: Look, *, formula: str = "") -> None:
        """Plan a single cell. Raises `LimitExceeded` rather than cut anything."""
        check_limits(self.name, row, column, value)
        self.cells[row, column] = PlannedCell(value=value, look=look, formula=formula)
        self.last_row = max(self.last_row, row)

    def span(self, place: tuple[int, int, int, int], value: Value, look: Look) -> None:
        """Plan a merged range (first row, first column, last row, last column)."""
        first_row, first_column, last_row, last_column = place
        if (first_row, first_column) == (last_row, last_column):
            self.put(first_row, first_column, value, look)
            return
        check_limits(self.name, last_row, last_column, value)
        self.cells[first_row, first_column] = PlannedCell(
            value=value, look=look, down=last_row, across=last_column
        )
        self.last_row = max(self.last_row, last_row)


def check_limits(sheet: str, row: int, column: int, value: Value) -> None:
    """Raises `LimitExceeded` where Excel could not hold the cell."""
    if row >= MOST_ROWS or column >= MOST_COLUMNS:
        raise LimitExceeded(
            tr(
                "Sheet {sheet} would need more than {rows} rows, which Excel cannot hold; nothing "
                "was written. Export a shorter period or split the list."
            ).format(sheet=sheet, rows=f"{MOST_ROWS:,}".replace(",", "."))
        )
    if isinstance(value, str) and len(value) > MOST_CHARACTERS:
        raise LimitExceeded(
            tr(
                "A text of sheet {sheet} has {count} characters; Excel holds {most} in one cell. "
                "Nothing was written. Shorten the text that begins “{start}…”."
            ).format(
                sheet=sheet,
                count=f"{len(value):,}".replace(",", "."),
                most=f"{MOST_CHARACTERS:,}".replace(",", "."),
                start=value[:40],
            )
        )
