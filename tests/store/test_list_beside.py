"""A list read in parts: what is missing, loaded elsewhere, taken, and kept true by changes."""

from __future__ import annotations

from dataclasses import replace
from threading import Thread

import pytest

from desktop.schema.definition import DataClass, Forms
from desktop.store.database import Database
from desktop.store.filters import Filter, Operator
from desktop.store.rows import Loaded, Order, RowIndex, Wanted, as_orders

from .test_rows import change, delete, names, put


@pytest.fixture
def index(database: Database) -> RowIndex:
    return RowIndex(database.connection, database.forms, "client")


def loaded_beside(database: Database, index: RowIndex, wanted: Wanted) -> Loaded:
    """On another thread, over a reader of that thread."""
    found: list[Loaded] = []

    def work() -> None:
        reader = database.reader(any_thread=True)
        found.append(index.load(reader, wanted))
        reader.close()

    thread = Thread(target=work)
    thread.start()
    thread.join()
    return found[0]


def test_nothing_is_missing_once_it_was_found(database: Database, index: RowIndex) -> None:
    put(database, "client", full_name="Lê Mai", sex="NU")
    woman = Filter("sex", Operator.IS, ("NU",))
    order = Order("birth")
    assert index.missing() is not None
    index.find(filters=[woman], order=order)
    assert index.missing(filters=[woman], order=order) is None
    assert index.missing(order=replace(order, descending=True)) is not None
    with pytest.raises(KeyError):
        index.missing(order=Order("nothing"))


def test_what_was_loaded_on_another_thread_is_what_is_found_at_once(
    database: Database, index: RowIndex
) -> None:
    for number in range(30):
        put(
            database, "client", full_name=f"Lê {number % 7} Mai {number}",
            income=number % 4, sex="NU" if number % 3 else "NAM",
        )  # fmt: skip
    filters = [Filter("sex", Operator.IS, ("NU",))]
    orders = (Order("income", descending=True), Order("full_name"))
    wanted = index.missing(filters=filters, order=orders)
    assert wanted is not None
    index.take(loaded_beside(database, index, wanted))
    assert index.missing(filters=filters, order=orders) is None
    at_once = RowIndex(database.connection, database.forms, "client")
    assert index.find("mai", filters=filters, order=orders) == at_once.find(
        "mai", filters=filters, order=orders
    )


def test_the_first_page_is_the_beginning_of_the_list(database: Database, index: RowIndex) -> None:
    for name in ("Trần Đông", "Lê Ánh", "Lê An", "Vũ Ân"):
        put(database, "client", full_name=name)
    first = list(index.first(2))
    assert first == index.find()[:2]
    assert index.first(3) == index.find()[:3]
    gone = index.find()[0]
    delete(database, "client", gone)
    index.reload()
    assert index.first(9, deleted=True) == [gone]


def test_a_change_while_it_was_read_is_not_lost(database: Database, index: RowIndex) -> None:
    ids = [put(database, "client", full_name=f"Lê {n}", income=n) for n in range(4)]
    wanted = index.missing(order=Order("income"))
    assert wanted is not None
    loaded = loaded_beside(database, index, wanted)
    change(database, "client", ids[0], income=99)
    new = put(database, "client", full_name="Lê 9", income=2)
    index.take(loaded)
    index.refresh([ids[0], new])
    assert index.find(order=Order("income")) == [ids[1], ids[2], new, ids[3], ids[0]]


def test_a_renamed_record_is_found_where_it_is_referred_to(database: Database) -> None:
    house = put(database, "household", head_name="Phạm Văn Tám")
    client = put(database, "client", full_name="Lê Mai", household=house)
    visit = put(database, "visit", client=client, topic="Thăm hỏi")
    clients = RowIndex(database.connection, database.forms, "client")
    visits = RowIndex(database.connection, database.forms, "visit")
    assert clients.find("tam") == [client]
    assert visits.find("tam tham") == [visit]
    change(database, "household", house, head_name="Phạm Văn Chín")
    for index in (clients, visits):
        index.refresh([], {"household": [house]})
    assert clients.find("tam") == visits.find("tam") == []
    assert clients.find("chin") == [client]
    assert visits.find("chin mai") == [visit]


def test_sorting_and_filtering_by_a_referred_record_follow_it(database: Database) -> None:
    houses = [put(database, "household", head_name="A", members=n) for n in (3, 5)]
    ids = [put(database, "client", full_name=f"Lê {n}", household=h) for n, h in enumerate(houses)]
    index = RowIndex(database.connection, database.forms, "client")
    order, many = Order("household.members"), Filter("household.members", Operator.FROM, (4,))
    assert index.find(order=order) == ids
    assert index.find(filters=[many]) == [ids[1]]
    change(database, "household", houses[0], members=9)
    index.refresh([], {"household": [houses[0]]})
    assert index.find(order=order) == ids[::-1]
    assert index.find(filters=[many]) == ids


def test_orders_and_filters_are_kept_only_so_many(database: Database, index: RowIndex) -> None:
    ids = [put(database, "client", full_name=f"Lê {n}", income=n) for n in range(40)]
    filters = [Filter("income", Operator.FROM, (n,)) for n in range(35)]
    assert index.find(filters=filters) == ids[34:]
    for column in (
        "income",
        "birth",
        "sex",
        "note",
        "opened",
        "alive",
        "height",
        "needs",
        "#visit",
    ):
        index.find(order=(Order(column), Order("full_name", descending=True)))
    change(database, "client", ids[0], income=50)
    index.refresh([ids[0]])
    assert index.find(order=Order("income"))[-1] == ids[0]
    assert len(index.find(filters=filters)) == 7


def test_of_a_column_named_twice_the_first_counts() -> None:
    assert as_orders((Order("a"), Order("b"), Order("a", descending=True))) == (
        Order("a"), Order("b"),
    )  # fmt: skip


@pytest.fixture
def guarded(forms: Forms) -> Forms:
    """Clients with an income of 13 are restricted, and the income is a sensitive fact."""
    client = forms.registers["client"]
    fields = tuple(
        replace(one, data_class=DataClass.SENSITIVE) if one.name == "income" else one
        for one in client.fields
    )
    kept = replace(client, restricted_if="income = 13", fields=fields)
    return replace(forms, registers={**forms.registers, "client": kept})


def test_who_may_not_see_restricted_records_finds_nothing_of_them(
    database: Database, guarded: Forms
) -> None:
    house = put(database, "household", head_name="Phạm Tám")
    open_one = put(database, "client", full_name="Lê Mở", household=house, income=1)
    secret = put(database, "client", full_name="Lê Kín", household=house, income=13)
    visit = put(database, "visit", client=open_one, topic="Thăm")
    put(database, "visit", client=secret, topic="Thăm")
    hides = RowIndex(database.connection, guarded, "client", hides=True)
    visits = RowIndex(database.connection, guarded, "visit", hides=True)
    houses = RowIndex(database.connection, guarded, "household", hides=True)
    assert hides.find() == [open_one]
    assert hides.first(9) == [open_one]
    assert hides.count() == 1
    assert hides.find("kin") == []
    for one in (Filter("income", Operator.IS, (13,)), Filter("income", Operator.IS_NOT, (1,))):
        assert hides.find(filters=[one]) == []
    assert hides.page([secret, open_one])[0].id == open_one
    assert visits.find() == [visit]
    assert visits.find("kin") == []
    houses.set_columns(["#client"])
    assert houses.page([house])[0].values == (1,)
    assert houses.find(filters=[Filter("#client", Operator.FROM, (2,))]) == []
    change(database, "client", open_one, income=13)
    for index in (hides, visits):
        index.refresh([open_one, visit], {"client": [open_one]})
        assert index.find() == []
    assert len(RowIndex(database.connection, guarded, "client").find()) == 2


def test_a_record_is_restricted_through_what_it_is_about(
    database: Database, guarded: Forms
) -> None:
    secret = put(database, "client", full_name="Lê Kín", income=13)
    visit = put(database, "visit", client=secret)
    visits = RowIndex(database.connection, guarded, "visit")
    visits.set_columns(["made_on", "client.income"])
    assert visits.page([visit])[0].restricted
    assert names(database, [secret]) == ["Lê Kín"]
