"""Every live formula gives the value written beside it; words never stand in a sum."""

from __future__ import annotations

import math
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.report import cells
from desktop.report.build import BuiltReport
from desktop.report.sheet import Cell, Mark, Part, Row
from tests.report.office import NothingBefore, SomethingBefore
from tests.report.random_office import Draw

_TOKEN = re.compile(r"\[(?:([^\]!]+)!)?([^\]]+)\]")


def excel_round(number: float, places: int) -> float:
    """ROUND as Excel and LibreOffice define it: halves away from zero."""
    scaled = abs(number) * 10**places
    whole = math.floor(scaled)
    whole += scaled - whole >= 0.5
    return math.copysign(whole / 10**places, number)


def value_of(cell: Cell) -> Any:
    assert cell.mark in (Mark.NONE, Mark.UNDEFINED), "a formula names a cell without a figure"
    return cell.shown


def evaluate(formula: str, row: Row, part: Part) -> Any:
    """The formula worked out by Python, as a spreadsheet would."""
    rows = {one.code: one for one in part.rows}
    names: dict[str, Any] = {"IF": lambda test, yes, no: yes() if test else no(),
                             "ROUND": excel_round, "SUM": sum}  # fmt: skip

    def put(found: re.Match[str]) -> str:
        name = f"x{len(names)}"
        if found[1] == "*":
            names[name] = [value_of(r.cells[found[2]]) for r in part.rows if r.kind == "data"]
        else:
            names[name] = value_of((rows[found[1]] if found[1] else row).cells[found[2]])
        return name

    text = _TOKEN.sub(put, formula)
    text = re.sub(r'IF\(([^,]+)=0,("[^"]+"),(.*)\)$', r"IF(\1==0,lambda:\2,lambda:\3)", text)
    return eval(text, {"__builtins__": {}, **names})  # noqa: S307 - our own formulas


def checked(built: BuiltReport) -> int:
    number = 0
    for sheet in built.report.sheets:
        for part in sheet.parts:
            for row in part.rows:
                for column, cell in row.cells.items():
                    if cell.formula:
                        number += 1
                        found = evaluate(cell.formula, row, part)
                        place = (sheet.code, part.code, row.code, column, cell.formula)
                        assert found == cell.shown, place
    return number


@pytest.mark.parametrize("outgoing", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_formulas_give_the_values_written(seed: int, outgoing: bool) -> None:
    office = Draw(seed).office
    assert checked(office.report("2026H1", outgoing=outgoing, earlier=NothingBefore())) > 200
    assert checked(office.report("2026", outgoing=outgoing, earlier=SomethingBefore())) > 200


def test_ratios_totals_and_balances_are_formulas() -> None:
    built = Draw(1).office.report("2026H1")
    by_place = {
        (sheet.code, part.code, row.code, column): cell.formula
        for sheet in built.report.sheets
        for part in sheet.parts
        for row in part.rows
        for column, cell in row.cells.items()
    }
    assert by_place["B05", "I", "TONG", "4"] == "[1]+[2]-[3]"
    assert by_place["B07", "I", "KT", "5"].startswith("IF([1]=0")
    assert by_place["B03", "I", "TONG", "1"] == "SUM([*!1])"
    assert by_place["B03", "I", "TONG", "10"] == "[5]+[6]+[7]+[8]+[9]"
    assert by_place["B06", "II", "CUOI_KY", "1"] == "[DAU_KY!1]+[MO_MOI!1]-[KET_THUC!1]"
    assert by_place["B01", "I", "G2-1", "5"].endswith("ROUND(1000*[3]/[4],0)/10)")


@given(part=st.integers(0, 10**6), whole=st.integers(1, 10**6))
def test_percentages_are_exact_half_up(part: int, whole: int) -> None:
    made = cells.share(Cell(value=part), Cell(value=whole), ("[1]", "[2]"))
    assert made.value == ((2000 * part + whole) // (2 * whole)) / 10


@pytest.mark.parametrize(
    ("number", "whole"),
    [(0.5, 1), (1.5, 2), (-0.5, -1), (0.49999999999999994, 0), (-1.4, -1), (2.5, 3)],
)
def test_halves_go_away_from_zero(number: float, whole: int) -> None:
    assert cells.rounded(number) == whole


def test_missing_parts_are_never_zero() -> None:
    unknown, small = Cell(mark=Mark.UNKNOWN), Cell(mark=Mark.SMALL)
    assert cells.share(unknown, Cell(value=3), ("[1]", "[2]")) == Cell(
        mark=Mark.UNKNOWN, style=cells.Style.PERCENT
    )
    assert cells.share(small, Cell(value=3), ("[1]", "[2]")).mark is Mark.HIDDEN
    assert cells.increase(Cell(value=3), Cell(value=0), ("[1]", "[2]")).mark is Mark.UNDEFINED
