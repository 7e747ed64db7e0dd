"""What is measured in a process of its own: `python build/bench_tasks.py TASK ARGUMENT…`.

Each task prints its findings as JSON in its last line.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from itertools import islice
from pathlib import Path
from typing import Any

from machine import ROOT

sys.path.insert(0, str(ROOT))

import bench_floors
import bench_making
from bench_offices import PASSWORD, TODAY
from desktop.base.clock import FixedClock
from desktop.base.paths import Paths
from desktop.service.definitions import Definitions
from desktop.service.office import open_office
from desktop.service.workspace import Workspace

SAVE_ROUNDS, SAVES = 5, 80
PERIOD = "2026H1"
_WARM_UP = 20


def open_measured(folder: str, definitions: Definitions | None = None) -> Workspace:
    """The office in a folder, on the day it was made for."""
    paths = Paths.from_arguments(Path(folder))
    clock = FixedClock(TODAY)
    return open_office(paths, password=PASSWORD, clock=clock, definitions=definitions)


def make_office(folder: str, clients: str, services: str) -> None:
    """An office with invented people."""
    bench_making.make_office(Path(folder), int(clients), int(services)).close()


def write_clients(folder: str, file: str, count: str) -> None:
    """An office without clients, and a JSON file of clients that fit it."""
    workspace = bench_making.make_office(Path(folder), 0, 0)
    bench_making.write_clients(workspace, Path(file), int(count))
    workspace.close()


def put_floor(folder: str, file: str) -> dict[str, float]:
    """json.loads, bare insert of the rows, one journal row each; one commit."""
    workspace = open_measured(folder)
    begun = time.perf_counter()
    bench_floors.put_bare(workspace.database, Path(file))
    return {"seconds": time.perf_counter() - begun}


def put_program(folder: str, file: str) -> dict[str, float]:
    """The same file through all rules."""
    from desktop.service.json_items import read_items
    from desktop.service.putting import put_records

    workspace = open_measured(folder)
    gc.collect()
    before, begun = _memory_mb(), time.perf_counter()
    result = put_records(workspace, "client", read_items(Path(file)))
    seconds = time.perf_counter() - begun
    if result.problems or not result.added:
        raise RuntimeError(f"{result.refused} refused: {result.problems[:3]}")
    return {"seconds": seconds, "grown_mb": _peak_mb() - before}


def derive_key(folder: str) -> dict[str, float]:
    """From a password to the database key."""
    from desktop.service.folder import people, unlock

    paths = Paths.from_arguments(Path(folder))
    person = people(paths)[0]
    begun = time.perf_counter()
    unlock(paths, person, PASSWORD)
    return {"seconds": time.perf_counter() - begun}


def save(folder: str) -> list[dict[str, list[float]]]:
    """Seconds of saves with all checks, and of bare commits of the same row, in turn; by round."""
    workspace = open_measured(folder)
    ids = iter(workspace.rows("client").ids[: SAVE_ROUNDS * SAVES + _WARM_UP])
    for _ in range(_WARM_UP):
        _save_one(workspace, next(ids))
    rounds = []
    for _ in range(SAVE_ROUNDS):
        found: dict[str, list[float]] = {"floor": [], "program": []}
        for id in islice(ids, SAVES):
            found["program"].append(_save_one(workspace, id))
            begun = time.perf_counter()
            bench_floors.commit_bare(workspace.database, "client", id)
            found["floor"].append(time.perf_counter() - begun)
        rounds.append(found)
    return rounds


def _save_one(workspace: Workspace, id: str) -> float:
    workspace.access.let_in("client", id)  # some are restricted
    draft = workspace.open_draft("client", id)
    draft.set_text("note", f"Đã gặp gia đình, {time.perf_counter_ns() % 1000} phút.")
    draft.check()
    begun = time.perf_counter()
    workspace.save(draft)
    return time.perf_counter() - begun


def export_program(folder: str, out: str) -> dict[str, object]:
    """The six-month workbook, read back and compared."""
    from desktop.service.exporting import export

    workspace = open_measured(folder)
    begun = time.perf_counter()
    done = export(workspace, PERIOD, Path(out))
    return {"seconds": time.perf_counter() - begun, "path": str(done.path)}


def export_floor(folder: str, workbook: str, out: str) -> dict[str, float]:
    """Ten passes over clients joined to services, and the same cells written bare."""
    workspace = open_measured(folder)
    cells = bench_floors.cells_of(Path(workbook))
    begun = time.perf_counter()
    bench_floors.join_ten_times(workspace.database)
    bench_floors.write_bare(cells, Path(out))
    return {"seconds": time.perf_counter() - begun}


def _memory_mb() -> float:
    return _status("VmRSS")


def _peak_mb() -> float:
    return _status("VmHWM")


def _status(name: str) -> float:
    """A line of /proc/self/status in MB."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024


def main(task: str, arguments: list[str]) -> None:
    """Run one task."""
    known = (
        make_office, write_clients, put_floor, put_program, derive_key, save, export_program,
        export_floor,
    )  # fmt: skip
    tasks: dict[str, Any] = {function.__name__: function for function in known}
    print(json.dumps(tasks[task](*arguments)))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
