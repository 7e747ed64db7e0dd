"""Backups: proved before they are called so, kept by generations, copied to a second place."""

from __future__ import annotations

import json
import os
import random
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop.base.clock import FixedClock
from desktop.base.errors import NewerDatabase, NotOurDatabase, UserError
from desktop.base.progress import Cancelled
from desktop.service import backup_file
from desktop.service.backup_file import BackupKind, DamagedBackup
from desktop.service.backups import Backups, backups_in, newest_good
from desktop.service.folder import DATABASE, KEYS
from desktop.service.workspace import Workspace
from desktop.store.driver import connect
from tests.offices import TODAY, OfficeMaker, saved

MARK = "Đánh-dấu-zqxj"
PERSON = {"full_name": MARK, "sex": "NU", "birth": "1988", "education": "DH", "study_field": "CTXH"}


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(TODAY)


@pytest.fixture
def office(offices: OfficeMaker, clock: FixedClock) -> Iterator[Workspace]:
    made = offices.open(clock)
    yield made
    made.close()


@pytest.fixture
def backups(office: Workspace, clock: FixedClock) -> Backups:
    return Backups(office.paths, office.database, clock, "UBND phường Hà Nam")


def hamlet(office: Workspace, name: str) -> str:
    return saved(office, "hamlet", {"name": name})


def names_inside(backup: Path, key: bytes, folder: Path) -> set[str]:
    """Hamlets in a backup, read by hand: unzip, open with the key."""
    with zipfile.ZipFile(backup) as archive:
        archive.extract(DATABASE, folder)
    connection = connect(folder / DATABASE, key, read_only=True)
    try:
        return {name for (name,) in connection.execute("SELECT name FROM hamlet")}
    finally:
        connection.close()


def test_a_backup_holds_what_was_there_at_its_moment(
    office: Workspace, backups: Backups, offices: OfficeMaker, tmp_path: Path
) -> None:
    hamlet(office, "Tổ dân phố 1")
    done = backups.make(BackupKind.BY_HAND)
    hamlet(office, "Tổ dân phố 2")
    assert names_inside(done.backup.path, offices.key, tmp_path) == {"Tổ dân phố 1"}
    assert done.backup.manifest is not None
    assert done.backup.manifest.counts["hamlet"] == 1
    assert [one.path for one in backups.kept()] == [done.backup.path]
    assert (tmp_path / DATABASE).read_bytes()[:15] != b"SQLite format 3"


def test_a_backup_carries_the_key_file_as_it_is(office: Workspace, backups: Backups) -> None:
    done = backups.make(BackupKind.DAILY)
    with zipfile.ZipFile(done.backup.path) as archive:
        assert archive.read(KEYS) == (office.paths.data / KEYS).read_bytes()


def test_no_value_and_no_person_is_readable_in_it(office: Workspace, backups: Backups) -> None:
    hamlet(office, MARK)
    content = backups.make(BackupKind.DAILY).backup.path.read_bytes()
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        assert MARK.encode(encoding) not in content
    with zipfile.ZipFile(backups.kept()[0].path) as archive:
        said = json.loads(archive.read(backup_file.MANIFEST))
    assert sorted(said) == [
        "at", "changed_at", "counts", "format", "kind", "last_change", "office", "program",
    ]  # fmt: skip


def test_one_is_due_each_day_that_something_changed(
    office: Workspace, backups: Backups, clock: FixedClock
) -> None:
    assert backups.is_due()
    backups.make(BackupKind.DAILY)
    hamlet(office, "Tổ dân phố 1")
    assert not backups.is_due(), "one a day is enough"
    clock.move(timedelta(days=1))
    assert backups.is_due()
    backups.make(BackupKind.DAILY)
    clock.move(timedelta(days=1))
    assert not backups.is_due(), "nothing changed"


def test_the_generations_let_the_others_go(backups: Backups, clock: FixedClock) -> None:
    for _ in range(9):
        backups.make(BackupKind.DAILY)
        clock.move(timedelta(days=1))
    # Seven days; the day before them ended a week, 20–28 June 2026.
    days = sorted(one.manifest.at[:10] for one in backups.kept() if one.manifest)
    assert days == [
        "2026-06-21", "2026-06-22", "2026-06-23", "2026-06-24", "2026-06-25", "2026-06-26",
        "2026-06-27", "2026-06-28",
    ]  # fmt: skip


def test_every_flipped_byte_is_found(backups: Backups, tmp_path: Path) -> None:
    whole = backups.make(BackupKind.DAILY).backup.path.read_bytes()
    chance = random.Random(112)
    damaged = tmp_path / "x.saoluu"
    ends = [*range(200), *range(len(whole) - 600, len(whole))]
    for place in chance.sample(ends, 40) + [chance.randrange(len(whole)) for _ in range(40)]:
        bytes_ = bytearray(whole)
        bytes_[place] ^= 1 << chance.randrange(8)
        damaged.write_bytes(bytes_)
        with pytest.raises((DamagedBackup, NewerDatabase)):
            backup_file.check_whole(damaged)


@pytest.mark.parametrize("cut", [0, 1, 63, 64, 5000, -1, -64, -700])
def test_a_truncated_file_is_no_backup(backups: Backups, tmp_path: Path, cut: int) -> None:
    whole = backups.make(BackupKind.DAILY).backup.path.read_bytes()
    short = tmp_path / "x.saoluu"
    short.write_bytes(whole[:cut])
    with pytest.raises(DamagedBackup):
        backup_file.check_whole(short)
    assert backups_in(tmp_path)[0].problem


def test_a_zip_of_somebody_else_is_no_backup(tmp_path: Path) -> None:
    path = tmp_path / "x.saoluu"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../evil.txt", "x")
        archive.writestr(DATABASE, b"0" * 10_000_000)
    with pytest.raises(DamagedBackup):
        backup_file.read_manifest(path)
    assert list(tmp_path.iterdir()) == [path]


def test_damaged_data_makes_no_backup(
    office: Workspace, backups: Backups, clock: FixedClock
) -> None:
    backups.make(BackupKind.DAILY)
    office.database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path = office.database.path
    with path.open("r+b") as stream:
        stream.seek(path.stat().st_size // 2)
        stream.write(os.urandom(64))
    clock.move(timedelta(days=1))
    with pytest.raises(NotOurDatabase):
        backups.make(BackupKind.DAILY)
    assert len(backups.kept()) == 1
    assert [one.name for one in backups.folder.iterdir()] == [backups.kept()[0].path.name]


def test_a_cancelled_backup_leaves_nothing(backups: Backups) -> None:
    def stop(_text: str, done: float) -> None:
        if done > 0.4:
            raise Cancelled

    with pytest.raises(Cancelled):
        backups.make(BackupKind.DAILY, stop)
    assert list(backups.folder.iterdir()) == []


def test_a_killed_backup_is_swept_away_by_the_next(backups: Backups) -> None:
    backups.folder.mkdir()
    (backups.folder / ".~ban-sao-0123.db").write_bytes(b"half")
    done = backups.make(BackupKind.DAILY)
    assert list(backups.folder.iterdir()) == [done.backup.path]


def test_the_second_place_gets_a_proved_copy(
    backups: Backups, clock: FixedClock, tmp_path: Path
) -> None:
    stick = tmp_path / "USB"
    stick.mkdir()
    assert backups.second_is_stale()
    backups.choose_second_place(stick)
    done = backups.make(BackupKind.DAILY)
    assert done.second is not None
    assert done.second.read_bytes() == done.backup.path.read_bytes()
    assert not backups.second_is_stale()
    clock.move(timedelta(days=8))
    assert backups.second_is_stale()


def test_a_stick_that_is_gone_does_not_cost_the_backup(backups: Backups, tmp_path: Path) -> None:
    stick = tmp_path / "USB"
    stick.mkdir()
    backups.choose_second_place(stick)
    stick.rmdir()
    done = backups.make(BackupKind.DAILY)
    assert done.second is None
    assert "USB" in done.second_problem
    with pytest.raises(UserError):
        backups.copy_newest()
    stick.mkdir()
    assert backups.copy_newest().second == stick / done.backup.path.name


def test_other_offices_share_a_stick(
    office: Workspace, backups: Backups, clock: FixedClock, tmp_path: Path
) -> None:
    other = Backups(office.paths, office.database, clock, "UBND xã Bình Lục")
    other.choose_second_place(tmp_path)
    first = other.make(BackupKind.DAILY).second
    backups.choose_second_place(tmp_path)
    for _ in range(12):
        clock.move(timedelta(days=1))
        backups.make(BackupKind.DAILY)
    assert first is not None
    assert first.exists()


def test_the_newest_good_one_is_found_behind_damaged_ones(
    office: Workspace, backups: Backups, clock: FixedClock
) -> None:
    good = backups.make(BackupKind.DAILY).backup
    clock.move(timedelta(days=1))
    hamlet(office, "Tổ dân phố 9")
    bad = backups.make(BackupKind.DAILY).backup
    with bad.path.open("r+b") as stream:
        stream.seek(100_000)
        stream.write(b"damaged")
    found = newest_good(backups.kept())
    assert found is not None
    assert found.path == good.path


def test_a_backup_from_the_future_is_no_obstacle(backups: Backups, clock: FixedClock) -> None:
    clock.move(timedelta(days=4000))
    backups.make(BackupKind.DAILY)
    clock.move(timedelta(days=-4000))
    for _ in range(3):
        backups.make(BackupKind.DAILY)
        clock.move(timedelta(days=1))
    assert clock.today() > date(2026, 6, 20)
    assert len(backups.kept()) == 4


def test_a_report_keeps_what_it_was_made_from_once(office: Workspace, backups: Backups) -> None:
    first = backups.make_at_close()
    assert first is not None
    assert first.backup.manifest is not None
    assert first.backup.manifest.kind is BackupKind.CLOSING
    assert backups.make_at_close() is None, "nothing changed since"
    hamlet(office, "Tổ dân phố 1")
    assert backups.make_at_close() is not None
