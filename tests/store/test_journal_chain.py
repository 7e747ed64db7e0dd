"""The chain through the journal: what was changed, taken out or put in is found and named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from desktop.base.clock import FixedClock
from desktop.schema.definition import Forms
from desktop.store import journal, journal_chain, records, undo
from desktop.store.database import Database, create_database, open_database
from desktop.store.driver import Connection, DriverError, connect
from desktop.store.journal import PER_CHANGE, Kind
from desktop.store.journal_chain import Checker, Fault, Harm
from desktop.store.records import StoredRecord

from .conftest import KEY, NOW


@pytest.fixture
def database(tmp_path: Path, forms: Forms, clock: FixedClock) -> Iterator[Database]:
    made = create_database(tmp_path / "a.db", KEY, forms, None, clock)
    yield made
    made.close()


def add(database: Database, *names: str, kind: Kind = Kind.EDIT) -> int:
    """One change that makes these households; its id."""
    with database.transaction() as connection:
        written = [
            records.write(
                connection, database.forms,
                StoredRecord(register="household", id=name, values={"head_name": name}),
                now=NOW, by="lan",
            )
            for name in names
        ]  # fmt: skip
        change = journal.open_change(
            connection, label=f"Thêm: {names[0]}", at=NOW, by="lan", kind=kind
        )
        journal.note(connection, change, written)
    return change


@pytest.fixture
def filled(database: Database) -> Database:
    """Five changes: 1, 2, 3 of one row, 4 of three rows (an import), 5 takes 3 back."""
    for name in ("An", "Bình", "Cúc"):
        add(database, name)
    add(database, "Dung", "Én", "Gấm", kind=Kind.IMPORT)
    with database.transaction() as connection:
        undo.undo(connection, database.forms, 3, at=NOW, by="lan")
    return database


def found(database: Database, **heads: bytes) -> list[Fault]:
    return list(Checker(database.connection, {int(k[1:]): v for k, v in heads.items()}).faults())


def test_a_journal_as_written_has_no_fault(filled: Database) -> None:
    checker = Checker(filled.connection)
    assert list(checker.faults()) == []
    assert (checker.changes, checker.rows) == (5, 7)
    with filled.transaction() as connection:
        undo.redo(connection, filled.forms, 3, at=NOW, by="lan")
    assert found(filled) == []


ROW_5 = 4 * PER_CHANGE + 1
HARMS: dict[str, tuple[list[str], list[Fault]]] = {
    "a value": (
        [f"UPDATE journal SET after = replace(after, 'Én', 'Em') WHERE id = {ROW_5}"],
        [Fault(Harm.CHANGED, 4, ROW_5)],
    ),
    "whose record": (
        [f"UPDATE journal SET record_id = 'An' WHERE id = {ROW_5}"],
        [Fault(Harm.CHANGED, 4, ROW_5)],
    ),
    "who": (["UPDATE change SET \"by\" = 'hoà' WHERE id = 2"], [Fault(Harm.CHANGED, 2)]),
    "when": (["UPDATE change SET at = '2020' WHERE id = 2"], [Fault(Harm.CHANGED, 2)]),
    "its link": (["UPDATE chain SET hash = zeroblob(32) WHERE change_id = 5"],
                 [Fault(Harm.CHANGED, 5)]),
    "a row taken out": (
        [f"DELETE FROM journal WHERE id = {ROW_5}"], [Fault(Harm.REMOVED, 4, ROW_5)]
    ),
    "a row put in": (
        [f"INSERT INTO journal VALUES ({ROW_5 + 9}, 4, 'household', 'x', NULL, '{{}}')"],
        [Fault(Harm.INSERTED, 4, ROW_5 + 9)],
    ),
    "a change taken out": (
        ["DELETE FROM journal WHERE change_id = 2", "DELETE FROM change WHERE id = 2"],
        [Fault(Harm.REMOVED, 2, last=2)],
    ),
    "a change taken out with its link": (
        ["DELETE FROM journal WHERE change_id = 2", "DELETE FROM change WHERE id = 2",
         "DELETE FROM chain WHERE change_id = 2"],
        [Fault(Harm.REMOVED, 2, last=2)],
    ),
    "the end cut off but for its link": (
        ["DELETE FROM journal WHERE change_id = 5", "DELETE FROM change WHERE id = 5",
         "UPDATE change SET undone_by = NULL"],
        [Fault(Harm.REMOVED, 5, last=5)],
    ),
    "a change put in": (
        ["INSERT INTO change VALUES (6, '2026', 'lan', '', 'Thêm', 'edit', NULL, NULL)"],
        [Fault(Harm.INSERTED, 6)],
    ),
    "rows of no change": (
        [f"INSERT INTO journal VALUES ({9 * PER_CHANGE}, 9, 'household', 'x', NULL, '{{}}')"],
        [Fault(Harm.INSERTED, 9, 9 * PER_CHANGE)],
    ),
    "marked as undone": (
        ["UPDATE change SET undone_by = 5 WHERE id = 1"], [Fault(Harm.CHANGED, 1)]
    ),
    "no longer undone": (["UPDATE change SET undone_by = NULL"], [Fault(Harm.CHANGED, 3)]),
}  # fmt: skip


def without_triggers(database: Database) -> Connection:
    """What somebody with the key and another program can do."""
    connection = connect(database.path, KEY)
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in names:
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("PRAGMA foreign_keys = OFF")
    return connection


@pytest.mark.parametrize("harm", HARMS)
def test_every_harm_is_found_and_named(filled: Database, harm: str) -> None:
    statements, expected = HARMS[harm]
    connection = without_triggers(filled)
    for statement in statements:
        connection.execute(statement)
    connection.close()
    assert found(filled) == expected


def test_the_end_cut_off_cleanly_is_found_by_the_head_kept_outside(filled: Database) -> None:
    kept = journal_chain.head(filled.connection)
    assert kept.change == 5
    connection = without_triggers(filled)
    for statement in (
        "DELETE FROM journal WHERE change_id >= 4", "DELETE FROM change WHERE id >= 4",
        "DELETE FROM chain WHERE change_id >= 4", "UPDATE change SET undone_by = NULL",
    ):  # fmt: skip
        connection.execute(statement)
    connection.close()
    assert found(filled) == []
    assert found(filled, h5=kept.hash) == [Fault(Harm.REMOVED, 4, last=5)]


def test_a_journal_written_anew_from_some_change_on_is_found_by_the_head(filled: Database) -> None:
    kept = journal_chain.head(filled.connection)
    last = add(filled, "Hoa")
    last_kept = journal_chain.head(filled.connection)
    connection = without_triggers(filled)
    connection.execute("UPDATE change SET label = 'Khác' WHERE id = 2")
    connection.execute("DELETE FROM chain")
    connection.execute("BEGIN")
    journal_chain.seal(connection)
    connection.execute("COMMIT")
    connection.close()
    assert found(filled) == []
    assert found(filled, h5=kept.hash) == [Fault(Harm.CHANGED, 5)]
    assert last == 6
    assert found(filled, h6=last_kept.hash) == [Fault(Harm.CHANGED, 6)]


WRITES = [
    "UPDATE journal SET after = '{}'",
    "UPDATE change SET label = 'x'",
    "UPDATE change SET at = 'x' WHERE id = 1",
    "UPDATE chain SET hash = zeroblob(32)",
    "DELETE FROM journal",
    "DELETE FROM change",
    "DELETE FROM chain",
    "DELETE FROM redaction",
]


@pytest.mark.parametrize("write", WRITES)
def test_the_program_itself_cannot_change_what_is_written(filled: Database, write: str) -> None:
    with filled.transaction() as connection:
        journal_chain.redact(connection, [PER_CHANGE], 5)
    with pytest.raises(DriverError, match="append-only"), filled.transaction() as connection:
        connection.execute(write)
    assert found(filled) == []


def test_an_old_journal_gets_its_links_when_it_is_opened(
    filled: Database, forms: Forms, clock: FixedClock
) -> None:
    path = filled.path
    expected = journal_chain.head(filled.connection)
    connection = without_triggers(filled)
    connection.execute("DROP TABLE chain")
    connection.execute("DROP TABLE redaction")
    connection.execute("UPDATE meta SET value = '' WHERE name = 'tables'")
    connection.close()
    filled.close()
    with open_database(path, KEY, forms, clock) as again:
        assert journal_chain.head(again.connection) == expected
        assert found(again) == []


def test_rows_made_empty_for_ever_leave_the_chain_whole(filled: Database) -> None:
    with filled.transaction() as connection:
        change = journal.open_change(connection, label="Ẩn danh", at=NOW, by="lan")
        assert journal_chain.redact(connection, [ROW_5, ROW_5, 77], change) == 1
    left = filled.connection.execute("SELECT before, after FROM journal WHERE id = ?", (ROW_5,))
    assert left.fetchone() == (None, "{}")
    assert found(filled) == []


@pytest.fixture
def every_row(filled: Database) -> Callable[[str], list[int]]:
    def ids(table: str) -> list[int]:
        key = "change_id" if table == "chain" else "id"
        return [row[0] for row in filled.connection.execute(f"SELECT {key} FROM {table}")]

    return ids


def test_any_row_taken_out_of_the_middle_is_found(
    filled: Database, every_row: Callable[[str], list[int]]
) -> None:
    connection = without_triggers(filled)
    for table in ("journal", "change", "chain"):
        key = "change_id" if table == "chain" else "id"
        for id in every_row(table):
            connection.execute("SAVEPOINT one")
            connection.execute(f"DELETE FROM {table} WHERE {key} = ?", (id,))
            assert list(Checker(connection).faults()), (table, id)
            connection.execute("ROLLBACK TO one")
            connection.execute("RELEASE one")
    connection.close()
    assert found(filled) == []


def test_a_redacted_label_leaves_the_chain_whole_and_the_rest_of_the_line_proved(
    filled: Database,
) -> None:
    with filled.transaction() as connection:
        change = journal.open_change(
            connection, label="Ẩn danh", at=NOW, by="lan", kind=Kind.ANONYMISE
        )
        journal_chain.redact_label(connection, 2, "Đã ẩn danh", change)
        journal_chain.redact_label(connection, 2, "Đã ẩn danh", change)
    assert found(filled) == []
    assert journal.change_of(filled.connection, 2).label == "Đã ẩn danh"
    connection = without_triggers(filled)
    connection.execute("UPDATE change SET \"by\" = 'hoà' WHERE id = 2")
    connection.close()
    assert found(filled) == [Fault(Harm.CHANGED, 2)]


def test_a_label_that_was_not_redacted_cannot_be_changed(filled: Database) -> None:
    with pytest.raises(DriverError, match="append-only"):
        filled.connection.execute("UPDATE change SET label = 'x' WHERE id = 2")
    connection = without_triggers(filled)
    connection.execute("UPDATE change SET label = 'Thêm: ai khác' WHERE id = 2")
    connection.close()
    assert found(filled) == [Fault(Harm.CHANGED, 2)]


def test_a_redacted_row_that_was_filled_again_is_found(filled: Database) -> None:
    with filled.transaction() as connection:
        change = journal.open_change(connection, label="Ẩn danh", at=NOW, by="lan")
        journal_chain.redact(connection, [ROW_5], change)
    connection = without_triggers(filled)
    connection.execute(f"UPDATE journal SET after = '{{\"x\":1}}' WHERE id = {ROW_5}")
    connection.close()
    assert found(filled) == [Fault(Harm.CHANGED, 4, ROW_5)]


def test_links_of_before_labels_could_be_redacted_still_hold(filled: Database) -> None:
    """As an earlier version wrote them: the whole line, its label too, in the link itself."""
    connection = without_triggers(filled)
    before = bytes(32)
    rows = connection.execute("SELECT * FROM change ORDER BY id").fetchall()
    for id, at, by, host, label, kind, undoes, _undone in rows:
        sizes = f"{id}|{undoes}|{len(at)}|{len(by)}|{len(host)}|{len(label)}|{len(kind)}|"
        content = f"{sizes}{at}{by}{host}{label}{kind}".encode()
        for row in connection.execute(
            "SELECT id, register, record_id, before, after FROM journal WHERE change_id = ? "
            "ORDER BY id", (id,),
        ).fetchall():  # fmt: skip
            parts = [part for part in row[1:] if part is not None]
            sizes = [len(row[1]), len(row[2]), "-" if row[3] is None else len(row[3]), len(row[4])]
            head = "|".join(map(str, [row[0], *sizes, "".join(parts)]))
            content += sha256(head.encode()).digest()
        before = sha256(before + content).digest()
        connection.execute("UPDATE chain SET hash = ? WHERE change_id = ?", (before, id))
    connection.close()
    assert found(filled) == []
