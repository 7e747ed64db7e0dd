"""Load forms/reports, or say everything that is wrong with it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.base.errors import DefinitionError, Problem
from desktop.report.definition import Indicators, Reports, Setting, SheetDefinition
from desktop.report.lint import lint_structure
from desktop.report.periods import Periods
from desktop.report.reading import read_file
from desktop.report.sql_lint import lint_sql
from desktop.schema.definition import Forms
from desktop.store.measures import Fact


@dataclass(frozen=True, kw_only=True)
class SettingsFile:
    """settings.toml."""

    settings: tuple[Setting, ...]


@dataclass(frozen=True, kw_only=True)
class FactsFile:
    """facts.toml."""

    facts: tuple[Fact, ...]


def load_reports(folder: Path, forms: Forms) -> Reports:
    """The reports of a folder such as forms/reports, complete and consistent.

    SQL is not looked into here: `lint_reports` prepares it. Raises DefinitionError with every
    mistake of every file.
    """
    reports, problems = _read(folder, forms)
    if problems or reports is None:
        raise DefinitionError(problems)
    return reports


def lint_reports(folder: Path, forms: Forms) -> list[Problem]:
    """Every mistake of forms/reports, its SQL included, each with file and place."""
    reports, problems = _read(folder, forms)
    if reports is not None and not problems:
        problems += lint_sql(reports, forms)
    return problems


def _read(folder: Path, forms: Forms) -> tuple[Reports | None, list[Problem]]:
    problems: list[Problem] = []
    home = f"{folder.parent.name}/{folder.name}"

    def place(path: Path) -> str:
        return f"{home}/{path.relative_to(folder).as_posix()}"

    names = {name: folder / f"{name}.toml" for name in ("periods", "settings", "facts")}
    periods = read_file(Periods, names["periods"], place(names["periods"]), problems)
    settings = read_file(SettingsFile, names["settings"], place(names["settings"]), problems)
    facts = read_file(FactsFile, names["facts"], place(names["facts"]), problems)
    path = folder / "indicators.toml"
    indicators = read_file(Indicators, path, place(path), problems)
    sheets = []
    for path in sorted((folder / "sheets").glob("*.toml"), key=lambda path: path.name):
        sheet = read_file(SheetDefinition, path, place(path), problems)
        if sheet is not None:
            sheets.append(replace(sheet, place=place(path)))
    if periods is None or settings is None or facts is None or indicators is None:
        return None, problems
    reports = Reports(
        periods=periods,
        settings=settings.settings,
        facts=facts.facts,
        indicators=indicators,
        sheets=tuple(sheets),
        digest=_digest(folder),
    )
    problems += lint_structure(reports, forms, home)
    return reports, problems


def _digest(folder: Path) -> str:
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*.toml"), key=lambda path: path.as_posix()):
        text = path.read_bytes().replace(b"\r\n", b"\n")
        total.update(path.relative_to(folder).as_posix().encode() + b"\0" + text + b"\0")
    return total.hexdigest()
