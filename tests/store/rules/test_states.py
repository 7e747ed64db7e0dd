"""Which fields are asked, required and worked out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.schema.definition import FieldType, Gate
from desktop.store.rules import Candidate, FormState

from .conftest import CLIENT, Offices, field, make_forms, open_office, person, rule, with_fields


def state_of(office: Offices, candidate: Candidate) -> FormState:
    return office().runner.form_state("client", candidate)


def test_a_field_is_asked_where_its_condition_is_true(office: Offices) -> None:
    runner = office().runner
    one = runner.form_state("client", person(kind="ONE", sex="NAM"))
    assert "sex" in one.row.visible
    assert "pregnant" not in one.row.visible
    assert {"full_name", "sex"} <= one.row.required
    nobody = runner.form_state("client", person())
    assert "sex" not in nobody.row.visible
    assert nobody.row.required == {"full_name"}


def test_a_hidden_field_reads_null_and_hides_what_depends_on_it(office: Offices) -> None:
    opened = office(rule("V1", "client", "sex IS NULL AND pregnant IS NULL AND due IS NULL"))
    typed = {"sex": "NU", "pregnant": 1, "due": "2026-09-01"}
    shown = opened.runner.form_state("client", person(kind="ONE", **typed))
    assert {"sex", "pregnant", "due"} <= shown.row.visible
    hidden = opened.runner.form_state("client", person(kind="TWO", **typed))
    assert not {"sex", "pregnant", "due"} & hidden.row.visible
    assert [hidden.row.values[name] for name in typed] == [None, None, None]
    assert opened.numbers(person(kind="TWO", **typed)) == []
    assert opened.numbers(person(kind="ONE", **typed)) == ["V1"]


def test_what_is_hidden_by_something_hidden_is_shown_again(office: Offices) -> None:
    client = with_fields(
        CLIENT,
        field("first", show_if="kind = 'ONE'"),
        field("second", show_if="first IS NULL"),
        field("third", show_if="second IS NULL"),
    )
    runner = office(registers=(client,)).runner
    state = runner.form_state("client", person(kind="TWO", first="x", second="y", third="z"))
    assert state.row.values["first"] is None
    assert state.row.values["second"] == "y"
    assert state.row.values["third"] is None


def test_child_rows_follow_their_parent_as_it_stands(office: Offices) -> None:
    candidate = person("a", [{"note": "x"}, {}], kind="TWO")
    state = state_of(office, candidate)
    assert "note" not in state.children["client_group"]["a1"].visible
    assert state.children["client_group"]["a1"].values["note"] is None
    assert state.children["client_group"]["a2"].required == {"code"}


def test_computed_fields_are_worked_out_from_the_rows_as_typed(office: Offices) -> None:
    plain = state_of(office, person("a", [{"code": "05"}, {"code": "06"}], group_count=99))
    assert (plain.row.values["group_count"], plain.row.values["restricted"]) == (2, 0)
    assert not plain.restricted
    assert state_of(office, person("a", [{"code": "09"}])).restricted


def test_a_computed_value_its_column_cannot_hold_is_a_problem_not_a_crash(office: Offices) -> None:
    client = with_fields(CLIENT, field("worked", FieldType.INTEGER, computed="full_name"))
    opened = office(registers=(client,))
    assert opened.runner.form_state("client", person()).row.values.get("worked") is None
    assert [one.place for one in opened.runner.problems] == ["client.worked"]
    assert opened.runner.form_state("client", person(full_name="12")).row.values["worked"] == 12


def test_a_condition_that_breaks_leaves_its_field_shown(office: Offices) -> None:
    client = with_fields(CLIENT, field("odd", show_if="json_extract(note, '$.a') = 1"))
    opened = office(registers=(client,))
    state = opened.runner.form_state("client", person(note="not json", odd="x", kind="TWO"))
    assert "odd" in state.row.visible
    assert "sex" not in state.row.visible
    assert state.row.values["odd"] == "x"


def test_what_was_given_is_not_changed(office: Offices) -> None:
    candidate = person("a", [{"note": "x"}], kind="TWO", sex="NU")
    before = (dict(candidate.values), [dict(row) for row in candidate.children["client_group"]])
    office().runner.examine("client", candidate, Gate.TYPE)
    assert (candidate.values, candidate.children["client_group"]) == before


rows = st.lists(
    st.fixed_dictionaries(
        {"code": st.sampled_from(["05", "09", None]), "note": st.sampled_from(["x", None])}
    ),
    max_size=3,
)
values = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["ONE", "TWO", None]),
        "sex": st.sampled_from(["NAM", "NU", None]),
        "pregnant": st.sampled_from([0, 1, None]),
        "due": st.sampled_from(["2026-09-01", None]),
        "income": st.sampled_from([0, 1, None]),
        "personal_no": st.sampled_from(["001", "002", None]),
    }
)
RULES = (
    rule("V1", "client", "income > 0 AND sex IS NOT NULL"),
    rule("V2", "client", "(SELECT count(*) FROM client_group WHERE note IS NULL) < 2"),
    rule("V3", "client_group", "client_group.note <> 'x' OR client.sex = 'NU'"),
    rule("V4", "client_group", "(SELECT max(income) FROM client) > 0 AND group_count < 3"),
    rule(
        "V5",
        "client",
        "NOT EXISTS (SELECT 1 FROM main.client AS o WHERE o.personal_no = client.personal_no)",
    ),
)


@given(st.lists(st.tuples(values, rows), min_size=2, max_size=5))
def test_many_at_once_get_the_answers_of_each_alone(records: list[tuple[dict, list[dict]]]) -> None:  # type: ignore[type-arg]
    opened = open_office(make_forms(*RULES))
    try:
        opened.store("client", "other", full_name="X", personal_no="001")
        candidates = [person(f"id{n}", r, **v) for n, (v, r) in enumerate(records)]
        together = opened.runner.examine_batch("client", candidates, Gate.IMPORT)
        for candidate, (state, found) in zip(candidates, together, strict=True):
            alone_state, alone = opened.runner.examine("client", candidate, Gate.IMPORT)
            assert state.row == alone_state.row
            assert state.children == alone_state.children
            assert found == alone
    finally:
        opened.connection.close()
