"""What the home page says, out of what the rules and the report found."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desktop.report.sheet import Cell, Mark, Row, Style
from desktop.schema.definition import Gate, Level
from desktop.service.checking import Checked, CheckedRecord, check_all
from desktop.service.due_work import Reminder, broken, due_work, unplaced
from desktop.service.overview import _progress, figures, overview, targets
from desktop.service.problems import RecordProblem
from desktop.service.sheet_states import registers_of, sheet_states
from desktop.service.workspace import Workspace
from tests.offices import saved
from tests.service.test_saving import HOA


def broken_by(register: str, id: str, number: str, reason: str = "") -> CheckedRecord:
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


def test_broken_rules_name_the_records_to_see_to() -> None:
    checked = Checked(
        (
            broken_by("intake", "1", "V23a"),
            broken_by("intake", "2", "V23b", reason="Đường ngập"),
            broken_by("case_record", "3", "V25"),
            broken_by("case_record", "4", "V25"),
            broken_by("client", "6", "V20b"),
        )
    )
    assert broken(checked, ("V25",)) == ("3", "4")
    assert broken(checked, ("V23b",)) == (), "a reason was given"
    people = unplaced(checked)
    assert people is not None
    assert (people.register, people.ids) == ("client", ("6",))
    assert unplaced(Checked(())) is None


@pytest.fixture
def case(workspace: Workspace, worker: str) -> dict[str, str]:
    """Texts of an open case of a client."""
    return {
        "client": saved(workspace, "client", HOA),
        "opened": "05/01/2026",
        "criteria": "KHAN_CAP",
        "manager": worker,
        "case_type": "KHAC",
        "status": "MO",
    }


def told(found: list[Reminder], register: str, *, soon: bool = False) -> Reminder:
    return next(one for one in found if (one.register, one.soon) == (register, soon))


def test_a_quiet_case_is_overdue_since_the_limit_of_the_office(
    workspace: Workspace, case: dict[str, str]
) -> None:
    late = saved(workspace, "case_record", case, reason="đúng như vậy")
    other = saved(
        workspace, "client", HOA | {"full_name": "Lê Thị Mơ", "personal_no": "035148000200"}
    )
    near = case | {"client": other, "opened": "30/03/2026"}
    soon = saved(workspace, "case_record", near, reason="đúng như vậy")
    assert due_work(workspace, None) == [told(due_work(workspace, None), "case_record", soon=True)]
    found = due_work(workspace, check_all(workspace, Gate.CLOSE))
    overdue = told(found, "case_record")
    due = date(2026, 1, 5) + timedelta(days=90)
    assert (overdue.ids, overdue.days) == ((late,), (workspace.today - due).days)
    coming = told(found, "case_record", soon=True)
    due = date(2026, 3, 30) + timedelta(days=90)
    assert (coming.ids, coming.days) == ((soon,), (due - workspace.today).days)


def test_plans_wait_for_an_approval_since_their_day(
    workspace: Workspace, case: dict[str, str]
) -> None:
    record = saved(workspace, "case_record", case, reason="đúng như vậy")
    plan = {"case_record": record, "version": "1", "date": "02/06/2026", "goals": "Ổn định"}
    id = saved(workspace, "plan", plan, reason="đúng như vậy")
    found = told(due_work(workspace, None), "plan")
    assert (found.ids, found.days) == ((id,), 18)
    draft = workspace.open_draft("plan", id)
    draft.set_text("approved_by", "Nguyễn Văn Ất")
    draft.check()
    draft.set_text("approved_on", "03/06/2026")
    for problem in draft.check():
        draft.give_reason(problem, "đúng như vậy")
    workspace.save(draft)
    assert not [one for one in due_work(workspace, None) if one.register == "plan"]


def test_the_next_review_is_late_or_coming_until_there_is_one(
    workspace: Workspace, case: dict[str, str]
) -> None:
    record = saved(workspace, "case_record", case, reason="đúng như vậy")
    review = {
        "case_record": record,
        "date": "01/05/2026",
        "kind": workspace.forms.lists["LOAI_RS"].values[0].code,
        "findings": "Ổn định",
        "next_date": "10/06/2026",
    }
    id = saved(workspace, "review", review, reason="đúng như vậy")
    late = told(due_work(workspace, None), "review")
    assert (late.ids, late.days) == ((id,), 10)
    later = saved(
        workspace,
        "review",
        review | {"date": "12/06/2026", "next_date": "25/06/2026"},
        reason="đúng như vậy",
    )
    found = [one for one in due_work(workspace, None) if one.register == "review"]
    assert [(one.ids, one.days, one.soon) for one in found] == [((later,), 5, True)]


def test_children_who_turn_sixteen_soon_are_told_before(workspace: Workspace) -> None:
    child = HOA | {
        "full_name": "Trần Thị Bé",
        "birth": "28/06/2010",
        "personal_no": "035310000123",
        "guardian_name": "Trần Văn Cha",
        "guardian_relation": "Cha",
        "education": workspace.forms.lists["HOCVAN"].values[0].code,
        "client_category": [
            {"category": "01", "sub": "01-1", "is_main": "1", "date_from": "01/01/2020"}
        ],
    }
    id = saved(workspace, "client", child, reason="đúng như vậy")
    found = told(due_work(workspace, None), "client", soon=True)
    assert (found.ids, found.days) == ((id,), 8)


def test_a_sheet_is_as_full_as_its_lines(workspace: Workspace) -> None:
    saved(workspace, "client", HOA)
    reporting = workspace.reporting
    report = reporting.report(reporting.period("2026H1"))
    checked = check_all(workspace, Gate.CLOSE)
    states = {one.code: one for one in sheet_states(report, reporting.reports, checked)}
    assert list(states) == [f"B{n:02}" for n in range(1, 14)]
    for sheet in report.sheets[1:]:
        rows = [
            row for part in sheet.parts for row in part.rows if row.kind not in ("group", "total")
        ]
        full = 0
        for row in rows:
            numbers = [c.value for c in row.cells.values() if not isinstance(c.value, str)]
            full += any(number not in (None, 0, 0.0) for number in numbers)
        full += len([text for text in sheet.texts if text.text])
        assert (states[sheet.code].filled, states[sheet.code].expected) == (
            full,
            len(rows) + len(sheet.texts),
        ), sheet.code
    assert "client" in registers_of(reporting.reports, "B05")
    of_client = sum(checked.by_register.get("client", (0, 0)))
    assert states["B05"].problems >= of_client


def test_the_trend_has_what_was_typed_in_and_nothing_else(workspace: Workspace) -> None:
    reporting = workspace.reporting
    period = reporting.period("2026H2")
    assert overview(workspace, period, None).trends == {}
    before = reporting.period("2026H1")
    key = ("B01", "I", "G2-1", "5")
    reporting.type_figure(before, key, 62.5, "Báo cáo 12/BC-UBND")
    found = overview(workspace, period, None).trends
    assert set(found) == {"G2-1"}
    assert [(one.period, one.value) for one in found["G2-1"] if one.value is not None] == [
        (before.title, 62.5)
    ]
    report = reporting.report(period)
    column = {
        row.code: row.cells["5"].value
        for sheet in report.sheets
        if sheet.code == "B01"
        for row in sheet.parts[0].rows
        if "5" in row.cells and isinstance(row.cells["5"].value, int | float)
    }
    assert figures(report) == column


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
