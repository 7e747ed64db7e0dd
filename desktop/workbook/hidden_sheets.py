"""The two hidden sheets: `_DULIEU` for the receiving program, and `_DM`, its code lists."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from desktop.workbook import words
from desktop.workbook.plan import Look, SheetPlan

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desktop.report.sheet import Report, Value

_TEXT = Look(number="@")
_HEAD = Look(bold=True, number="@")
_NUMBER = Look()
_DATE = Look(number="yyyy-mm-dd")


def data_sheet(report: Report) -> SheetPlan:
    """`_DULIEU`: the manifest as key and value, an empty row, then every figure in long form."""
    plan = SheetPlan(name=words.DATA_SHEET, hidden=True)
    _line(plan, 0, words.MANIFEST_HEADS, _HEAD)
    row = 1
    for key, text in report.manifest.items():
        _line(plan, row, (key, text))
        row += 1
    row += 1
    _line(plan, row, words.DATA_HEADS, _HEAD)
    for datum in report.data():
        row += 1
        values = (datum.sheet, datum.part, datum.row, datum.column, datum.value, datum.note)
        _line(plan, row, values)
    plan.widths = [14, 10, 16, 28, 40, 20]
    return plan


def lists_sheet(report: Report) -> SheetPlan:
    """`_DM`: the code lists as they stood when the workbook was made."""
    plan = SheetPlan(name=words.LISTS_SHEET, hidden=True)
    _line(plan, 0, words.LISTS_HEADS, _HEAD)
    for row, line in enumerate(report.lists, start=1):
        _line(plan, row, (line.list, line.code, line.label, line.valid_from, line.valid_to))
    plan.widths = [14, 14, 60, 12, 12]
    return plan


def _line(plan: SheetPlan, row: int, values: Iterable[Value], look: Look | None = None) -> None:
    for column, value in enumerate(values):
        if value is None or value == "":
            continue
        plan.put(row, column, value, look or _look_of(value))


def _look_of(value: Value) -> Look:
    if isinstance(value, date):
        return _DATE
    return _TEXT if isinstance(value, str) else _NUMBER
