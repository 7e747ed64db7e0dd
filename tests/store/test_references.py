"""Finding a record to refer to, who refers to one, and references to what is deleted."""

from __future__ import annotations

import pytest

from desktop.base.identity import new_id
from desktop.store.database import Database
from desktop.store.records import StoredRecord, read
from desktop.store.references import (
    DeadReference,
    Referrer,
    count,
    dead_references,
    referrers,
    referring,
    search,
)

from .test_rows import delete, put


def found(database: Database, text: str, **more: object) -> list[str]:
    titles = search(database.connection, database.forms, "client", text, **more)  # type: ignore[arg-type]
    return [title.title for title in titles]


def test_whole_words_come_before_begun_ones_and_those_before_parts(database: Database) -> None:
    for name in ("Trần Thanh", "Trần Han", "Hà Trần", "Trần Hàn", "Lê Hà Anh"):
        put(database, "client", full_name=name)
    assert found(database, "ha") == ["Lê Hà Anh", "Hà Trần", "Trần Han", "Trần Hàn", "Trần Thanh"]
    assert found(database, "trần hà")[0] == "Hà Trần"
    assert found(database, "hà trần")[0] == "Hà Trần"
    assert found(database, "ha", limit=1) == ["Lê Hà Anh"]


def test_words_in_a_row_come_before_words_apart(database: Database) -> None:
    for name in ("Hà Thị Nam", "Lê Hà Nam", "Nam Hà"):
        put(database, "client", full_name=name)
    assert found(database, "ha nam") == ["Lê Hà Nam", "Nam Hà", "Hà Thị Nam"]


def test_every_record_is_offered_before_anything_is_typed(database: Database) -> None:
    for name in ("Lê Bé", "Lê An"):
        put(database, "client", full_name=name)
    assert found(database, "") == ["Lê An", "Lê Bé"]


def test_deleted_and_excluded_records_are_not_offered(database: Database) -> None:
    put(database, "client", full_name="Lê An", sex="NAM")
    put(database, "client", full_name="Lê Bé", sex="NU")
    delete(database, "client", put(database, "client", full_name="Lê Cu", sex="NU"))
    assert found(database, "le", only="sex = 'NU' OR 1 = 0") == ["Lê Bé"]


def test_a_record_is_found_by_what_it_refers_to(database: Database) -> None:
    house = put(database, "household", head_name="Phạm Tám")
    client = put(database, "client", full_name="Lê An", household=house)
    put(database, "visit", client=client, made_on="2026-01-02")
    titles = search(database.connection, database.forms, "visit", "pham an")
    assert [title.title for title in titles] == ["Lê An · 02/01/2026"]


def test_titles_leave_out_what_is_empty(database: Database) -> None:
    put(database, "client", full_name="Lê An", birth_year=1950, birth_month=5, birth_day=2)
    put(database, "client", full_name="Lê Bé")
    subtitles = [t.subtitle for t in search(database.connection, database.forms, "client", "")]
    assert subtitles == ["02/05/1950 · 13366-2026-0001", "13366-2026-0002"]


def test_who_refers_to_a_record(database: Database) -> None:
    house = put(database, "household", head_name="Phạm Tám")
    ids = [put(database, "client", full_name=f"Lê {n}", household=house) for n in range(3)]
    delete(database, "client", ids[1])
    put(database, "visit", client=ids[0], made_on="2026-01-01")
    connection, forms = database.connection, database.forms
    assert referring(connection, forms, "client", "household", house) == [ids[0], ids[2]]
    assert referrers(connection, forms, "household", house) == [Referrer("client", "household", 2)]
    assert referrers(connection, forms, "client", ids[2]) == []
    assert count(connection, "client") == 2


@pytest.mark.parametrize("kind", ["deleted", "missing"])
def test_a_reference_to_nothing_alive_is_told(database: Database, kind: str) -> None:
    house = put(database, "household", head_name="Phạm Tám")
    delete(database, "household", house)
    target = house if kind == "deleted" else "nothing"
    record = StoredRecord(register="client", id=new_id(), values={"household": target})
    (dead,) = dead_references(database.connection, database.forms, record)
    assert (dead.register, dead.row_id, dead.field) == ("client", record.id, "household")
    assert (dead.target is None) == (kind == "missing")
    if dead.target:
        assert dead.target.title == "Phạm Tám"


def test_an_old_reference_that_died_since_is_let_be(database: Database) -> None:
    house = put(database, "household", head_name="Phạm Tám")
    other = put(database, "household", head_name="Lê Chín")
    client = put(database, "client", full_name="Lê An", household=house)
    delete(database, "household", house)
    delete(database, "household", other)
    before = read(database.connection, database.forms, "client", client)
    record = read(database.connection, database.forms, "client", client)
    assert dead_references(database.connection, database.forms, record, before) == []
    record.values["household"] = other
    found = dead_references(database.connection, database.forms, record, before)
    assert [one.target and one.target.title for one in found] == ["Lê Chín"]
    assert isinstance(found[0], DeadReference)
