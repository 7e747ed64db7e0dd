"""Work out the indicators: numerators, denominators and figures for the period, year and phase."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from desktop.report import cells
from desktop.report.definition import (
    Basis,
    IndicatorDefinition,
    IndicatorKind,
    MeasureDefinition,
)
from desktop.report.run import Run
from desktop.report.sheet import Cell, Mark, Style
from desktop.store.measures import Count

BY_YEAR = "NAM"  # the choice of A6 that cumulates trained people within the year
TRAINED = "A6"


class WindowName(StrEnum):
    """Over which days a flow is counted; all end on the closing date."""

    PERIOD = "period"
    YEAR = "year"
    PHASE = "phase"


@dataclass(frozen=True, kw_only=True)
class Line:
    """An indicator in one window."""

    definition: IndicatorDefinition
    numerator: Cell
    denominator: Cell
    figure: Cell
    """Its formula names columns 3, 4 and 5 of B01."""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Baseline:
    """A value typed in by date."""

    value: float
    as_of: str
    source: str


class Book:
    """All indicators of one run; every measure is counted once per window."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._definitions = {i.code: i for i in run.reports.indicators.indicators}
        self._measures = {m.code: m for m in run.reports.indicators.measures}
        self._baselines = {
            str(kind): Baseline(value=float(value or 0), as_of=str(as_of), source=str(source))
            for kind, value, as_of, source in run.measures.table(
                "fact_baseline", ("kind", "value", "as_of", "source")
            )
        }
        self._counted: dict[tuple[str, str], Cell] = {}

    def shown(self) -> Iterator[IndicatorDefinition]:
        """The lines of the phase of the period, and those of every phase."""
        phase = self._run.period.phase
        for definition in self._definitions.values():
            if not definition.phase or (phase and definition.phase == phase.code):
                yield definition

    def others(self) -> Iterator[IndicatorDefinition]:
        """The lines of other phases; kept for later comparisons."""
        printed = {definition.code for definition in self.shown()}
        for definition in self._definitions.values():
            if definition.code not in printed:
                yield definition

    def line(self, code: str, window: WindowName = WindowName.PERIOD) -> Line:
        """An indicator worked out for a window."""
        definition = self._definitions[code]
        if definition.kind is IndicatorKind.GROUP:
            empty = Cell(style=Style.TEXT)
            return Line(definition=definition, numerator=empty, denominator=empty, figure=empty)
        if definition.kind is IndicatorKind.CHOSEN:
            chosen = definition.chosen[self._run.settings[definition.setting]]
            figure = self.line(chosen, window).figure
            formula = f"[{chosen}!5]" if _is_number(figure) else ""
            figure = Cell(value=figure.value, mark=figure.mark, style=figure.style, formula=formula)
            return Line(
                definition=definition, numerator=_blank(), denominator=_blank(), figure=figure
            )
        if definition.kind in (IndicatorKind.GROWTH, IndicatorKind.POINTS):
            return self._compared(definition, window)
        return self._counted_line(definition, window)

    def _counted_line(self, definition: IndicatorDefinition, window: WindowName) -> Line:
        numerator = self.amount(definition.numerator, window)
        denominator = _blank()
        if definition.denominator:
            denominator = self.amount(definition.denominator, window)
        if definition.kind is IndicatorKind.SHARE:
            figure = cells.share(numerator, denominator, ("[3]", "[4]"))
        elif definition.kind is IndicatorKind.INCREASE:
            figure = cells.increase(numerator, denominator, ("[3]", "[4]"))
        else:
            formula = "[3]" if _is_number(numerator) else ""
            figure = Cell(
                value=numerator.value,
                mark=numerator.mark,
                style=numerator.style,
                formula=formula,
            )
        return Line(
            definition=definition,
            numerator=numerator,
            denominator=denominator,
            figure=figure,
            notes=tuple(self._sources(definition)),
        )

    def _compared(self, definition: IndicatorDefinition, window: WindowName) -> Line:
        """Growth of a rate against its baseline: from the counts, never from rounded parts."""
        of, base = self.line(definition.of, window), self.line(definition.base, window)
        tokens = (f"[{definition.of}!3]", f"[{definition.of}!4]", f"[{definition.base}!5]")
        figure = _growth(definition.kind, (of.numerator, of.denominator, base.figure), tokens)
        return Line(definition=definition, numerator=_blank(), denominator=_blank(), figure=figure)

    def amount(self, code: str, window: WindowName = WindowName.PERIOD) -> Cell:
        """A measure in a window as a cell; "…" where it is not known."""
        measure = self.measure(code)
        start = self.start(measure, window)
        key = (measure.code, start)
        if key not in self._counted:
            self._counted[key] = self._count(measure, start)
        return self._counted[key]

    def measure(self, code: str) -> MeasureDefinition:
        """The measure of a code, or the one the office chose to stand for it."""
        measure = self._measures[code]
        if measure.setting:
            return self._measures[measure.chosen[self._run.settings[measure.setting]]]
        return measure

    def start(self, measure: MeasureDefinition, window: WindowName) -> str:
        """The first day a measure counts from in a window; "" for a stock."""
        days = {name: str(self._run.measures.parameters[key]) for name, key in _STARTS.items()}
        if measure.basis is Basis.CLOSING:
            return ""
        if window is not WindowName.PERIOD or measure.basis is Basis.WINDOW:
            return days[window]
        if measure.basis is Basis.PROGRAMME:
            return str(self._run.measures.parameters["p"])
        yearly = self._run.settings[TRAINED] == BY_YEAR
        return days[WindowName.YEAR if yearly else WindowName.PHASE]

    def records(self, code: str, window: WindowName = WindowName.PERIOD) -> tuple[str, list[str]]:
        """Register and ids behind a measure; an empty list for a value typed in."""
        measure = self.measure(code)
        if not measure.sql:
            return "", []
        start = {"from": self.start(measure, window)}
        return measure.register, self._run.measures.records(
            measure.source(), measure.counting(), **start
        )

    def _count(self, measure: MeasureDefinition, start: str) -> Cell:
        if measure.baseline:
            found = self._baselines.get(measure.baseline)
            return _number_cell(None if found is None else found.value, countable=False)
        if measure.known and not self._run.measures.table(measure.known, ("amount",)):
            return _number_cell(None, countable=False)
        value = self._run.measures.total(measure.source(), measure.counting(), **{"from": start})
        number = value if isinstance(value, int | float) else None
        return _number_cell(number, countable=measure.count is not Count.VALUE)

    def _sources(self, definition: IndicatorDefinition) -> Iterator[str]:
        for code in (definition.numerator, definition.denominator):
            measure = self.measure(code) if code else None
            found = self._baselines.get(measure.baseline) if measure and measure.baseline else None
            if found:
                day = f"{found.as_of[8:10]}/{found.as_of[5:7]}/{found.as_of[:4]}"
                yield f"Số ngày {day}, nguồn: {found.source}"


_STARTS: Mapping[WindowName, str] = {
    WindowName.PERIOD: "a",
    WindowName.YEAR: "ya",
    WindowName.PHASE: "s",
}


def _growth(
    kind: IndicatorKind, parts: tuple[Cell, Cell, Cell], tokens: tuple[str, str, str]
) -> Cell:
    numbers = [cells.number_of(cell) for cell in parts]
    missing = next((cell for cell in parts if cells.number_of(cell) is None), None)
    if missing is not None:
        mark = Mark.HIDDEN if missing.mark is Mark.SMALL else missing.mark
        return Cell(mark=mark, style=Style.PERCENT)
    a, b, base = (number or 0 for number in numbers)
    top, bottom, against = tokens
    if kind is IndicatorKind.POINTS:
        test, sum_ = f"{bottom}=0", f"10*(100*{top}/{bottom}-{against})"
        value = None if b == 0 else cells.tenths(10 * (100 * a / b - base))
    else:
        test = f"{bottom}*{against}=0"
        sum_ = f"1000*(100*{top}/{bottom}-{against})/{against}"
        value = None if b * base == 0 else cells.tenths(1000 * (100 * a / b - base) / base)
    formula = f'IF({test},"{Mark.UNDEFINED}",ROUND({sum_},0)/10)'
    mark = Mark.UNDEFINED if value is None else Mark.NONE
    return Cell(value=value, mark=mark, style=Style.PERCENT, formula=formula)


def _number_cell(value: float | None, *, countable: bool) -> Cell:
    if value is None:
        return Cell(mark=Mark.UNKNOWN, style=Style.INTEGER)
    whole = float(value).is_integer()
    return Cell(
        value=int(value) if whole else value,
        style=Style.INTEGER if whole else Style.DECIMAL,
        countable=countable,
    )


def _blank() -> Cell:
    return Cell(style=Style.INTEGER)


def _is_number(cell: Cell) -> bool:
    return cells.number_of(cell) is not None
