"""Problems are listed worst first, and found by words, register, state and rule."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop.base.paths import bundled_root
from desktop.model.child_table import PROBLEM
from desktop.model.problem_table import ProblemTable, State
from desktop.schema.definition import Level
from desktop.schema.loader import load_forms
from desktop.service.checking import Checked, CheckedRecord
from desktop.service.problems import MISSING, RecordProblem

Fatal = QAbstractItemModelTester.FailureReportingMode.Fatal


def problem(number: str, register: str, id: str, message: str, **more: str) -> RecordProblem:
    return RecordProblem(
        number=number,
        level=Level(more.get("level", "warning")),
        register=register,
        record_id=id,
        row_register=register,
        row_id=id,
        fields=("note",),
        message=message,
        reason=more.get("reason", ""),
    )


V03 = problem("V03", "client", "1", "Chữ số thứ 4 không khớp", reason="Thẻ ghi vậy")
V14 = problem("V14", "client", "1", "Thiếu mức độ khuyết tật")
V44 = problem("V44", "service_event", "9", "Chưa ghi nguồn kinh phí", level="error")
BB = problem(MISSING, "service_event", "9", "Chưa ghi: ngày", level="error")
CHECKED = Checked(
    (
        CheckedRecord("client", "1", "Nguyễn Thị Hoà", (V03, V14)),
        CheckedRecord("service_event", "9", "Tư vấn", (V44, BB)),
    )
)


def made() -> ProblemTable:
    table = ProblemTable(load_forms(bundled_root() / "forms").registers)
    table.show(CHECKED)
    return table


def numbers(table: ProblemTable) -> list[str]:
    rows = (table.row(place) for place in range(table.rowCount()))
    return [row.problem.number for row in rows if row is not None]


def test_errors_first_what_has_a_reason_last(qtbot: QtBot) -> None:
    table = made()
    tester = QAbstractItemModelTester(table, Fatal)
    assert numbers(table) == ["V44", MISSING, "V14", "V03"]
    assert [table.index(row, 0).data(PROBLEM) for row in range(4)] == [
        "error",
        "error",
        "warning",
        "",
    ]
    assert table.index(1, 1).data() == "", "a number nobody knows is not shown"
    assert table.index(2, 2).data() == "Đối tượng"
    assert table.index(2, 3).data() == "Nguyễn Thị Hoà"
    assert table.index(2, 4).data(Qt.ItemDataRole.ToolTipRole) == V14.message
    assert tester.model() is table


def test_filters_hold_over_another_answer(qtbot: QtBot) -> None:
    table = made()
    table.filter(text="hoa")
    assert numbers(table) == ["V14", "V03"]
    table.filter(state=State.WARNING)
    assert numbers(table) == ["V14"]
    table.filter(register="service_event", rule="V44")
    assert numbers(table) == ["V44"]
    table.show(Checked(CHECKED.records[:1]))
    assert numbers(table) == []
    assert table.total == 2
    table.filter()
    assert numbers(table) == ["V14", "V03"]


def test_the_same_problem_is_found_again(qtbot: QtBot) -> None:
    table = made()
    assert table.find(V14) == 2
    table.filter(state=State.ERROR)
    assert table.find(V14) == -1
    assert table.row(99) is None


def test_what_there_is_to_filter_by(qtbot: QtBot) -> None:
    table = made()
    assert list(table.rules()) == sorted([MISSING, "V03", "V14", "V44"])
    assert table.registers() == {"client": "Đối tượng", "service_event": "Dịch vụ"}
