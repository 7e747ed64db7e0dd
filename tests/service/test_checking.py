"""Checking everything again finds what saving let pass, and what later rules would stop."""

from __future__ import annotations

import pytest

from desktop.base.progress import Cancelled
from desktop.schema.definition import Gate, Level
from desktop.service.checking import check_again, check_all, checked_registers
from desktop.service.saving import Changed
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


def test_what_changed_is_asked_again_and_the_rest_kept(workspace: Workspace) -> None:
    wrong = HOA | {"personal_no": "035048900123"}
    first = saved(workspace, "client", wrong, reason="Thẻ gốc ghi vậy")
    checked = check_all(workspace)
    second = saved(
        workspace,
        "client",
        wrong | {"full_name": "Trần Thị Lan", "personal_no": "035048900124"},
        reason="Thẻ gốc ghi vậy",
    )
    again = check_again(workspace, checked, [("client", second), ("admin_unit", "x")])
    assert {record.id for record in again.records} == {first, second}
    workspace.saving.delete("client", [first])
    again = check_again(workspace, again, [("client", first)])
    assert [record.id for record in again.records] == [second]


def test_a_reason_is_kept_without_touching_the_record(workspace: Workspace) -> None:
    checked = check_all(workspace, Gate.CLOSE)
    record = next(one for one in checked.records if one.register == "office")
    version = workspace.read("office", record.id).row_version
    told: list[Changed] = []
    workspace.changed.connect(told.append)
    workspace.saving.give_reason(record.problems[0], "  Đang tuyển cộng tác viên ")
    assert told[0].records == (("office", record.id),)
    again = check_all(workspace, Gate.CLOSE)
    assert [p.reason for p in again.records[0].problems] == ["Đang tuyển cộng tác viên"]
    assert workspace.read("office", record.id).row_version == version


def test_a_service_solves_the_overdue_case_it_belongs_to(workspace: Workspace, worker: str) -> None:
    client = saved(workspace, "client", HOA)
    case = {
        "client": client,
        "opened": "05/01/2026",
        "criteria": "KHAN_CAP",
        "manager": worker,
        "case_type": "KHAC",
        "status": "MO",
    }
    record = saved(workspace, "case_record", case, reason="đúng như vậy")
    checked = check_all(workspace, Gate.CLOSE)
    overdue = [one.id for one in checked.records for p in one.problems if p.number == "V25"]
    assert overdue == [record]
    service = {
        "client": client,
        "date": "10/06/2026",
        "service": workspace.forms.lists["DV"].values[0].code,
        "case_record": record,
        "provider_worker": worker,
        "fund_source": workspace.forms.lists["NGUON"].values[0].code,
    }
    id = saved(workspace, "service_event", service, reason="đúng như vậy")
    again = check_again(workspace, checked, [("service_event", id)], Gate.CLOSE)
    assert again.records == check_all(workspace, Gate.CLOSE).records
    assert not [p for one in again.records for p in one.problems if p.number == "V25"]
    workspace.saving.delete("service_event", [id])
    back = check_again(workspace, again, [("service_event", id)], Gate.CLOSE)
    assert [one.id for one in back.records for p in one.problems if p.number == "V25"] == [record]


def test_problems_are_counted_by_register(workspace: Workspace) -> None:
    saved(workspace, "client", HOA | {"personal_no": "035048900123"}, reason="Thẻ gốc ghi vậy")
    checked = check_all(workspace, Gate.CLOSE)
    told: dict[str, list[int]] = {}
    for record in checked.records:
        counts = told.setdefault(record.register, [0, 0])
        for problem in record.problems:
            if problem.level is Level.ERROR:
                counts[0] += 1
            elif not problem.reason:
                counts[1] += 1
    assert checked.by_register == {
        name: tuple(counts) for name, counts in told.items() if counts != [0, 0]
    }
    assert "client" not in checked.by_register, "a reason was given"


def test_a_reason_given_on_the_list_is_in_the_journal_and_is_no_edit(workspace: Workspace) -> None:
    checked = check_all(workspace, Gate.CLOSE)
    problem = checked.records[0].problems[0]
    before = workspace.saving.undoable()
    workspace.saving.give_reason(problem, "Đang tuyển cộng tác viên")
    labels = workspace.reader.execute("SELECT label, kind FROM change ORDER BY id").fetchall()
    assert labels[-1][1] == "reason"
    assert problem.number in labels[-1][0]
    assert labels[-1][0].endswith("Đang tuyển cộng tác viên")
    assert workspace.saving.undoable() == before
