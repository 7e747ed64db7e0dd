"""A reason for a warning belongs to the values the rule read, and lapses when they change."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from desktop.schema.definition import Gate, Level, Rule
from desktop.store.findings import Finding, values_digest
from desktop.store.overrides import Overrides
from desktop.store.rules import Candidate

from .conftest import Office, Offices, person, rule

WARNING = dict.fromkeys(Gate, Level.WARNING)
BY_ROW = rule("W1", "client", "income > kind", level=WARNING)
BY_GROUPS = rule(
    "W2", "client", "(SELECT count(*) FROM client_group WHERE main = 1) = 1", level=WARNING
)
BY_CHILD = rule("W3", "client_group", "client_group.code = client.kind", level=WARNING)
BY_COUNT = rule("W4", "client", "(SELECT count(*) FROM client_group) > 5", level=WARNING)


def only(found: Sequence[Finding]) -> Finding:
    (one,) = found
    return one


def reason_after(office: Office, before: Candidate, after: Candidate) -> str:
    """Reason that stands for the warning about `after` once one was given about `before`."""
    overrides = Overrides(office.connection)
    first = only(office.examine(before))
    overrides.accept(first, "Đúng như vậy", "2026-06-15T08:00:00", "lan")
    return overrides.with_reasons([only(office.examine(after))])[0][1]


CASES: list[tuple[Rule, Candidate, Candidate, bool]] = [
    (BY_ROW, person(income=0, kind="5"), person(income=0, kind="5", note="x", height=9), True),
    (BY_ROW, person(income=0, kind="5"), person(income=1, kind="5"), False),
    (BY_ROW, person(income=0, kind="5"), person(income=0, kind="6"), False),
    (BY_GROUPS, person("a", [{}, {}]), person("a", [{"note": "x"}, {}]), True),
    (BY_GROUPS, person("a", [{}, {"main": 0}]), person("a", [{"main": 0}, {}]), True),
    (BY_GROUPS, person("a", [{}, {}]), person("a", [{}]), False),
    (BY_GROUPS, person("a", [{}]), person("a", [{"main": 0}]), False),
    (
        BY_CHILD,
        person("a", [{"code": "1"}], kind="2"),
        person("a", [{"code": "1"}], kind="3"),
        False,
    ),
    (
        BY_CHILD,
        person("a", [{"code": "1"}], kind="2"),
        person("a", [{"code": "3"}], kind="2"),
        False,
    ),
    (BY_COUNT, person("a", [{}]), person("a", [{"code": "07"}]), True),
    (BY_COUNT, person("a", [{}]), person("a", [{}, {}]), False),
]


@pytest.mark.parametrize(("asked", "before", "after", "stands"), CASES)
def test_a_reason_stands_while_the_values_read_do(
    office: Offices, asked: Rule, before: Candidate, after: Candidate, stands: bool
) -> None:
    expected = "Đúng như vậy" if stands else ""
    assert reason_after(office(asked), before, after) == expected


def test_a_reason_given_while_typing_stands_once_saved(office: Offices) -> None:
    opened = office(BY_ROW, BY_GROUPS)
    candidate = person("a", [{}], income=0, kind="5", height=1)
    overrides = Overrides(opened.connection)
    for one in opened.examine(candidate):
        overrides.accept(one, f"lý do {one.rule}", "2026-06-15T08:00:00", "lan")
    opened.store_candidate(candidate)
    stored = list(opened.runner.check_stored("client", None, Gate.CLOSE))
    told = [(one.rule, reason) for one, reason in overrides.with_reasons(stored)]
    assert told == [("W1", "lý do W1"), ("W2", "lý do W2")]


def test_reasons_of_two_rows_do_not_mix(office: Offices) -> None:
    opened = office(BY_CHILD)
    first, second = opened.examine(person("a", [{"code": "1"}, {"code": "1"}], kind="2"))
    overrides = Overrides(opened.connection)
    overrides.accept(first, "vì", "2026-06-15T08:00:00", "lan")
    assert [reason for _, reason in overrides.with_reasons([first, second])] == ["vì", ""]


def test_an_error_never_passes_with_a_reason(office: Offices) -> None:
    opened = office(rule("V1", "client", "income > 0"))
    found = opened.examine(person(income=0))
    assert [reason for _, reason in Overrides(opened.connection).with_reasons(found)] == [""]


def test_the_order_of_rows_and_columns_does_not_count() -> None:
    one = values_digest([("t", ["a", "b"], [{"a": 1, "b": None}, {"a": 2, "b": "x"}])])
    other = values_digest([("t", ["b", "a"], [{"a": 2, "b": "x"}, {"a": 1, "b": None}])])
    assert one == other
    assert one != values_digest([("t", ["a", "b"], [{"a": 1, "b": None}, {"a": 2, "b": "1"}])])
    assert one != values_digest([("u", ["a", "b"], [{"a": 1, "b": None}, {"a": 2, "b": "x"}])])
