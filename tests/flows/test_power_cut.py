"""The program is killed while it saves, twenty times: what was confirmed is there, and whole."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

from desktop.base.paths import bundled_root
from desktop.service.workspace import Workspace
from tests.offices import OfficeMaker

CUTS = 20
MOST_SAVES = 12
SLOWEST_SAVE = 0.02
"""Seconds: the cut falls anywhere within a save or two."""
JOURNALED = "SELECT count(DISTINCT record_id) FROM journal WHERE register = 'client'"


def test_nothing_confirmed_is_lost_and_nothing_is_half_written(offices: OfficeMaker) -> None:
    made = offices.open()
    folder = made.paths.data
    made.close()
    chance = random.Random(13366)
    confirmed: dict[str, str] = {}
    for run in range(CUTS):
        confirmed |= save_until_killed(folder, str(run), offices.key, chance)
        workspace = offices.reopen(folder)
        try:
            check_all_there(workspace, confirmed, cuts=run + 1)
        finally:
            workspace.close()
    assert len(confirmed) > CUTS


def save_until_killed(folder: Path, run: str, key: bytes, chance: random.Random) -> dict[str, str]:
    """Names by id of the clients whose save was confirmed before the end came."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.flows.saving_without_end", str(folder), run],
        cwd=bundled_root(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{key.hex()}\n")
    process.stdin.flush()
    lines = [process.stdout.readline() for _ in range(chance.randint(1, MOST_SAVES))]
    time.sleep(chance.random() * 2 * SLOWEST_SAVE)
    process.kill()
    lines += process.stdout.read().splitlines()
    process.stdin.close()
    process.stdout.close()
    assert process.wait() != 0, "it was to be killed, not to end"
    found = dict(line.split() for line in lines if len(line.split()) == 2)
    return {id: f"Nguyễn Thị Lần {run} Số {number}" for id, number in found.items()}


def check_all_there(workspace: Workspace, confirmed: dict[str, str], cuts: int) -> None:
    connection = workspace.database.connection
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA cipher_integrity_check").fetchall() == []
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    ids = set(workspace.rows("client").ids)
    assert confirmed.keys() <= ids
    assert len(ids) - len(confirmed) <= cuts, "at most one save per cut was done but not confirmed"
    assert connection.execute(JOURNALED).fetchone()[0] == len(ids)
    for id in ids:
        record = workspace.read("client", id)
        assert record.values["full_name"] == confirmed.get(id, record.values["full_name"])
        assert [row["category"] for row in record.children["client_category"]] == ["05"]
