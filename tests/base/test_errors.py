"""Errors in words: what happened, what was kept, what to do."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from desktop.base.errors import (
    DefinitionError,
    DiskFull,
    FileLocked,
    Problem,
    ReadOnly,
    UserError,
    translate_os_error,
)


def os_error(code: int, winerror: int | None = None) -> OSError:
    error = OSError(code, "system text")
    if winerror is not None:
        error.winerror = winerror  # type: ignore[attr-defined]
    return error


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (os_error(errno.ENOSPC), DiskFull, "Ổ đĩa đã đầy"),
        (os_error(errno.EDQUOT), DiskFull, "Ổ đĩa đã đầy"),
        (os_error(errno.EROFS), ReadOnly, "chỉ được phép đọc"),
        (os_error(errno.EACCES), ReadOnly, "chỉ được phép đọc"),
        (os_error(errno.EPERM), ReadOnly, "chỉ được phép đọc"),
        (os_error(errno.EBUSY), FileLocked, "đang được mở"),
        (os_error(errno.EACCES, 32), FileLocked, "đang được mở"),
        (os_error(errno.EACCES, 33), FileLocked, "đang được mở"),
        (os_error(errno.EACCES, 5), ReadOnly, "chỉ được phép đọc"),
        (os_error(errno.ENOENT), UserError, "Không tìm thấy"),
        (os_error(errno.ENOTDIR), UserError, "Không tìm thấy"),
        (os_error(errno.EISDIR), UserError, "là thư mục"),
        (os_error(errno.ENAMETOOLONG), UserError, "quá dài"),
        (os_error(errno.EFBIG), UserError, "lớn hơn cỡ tệp"),
        (os_error(errno.EIO), UserError, "Không đọc hoặc ghi được"),
    ],
)
def test_system_errors_are_said_in_words(error: OSError, kind: type, words: str) -> None:
    said = translate_os_error(error, Path("bao-cao.xlsx"))
    assert type(said) is kind
    assert words in str(said)
    assert "bao-cao.xlsx" in str(said)
    assert "system text" not in str(said)
    assert "Hãy" in str(said)


def test_windows_says_denied_for_a_file_that_is_open(tmp_path: Path) -> None:
    path = tmp_path / "bao-cao.xlsx"
    path.write_bytes(b"open in Excel")
    assert type(translate_os_error(os_error(errno.EACCES, 5), path)) is FileLocked
    path.chmod(0o444)
    assert type(translate_os_error(os_error(errno.EACCES, 5), path)) is ReadOnly


def test_a_path_with_brackets_is_shown_as_it_is() -> None:
    assert "{0} {path}.xlsx" in str(translate_os_error(os_error(errno.ENOSPC), "{0} {path}.xlsx"))


def test_a_definition_error_shows_every_problem() -> None:
    problems = [
        Problem("forms/registers/client.toml:full_name", "unknown-key", "không có khóa “lenght”"),
        Problem("forms/rules/client.toml:V11", "sql", "không có cột “foo”"),
    ]
    error = DefinitionError(problems)
    assert error.problems == tuple(problems)
    assert isinstance(error, UserError)
    assert str(error).splitlines()[0] == "Các tệp định nghĩa có 2 chỗ sai:"
    assert all(str(problem) in str(error) for problem in problems)


def test_a_hint_goes_with_the_message() -> None:
    assert UserError("Sai mật khẩu.", "Kiểm tra phím Caps Lock.").hint == "Kiểm tra phím Caps Lock."
    assert UserError("Sai mật khẩu.").hint == ""
