"""The file of drafts: whole writes, nothing readable in it, and another name for what is spoilt."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.base.errors import UserError
from desktop.store.draft_file import DraftFile, DraftRow, remove, set_aside

KEY = bytes(range(32))
PLANTED = "Trần Thị Hồng Gấm 035148000123"


def row(id: str = "d1", body: str = "{}", at: str = "2026-06-14T10:42:00+07:00") -> DraftRow:
    return DraftRow(
        id=id, person="p1", register="client", record_id="r1", row_version=0,
        title=PLANTED, body=body, at=at,
    )  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "nhap.db"


def test_what_is_written_is_there_after_opening_again(path: Path) -> None:
    file = DraftFile(path, KEY)
    file.write([row("d1"), row("d2", at="2026-06-14T10:43:00+07:00")])
    file.write([row("d1", body='{"a":1}')], gone=["d2"])
    file.close()
    again = DraftFile(path, KEY)
    assert again.rows() == [row("d1", body='{"a":1}')]
    again.close()


def test_the_newest_comes_first(path: Path) -> None:
    file = DraftFile(path, KEY)
    file.write([row("d1"), row("d2", at="2026-06-15T08:00:00+07:00")])
    assert [one.id for one in file.rows()] == ["d2", "d1"]
    file.close()


def test_what_is_committed_outlives_a_file_that_was_never_closed(
    path: Path, tmp_path: Path
) -> None:
    file = DraftFile(path, KEY)
    file.write([row()])
    copy = tmp_path / "after the cut"
    copy.mkdir()
    for left in tmp_path.glob("nhap.db*"):
        (copy / left.name).write_bytes(left.read_bytes())
    file.close()
    again = DraftFile(copy / "nhap.db", KEY)
    assert again.rows() == [row()]
    again.close()


def test_no_value_can_be_read_in_the_file_or_beside_it(path: Path) -> None:
    file = DraftFile(path, KEY)
    file.write([row(body=f'{{"texts": "{PLANTED}"}}')])
    found = b"".join(one.read_bytes() for one in path.parent.iterdir())
    assert len(found) > 4096
    for secret in (PLANTED, "Hồng Gấm", "035148000123", "client", "texts"):
        for coding in ("utf-8", "utf-16-le", "utf-16-be"):
            assert secret.encode(coding) not in found
    file.close()


def test_another_key_does_not_open_it(path: Path) -> None:
    file = DraftFile(path, KEY)
    file.write([row()])
    file.close()
    with pytest.raises(UserError):
        DraftFile(path, bytes(32))


@pytest.mark.parametrize("spoilt", [b"\0" * 8192, b"not a database " * 500])
def test_a_spoilt_file_says_so(path: Path, spoilt: bytes) -> None:
    path.write_bytes(spoilt)
    with pytest.raises(UserError):
        DraftFile(path, KEY)


def test_set_aside_never_takes_the_place_of_another(path: Path) -> None:
    names = []
    for content in (b"one", b"two"):
        path.write_bytes(content)
        path.with_name("nhap.db-wal").write_bytes(content)
        aside = set_aside(path, "20260614-104200")
        assert aside is not None
        names.append(aside)
    assert [one.read_bytes() for one in names] == [b"one", b"two"]
    assert [one.with_name(one.name + "-wal").read_bytes() for one in names] == [b"one", b"two"]
    assert not path.exists()


def test_remove_takes_what_stands_beside_it_too(path: Path) -> None:
    file = DraftFile(path, KEY)
    file.write([row()])
    file.close()
    path.with_name("nhap.db-wal").touch()
    remove(path)
    assert list(path.parent.iterdir()) == []
