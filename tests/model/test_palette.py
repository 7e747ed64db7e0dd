"""Names found from anywhere: read beside the window, kept up to date, only what may be seen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.model.palette import Palette
from desktop.service.rights import Rights, Role
from desktop.service.workspace import Workspace
from tests.offices import HA_NAM, saved
from tests.service.test_saving import HOA

WORKER = {
    "full_name": "Đỗ Thu Hà",
    "sex": "NU",
    "birth": "12/04/1988",
    "education": "DH",
    "study_field": "CTXH",
}


@pytest.fixture
def worker(workspace: Workspace) -> str:
    return saved(workspace, "worker", WORKER, reason="đúng như vậy")


@pytest.fixture
def palette(qtbot: QtBot, workspace: Workspace) -> Iterator[Palette]:
    owner = QObject()
    made = Palette(workspace, owner)
    with qtbot.waitSignal(made.ready, timeout=20_000):
        made.load()
    yield made
    made.close()
    owner.deleteLater()


def found(palette: Palette, text: str) -> list[tuple[str, str]]:
    return [(one.register, one.title) for one in palette.find(text, 12)]


def test_units_are_found_without_accents_those_in_force_first(palette: Palette) -> None:
    first = palette.find("phuong ha nam", 12)[0]
    assert (first.register, first.id) == ("admin_unit", HA_NAM)
    assert palette.find("nam ha phuong", 12)[0].title == "Phường Hà Nam"


def test_a_person_is_found_as_soon_as_saved_and_by_another_name_at_once(
    palette: Palette, workspace: Workspace
) -> None:
    assert [one for one in found(palette, "hoa nguyen") if one[0] == "client"] == []
    id = saved(workspace, "client", HOA)
    assert found(palette, "hoa nguyen")[0] == ("client", "Nguyễn Thị Hoà")
    assert found(palette, "nth")[0] == ("client", "Nguyễn Thị Hoà")
    draft = workspace.open_draft("client", id)
    draft.set_text("full_name", "Nguyễn Thị Hồng Vân")
    draft.check()
    workspace.save(draft)
    assert found(palette, "hong van")[0][1] == "Nguyễn Thị Hồng Vân"
    assert ("client", "Nguyễn Thị Hoà") not in found(palette, "hoa nguyen")
    workspace.saving.delete("client", [id])
    assert [one for one in found(palette, "hong van") if one[0] == "client"] == []


def test_a_case_is_found_by_the_name_of_its_person_behind_the_person(
    palette: Palette, workspace: Workspace, worker: str
) -> None:
    client = saved(workspace, "client", HOA)
    case = {
        "client": client,
        "opened": "01/06/2026",
        "criteria": "KHAN_CAP",
        "manager": worker,
        "case_type": "KHAC",
        "status": "MO",
    }
    saved(workspace, "case_record", case, reason="đúng như vậy")
    named = [r for r, title in found(palette, "hoa thi") if "Hoà" in title]
    assert named == ["client", "case_record"]
    draft = workspace.open_draft("client", client)
    draft.set_text("full_name", "Nguyễn Thị Hồng Vân")
    draft.check()
    workspace.save(draft)
    named = [r for r, title in found(palette, "hong van") if title.endswith("Thị Hồng Vân")]
    assert named == ["client", "case_record"]


def test_a_restricted_person_is_found_only_by_who_may(
    palette: Palette, workspace: Workspace, worker: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = next(v.code for v in workspace.forms.lists["CAT"].values if v.restricted)
    groups = {"client_category": [{"category": code, "is_main": "1", "date_from": "01/01/2023"}]}
    saved(workspace, "client", HOA | groups | {"keeper": worker}, reason="đúng như vậy")
    seen = palette.find("nguyen thi hoa", 12)[0]
    assert (seen.title, seen.subtitle) == ("Nguyễn Thị Hoà", "Nhóm hạn chế")
    workspace.access.close_all()
    palette.forget_titles()
    monkeypatch.setattr(workspace.sight, "rights", Rights([Role.ENTRY], workspace.forms))
    assert [one for one in palette.find("nguyen thi hoa", 12) if one.register == "client"] == []
