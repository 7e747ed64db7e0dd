"""Files replaced whole or not at all, and names that every system takes."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.base.errors import DiskFull, UserError
from desktop.base.files import (
    MOST_NAME_CHARACTERS,
    ascii_name,
    safe_file_name,
    write_beside,
    write_text,
)


def write_half(path: Path, failure: Exception) -> None:
    """Begin to write the file, then fail."""
    with write_beside(path) as beside:
        beside.write_text("half", encoding="utf-8")
        raise failure


def test_the_new_file_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "báo cáo.xlsx"
    path.write_text("old", encoding="utf-8")
    with write_beside(path) as beside:
        assert beside.parent == path.parent
        assert beside.suffix == ".xlsx"
        assert beside.stat().st_size == 0
        beside.write_text("new", encoding="utf-8")
        assert path.read_text(encoding="utf-8") == "old"
    assert path.read_text(encoding="utf-8") == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(ZeroDivisionError):
        write_half(path, ZeroDivisionError())
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_is_said_in_words_and_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(DiskFull, match="đã đầy") as caught:
        write_half(path, OSError(errno.ENOSPC, "No space left on device"))
    assert isinstance(caught.value.__cause__, OSError)
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the device that is always full")
def test_a_really_full_device_is_a_full_disk(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    with pytest.raises(DiskFull), write_beside(path):
        Path("/dev/full").write_text("x", encoding="utf-8")
    assert not path.exists()


def test_a_user_error_of_the_body_passes_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="dừng"), write_beside(tmp_path / "a.txt"):
        raise UserError("dừng")
    assert not list(tmp_path.iterdir())


def test_a_missing_folder_is_said_in_words(tmp_path: Path) -> None:
    path = tmp_path / "no" / "report.xlsx"
    with pytest.raises(UserError, match="Không tìm thấy") as caught:
        write_text(path, "x")
    assert str(path) in str(caught.value)


def test_a_folder_in_the_way_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    path.mkdir()
    with pytest.raises(UserError, match="là thư mục"):
        write_text(path, "x")
    assert list(tmp_path.iterdir()) == [path]


def test_text_is_written_as_utf_8_with_line_feeds(tmp_path: Path) -> None:
    write_text(tmp_path / "a.txt", "Đặng\nHoà\n")
    assert (tmp_path / "a.txt").read_bytes() == "Đặng\nHoà\n".encode()


@pytest.mark.skipif(os.name == "nt", reason="the mode of Unix")
def test_a_new_file_may_be_read_by_whom_the_system_allows(tmp_path: Path) -> None:
    old = os.umask(0o022)
    try:
        write_text(tmp_path / "a.txt", "x")
    finally:
        os.umask(old)
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o644


# names


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Báo cáo 6 tháng.xlsx", "Báo cáo 6 tháng.xlsx"),
        ("a/b\\c:d*e?f.txt", "a-b-c-d-e-f.txt"),
        ("CON", "-CON"),
        ("nul.xlsx", "-nul.xlsx"),
        ("com1", "-com1"),
        ("console.txt", "console.txt"),
        ("tên. . ", "tên"),
        ("", "-"),
        ("..", "-"),
        ("dòng\nhai", "dòng-hai"),
    ],
)
def test_safe_file_names(name: str, safe: str) -> None:
    assert safe_file_name(name) == safe


def test_a_long_name_keeps_its_suffix() -> None:
    name = safe_file_name("ệ" * 300 + ".xlsx")
    assert len(name) == MOST_NAME_CHARACTERS
    assert name.endswith("ệ.xlsx")


@given(st.text(max_size=200))
def test_every_safe_name_can_be_written(name: str) -> None:
    safe = safe_file_name(name)
    assert safe
    assert safe not in (".", "..")
    assert not set('<>:"/\\|?*\x00') & set(safe)
    assert not safe.endswith((" ", "."))
    assert len(safe) <= MOST_NAME_CHARACTERS
    assert safe_file_name(safe) == safe


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Phường Hà Nam", "Phuong-Ha-Nam"),
        ("Đặng Thị Hoà", "Dang-Thi-Hoa"),
        ("Bà Rịa - Vũng Tàu", "Ba-Ria-Vung-Tau"),
        ("M'Đrắk", "M-Drak"),
        ("…", "-"),
    ],
)
def test_ascii_names(text: str, name: str) -> None:
    assert ascii_name(text) == name
