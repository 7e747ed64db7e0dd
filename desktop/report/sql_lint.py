"""Find the mistakes in the SQL of forms/reports by trying all of it on an empty database."""

from __future__ import annotations

from desktop.base.errors import Problem
from desktop.report.definition import PartDefinition, Reports, SheetDefinition
from desktop.report.parameters import trial_parameters
from desktop.schema.definition import Forms
from desktop.store.rehearsal import Rehearsal


def lint_sql(reports: Reports, forms: Forms) -> list[Problem]:
    """Every fact, source, condition, frame and measure that SQLite would refuse."""
    rehearsal = Rehearsal(forms, trial_parameters(reports))
    problems: list[Problem] = []

    def add(place: str, wrong: str) -> None:
        if wrong:
            problems.append(Problem(place, "sql", wrong))

    try:
        for fact in reports.facts:
            add(f"forms/reports/facts.toml: fact[{fact.name}]", rehearsal.fact(fact))
        for measure in reports.indicators.measures:
            if measure.sql:
                wrong = rehearsal.measure(measure.source(), measure.counting())
                add(f"forms/reports/indicators.toml: measure[{measure.code}]", wrong)
        for sheet in reports.sheets:
            for place, wrong in _wrong_in_sheet(sheet, rehearsal):
                add(f"{sheet.place}: {place}", wrong)
    finally:
        rehearsal.close()
    return problems


def _wrong_in_sheet(sheet: SheetDefinition, rehearsal: Rehearsal) -> list[tuple[str, str]]:
    found = []
    for note in sheet.notes:
        if note.sql:
            found.append(("note", rehearsal.value(note.sql)))
    for text in sheet.texts:
        found.append(("text", rehearsal.select(text.sql, ("row", "heading", "text"))))
    for part in sheet.parts:
        for place, wrong in _wrong_in_part(part, rehearsal):
            found.append((f"part[{part.code}].{place}", wrong))
    return found


def _wrong_in_part(part: PartDefinition, rehearsal: Rehearsal) -> list[tuple[str, str]]:
    found = []
    for row in part.rows:
        if row.frame:
            wanted = ("row", "code", "title", "number", "kind")
            found.append(("row.frame", rehearsal.select(row.frame, wanted)))
    for source in part.sources:
        columns = [c for c in part.columns if c.counted and part.source_of(c) == source]
        if part.open_list:
            for column in columns:
                expressions = ("row", "record", column.value)
                place = f"column[{column.code}]"
                found.append((place, rehearsal.select(source.sql, expressions)))
            continue
        wrong = rehearsal.source(source, [column.counting() for column in columns])
        for code, text in wrong.items():
            place = f"column[{code}]" if code else f"source[{source.name}]"
            found.append((place, text))
    return found
