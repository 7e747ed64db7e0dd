"""Figures of a sheet as they stand on paper."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop.model.sheet_table import COUNTED, KIND, SheetTable
from tests.model.reports import PART, SECOND

Fatal = QAbstractItemModelTester.FailureReportingMode.Fatal


def test_a_part_and_then_another(qtbot: QtBot) -> None:
    table = SheetTable()
    tester = QAbstractItemModelTester(table, Fatal)
    assert (table.rowCount(), table.columnCount()) == (0, 0)
    table.show(PART)
    assert (table.rowCount(), table.columnCount()) == (3, 8)
    table.show(SECOND)
    assert (table.rowCount(), table.columnCount()) == (1, 3)
    table.show(None)
    assert table.rowCount() == 0
    assert tester.model() is table


def test_figures_are_written_as_on_a_statistical_form(qtbot: QtBot) -> None:
    table = SheetTable()
    table.show(PART)
    total = [table.index(0, place).data() for place in range(8)]
    assert total == ["", "Tổng số", "1.234", "-", None, None, None, None]
    below = [table.index(1, place).data() for place in range(2, 8)]
    assert below == ["7", "<5", "…", "57,1", "14/06/2026", "1.500.000"]
    table.show(SECOND)
    assert table.index(0, 2).data() == "2,00"


def test_words_stand_left_and_figures_right(qtbot: QtBot) -> None:
    table = SheetTable()
    table.show(PART)
    roles = [
        table.index(1, place).data(Qt.ItemDataRole.TextAlignmentRole) for place in (1, 2, 5, 6)
    ]
    left, right, middle = (
        Qt.AlignmentFlag.AlignLeft,
        Qt.AlignmentFlag.AlignRight,
        Qt.AlignmentFlag.AlignHCenter,
    )
    for found, side in zip(roles, (left, right, right, middle), strict=True):
        assert found & side


def test_a_figure_says_its_address_and_whether_its_records_can_be_listed(qtbot: QtBot) -> None:
    table = SheetTable()
    table.show(PART)
    assert table.address(table.index(1, 2)) == ("05", "1")
    assert table.index(1, 2).data(COUNTED) is True
    assert not table.index(1, 3).data(COUNTED)
    assert [table.index(row, 0).data(KIND) for row in range(3)] == ["total", "sub", "group"]
    assert table.row_words(1) == "Người cao tuổi cô đơn"
    assert table.columns[table.title_column].code == "B"
    assert table.headerData(2, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert "Cuối kỳ" in table.index(1, 2).data(Qt.ItemDataRole.AccessibleTextRole)
