"""What the home page says, out of what the rules and the report found."""

from __future__ import annotations

import pytest

from desktop.report.sheet import Cell, Mark, Row, Style
from desktop.schema.definition import Level
from desktop.service.checking import Checked, CheckedRecord
from desktop.service.overview import (
    _progress,
    reminders,
    targets,
    unapproved_plans,
    unplaced,
)
from desktop.service.problems import RecordProblem
from desktop.service.workspace import Workspace
from tests.offices import saved
from tests.service.test_saving import HOA


def broken(register: str, id: str, number: str, reason: str = "") -> CheckedRecord:
    problem = RecordProblem(
        number=number,
        level=Level.WARNING,
        register=register,
        record_id=id,
        row_register=register,
        row_id=id,
        fields=(),
        message="",
        reason=reason,
    )
    return CheckedRecord(register, id, "", (problem,))


def test_overdue_records_are_counted_by_what_is_to_be_done() -> None:
    checked = Checked(
        (
            broken("intake", "1", "V23a"),
            broken("intake", "2", "V23b", reason="Đường ngập"),
            broken("case_record", "3", "V25"),
            broken("case_record", "4", "V25"),
            broken("client", "5", "V03"),
            broken("client", "6", "V20b"),
        )
    )
    found = reminders(checked)
    assert [(one.register, one.ids) for one in found] == [
        ("intake", ("1",)),
        ("case_record", ("3", "4")),
    ]
    assert found[0].urgent
    assert "2" in found[1].text
    people = unplaced(checked)
    assert people is not None
    assert people.ids == ("6",)
    assert reminders(Checked(())) == []
    assert unplaced(Checked(())) is None


def test_plans_of_open_cases_without_an_approval(workspace: Workspace, worker: str) -> None:
    assert unapproved_plans(workspace) is None
    client = saved(workspace, "client", HOA)
    case = {
        "client": client,
        "opened": "01/06/2026",
        "criteria": "KHAN_CAP",
        "manager": worker,
        "case_type": "KHAC",
        "status": "MO",
    }
    record = saved(workspace, "case_record", case, reason="đúng như vậy")
    plan = {"case_record": record, "version": "1", "date": "02/06/2026", "goals": "Ổn định"}
    id = saved(workspace, "plan", plan, reason="đúng như vậy")
    found = unapproved_plans(workspace)
    assert found is not None
    assert (found.register, found.ids) == ("plan", (id,))
    draft = workspace.open_draft("plan", id)
    draft.set_text("approved_by", "Nguyễn Văn Ất")
    draft.check()
    draft.set_text("approved_on", "03/06/2026")
    for problem in draft.check():
        draft.give_reason(problem, "đúng như vậy")
    workspace.save(draft)
    assert unapproved_plans(workspace) is None


def indicator(**figures: Cell) -> Row:
    words = {
        "A": Cell(value="1", style=Style.TEXT),
        "B": Cell(value="Đơn vị có bố trí nhân sự", style=Style.TEXT),
    }
    return Row(code="G2-1", cells=words | {key[1:]: cell for key, cell in figures.items()})


def test_a_share_stands_on_a_bar_of_a_hundred() -> None:
    found = _progress(
        indicator(
            c1=Cell(value=90),
            c3=Cell(value=19, countable=True),
            c4=Cell(value=23),
            c5=Cell(value=82.6),
        )
    )
    assert found.share == pytest.approx(0.826)
    assert found.target == pytest.approx(0.9)
    assert found.value == "19/23 · 82,6 %"
    assert found.target_text.endswith("90 %")
    assert found.counted


def test_a_growth_stands_on_a_bar_that_ends_at_its_target() -> None:
    found = _progress(indicator(c1=Cell(value=30), c3=Cell(), c4=Cell(), c5=Cell(value=12.4)))
    assert found.share == pytest.approx(12.4 / 30)
    assert found.target == 1.0
    assert found.value == "+12,4 %"
    assert "+30 %" in found.target_text
    assert not found.counted
    less = _progress(indicator(c1=Cell(value=30), c3=Cell(), c4=Cell(), c5=Cell(value=-4.0)))
    assert (less.share, less.value) == (0.0, "-4,0 %")


def test_what_is_not_known_has_no_bar() -> None:
    found = _progress(
        indicator(
            c1=Cell(mark=Mark.UNKNOWN),
            c3=Cell(value=0, countable=True),
            c4=Cell(value=0),
            c5=Cell(mark=Mark.UNDEFINED),
        )
    )
    assert (found.share, found.target, found.target_text) == (None, None, "")
    assert found.value == "không tính được"


def test_the_decision_s_own_targets_in_their_order(workspace: Workspace) -> None:
    reporting = workspace.reporting
    report = reporting.report(reporting.period("2026H1"))
    assert [one.code for one in targets(report)] == ["G2-1", "G2-2", "G2-3", "G2-4", "G2-5"]
    earlier = reporting.report(reporting.period("2025H2"))
    assert [one.code for one in targets(earlier)] == ["G1-1", "G1-2", "G1-3", "G1-4", "G1-5"]
