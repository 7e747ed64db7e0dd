"""The list of a register: search without accents, order, filters, pages, taking in changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.base.identity import new_id
from desktop.base.text import fold
from desktop.schema.definition import Forms
from desktop.store.database import Database
from desktop.store.filters import Filter, Operator
from desktop.store.records import StoredRecord, read, set_deleted, write, write_new
from desktop.store.rows import Order, RowIndex

from .conftest import NOW, UNIT


def put(database: Database, register: str, children: Any = None, **values: Any) -> str:
    record = StoredRecord(register=register, id=new_id(), values=values, unit_id=UNIT)
    record.children = children or {}
    with database.transaction() as connection:
        write(connection, database.forms, record, now=NOW, by="Lan")
    return record.id


def delete(database: Database, register: str, id: str, deleted_at: str | None = NOW) -> None:
    with database.transaction() as connection:
        set_deleted(
            connection, database.forms, register, id,
            deleted_at=deleted_at, row_version=None, now=NOW, by="Lan",
        )  # fmt: skip


def change(database: Database, register: str, id: str, **values: Any) -> None:
    with database.transaction() as connection:
        record = read(connection, database.forms, register, id)
        record.values |= values
        write(connection, database.forms, record, now=NOW, by="Lan")


@pytest.fixture
def index(database: Database) -> RowIndex:
    return RowIndex(database.connection, database.forms, "client")


def names(database: Database, ids: Sequence[str]) -> list[str]:
    rows = dict(database.connection.execute("SELECT id, full_name FROM client").fetchall())
    return [rows[id] for id in ids]


def test_a_list_is_in_vietnamese_order_by_ten(database: Database, index: RowIndex) -> None:
    for name in ("Trần Đông", "Lê Ánh", "Lê An", "Vũ Ân", "Bùi Ăn", "Lê Dung"):
        put(database, "client", full_name=name)
    assert names(database, index.find()) == [
        "Lê An", "Lê Ánh", "Bùi Ăn", "Vũ Ân", "Lê Dung", "Trần Đông",
    ]  # fmt: skip


@pytest.mark.parametrize("typed", ["nguyen hoa", "HOA nguy", "hoà Nguyễn", "  hòa ", "13366 hoa"])
def test_every_word_counts_and_accents_do_not(
    database: Database, index: RowIndex, typed: str
) -> None:
    wanted = put(database, "client", full_name="Nguyễn Thị Hoà")
    put(database, "client", full_name="Nguyễn Thị Mai")
    put(database, "client", full_name="Đỗ Văn Hà")
    assert index.find(typed) == [wanted]


def test_d_finds_the_barred_d(database: Database, index: RowIndex) -> None:
    wanted = put(database, "client", full_name="Đặng Đức")
    assert index.find("dang duc") == index.find("đặng đức") == [wanted]


def test_a_searched_reference_is_found_by_the_text_of_its_record(database: Database) -> None:
    house = put(database, "household", head_name="Phạm Văn Tám")
    client = put(database, "client", full_name="Lê Mai", household=house)
    visit = put(database, "visit", client=client, made_on="2026-10-01", topic="Thăm hỏi")
    assert RowIndex(database.connection, database.forms, "client").find("tam") == [client]
    visits = RowIndex(database.connection, database.forms, "visit")
    assert visits.find("mai tham hoi") == visits.find("pham tam") == [visit]


WORDS = st.sampled_from(["le", "hoa", "thi", "ho", "h", "nguyen", "3366", "x"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(st.lists(WORDS, max_size=3).map(" ".join), min_size=1, max_size=8))
def test_a_search_after_other_searches_finds_the_same(forms: Forms, typed: list[str]) -> None:
    index, texts = searched_index(forms)
    for text in typed:
        expected = [
            id for id, key in texts.items() if all(word in key for word in fold(text).split())
        ]
        assert index.find(text) == expected


_searched: dict[int, tuple[RowIndex, dict[str, str]]] = {}


def searched_index(forms: Forms) -> tuple[RowIndex, dict[str, str]]:
    """One list in memory for all examples, with its folded texts in order."""
    if not _searched:
        from desktop.store.driver import connect
        from desktop.store.tables import schema_statements

        connection = connect(":memory:", None)
        for statement in schema_statements(forms, ()):
            connection.execute(statement)
        people = [
            StoredRecord(register="client", id=new_id(), values={"full_name": n, "file_no": n})
            for n in ("Lê Thị Hoa", "Nguyễn Thị Hồng", "Lê Hòa", "Hồ Thị Lệ", "Ngô X", "13366")
        ]
        for number, record in enumerate(people):
            record.values["file_no"] = f"không số {number}"
        write_new(connection, forms, "client", people, now=NOW, by="Lan")
        rows = connection.execute("SELECT id, search_key FROM client ORDER BY sort_key, id")
        _searched[0] = (RowIndex(connection, forms, "client"), dict(rows.fetchall()))
    return _searched[0]


def test_a_page_has_the_cells_of_the_columns(database: Database, index: RowIndex) -> None:
    house = put(database, "household", head_name="Phạm Văn Tám", members=4)
    rows = {"client_category": [{"category": "05"}, {"category": "09"}]}
    client = put(
        database, "client", rows, full_name="Lê Mai", sex="NU", household=house,
        birth_year=1948, birth_month=3,
    )  # fmt: skip
    put(database, "visit", client=client, made_on="2026-10-01")
    gone = put(database, "visit", client=client, made_on="2026-10-02")
    delete(database, "visit", gone)
    (row,) = index.page([client])
    assert row.values == ("Lê Mai", (1948, 3, None), "NU", house, 4, 2, 1)
    assert row.texts == ("Lê Mai", "03/1948", "Nữ", "Phạm Văn Tám", "4", "2", "1")
    assert not row.deleted
    assert not row.restricted


def test_a_page_keeps_the_asked_order_and_skips_what_is_gone(
    database: Database, index: RowIndex
) -> None:
    ids = [put(database, "client", full_name=f"Lê {n}") for n in range(700)]
    asked = [ids[600], "nothing", ids[3], ids[699]]
    assert [row.id for row in index.page(asked)] == [ids[600], ids[3], ids[699]]
    assert [row.id for row in index.page(ids)] == ids


def test_deleted_rows_are_a_list_of_their_own(database: Database, index: RowIndex) -> None:
    kept = put(database, "client", full_name="Lê Mai")
    gone = put(database, "client", full_name="Lê Nam")
    delete(database, "client", gone)
    assert index.find() == [kept]
    assert index.find(deleted=True) == [gone]
    assert index.page([gone])[0].deleted
    assert (index.count(), index.count(deleted=True)) == (1, 1)


def test_a_change_is_taken_in_where_it_belongs(database: Database, index: RowIndex) -> None:
    ids = {name: put(database, "client", full_name=f"Lê {name}") for name in ("An", "Bình", "Mai")}
    assert index.find() == list(ids.values())
    assert index.find(deleted=True) == []
    ids["Dung"] = put(database, "client", full_name="Lê Dung")
    change(database, "client", ids["An"], full_name="Lê Vân")
    delete(database, "client", ids["Bình"])
    assert len(index.find()) == 3
    index.refresh([ids["Dung"], ids["An"], ids["Bình"]])
    assert names(database, index.find()) == ["Lê Dung", "Lê Mai", "Lê Vân"]
    assert index.find("van") == [ids["An"]]
    assert index.find(deleted=True) == [ids["Bình"]]
    delete(database, "client", ids["Bình"], None)
    index.refresh([ids["Bình"]])
    assert names(database, index.find())[0] == "Lê Bình"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.lists(st.tuples(st.none() | st.dates().map(str), st.booleans()), max_size=12))
def test_taking_in_changes_gives_what_reading_anew_gives(
    database: Database, days: list[tuple[str | None, bool]]
) -> None:
    index = RowIndex(database.connection, database.forms, "visit")
    index.find()
    ids = list(index.find())[:3]
    for day, remove in days:
        id = put(database, "visit", made_on=day)
        if remove:
            delete(database, "visit", id)
        index.refresh([id])
        ids.append(id)
    for id in ids[::2]:
        change(database, "visit", id, made_on="2020-02-02")
    index.refresh(ids[::2])
    assert index.find() == RowIndex(database.connection, database.forms, "visit").find()


def test_many_changes_read_everything_anew(database: Database, index: RowIndex) -> None:
    index.find()
    ids = [put(database, "client", full_name=f"Lê {n:03}") for n in range(301)]
    index.refresh(ids)
    assert index.find() == ids


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("full_name", ["An", "Bé", "Em", "Cu"]),
        ("income", ["Em", "An", "Cu", "Bé"]),
        ("birth", ["Cu", "Em", "An", "Bé"]),
        ("sex", ["Cu", "An", "Em", "Bé"]),
        ("note", ["Cu", "An", "Bé", "Em"]),
        ("household", ["Em", "An", "Bé", "Cu"]),
        ("household.members", ["An", "Em", "Bé", "Cu"]),
        ("#visit", ["An", "Bé", "Em", "Cu"]),
    ],
)
def test_sorted_by_a_column(
    database: Database, index: RowIndex, column: str, expected: list[str]
) -> None:
    one = put(database, "household", head_name="Đỗ Ánh", members=2)
    two = put(database, "household", head_name="Bùi An", members=10)
    rows = {
        "An": {"income": 900, "birth_year": 1950, "sex": "NU", "household": one, "note": "ánh"},
        "Bé": {},
        "Cu": {"income": 1000, "birth_year": 1948, "sex": "NAM", "note": "an"},
        "Em": {"income": 20, "birth_year": 1948, "birth_month": 2, "sex": "NU", "household": two},
    }
    ids = {name: put(database, "client", full_name=name, **values) for name, values in rows.items()}
    put(database, "visit", client=ids["Cu"])
    by_name = {id: name for name, id in ids.items()}
    if column == "full_name":
        expected = ["An", "Bé", "Cu", "Em"]
    found = [by_name[id] for id in index.find(order=Order(column))]
    assert found == expected
    backwards = [by_name[id] for id in index.find(order=Order(column, descending=True))]
    empty = [name for name in expected if name in empty_names(column, rows)]
    filled = [name for name in expected if name not in empty]
    assert sorted(backwards[: len(filled)]) == sorted(filled)
    assert backwards[len(filled) :] == empty
    assert index.find("cu", order=Order(column)) == [ids["Cu"]]


def empty_names(column: str, rows: dict[str, dict[str, Any]]) -> set[str]:
    own = {"birth": "birth_year", "household.members": "household"}.get(column, column)
    if own.startswith("#") or own == "full_name":
        return set()
    return {name for name, values in rows.items() if own not in values}


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (Filter("sex", Operator.IS, ("NU",)), "b"),
        (Filter("sex", Operator.IS, ("NU", "NAM")), "ab"),
        (Filter("sex", Operator.IS_NOT, ("NU",)), "ac"),
        (Filter("sex", Operator.EMPTY), "c"),
        (Filter("sex", Operator.FILLED), "ab"),
        (Filter("needs", Operator.IS, ("B",)), "a"),
        (Filter("needs", Operator.IS_NOT, ("B",)), "bc"),
        (Filter("opened", Operator.FROM, ("2026-01-01",)), "b"),
        (Filter("opened", Operator.TO, ("2025-12-31",)), "a"),
        (Filter("birth", Operator.FROM, (1950,)), "b"),
        (Filter("note", Operator.CONTAINS, ("dong ho",)), "a"),
        (Filter("household", Operator.IS, ("HOUSE",)), "a"),
        (Filter("household.members", Operator.FROM, (3,)), "a"),
        (Filter("household.members", Operator.EMPTY), "bc"),
        (Filter("household.head_name", Operator.CONTAINS, ("tam",)), "a"),
        (Filter("client_category.category", Operator.IS, ("09",)), "b"),
        (Filter("client_category.category", Operator.IS_NOT, ("09",)), "ac"),
        (Filter("client_category.category", Operator.EMPTY), "c"),
    ],
)
def test_filters(database: Database, index: RowIndex, one: Filter, expected: str) -> None:
    house = put(database, "household", head_name="Phạm Tám", members=4)
    a = put(
        database, "client", {"client_category": [{"category": "05"}]}, full_name="A", sex="NAM",
        needs='["A","B"]', opened="2025-06-01", birth_year=1948, note="Đồng hồ", household=house,
    )  # fmt: skip
    b = put(
        database, "client", {"client_category": [{"category": "05"}, {"category": "09"}]},
        full_name="B", sex="NU", needs='["A"]', opened="2026-06-01", birth_year=1950, note="khác",
    )  # fmt: skip
    c = put(database, "client", full_name="C")
    one = Filter(one.field, one.operator, tuple(house if v == "HOUSE" else v for v in one.values))
    found = index.find(filters=[one])
    assert found == [{"a": a, "b": b, "c": c}[name] for name in expected]
    assert index.find("a b c d e", filters=[one]) == []


def test_filters_and_words_and_chosen_ids_all_count(database: Database, index: RowIndex) -> None:
    ids = [put(database, "client", full_name=f"Lê {n}", sex="NU") for n in range(4)]
    put(database, "client", full_name="Lê 9", sex="NAM")
    is_woman = Filter("sex", Operator.IS, ("NU",))
    assert index.find("le", filters=[is_woman], among=ids[1:3]) == ids[1:3]


def test_an_unknown_field_is_refused(index: RowIndex) -> None:
    for name in ("nothing", "household.nothing", "client_category.nothing"):
        with pytest.raises(KeyError):
            index.find(filters=[Filter(name, Operator.EMPTY)])
    with pytest.raises(KeyError):
        index.find(order=Order("#household"))


def test_a_result_stays_what_it_was(database: Database, index: RowIndex) -> None:
    ids = [put(database, "client", full_name=f"Lê {n}") for n in range(3)]
    found = index.find()
    first = put(database, "client", full_name="Lê 0")
    delete(database, "client", ids[0])
    index.refresh([first, ids[0]])
    assert found == ids
    assert index.find() == [first, *ids[1:]]


def test_a_result_knows_the_row_of_an_id(database: Database, index: RowIndex) -> None:
    ids = [put(database, "client", full_name=name) for name in ("Lê An", "Vũ Bé", "Lê Cu")]
    found = index.find("le")
    assert [found.row_of(id) for id in [*ids, "nothing"]] == [0, -1, 1, -1]
    assert (found[0], found[-1], found[:5], len(found)) == (ids[0], ids[2], [ids[0], ids[2]], 2)
    backwards = index.find("le", order=Order("full_name", descending=True))
    assert [backwards.row_of(id) for id in ids] == [1, -1, 0]
    with pytest.raises(IndexError):
        found[2]
