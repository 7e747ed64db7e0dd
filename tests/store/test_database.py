"""Opening and changing the office's database, and everything that can be in the way."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from desktop.base.clock import FixedClock
from desktop.base.errors import (
    DiskFull,
    FileLocked,
    NewerDatabase,
    NotOurDatabase,
    ReadOnly,
    UserError,
)
from desktop.base.identity import new_id
from desktop.schema.definition import Forms
from desktop.store.database import (
    OWN_TABLES,
    VERSION,
    Database,
    WrongKey,
    create_database,
    open_database,
)
from desktop.store.driver import connect
from desktop.store.records import StoredRecord, write
from desktop.store.tables import schema_statements

from .conftest import KEY, NOW, UNIT, make_forms

MARKER = "Nguyễn Thị Bí Mật 035190123456"


def add(database: Database, name: str = "Lê Mai", **values: str) -> StoredRecord:
    record = StoredRecord(
        register="client", id=new_id(), unit_id=UNIT, values={"full_name": name, **values}
    )
    with database.transaction() as connection:
        return write(connection, database.forms, record, now=NOW, by="Lan").after


def count(database: Database) -> int:
    return int(database.connection.execute("SELECT count(*) FROM client").fetchone()[0])


def reopened(database: Database, **more: object) -> Database:
    database.close()
    return open_database(database.path, KEY, database.forms, database.clock, **more)  # type: ignore[arg-type]


def test_what_was_saved_is_there_after_opening_again(database: Database) -> None:
    add(database)
    with reopened(database) as again:
        assert count(again) == 1
        assert [p.name for p in database.path.parent.glob("*.before-*")] == []


def test_a_transaction_that_fails_leaves_nothing(database: Database) -> None:
    def fail() -> None:
        with database.transaction() as connection:
            connection.execute("DELETE FROM code")
            raise KeyError("x")

    with pytest.raises(KeyError):
        fail()
    assert database.connection.execute("SELECT count(*) FROM code").fetchone()[0] > 0
    assert not database.connection.in_transaction


def test_a_transaction_inside_another_is_refused(database: Database) -> None:
    def nest() -> None:
        with database.transaction(), database.transaction():
            pass

    with pytest.raises(RuntimeError):
        nest()
    assert not database.connection.in_transaction


def test_a_reader_sees_committed_rows_only_and_cannot_write(database: Database) -> None:
    reader = database.reader()
    with database.transaction() as connection:
        record = StoredRecord(register="client", id=new_id(), values={"full_name": "Lê Mai"})
        write(connection, database.forms, record, now=NOW, by="Lan")
        assert reader.execute("SELECT count(*) FROM client").fetchone()[0] == 0
    assert reader.execute("SELECT count(*) FROM client").fetchone()[0] == 1
    with pytest.raises(ReadOnly):
        reader.execute("DELETE FROM client")
    reader.close()


def test_another_connection_writes_after_the_first(database: Database) -> None:
    second = database.another()
    add(database)
    add(second)
    assert count(database) == count(second) == 2
    second.close()


def test_a_second_program_is_told_who_has_the_data(database: Database) -> None:
    with pytest.raises(FileLocked, match=r"2026-11-23 08:00"):
        open_database(database.path, KEY, database.forms, database.clock)
    with open_database(database.path, KEY, database.forms, database.clock, lock=False) as beside:
        assert count(beside) == 0
    with reopened(database) as again:
        assert count(again) == 0


def test_a_writer_that_holds_on_is_told_as_another_program(database: Database) -> None:
    second = database.another()
    second.connection.execute("PRAGMA busy_timeout = 20")
    with database.transaction(), pytest.raises(FileLocked):
        add(second)
    second.close()


def test_a_wrong_key(database: Database) -> None:
    database.close()
    with pytest.raises(WrongKey):
        open_database(database.path, bytes(32), database.forms, database.clock)
    with open_database(database.path, KEY, database.forms, database.clock) as again:
        assert count(again) == 0


@pytest.mark.parametrize(
    "content", [b"", b"x" * 4096, b"SQLite format 3\0" + b"\0" * 4080, b"short"]
)
def test_a_file_that_is_not_ours(
    tmp_path: Path, forms: Forms, clock: FixedClock, content: bytes
) -> None:
    path = tmp_path / "other.db"
    path.write_bytes(content)
    with pytest.raises(NotOurDatabase, match=r"other\.db"):
        open_database(path, KEY, forms, clock)
    assert path.read_bytes() == content


def test_an_encrypted_database_of_another_program(
    tmp_path: Path, forms: Forms, clock: FixedClock
) -> None:
    connection = connect(tmp_path / "other.db", KEY)
    connection.execute("CREATE TABLE t (a)")
    connection.close()
    with pytest.raises(NotOurDatabase, match=r"another program|chương trình khác"):
        open_database(tmp_path / "other.db", KEY, forms, clock)


def test_a_file_that_is_not_there(tmp_path: Path, forms: Forms, clock: FixedClock) -> None:
    with pytest.raises(UserError, match="nowhere"):
        open_database(tmp_path / "nowhere.db", KEY, forms, clock)
    assert list(tmp_path.iterdir()) == []


def test_a_newer_database_is_left_untouched(database: Database) -> None:
    database.connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    database.close()
    before = database.path.read_bytes()
    newer = replace(database.forms, digest="2")
    with pytest.raises(NewerDatabase):
        open_database(database.path, KEY, newer, database.clock)
    assert database.path.read_bytes() == before


def test_a_damaged_page_is_told_in_words(database: Database) -> None:
    for number in range(300):
        add(database, note=f"{number} " * 200)
    database.close()
    content = bytearray(database.path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 4096 * 20] = bytes(4096 * 20)
    database.path.write_bytes(content)

    def use() -> None:
        with open_database(database.path, KEY, database.forms, database.clock) as harmed:
            harmed.connection.execute("PRAGMA integrity_check").fetchall()
            with harmed.transaction() as connection:
                connection.execute("SELECT sum(length(note)) FROM client").fetchall()

    with pytest.raises(NotOurDatabase):
        use()


def test_a_full_disk_keeps_what_was_saved(database: Database) -> None:
    add(database)
    pages = database.connection.execute("PRAGMA page_count").fetchone()[0]
    database.connection.execute(f"PRAGMA max_page_count = {pages + 2}")

    def fill() -> None:
        for _ in range(500):
            add(database, note="x" * 4000)

    with pytest.raises(DiskFull):
        fill()
    saved = count(database)
    database.connection.execute("PRAGMA max_page_count = 1000000")
    add(database)
    assert count(database) == saved + 1
    with reopened(database) as again:
        assert count(again) == saved + 1


def test_a_disk_that_fills_while_creating_leaves_no_half_database(
    tmp_path: Path, forms: Forms, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    limited = "desktop.store.tables.schema_statements"
    statements = ["PRAGMA max_page_count = 8", *schema_statements(forms, OWN_TABLES)]
    monkeypatch.setattr(limited, lambda *_: statements)
    with pytest.raises(DiskFull):
        create_database(tmp_path / "office.db", KEY, forms, None, clock)
    assert list(tmp_path.iterdir()) == []


def test_a_read_only_file_opens_and_refuses_to_save(
    database: Database, as_nobody: Callable[[], None]
) -> None:
    add(database)
    database.close()
    database.path.chmod(0o444)
    as_nobody()
    with pytest.raises(ReadOnly, match=r"office\.db"):
        add(open_database(database.path, KEY, database.forms, database.clock))


def test_creating_never_overwrites(database: Database, clock: FixedClock) -> None:
    add(database)
    with pytest.raises(UserError):
        create_database(database.path, KEY, database.forms, None, clock)
    assert count(database) == 1


def test_a_copy_opens_with_the_same_key(database: Database, tmp_path: Path) -> None:
    add(database)
    database.copy_to(tmp_path / "copy.db")
    add(database)
    with open_database(tmp_path / "copy.db", KEY, database.forms, database.clock) as copy:
        assert count(copy) == 1


def test_nothing_typed_is_readable_on_the_disk(database: Database) -> None:
    add(database, MARKER, note=MARKER)
    assert (database.path.parent / "office.db-wal").stat().st_size > 0
    with database.transaction() as connection:
        connection.execute("DELETE FROM client")
    for path in database.path.parent.iterdir():
        content = path.read_bytes()
        for part in (MARKER, "Bí Mật", "035190123456", "bi mat"):
            for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
                assert part.encode(encoding) not in content, path


KILLED = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from tests.store.test_database import keep_adding
keep_adding(Path(sys.argv[1]))
"""


def keep_adding(path: Path) -> None:
    """Save two clients per transaction and say so after each, until killed."""
    clock = FixedClock(datetime(2026, 11, 23))
    database = open_database(path, KEY, make_forms(), clock)
    while True:
        with database.transaction() as connection:
            for _ in range(2):
                record = StoredRecord(register="client", id=new_id(), values={"full_name": "Lê"})
                write(connection, database.forms, record, now=NOW, by="Lan")
        print("saved", flush=True)


def test_a_killed_program_loses_nothing_it_called_saved(database: Database) -> None:
    database.close()
    root = str(Path(__file__).parents[2])
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(database.path), root], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    for _ in range(20):
        assert child.stdout.readline() == "saved\n"
    child.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
    said = 20 + child.stdout.read().count("saved\n")
    child.stdout.close()
    child.wait()
    with open_database(database.path, KEY, database.forms, database.clock) as again:
        assert count(again) in (2 * said, 2 * said + 2)
        assert again.connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_a_copy_taken_with_its_log_after_a_crash_is_whole(
    database: Database, tmp_path: Path
) -> None:
    add(database)
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for path in database.path.parent.glob("office.db*"):
        shutil.copy(path, crashed)
    with open_database(crashed / "office.db", KEY, database.forms, database.clock) as again:
        assert count(again) == 1


def test_opening_does_no_table_work_while_the_definitions_are_the_same(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("table work at open")

    monkeypatch.setattr("desktop.store.alterations.plan", refuse)
    monkeypatch.setattr("desktop.store.catalogue.fill_codes", refuse)
    reopened(database).close()


def test_moments_are_kept_with_their_offset(database: Database) -> None:
    assert database.now().startswith("2026-11-23T08:00:00")
    assert len(database.now()) == len(NOW)


def test_the_lock_goes_with_the_program(database: Database) -> None:
    database.close()
    root = str(Path(__file__).parents[2])
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(database.path), root], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    child.stdout.readline()
    with pytest.raises(FileLocked):
        open_database(database.path, KEY, database.forms, database.clock)
    child.kill()
    child.wait()
    child.stdout.close()
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            open_database(database.path, KEY, database.forms, database.clock).close()
            return
        except FileLocked:
            time.sleep(0.05)
    raise AssertionError("the lock outlived the program")
