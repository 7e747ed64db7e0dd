"""Find what is inconsistent in forms/reports: unknown words, duplicates, missing sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from desktop.base.errors import Problem
from desktop.base.translate import tr
from desktop.report import relations
from desktop.report.definition import (
    ColumnDefinition,
    IndicatorDefinition,
    IndicatorKind,
    MeasureDefinition,
    PartDefinition,
    RelationDefinition,
    Reports,
    RowKind,
    SheetDefinition,
)
from desktop.schema.definition import Forms
from desktop.schema.names import suggestion
from desktop.store.measures import Count

LONGEST_TAB = 31  # characters, a limit of Excel
_BAD_IN_TAB = re.compile(r"[\[\]:*?/\\]")
INDICATOR_LIST, BASELINE_LIST = "CT", "NEN"

Found = Iterator[tuple[str, str, str]]
"""Place, code and text of a problem."""


def lint_structure(reports: Reports, forms: Forms, home: str) -> list[Problem]:
    """Every inconsistency, with file and place; `home` is the folder as messages name it."""
    problems: list[Problem] = []

    def take(file: str, found: Found) -> None:
        problems.extend(Problem(f"{file}: {at}", code, text) for at, code, text in found)

    take(f"{home}/settings.toml", _settings(reports))
    take(f"{home}/facts.toml", _facts(reports, forms))
    take(f"{home}/indicators.toml", _measures(reports, forms))
    take(f"{home}/indicators.toml", _indicators(reports, forms))
    take(f"{home}/sheets", _twice("sheet", (sheet.code for sheet in reports.sheets)))
    for sheet in reports.sheets:
        take(sheet.place, _sheet(sheet, reports, forms))
    return problems


def _twice(what: str, names: Iterable[str]) -> Found:
    for name, times in Counter(names).items():
        if times > 1:
            text = tr("“{name}” is there {times} times; names must differ.")
            yield f"{what}[{name}]", "duplicate", text.format(name=name, times=times)


def _unknown(at: str, name: str, known: Collection[str]) -> Found:
    if name not in known:
        text = tr("There is no “{name}” here.").format(name=name)
        yield at, "unknown-name", text + suggestion(name, known)


def _settings(reports: Reports) -> Found:
    yield from _twice("setting", (setting.code for setting in reports.settings))
    for setting in reports.settings:
        choices = [choice.code for choice in setting.choices]
        yield from _twice(f"setting[{setting.code}].choice", choices)
        if choices:
            yield from _unknown(f"setting[{setting.code}].default", setting.default, choices)


def _facts(reports: Reports, forms: Forms) -> Found:
    yield from _twice("fact", [*(fact.name for fact in reports.facts), *forms.registers])


def _measures(reports: Reports, forms: Forms) -> Found:
    measures = reports.indicators.measures
    codes = [measure.code for measure in measures]
    yield from _twice("measure", codes)
    for measure in measures:
        at = f"measure[{measure.code}]"
        yield from _measure(at, measure, forms)
        if measure.setting:
            yield from _choices(at, measure.setting, measure.chosen, codes, reports)
        if measure.known:
            yield from _unknown(f"{at}.known", measure.known, [f.name for f in reports.facts])


def _measure(at: str, measure: MeasureDefinition, forms: Forms) -> Found:
    if sum(map(bool, (measure.sql, measure.baseline, measure.setting))) != 1:
        yield at, "measure", tr("A measure has exactly one of sql, baseline and setting.")
    if measure.sql:
        yield from _unknown(f"{at}.register", measure.register, forms.registers)
    if measure.baseline:
        codes = _codes(forms, BASELINE_LIST)
        yield from _unknown(f"{at}.baseline", measure.baseline, codes)
    if measure.count is Count.SUM and not measure.value:
        yield at, "value", tr("“value” must say what is summed.")


def _choices(
    at: str, name: str, chosen: dict[str, str], known: Collection[str], reports: Reports
) -> Found:
    yield from _unknown(f"{at}.setting", name, [s.code for s in reports.settings])
    choices = [c.code for s in reports.settings if s.code == name for c in s.choices]
    for choice in {*choices, *chosen}:
        yield from _unknown(f"{at}.chosen", choice, choices)
        yield from _unknown(f"{at}.chosen.{choice}", chosen.get(choice, ""), known)


def _codes(forms: Forms, name: str) -> list[str]:
    found = forms.lists.get(name)
    return [value.code for value in found.values] if found else []


def _indicators(reports: Reports, forms: Forms) -> Found:
    indicators = reports.indicators.indicators
    codes = [indicator.code for indicator in indicators]
    phases = ["", *(phase.code for phase in reports.periods.phases)]
    yield from _twice("indicator", codes)
    for indicator in indicators:
        at = f"indicator[{indicator.code}]"
        yield from _unknown(f"{at}.phase", indicator.phase, phases)
        if indicator.target_of:
            known = _codes(forms, INDICATOR_LIST)
            yield from _unknown(f"{at}.target_of", indicator.target_of, known)
        if indicator.kind is IndicatorKind.CHOSEN:
            yield from _choices(at, indicator.setting, indicator.chosen, codes, reports)
        measures = [measure.code for measure in reports.indicators.measures]
        for key, name in _parts_of(indicator):
            yield from _unknown(f"{at}.{key}", name, measures if key == "measure" else codes)


def _parts_of(indicator: IndicatorDefinition) -> Iterator[tuple[str, str]]:
    """What an indicator of its kind must name."""
    kind = indicator.kind
    if indicator.baseline:
        yield "measure", indicator.baseline
    if kind in (IndicatorKind.SHARE, IndicatorKind.INCREASE):
        yield "measure", indicator.numerator
        yield "measure", indicator.denominator
    elif kind is IndicatorKind.COUNT:
        yield "measure", indicator.numerator
    elif kind in (IndicatorKind.GROWTH, IndicatorKind.POINTS):
        yield "line", indicator.of
        yield "line", indicator.base


def _sheet(sheet: SheetDefinition, reports: Reports, forms: Forms) -> Found:
    if len(sheet.name) > LONGEST_TAB or _BAD_IN_TAB.search(sheet.name):
        text = tr("The tab of a sheet has at most {most} characters, none of [ ] : * ? / \\.")
        yield "name", "tab", text.format(most=LONGEST_TAB)
    yield from _twice("part", (part.code for part in sheet.parts))
    for part in sheet.parts:
        at = f"part[{part.code}]"
        for place, code, text in _part(part, reports, forms):
            yield f"{at}.{place}", code, text
        for relation in part.relations:
            yield from _relation(f"{at}.relation", relation, part, reports)


def _part(part: PartDefinition, reports: Reports, forms: Forms) -> Found:
    codes = [column.code for column in part.columns]
    yield from _twice("column", codes)
    yield from _twice("source", (source.name for source in part.sources))
    for source in part.sources:
        yield from _unknown(f"source[{source.name}].register", source.register, forms.registers)
    for column in part.columns:
        yield from _column(f"column[{column.code}]", column, part, reports)
    yield from _twice("row", (row.code for row in part.rows if row.code))
    for number, row in enumerate(part.rows, 1):
        at = f"row[{row.code or number}]"
        if row.list:
            yield from _unknown(f"{at}.list", row.list, forms.lists)
        for code in row.columns:
            yield from _unknown(f"{at}.columns", code, codes)
        if sum((bool(row.code), bool(row.list), bool(row.frame))) != 1:
            yield at, "row", tr("A row has exactly one of code, list and frame.")


def _column(at: str, column: ColumnDefinition, part: PartDefinition, reports: Reports) -> Found:
    codes = [other.code for other in part.columns]
    if column.setting:
        yield from _unknown(f"{at}.setting", column.setting, [s.code for s in reports.settings])
    for name in (*column.share, *column.plus, *column.minus):
        yield from _unknown(at, name, codes)
    if column.share and len(column.share) != 2:
        yield at, "share", tr("“share” takes two columns.")
    for row in column.rows:
        yield from _unknown(f"{at}.rows", row, _row_names(part))
    if column.label or part.build:
        return
    if not column.population and not part.open_list:
        yield at, "population", tr("“population” must say whom the column counts.")
    if column.counted:
        yield from _unknown(f"{at}.source", column.source, ["", *(s.name for s in part.sources)])
        if not part.sources:
            yield at, "source", tr("The part has no source to count.")
        if (column.count in (Count.SUM, Count.VALUE) or part.open_list) and not column.value:
            yield at, "value", tr("“value” must say what is summed.")


def _row_names(part: PartDefinition) -> list[str]:
    return [name for row in part.rows for name in (row.code, row.block) if name]


def _relation(
    at: str, relation: RelationDefinition, part: PartDefinition, reports: Reports
) -> Found:
    codes = [column.code for column in part.columns]
    for code in relation.columns:
        yield from _unknown(f"{at}.columns", code, codes)
    try:
        sentence = relations.read(relation.is_)
    except ValueError:
        text = tr("“{text}” is no relation; write it as [4] = [1] + [2] - [3].")
        yield at, "relation", text.format(text=relation.is_)
        return
    free = any(row.list or row.frame for row in part.rows)
    for term in sentence.terms:
        key = relations.address(term.name)
        if key is not None:
            yield from _address(at, key, reports)
        elif bool(term.word) != (bool(relation.columns) and bool(term.word)):
            yield at, "relation", tr("“sum” and “each” need “columns”.")
        elif relation.columns and term.name:
            known = _row_names(part)
            if not free or term.name in known:
                yield from _unknown(at, term.name, known)
        elif term.name:
            yield from _unknown(at, relations.earlier_column(term.name) or term.name, codes)


def _address(at: str, key: relations.CellKey, reports: Reports) -> Found:
    yield from _unknown(at, key.sheet, [sheet.code for sheet in reports.sheets])
    for sheet in reports.sheets:
        if sheet.code == key.sheet:
            yield from _unknown(at, key.part, [part.code for part in sheet.parts])
            for part in sheet.parts:
                if part.code == key.part:
                    yield from _unknown(at, key.column, [c.code for c in part.columns])


def total_rows(part: PartDefinition) -> list[str]:
    """Codes of the total rows of a part."""
    return [row.code for row in part.rows if row.kind is RowKind.TOTAL]
