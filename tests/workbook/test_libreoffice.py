"""LibreOffice works the formulas out for itself and comes to the figures that were written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from desktop.report.sheet import Cell, Report
from desktop.workbook.write import write_workbook
from tests.libreoffice import differences


def test_every_formula_gives_the_value_written_beside_it(report: Report, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_workbook(report, path)
    assert differences(path, tmp_path) == []


def test_a_wrong_figure_beside_a_formula_is_found(report: Report, tmp_path: Path) -> None:
    sheet = report.sheets[1]
    part = sheet.parts[0]
    row = part.rows[1]
    wrong = replace(row, cells=row.cells | {"4": Cell(value=99, formula="[1]+[2]-[3]")})
    parts = (replace(part, rows=(part.rows[0], wrong, *part.rows[2:])),)
    path = tmp_path / "a.xlsx"
    write_workbook(replace(report, sheets=(replace(sheet, parts=parts),)), path)
    found = differences(path, tmp_path)
    assert any("99.0 ≠ 12.0" in one for one in found)
