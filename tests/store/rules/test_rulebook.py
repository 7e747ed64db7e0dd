"""Expressions are prepared alone: what is hostile or wrong is told, what is read is known."""

from __future__ import annotations

import pytest

from desktop.schema.definition import FieldType, Gate
from desktop.store.authorizer import Reads
from desktop.store.database import OWN_TABLES
from desktop.store.driver import DriverError, connect
from desktop.store.expressions import Purpose
from desktop.store.rulebook import RuleBook
from desktop.store.rules import RuleRunner
from desktop.store.tables import schema_statements

from .conftest import CLIENT, GROUP, Offices, field, make_forms, person, rule, with_fields

HOSTILE = {
    "1); DELETE FROM client; --": "bad-sql",
    "1); DROP TABLE client; SELECT (1": "bad-sql",
    "1) UNION SELECT (2": "bad-sql",
    "1)) UNION SELECT ((2": "bad-sql",
    "income) , (height": "bad-sql",
    "income, height": "bad-sql",
    "(SELECT income, height FROM client)": "bad-sql",
    "1; SELECT 1": "not-an-expression",
    "1 -- and more": "not-an-expression",
    "1 /* and more": "not-an-expression",
    "(SELECT count(*) FROM journal)": "bad-sql",
    "(SELECT after FROM main.journal LIMIT 1)": "bad-sql",
    "(SELECT value FROM meta LIMIT 1)": "forbidden-sql",
    "(SELECT count(*) FROM main.counter)": "forbidden-sql",
    "(SELECT sql FROM sqlite_master LIMIT 1)": "forbidden-sql",
    "(SELECT sql FROM sqlite_temp_master LIMIT 1)": "forbidden-sql",
    "(SELECT count(*) FROM pragma_table_info('client'))": "forbidden-sql",
    "(WITH client AS (SELECT value FROM main.meta) SELECT max(value) FROM client)": "forbidden-sql",
    "(WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t) SELECT max(x) FROM t)": (
        "forbidden-sql"
    ),
    "load_extension('x') IS NULL": "forbidden-sql",
    "random() > 0": "forbidden-sql",
    "length(zeroblob(1000000000)) > 0": "forbidden-sql",
    "current_date > '2020'": "forbidden-sql",
    "sqlcipher_export('x') IS NULL": "forbidden-sql",
    "date('now') > '2020'": "other-clock",
    "date(full_name, ' NOW ') > '2020'": "bad-sql",
    "julianday() > 1": "other-clock",
    "strftime('%Y') > '2020'": "other-clock",
    "own_record_id() = id": "bad-sql",
    'kind = "ONE"': "quoted-name",
    "[kind] = 1": "quoted-name",
    "`kind` = 1": "quoted-name",
    '(SELECT count(*) FROM temp."~client")': "quoted-name",
    "kind = 'ONE": "bad-sql",
    "kind = ?": "bad-sql",
    "kind = :kind": "bad-sql",
    "nothing = 1": "bad-sql",
    "no_function(kind)": "bad-sql",
    "rowid > 0": "bad-sql",
    "(SELECT max(o.rowid) FROM main.client AS o) > 0": "forbidden-sql",
    "updated_at > '2020'": "unsteady-column",
    "search_key <> ''": "unsteady-column",
    "(SELECT count(*) FROM visit) = 0": "foreign-own-rows",
    "matches(full_name, '[')": "bad-pattern",
    "  ": "empty-sql",
    "main.client.kind = 1": "bad-sql",
}


@pytest.mark.parametrize(("check", "code"), HOSTILE.items())
def test_what_is_no_expression_over_registers_is_a_problem(
    office: Offices, check: str, code: str
) -> None:
    book, problems = RuleBook.prepare(make_forms(rule("V1", "client", check, place="rules/x.toml")))
    assert [(one.code, one.place) for one in problems] in (
        [(code, "rules/x.toml, V1.check")],
        [("other-clock", "rules/x.toml, V1.check")],
    )
    assert book.rules["client"][-1].number == "BB"


def test_what_is_refused_is_not_run_either(office: Offices) -> None:
    opened = office(*[rule(f"V{n}", "client", sql) for n, sql in enumerate(HOSTILE)])
    opened.store("client", "b", full_name="B")
    assert opened.numbers(person()) == []
    count = opened.connection.execute("SELECT count(*) FROM main.client").fetchone()
    assert count == (1,)
    assert len(opened.problems) == len(HOSTILE)


FINE = (
    "kind IN ('a', 'b;c', '--', '(', 'd\"e')",
    "full_name || '' = 'O''Brien'",
    "EXISTS (SELECT 1 FROM json_each(client.needs) WHERE value = 'A')",
    "(SELECT count(*) FROM json_each(needs)) >= 0",
    "(WITH t AS (SELECT o.id FROM main.client AS o) SELECT count(*) FROM t) >= 0",
    "(SELECT sum(n) FROM (SELECT count(*) AS n FROM main.visit AS v GROUP BY v.client)) >= 0",
    "(SELECT max(n) FROM (SELECT rank() OVER (ORDER BY date_from) AS n FROM client_group)) < 9",
    "date(created_at, '+1 day') > '2020'",
    "instr((SELECT c.tags FROM main.code AS c WHERE c.list = 'CAT' LIMIT 1), ' old ') >= 0",
    "CASE kind WHEN 'ONE' THEN income ELSE 1 END >= 0",
    "matches(personal_no, '[0-9]{12}')",
)


@pytest.mark.parametrize("check", FINE)
def test_what_only_reads_registers_is_accepted(check: str) -> None:
    _, problems = RuleBook.prepare(make_forms(rule("V1", "client", check)))
    assert problems == []


def test_what_is_read_is_told_apart(office: Offices) -> None:
    book = office(
        rule("V1", "client", "income > (SELECT count(*) FROM client_group WHERE main = 1)"),
        rule("V2", "client_group", "client_group.code = (SELECT o.kind FROM main.client AS o)"),
        rule("V3", "visit", "(SELECT count(*) FROM main.client) > 0", when="minutes > 1"),
    ).book
    assert book.reads_own("V1") == {
        ("client", "income"), ("client_group", ""), ("client_group", "main"),
    }  # fmt: skip
    assert book.reads_main("V1") == set()
    assert ("client_group", "code") in book.reads_own("V2")
    assert book.reads_main("V2") == {("client", "kind")}
    assert book.reads_own("V3") == {("visit", "minutes")}
    assert [one.number for one in book.readers_of("client")] == ["V2", "V3"]
    assert book.readers_of("household") == ()


def test_every_problem_is_told_at_once_with_its_place() -> None:
    client = with_fields(
        CLIENT,
        field("a", show_if="nope = 1"),
        field("b", required_if="also_nope"),
        field("c", computed="(SELECT 1 FROM meta)"),
        field("d", FieldType.REFERENCE, to="household", only="nope = 1"),
        restricted_if="nope",
        place="registers/client.toml",
    )
    rules = (rule("V1", "client", "1 +", when="2 +"), rule("V2", "nowhere", "1"))
    _, problems = RuleBook.prepare(make_forms(*rules, registers=(client,)))
    assert [one.place for one in problems] == [
        "registers/client.toml, a.show_if",
        "registers/client.toml, b.required_if",
        "registers/client.toml, c.computed",
        "registers/client.toml, d.only",
        "registers/client.toml, restricted_if",
        "rules, V1.when",
        "rules, V1.check",
        "rules, V2.check",
    ]


def test_fields_that_wait_for_each_other_are_refused() -> None:
    client = with_fields(
        CLIENT,
        field("x", show_if="y IS NULL"),
        field("y", show_if="z = 1"),
        field(
            "z",
            FieldType.INTEGER,
            computed="(SELECT max(client.note = x) FROM client_group, client)",
        ),
        field("self", show_if="self IS NULL"),
    )
    group = with_fields(GROUP, field("note", show_if="client.x IS NULL"))
    _, problems = RuleBook.prepare(make_forms(registers=(client, group)))
    assert {one.code for one in problems} == {"show-cycle"}
    told = " ".join(one.text for one in problems)
    assert "client.x → client.y → client.z → client.x" in told
    assert "client.self → client.self" in told


def test_a_check_with_an_unknown_function_is_found_by_a_row() -> None:
    forms = make_forms(rule("V1", "client", "no_function(kind) = 1", invariant=True))
    _, problems = RuleBook.prepare(forms, try_rows=True)
    assert "bad-table" in {one.code for one in problems}


def test_what_fails_only_when_it_runs_is_found_by_a_row() -> None:
    forms = make_forms(rule("V1", "client", "json_extract(full_name, '$.a') IS NULL"))
    assert RuleBook.prepare(forms)[1] == []
    assert [one.place for one in RuleBook.prepare(forms, try_rows=True)[1]] == ["rules, V1.check"]


@pytest.mark.parametrize(
    "sql",
    [
        "(SELECT count(*) FROM main.journal) < 0",
        "(SELECT count(*) FROM override) < 0",
        "random() < 0",
    ],
)
def test_the_connection_keeps_the_guard(office: Offices, sql: str) -> None:
    """Even an expression that nobody has prepared does nothing but read registers."""
    forms = make_forms(rule("V1", "client", sql), rule("V2", "client", "income > 0"))
    opened = office()
    key = (Purpose.CHECK, "client", "V1")
    reads = {**RuleBook.prepare(forms)[0].reads, key: Reads()}
    connection = connect(":memory:", None)
    for statement in schema_statements(forms, OWN_TABLES):
        connection.execute(statement)
    runner = RuleRunner(connection, RuleBook(forms, reads), opened.context)
    found = runner.examine("client", person(income=0), Gate.TYPE)[1]
    assert [one.rule for one in found] == ["V2"]
    assert [one.place for one in runner.problems] == ["V1"]
    connection.close()


def test_a_protected_connection_writes_only_what_is_temporary(office: Offices) -> None:
    opened = office()
    connection = connect(":memory:", None)
    for statement in schema_statements(opened.book.forms, OWN_TABLES):
        connection.execute(statement)
    runner = RuleRunner(connection, opened.book, opened.context, protect=True)
    for statement in (
        "DELETE FROM main.client",
        "INSERT INTO main.meta VALUES ('a', 'b')",
        "UPDATE main.client SET full_name = 'x'",
        "DROP TABLE main.visit",
        "CREATE TABLE main.t (a)",
        "CREATE INDEX main.i ON client (full_name)",
        "ALTER TABLE main.client ADD COLUMN a",
        "ATTACH ':memory:' AS other",
    ):
        with pytest.raises(DriverError, match=r"not authorized|prohibited"):
            connection.execute(statement)
    assert runner.examine("client", person(), Gate.TYPE)[1] == []
    connection.close()


def test_a_runner_refuses_what_could_not_work(office: Offices) -> None:
    opened = office()
    connection = connect(":memory:", None, read_only=True)
    with pytest.raises(ValueError, match="connection"):
        type(opened.runner)(connection, opened.book, opened.context)
    connection.close()
