"""Put a backup in the place of the data: shown first, proved first, what is replaced is kept.

The new files are made ready beside, then a note says what is to be moved; a program that is killed
while moving finishes it at the next start (`finish_interrupted`).
"""

from __future__ import annotations

import json
import shutil
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base.errors import UserError, translate_os_error
from desktop.base.files import flush_file, write_beside, write_text
from desktop.base.progress import Progress, share, silent
from desktop.base.translate import tr
from desktop.service import backup_file
from desktop.service.backup_file import Manifest
from desktop.service.backups import moment_of
from desktop.service.folder import DATABASE, KEYS, Person

if TYPE_CHECKING:
    from desktop.base.clock import Clock
    from desktop.base.paths import Paths
    from desktop.service.definitions import Definitions

STAGING = "phuc-hoi"
REPLACED = "da-thay"
_NOTE = "chuyen.json"
_BESIDE_DATABASE = ("-wal", "-shm", "")
"""Endings in the order they are moved: a database never stands beside another's log."""


@dataclass(frozen=True)
class Contents:
    """What a backup holds, seen without a password."""

    path: Path
    manifest: Manifest
    people: tuple[Person, ...]
    """Who could open the office then."""


@dataclass(frozen=True)
class Restored:
    """What a restore did."""

    manifest: Manifest
    replaced: Path | None
    """The folder that keeps what was there before; None where nothing was."""
    keys_replaced: bool
    """True if people and passwords are those of the backup now."""


def look_into(backup: Path, scratch: Path, progress: Progress = silent) -> Contents:
    """Prove every byte of a backup and say what it holds. `scratch`: a folder to write into.

    Raises DamagedBackup, NewerDatabase, `UserError`s of the disk.
    """
    from desktop.store.keys import KeyFile

    manifest = backup_file.check_whole(backup, progress)
    keys = scratch / f".~{KEYS}"
    try:
        scratch.mkdir(parents=True, exist_ok=True)
        backup_file.take_out(backup, KEYS, keys)
        known = [Person(one.id, one.name) for one in KeyFile(keys).people()]
    except OSError as error:
        raise translate_os_error(error, scratch) from error
    finally:
        with suppress(OSError):
            keys.unlink()
    return Contents(backup, manifest, tuple(known))


def restore(
    paths: Paths,
    backup: Path,
    definitions: Definitions,
    clock: Clock,
    *,
    unlock: Callable[[Path], bytes],
    key: bytes | None = None,
    by: str = "",
    progress: Progress = silent,
) -> Restored:
    """Put the backup in the place of the office's data; the office must be closed.

    `key`: of the data now in the folder. If it opens the backup, people and passwords stay as they
    are now; otherwise `unlock` is asked for the key with the backup's own key file, and that file
    is taken too. `by`: id of who does it, for the journal. Raises DamagedBackup, WrongPassword,
    FileLocked (the office is open), NewerDatabase, `UserError`s of the disk; then nothing changed.
    """
    from desktop.store.backup import opens_with
    from desktop.store.locking import OfficeLock

    manifest = backup_file.check_whole(backup, share(progress, 0.0, 0.2))
    lock = OfficeLock(paths.data / DATABASE, clock) if paths.data.exists() else None
    try:
        staging = _empty_staging(paths)
        backup_file.take_out(backup, KEYS, staging / KEYS, share(progress, 0.2, 0.3))
        backup_file.take_out(backup, DATABASE, staging / DATABASE, share(progress, 0.3, 0.5))
        keeps_keys = key is not None and opens_with(staging / DATABASE, key)
        found = key if keeps_keys and key is not None else unlock(staging / KEYS)
        progress(tr("Checking the backup"), 0.5)
        prove(staging / DATABASE, found, definitions, clock, manifest=manifest, by=by)
        progress(tr("Putting the data in place"), 0.9)
        replaced = swap_in(paths, clock, with_keys=not keeps_keys)
    finally:
        if lock is not None:
            lock.release()
    return Restored(manifest, replaced, keys_replaced=not keeps_keys)


def prove(
    database: Path,
    key: bytes,
    definitions: Definitions,
    clock: Clock,
    *,
    manifest: Manifest,
    by: str,
) -> None:
    """Check and count the copy, open it as the program will, and note the restore in its journal.

    Raises as `restore`.
    """
    from desktop.store import journal
    from desktop.store.backup import check_copy
    from desktop.store.database import open_database

    held = check_copy(database, key, definitions.forms)
    if any(held.counts.get(name, 0) != count for name, count in manifest.counts.items()):
        raise backup_file.damaged(database)
    label = tr("Restored from the backup of {moment}").format(
        moment=f"{moment_of(manifest):%d/%m/%Y %H:%M}"
    )
    with (
        open_database(database, key, definitions.forms, clock, lock=False) as opened,
        opened.transaction() as connection,
    ):
        journal.open_change(
            connection, label=label, at=opened.now(), by=by, host=socket.gethostname(),
            kind=journal.Kind.SETTING,
        )  # fmt: skip


def swap_in(paths: Paths, clock: Clock, *, with_keys: bool) -> Path | None:
    """Move what lies ready into place; what was there goes to a folder that is returned."""
    staging = paths.data / STAGING
    for name in (DATABASE, KEYS):
        flush_file(staging / name)
    had_any = (paths.data / DATABASE).exists()
    replaced = _free_name(paths.data, f"{REPLACED}/{clock.now():%Y%m%d-%H%M%S}")
    write_text(staging / _NOTE, json.dumps({"replaced": replaced, "keys": with_keys}))
    finish_interrupted(paths)
    return paths.data / replaced if had_any else None


def _free_name(data: Path, name: str) -> str:
    number, free = 1, name
    while (data / free).exists():
        number += 1
        free = f"{name}-{number}"
    return free


def finish_interrupted(paths: Paths) -> bool:
    """Finish a restore that was killed while files were moved; True if there was one.

    Called before anything looks for the office. Raises `UserError`s of the disk.
    """
    note = paths.data / STAGING / _NOTE
    if not note.exists():
        return False
    try:
        said = json.loads(note.read_bytes())
        _move_all(paths.data, paths.data / str(said["replaced"]), with_keys=bool(said["keys"]))
        note.unlink()
        shutil.rmtree(note.parent, ignore_errors=True)
    except OSError as error:
        raise translate_os_error(error, note) from error
    except (ValueError, KeyError, TypeError) as error:
        raise UserError(
            tr("“{path}” is damaged, so an interrupted restore cannot be finished. Move the folder "
               "“{folder}” elsewhere and restore again.")
            .format(path=note, folder=note.parent)
        ) from error  # fmt: skip
    return True


def _move_all(data: Path, replaced: Path, *, with_keys: bool) -> None:
    """Each step can be done again: what has moved already is left where it is."""
    staging = data / STAGING
    replaced.mkdir(parents=True, exist_ok=True)
    if (staging / DATABASE).exists():
        for ending in _BESIDE_DATABASE:
            _move(data / (DATABASE + ending), replaced / (DATABASE + ending))
        if (data / KEYS).exists() and not (replaced / KEYS).exists():
            with write_beside(replaced / KEYS) as beside:
                shutil.copyfile(data / KEYS, beside)
        # Keys first: a key file without its database is refused at sign-in, not asked for a set-up.
        if with_keys:
            _move(staging / KEYS, data / KEYS)
        _move(staging / DATABASE, data / DATABASE)
    if not any(replaced.iterdir()):
        replaced.rmdir()
        with suppress(OSError):
            replaced.parent.rmdir()


def _move(source: Path, target: Path) -> None:
    if source.exists():
        source.replace(target)


def _empty_staging(paths: Paths) -> Path:
    staging = paths.data / STAGING
    try:
        if staging.exists():
            shutil.rmtree(staging)
        staging.mkdir(parents=True)
    except OSError as error:
        raise translate_os_error(error, staging) from error
    return staging
