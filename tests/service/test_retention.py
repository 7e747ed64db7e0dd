"""How long files are kept: set by the office, due by the last activity."""

from __future__ import annotations

import pytest

from desktop.base.errors import UserError
from desktop.service.anonymising import anonymise
from desktop.service.retention import due, registers, set_years, years
from desktop.service.rights import NotAllowed, Rights, Role
from desktop.service.workspace import Workspace
from tests.offices import saved

HOA: dict[str, object] = {
    "full_name": "Nguyễn Thị Hoà", "sex": "NU", "birth": "1948", "marital": "GOA",
    "no_id_reason": "CHUA_CAP",
    "client_category": [{"category": "06", "is_main": "1", "date_from": "01/01/2023"}],
}  # fmt: skip
WHY = "Đã xem giấy tờ."


def touched(workspace: Workspace, register: str, id: str, day: str) -> None:
    with workspace.database.transaction() as connection:
        connection.execute(
            f"UPDATE main.{register} SET updated_at = ? WHERE id = ?", (f"{day}T08:00:00", id)
        )


def test_while_no_years_are_set_nothing_is_due(workspace: Workspace) -> None:
    id = saved(workspace, "client", HOA, reason=WHY)
    touched(workspace, "client", id, "1990-01-01")
    assert [one.name for one in registers(workspace)] == ["client"]
    assert years(workspace, "client") is None
    assert due(workspace) == []


def test_the_last_activity_decides(workspace: Workspace, worker: str) -> None:
    old, served, cased = (saved(workspace, "client", HOA, reason=WHY) for _ in range(3))
    service = {"client": served, "date": "01/03/2026", "service": "TV",
               "fund_source": "NSĐP", "provider_worker": worker}  # fmt: skip
    case = {"client": cased, "opened": "01/03/2026", "criteria": "TU_NGUYEN", "status": "MO",
            "manager": worker, "case_type": "KHAC"}  # fmt: skip
    event = saved(workspace, "service_event", service, reason=WHY)
    opened = saved(workspace, "case_record", case)
    for id in (old, served, cased):
        touched(workspace, "client", id, "2016-06-19")
    touched(workspace, "case_record", opened, "2016-06-19")
    set_years(workspace, "client", "10")
    assert years(workspace, "client") == 10
    assert [(one.id, one.last) for one in due(workspace)] == [(old, "2016-06-19")]
    touched(workspace, "service_event", event, "2016-06-20")
    assert [one.id for one in due(workspace)] == [old]
    touched(workspace, "service_event", event, "2016-06-19")
    assert {one.id for one in due(workspace)} == {old, served}
    anonymise(workspace, "client", [old], "Hết thời hạn")
    assert {one.id for one in due(workspace)} == {served}
    set_years(workspace, "client", "")
    assert due(workspace) == []


@pytest.mark.parametrize("text", ["0", "101", "-1", "mười", "1,5"])
def test_only_whole_years_are_taken(workspace: Workspace, text: str) -> None:
    with pytest.raises(UserError, match="từ 1 đến 100"):
        set_years(workspace, "client", text)


def test_setting_asks_the_right_and_is_in_the_journal(workspace: Workspace) -> None:
    set_years(workspace, "client", "20")
    (label,) = workspace.reader.execute(
        "SELECT label FROM main.change ORDER BY id DESC LIMIT 1"
    ).fetchone()
    assert "20 năm" in label
    workspace.rights = Rights([Role.ENTRY], workspace.forms)
    with pytest.raises(NotAllowed):
        set_years(workspace, "client", "5")
