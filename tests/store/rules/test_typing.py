"""Rules asked of a record while it is typed: each trap that would give another answer elsewhere."""

from __future__ import annotations

import pytest

from desktop.schema.definition import FieldType, Gate, Level
from desktop.store.rules import Candidate

from .conftest import CLIENT, GROUP, Offices, field, person, rule, with_fields


def test_false_is_broken_and_null_and_true_pass(office: Offices) -> None:
    opened = office(rule("V1", "client", "income > 0", fields=("income",)))
    assert opened.numbers(person(income=0)) == ["V1"]
    assert opened.numbers(person(income=1)) == []
    assert opened.numbers(person()) == []


def test_not_in_with_null_passes_as_null_does(office: Offices) -> None:
    opened = office(rule("V1", "client", "kind NOT IN ('A', NULL)"))
    assert opened.numbers(person(kind="B")) == []
    assert opened.numbers(person(kind="A")) == ["V1"]


def test_when_that_is_false_or_null_skips_the_rule(office: Offices) -> None:
    opened = office(rule("V1", "client", "income > 0", when="kind = 'ONE'"))
    assert opened.numbers(person(income=0, kind="ONE", sex="NAM")) == ["V1"]
    assert opened.numbers(person(income=0, kind="TWO")) == []
    assert opened.numbers(person(income=0)) == []


def test_a_bare_table_name_is_this_record_as_typed(office: Offices) -> None:
    opened = office(rule("V1", "client", "(SELECT count(*) FROM client_group WHERE main = 1) = 1"))
    opened.store_candidate(person("stored", [{"main": 1}, {"main": 1}]))
    assert opened.numbers(person("a", [{"main": 1}, {"main": 0}])) == []
    assert opened.numbers(person("a", [{"main": 1}, {"main": 1}])) == ["V1"]
    assert opened.numbers(person("a")) == ["V1"]


def test_main_is_the_register_and_not_what_is_typed(office: Offices) -> None:
    opened = office(
        rule(
            "V17",
            "client",
            "NOT EXISTS (SELECT 1 FROM main.client AS other"
            " WHERE other.personal_no = client.personal_no"
            " AND other.id <> client.id AND other.deleted_at IS NULL)",
        )
    )
    opened.store("client", "b", full_name="B", personal_no="001")
    opened.store("client", "c", full_name="C", personal_no="002", deleted_at="2026-01-01")
    assert opened.numbers(person("a", personal_no="001")) == ["V17"]
    assert opened.numbers(person("b", personal_no="001")) == []
    assert opened.numbers(person("a", personal_no="002")) == []


def test_a_child_rule_reads_its_parent_by_name(office: Offices) -> None:
    opened = office(
        rule(
            "V11",
            "client_group",
            "age_min(client.birth_year, client.birth_month, client.birth_day,"
            " client_group.date_from) < 16",
            when="client_group.code = '01'",
            fields=("date_from",),
        )
    )
    child, adult = {"code": "01", "date_from": "2026-01-01"}, {"code": "01", "date_from": None}
    found = opened.examine(person("a", [child, adult, {**child, "code": "05"}], birth_year=2000))
    assert [(one.rule, one.row_register, one.row_id) for one in found] == [
        ("V11", "client_group", "a1")
    ]
    assert opened.numbers(person("a", [child], birth_year=2010)) == []


def test_other_rows_of_the_same_table_are_reached_by_an_alias(office: Offices) -> None:
    opened = office(
        rule(
            "V21",
            "client_group",
            "NOT EXISTS (SELECT 1 FROM client_group AS other"
            " WHERE other.code = client_group.code AND other.id <> client_group.id)",
        )
    )
    assert opened.numbers(person("a", [{"code": "05"}, {"code": "06"}])) == []
    assert opened.numbers(person("a", [{"code": "05"}, {"code": "05"}])) == ["V21", "V21"]


@pytest.mark.parametrize(
    ("value", "check"),
    [
        ({"income": 5}, "income = '5'"),
        ({"personal_no": "0035"}, "personal_no <> 35"),
        ({"height": 5}, "typeof(height) = 'real'"),
        ({"personal_no": "12"}, "typeof(personal_no) = 'text'"),
        ({"income": 12}, "income > 9"),
        ({"personal_no": "12"}, "personal_no < '9'"),
    ],
)
def test_typed_values_compare_as_the_column_will(
    office: Offices, value: dict[str, int | str], check: str
) -> None:
    opened = office(rule("V1", "client", check), rule("V2", "client", f"NOT ({check})"))
    candidate = person("a", **value)
    opened.store_candidate(person("b", **value))
    stored = [one.rule for one in opened.runner.check_stored("client", ["b"], Gate.SAVE)]
    assert opened.numbers(candidate) == stored == ["V2"]


def test_an_incomplete_record_can_be_asked(office: Offices) -> None:
    opened = office(rule("V1", "client", "client.full_name <> 'x'"))
    assert opened.numbers(Candidate("a", {}, {})) == ["BB"]


def test_rules_that_read_what_does_not_parse_are_not_asked(office: Offices) -> None:
    opened = office(
        rule("V1", "client", "birth_year IS NOT NULL"),
        rule("V2", "client", "income IS NOT NULL"),
        rule("V3", "client", "(SELECT count(*) FROM client_group WHERE date_from IS NULL) = 0"),
    )
    candidate = person("a", [{}])
    candidate.unparsed = frozenset(
        {("client", "birth_year"), ("client", "full_name"), ("client_group", "date_from")}
    )
    candidate.values["full_name"] = None
    assert opened.numbers(candidate) == ["V2"]


def test_the_first_rule_that_breaks_at_run_time_hides_no_other(office: Offices) -> None:
    opened = office(
        rule("V1", "client", "income > 0"),
        rule("V2", "client", "EXISTS (SELECT 1 FROM json_each(needs) WHERE value = 'A')"),
        rule("V3", "client", "(SELECT count(*) FROM client_group, json_each(client.needs)) >= 0"),
        rule("V4", "client", "height > 0"),
    )
    assert opened.numbers(person("a", [{}], income=0, height=0, needs="{")) == ["V1", "V4"]
    assert {problem.place for problem in opened.runner.problems} == {"V2", "V3"}
    assert opened.numbers(person(income=1, height=1, needs='["B"]')) == ["V2"]


def test_a_rule_that_never_ends_is_stopped_and_left_out(office: Offices) -> None:
    digits = (
        "(SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5)"
    )
    endless = f"(SELECT count(*) FROM {', '.join([digits] * 14)}) > client.income"
    opened = office(rule("V1", "client", endless), rule("V2", "client", "income > 0"))
    assert opened.numbers(person(income=0)) == ["V2"]
    assert [problem.place for problem in opened.runner.problems] == ["V1"]
    assert opened.numbers(person(income=0)) == ["V2"]


def test_levels_are_those_of_the_gate(office: Offices) -> None:
    level = {Gate.TYPE: Level.OFF, Gate.SAVE: Level.WARNING, Gate.CLOSE: Level.ERROR}
    opened = office(rule("V14", "client", "income > 0", level={**level, Gate.IMPORT: Level.OFF}))
    candidate = person(income=0)
    assert opened.examine(candidate, Gate.TYPE) == opened.examine(candidate, Gate.IMPORT) == []
    assert [one.level for one in opened.examine(candidate, Gate.SAVE)] == [Level.WARNING]
    assert [one.level for one in opened.examine(candidate, Gate.CLOSE)] == [Level.ERROR]


def test_the_same_record_gets_the_same_answer_at_every_gate(office: Offices) -> None:
    opened = office(
        rule("V1", "client", "income > 0"),
        rule("V2", "client", "(SELECT count(*) FROM client_group WHERE main = 1) = 1"),
        rule("V3", "client_group", "client_group.date_from >= '2020'"),
        rule("V4", "client_group", "(SELECT count(*) FROM client_group) < 2"),
        rule("V5", "client", "NOT EXISTS (SELECT 1 FROM main.client AS o WHERE o.id <> client.id)"),
    )
    opened.store("client", "other", full_name="X")
    candidate = person("a", [{"date_from": "2010-01-01"}, {"main": 0}], income=0)
    state, typed = opened.runner.examine("client", candidate, Gate.TYPE)
    settled = Candidate(
        "a",
        state.row.values,
        {name: [row.values for row in rows.values()] for name, rows in state.children.items()},
    )
    in_batch = opened.runner.examine_batch("client", [person("z"), candidate], Gate.IMPORT)[1][1]
    opened.store_candidate(settled)
    stored = list(opened.runner.check_stored("client", ["a"], Gate.SAVE))
    expected = ["V1", "V2", "V5", "V3", "V4", "V4"]
    for found in (
        typed,
        in_batch,
        opened.runner.check_values("client", settled, Gate.SAVE),
        stored,
    ):
        assert [one.rule for one in found] == expected
        assert [one.values_digest for one in found] == [one.values_digest for one in typed]


def test_a_missing_field_is_told_once_and_says_what_to_write(office: Offices) -> None:
    opened = office(
        rule("V44", "client_group", "code IS NOT NULL", fields=("code",)),
        rule("V45", "client", "kind IS NOT NULL", fields=("kind",)),
    )
    candidate = person("a", [{"code": None}], full_name=None)
    found = opened.examine(candidate)
    assert [(one.rule, one.fields) for one in found] == [
        ("BB", ("full_name",)),
        ("V45", ("kind",)),
        ("V44", ("code",)),
    ]
    assert "full_name" in found[0].message
    assert "Ghi đúng như giấy tờ." in found[0].message
    assert found[0].level is Level.ERROR


def test_messages_show_values_as_on_screen(office: Offices) -> None:
    opened = office(
        rule(
            "V1",
            "client_group",
            "0",
            message="{date_from} · {birth} · {income} · {household} · {note} · {birth_year}",
        )
    )
    opened.store("household", "h", head_name="Trần Văn Bốn")
    found = opened.examine(
        person("a", [{"date_from": "2026-01-31"}], birth_year=1948, income=1500000, household="h")
    )
    shown = found[0].message.split(" · ")
    assert shown[:4] == ["31/01/2026", "1948", "1.500.000", "Trần Văn Bốn"]
    assert shown[5] == "1948"
    assert shown[4] != ""


def test_functions_know_the_clock_the_settings_and_the_period(office: Offices) -> None:
    opened = office(
        rule("V1", "client", "today() <> '2026-06-15'"),
        rule("V2", "client", "setting('limit') <> 90 OR setting('none') IS NOT NULL"),
        rule("V3", "client", "closing_date() = today()"),
        rule("V4", "client", "now() <> '2026-06-15T08:00'"),
    )
    assert opened.numbers(person()) == ["V1", "V2", "V4"]
    opened.context.closing_date = "2026-06-14"
    assert opened.numbers(person()) == ["V1", "V2", "V3", "V4"]


def test_a_register_may_have_columns_named_like_other_tables(office: Offices) -> None:
    group = with_fields(GROUP, field("household", FieldType.REFERENCE, to="household"))
    client = with_fields(CLIENT, field("visit"))
    opened = office(
        rule("V1", "client_group", "client_group.household IS NULL"),
        rule("V2", "client", "client.visit IS NULL"),
        registers=(client, group),
    )
    assert opened.problems == []
    assert opened.numbers(person("a", [{"household": "h"}], visit="x")) == ["V2", "V1"]
