"""Newer definitions on older data: added, renamed and dropped fields, rules, lists, references."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop.base.clock import FixedClock
from desktop.base.errors import DefinitionError
from desktop.base.identity import new_id
from desktop.schema.definition import CodeValue, FieldType, Forms, Register
from desktop.store.database import BACKUPS_KEPT, Database, create_database, open_database
from desktop.store.driver import IntegrityError
from desktop.store.records import StoredRecord, read, write
from desktop.store.rows import RowIndex
from desktop.store.tables import index_statements

from .conftest import (
    CATEGORY,
    CLIENT,
    HOUSEHOLD,
    KEY,
    LISTS,
    NOW,
    RULES,
    VISIT,
    make_forms,
    of_type,
    text,
    with_field,
)

PETS = Register(
    name="pet",
    title="Vật nuôi",
    title_format="{kind}",
    fields=(text("kind"), of_type("owner", FieldType.REFERENCE, to="client")),
)


def add(database: Database, **values: Any) -> str:
    record = StoredRecord(register="client", id=new_id(), values={"full_name": "Lê An"} | values)
    record.children = {"client_category": [{"category": "05"}]}
    with database.transaction() as connection:
        write(connection, database.forms, record, now=NOW, by="Lan")
    return record.id


def opened_with(database: Database, forms: Forms) -> Database:
    database.close()
    return open_database(database.path, KEY, forms, database.clock)


def copies(database: Database) -> list[Path]:
    return sorted(database.path.parent.glob("office.before-*.db"))


def shape(database: Database) -> dict[str, Any]:
    """Columns of every table as a set, with the statements of every index."""
    rows = database.connection.execute(
        "SELECT m.name, i.name, i.type FROM sqlite_master m JOIN pragma_table_info(m.name) i "
        "WHERE m.type = 'table'"
    )
    columns = sorted(rows.fetchall())
    keys = database.connection.execute(
        'SELECT m.name, k."from", k."table", k.on_delete FROM sqlite_master m '
        "JOIN pragma_foreign_key_list(m.name) k WHERE m.type = 'table'"
    )
    indices = database.connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    )
    return {
        "columns": columns,
        "keys": sorted(keys.fetchall()),
        "indices": sorted(indices.fetchall()),
    }


def new_field(forms: Forms) -> Forms:
    wider = with_field(CLIENT, text("nickname"), of_type("seen", FieldType.PARTIAL_DATE))
    return make_forms(HOUSEHOLD, wider, CATEGORY, VISIT, digest="2")


def new_reference(forms: Forms) -> Forms:
    wider = with_field(VISIT, of_type("household", FieldType.REFERENCE, to="household"))
    return make_forms(HOUSEHOLD, CLIENT, CATEGORY, wider, digest="2")


def new_child_field(forms: Forms) -> Forms:
    wider = with_field(CATEGORY, of_type("date_to", FieldType.DATE))
    return make_forms(HOUSEHOLD, CLIENT, wider, VISIT, digest="2")


def new_registers(forms: Forms) -> Forms:
    teeth = Register(name="tooth", title="Răng", parent="pet", fields=(text("place"),))
    return make_forms(HOUSEHOLD, CLIENT, CATEGORY, VISIT, teeth, PETS, digest="2")


def new_order(forms: Forms) -> Forms:
    return make_forms(
        HOUSEHOLD, CLIENT, CATEGORY, replace(VISIT, sort=("minutes", "-made_on")), digest="2"
    )


def new_target(forms: Forms) -> Forms:
    """A reference that goes to another register now."""
    fields = tuple(
        replace(field, to="visit") if field.name == "household" else field
        for field in CLIENT.fields
    )
    changed = replace(CLIENT, fields=fields, search=("full_name",))
    return make_forms(HOUSEHOLD, changed, CATEGORY, VISIT, digest="2")


def no_rules(forms: Forms) -> Forms:
    return make_forms(rules=(), digest="2")


CHANGES = [
    new_field, new_reference, new_child_field, new_registers, new_order, new_target, no_rules,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_old_data_gets_the_tables_a_new_office_gets(
    database: Database, tmp_path: Path, clock: FixedClock, change: Callable[[Forms], Forms]
) -> None:
    id = add(database, note="cũ")
    newer = change(database.forms)
    with opened_with(database, newer) as changed:
        (tmp_path / "fresh").mkdir()
        with create_database(tmp_path / "fresh/o.db", KEY, newer, None, clock) as fresh:
            assert shape(changed) == shape(fresh)
        stored = read(changed.connection, newer, "client", id)
        assert stored.values["note"] == "cũ"
        assert [row["category"] for row in stored.children["client_category"]] == ["05"]
        assert len(copies(changed)) == 1
        add(changed)
    with open_database(copies(database)[0], KEY, database.forms, clock) as before:
        assert read(before.connection, database.forms, "client", id).values["note"] == "cũ"


def test_the_second_opening_has_nothing_left_to_do(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = new_field(database.forms)
    opened_with(database, newer).close()

    def refuse(*_: object) -> None:
        raise AssertionError("table work at open")

    monkeypatch.setattr("desktop.store.alterations.plan", refuse)
    open_database(database.path, KEY, newer, database.clock).close()


def test_new_labels_alone_take_no_copy(database: Database) -> None:
    lists = dict(LISTS)
    lists["SEX"] = replace(LISTS["SEX"], values=(CodeValue(code="NAM", label="Nam giới"),))
    newer = replace(make_forms(digest="2"), lists=lists)
    with opened_with(database, newer) as changed:
        rows = changed.connection.execute("SELECT code, label FROM code WHERE list = 'SEX'")
        assert rows.fetchall() == [("NAM", "Nam giới")]
        assert copies(changed) == []


def test_a_renamed_field_keeps_its_values(database: Database) -> None:
    id = add(database, note="cũ", birth_year=1950, birth_month=2)
    renamed = {"note": "remark", "birth": "born"}
    fields = tuple(replace(f, name=renamed.get(f.name, f.name)) for f in CLIENT.fields)
    newer = make_forms(
        HOUSEHOLD,
        replace(
            CLIENT, fields=fields, renamed=tuple(renamed.items()), columns=(), subtitle_format=""
        ),
        CATEGORY,
        VISIT,
        digest="2",
    )
    with opened_with(database, newer) as changed:
        values = read(changed.connection, newer, "client", id).values
        assert (values["remark"], values["born_year"], values["born_month"]) == ("cũ", 1950, 2)
        assert "note" not in values


def test_a_dropped_field_keeps_its_column(database: Database) -> None:
    id = add(database, note="cũ")
    fields = tuple(field for field in CLIENT.fields if field.name != "note")
    fewer = replace(CLIENT, fields=fields, renamed=(("note", ""),))
    newer = make_forms(HOUSEHOLD, fewer, CATEGORY, VISIT, rules=(), digest="2")
    with opened_with(database, newer) as changed:
        found = changed.connection.execute("SELECT note FROM client WHERE id = ?", (id,))
        assert found.fetchone() == ("cũ",)
        add(changed)


def test_a_changed_type_is_refused_and_nothing_is_touched(database: Database) -> None:
    add(database)
    fields = tuple(
        replace(f, type=FieldType.INTEGER) if f.name == "note" else f for f in CLIENT.fields
    )
    newer = make_forms(HOUSEHOLD, replace(CLIENT, fields=fields), CATEGORY, VISIT, digest="2")
    database.close()
    before = database.path.read_bytes()
    with pytest.raises(DefinitionError) as caught:
        open_database(database.path, KEY, newer, database.clock)
    assert [problem.code for problem in caught.value.problems] == ["changed-type"]
    assert "note" in caught.value.problems[0].place
    assert database.path.read_bytes() == before


def test_a_reference_that_cannot_hold_is_refused_whole(database: Database) -> None:
    house = StoredRecord(register="household", id="h", values={"head_name": "Phạm"})
    with database.transaction() as connection:
        write(connection, database.forms, house, now=NOW, by="Lan")
    add(database, household="h")
    was = shape(database)
    with pytest.raises(DefinitionError):
        opened_with(database, new_target(database.forms))
    with open_database(database.path, KEY, database.forms, database.clock) as again:
        assert shape(again) == was


def test_an_invariant_rule_holds_in_the_table(database: Database) -> None:
    with pytest.raises(IntegrityError, match="V06"):
        add(database, personal_no="123")
    add(database, personal_no="035190123456")


def test_a_new_invariant_guards_new_rows(database: Database) -> None:
    add(database, income=5)
    rule = replace(RULES[0], number="V99", check="client.income >= 0", when="client.alive = 1")
    with opened_with(database, make_forms(rules=(*RULES, rule), digest="2")) as changed:
        with pytest.raises(IntegrityError, match="V99"):
            add(changed, income=-1, alive=1)
        add(changed, income=-1, alive=0)
        add(changed, income=-1)
        with pytest.raises(IntegrityError, match="V06"):
            add(changed, personal_no="123")


def test_old_rows_against_a_new_invariant_never_block_opening(database: Database) -> None:
    add(database, income=-5)
    rule = replace(RULES[0], number="V99", check="income >= 0")
    newer = make_forms(rules=(*RULES, rule), digest="2")
    with opened_with(database, newer) as changed:
        add(changed, income=-7)
        with pytest.raises(IntegrityError, match="V06"):
            add(changed, personal_no="123")


def test_a_loosened_invariant_no_longer_refuses(database: Database) -> None:
    add(database)
    loose = replace(RULES[0], check="length(personal_no) IN (9, 12)")
    with opened_with(database, make_forms(rules=(loose,), digest="2")) as changed:
        add(changed, personal_no="035190123")


def test_a_field_that_is_searched_now_is_found_in_old_records(database: Database) -> None:
    id = add(database, note="đã chuyển đi Phủ Lý")
    other = add(database, full_name="Bùi Bé")
    wider = replace(CLIENT, search=(*CLIENT.search, "note"), person=False, title_format="{note}")
    with opened_with(database, make_forms(HOUSEHOLD, wider, CATEGORY, VISIT, digest="2")) as again:
        index = RowIndex(again.connection, again.forms, "client")
        assert index.find("phu ly") == [id]
        assert index.find() == [other, id]


def test_only_the_newest_copies_stay(database: Database) -> None:
    client = CLIENT
    for number in range(BACKUPS_KEPT + 2):
        client = with_field(client, text(f"extra_{number}"))
        database.close()
        assert isinstance(database.clock, FixedClock)
        newer = make_forms(HOUSEHOLD, client, CATEGORY, VISIT, digest=f"d{number}")
        from datetime import timedelta

        database.clock.move(timedelta(minutes=1))
        open_database(database.path, KEY, newer, database.clock).close()
    assert len(copies(database)) == BACKUPS_KEPT


def test_every_index_is_used_where_it_should_be(database: Database) -> None:
    """SQLite's own word for it: the list is read in order from its index alone."""
    statement = (
        "EXPLAIN QUERY PLAN SELECT id, search_key FROM client "
        "WHERE deleted_at IS NULL ORDER BY sort_key, id"
    )
    (line,) = [row[3] for row in database.connection.execute(statement)]
    assert "COVERING INDEX client__list" in line
    wanted = {
        "SELECT 1 FROM client WHERE household = ?": "client__household",
        "SELECT 1 FROM client WHERE personal_no = ?": "client__personal_no",
        "SELECT 1 FROM client WHERE file_no = ?": "client__file_no",
        "SELECT 1 FROM client_category WHERE client = ?": "client_category__client",
        "SELECT 1 FROM visit WHERE made_on BETWEEN ? AND ?": "visit__made_on",
    }
    for sql, index in wanted.items():
        rows = database.connection.execute(f"EXPLAIN QUERY PLAN {sql}", ("x",) * sql.count("?"))
        assert index in rows.fetchone()[3], sql
    assert set(index_statements(CLIENT)) >= {"client__list", "client__household"}
