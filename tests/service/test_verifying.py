"""`verify`: names the rows that are not as they were written, and knows where the journal ended."""

from __future__ import annotations

import json
from pathlib import Path

from desktop.service.access import Act
from desktop.service.folder import JOURNAL_HEADS
from desktop.service.journal_heads import keep_head, read_heads
from desktop.service.verifying import verify
from desktop.service.workspace import Workspace
from desktop.store.driver import connect
from tests.offices import OfficeMaker


def harm(workspace: Workspace, *statements: str) -> None:
    """What somebody with the key and another program can do."""
    connection = connect(workspace.database.path, workspace.database.key)
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    connection.execute("PRAGMA foreign_keys = OFF")
    for (name,) in names:
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        connection.execute(statement)
    connection.close()


def test_a_journal_as_written_is_told_with_its_numbers(workspace: Workspace, worker: str) -> None:
    workspace.open_draft("worker", worker)
    workspace.access.flush()
    done = verify(workspace)
    assert done.damages == ()
    assert done.changes >= 3
    assert done.looks >= 1


def test_a_changed_row_is_named_with_its_record(workspace: Workspace, worker: str) -> None:
    row, change = workspace.reader.execute(
        "SELECT id, change_id FROM journal WHERE record_id = ?", (worker,)
    ).fetchone()
    harm(workspace, f"UPDATE journal SET after = replace(after, 'Hà', 'Hè') WHERE id = {row}")
    (damage,) = verify(workspace).damages
    assert (damage.harm, damage.change) == ("changed", change)
    assert (damage.register, damage.record_id) == ("worker", worker)
    assert "Nguyễn Thị Thu Hà" in damage.text


def test_the_end_cut_off_is_found_by_the_head_beside_the_data(
    offices: OfficeMaker, workspace: Workspace, worker: str
) -> None:
    last = workspace.reader.execute("SELECT max(id) FROM change").fetchone()[0]
    folder = workspace.paths.data
    workspace.close()
    again = offices.reopen(folder)
    tables = {"journal": "change_id", "chain": "change_id", "change": "id"}
    harm(again, *(f"DELETE FROM {table} WHERE {key} = {last}" for table, key in tables.items()))
    (damage,) = verify(again).damages
    assert (damage.harm, damage.change) == ("removed", last)
    again.close()


def test_a_head_that_was_made_up_is_told(workspace: Workspace, worker: str) -> None:
    keep_head(workspace.database)
    path = workspace.paths.data / JOURNAL_HEADS
    content = json.loads(path.read_bytes())
    content["heads"][-1]["change"] = 1
    path.write_text(json.dumps(content), encoding="utf-8")
    assert read_heads(workspace.database).false == 1
    assert JOURNAL_HEADS in verify(workspace).damages[0].text


def test_one_head_a_day_is_kept(workspace: Workspace, worker: str) -> None:
    path = workspace.paths.data / JOURNAL_HEADS
    keep_head(workspace.database)
    first = json.loads(path.read_bytes())["heads"]
    workspace.saving.delete("worker", [worker])
    keep_head(workspace.database)
    keep_head(workspace.database)
    second = json.loads(path.read_bytes())["heads"]
    assert len(second) == len(first)
    assert second[-1]["hash"] != first[-1]["hash"]


def test_a_damaged_file_of_heads_is_as_none(workspace: Workspace, worker: str) -> None:
    path: Path = workspace.paths.data / JOURNAL_HEADS
    for content in (b"", b"[]", b'{"heads": 3}', b"\xff"):
        path.write_bytes(content)
        assert verify(workspace).damages == ()
    keep_head(workspace.database)
    assert verify(workspace).since


def test_a_look_that_was_taken_out_of_the_log_is_found(workspace: Workspace) -> None:
    for number in range(3):
        workspace.access.note(Act.EXPORT, "client", [f"{number}"], what="danh sách")
    assert verify(workspace).damages == ()
    harm(workspace, "DELETE FROM access_log WHERE id = 2")
    (damage,) = verify(workspace).damages
    assert "3" in damage.text
