"""Cells that are worked out of others: the value and the live formula come from one place.

Rounding is half away from zero, as Excel's ROUND. A percentage is `ROUND(1000*a/b,0)/10`: a half
is exact in binary there, so that this program, Excel and LibreOffice cannot differ.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from desktop.report.sheet import Cell, Mark, Style

Number = int | float


def rounded(number: float) -> int:
    """To a whole number, halves away from zero."""
    whole = math.floor(abs(number))
    whole += abs(number) - whole >= 0.5
    return whole if number >= 0 else -whole


def tenths(thousandfold: float) -> float:
    """One decimal out of a number ten times as large."""
    return rounded(thousandfold) / 10


def number_of(cell: Cell | None) -> Number | None:
    """The figure of a cell, or None where there is none to reckon with."""
    if cell is None or cell.mark or not isinstance(cell.value, int | float):
        return None
    return cell.value


def _missing(cells: Sequence[Cell | None], style: Style) -> Cell | None:
    """What stands where a part of the sum is not there."""
    for cell in cells:
        if number_of(cell) is None:
            mark = cell.mark if cell is not None else Mark.NONE
            if mark is Mark.SMALL:
                mark = Mark.HIDDEN
            return Cell(style=style, mark=mark)
    return None


def share(part: Cell | None, whole: Cell | None, tokens: tuple[str, str]) -> Cell:
    """100 × part ÷ whole, one decimal; `tokens` are the two as a formula names them."""
    missing = _missing((part, whole), Style.PERCENT)
    if missing:
        return missing
    a, b = number_of(part), number_of(whole)
    assert a is not None and b is not None  # noqa: S101, PT018 - seen to by _missing
    formula = f'IF({tokens[1]}=0,"{Mark.UNDEFINED}",ROUND(1000*{tokens[0]}/{tokens[1]},0)/10)'
    if b == 0:
        return Cell(style=Style.PERCENT, mark=Mark.UNDEFINED, formula=formula)
    return Cell(value=tenths(1000 * a / b), style=Style.PERCENT, formula=formula)


def increase(now: Cell | None, then: Cell | None, tokens: tuple[str, str]) -> Cell:
    """100 × (now ÷ then − 1), one decimal."""
    missing = _missing((now, then), Style.PERCENT)
    if missing:
        return missing
    a, b = number_of(now), number_of(then)
    assert a is not None and b is not None  # noqa: S101, PT018
    top, bottom = tokens
    formula = f'IF({bottom}=0,"{Mark.UNDEFINED}",ROUND(1000*({top}-{bottom})/{bottom},0)/10)'
    if b == 0:
        return Cell(style=Style.PERCENT, mark=Mark.UNDEFINED, formula=formula)
    return Cell(value=tenths(1000 * (a - b) / b), style=Style.PERCENT, formula=formula)


def balance(
    plus: Sequence[Cell | None],
    minus: Sequence[Cell | None],
    tokens: tuple[Sequence[str], Sequence[str]],
    style: Style,
) -> Cell:
    """The sum of some cells less others."""
    missing = _missing((*plus, *minus), style)
    if missing:
        return missing
    value: Number = sum(number_of(cell) or 0 for cell in plus)
    value -= sum(number_of(cell) or 0 for cell in minus)
    formula = "+".join(tokens[0]) + "".join(f"-{token}" for token in tokens[1])
    if style in (Style.DECIMAL, Style.PERCENT):
        # Binary fractions: 60.1-50.2 is 9.899999999999999.
        return Cell(value=rounded(value * 100) / 100, style=style, formula=f"ROUND({formula},2)")
    return Cell(value=value, style=style, formula=formula)


def column_sum(column: str, cells: Sequence[Cell], style: Style) -> Cell:
    """The sum of a column over the data rows of a part."""
    missing = _missing(cells, style)
    if missing:
        return missing
    value = sum(number_of(cell) or 0 for cell in cells)
    return Cell(value=value, style=style, formula=f"SUM([*!{column}])" if cells else "")


def without_formula(cell: Cell) -> Cell:
    """The same figure as a plain value."""
    return replace(cell, formula="")
