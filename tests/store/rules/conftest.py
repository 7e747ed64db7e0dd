"""Small invented definitions with rules of every shape, and a runner over an office in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date

import pytest

from desktop.base.clock import FixedClock
from desktop.base.errors import Problem
from desktop.schema.definition import Field, FieldType, Forms, Gate, Level, Register, Rule
from desktop.store.catalogue import fill_codes
from desktop.store.database import OWN_TABLES
from desktop.store.driver import Connection, Stored, connect, quoted
from desktop.store.findings import Finding
from desktop.store.functions import RuleContext
from desktop.store.rulebook import RuleBook
from desktop.store.rules import Candidate, RuleRunner
from desktop.store.tables import schema_statements

TODAY = date(2026, 6, 15)


def field(name: str, type: FieldType = FieldType.TEXT, **more: object) -> Field:
    return Field(name=name, type=type, label=name.capitalize(), **more)  # type: ignore[arg-type]


def rule(number: str, on: str, check: str, **more: object) -> Rule:
    more.setdefault("message", "Sai.")
    more.setdefault("level", dict.fromkeys(Gate, Level.ERROR))
    return Rule(number=number, on=on, check=check, **more)  # type: ignore[arg-type]


CLIENT = Register(
    name="client",
    title="Đối tượng",
    title_format="{full_name}",
    restricted_if="restricted = 1",
    fields=(
        field("full_name", required=True, help="Ghi đúng như giấy tờ."),
        field("personal_no", digits=12),
        field("kind", FieldType.CHOICE, list="KIND"),
        field(
            "sex", FieldType.CHOICE, list="SEX", show_if="kind = 'ONE'", required_if="kind = 'ONE'"
        ),
        field("pregnant", FieldType.YES_NO, show_if="sex = 'NU'"),
        field("due", FieldType.DATE, show_if="pregnant = 1", required_if="pregnant = 1"),
        field("birth", FieldType.PARTIAL_DATE),
        field("income", FieldType.MONEY),
        field("height", FieldType.DECIMAL),
        field("needs", FieldType.CHOICES, list="NEED"),
        field("household", FieldType.REFERENCE, to="household"),
        field("note"),
        field("group_count", FieldType.INTEGER, computed="(SELECT count(*) FROM client_group)"),
        field(
            "restricted",
            FieldType.YES_NO,
            computed="EXISTS (SELECT 1 FROM client_group AS g WHERE g.code = '09')",
        ),
    ),
)
GROUP = Register(
    name="client_group",
    title="Nhóm",
    parent="client",
    fields=(
        field("code", FieldType.CHOICE, list="CAT", required=True),
        field("main", FieldType.YES_NO),
        field("date_from", FieldType.DATE),
        field("note", show_if="client.kind = 'ONE'"),
    ),
)
HOUSEHOLD = Register(
    name="household",
    title="Hộ",
    title_format="{head_name}",
    fields=(field("head_name"), field("closed", FieldType.DATE)),
)
VISIT = Register(
    name="visit",
    title="Lượt thăm",
    fields=(
        field("client", FieldType.REFERENCE, to="client"),
        field("made_on", FieldType.DATE),
        field("minutes", FieldType.INTEGER),
    ),
)


def make_forms(*rules: Rule, registers: Sequence[Register] = ()) -> Forms:
    """The four registers, or others, with these rules."""
    chosen = {r.name: r for r in (CLIENT, GROUP, HOUSEHOLD, VISIT)} | {r.name: r for r in registers}
    return Forms(registers=chosen, lists={}, rules=rules, digest="1")


def with_fields(register: Register, *fields: Field, **changes: object) -> Register:
    """The register with fields added or, by name, replaced."""
    known = {one.name: one for one in register.fields} | {one.name: one for one in fields}
    return replace(register, fields=tuple(known.values()), **changes)  # type: ignore[arg-type]


def person(
    id: str = "a", groups: Sequence[Mapping[str, Stored]] = (), **values: Stored
) -> Candidate:
    """A client with a name, and rows of `client_group` numbered `<id>1`, `<id>2` …"""
    rows: list[dict[str, Stored]] = [
        {"id": f"{id}{n}", "code": "05", **row} for n, row in enumerate(groups, 1)
    ]
    return Candidate(id, {"full_name": "Lê Thị Mơ", **values}, {"client_group": rows})


@dataclass
class Office:
    """A runner over a database in memory."""

    connection: Connection
    book: RuleBook
    runner: RuleRunner
    problems: list[Problem]
    context: RuleContext

    def store(self, register: str, id: str, **values: Stored) -> None:
        """Put a row where `main.x` finds it; a child's names its parent."""
        row: dict[str, Stored] = {"id": id, **values}
        found = self.book.forms.registers[register]
        if found.parent:
            row.setdefault("position", 0)
        else:
            common = ("created_at", "created_by", "updated_at", "updated_by")
            row = dict.fromkeys((*common, "search_key", "sort_key"), "x") | {"row_version": 1} | row
        names = ", ".join(map(quoted, row))
        self.connection.execute(
            f"INSERT INTO main.{quoted(register)} ({names}) VALUES ({', '.join('?' * len(row))})",
            list(row.values()),
        )

    def store_candidate(self, candidate: Candidate) -> None:
        """Store a client and its rows as they are."""
        self.store("client", candidate.id, **candidate.values)
        for name, rows in candidate.children.items():
            for position, row in enumerate(rows):
                values = {k: v for k, v in row.items() if k != "id"}
                self.store(
                    name, str(row["id"]), client=candidate.id, **values | {"position": position}
                )

    def examine(self, candidate: Candidate, gate: Gate = Gate.TYPE) -> list[Finding]:
        return self.runner.examine("client", candidate, gate)[1]

    def numbers(self, candidate: Candidate, gate: Gate = Gate.TYPE) -> list[str]:
        """Numbers of the rules a client breaks while it is typed."""
        return [one.rule for one in self.examine(candidate, gate)]


def open_office(forms: Forms) -> Office:
    connection = connect(":memory:", None)
    for statement in schema_statements(forms, OWN_TABLES):
        connection.execute(statement)
    fill_codes(connection, forms)
    book, problems = RuleBook.prepare(forms)
    context = RuleContext(FixedClock(TODAY), {"limit": 90})
    return Office(connection, book, RuleRunner(connection, book, context), problems, context)


class Offices:
    """Opens offices with given rules and closes them after the test."""

    def __init__(self) -> None:
        self._opened: list[Office] = []

    def __call__(self, *rules: Rule, registers: Sequence[Register] = ()) -> Office:
        office = open_office(make_forms(*rules, registers=registers))
        self._opened.append(office)
        return office

    def close(self) -> None:
        for office in self._opened:
            office.connection.close()


@pytest.fixture
def office() -> Iterator[Offices]:
    """Call it with rules; it is an office that has them."""
    with closing(Offices()) as opened:
        yield opened
