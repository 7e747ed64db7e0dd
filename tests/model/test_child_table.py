"""Child rows of a draft under Qt's own model tester, while they are added, taken out, put back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop.model.child_table import PROBLEM, ChildTable
from desktop.model.title_table import TitleTable
from desktop.service.workspace import Workspace

Fatal = QAbstractItemModelTester.FailureReportingMode.Fatal


def test_rows_are_added_taken_out_and_put_back(workspace: Workspace, qtbot: QtBot) -> None:
    table = ChildTable(workspace.registers["client_category"], workspace)
    tester = QAbstractItemModelTester(table, Fatal)
    draft = workspace.new_draft("client")
    table.open(draft)
    assert table.rowCount() == 0
    first, second = table.add(), table.add()
    draft.set_text("category", "07", first)
    draft.set_text("category", "10", second)
    table.tell_changed(["error", ""])
    labels = [table.index(row, 0).data() for row in range(2)]
    assert labels == ["Người khuyết tật", "Người thuộc hộ nghèo"]
    assert table.index(0, 0).data(PROBLEM) == "error"
    assert table.index(0, 1).data(PROBLEM) == ""
    gone = table.remove(0)
    assert gone is first
    assert draft.children["client_category"] == [second]
    assert table.index(0, 0).data(PROBLEM) == ""
    table.put_back(gone, 0)
    assert draft.children["client_category"] == [first, second]
    table.open(None)
    assert table.rowCount() == 0
    assert tester.model() is table


def test_a_cell_shows_what_was_typed_where_it_is_no_value(
    workspace: Workspace, qtbot: QtBot
) -> None:
    table = ChildTable(workspace.registers["client_category"], workspace)
    draft = workspace.new_draft("client")
    table.open(draft)
    row = table.add()
    draft.set_text("date_from", "31/02/2025", row)
    place = [one.name for one in table.fields].index("date_from")
    assert table.index(0, place).data() == "31/02/2025"
    heads = [table.headerData(n, Qt.Orientation.Horizontal) for n in range(table.columnCount())]
    assert heads == [one.label for one in table.fields]


def test_no_row_without_a_draft(workspace: Workspace, qtbot: QtBot) -> None:
    table = ChildTable(workspace.registers["client_category"], workspace)
    with pytest.raises(RuntimeError):
        table.add()


def test_titles_are_replaced_as_a_whole(workspace: Workspace, qtbot: QtBot) -> None:
    table = TitleTable()
    tester = QAbstractItemModelTester(table, Fatal)
    table.replace(workspace.lookups.search("admin_unit", "ha nam", limit=5))
    assert table.rowCount() == 5
    assert "Hà Nam" in table.index(0, 0).data()
    table.replace(())
    assert table.rowCount() == 0
    assert tester.model() is table
