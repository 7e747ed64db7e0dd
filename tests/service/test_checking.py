"""Checking everything again finds what saving let pass, and what later rules would stop."""

from __future__ import annotations

import pytest

from desktop.base.progress import Cancelled
from desktop.service.checking import check_all, checked_registers
from desktop.service.workspace import Workspace
from tests.offices import saved
from tests.service.test_saving import HOA


def test_a_sound_office_has_nothing_to_say(workspace: Workspace, worker: str) -> None:
    saved(workspace, "client", HOA)
    checked = check_all(workspace)
    assert [(r.title, [p.number for p in r.problems]) for r in checked.records] == []


def test_a_warning_with_its_reason_is_counted_as_answered(workspace: Workspace) -> None:
    saved(workspace, "client", HOA | {"personal_no": "035048900123"}, reason="Thẻ gốc ghi vậy")
    checked = check_all(workspace)
    assert (checked.errors, checked.open_warnings, checked.reasons) == (0, 0, 1)
    assert [record.title for record in checked.records] == ["Nguyễn Thị Hoà"]


def test_deleted_records_are_not_asked(workspace: Workspace) -> None:
    id = saved(workspace, "client", HOA | {"personal_no": "035048900123"}, reason="Thẻ gốc ghi vậy")
    workspace.saving.delete("client", [id])
    assert check_all(workspace).records == ()


def test_checking_can_be_stopped(workspace: Workspace) -> None:
    saved(workspace, "client", HOA)

    def stop(text: str, done: float, /) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        check_all(workspace, progress=stop)


def test_every_register_that_people_fill_in_is_checked(workspace: Workspace) -> None:
    names = set(checked_registers(workspace))
    assert {"worker", "client", "case_record", "service_event", "office", "funding"} <= names
    assert "admin_unit" not in names
    assert "client_category" not in names
