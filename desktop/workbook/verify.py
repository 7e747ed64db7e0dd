"""Read a written workbook again with a second library and hold every cell against the plan."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from desktop.base.errors import UserError
from desktop.base.translate import tr
from desktop.workbook.formulas import place_name

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.report.sheet import Value
    from desktop.workbook.plan import SheetPlan

SHOWN_DIFFERENCES = 5


class NotAsMeant(UserError):
    """The file does not hold what was to be written; `differences` names each cell."""

    def __init__(self, differences: list[str]) -> None:
        self.differences = differences
        head = tr(
            "The workbook was written but does not read back the same in {count} places, so it "
            "was thrown away and the former file was kept. Try again, or use another drive."
        ).format(count=len(differences))
        super().__init__("\n".join([head, *differences[:SHOWN_DIFFERENCES]]))


def verify(plans: list[SheetPlan], path: Path) -> int:
    """Compare every cell of every sheet, hidden ones too; returns how many were compared.

    Raises `NotAsMeant` with every difference: sheets missing or added, a value that differs,
    a value where none was meant.
    """
    from python_calamine import CalamineError, CalamineWorkbook  # loaded when first needed

    try:
        with CalamineWorkbook.from_path(str(path)) as book:
            if book.sheet_names != [plan.name for plan in plans]:
                raise NotAsMeant([f"{book.sheet_names} ≠ {[plan.name for plan in plans]}"])
            read = [book.get_sheet_by_name(plan.name).to_python(skip_empty_area=False)
                    for plan in plans]  # fmt: skip
    except (CalamineError, OSError) as error:
        raise NotAsMeant([str(error)]) from error
    differences: list[str] = []
    compared = 0
    for plan, rows in zip(plans, read, strict=True):
        compared += _compare(plan, rows, differences)
    if differences:
        raise NotAsMeant(differences)
    return compared


def _compare(plan: SheetPlan, rows: list[list[Any]], differences: list[str]) -> int:
    meant = {
        place: _comparable(cell.value)
        for place, cell in plan.cells.items()
        if cell.value is not None and cell.value != ""
    }
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            if value == "" or value is None:
                continue
            expected = meant.pop((row, column), None)
            if expected is None or not _same(expected, _comparable(value)):
                place = f"{plan.name}!{place_name(row, column)}"
                differences.append(f"{place}: {value!r} ≠ {expected!r}")
    for (row, column), expected in meant.items():
        place = f"{plan.name}!{place_name(row, column)}"
        differences.append(f"{place}: ∅ ≠ {expected!r}")
    return len(plan.cells)


def _comparable(value: Value) -> Value:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, bool | int):
        return float(value)
    return value


def _same(expected: Value, found: Value) -> bool:
    if isinstance(expected, float) and isinstance(found, float):
        return abs(expected - found) <= 1e-9 * max(1.0, abs(expected))
    if isinstance(expected, date) or isinstance(found, date):
        return expected == found
    return type(expected) is type(found) and expected == found
