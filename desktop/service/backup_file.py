"""One backup in one file: the encrypted database, its key file, and what they hold.

A plain zip, nothing in it compressed: with the program gone it can still be taken apart by hand.
Its last 64 characters are the SHA-256 of everything before them, so that no byte can change unseen.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

from desktop.base.errors import NewerDatabase, NotOurDatabase, translate_os_error
from desktop.base.files import write_beside
from desktop.base.progress import Progress, silent
from desktop.base.translate import tr
from desktop.service.folder import DATABASE, KEYS

FORMAT = 1
SUFFIX = ".saoluu"
MANIFEST = "ban-sao.json"
_MEMBERS = (MANIFEST, KEYS, DATABASE)
_DIGEST_CHARACTERS = 64
_CHUNK = 1 << 20
_MOST_MANIFEST_BYTES = 1 << 20


class BackupKind(StrEnum):
    """Why a backup was made; also the last part of its file's name."""

    DAILY = "hang-ngay"
    BY_HAND = "tu-lam"
    CLOSING = "chot-ky"
    BEFORE_MIGRATION = "truoc-nang-cap"
    BEFORE_CONSOLIDATION = "truoc-tong-hop"


class DamagedBackup(NotOurDatabase):
    """The file is no backup of this program, or not a byte-for-byte whole one."""


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a backup says of itself, readable without a password; no value of any record."""

    kind: BackupKind
    at: str
    """ISO text with its offset."""
    office: str
    """Name of the office, as the title bar has it."""
    program: str
    """Version that made it."""
    last_change: int
    changed_at: str
    counts: Mapping[str, int] = field(default_factory=dict)
    """Rows by table of a register."""


def write_backup(
    target: Path, database: Path, keys: Path, manifest: Manifest, progress: Progress = silent
) -> None:
    """Write the file, whole or not at all, and read it again. Raises `UserError`s of the disk."""
    text = json.dumps({"format": FORMAT} | asdict(manifest), ensure_ascii=False, indent=1)
    with write_beside(target) as beside:
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
            archive.comment = b"0" * _DIGEST_CHARACTERS
            archive.writestr(_plain(MANIFEST), text)
            for name, path in ((KEYS, keys), (DATABASE, database)):
                info = _plain(name)
                info.file_size = path.stat().st_size
                with path.open("rb") as stream, archive.open(info, "w") as member:
                    _pour(stream, member, progress)
        digest, size = _digest(beside)
        with beside.open("r+b") as stream:
            stream.seek(size - _DIGEST_CHARACTERS)
            stream.write(digest.encode())
    check_whole(target)


def read_manifest(path: Path) -> Manifest:
    """What the backup says of itself, without reading all of it.

    Raises DamagedBackup, NewerDatabase, `UserError`s of the disk.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_other_members(archive, path)
            if archive.getinfo(MANIFEST).file_size > _MOST_MANIFEST_BYTES:
                raise damaged(path)
            return _manifest(json.loads(archive.read(MANIFEST)), path)
    except OSError as error:
        raise translate_os_error(error, path) from error
    except _UNREADABLE as error:
        raise damaged(path) from error


def check_whole(path: Path, progress: Progress = silent) -> Manifest:
    """Read every byte and compare with the digest at the end. Raises as `read_manifest`."""
    try:
        with path.open("rb") as stream:
            stream.seek(0, 2)
            stream.seek(max(stream.tell() - _DIGEST_CHARACTERS, 0))
            said = stream.read()
        found, _ = _digest(path, progress)
    except OSError as error:
        raise translate_os_error(error, path) from error
    if said != found.encode():
        raise damaged(path)
    return read_manifest(path)


def take_out(path: Path, name: str, target: Path, progress: Progress = silent) -> None:
    """Write one member (`folder.DATABASE` or `folder.KEYS`) to `target`. Raises as above."""
    try:
        with (
            zipfile.ZipFile(path) as archive,
            archive.open(name) as member,
            target.open("wb") as stream,
        ):
            _pour(member, stream, progress)
    except OSError as error:
        raise translate_os_error(error, path) from error
    except _UNREADABLE as error:
        raise damaged(path) from error


def copy_bytes(source: Path, target: Path, progress: Progress = silent) -> None:
    """Write the bytes of one file into another. Raises `UserError`s naming the source."""
    try:
        with source.open("rb") as read, target.open("wb") as write:
            _pour(read, write, progress)
    except OSError as error:
        raise translate_os_error(error, source) from error


_UNREADABLE = (
    zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError, NotImplementedError,
    RecursionError,
)  # fmt: skip
"""What reading a file raises that somebody else wrote, or that was cut off."""


def _plain(name: str) -> zipfile.ZipInfo:
    """A member without the moment and the owner, which say nothing the manifest does not."""
    return zipfile.ZipInfo(name)


def _pour(source: IO[bytes], target: IO[bytes], progress: Progress) -> None:
    while chunk := source.read(_CHUNK):
        target.write(chunk)
        progress(tr("Writing the backup"), 0.5)


def _digest(path: Path, progress: Progress = silent) -> tuple[str, int]:
    """SHA-256 of all but the last 64 bytes, and how many bytes there are."""
    size = path.stat().st_size
    left = max(size - _DIGEST_CHARACTERS, 0)
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while left and (chunk := stream.read(min(_CHUNK, left))):
            digest.update(chunk)
            left -= len(chunk)
            progress(tr("Checking the backup"), 1 - left / size)
    return digest.hexdigest(), size


def _refuse_other_members(archive: zipfile.ZipFile, path: Path) -> None:
    infos = archive.infolist()
    stored = all(info.compress_type == zipfile.ZIP_STORED for info in infos)
    cut_off = len(archive.comment) != _DIGEST_CHARACTERS
    if sorted(info.filename for info in infos) != sorted(_MEMBERS) or not stored or cut_off:
        raise damaged(path)


def _manifest(data: Any, path: Path) -> Manifest:
    found = data.pop("format")
    if found > FORMAT:
        raise NewerDatabase(
            tr(
                "The backup “{path}” was made by a newer version of the program. "
                "Nothing was changed. Install the newer version."
            ).format(path=path)
        )
    made = Manifest(**data | {"kind": BackupKind(data["kind"])})
    texts = (made.at, made.office, made.program, made.changed_at)
    numbers = (made.last_change, *made.counts.values())
    if not all(isinstance(one, str) for one in texts):
        raise TypeError(texts)
    if not all(type(one) is int for one in numbers):
        raise TypeError(numbers)
    return made


def damaged(path: Path) -> DamagedBackup:
    """What to raise for a file that is no whole backup."""
    return DamagedBackup(
        tr(
            "“{path}” is no backup of this program, or is damaged; nothing was changed. "
            "Choose another backup."
        ).format(path=path)
    )
