"""Filters, orders and totals of a list against the same asked of plain Python values."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.base.identity import new_id
from desktop.base.text import fold, text_sort_key
from desktop.schema.definition import Forms
from desktop.store.driver import Connection, connect
from desktop.store.filters import Filter, Operator
from desktop.store.list_queries import list_queries
from desktop.store.list_totals import column_totals
from desktop.store.records import StoredRecord, write_new
from desktop.store.rows import Order, RowIndex
from desktop.store.tables import schema_statements

from .conftest import NOW

Row = dict[str, Any]
SEXES = ("NAM", "NU")
NOTES = ("Đường lớn", "đường nhỏ", "Ngõ 5", "ấp Bắc", "an", "")
ROWS = st.fixed_dictionaries(
    {
        "income": st.none() | st.integers(0, 5) | st.just(900_000_000_000),
        "height": st.none() | st.sampled_from([0.1, 0.2, 1.5]),
        "sex": st.none() | st.sampled_from(SEXES),
        "alive": st.sampled_from([None, 0, 1]),
        "birth_year": st.none() | st.integers(1940, 1944),
        "opened": st.none() | st.sampled_from(["2025-01-31", "2025-02-01", "2026-06-14"]),
        "note": st.none() | st.sampled_from(NOTES[:-1]),
        "needs": st.none() | st.sampled_from(['["A"]', '["A","B"]', '["B"]']),
    }
)
LISTS = st.lists(ROWS, max_size=14)
EXAMPLES = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=120, deadline=None
)


_databases: list[Connection] = []


def filled(forms: Forms, rows: Sequence[Row]) -> tuple[Connection, dict[str, Row]]:
    """A database in memory with these clients; (connection, rows by id in the list's order)."""
    if not _databases:
        _databases.append(connect(":memory:", None))
        for statement in schema_statements(forms, ()):
            _databases[0].execute(statement)
    connection = _databases[0]
    for register in ("visit", "client"):
        connection.execute(f"DELETE FROM {register}")
    people = [
        StoredRecord(
            register="client",
            id=new_id(),
            values={**row, "full_name": f"Lê {n:03}", "file_no": f"không số {n}"},
        )
        for n, row in enumerate(rows)
    ]
    write_new(connection, forms, "client", people, now=NOW, by="Lan")
    return connection, {one.id: one.values for one in people}


def passes(row: Row, one: Filter) -> bool:
    """What `one` asks, of plain values."""
    value = row.get({"birth": "birth_year"}.get(one.field, one.field))
    if value is None:
        return one.operator in (Operator.EMPTY, Operator.IS_NOT)
    if one.operator in (Operator.IS, Operator.IS_NOT):
        codes = json.loads(value) if one.field == "needs" else [value]
        return bool(set(codes) & set(one.values)) == (one.operator is Operator.IS)
    if one.operator is Operator.CONTAINS:
        return all(word in fold(value) for word in fold(str(one.values[0])).split())
    if one.operator in (Operator.EMPTY, Operator.FILLED):
        return one.operator is Operator.FILLED
    return {
        Operator.FROM: lambda: value >= one.values[0],
        Operator.TO: lambda: value <= one.values[0],
        Operator.BETWEEN: lambda: one.values[0] <= value <= one.values[1],
    }[one.operator]()


def asked(field: str, operator: Operator, values: st.SearchStrategy[tuple[Any, ...]]) -> Any:
    return values.map(lambda given: Filter(field, operator, given))


def tuple_of(value: Any) -> tuple[Any, ...]:
    return (value,)


def pair(values: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(values, min_size=2, max_size=2).map(lambda two: tuple(sorted(two)))


DAYS = st.sampled_from(["2025-01-31", "2025-02-01", "2025-12-31"])
WORDS = st.sampled_from(["duong", "DƯỜNG l", "ap an", "5"])
FILTERS = st.one_of(
    *(
        asked(field, operator, values.map(lambda one: (one,)))
        for field, values in (
            ("income", st.integers(0, 5)), ("birth", st.integers(1940, 1944)), ("opened", DAYS),
            ("height", st.sampled_from([0.1, 0.15, 1.5])),
        )
        for operator in (Operator.FROM, Operator.TO)
    ),
    asked("income", Operator.BETWEEN, pair(st.integers(0, 5))),
    asked("birth", Operator.BETWEEN, pair(st.integers(1940, 1944))),
    asked("opened", Operator.BETWEEN, pair(DAYS)),
    *(
        asked(field, operator, st.lists(codes, min_size=1, max_size=2, unique=True).map(tuple))
        for field, codes in (("sex", st.sampled_from(SEXES)), ("needs", st.sampled_from("AB")))
        for operator in (Operator.IS, Operator.IS_NOT)
    ),
    asked("alive", Operator.IS, st.sampled_from([(0,), (1,)])),
    asked("note", Operator.CONTAINS, WORDS.map(tuple_of)),
    *(
        asked(field, operator, st.just(()))
        for field in ("income", "sex", "alive", "birth", "opened", "note", "needs")
        for operator in (Operator.EMPTY, Operator.FILLED)
    ),
)  # fmt: skip


@EXAMPLES
@given(LISTS, st.lists(FILTERS, min_size=1, max_size=3))
def test_filters_let_through_what_plain_python_does(
    forms: Forms, rows: list[Row], filters: list[Filter]
) -> None:
    connection, by_id = filled(forms, rows)
    found = RowIndex(connection, forms, "client").find(filters=filters)
    expected = [id for id, row in by_id.items() if all(passes(row, one) for one in filters)]
    assert sorted(found) == sorted(expected)


SORTED: dict[str, Callable[[Row], Any]] = {
    "income": lambda row: row["income"],
    "height": lambda row: row["height"],
    "sex": lambda row: None if row["sex"] is None else SEXES.index(row["sex"]),
    "birth": lambda row: row["birth_year"],
    "opened": lambda row: row["opened"],
    "note": lambda row: text_sort_key(row["note"]) if row["note"] else None,
}
ORDERS = st.lists(
    st.builds(Order, st.sampled_from(sorted(SORTED)), st.booleans()),
    min_size=1, max_size=4, unique_by=lambda one: one.column,
)  # fmt: skip


def in_plain_order(by_id: dict[str, Row], orders: Sequence[Order]) -> list[str]:
    """Empty ones last either way, equal ones as they stood."""
    ids = list(by_id)
    for order in reversed(orders):
        key = SORTED[order.column]
        some = [id for id in ids if key(by_id[id]) is not None]
        none = [id for id in ids if key(by_id[id]) is None]
        some.sort(key=lambda id: key(by_id[id]), reverse=order.descending)
        ids = some + none
    return ids


@EXAMPLES
@given(LISTS, ORDERS)
def test_several_columns_sort_as_plain_python_does(
    forms: Forms, rows: list[Row], orders: list[Order]
) -> None:
    connection, by_id = filled(forms, rows)
    index = RowIndex(connection, forms, "client")
    assert index.find(order=orders) == in_plain_order(by_id, orders)
    assert index.find("le", order=orders) == in_plain_order(by_id, orders)


@EXAMPLES
@given(LISTS, ORDERS, st.lists(FILTERS, max_size=2), st.data())
def test_a_change_is_sorted_and_filtered_as_if_read_anew(
    forms: Forms, rows: list[Row], orders: list[Order], filters: list[Filter], data: st.DataObject
) -> None:
    connection, by_id = filled(forms, rows)
    index = RowIndex(connection, forms, "client")
    index.find(order=orders, filters=filters)
    changed = data.draw(st.lists(st.sampled_from(sorted(by_id)), max_size=4)) if by_id else []
    for id in changed:
        new = data.draw(ROWS)
        listed = ", ".join(f'"{column}" = ?' for column in new)
        connection.execute(f"UPDATE client SET {listed} WHERE id = ?", (*new.values(), id))
    index.refresh(changed)
    anew = RowIndex(connection, forms, "client")
    assert index.find(order=orders, filters=filters) == anew.find(order=orders, filters=filters)
    assert index.find(order=orders) == anew.find(order=orders)


@EXAMPLES
@given(LISTS, st.data())
def test_totals_are_those_of_plain_python(
    forms: Forms, rows: list[Row], data: st.DataObject
) -> None:
    connection, by_id = filled(forms, rows)
    ids = data.draw(st.lists(st.sampled_from(sorted(by_id)), unique=True)) if by_id else []
    keys = ["income", "height", "alive", "sex", "opened", "birth", "note"]
    queries = list_queries(forms, "client", keys)
    found = column_totals(connection, forms, queries, keys, ids)
    for name in ("income", "height"):
        values = [by_id[id][name] for id in ids if by_id[id][name] is not None]
        exact = [Decimal(repr(value)) for value in values]
        assert found[name].filled == len(values)
        assert (found[name].total or 0) == sum(exact)
        assert found[name].mean == (sum(exact) / len(exact) if exact else None)
        assert (found[name].least, found[name].most) == (
            (min(values), max(values)) if values else (None, None)
        )  # fmt: skip
        assert found[name].distinct == len(set(values))
    assert found["alive"].yes == sum(by_id[id]["alive"] == 1 for id in ids)
    for name in ("sex", "opened", "note"):
        values = [by_id[id][name] for id in ids if by_id[id][name] is not None]
        assert (found[name].filled, found[name].distinct) == (len(values), len(set(values)))
    days = [by_id[id]["opened"] for id in ids if by_id[id]["opened"]]
    assert (found["opened"].least, found["opened"].most) == (
        min(days, default=None), max(days, default=None),
    )  # fmt: skip


def test_a_sum_of_tenths_is_exact(forms: Forms) -> None:
    row = {"height": 0.1}
    connection, by_id = filled(forms, [row] * 10)
    queries = list_queries(forms, "client", ["height"])
    assert column_totals(connection, forms, queries, ["height"], by_id)["height"].total == 1


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (Filter("#visit", Operator.FROM, (2,)), "b"),
        (Filter("#visit", Operator.BETWEEN, (1, 2)), "ab"),
        (Filter("#visit", Operator.EMPTY), "c"),
        (Filter("#visit", Operator.FILLED), "ab"),
        (Filter("#visit", Operator.IS, (1,)), "a"),
    ],
)
def test_a_list_is_filtered_by_what_is_counted(forms: Forms, one: Filter, expected: str) -> None:
    connection, by_id = filled(forms, [{}, {}, {}])
    ids = dict(zip("abc", by_id, strict=True))
    visits = [
        StoredRecord(register="visit", id=new_id(), values={"client": ids[name]})
        for name in ("a", "b", "b")
    ]
    write_new(connection, forms, "visit", visits, now=NOW, by="Lan")
    index = RowIndex(connection, forms, "client")
    assert index.find(filters=[one]) == [ids[name] for name in expected]
