"""The connection: durable settings by the place of the file, errors in words, sqlite-utils."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.base.errors import (
    DiskFull,
    FileLocked,
    LimitExceeded,
    NotOurDatabase,
    ReadOnly,
    UserError,
)
from desktop.store import driver
from desktop.store.driver import (
    OperationalError,
    connect,
    in_words,
    is_network_path,
    quoted,
    set_durability,
    sqlite_utils_database,
)

from .conftest import KEY


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (r"\\may-chu\chung\so.db", True),
        (r"\\?\UNC\may-chu\chung\so.db", True),
        ("//may-chu/chung/so.db", True),
        (r"\\?\C:\du lieu\so.db", False),
        ("/du lieu/so.db", False),
    ],
)
def test_a_path_on_another_computer_is_known(path: str, expected: bool) -> None:
    assert is_network_path(Path(path)) is expected


def test_a_mounted_share_is_known(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    share = tmp_path / "ổ chung"
    mounts.write_text(
        "/dev/sda1 / ext4 rw 0 0\n"
        f"//may-chu/chung {str(share).replace(' ', chr(92) + '040')} cifs rw 0 0\n",
        encoding="utf-8",
    )
    assert driver._mounted_as(share / "so.db", mounts) == "cifs"
    assert driver._mounted_as(tmp_path / "so.db", mounts) == "ext4"
    assert driver._mounted_as(share / "so.db", tmp_path / "nothing") == ""


@pytest.mark.parametrize(
    ("network", "journal", "synchronous"), [(False, "wal", 2), (True, "delete", 3)]
)
def test_how_commits_reach_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, network: bool, journal: str, synchronous: int
) -> None:
    monkeypatch.setattr(driver, "is_network_path", lambda _: network)
    connection = connect(tmp_path / "so.db", KEY)
    set_durability(connection, tmp_path / "so.db")
    pragmas = [
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "temp_store", "secure_delete")
    ]
    assert pragmas == [journal, synchronous, 1, 2, 1]
    connection.close()


class Failure(driver.DriverError):
    def __init__(self, code: int) -> None:
        super().__init__("disk I/O error or the like")
        self.sqlite_errorcode = code  # as the driver sets it


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (13, DiskFull),
        (8, ReadOnly),
        (8 | 1 << 8, ReadOnly),
        (5, FileLocked),
        (6, FileLocked),
        (14, ReadOnly),
        (11, NotOurDatabase),
        (26, NotOurDatabase),
        (18, LimitExceeded),
        (10 | 12 << 8, UserError),
    ],
)
def test_every_trouble_of_the_disk_has_its_words(code: int, kind: type[UserError]) -> None:
    said = in_words(Failure(code), Path("/data/so.db"))
    assert type(said) is kind
    assert "{" not in str(said)


def test_a_bug_of_ours_stays_what_it_is() -> None:
    for error in (Failure(1), Failure(19), KeyError("x")):
        assert in_words(error, Path("/data/so.db")) is error
    with pytest.raises(OperationalError, match="nothing"):
        connect(":memory:", None).execute("SELECT * FROM nothing")


def test_sqlite_utils_catches_the_errors_of_this_driver() -> None:
    connection = connect(":memory:", None)
    database = sqlite_utils_database(connection)
    database.table("a").insert({"x": 1})
    database.table("a").insert({"x": 2, "y": 3}, alter=True)
    assert list(database.query("SELECT * FROM a")) == [{"x": 1, "y": None}, {"x": 2, "y": 3}]
    connection.close()


def test_a_key_of_another_length_is_our_mistake(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="32"):
        connect(tmp_path / "so.db", b"short")


def test_a_name_with_quotes_never_gets_into_a_statement() -> None:
    assert quoted("full_name") == '"full_name"'
    with pytest.raises(ValueError, match="drop"):
        quoted('x" ; drop')


def test_a_file_that_cannot_be_opened_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(ReadOnly, match="Không mở được"):
        connect(tmp_path / "không có" / "so.db", KEY)
