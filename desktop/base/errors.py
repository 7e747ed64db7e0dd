"""What can go wrong in the officer's world, said in words that tell what to do next.

Anything that is not a `UserError` is a bug of ours and belongs in the crash report.
"""

from __future__ import annotations

import errno
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base.translate import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

_WINDOWS_IN_USE = (32, 33)  # ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
_WINDOWS_ACCESS_DENIED = 5  # also what replacing a file that another program holds open gives


class UserError(Exception):
    """An error to be shown as it is: `str(error)` is a whole message in the officer's language.

    `hint` is what to try next where the message does not say it already ("" when it does).
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class WrongPassword(UserError):
    """The password does not open the data."""


class NotOurDatabase(UserError):
    """The file is no database of this program, or is damaged."""


class NewerDatabase(UserError):
    """The data was written by a newer version of the program."""


class ReadOnly(UserError):
    """The place cannot be written to."""


class DiskFull(UserError):
    """No room is left on the drive, or the quota is used up."""


class FileLocked(UserError):
    """Another program holds the file open."""


class LimitExceeded(UserError):
    """More than a file format or a field can hold; nothing is ever cut to fit."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong, with its address and its code."""

    place: str
    """Where: file and key of a definition, register and field of a record."""
    code: str
    """What kind: a rule number (V06a) or a short name of the check."""
    text: str
    """What is wrong and what to do, in the officer's language."""

    def __str__(self) -> str:
        return f"{self.place}: {self.text} [{self.code}]"


class DefinitionError(UserError):
    """The definitions in `forms/` have mistakes; all of them are in `problems`."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        head = tr("The definitions have {count} mistakes:").format(count=len(self.problems))
        super().__init__("\n".join([head, *map(str, self.problems)]))


def translate_os_error(error: OSError, path: Path | str) -> UserError:
    """Say an error of the operating system in words; raise the result `from error`."""
    kind, message = _kind_and_message(error, Path(path))
    return kind(message.format(path=path))


def _kind_and_message(error: OSError, path: Path) -> tuple[type[UserError], str]:
    code = error.errno
    if _is_held_open(error, path):
        return FileLocked, tr(
            "Another program (Excel, perhaps) has “{path}” open, so it was not written; "
            "what was there is unchanged. Close it there and try again."
        )
    if code in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return DiskFull, tr(
            "The drive is full, so “{path}” was not written; what was there is unchanged. "
            "Free some space or choose another drive, then try again."
        )
    if code in (errno.EACCES, errno.EPERM, errno.EROFS):
        return ReadOnly, tr(
            "“{path}” is in a place that may only be read; nothing was written. "
            "Choose another folder, or ask for the right to write there."
        )
    return UserError, _other_message(code)


def _other_message(code: int | None) -> str:
    if code in (errno.ENOENT, errno.ENOTDIR):
        return tr(
            "“{path}” is not there; nothing was changed. "
            "Plug the drive in again or choose another folder, then try again."
        )
    if code == errno.EISDIR:
        return tr("“{path}” is a folder, not a file; nothing was changed. Choose a file.")
    if code == errno.ENAMETOOLONG:
        return tr("The name of “{path}” is too long; nothing was written. Choose a shorter one.")
    if code == errno.EFBIG:
        return tr(
            "“{path}” is larger than this drive can hold in one file; nothing was written. "
            "Choose another drive."
        )
    return tr(
        "“{path}” could not be read or written; what was there is unchanged. "
        "Check that the drive is plugged in and works, then try again."
    )


def _is_held_open(error: OSError, path: Path) -> bool:
    windows_code = getattr(error, "winerror", None)
    if windows_code in _WINDOWS_IN_USE or error.errno in (errno.EBUSY, errno.ETXTBSY):
        return True
    return windows_code == _WINDOWS_ACCESS_DENIED and _may_be_written(path)


def _may_be_written(path: Path) -> bool:
    """True for an ordinary file without the read-only mark, in Windows' simple terms."""
    try:
        return path.is_file() and bool(path.stat().st_mode & 0o200)
    except OSError:
        return False
