"""Put a backup in the place of the data: shown first, proved first, what is replaced is kept.

The new files are made ready beside, then a note says what is to be moved; a program that is killed
while moving finishes it at the next start (`finish_interrupted`).
"""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base.errors import UserError, WrongPassword, translate_os_error
from desktop.base.files import flush_file, write_beside, write_text
from desktop.base.progress import Progress, share, silent
from desktop.base.translate import tr
from desktop.service import backup_file
from desktop.service.backup_file import Manifest
from desktop.service.backups import moment_words
from desktop.service.folder import DATABASE, JOURNAL_HEADS, KEYS, RESTORING, Person, counted_try

if TYPE_CHECKING:
    from desktop.base.clock import Clock
    from desktop.base.paths import Paths
    from desktop.service.definitions import Definitions
    from desktop.store.keys import KeyFile
    from desktop.store.people import PersonRow

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


@dataclass(frozen=True)
class Who:
    """Who restores, and what proves it: the key of an office just closed, or a password."""

    person_id: str = ""
    """"" for the first person of the backup's key file."""
    password: str = ""
    """Today's or that of then, or the recovery code."""
    key: bytes | None = None


def restore(
    paths: Paths,
    backup: Path,
    definitions: Definitions,
    clock: Clock,
    who: Who,
    progress: Progress = silent,
) -> Restored:
    """Put the backup in the place of the office's data; the office must be closed.

    Where the key of the data now in the folder opens the backup, people, roles and passwords stay
    as they are now; otherwise the backup's own key file is taken too. Raises DamagedBackup,
    WrongPassword, FileLocked (the office is open), NewerDatabase, NotAllowed (the data now in the
    folder can be read, and the person may not restore there), `UserError`s of the disk; then
    nothing changed.
    """
    from desktop.store.locking import OfficeLock

    manifest = backup_file.check_whole(backup, share(progress, 0.0, 0.2))
    lock = OfficeLock(paths.data / DATABASE, clock) if paths.data.exists() else None
    try:
        staging = empty_staging(paths)
        backup_file.take_out(backup, KEYS, staging / KEYS, share(progress, 0.2, 0.3))
        backup_file.take_out(backup, DATABASE, staging / DATABASE, share(progress, 0.3, 0.5))
        key, by, keeps_keys = _find_key(paths, staging, who)
        progress(tr("Checking the backup"), 0.5)
        people_now = _people_now(paths, key, by, definitions)
        prove(staging / DATABASE, key, definitions, manifest)
        note_restore(
            staging / DATABASE, key, definitions, clock,
            manifest=manifest, by=by, people_now=people_now if keeps_keys else (),
        )  # fmt: skip
        progress(tr("Putting the data in place"), 0.9)
        replaced = swap_in(paths, clock, with_keys=not keeps_keys)
    finally:
        if lock is not None:
            lock.release()
    return Restored(manifest, replaced, keys_replaced=not keeps_keys)


def _find_key(paths: Paths, staging: Path, who: Who) -> tuple[bytes, str, bool]:
    """The key of the backup, who has it, and whether today's key file goes on opening it."""
    from desktop.store.backup import opens_with
    from desktop.store.keys import KeyFile

    now = who.key or _key_today(paths, who)
    if now is not None and opens_with(staging / DATABASE, now):
        return now, who.person_id, True
    then = KeyFile(staging / KEYS)
    person = who.person_id or then.people()[0].id
    try:
        with counted_try(paths, person):
            return _unlocked(then, person, who.password), person, False
    except KeyError as error:
        raise WrongPassword(tr("This person could not open the backup then.")) from error


def _key_today(paths: Paths, who: Who) -> bytes | None:
    from desktop.store.keys import KeyFile

    if not (paths.data / KEYS).exists() or not who.password:
        return None
    with suppress(UserError, KeyError):
        return _unlocked(KeyFile(paths.data / KEYS), who.person_id, who.password)
    return None


def _unlocked(keys: KeyFile, person_id: str, secret: str) -> bytes:
    """The key, by the person's password or by the recovery code."""
    from desktop.store.recovery_code import understood

    code = understood(secret)
    if code and keys.has_recovery():
        with suppress(WrongPassword):
            return keys.unlock_by_code(code)
    return keys.unlock(person_id, secret)


def _people_now(
    paths: Paths, key: bytes, by: str, definitions: Definitions
) -> tuple[PersonRow, ...]:
    """The people of the data now in the folder, where the key opens them; asks their rights."""
    from desktop.service.rights import Action, NotAllowed, Rights, roles_of
    from desktop.store.backup import opens_with
    from desktop.store.driver import connect
    from desktop.store.people import all_people

    database = paths.data / DATABASE
    if not database.exists() or not opens_with(database, key):
        return ()
    connection = connect(database, key, read_only=True)
    try:
        found = tuple(all_people(connection))
        Rights(roles_of(connection, by), definitions.forms).require(Action.RESTORE)
    except UserError as error:
        if isinstance(error, NotAllowed):
            raise
        # Too damaged to say who may: all the more reason to restore.
        return ()
    finally:
        connection.close()
    return found


def prove(database: Path, key: bytes, definitions: Definitions, manifest: Manifest) -> None:
    """Check every page of the copy and compare its rows with what the backup says of itself.

    Raises DamagedBackup, NotOurDatabase.
    """
    from desktop.store.backup import check_copy

    held = check_copy(database, key, definitions.forms)
    if any(held.counts.get(name, 0) != count for name, count in manifest.counts.items()):
        raise backup_file.damaged(database)


def note_restore(
    database: Path,
    key: bytes,
    definitions: Definitions,
    clock: Clock,
    *,
    manifest: Manifest,
    by: str,
    people_now: tuple[PersonRow, ...],
) -> None:
    """Open the copy as the program will, note the restore in its journal, and let in the people of
    today. Raises as `open_database`."""
    from desktop.service.people import noted
    from desktop.store.database import open_database
    from desktop.store.people import put_person

    moment = moment_words(manifest)
    label = tr("Restored from the backup of {moment}").format(moment=moment)
    with (
        open_database(database, key, definitions.forms, clock, lock=False) as opened,
        noted(opened, label, by) as connection,
    ):
        for person in people_now:
            put_person(connection, person)


def swap_in(paths: Paths, clock: Clock, *, with_keys: bool) -> Path | None:
    """Move what lies ready into place; what was there goes to a folder that is returned."""
    staging = paths.data / RESTORING
    for name in (DATABASE, KEYS) if with_keys else (DATABASE,):
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
    note = paths.data / RESTORING / _NOTE
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
    staging = data / RESTORING
    replaced.mkdir(parents=True, exist_ok=True)
    if (staging / DATABASE).exists():
        # The heads are of the journal that goes; they would call the older one cut off.
        _move(data / JOURNAL_HEADS, replaced / JOURNAL_HEADS)
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


def empty_staging(paths: Paths) -> Path:
    """The folder in which new files are made ready, with nothing in it. Raises `UserError`s."""
    staging = paths.data / RESTORING
    try:
        if staging.exists():
            shutil.rmtree(staging)
        staging.mkdir(parents=True)
    except OSError as error:
        raise translate_os_error(error, staging) from error
    return staging
