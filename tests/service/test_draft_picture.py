"""Three pictures of one record made one, and a picture that comes back as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.service.draft_picture import (
    KeptDraft,
    Lost,
    NotADraft,
    Picture,
    Texts,
    differences,
    from_body,
    merge,
    to_body,
)

TEXTS = st.dictionaries(st.sampled_from("abc"), st.text(min_size=1, max_size=3), max_size=3)
ROWS = st.dictionaries(st.sampled_from(["1", "2", "3"]), TEXTS, max_size=3)
PICTURES = st.builds(lambda own, rows: {"": [("r", own)], "child": list(rows.items())}, TEXTS, ROWS)


def picture(own: Texts, **rows: Texts) -> Picture:
    return {"": [("r", own)], "child": list(rows.items())}


def test_each_side_keeps_what_only_it_changed() -> None:
    base = picture({"a": "1", "b": "1", "c": "1"})
    merged = merge(base, picture({"a": "2", "b": "1"}), picture({"a": "1", "b": "3", "c": "1"}))
    assert merged.picture[""] == [("r", {"a": "2", "b": "3"})]
    assert merged.clashes == []


def test_what_both_changed_is_told_and_chosen() -> None:
    sides = picture({"a": "1"}), picture({"a": "2"}), picture({"a": "3"})
    merged = merge(*sides)
    assert [(c.place, c.typed, c.stored) for c in merged.clashes] == [(("", "r", "a"), "2", "3")]
    assert merged.picture[""] == [("r", {"a": "2"})]
    chosen = merge(*sides, frozenset({("", "r", "a")}))
    assert chosen.picture[""] == [("r", {"a": "3"})]


def test_the_same_change_on_both_sides_is_none() -> None:
    assert not merge(picture({"a": "1"}), picture({"a": "2"}), picture({"a": "2"})).clashes


def test_rows_added_on_either_side_stay() -> None:
    merged = merge(picture({}), picture({}, mine={"a": "1"}), picture({}, theirs={"a": "2"}))
    assert merged.picture["child"] == [("mine", {"a": "1"}), ("theirs", {"a": "2"})]


def test_a_row_taken_out_on_one_side_goes_unless_the_other_changed_it() -> None:
    base = picture({}, one={"a": "1"}, two={"a": "1"})
    merged = merge(base, picture({}, two={"a": "1"}), picture({}, one={"a": "1"}))
    assert merged.picture["child"] == []
    assert not merged.clashes
    clash = merge(base, picture({}, one={"a": "2"}), picture({}, two={"a": "1"}))
    assert [(c.place, c.typed, c.stored) for c in clash.clashes] == [
        (("child", "one", ""), "2", None)
    ]
    assert clash.picture["child"] == [("one", {"a": "2"})]


@given(PICTURES, PICTURES)
def test_where_nobody_else_wrote_the_typed_stands(base: Picture, typed: Picture) -> None:
    merged = merge(base, typed, base)
    assert not merged.clashes
    assert list(differences(merged.picture, typed)) == []


@given(PICTURES, PICTURES)
def test_where_nothing_was_typed_the_stored_stands(base: Picture, stored: Picture) -> None:
    merged = merge(base, base, stored)
    assert not merged.clashes
    assert list(differences(merged.picture, stored)) == []


@given(PICTURES, PICTURES, PICTURES)
def test_nothing_of_what_was_typed_is_dropped_unsaid(
    base: Picture, typed: Picture, stored: Picture
) -> None:
    told = {clash.place for clash in merge(base, typed, stored).clashes}
    made = {name: dict(rows) for name, rows in merge(base, typed, stored).picture.items()}
    for place, _, text in differences(base, typed):
        name, row, one = place
        stands = made.get(name, {}).get(row, {}).get(one, "")
        assert stands == text or {place, (name, row, "")} & told or not text


def test_a_draft_comes_back_from_its_body_as_it_was() -> None:
    kept = KeptDraft(
        id="d", person="p", register="client", record_id="r", row_version=3, title="Hoa", at="",
        picture=picture({"a": "Nguyễn “Ất”\n😀"}, one={"b": "x"}), base=picture({"a": "1"}),
        reasons={("V03", "client", "r"): "đã xem thẻ"}, place=("client", "r", "a"),
        place_label="Họ và tên", labels={".a": "Họ và tên"}, lost=(Lost("Ô cũ", "12"),),
    )  # fmt: skip
    body = from_body(to_body(kept))
    assert body == {name: getattr(kept, name) for name in body}


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"place":["a"]}', "null", '{"place":1}'])
def test_what_is_no_draft_is_refused(body: str) -> None:
    with pytest.raises(NotADraft):
        from_body(body)
