"""Tables made from definitions: the shipped ones as a golden file, and what STRICT refuses."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.base.paths import bundled_root
from desktop.schema.definition import FieldType, Forms, Register
from desktop.schema.loader import load_forms
from desktop.store.database import OWN_TABLES, Database
from desktop.store.driver import IntegrityError, connect
from desktop.store.tables import (
    check_expression,
    column_types,
    schema_statements,
    sort_order,
)

from .conftest import CLIENT, HOUSEHOLD, RULES, make_forms, of_type, text

GOLDEN = Path(__file__).parents[1] / "golden" / "schema.sql"


@pytest.fixture(scope="module")
def shipped() -> Forms:
    return load_forms(bundled_root() / "forms")


def test_the_shipped_definitions_make_the_tables_of_the_golden_file(
    shipped: Forms, request: pytest.FixtureRequest
) -> None:
    made = ";\n\n".join(schema_statements(shipped, OWN_TABLES)) + ";\n"
    if request.config.getoption("--accept"):
        GOLDEN.write_text(made, encoding="utf-8", newline="\n")
    assert made == GOLDEN.read_text(encoding="utf-8")


def test_sqlite_takes_every_table_of_the_shipped_definitions(shipped: Forms) -> None:
    connection = connect(":memory:", None)
    for statement in schema_statements(shipped, OWN_TABLES):
        connection.execute(statement)
    for register in shipped.registers.values():
        found = connection.execute(f"PRAGMA table_info({register.name})").fetchall()
        assert {row[1]: row[2] for row in found} == column_types(register)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


def test_every_reference_has_an_index(shipped: Forms) -> None:
    """Deleting and counting would read the whole register otherwise."""
    connection = connect(":memory:", None)
    for statement in schema_statements(shipped, OWN_TABLES):
        connection.execute(statement)
    for register in shipped.registers.values():
        columns = [f.name for f in register.fields if f.type is FieldType.REFERENCE]
        for column in [*columns, *([register.parent] if register.parent else [])]:
            plan = connection.execute(
                f"EXPLAIN QUERY PLAN SELECT 1 FROM {register.name} WHERE {column} = ?", ("x",)
            ).fetchone()[3]
            assert f"{register.name}__{column}" in plan
    connection.close()


@pytest.mark.parametrize(
    ("column", "value"),
    [("income", "nhiều"), ("height", "cao"), ("birth_year", 1950.5), ("note", b"\0")],
)
def test_a_column_refuses_another_kind_of_value(
    database: Database, column: str, value: object
) -> None:
    with pytest.raises(IntegrityError):
        database.connection.execute(
            f"INSERT INTO client (id, created_at, created_by, updated_at, updated_by, "
            f"row_version, search_key, sort_key, {column}) VALUES (1, 1, 1, 1, 1, 1, 1, 1, ?)",
            (value,),
        )


def test_a_reference_to_nothing_fails_at_the_end_of_the_transaction(database: Database) -> None:
    def refer() -> None:
        with database.transaction() as connection:
            connection.execute(
                "INSERT INTO client_category (id, client, position) VALUES (1, 2, 0)"
            )

    with pytest.raises(IntegrityError, match="FOREIGN KEY"):
        refer()


def test_when_makes_a_rule_pass_where_it_does_not_apply() -> None:
    connection = connect(":memory:", None)
    rule = replace(RULES[0], check="a > 5", when="b = 1")
    broken = f"SELECT NOT ({check_expression(rule)}) FROM (SELECT ? AS a, ? AS b)"
    cases = [(9, 1, 0), (1, 1, 1), (1, 0, 0), (1, None, 0), (None, 1, None)]
    for a, b, expected in cases:
        assert connection.execute(broken, (a, b)).fetchone()[0] == expected
    connection.close()


def test_a_register_named_as_a_table_of_ours_is_refused() -> None:
    register = Register(name="journal", title="Nhật ký", fields=(text("a"),))
    with pytest.raises(ValueError, match="journal"):
        schema_statements(make_forms(register), OWN_TABLES)


def test_the_newest_come_first_where_the_list_runs_backwards() -> None:
    by_day = Register(
        name="visit",
        title="Thăm",
        sort=("-day", "name"),
        fields=(of_type("day", FieldType.PARTIAL_DATE), text("name")),
    )
    assert sort_order(by_day) == [
        ("day_year", True), ("day_month", True), ("day_day", True), ("name", False), ("id", True),
    ]  # fmt: skip
    assert sort_order(HOUSEHOLD) == [("sort_key", False), ("id", False)]
    assert sort_order(CLIENT) == [("sort_key", False), ("id", False)]
