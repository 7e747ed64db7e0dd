"""Reads an exported workbook the way a stranger would: cells, bytes, tables by their head."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook
from python_calamine import CalamineWorkbook

from desktop.report.sheet import Part, Report

DATA, LISTS = "_DULIEU", "_DM"
Place = tuple[str, str, str, str]
"""Sheet, part, row, column: how `_DULIEU` names a figure."""


def bytes_inside(path: Path) -> bytes:
    """Every byte of every file in the package, unpacked, and their names."""
    with zipfile.ZipFile(path) as package:
        return b"\0".join(
            part for name in package.namelist() for part in (name.encode(), package.read(name))
        )


def cells_of(path: Path) -> dict[str, list[list[Any]]]:
    """Values by sheet from A1 on, by calamine; an empty cell is ""."""
    with CalamineWorkbook.from_path(str(path)) as book:
        return {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for name in book.sheet_names
        }


def data_lines(path: Path) -> dict[Place, Any]:
    """The figures of `_DULIEU` by their place."""
    rows = cells_of(path)[DATA]
    head = next(number for number, row in enumerate(rows) if row[0] == "bieu")
    found: dict[Place, Any] = {}
    for row in rows[head + 1 :]:
        sheet, part, code, column, value = row[:5]
        place = (str(sheet), str(part), str(code), str(column))
        assert place not in found, f"{place} stands twice in {DATA}"
        found[place] = value
    return found


def manifest(path: Path) -> dict[str, str]:
    """The head of `_DULIEU`: what the workbook says of itself."""
    found = {}
    for row in cells_of(path)[DATA][1:]:
        if not row[0]:
            return found
        found[row[0]] = row[1]
    return found


def visible_lines(path: Path, report: Report) -> dict[Place, Any]:
    """The same figures as the person sees them: each table is found by its column numbers.

    `report` tells only the order of parts, rows and columns.
    """
    book = cells_of(path)
    found: dict[Place, Any] = {}
    for sheet in report.sheets:
        rows = iter(book[sheet.name])
        for part in sheet.parts:
            _skip_to_head(rows, part)
            for row in part.rows:
                shown = next(rows)
                if row.kind != "group":
                    for place, column in enumerate(part.columns):
                        found[sheet.code, part.code, row.code, column.code] = shown[place]
    return found


def _skip_to_head(rows: Iterator[list[Any]], part: Part) -> None:
    numbers = [column.numbered or column.code for column in part.columns]
    for row in rows:
        if [str(value) for value in row[: len(numbers)]] == numbers:
            return
    raise AssertionError(f"no row of column numbers {numbers}")


def opened(path: Path) -> tuple[Workbook, Workbook]:
    """By openpyxl: with the values worked out, and with the formulas."""
    return openpyxl.load_workbook(path, data_only=True), openpyxl.load_workbook(path)


def cell_lines(path: Path) -> Iterator[str]:
    """`sheet!A1 = value [formula]` of every cell of the visible sheets, for a golden file."""
    values, formulas = opened(path)
    for sheet in values.worksheets:
        if sheet.sheet_state != "visible":
            continue
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is None:
                    continue
                written = formulas[sheet.title][cell.coordinate]
                formula = f" [{written.value}]" if written.data_type == "f" else ""
                yield f"{sheet.title}!{cell.coordinate} = {_plain(cell.value)}{formula}"


def _plain(value: Any) -> str:
    return value.replace("\n", "⏎") if isinstance(value, str) else repr(value)
