"""Whatever a field can hold is the same after a round trip, and whatever it cannot is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from desktop.schema.definition import CodeList, CodeValue, Field, FieldType
from desktop.schema.types import (
    ParseProblem,
    Value,
    from_columns,
    from_json,
    parse,
    show,
    to_columns,
    to_json,
    to_text,
)

TODAY = date(2026, 6, 15)
CODES = ("01", "02", "09-1", "ĐBN", "I.2.đ")
VALUES = tuple(CodeValue(code=code, label=f"Nhóm {code}, khác") for code in CODES)
LISTS = {"CAT": CodeList(name="CAT", title="Nhóm", values=VALUES)}


def field(kind: FieldType, **settings: Any) -> Field:
    """A field called Ô; choices come from CAT."""
    if kind in (FieldType.CHOICE, FieldType.CHOICES):
        settings["list"] = "CAT"
    return Field(name="f", type=kind, label="Ô", **settings)


SPOKEN = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=80)
WHOLE = st.integers(-(10**14), 10**14)
DATES = st.dates(date(1900, 1, 1), date(2100, 12, 31))


def readable(kind: FieldType, **settings: Any) -> st.SearchStrategy[tuple[Field, Value]]:
    """Values as they come from whatever can be typed into a field of text."""

    def value(text: str) -> Value:
        try:
            return parse(field(kind, **settings), text, today=TODAY, lists=LISTS)
        except ParseProblem:
            return None

    return SPOKEN.map(lambda text: (field(kind, **settings), value(text)))


def of(kind: FieldType, values: st.SearchStrategy[Any], **settings: Any) -> Any:
    return values.map(lambda value: (field(kind, **settings), value))


def known_part(day: date, parts: int) -> tuple[int, int | None, int | None]:
    return day.year, day.month if parts > 1 else None, day.day if parts > 2 else None


ANY_VALUE = {
    FieldType.TEXT: readable(FieldType.TEXT),
    FieldType.NOTE: readable(FieldType.NOTE),
    FieldType.INTEGER: of(FieldType.INTEGER, WHOLE, min=-1e15),
    FieldType.MONEY: of(FieldType.MONEY, WHOLE, min=-1e15),
    FieldType.DECIMAL: of(
        FieldType.DECIMAL,
        st.decimals(-(10**9), 10**9, places=3, allow_nan=False).map(float),
        min=-1e15,
        decimals=3,
    ),
    FieldType.DATE: of(FieldType.DATE, DATES.map(date.isoformat)),
    FieldType.DATETIME: of(
        FieldType.DATETIME,
        st.datetimes(datetime(1900, 1, 1), datetime(2100, 12, 31)).map(
            lambda moment: moment.isoformat(timespec="minutes")
        ),
    ),
    FieldType.PARTIAL_DATE: of(
        FieldType.PARTIAL_DATE, st.builds(known_part, DATES, st.integers(1, 3))
    ),
    FieldType.YES_NO: of(FieldType.YES_NO, st.integers(0, 1)),
    FieldType.CHOICE: of(FieldType.CHOICE, st.sampled_from(CODES)),
    FieldType.CHOICES: of(
        FieldType.CHOICES,
        st.sets(st.sampled_from(CODES), min_size=1).map(lambda codes: tuple(sorted(codes))),
    ),
    FieldType.REFERENCE: of(FieldType.REFERENCE, st.uuids(version=4).map(str)),
}


def test_round_trips_are_tried_for_every_type():
    assert set(ANY_VALUE) == set(FieldType)


@given(st.one_of(*ANY_VALUE.values()))
def test_what_is_shown_in_an_input_can_be_typed_back(pair):
    one, value = pair
    assert parse(one, to_text(one, value), today=TODAY, lists=LISTS) == value


@given(st.one_of(*ANY_VALUE.values()))
def test_what_is_stored_comes_back(pair):
    one, value = pair
    row = to_columns(one, value)
    assert tuple(row) == one.columns
    assert from_columns(one, row) == value


@given(st.one_of(*ANY_VALUE.values()))
def test_what_is_exchanged_comes_back(pair):
    one, value = pair
    item = json.loads(json.dumps({one.name: to_json(one, value)}))
    assert from_json(one, item, today=TODAY, lists=LISTS) == value


def told_or_none(reading: Callable[[], object]) -> str | None:
    """What is told of a refused value; any other error passes."""
    try:
        reading()
    except ParseProblem as problem:
        return str(problem)
    return None


@given(st.sampled_from(FieldType), SPOKEN)
def test_whatever_is_typed_becomes_a_value_or_a_problem_in_words(kind, text):
    one = field(kind)
    told = told_or_none(lambda: parse(one, text, today=TODAY, lists=LISTS))
    if told is None:
        value = parse(one, text, today=TODAY, lists=LISTS)
        assert value is None or show(one, value, LISTS)
    else:
        assert told.strip()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | SPOKEN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(SPOKEN, inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(FieldType), st.sampled_from(["f", "f_year", "f_month", "f_day"]), JSON)
def test_whatever_stands_in_json_becomes_a_value_or_a_problem_in_words(kind, key, given_):
    one, item = field(kind), {key: given_}
    told = told_or_none(lambda: from_json(one, item, today=TODAY, lists=LISTS))
    if told is None:
        value = from_json(one, item, today=TODAY, lists=LISTS)
        assert from_columns(one, to_columns(one, value)) == value
    else:
        assert told.strip()
