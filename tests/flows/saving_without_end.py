"""Saves clients until it is killed; says each id once its save is confirmed.

Run by `test_power_cut`: the data folder, the number of the run and the key's hex digits on stdin.
"""

from __future__ import annotations

import sys
from pathlib import Path

from desktop.base.clock import FixedClock
from desktop.base.paths import bundled_root
from desktop.service.definitions import load_definitions
from desktop.service.folder import people
from desktop.service.office import open_unlocked
from tests.offices import TODAY, paths_of, saved


def client(run: str, number: int) -> dict[str, object]:
    """A client with a child row, so that one save writes several tables."""
    return {
        "full_name": f"Nguyễn Thị Lần {run} Số {number}",
        "sex": "NU",
        "birth": "1948",
        "no_id_reason": "KHAC",
        "marital": "GOA",
        "note": "x" * (number % 7) * 60,
        "client_category": [{"category": "05", "is_main": "1", "date_from": "01/01/2026"}],
    }


def main(folder: Path, run: str) -> None:
    paths = paths_of(folder)
    key = bytes.fromhex(sys.stdin.readline().strip())
    definitions = load_definitions(bundled_root() / "forms")
    workspace = open_unlocked(
        paths, people(paths)[0], key, clock=FixedClock(TODAY), definitions=definitions
    )
    for number in range(100_000):
        id = saved(workspace, "client", client(run, number), reason="đã xem sổ cũ")
        print(id, number, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
