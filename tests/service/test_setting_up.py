"""What follows from the unit chosen at the first start, and the office made of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop.base.clock import FixedClock
from desktop.base.errors import UserError
from desktop.base.paths import Paths
from desktop.base.progress import Cancelled
from desktop.schema.definition import Gate
from desktop.service.definitions import Definitions, load_definitions
from desktop.service.folder import has_office
from desktop.service.office import Setup, open_unlocked
from desktop.service.problems import NotSaved
from desktop.service.setting_up import (
    SetUpDesk,
    proposals,
    sample_paths,
    set_up,
    set_up_sample,
    texts_of,
)
from desktop.service.units import UnitChoice

CLOCK = FixedClock(date(2026, 6, 2))
HA_NAM = "XA.13366.20250701"


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return load_definitions(Paths.from_arguments().forms)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths.from_arguments(tmp_path / "data")


def office(**changed: str) -> dict[str, str]:
    unit = UnitChoice(HA_NAM, "XA", "Phường Hà Nam", "Tỉnh Ninh Bình", "13366")
    people = {"preparer": "Đỗ Thị Ngọc Ánh", "checker": "Vũ Đức Hoà", "signer": "Nguyễn Văn Ất"}
    return {"unit": HA_NAM, "document_number": "05"} | proposals(unit, "TM") | people | changed


def test_a_commune_proposes_its_bodies_and_its_place() -> None:
    unit = UnitChoice(HA_NAM, "XA", "Phường Hà Nam", "Tỉnh Ninh Bình", "13366")
    assert proposals(unit, "KT") == {
        "valid_from": "01/07/2025",
        "body_name": "Ủy ban nhân dân phường Hà Nam",
        "superior_body": "Ủy ban nhân dân tỉnh Ninh Bình",
        "receiving_department": "Sở Y tế tỉnh Ninh Bình",
        "place_name": "Hà Nam",
        "document_symbol": "BC-UBND",
        "authority_for": "CHỦ TỊCH",
        "signer_position": "PHÓ CHỦ TỊCH",
    }


@pytest.mark.parametrize(
    ("name", "parent", "place", "receiver"),
    [
        ("Phường 4", "Thành phố Hồ Chí Minh", "Phường 4", "Sở Y tế thành phố Hồ Chí Minh"),
        ("Đặc khu Vân Đồn", "Tỉnh Quảng Ninh", "Vân Đồn", "Sở Y tế tỉnh Quảng Ninh"),
        ("Xã Xã Phiên", "Tỉnh Cà Mau", "Xã Phiên", "Sở Y tế tỉnh Cà Mau"),
    ],
)
def test_a_place_keeps_its_kind_only_before_a_number(
    name: str, parent: str, place: str, receiver: str
) -> None:
    found = proposals(UnitChoice("XA.1.", "XA", name, parent, "1"), "TM")
    assert (found["place_name"], found["receiving_department"]) == (place, receiver)


def test_a_province_proposes_its_department() -> None:
    found = proposals(UnitChoice("TINH.37.", "TINH", "Tỉnh Ninh Bình", "", "37"), "TM")
    assert found["body_name"] == "Sở Y tế tỉnh Ninh Bình"
    assert found["place_name"] == "Ninh Bình"
    assert found["valid_from"] == "01/01/2021", "there from the start: as old as the programme"
    assert "signer_position" not in found
    assert proposals(None, "TM") == {}


def test_the_desk_asks_the_rules_before_there_is_an_office(
    paths: Paths, definitions: Definitions
) -> None:
    desk = SetUpDesk(paths, definitions, CLOCK)
    draft = desk.new_draft()
    assert draft.row.texts["valid_from"] == "02/06/2026"
    draft.set_text("valid_from", "01/01/1850")
    draft.check(Gate.SAVE)
    found = {(problem.number, problem.fields[0]) for problem in draft.problems}
    assert {("BB", "unit"), ("BB", "signer")} <= found
    assert "valid_from" in {name for _, name in found}
    draft.set_text("authority", "KY")
    draft.check()
    assert "authority_for" in draft.row.hidden
    assert "authority_for" not in texts_of(draft)
    assert desk.lookups.title("admin_unit", HA_NAM) == "Phường Hà Nam, tỉnh Ninh Bình"
    assert [one.id for one in desk.lookups.search("admin_unit", "13366")] == [HA_NAM]
    assert list(desk.lookups.search("client", "hoa")) == []
    desk.close()


def test_the_office_is_made_and_opens_with_its_key(paths: Paths, definitions: Definitions) -> None:
    told: list[str] = []
    setup = Setup(office=office(), person="Đỗ Thị Ngọc Ánh", password="sen nở trong đầm")
    person, key = set_up(
        paths,
        setup,
        clock=CLOCK,
        definitions=definitions,
        progress=lambda text, done: told.append(text),
    )
    assert told
    workspace = open_unlocked(paths, person, key, clock=CLOCK, definitions=definitions)
    made = workspace.office_on(date(2026, 6, 2))
    assert made is not None
    assert (made.name, made.unit.name) == ("Ủy ban nhân dân phường Hà Nam", "Phường Hà Nam")
    assert workspace.person.name == "Đỗ Thị Ngọc Ánh"
    workspace.close()


def test_what_a_rule_refuses_leaves_nothing_behind(paths: Paths, definitions: Definitions) -> None:
    early = office(valid_from="01/01/2020")
    setup = Setup(office=early, person="Ánh", password="sen nở trong đầm")
    with pytest.raises(NotSaved) as refused:
        set_up(paths, setup, clock=CLOCK, definitions=definitions)
    assert any("unit" in problem.fields for problem in refused.value.problems)
    assert not has_office(paths)
    assert [path.name for path in paths.data.iterdir() if path.is_file()] == []


def test_a_cancelled_set_up_writes_nothing(paths: Paths, definitions: Definitions) -> None:
    def stop(text: str, done: float) -> None:
        raise Cancelled

    setup = Setup(office=office(), person="Ánh", password="sen nở trong đầm")
    with pytest.raises(Cancelled):
        set_up(paths, setup, clock=CLOCK, definitions=definitions, progress=stop)
    assert not paths.data.exists()


def test_a_folder_that_cannot_be_written_is_refused_in_words(
    tmp_path: Path, definitions: Definitions
) -> None:
    (tmp_path / "data").write_text("a file stands where the folder should be")
    setup = Setup(office=office(), person="Ánh", password="sen nở trong đầm")
    with pytest.raises(UserError):
        set_up(Paths.from_arguments(tmp_path / "data"), setup, clock=CLOCK, definitions=definitions)


def test_a_sample_lies_beside_the_data_and_opens_again(
    paths: Paths, definitions: Definitions
) -> None:
    beside = sample_paths(paths, "xa_binh_luc")
    assert beside.data == paths.data.with_name("data-mau-xa-binh-luc")
    person, key = set_up_sample(beside, "xa_binh_luc", definitions=definitions)
    again = set_up_sample(beside, "xa_binh_luc", definitions=definitions)
    assert again == (person, key)
    workspace = open_unlocked(beside, person, key, clock=CLOCK, definitions=definitions)
    assert workspace.counts()["client"] > 0
    workspace.close()
    assert not has_office(paths)
