"""A flipped byte, a cut log, a second program, a clock that jumps: found and said, never served."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desktop.base.clock import FixedClock
from desktop.base.errors import FileLocked, NotOurDatabase, UserError
from desktop.service import backup_file
from desktop.service.folder import DATABASE
from desktop.service.office import open_unlocked
from desktop.service.verifying import verify
from desktop.service.workspace import Workspace
from tests.offices import TODAY, OfficeMaker, paths_of, saved
from tests.torture.days import Days, check
from tests.torture.test_power_cut_at_every_sync import LOST_WITH_THE_POWER

ACTS = 14


def dump(office: Workspace) -> list[tuple[object, ...]]:
    """Everything that was entered, as the program reads it."""
    rows: list[tuple[object, ...]] = []
    for table in ("client", "client_category", "office", "change", "journal"):
        rows += office.reader.execute(f"SELECT * FROM main.{table} ORDER BY 1").fetchall()
    return rows


def closed_day(days: Days, name: str) -> Path:
    folder = days.office(name)
    told = days.begin(folder, seed=3, acts=ACTS).end()
    assert told.is_closed
    return folder


def flipped(content: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(content))
    changed = bytearray(content)
    changed[place] ^= 1 << chance.randrange(8)
    return bytes(changed)


def test_a_flipped_byte_of_the_data_is_found_or_is_in_no_data(
    days: Days, times: Callable[[int, int], int]
) -> None:
    folder = closed_day(days, "flipped")
    office = days.open(folder)
    before = dump(office)
    office.close()
    path = folder / DATABASE
    whole = path.read_bytes()
    chance = random.Random(1000)
    found = 0
    for _ in range(times(60, 1000)):
        path.write_bytes(flipped(whole, chance))
        try:
            office = days.open(folder)
        except NotOurDatabase:
            found += 1
            continue
        try:
            assert dump(office) == before, "damaged data were served"
        finally:
            office.close()
        path.unlink()
    assert found > 0.9 * times(60, 1000)


def test_a_flipped_byte_of_a_backup_is_found(days: Days, times: Callable[[int, int], int]) -> None:
    folder = closed_day(days, "backup")
    office = days.open(folder)
    backup = office.backups.make(backup_file.BackupKind.BY_HAND).backup.path
    office.close()
    whole = backup.read_bytes()
    chance = random.Random(1001)
    for _ in range(times(60, 1000)):
        backup.write_bytes(flipped(whole, chance))
        with pytest.raises(UserError):
            backup_file.check_whole(backup)


@pytest.mark.parametrize("seed", range(6))
def test_a_damaged_tail_of_the_log_is_cut_and_said(days: Days, seed: int) -> None:
    folder = days.office("tail")
    day = days.begin(folder, seed=20 + seed, acts=200)
    day.listen(lines=24)
    told = day.kill()
    log = folder / f"{DATABASE}-wal"
    content = bytearray(log.read_bytes())
    chance = random.Random(seed)
    if seed % 2:
        content[-chance.randrange(50, 3000)] ^= 255
    else:
        del content[-chance.randrange(50, 3000) :]
    log.write_bytes(content)
    office = days.open(folder)
    try:
        assert office.database.cut_frames > 0
        assert office.database.connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        stand = dict(office.reader.execute("SELECT id, full_name FROM main.client").fetchall())
        assert set(stand) <= {*told.done} | {
            id for id in stand if stand[id] in told.possible("new")
        }
        assert verify(office).damages == ()
    finally:
        office.close()


def test_a_killed_day_without_a_torn_change_reports_none(days: Days) -> None:
    folder = closed_day(days, "clean")
    office = days.open(folder)
    saved(office, "hamlet", {"name": "Tổ 1"})
    # As it lies there while the program runs: every change whole.
    for path in folder.glob(f"{DATABASE}*"):
        if not path.name.endswith(LOST_WITH_THE_POWER):
            shutil.copy(path, folder / f"copy-{path.name}")
    office.close()
    for path in folder.glob(f"copy-{DATABASE}*"):
        path.replace(folder / path.name.removeprefix("copy-"))
    again = days.open(folder)
    try:
        assert again.database.cut_frames == 0
        assert again.counts()["hamlet"] == 1
    finally:
        again.close()


def test_the_second_program_says_where_the_first_runs(days: Days, offices: OfficeMaker) -> None:
    folder = days.office("two")
    day = days.begin(folder, seed=4, acts=400)
    day.listen(lines=2)
    with pytest.raises(FileLocked) as error:
        days.open(folder)
    assert str(day.pid) not in str(error.value), "who and where, not a number nobody knows"
    told = day.kill()
    check(days, folder, told)


@pytest.mark.parametrize("jump", [timedelta(days=-300), timedelta(days=9000), timedelta(hours=-3)])
def test_a_clock_that_jumps_costs_nothing(
    days: Days, offices: OfficeMaker, jump: timedelta
) -> None:
    folder = days.office("clock")
    clock = FixedClock(datetime(TODAY.year, TODAY.month, TODAY.day, 9))
    paths = paths_of(folder)
    office = open_unlocked(paths, offices.person, offices.key, clock=clock)
    first = saved(office, "hamlet", {"name": "Trước khi nhảy"})
    clock.move(jump)
    second = saved(office, "hamlet", {"name": "Sau khi nhảy"})
    assert second > first, "ids go on in order"
    draft = office.open_draft("hamlet", first)
    draft.set_text("name", "Đổi sau khi nhảy")
    office.save(draft)
    office.backups.make(backup_file.BackupKind.DAILY)
    office.saving.undo()
    office.close()
    clock.move(-jump)
    again = open_unlocked(paths, offices.person, offices.key, clock=clock)
    try:
        names = {name for (name,) in again.reader.execute("SELECT name FROM main.hamlet")}
        assert names == {"Trước khi nhảy", "Sau khi nhảy"}
        assert verify(again).damages == ()
        assert len(again.backups.kept()) == 1
    finally:
        again.close()
