"""Rules asked of what is stored: registers, neighbours of a saved record, rows of a report."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.base.progress import Cancelled
from desktop.schema.definition import Gate, Level
from desktop.store import rules as rules_module

from .conftest import Office, Offices, person, rule

IN_HOUSE = rule(
    "V22",
    "visit",
    "visit.made_on <= (SELECT h.closed FROM main.client AS c"
    " JOIN main.household AS h ON h.id = c.household WHERE c.id = visit.client)",
)
AFTER_BIRTH = rule(
    "V24",
    "visit",
    "year_of(visit.made_on) >="
    " (SELECT c.birth_year FROM main.client AS c WHERE c.id = visit.client)",
)
NO_DOUBLE = rule(
    "V17",
    "client",
    "NOT EXISTS (SELECT 1 FROM main.client AS o"
    " WHERE o.personal_no = client.personal_no AND o.id <> client.id)",
)


def broken(office: Office, register: str, ids: list[str] | None = None) -> list[tuple[str, str]]:
    found = office.runner.check_stored(register, ids, Gate.SAVE)
    return [(one.rule, one.record_id) for one in found]


def test_a_whole_register_is_asked_without_the_deleted(office: Offices) -> None:
    opened = office(rule("V1", "client", "income > 0"))
    for n in range(5):
        opened.store("client", f"c{n}", full_name="X", income=n % 2)
    opened.store("client", "gone", full_name="X", income=0, deleted_at="2026-01-01")
    assert broken(opened, "client") == [("V1", "c0"), ("V1", "c2"), ("V1", "c4")]
    assert broken(opened, "client", ["c1", "c2", "gone", "nobody"]) == [("V1", "c2")]
    assert broken(opened, "client", []) == []


def test_each_record_sees_its_own_rows_only(
    office: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules_module, "BATCH", 2)
    opened = office(
        rule("V1", "client", "(SELECT count(*) FROM client_group) = 1"),
        rule("V2", "client_group", "(SELECT count(*) FROM client_group WHERE main = 1) = 1"),
    )
    opened.store_candidate(person("a", [{"main": 1}]))
    opened.store_candidate(person("b", [{"main": 1}, {"main": 1}]))
    opened.store_candidate(person("c"))
    assert broken(opened, "client") == [("V1", "b"), ("V2", "b"), ("V2", "b"), ("V1", "c")]


def test_chosen_rules_only(office: Offices) -> None:
    opened = office(rule("V1", "client", "0"), rule("V2", "client", "0"))
    opened.store("client", "a", full_name="X")
    found = opened.runner.check_stored("client", ["a"], Gate.SAVE, rules=["V2"])
    assert [one.rule for one in found] == ["V2"]


def test_progress_is_told_and_may_cancel(office: Offices) -> None:
    opened = office(rule("V1", "client", "0"))
    opened.store("client", "a", full_name="X")

    def stop(text: str, done: float) -> None:
        raise Cancelled(text)

    with pytest.raises(Cancelled, match="Đối tượng"):
        list(opened.runner.check_stored("client", None, Gate.SAVE, stop))
    assert broken(opened, "client") == [("V1", "a")]


def test_what_the_open_transaction_wrote_is_seen_and_left_alone(office: Offices) -> None:
    opened = office(rule("V1", "client", "income > 0"), NO_DOUBLE)
    opened.connection.execute("BEGIN IMMEDIATE")
    opened.store("client", "a", full_name="X", income=0, personal_no="1")
    assert broken(opened, "client") == [("V1", "a")]
    assert opened.numbers(person("b", personal_no="1")) == ["V17"]
    assert opened.connection.in_transaction
    opened.connection.execute("ROLLBACK")
    assert broken(opened, "client") == []
    assert opened.numbers(person("b", personal_no="1")) == []


def test_a_check_leaves_no_transaction_open(office: Offices) -> None:
    opened = office(rule("V1", "client", "json_extract(note, '$.a') = 1"))
    opened.numbers(person(note="{"))
    assert not opened.connection.in_transaction
    found = opened.runner.check_stored("client", None, Gate.SAVE)
    assert not opened.connection.in_transaction
    assert list(found) == []


def test_a_failing_rule_hides_no_other_record_or_rule(office: Offices) -> None:
    opened = office(
        rule("V1", "client", "json_extract(note, '$.a') = 1"), rule("V2", "client", "income > 0")
    )
    for id, note in (("a", '{"a": 2}'), ("b", "{"), ("c", '{"a": 2}')):
        opened.store("client", id, full_name="X", note=note, income=0)
    expected = [("V1", "a"), ("V2", "a"), ("V2", "b"), ("V1", "c"), ("V2", "c")]
    assert sorted(broken(opened, "client")) == sorted(expected)
    assert [one.place for one in opened.runner.problems] == ["V1"]


def test_records_of_one_batch_meet_once_they_are_written(office: Offices) -> None:
    opened = office(NO_DOUBLE, rule("V1", "client", "income > 0"))
    twins = [person("a", personal_no="1"), person("b", personal_no="1")]
    assert opened.runner.check_batch("client", twins, Gate.IMPORT) == [[], []]
    for twin in twins:
        opened.store_candidate(twin)
    again = opened.book.rules_between("client")
    assert set(again) == {"V17"}
    found = opened.runner.check_stored("client", ["a", "b"], Gate.IMPORT, rules=again)
    assert [one.record_id for one in found] == ["a", "b"]


class Neighbourhood:
    """A household of two clients with a visit each, and a stranger with one."""

    def __init__(self, office: Office) -> None:
        self.office = office
        office.store("household", "h", head_name="H", closed="2026-12-31")
        for id, household in (("a", "h"), ("b", "h"), ("s", None)):
            office.store("client", id, full_name=id, household=household, birth_year=2000)
            office.store("visit", f"v{id}", client=id, made_on="2026-06-01")

    def of(self, register: str, id: str) -> dict[str, tuple[str, ...]]:
        found = self.office.runner.neighbours(register, id)
        return {one.register: one.ids for one in found}


@pytest.fixture
def neighbourhood(office: Offices) -> Callable[..., Neighbourhood]:
    return lambda *rules: Neighbourhood(office(*rules))


def test_neighbours_refer_to_the_saved_record(
    neighbourhood: Callable[..., Neighbourhood],
) -> None:
    near = neighbourhood(AFTER_BIRTH)
    assert near.of("client", "a") == {"visit": ("va",)}
    assert near.of("visit", "va") == {}
    assert near.of("household", "h") == {}


def test_neighbours_over_a_register_that_the_rule_reads(
    neighbourhood: Callable[..., Neighbourhood],
) -> None:
    near = neighbourhood(IN_HOUSE)
    assert near.of("household", "h") == {"visit": ("va", "vb")}
    assert near.of("client", "a") == {"visit": ("va",)}


def test_neighbours_that_the_saved_record_refers_to(
    neighbourhood: Callable[..., Neighbourhood],
) -> None:
    near = neighbourhood(
        rule(
            "V1", "client", "(SELECT count(*) FROM main.visit AS v WHERE v.client = client.id) < 2"
        )
    )
    assert near.of("visit", "va") == {"client": ("a",)}
    near.office.store("visit", "lost", client=None)
    assert near.of("visit", "lost") == {}


def test_warnings_and_columns_that_did_not_change_make_no_neighbours(
    neighbourhood: Callable[..., Neighbourhood],
) -> None:
    near = neighbourhood(AFTER_BIRTH)
    runner = near.office.runner
    assert runner.neighbours("client", "a", [("client", "note")]) == []
    assert len(runner.neighbours("client", "a", [("client", "birth_year")])) == 1
    level = dict.fromkeys(Gate, Level.WARNING)
    warned = neighbourhood(rule("V24", "visit", AFTER_BIRTH.check, level=level))
    assert warned.of("client", "a") == {}


def test_what_a_save_breaks_nearby_is_told_apart_from_what_was_broken(
    neighbourhood: Callable[..., Neighbourhood],
) -> None:
    near = neighbourhood(AFTER_BIRTH, rule("V9", "visit", "visit.minutes IS NOT NULL"))
    runner, connection = near.office.runner, near.office.connection

    def errors() -> set[tuple[str, str]]:
        return {
            (one.rule, one.record_id)
            for near_by in runner.neighbours("client", "a")
            for one in runner.check_stored(
                near_by.register, near_by.ids, Gate.SAVE, rules=near_by.rules
            )
        }

    before = errors()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE main.client SET birth_year = 2030 WHERE id = 'a'")
    assert errors() - before == {("V24", "va")}
    connection.execute("ROLLBACK")
    assert errors() == before == set()


def test_rows_of_a_report_are_asked_at_the_close_gate(office: Offices) -> None:
    close = {Gate.CLOSE: Level.ERROR, Gate.SAVE: Level.OFF, Gate.TYPE: Level.OFF}
    opened = office(
        rule("V37", "figure", "numerator <= denominator", level=close, message="{title}: sai"),
        rule("V34", "figure", "(SELECT sum(value) FROM figure) <= 100", level=close),
    )
    rows = [
        {"indicator": "CT1", "title": "Một", "numerator": 5, "denominator": 4, "value": 60.5},
        {"indicator": "CT2", "title": "Hai", "numerator": 5, "denominator": "…", "value": 39},
    ]
    found = opened.runner.check_rows("figure", rows)
    assert [(one.rule, one.row_id, one.message) for one in found if one.rule == "V37"] == [
        ("V37", "0", "Một: sai")
    ]
    assert [one.row_id for one in found if one.rule == "V34"] == []
    rows[1]["value"] = 40
    assert [
        one.row_id for one in opened.runner.check_rows("figure", rows) if one.rule == "V34"
    ] == [
        "0",
        "1",
    ]
    assert opened.runner.check_rows("figure", rows, Gate.SAVE) == []
    assert opened.runner.check_rows("figure", []) == []
