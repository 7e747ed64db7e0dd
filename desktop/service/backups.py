"""Backups of an office: made, proved, kept by generations, and copied to a second place."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import __version__
from desktop.base.errors import UserError, translate_os_error
from desktop.base.files import write_beside
from desktop.base.progress import Progress, share, silent
from desktop.base.settings import Setting, Settings
from desktop.base.translate import tr
from desktop.base.vietnamese_dates import format_date
from desktop.service import backup_file
from desktop.service.backup_file import SUFFIX, BackupKind, Manifest
from desktop.service.folder import KEYS
from desktop.service.generations import Made, to_keep

if TYPE_CHECKING:
    from desktop.base.clock import Clock
    from desktop.base.paths import Paths
    from desktop.service.workspace import Workspace
    from desktop.store.database import Database

FOLDER = "sao-luu"
SETTINGS_FILE = "sao-luu.json"
SECOND_PLACE = "second_place"
SECOND_AT = "second_at"
_SCRATCH = ".~ban-sao-"
STALE_DAYS = 7
"""A second place without a newer backup for longer than this is to be reminded of."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Backup:
    """One backup file there is."""

    path: Path
    size: int
    """Bytes."""
    manifest: Manifest | None
    """None where the file cannot be read as a backup: then `problem` says why."""
    problem: str = ""


@dataclass(frozen=True)
class Done:
    """What making a backup came to."""

    backup: Backup
    second: Path | None = None
    """The copy in the second place; None where there is none, or it could not be written."""
    second_problem: str = ""
    """Why it could not be."""


class Backups:
    """Of one open office; safe to use on any thread, one call at a time."""

    def __init__(self, paths: Paths, database: Database, clock: Clock, office: str) -> None:
        """`office`: its name, as it is written into the backups."""
        self.folder = paths.data / FOLDER
        self._keys = paths.data / KEYS
        self._database = database
        self._clock = clock
        self._office = office
        self._settings = Settings(
            (Setting(SECOND_PLACE, str, ""), Setting(SECOND_AT, str, "")),
            paths.data / SETTINGS_FILE,
        )
        self._settings.load()

    def make(self, kind: BackupKind, progress: Progress = silent) -> Done:
        """Copy the data of this moment, prove the copy, keep it, and let the oldest go.

        It counts as a backup only after it was opened, checked and counted, and its file read
        again. Raises NotOurDatabase for damaged data, `UserError`s of the disk; then nothing is
        left behind and nothing is let go.
        """
        self._make_folder()
        now = self._clock.now()
        path = self._free_path(now, kind)
        with _scratch(self.folder) as copy:
            inside = self._database.copy_checked(copy, share(progress, 0.0, 0.7))
            manifest = Manifest(
                kind=kind, at=now.isoformat(timespec="seconds"), office=self._office,
                program=__version__, last_change=inside.last_change,
                changed_at=inside.changed_at, counts=inside.counts,
            )  # fmt: skip
            backup_file.write_backup(path, copy, self._keys, manifest, share(progress, 0.7, 0.9))
        self._prune(self.folder, now)
        backup = Backup(path, path.stat().st_size, manifest)
        return self._copy_to_second(backup, share(progress, 0.9, 1.0))

    def kept(self) -> list[Backup]:
        """Every backup in the office's own folder, the newest first; unreadable ones last."""
        return backups_in(self.folder)

    def is_due(self) -> bool:
        """True if something changed since the newest backup and that is not of today."""
        newest = next((one.manifest for one in self.kept() if one.manifest), None)
        if newest is None:
            return True
        if moment_of(newest).date() >= self._clock.today():
            return False
        return newest.last_change != self._database.newest_change()

    def make_at_close(self, progress: Progress = silent) -> Done | None:
        """A backup of what a report was made from; None if the last one of this kind holds it."""
        last = next(
            (
                one.manifest for one in self.kept()
                if one.manifest and one.manifest.kind is BackupKind.CLOSING
            ),
            None,
        )  # fmt: skip
        if last is not None and last.last_change == self._database.newest_change():
            return None
        return self.make(BackupKind.CLOSING, progress)

    # The second place: a stick, a network folder

    @property
    def second_place(self) -> Path | None:
        """The folder chosen for copies, None for none."""
        kept = self._settings.get(SECOND_PLACE)
        return Path(kept) if kept else None

    def choose_second_place(self, folder: Path | None) -> None:
        """Copy later backups there too; None: nowhere. Raises `UserError`.

        A folder on the same drive as the data is taken: better than nothing, and the page says so.
        """
        if folder is not None and not folder.is_dir():
            raise translate_os_error(FileNotFoundError(2, "", str(folder)), folder)
        self._settings.set(SECOND_PLACE, str(folder) if folder else "")
        self._settings.set(SECOND_AT, "")
        self._settings.save()

    def second_is_stale(self) -> bool:
        """True if there is no second place, or nothing was copied there for `STALE_DAYS` days."""
        if self.second_place is None:
            return True
        at = self._settings.get(SECOND_AT)
        if not at:
            return True
        return (self._clock.now() - datetime.fromisoformat(at)).days > STALE_DAYS

    def second_at(self) -> str:
        """When a backup was last copied to the second place: ISO text, "" for never."""
        return str(self._settings.get(SECOND_AT))

    def copy_newest(self, progress: Progress = silent) -> Done:
        """Copy the newest good backup to the second place. Raises `UserError`."""
        newest = next((one for one in self.kept() if one.manifest), None)
        if newest is None:
            return self.make(BackupKind.BY_HAND, progress)
        done = self._copy_to_second(newest, progress)
        if done.second_problem:
            raise UserError(done.second_problem)
        return done

    def _copy_to_second(self, backup: Backup, progress: Progress) -> Done:
        folder = self.second_place
        if folder is None:
            return Done(backup)
        if not folder.is_dir():
            said = tr(
                "The second place “{folder}” is not there, so the backup was not copied to it. "
                "Plug the drive in and choose “Copy to the second place”."
            ).format(folder=folder)
            return Done(backup, second_problem=said)
        target = folder / backup.path.name
        try:
            copy_proved(backup.path, target, progress)
            self._settings.set(SECOND_AT, self._clock.now().isoformat(timespec="seconds"))
            self._settings.save()
        except UserError as error:
            return Done(backup, second_problem=str(error))
        self._prune(folder, self._clock.now())
        return Done(backup, second=target)

    # What is kept

    def _prune(self, folder: Path, now: datetime) -> None:
        good = [one for one in backups_in(folder) if one.manifest]
        made = [
            Made(
                one.path.name, moment_of(one.manifest), one.manifest.kind is BackupKind.DAILY,
                one.manifest.kind,
            )
            for one in good if one.manifest and one.manifest.office == self._office
        ]  # fmt: skip
        keep = to_keep(made, now)
        for one in made:
            if one.name not in keep:
                with suppress(OSError):
                    (folder / one.name).unlink()

    def _make_folder(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise translate_os_error(error, self.folder) from error

    def _free_path(self, now: datetime, kind: BackupKind) -> Path:
        stem = f"so-ctxh-{now:%Y%m%d-%H%M%S}"
        path, number = self.folder / f"{stem}-{kind}{SUFFIX}", 1
        while path.exists():
            number += 1
            path = self.folder / f"{stem}-{number}-{kind}{SUFFIX}"
        return path


@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    """An empty file for a copy that is not a backup yet; none is left, not even of a killed run."""
    for left in folder.glob(f"{_SCRATCH}*"):
        with suppress(OSError):
            left.unlink()
    path = folder / f"{_SCRATCH}{secrets.token_hex(6)}.db"
    try:
        path.touch(exist_ok=False)
        yield path
    except OSError as error:
        raise translate_os_error(error, path) from error
    finally:
        for end in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):
                path.with_name(path.name + end).unlink()


def backups_in(folder: Path) -> list[Backup]:
    """The backups in a folder, the newest first; unreadable ones last. A folder that is not there
    has none."""
    try:
        paths = sorted(folder.glob(f"*{SUFFIX}"))
        found = [look_at(path) for path in paths if path.is_file()]
    except OSError as error:
        _log.warning("backups could not be listed", exc_info=error)
        return []
    return sorted(found, key=_age_order, reverse=True)


def look_at(path: Path) -> Backup:
    """One file as the list shows it; whatever it is, nothing is raised but for a lost drive."""
    size = path.stat().st_size
    try:
        return Backup(path, size, backup_file.read_manifest(path))
    except UserError as error:
        return Backup(path, size, None, str(error))


def _age_order(backup: Backup) -> tuple[bool, float, str]:
    if backup.manifest is None:
        return False, 0.0, backup.path.name
    return True, moment_of(backup.manifest).timestamp(), backup.path.name


def moment_of(manifest: Manifest) -> datetime:
    """When a backup was made; long ago where its text is no moment."""
    try:
        return datetime.fromisoformat(manifest.at).astimezone()
    except ValueError:
        return datetime(1970, 1, 2).astimezone()


def moment_words(manifest: Manifest) -> str:
    """When a backup was made, on the clock of this computer: 14/06/2026 16:30."""
    return format_date(moment_of(manifest).isoformat())


def copy_proved(source: Path, target: Path, progress: Progress = silent) -> None:
    """Copy a backup to another drive, flush it, and read it again there. Raises `UserError`s."""
    with write_beside(target) as beside:
        backup_file.copy_bytes(source, beside, progress)
    backup_file.check_whole(target)


def newest_good(backups: Sequence[Backup], progress: Progress = silent) -> Backup | None:
    """The newest backup whose every byte is as it was written; None where there is none."""
    for one in backups:
        if one.manifest is None:
            continue
        with suppress(UserError):
            backup_file.check_whole(one.path, progress)
            return one
    return None


def last_change(workspace: Workspace) -> str:
    """The newest change by its name and moment: "Sửa: Nguyễn Thị Hoà (10:42 20/06/2026)"."""
    from desktop.store import journal

    newest = journal.newest_change(workspace.reader)
    if not newest:
        return tr("none yet")
    change = journal.change_of(workspace.reader, newest)
    at = change.at
    return f"{change.label} ({at[11:16]} {at[8:10]}/{at[5:7]}/{at[:4]})"


def back_up_before_change(paths: Paths, database: Database) -> None:
    """A backup before newer definitions change the tables. Raises as `Backups.make`: without it
    nothing is changed."""
    from desktop.store.office_rows import newest_name

    office = newest_name(database.connection)
    Backups(paths, database, database.clock, office).make(BackupKind.BEFORE_MIGRATION)
