"""The list of a register under Qt's own model tester, while its records come, change and go."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop.model.row_table import RESTRICTED, RowTable
from desktop.service.row_list import Filter, Operator
from desktop.service.workspace import Workspace
from tests.offices import saved

Fatal = QAbstractItemModelTester.FailureReportingMode.Fatal


def household(workspace: Workspace, head: str) -> str:
    return saved(workspace, "household", {"head_name": head, "members": "3"}, "đúng như vậy")


def column(table: RowTable, key: str) -> int:
    return [one.key for one in table.rows.columns].index(key)


def shown(table: RowTable, key: str) -> list[str]:
    place = column(table, key)
    return [table.index(row, place).data() for row in range(table.rowCount())]


def test_records_come_change_and_go(workspace: Workspace, qtbot: QtBot) -> None:
    table = RowTable(workspace.rows("household"))
    tester = QAbstractItemModelTester(table, Fatal)
    assert table.rowCount() == 0
    first = household(workspace, "Nguyễn Văn Đạt")
    second = household(workspace, "Trần Thị Hoà")
    assert sorted(shown(table, "head_name")) == ["Nguyễn Văn Đạt", "Trần Thị Hoà"]
    draft = workspace.open_draft("household", first)
    draft.set_text("head_name", "Nguyễn Văn Đạt Em")
    workspace.save(draft)
    assert "Nguyễn Văn Đạt Em" in shown(table, "head_name")
    workspace.saving.delete("household", [second])
    assert shown(table, "head_name") == ["Nguyễn Văn Đạt Em"]
    workspace.saving.undo()
    assert table.rowCount() == 2
    assert tester.model() is table


def test_found_filtered_and_sorted(workspace: Workspace, qtbot: QtBot) -> None:
    for name in ("Lê Văn Ánh", "Phạm Thị An", "Đỗ Văn Bình", "Dương Thị Bình"):
        household(workspace, name)
    table = RowTable(workspace.rows("household"))
    tester = QAbstractItemModelTester(table, Fatal)
    place = column(table, "head_name")
    table.sort(place)
    up = shown(table, "head_name")
    table.sort(place, Qt.SortOrder.DescendingOrder)
    assert shown(table, "head_name") == up[::-1]
    assert up.index("Dương Thị Bình") < up.index("Đỗ Văn Bình")
    table.rows.find("binh")
    assert sorted(shown(table, "head_name")) == ["Dương Thị Bình", "Đỗ Văn Bình"]
    table.rows.filter([Filter("head_name", Operator.CONTAINS, ("do",))])
    assert shown(table, "head_name") == ["Đỗ Văn Bình"]
    table.rows.filter([])
    table.rows.find("")
    table.sort(-1)
    assert table.rowCount() == 4
    assert tester.model() is table


def test_heads_and_sides_follow_the_definition(workspace: Workspace, qtbot: QtBot) -> None:
    household(workspace, "Lê Văn Ánh")
    table = RowTable(workspace.rows("household"))
    heads = [table.headerData(n, Qt.Orientation.Horizontal) for n in range(table.columnCount())]
    assert heads == [one.title for one in table.rows.columns]
    members = table.index(0, column(table, "members"))
    side = members.data(Qt.ItemDataRole.TextAlignmentRole)
    assert side & Qt.AlignmentFlag.AlignRight
    assert table.id_at(0)
    assert table.id_at(1) == ""


def test_a_restricted_record_says_so_in_its_group_only(workspace: Workspace, qtbot: QtBot) -> None:
    person = {"sex": "NAM", "birth": "1980", "no_id_reason": "KHONG_RO", "marital": "GOA"}
    list_of_reasons = workspace.forms.lists["LYDO_SO"].values
    person["no_id_reason"] = list_of_reasons[0].code
    viewer = saved(
        workspace,
        "worker",
        {"full_name": "Lê Thị Mai", "sex": "NU", "birth": "1990", "education": "DH",
         "study_field": "CTXH"},
        "đúng như vậy",
    )  # fmt: skip
    for name, category in (("Lê Văn Kín", "09"), ("Lê Văn Mở", "07")):
        texts = {
            **person, "full_name": name, "keeper": viewer,
            "client_category": [{"category": category}],
        }  # fmt: skip
        saved(workspace, "client", texts, "đúng như vậy")
    table = RowTable(workspace.rows("client"))
    marked = {
        table.index(row, column(table, "full_name")).data(): [
            table.index(row, place).data(RESTRICTED) for place in range(table.columnCount())
        ].count(True)
        for row in range(table.rowCount())
    }
    assert marked == {"Lê Văn Kín": 1, "Lê Văn Mở": 0}
