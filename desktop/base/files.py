"""Write files so that a crash, a full disk or a pulled stick leaves the old one whole."""

from __future__ import annotations

import os
import re
import secrets
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base.errors import translate_os_error
from desktop.base.text import clean, without_marks

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_NAME_CHARACTERS = 120
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_WINDOWS_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)", re.IGNORECASE)


@contextmanager
def write_beside(path: Path) -> Iterator[Path]:
    """Yield an empty new file in the folder of `path`, with its suffix; swap it in at the end.

    The file is on the disk (fsync) before it takes the place of `path`. If the body fails, it is
    removed and `path` stays as it was. Errors of the operating system come out as `UserError`.
    """
    path = Path(path)
    beside = path.with_name(f".~{secrets.token_hex(6)}{path.suffix}")
    try:
        os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        yield beside
        flush_file(beside)
        beside.replace(path)
        _flush_folder(path.parent)
    except OSError as error:
        raise translate_os_error(error, path) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Replace the file by `text` in UTF-8, whole or not at all. Raises `UserError`."""
    with write_beside(path) as beside:
        beside.write_text(text, encoding="utf-8", newline="\n")


def safe_file_name(name: str) -> str:
    """A name Windows and Linux both take; marks are kept, nothing readable is lost silently.

    Never empty, at most `MOST_NAME_CHARACTERS`, the suffix kept when it is cut.
    """
    name = clean(_FORBIDDEN.sub("-", name)).rstrip(". ")
    if _WINDOWS_DEVICES.match(name):
        name = "-" + name
    if len(name) > MOST_NAME_CHARACTERS:
        stem, suffix = os.path.splitext(name)  # noqa: PTH122 - a name, not a path
        name = stem[: MOST_NAME_CHARACTERS - len(suffix)].rstrip(". ") + suffix
    return name or "-"


def ascii_name(text: str) -> str:
    """Words without marks joined by hyphens: “Xã Hà Nam” → `Xa-Ha-Nam`. Never empty."""
    return "-".join(re.findall(r"[A-Za-z0-9]+", without_marks(text))) or "-"


def flush_file(path: Path) -> None:
    """Come back when what was written to the file is on the disk. Raises OSError."""
    with path.open("r+b") as stream:
        os.fsync(stream.fileno())


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder; its rename is in the journal already
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network drives refuse it; the file itself is safe
            os.fsync(handle)
    finally:
        os.close(handle)
