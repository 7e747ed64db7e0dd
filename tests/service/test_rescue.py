"""Damaged data: what a backup, the journal and the readable pages give back."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.base.clock import FixedClock
from desktop.base.errors import UserError
from desktop.base.paths import Paths
from desktop.service.backup_file import BackupKind
from desktop.service.definitions import Definitions
from desktop.service.folder import DATABASE
from desktop.service.office import open_unlocked
from desktop.service.rescue import Rescued, rescue
from desktop.service.workspace import Workspace
from desktop.store.driver import PAGE_BYTES, connect
from tests.offices import TODAY, OfficeMaker, saved

CLOCK = FixedClock(TODAY)
LATER = 60


@pytest.fixture
def office(offices: OfficeMaker) -> Iterator[Workspace]:
    """A backup holds the first hamlets; others came and some changed since."""
    made = offices.open(FixedClock(TODAY))
    ids = [saved(made, "hamlet", {"name": f"Tổ {n}", "old_name": "x" * 90}) for n in range(8)]
    made.backups.make(BackupKind.DAILY)
    for n in range(LATER):
        saved(made, "hamlet", {"name": f"Tổ sau {n}", "old_name": f"{n:02}" * 45})
    draft = made.open_draft("hamlet", ids[0])
    draft.set_text("name", "Tổ 0 đổi tên")
    made.save(draft)
    made.saving.delete("hamlet", [ids[1]])
    yield made
    made.close()


def contents(paths: Paths, offices: OfficeMaker, definitions: Definitions) -> dict[str, tuple]:  # type: ignore[type-arg]
    opened = open_unlocked(paths, offices.person, offices.key, clock=CLOCK, definitions=definitions)
    try:
        return {
            id: (name, old, deleted is not None)
            for id, name, old, deleted in opened.reader.execute(
                "SELECT id, name, old_name, deleted_at FROM main.hamlet"
            )
        }
    finally:
        opened.close()


def damage(path: Path, pages: list[int]) -> None:
    with path.open("r+b") as stream:
        for page in pages:
            stream.seek(page * PAGE_BYTES + 100)
            stream.write(b"\x00" * 50)


def pages_of(path: Path, key: bytes, table: str) -> list[int]:
    """Numbers of the pages that hold a table's rows, found by damaging each copy."""
    connection = connect(path, key, read_only=True)
    try:
        total = path.stat().st_size // PAGE_BYTES
        root = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)
        ).fetchone()[0]
        assert 1 < root <= total
        return [root - 1]
    finally:
        connection.close()


def ready(office: Workspace) -> Path:
    """The closed database, all of it in one file."""
    office.database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    office.close()
    return office.paths.data / DATABASE


def rescued(office: Workspace, offices: OfficeMaker, definitions: Definitions) -> Rescued:
    return rescue(office.paths, offices.key, definitions, CLOCK, by=offices.person.id)


def test_a_lost_table_comes_back_from_backup_and_journal(
    office: Workspace, offices: OfficeMaker, definitions: Definitions
) -> None:
    before = contents_of_open(office)
    path = ready(office)
    damage(path, pages_of(path, offices.key, "hamlet"))
    done = rescued(office, offices, definitions)
    assert done.base is not None
    assert done.changes >= LATER + 2
    assert done.gaps.keys() == {"hamlet"}
    assert contents(office.paths, offices, definitions) == before


def contents_of_open(office: Workspace) -> dict[str, tuple]:  # type: ignore[type-arg]
    return {
        id: (name, old, deleted is not None)
        for id, name, old, deleted in office.reader.execute(
            "SELECT id, name, old_name, deleted_at FROM main.hamlet"
        )
    }


def test_without_a_backup_the_journal_alone_gives_everything_back(
    office: Workspace, offices: OfficeMaker, definitions: Definitions
) -> None:
    before = contents_of_open(office)
    path = ready(office)
    for backup in (office.paths.data / "sao-luu").iterdir():
        backup.unlink()
    damage(path, pages_of(path, offices.key, "hamlet"))
    done = rescued(office, offices, definitions)
    assert done.base is None
    assert contents(office.paths, offices, definitions) == before


def test_a_lost_journal_costs_no_record_that_can_be_read(
    office: Workspace, offices: OfficeMaker, definitions: Definitions
) -> None:
    before = contents_of_open(office)
    path = ready(office)
    damage(path, pages_of(path, offices.key, "journal"))
    done = rescued(office, offices, definitions)
    assert "journal" in done.gaps
    assert done.records >= LATER
    assert contents(office.paths, offices, definitions) == before


def test_the_damaged_file_is_set_aside_as_it_was(
    office: Workspace, offices: OfficeMaker, definitions: Definitions
) -> None:
    path = ready(office)
    damage(path, pages_of(path, offices.key, "hamlet"))
    damaged = path.read_bytes()
    done = rescued(office, offices, definitions)
    assert done.aside is not None
    assert (done.aside / DATABASE).read_bytes() == damaged


@pytest.mark.parametrize("seed", range(12))
def test_random_damage_never_invents_and_keeps_at_least_the_backup(
    office: Workspace, offices: OfficeMaker, definitions: Definitions, seed: int
) -> None:
    before = contents_of_open(office)
    path = ready(office)
    chance = random.Random(seed)
    total = path.stat().st_size // PAGE_BYTES
    damage(path, [chance.randrange(total) for _ in range(1 + seed * 4)])
    rescued(office, offices, definitions)
    after = contents(office.paths, offices, definitions)
    known = set(before.values()) | {(f"Tổ {n}", "x" * 90, False) for n in range(8)}
    assert set(after.values()) <= known
    assert len(after) >= 8


def test_a_file_of_rubbish_leaves_the_backup(
    office: Workspace, offices: OfficeMaker, definitions: Definitions
) -> None:
    path = ready(office)
    path.write_bytes(random.Random(1).randbytes(PAGE_BYTES * 20))
    done = rescued(office, offices, definitions)
    assert done.base is not None
    assert len(contents(office.paths, offices, definitions)) == 8


def test_a_lost_list_of_tables_leaves_the_backup_and_is_said(
    office: Workspace, offices: OfficeMaker, definitions: Definitions
) -> None:
    path = ready(office)
    whole = path.read_bytes()
    lost = next(
        page
        for page in range(2, len(whole) // PAGE_BYTES)
        if cannot_list(path, whole, page, offices)
    )
    path.write_bytes(whole)
    damage(path, [lost])
    done = rescued(office, offices, definitions)
    assert done.base is not None
    assert (done.changes, done.records) == (0, 0)
    assert done.gaps == {"sqlite_master": 1}
    assert len(contents(office.paths, offices, definitions)) == 8


def cannot_list(path: Path, whole: bytes, page: int, offices: OfficeMaker) -> bool:
    """True if the tables cannot be listed without this page."""
    path.write_bytes(whole)
    damage(path, [page])
    try:
        with closing(connect(path, offices.key, read_only=True)) as connection:
            connection.execute("SELECT name FROM main.sqlite_master").fetchall()
    except UserError:
        return True
    return False


def test_nothing_readable_and_no_backup_changes_nothing(
    office: Workspace, offices: OfficeMaker, definitions: Definitions
) -> None:
    path = ready(office)
    rubbish = random.Random(1).randbytes(PAGE_BYTES * 20)
    path.write_bytes(rubbish)
    for backup in (office.paths.data / "sao-luu").iterdir():
        backup.unlink()
    with pytest.raises(UserError):
        rescued(office, offices, definitions)
    assert path.read_bytes() == rubbish


def test_backups_of_other_data_are_passed_over(
    office: Workspace, offices: OfficeMaker, definitions: Definitions
) -> None:
    other = OfficeMaker(office.paths.data / "other", definitions)
    stranger = other.open(FixedClock(TODAY + timedelta(days=1)))
    theirs = stranger.backups.make(BackupKind.DAILY).backup.path
    stranger.close()
    path = ready(office)
    theirs.rename(office.paths.data / "sao-luu" / theirs.name)
    damage(path, pages_of(path, offices.key, "hamlet"))
    done = rescued(office, offices, definitions)
    assert done.base is not None
    assert len(contents(office.paths, offices, definitions)) == 8 + LATER


def test_an_open_office_is_left_alone(
    office: Workspace, offices: OfficeMaker, definitions: Definitions
) -> None:
    with pytest.raises(UserError):
        rescued(office, offices, definitions)
    assert len(contents_of_open(office)) == 8 + LATER


def test_the_key_file_stays(
    office: Workspace, offices: OfficeMaker, definitions: Definitions
) -> None:
    path = ready(office)
    keys = (office.paths.data / "khoa.json").read_bytes()
    damage(path, pages_of(path, offices.key, "hamlet"))
    rescued(office, offices, definitions)
    assert (office.paths.data / "khoa.json").read_bytes() == keys
    assert replace(office.paths) == office.paths
