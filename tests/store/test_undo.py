"""Undo and redo: undoing everything and doing it all again changes nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.schema.definition import Forms
from desktop.store import journal
from desktop.store.driver import Connection, connect
from desktop.store.journal import Kind
from desktop.store.records import StoredRecord, read, set_deleted, write
from desktop.store.tables import OWN_TABLES, schema_statements
from desktop.store.undo import CannotUndo, redo, undo

from .conftest import NOW, UNIT, make_forms

LATER = "2026-11-24T09:00:00+07:00"
FORMS = make_forms()
NOT_COMPARED = ("updated_at", "updated_by", "row_version")


def new_connection() -> Connection:
    connection = connect(":memory:", None)
    for statement in schema_statements(FORMS, (*OWN_TABLES, *journal.OWN_TABLES)):
        connection.execute(statement)
    return connection


@pytest.fixture
def connection() -> Any:
    made = new_connection()
    yield made
    made.close()


def state(connection: Connection, *, live_only: bool = False) -> dict[str, list[dict[str, Any]]]:
    """Every register table, without what counts writes."""
    found = {}
    for table in FORMS.registers:
        cursor = connection.execute(f"SELECT * FROM {table} ORDER BY id")
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor]
        if live_only and "deleted_at" in names:
            rows = [row for row in rows if row["deleted_at"] is None]
        found[table] = [
            {name: value for name, value in row.items() if name not in NOT_COMPARED} for row in rows
        ]
    return found


class Office:
    """A few clients and visits, edited as hypothesis says; one change in the journal for each."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.ids: list[tuple[str, str]] = []

    def act(self, kind: str, which: int, values: dict[str, Any], rows: list[Any]) -> bool:
        """Returns False where there was nothing to do."""
        before = self.connection.total_changes
        self.connection.execute("BEGIN")
        written = self._write(kind, which, values, rows)
        if written is not None and journal_faces(written):
            change = journal.open_change(self.connection, label=kind, at=NOW, by="Lan")
            journal.note(self.connection, change, [written])
        self.connection.execute("COMMIT")
        return self.connection.total_changes > before

    def _write(self, kind: str, which: int, values: dict[str, Any], rows: list[Any]) -> Any:
        if kind == "add" or not self.ids:
            id = f"client-{len(self.ids):03}"
            record = StoredRecord(register="client", id=id, values=values, unit_id=UNIT)
            codes = [row for row in rows if isinstance(row, str)]
            record.children = {"client_category": [{"category": code} for code in codes]}
            self.ids.append(("client", id))
            return write(self.connection, FORMS, record, now=NOW, by="Lan")
        register, id = self.ids[which % len(self.ids)]
        stored = read(self.connection, FORMS, register, id)
        if kind == "delete" or stored.deleted_at:  # a deleted record can only be restored
            return set_deleted(
                self.connection, FORMS, register, id, row_version=None, now=NOW, by="Lan",
                deleted_at=None if stored.deleted_at else NOW,
            )  # fmt: skip
        stored.values |= values
        kept = stored.children["client_category"]
        stored.children["client_category"] = [
            kept[row % len(kept)] | {"main": row} if isinstance(row, int) else {"category": row}
            for row in dict.fromkeys(row % len(kept) if isinstance(row, int) and kept else row
                                     for row in rows)
            if kept or not isinstance(row, int)
        ]  # fmt: skip
        return write(self.connection, FORMS, stored, now=NOW, by="Lan")


def journal_faces(written: Any) -> bool:
    return written.before is None or written.after.row_version != written.before.row_version


TEXT = st.none() | st.sampled_from(["Lê An", "Bùi Thị Bé", "Đỗ Cu", ""])
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "full_name": TEXT,
        "note": TEXT,
        "income": st.none() | st.integers(0, 3),
        "height": st.none() | st.floats(0, 2),
        "birth_year": st.none() | st.integers(1948, 1950),
    },
)
ROWS = st.lists(st.sampled_from(["05", "09"]) | st.integers(0, 3), max_size=3)
EDITS = st.lists(
    st.tuples(
        st.sampled_from(["add", "edit", "edit", "edit", "delete"]),
        st.integers(0, 5),
        VALUES,
        ROWS,
    ),
    max_size=12,
)


def undo_last(connection: Connection) -> bool:
    change = journal.last_undoable(connection)
    if change is None:
        return False
    connection.execute("BEGIN")
    undo(connection, FORMS, change.id, at=LATER, by="Nga")
    connection.execute("COMMIT")
    return True


def redo_last(connection: Connection) -> bool:
    change = journal.last_redoable(connection)
    if change is None:
        return False
    connection.execute("BEGIN")
    redo(connection, FORMS, change.id, at=LATER, by="Nga")
    connection.execute("COMMIT")
    return True


@given(EDITS)
def test_undo_all_then_redo_all_changes_nothing(edits: list[Any]) -> None:
    connection = new_connection()
    office = Office(connection)
    states = [state(connection, live_only=True)]
    for edit in edits:
        if office.act(*edit) and len(changes(connection)) == len(states):
            states.append(state(connection, live_only=True))
    done = state(connection)
    steps = 0
    while undo_last(connection):
        steps += 1
        without_rows_of_deleted(connection, states[-1 - steps])
    assert steps == len(states) - 1
    while redo_last(connection):
        steps -= 1
    assert steps == 0
    assert state(connection) == done
    connection.close()


def changes(connection: Connection) -> list[Any]:
    return connection.execute("SELECT id FROM change WHERE kind = 'edit'").fetchall()


def without_rows_of_deleted(connection: Connection, expected: dict[str, Any]) -> None:
    """After one undo the living clients are those of before, with their rows."""
    found = state(connection, live_only=True)
    living = {row["id"] for row in found["client"]}
    assert found["client"] == expected["client"]
    of_living = [
        [row for row in side["client_category"] if row["client"] in living]
        for side in (found, expected)
    ]
    assert of_living[0] == of_living[1]


def edit(connection: Connection, id: str, by: str = "Lan", **values: Any) -> int:
    """One change; returns its id."""
    if connection.execute("SELECT 1 FROM client WHERE id = ?", (id,)).fetchone() is None:
        record = StoredRecord(register="client", id=id)
    else:
        record = read(connection, FORMS, "client", id)
    record.values |= values
    written = write(connection, FORMS, record, now=NOW, by=by)
    change = journal.open_change(connection, label=f"Sửa {id}", at=NOW, by=by, host="pc-1")
    journal.note(connection, change, [written])
    return change


def test_what_another_has_changed_since_is_not_overwritten(connection: Connection) -> None:
    edit(connection, "a", full_name="Lê An")
    mine = edit(connection, "a", note="của tôi")
    edit(connection, "a", by="Nga", note="của Nga")
    with pytest.raises(CannotUndo, match="Sửa a"):
        undo(connection, FORMS, mine, at=LATER, by="Lan")


def test_an_older_change_of_another_field_can_be_undone(connection: Connection) -> None:
    edit(connection, "a", full_name="Lê An")
    mine = edit(connection, "a", note="của tôi")
    edit(connection, "a", by="Nga", income=3)
    undo(connection, FORMS, mine, at=LATER, by="Lan")
    stored = read(connection, FORMS, "client", "a")
    assert (stored.values["note"], stored.values["income"]) == (None, 3)


def test_a_creation_is_not_undone_under_later_work(connection: Connection) -> None:
    made = edit(connection, "a", full_name="Lê An")
    edit(connection, "a", by="Nga", note="của Nga")
    with pytest.raises(CannotUndo):
        undo(connection, FORMS, made, at=LATER, by="Lan")


def test_a_creation_is_not_undone_under_rows_added_since(connection: Connection) -> None:
    made = edit(connection, "a", full_name="Lê An")
    stored = read(connection, FORMS, "client", "a")
    stored.children["client_category"] = [{"category": "05"}]
    write(connection, FORMS, stored, now=NOW, by="Nga")
    with pytest.raises(CannotUndo):
        undo(connection, FORMS, made, at=LATER, by="Lan")


def test_a_change_of_a_record_deleted_since_stays(connection: Connection) -> None:
    edit(connection, "a", full_name="Lê An")
    mine = edit(connection, "a", note="của tôi")
    set_deleted(
        connection, FORMS, "client", "a", deleted_at=NOW, row_version=None, now=NOW, by="Nga"
    )
    with pytest.raises(CannotUndo):
        undo(connection, FORMS, mine, at=LATER, by="Lan")


def test_nothing_is_undone_twice_or_redone_undone(connection: Connection) -> None:
    edit(connection, "a", full_name="Lê An")
    change = edit(connection, "a", note="1")
    with pytest.raises(CannotUndo):
        redo(connection, FORMS, change, at=LATER, by="Lan")
    undo(connection, FORMS, change, at=LATER, by="Lan")
    with pytest.raises(CannotUndo):
        undo(connection, FORMS, change, at=LATER, by="Lan")
    with pytest.raises(KeyError):
        undo(connection, FORMS, 999, at=LATER, by="Lan")


def test_editing_after_undo_ends_redo(connection: Connection) -> None:
    edit(connection, "a", full_name="Lê An")
    edit(connection, "a", note="1")
    assert undo_last(connection)
    found = journal.last_redoable(connection)
    assert found is not None
    assert found.label == "Sửa a"
    edit(connection, "a", income=2)
    assert journal.last_redoable(connection) is None


def test_undo_asks_for_ones_own_changes_of_this_session(connection: Connection) -> None:
    first = edit(connection, "a", full_name="Lê An")
    hers = edit(connection, "a", by="Nga", note="1")
    own = journal.last_undoable(connection, by="Lan")
    assert own is not None
    assert own.id == first
    assert journal.last_undoable(connection, by="Lan", after=first) is None
    assert journal.newest_change(connection) == hers


def test_history_tells_who_changed_what(connection: Connection) -> None:
    edit(connection, "a", full_name="Lê An", note="cũ")
    edit(connection, "b", full_name="khác")
    change = edit(connection, "a", by="Nga", note="mới", income=5)
    newest, oldest = journal.history(connection, "client", "a")
    assert newest.before == {"values": {"income": None, "note": "cũ"}}
    assert newest.after == {"values": {"income": 5, "note": "mới"}}
    assert (newest.change.by, newest.change.host, newest.change.id) == ("Nga", "pc-1", change)
    assert oldest.before is None
    assert oldest.after["values"]["full_name"] == "Lê An"
    assert journal.entries(connection, change) == [newest]


def test_an_import_is_in_the_history_and_not_undone(connection: Connection) -> None:
    record = StoredRecord(register="client", id="a", values={"full_name": "Lê An"})
    written = write(connection, FORMS, record, now=NOW, by="Lan")
    change = journal.open_change(connection, label="Nhập", at=NOW, by="Lan", kind=Kind.IMPORT)
    assert journal.note(connection, change, [written]) == 1
    assert journal.last_undoable(connection) is None
    with pytest.raises(CannotUndo):
        undo(connection, FORMS, change, at=LATER, by="Lan")
    assert journal.history(connection, "client", "a")[0].change.kind is Kind.IMPORT


def test_saving_without_a_change_leaves_no_trace(connection: Connection, forms: Forms) -> None:
    edit(connection, "a", full_name="Lê An")
    stored = read(connection, FORMS, "client", "a")
    written = write(connection, FORMS, stored, now=LATER, by="Lan")
    change = journal.open_change(connection, label="x", at=LATER, by="Lan")
    assert journal.note(connection, change, [written]) == 0


def test_order_of_rows_comes_back(connection: Connection) -> None:
    record = StoredRecord(register="client", id="a", values={"full_name": "Lê An"})
    record.children = {"client_category": [{"id": n, "category": "05"} for n in "xyz"]}
    write(connection, FORMS, record, now=NOW, by="Lan")
    stored = read(connection, FORMS, "client", "a")
    x, y, z = stored.children["client_category"]
    stored.children["client_category"] = [z, {"id": "w", "category": "09"}, x | {"main": 1}]
    written = write(connection, FORMS, stored, now=NOW, by="Lan")
    change = journal.open_change(connection, label="x", at=NOW, by="Lan")
    journal.note(connection, change, [written])
    undo(connection, FORMS, change, at=LATER, by="Lan")
    assert read(connection, FORMS, "client", "a").children["client_category"] == [x, y, z]
    redo(connection, FORMS, change, at=LATER, by="Lan")
    rows = read(connection, FORMS, "client", "a").children["client_category"]
    assert [(row["id"], row["main"]) for row in rows] == [("z", None), ("w", None), ("x", 1)]
