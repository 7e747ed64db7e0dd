"""Restoring: shown and proved first, what is replaced is kept, killed at any step it ends well."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.base.clock import FixedClock
from desktop.base.errors import FileLocked, UserError, WrongPassword
from desktop.base.paths import Paths
from desktop.service import backup_file, restoring
from desktop.service.backup_file import BackupKind, DamagedBackup
from desktop.service.backups import Backups
from desktop.service.definitions import Definitions
from desktop.service.folder import DATABASE, JOURNAL_HEADS, KEYS, RESTORING, has_office
from desktop.service.office import open_office, open_unlocked
from desktop.service.restoring import Who, finish_interrupted, look_into, restore
from desktop.service.rights import NotAllowed
from desktop.service.workspace import Workspace
from desktop.store.keys import KeyFile
from desktop.store.people import PersonRow, all_people, put_person
from desktop.store.recovery_code import new_code
from tests.offices import PASSWORD, TODAY, OfficeMaker, saved

CLOCK = FixedClock(TODAY)


class Killed(BaseException):
    """Stands for the end of the process."""


@pytest.fixture
def office(offices: OfficeMaker) -> Iterator[Workspace]:
    made = offices.open(FixedClock(TODAY))
    yield made
    made.close()


@pytest.fixture
def backup(office: Workspace) -> Path:
    """Holds the hamlet "Trước"; the office has got "Sau" since."""
    saved(office, "hamlet", {"name": "Trước"})
    backups = Backups(office.paths, office.database, CLOCK, "UBND phường Hà Nam")
    path = backups.make(BackupKind.BY_HAND).backup.path
    saved(office, "hamlet", {"name": "Sau"})
    return path


def hamlets(paths: Paths, offices: OfficeMaker, definitions: Definitions) -> set[str]:
    with_office = open_unlocked(
        paths, offices.person, offices.key, clock=CLOCK, definitions=definitions
    )
    try:
        rows = with_office.reader.execute("SELECT name FROM main.hamlet WHERE deleted_at IS NULL")
        return {name for (name,) in rows}
    finally:
        with_office.close()


def test_a_restore_brings_back_that_moment_and_keeps_what_was(
    office: Workspace, backup: Path, offices: OfficeMaker, definitions: Definitions, tmp_path: Path
) -> None:
    office.close()
    done = restore(
        office.paths, backup, definitions, CLOCK, Who(offices.person.id, key=offices.key)
    )
    assert hamlets(office.paths, offices, definitions) == {"Trước"}
    assert done.replaced is not None
    kept = replace(office.paths, data=done.replaced)
    assert hamlets(kept, offices, definitions) == {"Trước", "Sau"}
    assert not (office.paths.data / RESTORING).exists()


def test_it_stands_in_the_journal(
    office: Workspace, backup: Path, offices: OfficeMaker, definitions: Definitions
) -> None:
    office.close()
    restore(office.paths, backup, definitions, CLOCK, Who(offices.person.id, key=offices.key))
    again = open_unlocked(
        office.paths, offices.person, offices.key, clock=CLOCK, definitions=definitions
    )
    row = again.reader.execute(
        'SELECT "by", label FROM main.change ORDER BY id DESC LIMIT 1'
    ).fetchone()
    again.close()
    assert row[0] == offices.person.id
    assert row[1].endswith("20/06/2026 08:00")


def test_people_and_passwords_of_today_stay(
    office: Workspace, backup: Path, offices: OfficeMaker, definitions: Definitions
) -> None:
    office.close()
    keys = KeyFile(office.paths.data / KEYS)
    keys.change_password(offices.person.id, PASSWORD, "một mật khẩu mới")
    done = restore(
        office.paths, backup, definitions, CLOCK, Who(offices.person.id, key=offices.key)
    )
    assert not done.keys_replaced
    assert keys.unlock(offices.person.id, "một mật khẩu mới") == offices.key


def test_people_and_roles_of_today_stay(
    office: Workspace, backup: Path, offices: OfficeMaker, definitions: Definitions
) -> None:
    """Somebody let in since the backup goes on signing in, somebody shut out stays out."""
    leader = PersonRow(id="L", name="Phạm Văn Lãnh", roles=("leader",), added_at="2026-06-20")
    first = PersonRow(
        id=offices.person.id, name="Ánh", roles=("admin", "officer"), added_at="2026-01-01"
    )
    with office.database.transaction() as connection:
        put_person(connection, first)
        put_person(connection, leader)
    office.close()
    restore(office.paths, backup, definitions, CLOCK, Who(offices.person.id, key=offices.key))
    again = open_unlocked(
        office.paths, offices.person, offices.key, clock=CLOCK, definitions=definitions
    )
    found = all_people(again.reader)
    again.close()
    assert leader in found


def test_who_may_not_restore_changes_nothing(
    office: Workspace, backup: Path, offices: OfficeMaker, definitions: Definitions
) -> None:
    person = PersonRow(id=offices.person.id, name="Ánh", roles=("officer",), added_at="2026-01-01")
    with office.database.transaction() as connection:
        put_person(connection, person)
    office.close()
    with pytest.raises(NotAllowed):
        restore(office.paths, backup, definitions, CLOCK, Who(offices.person.id, PASSWORD))
    assert hamlets(office.paths, offices, definitions) == {"Trước", "Sau"}


def test_on_a_new_computer_the_password_of_then_opens_it(
    office: Workspace, backup: Path, definitions: Definitions, tmp_path: Path
) -> None:
    office.close()
    paths = replace(office.paths, data=tmp_path / "máy mới")
    done = restore(paths, backup, definitions, CLOCK, Who(password=PASSWORD))
    assert done.keys_replaced
    assert done.replaced is None
    opened = open_office(paths, password=PASSWORD, clock=CLOCK, definitions=definitions)
    assert opened.counts()["hamlet"] == 1
    opened.close()
    assert sorted(one.name for one in paths.data.iterdir() if "db-" not in one.name) == [
        KEYS, JOURNAL_HEADS, DATABASE, f"{DATABASE}.lock",
    ]  # fmt: skip


def test_the_recovery_code_opens_a_backup(
    office: Workspace, offices: OfficeMaker, definitions: Definitions, tmp_path: Path
) -> None:
    code = new_code()
    KeyFile(office.paths.data / KEYS).set_recovery(offices.key, code)
    backup = office.backups.make(BackupKind.BY_HAND).backup.path
    paths = replace(office.paths, data=tmp_path / "máy mới")
    done = restore(paths, backup, definitions, CLOCK, Who(password=code.lower()))
    assert done.keys_replaced
    assert has_office(paths)


def test_a_wrong_password_changes_nothing(
    office: Workspace, backup: Path, definitions: Definitions, tmp_path: Path
) -> None:
    paths = replace(office.paths, data=tmp_path / "máy mới")

    with pytest.raises(WrongPassword):
        restore(paths, backup, definitions, CLOCK, Who(password="sai rồi nhé"))
    assert not (paths.data / DATABASE).exists()
    assert not (paths.data / KEYS).exists()


def test_an_open_office_is_not_replaced(
    office: Workspace, backup: Path, offices: OfficeMaker, definitions: Definitions
) -> None:
    with pytest.raises(FileLocked):
        restore(office.paths, backup, definitions, CLOCK, Who(offices.person.id, key=offices.key))
    assert office.counts()["hamlet"] == 2


def test_a_damaged_backup_changes_nothing(
    office: Workspace, backup: Path, offices: OfficeMaker, definitions: Definitions
) -> None:
    office.close()
    with backup.open("r+b") as stream:
        stream.seek(50_000)
        stream.write(b"x")
    with pytest.raises(DamagedBackup):
        restore(office.paths, backup, definitions, CLOCK, Who(offices.person.id, key=offices.key))
    assert hamlets(office.paths, offices, definitions) == {"Trước", "Sau"}


def test_a_forged_backup_with_other_data_inside_is_refused(
    office: Workspace, backup: Path, offices: OfficeMaker, definitions: Definitions, tmp_path: Path
) -> None:
    """Every byte fits its digest, but the counts are not those of the database."""
    office.close()
    said = backup_file.read_manifest(backup)
    for name in (KEYS, DATABASE):
        backup_file.take_out(backup, name, tmp_path / name)
    forged = tmp_path / "forged.saoluu"
    counts = dict(said.counts) | {"hamlet": 7}
    backup_file.write_backup(
        forged, tmp_path / DATABASE, tmp_path / KEYS, replace(said, counts=counts)
    )
    with pytest.raises(DamagedBackup):
        restore(office.paths, forged, definitions, CLOCK, Who(offices.person.id, key=offices.key))
    assert hamlets(office.paths, offices, definitions) == {"Trước", "Sau"}


def test_looking_in_needs_no_password_and_leaves_nothing(
    office: Workspace, backup: Path, tmp_path: Path
) -> None:
    found = look_into(backup, tmp_path / "xem")
    assert found.manifest.counts["hamlet"] == 1
    assert [one.name for one in found.people] == ["Đỗ Thị Ngọc Ánh"]
    assert list((tmp_path / "xem").iterdir()) == []


def _steps(monkeypatch: pytest.MonkeyPatch, die_at: int) -> list[int]:
    """Count what changes the folder, and die before step `die_at`."""
    count = [0]

    def dying(act):  # type: ignore[no-untyped-def]
        def step(*args, **kwargs):  # type: ignore[no-untyped-def]
            count[0] += 1
            if count[0] == die_at:
                raise Killed
            return act(*args, **kwargs)

        return step

    for name in ("_move", "write_text"):
        monkeypatch.setattr(restoring, name, dying(getattr(restoring, name)))
    monkeypatch.setattr(shutil, "copyfile", dying(shutil.copyfile))
    monkeypatch.setattr(Path, "unlink", dying(Path.unlink))
    return count


@pytest.mark.parametrize("die_at", range(1, 14))
def test_killed_while_files_move_it_is_all_old_or_all_new(
    office: Workspace, backup: Path, offices: OfficeMaker, definitions: Definitions, die_at: int
) -> None:
    office.close()
    with pytest.MonkeyPatch.context() as patch:
        staged = restoring.empty_staging(office.paths)
        backup_file.take_out(backup, KEYS, staged / KEYS)
        backup_file.take_out(backup, DATABASE, staged / DATABASE)
        _steps(patch, die_at)
        with suppress(Killed):
            restoring.swap_in(office.paths, CLOCK, with_keys=True)
    finish_interrupted(office.paths)
    found = hamlets(office.paths, offices, definitions)
    assert found in ({"Trước"}, {"Trước", "Sau"})
    if found == {"Trước"}:
        kept = replace(office.paths, data=office.paths.data / "da-thay" / "20260620-080000")
        assert hamlets(kept, offices, definitions) == {"Trước", "Sau"}


def test_a_damaged_note_is_said(office: Workspace) -> None:
    staging = office.paths.data / RESTORING
    staging.mkdir()
    (staging / "chuyen.json").write_text("{")
    with pytest.raises(UserError, match="phuc-hoi"):
        finish_interrupted(office.paths)


def test_two_restores_in_one_second_keep_both(
    office: Workspace, backup: Path, offices: OfficeMaker, definitions: Definitions
) -> None:
    office.close()
    first = restore(
        office.paths, backup, definitions, CLOCK, Who(offices.person.id, key=offices.key)
    )
    second = restore(
        office.paths, backup, definitions, CLOCK, Who(offices.person.id, key=offices.key)
    )
    assert first.replaced != second.replaced
    assert first.replaced is not None
    assert hamlets(replace(office.paths, data=first.replaced), offices, definitions) == {
        "Trước", "Sau",
    }  # fmt: skip


def test_a_full_disk_changes_nothing(
    office: Workspace, backup: Path, offices: OfficeMaker, definitions: Definitions,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    office.close()

    def full(_source: object, target: object, _progress: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(backup_file, "_pour", full)
    with pytest.raises(UserError):
        restore(office.paths, backup, definitions, CLOCK, Who(offices.person.id, key=offices.key))
    assert hamlets(office.paths, offices, definitions) == {"Trước", "Sau"}


def test_a_clock_that_jumped_is_no_matter(
    office: Workspace, backup: Path, offices: OfficeMaker, definitions: Definitions
) -> None:
    office.close()
    clock = FixedClock(TODAY)
    clock.move(timedelta(days=-9000))
    restore(office.paths, backup, definitions, clock, Who(offices.person.id, key=offices.key))
    assert hamlets(office.paths, offices, definitions) == {"Trước"}
