"""A sheet on screen as on paper: heads, figures, notes, and what a figure counts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QImage
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.widget import theme
from desktop.widget.sheet_view import LEAST_HEIGHT, PAD, POINTS, SheetView, two_lines_width
from tests.model.reports import B05, B13, EMPTY, PART, SECOND
from tests.widget.typing import press


@pytest.fixture
def view(qtbot: QtBot) -> SheetView:
    made = SheetView()
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.show_sheet(B05)
    return made


def words(view: SheetView) -> str:
    return " ".join(label.text() for label in view.findChildren(QLabel) if label.isVisible())


def test_parts_are_tabs_and_keep_their_place(view: SheetView) -> None:
    assert [view.tabs.tabText(n) for n in range(view.tabs.count())] == [PART.title, SECOND.title]
    view.show_part("II")
    assert view.model.part is SECOND
    view.table.setCurrentIndex(view.model.index(0, 1))
    view.show_sheet(B05)
    assert view.model.part is SECOND, "the same sheet again, counted anew"
    assert view.table.currentIndex().column() == 1
    view.show_sheet(EMPTY)
    assert not view.tabs.isVisible()
    assert view.model.rowCount() == 1


def test_no_figure_and_no_code_is_cut(view: SheetView) -> None:
    metrics = QFontMetrics(theme.font(600, POINTS))
    for row in range(view.model.rowCount()):
        for column in range(view.model.columnCount()):
            index = view.model.index(row, column)
            room = view.table.columnWidth(column) - 2 * PAD
            words_wrap = view.table.rowHeight(row) > LEAST_HEIGHT
            fits = metrics.horizontalAdvance(index.data() or "") <= room
            assert fits or words_wrap, index.data()


def test_words_in_place_of_a_figure_take_two_lines(qapp: QApplication) -> None:
    metrics = QFontMetrics(theme.font(600, POINTS))
    wide = metrics.horizontalAdvance
    assert two_lines_width(metrics, "1.500.000") == wide("1.500.000")
    assert wide("không") < two_lines_width(metrics, "không tính được") <= wide("không tính")
    assert two_lines_width(metrics, "") == 0


def test_heads_over_several_columns_are_one(view: SheetView) -> None:
    head = view.table.head
    spans = [head._span(place, 0) for place in (2, 3, 4)]
    assert len(set(spans)) == 1, "“Số người” stands once over its three columns"
    inner = [head._span(place, 1) for place in (3, 4)]
    assert len(set(inner)) == 1
    assert inner[0][1] == view.table.columnWidth(3) + view.table.columnWidth(4)
    picture = view.grab().toImage()
    assert picture.format() != QImage.Format.Format_Invalid


def test_the_first_figure_is_chosen_and_explained(view: SheetView, qtbot: QtBot) -> None:
    assert view.model.address(view.table.currentIndex()) == ("TONG", "1")
    foot = view._foot._note.text()
    assert foot == "Tổng số · Cuối kỳ – Người đang quản lý."
    view.table.setCurrentIndex(view.model.index(1, 3))
    assert not view._open.isEnabled()


def test_enter_asks_for_the_records_of_a_counted_figure(view: SheetView, qtbot: QtBot) -> None:
    asked: list[tuple[str, ...]] = []
    view.records_asked.connect(lambda *told: asked.append(told))
    view.table.setFocus()
    view.table.setCurrentIndex(view.model.index(1, 2))
    press(view.table, Qt.Key.Key_Return)
    view.table.setCurrentIndex(view.model.index(1, 4))
    press(view.table, Qt.Key.Key_Return)
    assert asked == [("I", "05", "1", "Người cao tuổi cô đơn · Cuối kỳ")]


def test_running_text_and_notes_are_read_as_they_stand(view: SheetView) -> None:
    assert "Một người có thể thuộc nhiều nhóm." in words(view)
    view.show_sheet(B13)
    QApplication.processEvents()
    assert "Kết quả nổi bật" in words(view)
    assert "Đã mở lớp tập huấn." in words(view)
    assert not view._foot.isVisible()


def test_the_words_of_a_row_stay_while_a_wide_sheet_scrolls(view: SheetView) -> None:
    kept = view.table.kept
    assert kept.isHidden(), "everything is in view"
    view.resize(430, 240)
    QApplication.processEvents()
    assert kept.isVisible()
    assert kept.count() == view.model.title_column + 1
    for _ in range(view.model.columnCount()):
        press(view.table, Qt.Key.Key_Right)
    assert view.table.horizontalScrollBar().value() > 0
    for _ in range(view.model.columnCount()):
        index = view.table.currentIndex()
        if index.column() >= kept.count():
            assert view.table.visualRect(index).left() >= kept.width(), "it lies under what is kept"
        press(view.table, Qt.Key.Key_Left)
    assert view.table.currentIndex().column() == 0
    assert kept.selectionModel() is view.table.selectionModel()
    view.table.verticalScrollBar().setValue(10)
    assert kept.verticalScrollBar().value() == view.table.verticalScrollBar().value()
    assert [kept.rowHeight(row) for row in range(view.model.rowCount())] == [
        view.table.rowHeight(row) for row in range(view.model.rowCount())
    ]
    view.resize(190, 240)
    QApplication.processEvents()
    assert kept.isHidden(), "where the words would take nearly all of it, all scrolls"
