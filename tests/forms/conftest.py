"""The definitions of forms/, and a small invented office in memory for its rules to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from desktop.base.clock import FixedClock
from desktop.base.text import fold
from desktop.schema.definition import Forms, Gate, Level
from desktop.schema.loader import load_forms
from desktop.store.catalogue import fill_codes
from desktop.store.driver import Connection, Stored, connect
from desktop.store.findings import Finding
from desktop.store.functions import RuleContext
from desktop.store.rulebook import RuleBook
from desktop.store.rules import Candidate, FormState, RuleRunner
from desktop.store.tables import OWN_TABLES, column_types, schema_statements
from tests.forms.office import OFFICE, StoredRow
from tests.forms.rule_case import Case, RecordCase

FORMS = Path(__file__).parents[2] / "forms"
NOW = datetime(2026, 6, 14, 10, 0)


@pytest.fixture(scope="session")
def forms() -> Forms:
    return load_forms(FORMS)


def turned_round(forms: Forms) -> Forms:
    """The same rules, each broken exactly where it was asked and held."""
    rules = tuple(
        replace(rule, check=f"NOT (\n{rule.check}\n)", invariant=False) for rule in forms.rules
    )
    return replace(forms, rules=rules)


class Bench:
    """Asks rules about records, beside the stored rows of the invented office."""

    def __init__(self, forms: Forms) -> None:
        self.forms = forms
        book, self.problems = RuleBook.prepare(forms)
        self._connection = connect(":memory:", None)
        self._connection.execute("PRAGMA foreign_keys = OFF")
        for statement in schema_statements(forms, OWN_TABLES):
            self._connection.execute(statement)
        fill_codes(self._connection, forms)
        for row in OFFICE:
            store(self._connection, forms, row)
        self._runner = RuleRunner(self._connection, book, RuleContext(FixedClock(NOW)))

    def findings(self, case: Case, *, broken: bool, gate: Gate) -> list[Finding]:
        """What the rules say of the passing or the broken record of a case."""
        if not isinstance(case, RecordCase):
            rows = [case.broken if broken else case.passing]
            return self._runner.check_rows(case.on, rows, gate)
        self._connection.execute("BEGIN")
        try:
            for row in case.beside_broken if broken else case.beside:
                store(self._connection, self.forms, row)
            found = self._runner.check_values(case.top, candidate(case, broken), gate)
        finally:
            self._connection.execute("ROLLBACK")
        assert not self._runner.problems
        return found

    def state(
        self,
        register: str,
        values: dict[str, Stored],
        rows: dict[str, list[dict[str, Stored]]] | None = None,
    ) -> FormState:
        """Which fields a record shows and requires, and what is worked out from it."""
        given = Candidate(id="this", values=values, children=numbered(rows or {}))
        found = self._runner.form_state(register, given)
        assert not self._runner.problems
        return found

    def close(self) -> None:
        self._connection.close()


def candidate(case: RecordCase, broken: bool) -> Candidate:
    """The record of a case as the rules take it."""
    values = case.broken if broken else case.passing
    chosen = case.rows_broken if broken and case.rows_broken is not None else case.rows
    rows = {name: [*found] for name, found in chosen.items()}
    if case.on == case.top:
        return Candidate(id="this", values=dict(values), children=numbered(rows))
    rows.setdefault(case.on, []).insert(0, dict(values))
    parent = case.parent_broken if broken and case.parent_broken is not None else case.parent
    return Candidate(id="this", values=dict(parent), children=numbered(rows))


def numbered(
    rows: Mapping[str, list[dict[str, Stored]]],
) -> dict[str, list[dict[str, Stored]]]:
    return {
        name: [row | {"id": f"{name}-{n}", "position": n} for n, row in enumerate(found)]
        for name, found in rows.items()
    }


def store(connection: Connection, forms: Forms, row: StoredRow) -> None:
    """Put a row into its table, whatever the rules say of it."""
    register, values = row
    filled: dict[str, Stored] = {
        "created_at": "2026-01-01T08:00", "created_by": "p", "updated_at": "2026-01-01T08:00",
        "updated_by": "p", "row_version": 1, "position": 0, "sort_key": "",
        "search_key": fold(str(values.get("full_name", ""))), **values,
    }  # fmt: skip
    columns = [name for name in column_types(forms.registers[register]) if name in filled]
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join("?" * len(columns))
    connection.execute(
        f'INSERT INTO main."{register}" ({names}) VALUES ({marks})',
        [filled[name] for name in columns],
    )


@pytest.fixture(scope="session")
def bench(forms: Forms) -> Iterator[Bench]:
    made = Bench(forms)
    yield made
    made.close()


@pytest.fixture(scope="session")
def turned_bench(forms: Forms) -> Iterator[Bench]:
    made = Bench(turned_round(forms))
    yield made
    made.close()


def asking_gate(forms: Forms, number: str) -> Gate:
    """Saving, or closing for a rule that sleeps until then."""
    rule = next(rule for rule in forms.rules if rule.number == number)
    return Gate.CLOSE if rule.level[Gate.SAVE] is Level.OFF else Gate.SAVE
