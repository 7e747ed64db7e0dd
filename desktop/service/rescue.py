"""When the data are damaged: the newest good backup, the journal since, and whatever can be read.

Nothing of the damaged file is thrown away: it is set aside as it is (`restoring.swap_in`).
"""

from __future__ import annotations

import socket
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base.errors import UserError
from desktop.base.progress import Progress, share, silent
from desktop.base.translate import tr
from desktop.service import backup_file
from desktop.service.backup_file import Manifest
from desktop.service.backups import FOLDER, Backup, backups_in, newest_good
from desktop.service.folder import DATABASE
from desktop.service.restoring import empty_staging, swap_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.base.clock import Clock
    from desktop.base.paths import Paths
    from desktop.service.definitions import Definitions
    from desktop.store.salvage import DamagedFile, Salvaged


@dataclass(frozen=True)
class Rescued:
    """What a rescue brought back."""

    base: Manifest | None
    """Of the backup it began with; None where there was none that opens."""
    changes: int
    """Changes made again from the journal."""
    records: int
    """Records taken as they stood."""
    gaps: Mapping[str, int] = field(default_factory=dict)
    """Stretches that could not be read, by table."""
    aside: Path | None = None
    """Folder of the damaged file."""


def rescue(
    paths: Paths,
    key: bytes,
    definitions: Definitions,
    clock: Clock,
    *,
    by: str = "",
    progress: Progress = silent,
) -> Rescued:
    """Make good data out of damaged ones and put them in their place; the office must be closed.

    `by`: id of who does it, for the journal. Raises FileLocked, `UserError`s of the disk; then
    nothing changed.
    """
    from desktop.store.locking import OfficeLock
    from desktop.store.salvage import DamagedFile

    lock = OfficeLock(paths.data / DATABASE, clock)
    damaged = DamagedFile(paths.data / DATABASE, key)
    try:
        staging = empty_staging(paths)
        base = _begin(paths, staging, key, definitions, clock, share(progress, 0.0, 0.3))
        found = _salvage_into(
            staging / DATABASE, key, damaged, definitions, clock,
            label=tr("Rescued from damaged data"), by=by, progress=share(progress, 0.3, 0.8),
        )  # fmt: skip
        if base is None and not (found.changes or found.records):
            raise UserError(
                tr("Nothing could be read, and there is no backup that this key opens; nothing was "
                   "changed. Look for a backup on a stick, or for the key file that belongs here.")
            )  # fmt: skip
        damaged.close()
        progress(tr("Checking what was saved"), 0.9)
        aside = swap_in(paths, clock, with_keys=False)
    finally:
        damaged.close()
        lock.release()
    manifest = base.manifest if base else None
    return Rescued(manifest, found.changes, found.records, found.gaps, aside)


def _begin(
    paths: Paths,
    staging: Path,
    key: bytes,
    definitions: Definitions,
    clock: Clock,
    progress: Progress,
) -> Backup | None:
    """Put the newest good backup of these data there, else an empty office."""
    from desktop.store.backup import opens_with
    from desktop.store.database import create_database

    left = backups_in(paths.data / FOLDER)
    while (backup := newest_good(left, progress)) is not None:
        backup_file.take_out(backup.path, DATABASE, staging / DATABASE, progress)
        if opens_with(staging / DATABASE, key):
            return backup
        (staging / DATABASE).unlink()
        left = left[left.index(backup) + 1 :]
    create_database(staging / DATABASE, key, definitions.forms, paths.catalogues, clock).close()
    return None


def _salvage_into(
    target: Path,
    key: bytes,
    damaged: DamagedFile,
    definitions: Definitions,
    clock: Clock,
    *,
    label: str,
    by: str,
    progress: Progress,
) -> Salvaged:
    from desktop.store import journal
    from desktop.store.backup import check_copy
    from desktop.store.database import open_database
    from desktop.store.salvage import salvage

    opened = open_database(target, key, definitions.forms, clock, lock=False)
    try:
        opened.connection.execute("PRAGMA foreign_keys = OFF")
        with opened.transaction() as connection:
            found = salvage(damaged, connection, definitions.forms, progress)
            journal.open_change(
                connection, label=label, at=opened.now(), by=by, host=socket.gethostname(),
                kind=journal.Kind.SETTING,
            )  # fmt: skip
    finally:
        opened.close()
    check_copy(target, key, definitions.forms)
    return found
