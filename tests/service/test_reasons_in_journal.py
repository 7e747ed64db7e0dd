"""Why a warning was let pass stands in the record's history, and is no change to undo."""

from __future__ import annotations

from desktop.service.checking import check_all
from desktop.service.verifying import verify
from desktop.service.workspace import Workspace
from tests.offices import saved

WORKER = {"full_name": "Lê Văn Ba", "sex": "NAM", "birth": "1980", "education": "DH"}
WHY = "Theo hồ sơ giấy năm 2025"


def test_a_reason_given_while_saving_is_in_the_history_with_the_change(
    workspace: Workspace,
) -> None:
    id = saved(workspace, "worker", WORKER | {"study_field": "CTXH", "birth": "1930"}, WHY)
    (entry,) = workspace.lookups.history("worker", id)
    told = {one.label: one.after for one in entry.differences}
    assert told["Họ và tên"] == "Lê Văn Ba"
    assert WHY in told.values()
    assert workspace.saving.undo()
    assert workspace.saving.redo()
    assert verify(workspace).damages == ()


def test_a_reason_given_on_the_page_of_checks_is_in_the_history(workspace: Workspace) -> None:
    id = saved(workspace, "worker", WORKER | {"study_field": "CTXH"}, WHY)
    draft = workspace.open_draft("worker", id)
    draft.set_text("birth", "1930")
    for problem in draft.check():
        draft.give_reason(problem, WHY)
    workspace.save(draft)
    problems = [p for record in check_all(workspace).records for p in record.problems]
    before = workspace.saving.undoable()
    for problem in problems[:1]:
        workspace.saving.give_reason(problem, "Đã xem lại hồ sơ gốc")
        history = workspace.lookups.history(problem.register, problem.record_id)
        assert history[0].kind == "reason"
        assert [one.after for one in history[0].differences] == ["Đã xem lại hồ sơ gốc"]
    assert problems
    assert workspace.saving.undoable() == before
    assert verify(workspace).damages == ()
