"""Records come back as they were written; numbers, names and keys are filled; conflicts refused."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.base.identity import new_id
from desktop.schema.definition import FieldType, Forms, Register
from desktop.store.database import Database
from desktop.store.records import (
    Conflict,
    NotFound,
    StoredRecord,
    exists,
    read,
    set_deleted,
    write,
    write_new,
)
from desktop.store.tables import column_type, field_columns

from .conftest import CATEGORY, CLIENT, NOW, UNIT


def client(**values: Any) -> StoredRecord:
    return StoredRecord(register="client", id=new_id(), values=values, unit_id=UNIT)


def save(database: Database, record: StoredRecord, now: str = NOW) -> StoredRecord:
    with database.transaction() as connection:
        return write(connection, database.forms, record, now=now, by="Lan").after


def stored(database: Database, record: StoredRecord) -> StoredRecord:
    return read(database.connection, database.forms, record.register, record.id)


def values_of(register: Register) -> st.SearchStrategy[dict[str, Any]]:
    strategies: dict[str, st.SearchStrategy[Any]] = {}
    for field in register.fields:
        if field.type is FieldType.REFERENCE or field.name in ("personal_no", "file_no"):
            continue
        kinds: dict[str, st.SearchStrategy[Any]] = {
            "TEXT": st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=30),
            "INTEGER": st.integers(-(2**63), 2**63 - 1),
            "REAL": st.floats(allow_nan=False),
        }
        for column in field.columns:
            strategies[column] = st.none() | kinds[column_type(field)]
    return st.fixed_dictionaries({}, optional=strategies)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values_of(CLIENT), st.lists(values_of(CATEGORY), max_size=4))
def test_what_is_written_is_read(
    database: Database, values: dict[str, Any], rows: list[dict[str, Any]]
) -> None:
    record = client(**values)
    record.children = {"client_category": deepcopy(rows)}
    after = save(database, record)
    assert stored(database, record) == after
    for column in field_columns(CATEGORY):
        found = [row[column] for row in after.children["client_category"]]
        assert found == [row.get(column) for row in rows]
    given_only = {name: value for name, value in values.items() if name not in ("ho", "dem", "ten")}
    assert {name: after.values[name] for name in given_only} == given_only


def test_numbers_count_by_unit_and_year_and_never_come_back(database: Database) -> None:
    first = save(database, client(full_name="Lê Thị Mai"))
    second = save(database, client(full_name="Lê Văn Nam"))
    elsewhere = save(database, replace(client(full_name="Đỗ Ba"), unit_id="XA.13285.20250701"))
    next_year = save(database, client(full_name="Lê Tư"), now="2027-01-02T08:00:00+07:00")
    numbers = [one.values["file_no"] for one in (first, second, elsewhere, next_year)]
    assert numbers == ["13366-2026-0001", "13366-2026-0002", "13285-2026-0001", "13366-2027-0001"]
    with database.transaction() as connection:
        set_deleted(
            connection, database.forms, "client", second.id,
            deleted_at=NOW, row_version=1, now=NOW, by="Lan",
        )  # fmt: skip
    assert save(database, client(full_name="Lê Năm")).values["file_no"] == "13366-2026-0003"


def test_a_number_from_outside_is_not_given_again(database: Database) -> None:
    save(database, client(full_name="Lê Mai", file_no="13366-2026-0041"))
    assert save(database, client(full_name="Lê Nam")).values["file_no"] == "13366-2026-0042"


def test_a_number_taken_in_a_transaction_that_failed_is_free(database: Database) -> None:
    def save_and_fail() -> None:
        with database.transaction() as connection:
            write(connection, database.forms, client(full_name="Lê Mai"), now=NOW, by="Lan")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        save_and_fail()
    assert save(database, client(full_name="Lê Nam")).values["file_no"] == "13366-2026-0001"


def test_a_name_is_split_and_sorted_by_its_last_word(database: Database) -> None:
    saved = save(database, client(full_name="Nguyễn Thị Thu Hoà"))
    assert [saved.values[name] for name in ("ho", "dem", "ten")] == ["Nguyễn", "Thị Thu", "Hoà"]
    save(database, client(full_name="Đặng Ăn"))
    save(database, client(full_name="Vũ An"))
    rows = database.connection.execute("SELECT full_name FROM client ORDER BY sort_key")
    assert [row[0] for row in rows] == ["Vũ An", "Đặng Ăn", "Nguyễn Thị Thu Hoà"]


def test_a_changed_name_is_split_again_unless_it_was_split_by_hand(database: Database) -> None:
    saved = save(database, client(full_name="Nguyễn Hoà"))
    saved.values["full_name"] = "Nguyễn Thu Hà"
    saved = save(database, saved)
    assert [saved.values[name] for name in ("ho", "dem", "ten")] == ["Nguyễn", "Thu", "Hà"]
    saved.values |= {"full_name": "Tôn Nữ Thị Ninh", "ho": "Tôn Nữ", "dem": "Thị", "ten": "Ninh"}
    saved = save(database, saved)
    assert saved.values["ho"] == "Tôn Nữ"
    saved.values["full_name"] = "Tôn Nữ Thị Ninh Bình"
    assert save(database, saved).values["ho"] == "Tôn Nữ"


def test_only_the_first_of_two_editors_saves(database: Database) -> None:
    mine = save(database, client(full_name="Lê Mai"))
    theirs = stored(database, mine)
    theirs.values["note"] = "của chị Lan"
    save(database, theirs)
    mine.values["note"] = "của tôi"
    with pytest.raises(Conflict, match="2026-11-23 08:00") as caught:
        save(database, mine)
    assert (caught.value.by, caught.value.at) == ("Lan", NOW)
    assert stored(database, mine).values["note"] == "của chị Lan"


def test_saving_without_a_change_writes_nothing(database: Database) -> None:
    saved = save(database, client(full_name="Lê Mai"))
    changes = database.connection.total_changes
    again = save(database, stored(database, saved), now="2026-12-01T08:00:00+07:00")
    assert again == saved
    assert database.connection.total_changes == changes


def test_child_rows_are_added_changed_moved_and_taken_away(database: Database) -> None:
    record = client(full_name="Lê Mai")
    record.children = {"client_category": [{"category": "05"}, {"category": "09", "main": 1}]}
    saved = save(database, record)
    first, second = saved.children["client_category"]
    saved.children["client_category"] = [second | {"main": 0}, {"category": "05"}]
    saved = save(database, saved)
    rows = stored(database, saved).children["client_category"]
    assert [(row["id"] == second["id"], row["category"], row["main"]) for row in rows] == [
        (True, "09", 0),
        (False, "05", None),
    ]
    assert first["id"] not in [row["id"] for row in rows]


def test_deleting_keeps_everything_and_restoring_brings_it_back(database: Database) -> None:
    record = client(full_name="Lê Mai")
    record.children = {"client_category": [{"category": "05"}]}
    saved = save(database, record)
    with database.transaction() as connection:
        gone = set_deleted(
            connection, database.forms, "client", saved.id,
            deleted_at=NOW, row_version=1, now=NOW, by="Lan",
        )  # fmt: skip
        back = set_deleted(
            connection, database.forms, "client", saved.id,
            deleted_at=None, row_version=2, now=NOW, by="Lan",
        )  # fmt: skip
    assert gone.after.deleted_at == NOW
    assert back.after == replace(saved, row_version=3)
    assert stored(database, saved) == back.after


def test_deleting_what_another_has_changed_is_refused(database: Database) -> None:
    saved = save(database, client(full_name="Lê Mai"))
    saved.values["note"] = "mới"
    save(database, saved)
    with pytest.raises(Conflict), database.transaction() as connection:
        set_deleted(
            connection, database.forms, "client", saved.id,
            deleted_at=NOW, row_version=1, now=NOW, by="Nga",
        )  # fmt: skip
    assert stored(database, saved).deleted_at is None


def test_many_new_records_are_as_if_written_one_by_one(database: Database) -> None:
    records = [client(full_name=f"Lê Thị {n}") for n in range(5)]
    records[2].children = {"client_category": [{"category": "05"}, {"category": "09"}]}
    with database.transaction() as connection:
        made = write_new(connection, database.forms, "client", records, now=NOW, by="Lan")
    assert [stored(database, one.after) for one in made] == [one.after for one in made]
    assert [one.after.values["file_no"] for one in made][-1] == "13366-2026-0005"


def test_a_record_that_is_not_there(database: Database, forms: Forms) -> None:
    with pytest.raises(NotFound):
        read(database.connection, forms, "client", "nothing")
    assert not exists(database.connection, "client", "nothing")
