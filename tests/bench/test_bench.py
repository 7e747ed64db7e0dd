"""The bench measures what it says: its rows, its floors, and what it writes for machines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import bench
import bench_floors
import bench_making
from bench_offices import Offices, percentile_95
from desktop.service.json_items import read_items
from desktop.service.putting import put_records
from desktop.service.workspace import Workspace
from desktop.store.records import StoredRecord
from tests.offices import read_openly

BARS = {
    "draft_wait_ms": 2,
    "start_signin": 2.0,
    "start_list": 2.0,
    "search_p95_ms": 16,
    "rules_p95_ms": 16,
    "save_ratio": 6,
    "export_ratio": 1.5,
    "put_ratio": 3,
    "journal_share": 0.25,
    "verify_ratio": 2,
    "put_memory_mb": 200,
    "palette_p95_ms": 16,
    "key_p95_ms": 16,
    "keys_per_field": 1.2,
    "open_record_ms": 50,
    "switch_register_ms": 50,
    "backup_ratio": 4,
    "backup_frame_ms": 50,
}
CLIENTS = 60


def test_rows_and_bars_are_those_that_were_promised() -> None:
    assert {row.name: row.bar for row in bench.ROWS} == BARS


def test_the_outcome_for_machines_has_four_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = (
        bench.Row("save_ratio", 6, lambda offices: 5.9996, "within its bar"),
        bench.Row("put_ratio", 3, lambda offices: 3.01, "beyond it"),
    )
    monkeypatch.setattr(bench, "ROWS", rows)
    out = tmp_path / "bench.json"
    assert bench.main(["--json", str(out)]) == 1
    assert json.loads(out.read_text(encoding="utf-8")) == [
        {"name": "save_ratio", "value": 6.0, "bar": 6, "holds": True},
        {"name": "put_ratio", "value": 3.01, "bar": 3, "holds": False},
    ]
    assert "MISSES" in capsys.readouterr().out
    assert bench.main(["--only", "save_ratio"]) == 0


def test_an_unknown_row_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        bench.main(["--only", "speed"])
    assert "put_memory_mb" in capsys.readouterr().err


def test_the_95th_percentile_is_what_few_exceed() -> None:
    values = [float(n) for n in range(1, 101)]
    assert sum(value > percentile_95(values) for value in values) == 5


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Workspace]:
    workspace = bench_making.make_office(tmp_path / "office", 0, 0)
    yield workspace
    workspace.close()


@pytest.fixture
def file(office: Workspace, tmp_path: Path) -> Path:
    path = tmp_path / "clients.json"
    bench_making.write_clients(office, path, CLIENTS)
    return path


def test_floor_and_program_write_the_same_records(office: Workspace, file: Path) -> None:
    bench_floors.put_bare(office.database, file)
    assert office.counts()["client"] == CLIENTS
    bare = [read_openly(office, "client", id) for id in office.rows("client").ids]
    office.saving.delete("client", [one.id for one in bare])
    result = put_records(office, "client", read_items(file))
    assert (result.added, result.problems) == (CLIENTS, [])
    written = [read_openly(office, "client", id) for id in result.ids]
    assert sorted(map(filled, written)) == sorted(map(filled, bare))


def filled(record: StoredRecord) -> tuple[object, ...]:
    """What both sides have of a client: a name, a place, and so many child rows of each kind."""
    rows = [f"{name} {len(rows)}" for name, rows in record.children.items()]
    return (record.values["full_name"], record.values["current_address"], *rows)


def test_a_bare_commit_touches_the_row_it_names(office: Workspace, file: Path) -> None:
    id = put_records(office, "client", read_items(file)).ids[0]
    bench_floors.commit_bare(office.database, "client", id)
    assert office.read("client", id).updated_at == bench_floors.NOW


def test_kept_offices_are_not_made_again(tmp_path: Path) -> None:
    made = tmp_path / "small"
    made.mkdir()
    (made / "made.txt").write_text("", encoding="utf-8")
    assert Offices(tmp_path).small() == made
    copy = Offices(tmp_path).copy(made, "copy")
    assert (copy / "made.txt").exists()
