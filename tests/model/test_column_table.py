"""The panel's table of columns, and lists read on a thread, under Qt's own model tester."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop.model.column_table import NAME, SORT, ColumnTable
from desktop.model.list_reader import ListReader
from desktop.model.row_table import SORTED, RowTable
from desktop.service import list_beside
from desktop.service.row_list import Order
from desktop.service.workspace import Workspace
from tests.model.test_row_table import household

Fatal = QAbstractItemModelTester.FailureReportingMode.Fatal


def test_columns_are_shown_moved_found_and_hidden(workspace: Workspace, qtbot: QtBot) -> None:
    rows = workspace.rows("household")
    table, shown = ColumnTable(rows), RowTable(rows)
    testers = [QAbstractItemModelTester(one, Fatal) for one in (table, shown)]
    first = [one.key for one in rows.columns]
    assert [table.key_at(n) for n in range(len(first))] == first
    table.find("ngay")
    hidden = [table.key_at(n) for n in range(table.rowCount())]
    assert hidden
    assert table.toggle(hidden[0])
    assert [one.key for one in rows.columns] == [*first, hidden[0]]
    assert shown.columnCount() == len(first) + 1
    assert table.move(hidden[0], -1)
    assert rows.columns[-2].key == hidden[0]
    assert not table.move(hidden[0], -99)
    assert not table.move("nothing", 1)
    table.find("")
    for key in [one.key for one in rows.columns][1:]:
        assert table.toggle(key)
    assert not table.toggle(rows.columns[0].key)
    assert shown.columnCount() == 1
    state = table.index(0, NAME).data(Qt.ItemDataRole.CheckStateRole)
    assert state == Qt.CheckState.Checked
    rows.choose_columns(None)
    rows.sort((Order(first[0], descending=True),))
    assert table.index(0, SORT).data() == "1 giảm"
    assert shown.headerData(0, Qt.Orientation.Horizontal, SORTED) == (1, True)
    assert all(testers)


def test_a_list_is_read_on_a_thread_and_ends_with_its_owner(
    workspace: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_beside, "SMALL", 1)
    for name in ("Lê Văn Ánh", "Phạm Thị An", "Đỗ Văn Bình"):
        household(workspace, name)
    window, owner = QObject(), QObject()
    reader, rows = ListReader(window), workspace.rows("household")
    reader.serve(rows, owner)
    table = RowTable(rows, owner)
    tester = QAbstractItemModelTester(table, Fatal)
    assert rows.is_waiting
    assert reader.is_busy()
    qtbot.waitUntil(lambda: not rows.is_waiting)
    assert table.rowCount() == 3
    table.turn(0, more=False)
    assert rows.is_waiting
    household(workspace, "Trần Thị Hoà")
    qtbot.waitUntil(lambda: not rows.is_waiting)
    assert table.rowCount() == 4
    assert tester.model() is table
    reader.close()
    reader.close()


def test_without_an_owner_a_list_is_read_at_once(
    workspace: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_beside, "SMALL", 1)
    for name in ("Lê Văn Ánh", "Phạm Thị An"):
        household(workspace, name)
    rows = workspace.rows("household")
    assert rows.count == 2
    assert not rows.is_waiting
