"""Everything forms/ says, loaded once: before the password is typed, where there is time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from desktop.base.errors import DefinitionError, Problem
from desktop.schema.loader import load_forms
from desktop.store.rulebook import RuleBook

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.report.definition import Reports
    from desktop.schema.definition import Forms


@dataclass
class Definitions:
    """Forms, prepared rules, and what the reports are defined to be."""

    folder: Path
    forms: Forms
    book: RuleBook

    @cached_property
    def reports(self) -> Reports:
        """The definitions of forms/reports; loaded when a figure is first asked for."""
        from desktop.report.loader import load_reports

        return load_reports(self.folder / "reports", self.forms)


def load_definitions(folder: Path) -> Definitions:
    """Load and prepare the definitions. Raises `DefinitionError` with every mistake."""
    forms = load_forms(folder)
    book, problems = RuleBook.prepare(forms)
    if problems:
        raise DefinitionError(problems)
    return Definitions(folder, forms, book)


def lint(folder: Path) -> list[Problem]:
    """Every mistake of registers, lists, rules and reports, for `forms lint`.

    Rules are also tried on a row of every table, which `load_definitions` does not wait for.
    """
    try:
        forms = load_forms(folder)
    except DefinitionError as error:
        return list(error.problems)
    _, problems = RuleBook.prepare(forms, try_rows=True)
    from desktop.report.loader import lint_reports

    return [*problems, *lint_reports(folder / "reports", forms)]
