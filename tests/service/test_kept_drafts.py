"""Drafts on disk: written at once, offered to their person only, discarded and brought back; and
whatever happens to their file, the office opens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.base.clock import FixedClock
from desktop.service.draft_picture import KeptDraft
from desktop.service.draft_writing import FILE, SPARE
from desktop.service.kept_drafts import KEPT_DAYS, KeptDrafts
from desktop.store.driver import connect
from tests.offices import TODAY

KEY = bytes(range(32))
ME, SHE = "p1", "p2"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(TODAY)


class Desk:
    """One office's folder of drafts, opened again and again as the program is."""

    def __init__(self, folder: Path, clock: FixedClock) -> None:
        self.folder = folder
        self.clock = clock
        self.opened: list[KeptDrafts] = []

    def sit(self, person: str = ME) -> KeptDrafts:
        for one in self.opened:
            one.close()
        self.opened = [KeptDrafts(self.folder, KEY, person, self.clock)]
        return self.opened[0]


@pytest.fixture
def desk(tmp_path: Path, clock: FixedClock) -> Iterator[Desk]:
    made = Desk(tmp_path, clock)
    yield made
    for one in made.opened:
        one.close()


def kept(id: str = "d1", person: str = ME, at: str = "2026-06-20T08:00:00+07:00") -> KeptDraft:
    return KeptDraft(
        id=id, person=person, register="client", record_id=f"r-{id}", row_version=0,
        title=f"Người {id}", at=at, picture={"": [(f"r-{id}", {"full_name": id})]}, base={},
    )  # fmt: skip


def test_no_file_is_made_before_something_is_typed(desk: Desk) -> None:
    drafts = desk.sit()
    assert drafts.offered() == []
    drafts.close()
    assert list(desk.folder.iterdir()) == []


def test_a_draft_is_offered_at_the_next_start(desk: Desk) -> None:
    drafts = desk.sit()
    drafts.put(kept("d1"))
    drafts.put(kept("d2", at="2026-06-20T09:00:00+07:00"))
    drafts.put(replace(kept("d1"), title="Trần Thị Hoa"))
    assert drafts.wait()
    again = desk.sit()
    assert [one.title for one in again.offered()] == ["Người d2", "Trần Thị Hoa"]
    assert again.offered()[1] == replace(kept("d1"), title="Trần Thị Hoa")


def test_what_was_handed_over_is_on_disk_though_nobody_closed_the_file(
    desk: Desk, tmp_path: Path
) -> None:
    drafts = desk.sit()
    drafts.put(kept())
    assert drafts.wait()
    copy = tmp_path / "power cut"
    copy.mkdir()
    for left in tmp_path.glob("nhap.db*"):
        (copy / left.name).write_bytes(left.read_bytes())
    after = KeptDrafts(copy, KEY, ME, desk.clock)
    assert after.offered() == [kept()]
    after.close()


def test_a_saved_record_leaves_nothing(desk: Desk) -> None:
    drafts = desk.sit()
    drafts.put(kept())
    drafts.forget("d1")
    assert desk.sit().offered() == []


def test_others_drafts_are_counted_and_not_shown(desk: Desk) -> None:
    desk.sit(SHE).put(kept("d1", SHE))
    drafts = desk.sit(ME)
    assert drafts.offered() == []
    assert drafts.others() == {SHE: 1}
    assert drafts.find("d1") is None
    assert desk.sit(SHE).others() == {}


def test_discarding_can_be_undone_after_a_restart_too(desk: Desk) -> None:
    drafts = desk.sit()
    drafts.put(kept())
    drafts.discard("d1")
    assert (drafts.offered(), len(drafts.discarded())) == ([], 1)
    again = desk.sit()
    assert (again.offered(), len(again.discarded())) == ([], 1)
    again.bring_back("d1")
    assert desk.sit().offered() == [kept()]


def test_discarded_drafts_go_after_a_month(desk: Desk) -> None:
    drafts = desk.sit()
    drafts.put(kept("d1"))
    drafts.put(kept("d2"))
    drafts.discard("d1")
    desk.clock.move(timedelta(days=KEPT_DAYS - 1))
    assert len(desk.sit().discarded()) == 1
    desk.clock.move(timedelta(days=2))
    assert desk.sit().discarded() == []
    assert [one.id for one in desk.sit().offered()] == ["d2"]


def test_everybody_is_told_of_another_draft_but_not_of_each_field(desk: Desk) -> None:
    drafts = desk.sit()
    told: list[int] = []
    drafts.changed.connect(lambda: told.append(len(drafts.offered())))
    drafts.put(kept())
    drafts.put(replace(kept(), title="Hoa"))
    drafts.discard("d1")
    drafts.bring_back("d1")
    drafts.forget("d1")
    drafts.forget("d1")
    assert told == [1, 0, 1, 0]


# What may happen to the file


@pytest.mark.parametrize("spoilt", [b"\0" * 8192, b"Excel? " * 2000])
def test_a_damaged_file_is_put_aside_and_said(desk: Desk, spoilt: bytes) -> None:
    (desk.folder / FILE).write_bytes(spoilt)
    drafts = desk.sit()
    assert "nhap.hong-" in drafts.trouble
    aside = list(desk.folder.glob("nhap.hong-*.db"))
    assert [one.read_bytes() for one in aside] == [spoilt]
    drafts.put(kept())
    assert drafts.wait()
    again = desk.sit()
    assert again.offered() == [kept()]
    assert again.trouble == ""


def test_a_file_of_another_key_is_put_aside(desk: Desk) -> None:
    other = KeptDrafts(desk.folder, bytes(32), ME, desk.clock)
    other.put(kept())
    other.close()
    assert desk.sit().trouble
    assert len(list(desk.folder.glob("nhap.hong-*.db"))) == 1


def test_a_folder_in_its_place_does_not_keep_the_office_shut(desk: Desk) -> None:
    (desk.folder / FILE).mkdir()
    drafts = desk.sit()
    assert drafts.trouble
    drafts.put(kept())
    assert drafts.wait()
    assert [one.id for one in desk.sit().offered()] == ["d1"]


def test_while_another_program_holds_it_drafts_go_beside_and_come_back(desk: Desk) -> None:
    drafts = desk.sit()
    drafts.put(kept("d1"))
    drafts.close()
    holder = connect(desk.folder / FILE, KEY)
    holder.execute("PRAGMA locking_mode = EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    holder.execute("DELETE FROM draft WHERE id = 'none'")
    drafts = desk.sit()
    assert "nhap.db" in drafts.trouble
    assert drafts.offered() == []
    drafts.put(kept("d2"))
    assert drafts.wait()
    assert (desk.folder / SPARE).exists()
    holder.close()
    again = desk.sit()
    assert {one.id for one in again.offered()} == {"d1", "d2"}
    assert again.trouble == ""
    assert not (desk.folder / SPARE).exists()
    assert {one.id for one in desk.sit().offered()} == {"d1", "d2"}


def test_a_file_damaged_while_it_is_open_is_written_anew(desk: Desk) -> None:
    drafts = desk.sit()
    drafts.put(kept("d1"))
    assert drafts.wait()
    for left in desk.folder.glob("nhap.db*"):
        left.write_bytes(b"\0" * left.stat().st_size)
    drafts.put(kept("d2"))
    assert drafts.wait()
    assert "nhap.hong-" in drafts.trouble
    assert {one.id for one in desk.sit().offered()} == {"d1", "d2"}


def test_a_row_that_is_no_draft_stays_and_is_not_offered(desk: Desk) -> None:
    drafts = desk.sit()
    drafts.put(kept("d1"))
    drafts.close()
    connection = connect(desk.folder / FILE, KEY)
    connection.execute("UPDATE draft SET body = '{}'")
    connection.close()
    drafts = desk.sit()
    assert (drafts.offered(), drafts.unreadable) == ([], 1)
    drafts.close()
    connection = connect(desk.folder / FILE, KEY)
    assert connection.execute("SELECT count(*) FROM draft").fetchone() == (1,)
    connection.close()


def test_no_room_is_said_and_tried_again(desk: Desk) -> None:
    drafts = desk.sit()
    (desk.folder / FILE).mkdir()
    (desk.folder / SPARE).mkdir()
    drafts.put(kept())
    assert not drafts.wait(0.5)
    assert drafts.failure
    (desk.folder / FILE).rmdir()
    assert drafts.wait(10)
    assert drafts.failure == ""
    assert desk.sit().offered() == [kept()]
