"""The rules that come with the program: all can be asked, none reads a whole register."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from desktop.base.clock import FixedClock
from desktop.schema.definition import Forms, Gate
from desktop.schema.loader import load_forms
from desktop.store.catalogue import fill_codes
from desktop.store.database import OWN_TABLES
from desktop.store.driver import Connection, connect
from desktop.store.functions import RuleContext
from desktop.store.own_tables import row_source
from desktop.store.rulebook import MISSING, RuleBook
from desktop.store.rules import Candidate, RuleRunner
from desktop.store.tables import schema_statements

FORMS = Path(__file__).parents[3] / "forms"

WALK = re.compile(r"SCAN (\S+)")
ONE_ROW = frozenset({"json_each", "CONSTANT"})
COUNTED_ONCE = frozenset({"V30a", "V30b"})
"""Rules of the office's own page, which count through another register once at the close gate."""


@pytest.fixture(scope="module")
def forms() -> Forms:
    return load_forms(FORMS)


@pytest.fixture(scope="module")
def book(forms: Forms) -> RuleBook:
    return RuleBook.prepare(forms)[0]


@pytest.fixture(scope="module")
def connection(forms: Forms) -> Iterator[Connection]:
    with closing(connect(":memory:", None)) as opened:
        for statement in schema_statements(forms, OWN_TABLES):
            opened.execute(statement)
        fill_codes(opened, forms)
        yield opened


@pytest.fixture(scope="module")
def runner(connection: Connection, book: RuleBook) -> RuleRunner:
    return RuleRunner(connection, book, RuleContext(FixedClock(date(2026, 6, 15))))


def test_every_expression_is_sound(forms: Forms) -> None:
    assert RuleBook.prepare(forms, try_rows=True)[1] == []


def test_every_rule_is_asked(forms: Forms, book: RuleBook) -> None:
    asked = {rule.number for rules in book.rules.values() for rule in rules} - {MISSING}
    assert asked == {rule.number for rule in forms.rules}


def test_no_rule_walks_through_a_register(
    forms: Forms, book: RuleBook, connection: Connection, runner: RuleRunner
) -> None:
    """A rule that does makes saving slower with every record, and checking all of them endless."""
    walks = []
    for name, rules in book.rules.items():
        register = forms.registers.get(name)
        own = book.family(register.parent or name) if register else (name,)
        for rule in rules:
            plan = connection.execute(
                f"EXPLAIN QUERY PLAN SELECT (\n{rule.sql}\n) FROM {row_source(forms, name)}"
            )
            walked = {walk[1].strip("~") for row in plan if (walk := WALK.match(row[3]))}
            walks += [f"{rule.number}: {table}" for table in walked.difference(own, ONE_ROW)]
    assert [walk for walk in walks if walk.partition(":")[0] not in COUNTED_ONCE] == []


@pytest.mark.parametrize("gate", Gate)
def test_an_empty_record_of_any_register_can_be_asked(
    forms: Forms, runner: RuleRunner, gate: Gate
) -> None:
    for register in forms.registers.values():
        if register.parent:
            continue
        rows = {child.name: [{"id": child.name}] for child in forms.children(register.name)}
        runner.examine(register.name, Candidate("new", {}, rows), gate)
    assert runner.problems == []
