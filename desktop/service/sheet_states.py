"""How full each sheet of a report is: lines with figures, figures nobody knows yet, problems."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.report.sheet import Mark

if TYPE_CHECKING:
    from desktop.report.definition import Reports
    from desktop.report.sheet import Cell, Report, Row, Sheet
    from desktop.service.checking import Checked

COVER = "00"
_NO_LINES = ("group", "total")


@dataclass(frozen=True)
class SheetState:
    """One sheet as the home page shows it."""

    code: str
    name: str
    filled: int
    """Lines, or headings with words, for which something is recorded."""
    expected: int
    """Lines there are, totals left out."""
    unknown: int
    """Figures that say "…": nobody has collected them yet."""
    problems: int
    """Errors and warnings without a reason in the registers it is counted from."""

    @property
    def is_empty(self) -> bool:
        """True if nothing at all is recorded for it."""
        return self.filled == 0


def sheet_states(
    report: Report, reports: Reports, checked: Checked | None
) -> tuple[SheetState, ...]:
    """Every sheet but the cover, in the report's order."""
    counts = checked.by_register if checked is not None else {}
    registers = {sheet.code: registers_of(reports, sheet.code) for sheet in reports.sheets}
    return tuple(
        SheetState(
            sheet.code,
            sheet.title or sheet.name,
            *_lines(sheet),
            unknown=sum(cell.mark is Mark.UNKNOWN for row in _rows(sheet) for cell in _cells(row)),
            problems=sum(sum(counts.get(name, (0, 0))) for name in registers.get(sheet.code, ())),
        )
        for sheet in report.sheets
        if sheet.code != COVER
    )


def registers_of(reports: Reports, sheet: str) -> frozenset[str]:
    """Registers a sheet counts the records of; none for one that is worked out of others."""
    return frozenset(
        source.register
        for one in reports.sheets
        if one.code == sheet
        for part in one.parts
        for source in part.sources
        if source.register
    )


def _lines(sheet: Sheet) -> tuple[int, int]:
    rows = [row for row in _rows(sheet) if row.kind not in _NO_LINES]
    filled = sum(any(cell.value for cell in _cells(row)) for row in rows)
    texts = sum(bool(block.text.strip()) for block in sheet.texts)
    return filled + texts, len(rows) + len(sheet.texts)


def _rows(sheet: Sheet) -> list[Row]:
    return [row for part in sheet.parts for row in part.rows]


def _cells(row: Row) -> list[Cell]:
    return [cell for cell in row.cells.values() if not isinstance(cell.value, str)]
