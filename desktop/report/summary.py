"""Sheets B01 and B12: the indicators against their plans, and against earlier periods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.report import cells
from desktop.report.definition import (
    IndicatorDefinition,
    IndicatorKind,
    PartDefinition,
    TargetDefinition,
)
from desktop.report.earlier import Earlier, indicator_cell
from desktop.report.indicators import Book, Line, WindowName
from desktop.report.parts import sheet_column
from desktop.report.periods import Period
from desktop.report.run import Run
from desktop.report.sheet import Cell, Mark, Part, Row, Style
from desktop.store.snapshots import EarlierFigure, FigureKey

Known = Mapping[FigureKey, EarlierFigure] | None
HALF_NOTE = "Số 6 tháng, không so với kế hoạch năm"


@dataclass(frozen=True)
class Plan:
    """What is to be reached, for the phase and for the year."""

    phase: Cell
    year: Cell
    notes: tuple[str, ...]


class Plans:
    """Plans by indicator: those typed in for this unit or one above it, else the nation's."""

    def __init__(self, run: Run) -> None:
        self._period = run.period
        self._typed = run.measures.table(
            "fact_target", ("indicator", "phase", "year", "value", "document")
        )

    def of(self, definition: IndicatorDefinition) -> Plan:
        """The plan of an indicator; the year's is "…" where nobody has set one."""
        code = definition.target_of or definition.code
        phase_code = self._period.phase.code if self._period.phase else ""
        phase = self._first(code, phase=phase_code)
        year = self._first(code, year=self._period.year)
        notes = [f"KH: {document}" for _, document in (phase, year) if document]
        for target in definition.targets:
            if target.absolute:
                notes.append(_nation(target))
            elif target.each_year and year[0] is None:
                year = (target.value, target.document)
            elif not target.each_year and phase[0] is None:
                phase = (target.value, target.document)
                notes.append(f"KH {target.scope}: {target.document}")
        wanted = not definition.sub and definition.kind is not IndicatorKind.GROUP
        return Plan(
            _plan_cell(phase[0], definition, wanted=wanted),
            _plan_cell(year[0], definition, wanted=wanted),
            tuple(dict.fromkeys(notes)),
        )

    def _first(self, code: str, phase: str = "", year: int = 0) -> tuple[float | None, str]:
        for indicator, of_phase, of_year, value, document in self._typed:
            right = of_year == year if year else of_year is None and of_phase == phase
            if indicator == code and right and isinstance(value, int | float):
                return value, str(document)
        return None, ""


def _nation(target: TargetDefinition) -> str:
    value = f"{target.value:,.0f}".replace(",", ".")
    each = "/năm" if target.each_year else ""
    return f"KH {target.scope}: {value}{each} ({target.document})"


def _plan_cell(value: float | None, definition: IndicatorDefinition, *, wanted: bool) -> Cell:
    style = Style.PERCENT if definition.unit.endswith("%") else Style.INTEGER
    if value is None:
        return Cell(style=style, mark=Mark.UNKNOWN if wanted else Mark.NONE)
    if float(value).is_integer():
        return Cell(value=int(value), style=style)
    return Cell(value=value, style=Style.DECIMAL if style is Style.INTEGER else style)


def build_indicators(part: PartDefinition, run: Run, book: Book, earlier: Earlier) -> Part:
    """Part I of B01."""
    periods = run.reports.periods
    before = _known(earlier, periods.previous(run.period))
    year_ago = _known(earlier, periods.same_last_year(run.period))
    plans = Plans(run)
    rows = []
    for number, definition in _numbered(list(book.shown())):
        line = book.line(definition.code)
        rows.append(_indicator_row(number, line, plans.of(definition), run, (before, year_ago)))
    return _part(part, rows)


def _known(earlier: Earlier, period: Period | None) -> Known:
    return earlier.reported(period) if period else None


def _numbered(lines: Sequence[IndicatorDefinition]) -> list[tuple[str, IndicatorDefinition]]:
    found, number = [], 0
    for definition in lines:
        number += not definition.sub
        found.append(("" if definition.sub else str(number), definition))
    return found


def _kind(definition: IndicatorDefinition) -> str:
    if definition.kind is IndicatorKind.GROUP:
        return "group"
    return "sub" if definition.sub else "data"


def _words(number: str, definition: IndicatorDefinition) -> dict[str, Cell]:
    unit = "" if definition.kind is IndicatorKind.GROUP else definition.unit
    texts = {"A": number, "B": definition.title, "C": definition.code, "D": unit}
    return {
        code: Cell(value=text or None, style=Style.CODE if code == "C" else Style.TEXT)
        for code, text in texts.items()
    }


def _indicator_row(
    number: str, line: Line, plan: Plan, run: Run, known: tuple[Known, Known]
) -> Row:
    definition = line.definition
    row = _words(number, definition)
    if definition.kind is IndicatorKind.GROUP:
        row.update({code: Cell(style=Style.TEXT) for code in "123456789"})
        return Row(code=definition.code, cells=row, kind="group")
    notes = [*plan.notes, *line.notes]
    row["1"], row["2"], row["3"], row["4"] = plan.phase, plan.year, line.numerator, line.denominator
    row["5"] = line.figure
    row["6"] = indicator_cell(known[0], definition.code, line.figure.style)
    row["7"] = indicator_cell(known[1], definition.code, line.figure.style)
    row["8"] = Cell(style=Style.PERCENT)
    if definition.yearly and run.period.half:
        notes.append(HALF_NOTE)
    elif plan.year.mark or plan.year.value is not None:
        row["8"] = cells.share(line.figure, plan.year, ("[5]", "[2]"))
    row["9"] = Cell(value="; ".join(notes) or None, style=Style.TEXT)
    return Row(code=definition.code, cells=row, kind=_kind(definition))


def _part(part: PartDefinition, rows: Sequence[Row]) -> Part:
    return Part(
        code=part.code,
        title=part.title,
        columns=tuple(map(sheet_column, part.columns)),
        rows=tuple(rows),
    )


def build_comparison(
    part: PartDefinition,
    run: Run,
    book: Book,
    summary: Part,
    earlier: Earlier,
    *,
    rebased: bool,
) -> Part:
    """A part of B12, out of the finished part I of B01 (`summary`, small figures hidden)."""
    periods = run.reports.periods
    before = _compared(earlier, periods.previous(run.period), run, rebased=rebased)
    year_ago = _compared(earlier, periods.same_last_year(run.period), run, rebased=rebased)
    reported = {row.code: row for row in summary.rows}
    rows = []
    for number, definition in _numbered(list(book.shown())):
        cells_ = _words(number, definition)
        if definition.kind is IndicatorKind.GROUP:
            cells_.update({str(n): Cell(style=Style.TEXT) for n in range(1, 13)})
        else:
            now = cells.without_formula(reported[definition.code].cells["5"])
            cells_.update(_comparison(definition, book, now, (before, year_ago)))
        rows.append(Row(code=definition.code, cells=cells_, kind=_kind(definition)))
    return _part(part, rows)


def _compared(earlier: Earlier, period: Period | None, run: Run, *, rebased: bool) -> Known:
    """Figures of a period; converted to today's units only where they were other ones then."""
    if period is None:
        return None
    same_units = run.unit.valid_from <= period.closing.isoformat()
    return earlier.rebased(period) if rebased and not same_units else earlier.reported(period)


def _comparison(
    definition: IndicatorDefinition, book: Book, now: Cell, known: tuple[Known, Known]
) -> dict[str, Cell]:
    hidden = now.mark in (Mark.SMALL, Mark.HIDDEN)

    def window(name: WindowName) -> Cell:
        if hidden:
            return Cell(mark=Mark.HIDDEN, style=now.style)
        return cells.without_formula(book.line(definition.code, name).figure)

    baseline = book.amount(definition.baseline) if definition.baseline else Cell(style=now.style)
    found = {
        "1": now,
        "2": indicator_cell(known[0], definition.code, now.style),
        "3": indicator_cell(known[1], definition.code, now.style),
        "4": window(WindowName.YEAR),
        "5": window(WindowName.PHASE),
        "6": replace(baseline, countable=False),
    }
    for against, (difference, percent) in {"2": "78", "3": ("9", "10"), "6": ("11", "12")}.items():
        then = found[against]
        if not then.mark and then.value is None:
            found[difference] = found[percent] = Cell(style=now.style)
            continue
        tokens = ([f"[{1}]"], [f"[{against}]"])
        found[difference] = cells.balance([now], [then], tokens, now.style)
        found[percent] = cells.increase(now, then, ("[1]", f"[{against}]"))
    return found
