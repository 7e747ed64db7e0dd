"""Lists people can work with, by keys and clicks in the real window."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.service import list_beside
from desktop.service.rights import Rights, Role
from desktop.service.row_list import Operator, Order
from desktop.service.workspace import Workspace
from desktop.store import access_log
from desktop.widget import record_removal
from desktop.widget.list_preview import ListPreview
from desktop.widget.main_window import MainWindow
from desktop.widget.page_stack import REGISTER
from desktop.widget.register_page import RegisterPage
from tests.offices import saved
from tests.widget.conftest import WindowMaker
from tests.widget.keyboard import CTRL, SHIFT, enter, focus, key, keys, words
from tests.widget.pdf_text import pdf_pages
from tests.widget.scripted_ask import ScriptedAsk

Key = Qt.Key
THINGS = {
    "Bàn đá": {"kind": "1", "price": "1000", "year": "1990", "bought": "05/01/2020"},
    "Đèn dầu": {"kind": "2", "price": "500", "year": "1990", "serial": "001234"},
    "Dao phay": {"kind": "1", "price": "500", "year": "2001", "count": "4"},
    "Ấm đất": {"kind": "2", "count": "6"},
}


@pytest.fixture
def ids(small: Workspace) -> dict[str, str]:
    return {name: saved(small, "thing", {"name": name, **one}) for name, one in THINGS.items()}


@pytest.fixture
def window(windows: WindowMaker, small: Workspace, ids: dict[str, str]) -> MainWindow:
    made = windows.open(small)
    made.open_page(REGISTER + "thing")
    return made


@pytest.fixture
def page(window: MainWindow) -> RegisterPage:
    return window.pages.register_page("thing")


def shown(page: RegisterPage) -> list[str]:
    rows = page.list.rows
    place = [one.key for one in rows.columns].index("name")
    return [line[place] for line in rows.texts(0, rows.count)]


def columns(page: RegisterPage) -> list[str]:
    return [one.key for one in page.list.rows.columns]


def click_head(page: RegisterPage, name: str, held: Qt.KeyboardModifier = Qt.NoModifier) -> None:  # type: ignore[attr-defined]
    head = page.list.choice.table.horizontalHeader()
    left = head.sectionViewportPosition(columns(page).index(name)) + 20
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, held, QPoint(left, 10))


def test_columns_are_chosen_moved_sized_and_sorted_by_keys(
    page: RegisterPage, window: MainWindow
) -> None:
    first = columns(page)
    key(Key.Key_C, CTRL | SHIFT)
    keys("so luong")
    enter()
    assert columns(page) == [*first, "count"]
    key(Key.Key_Escape)
    keys("nam mua")
    enter()
    assert columns(page) == [*first, "count", "year"]
    key(Key.Key_Down)
    key(Key.Key_Space)
    assert columns(page) == [*first, "count"]
    key(Key.Key_Space)
    key(Key.Key_Up)
    key(Key.Key_Escape)
    key(Key.Key_Down)
    for _ in range(len(columns(page)) - 2):
        key(Key.Key_Down)
    key(Key.Key_Up, CTRL)
    key(Key.Key_Up, CTRL)
    assert columns(page).index("year") == len(first) - 1
    width = page.list.choice.table.columnWidth(columns(page).index("year"))
    key(Key.Key_Right, CTRL)
    assert page.list.choice.table.columnWidth(columns(page).index("year")) == width + 16
    keys("s")
    assert page.list.rows.orders == (Order("year"),)
    keys("s")
    assert page.list.rows.orders == (Order("year", descending=True),)
    key(Key.Key_Home)
    key(Key.Key_S, SHIFT)
    assert [one.column for one in page.list.rows.orders] == ["year", columns(page)[0]]
    key(Key.Key_Escape)
    assert not page.list.shows_columns()
    assert focus() is page.list.choice.table


def test_what_was_chosen_is_there_in_the_next_window(
    page: RegisterPage, window: MainWindow, windows: WindowMaker, small: Workspace
) -> None:
    first = columns(page)
    page.list.rows.choose_columns([*first, "price", "year"])
    page.list.rows.sort((Order("price", descending=True), Order("name")))
    page.list.choice.table.setColumnWidth(0, 333)
    window.commands.trigger("totals")
    settings = window.context.settings
    settings.save()
    page.list.rows.choose_columns(None)
    window.close()
    again = windows.open(small)
    again.open_page(REGISTER + "thing")
    # The first window's list forgot its columns only after they had been saved.
    other = again.pages.register_page("thing")
    assert other.list.rows.orders == (Order("price", descending=True), Order("name"))
    assert other.list.layout_of_list.shows_totals()
    panel = other.list.layout_of_list.panel()
    panel.reset_asked.emit()
    assert columns(other) == first
    assert other.list.rows.orders == ()
    assert not other.list.layout_of_list.shows_totals()


def test_a_dragged_column_keeps_its_width_and_a_double_click_lets_it_fit(
    page: RegisterPage,
) -> None:
    table, memory = page.list.choice.table, page.list.layout_of_list._memory
    fitted = table.columnWidth(1)
    table.setColumnWidth(1, fitted + 60)
    assert memory.widths() == {columns(page)[1]: fitted + 60}
    page.list.rows.find("a")
    assert table.columnWidth(1) == fitted + 60
    table.horizontalHeader().sectionHandleDoubleClicked.emit(1)
    assert memory.widths() == {}
    assert table.columnWidth(1) == fitted


def test_a_dragged_heading_moves_the_column(page: RegisterPage, qtbot: QtBot) -> None:
    first = columns(page)
    page.list.choice.table.horizontalHeader().moveSection(0, 2)
    wanted = [*first[1:3], first[0], *first[3:]]
    qtbot.waitUntil(lambda: columns(page) == wanted)
    head = page.list.choice.table.horizontalHeader()
    assert [head.logicalIndex(n) for n in range(head.count())] == list(range(len(first)))


def test_clicks_on_headings_sort_by_several(page: RegisterPage) -> None:
    page.list.rows.choose_columns(["name", "year", "price"])
    click_head(page, "year")
    click_head(page, "price", SHIFT)
    assert page.list.rows.orders == (Order("year"), Order("price"))
    assert shown(page) == ["Đèn dầu", "Bàn đá", "Dao phay", "Ấm đất"]
    model = page.list.choice.model
    assert [model.sorted_by(n) for n in range(3)] == [None, (1, False), (2, False)]
    click_head(page, "price", SHIFT)
    assert shown(page) == ["Bàn đá", "Đèn dầu", "Dao phay", "Ấm đất"]
    click_head(page, "price", SHIFT)
    assert page.list.rows.orders == (Order("year"),)
    click_head(page, "name")
    assert page.list.rows.orders == (Order("name"),)


def test_between_and_empty_and_kept_by_keys(page: RegisterPage, window: MainWindow) -> None:
    key(Key.Key_F, CTRL | SHIFT)
    keys("nam mua")
    enter()
    keys("khoang")
    enter()
    keys("2005")
    enter()
    keys("1995")
    enter()
    assert shown(page) == ["Dao phay"]
    assert page.list.filter_bar.chips.words() == ["Năm mua từ 1995 đến 2005"]
    page.list.filter_bar.keep_button.setFocus()
    enter()
    words("đồ mới")
    enter()
    assert window.said() == "Đã lưu bộ lọc: đồ mới"
    chips = page.list.filter_bar.chips
    chips._chips[0].setFocus()
    enter()
    assert len(shown(page)) == 4
    page.list.filter_bar.kept.take_focus()
    keys("do moi")
    enter()
    assert shown(page) == ["Dao phay"]
    page.list.filter_bar.forget_button.setFocus()
    enter()
    assert page.list.filter_bar.kept.isHidden()
    assert shown(page) == ["Dao phay"]
    keys("gia")
    enter()
    keys("de trong")
    enter()
    assert shown(page) == []
    assert page.list.filter_button.accessibleName() == "Lọc · 2"


def test_one_of_several_codes(page: RegisterPage) -> None:
    page.list.show_filters(True)
    bar = page.list.filter_bar
    bar.set_question("kind", Operator.IS)
    bar.question._way.set_value_text("one_of")
    bar.question._show_values()
    bar.question._values[0].set_value_text("1, 2")
    bar.add()
    assert bar.filters()[0].values == ("1", "2")
    assert len(shown(page)) == 4
    assert bar.words()[0].startswith("Loại là ")


def test_totals_follow_what_is_shown(page: RegisterPage, window: MainWindow, qtbot: QtBot) -> None:
    page.list.rows.choose_columns(["name", "price", "count", "year", "bought"])
    line = page.list.totals
    with qtbot.waitSignal(line.worked_out):
        key(Key.Key_T, CTRL | SHIFT)
    assert line.texts() == ["", "2.000", "10", "", ""]
    line.setFocus()
    key(Key.Key_Right)
    assert line.texts() == ["", "667", "5,0", "", ""]
    key(Key.Key_Right)
    assert line.texts() == ["", "500", "4", "1990", "05/01/2020"]
    key(Key.Key_Right)
    assert line.texts()[1:4] == ["1.000", "6", "2001"]
    key(Key.Key_Right)
    assert line.texts() == ["4", "3", "2", "3", "1"]
    key(Key.Key_Right)
    assert line.texts()[:4] == ["4", "2", "2", "2"]
    with qtbot.waitSignal(line.worked_out):
        page.list.rows.find("dao")
    assert line.texts()[:3] == ["1", "1", "1"]
    assert "Tên: 1" in line.accessibleDescription()
    key(Key.Key_T, CTRL | SHIFT)
    assert line.isHidden()


def test_chosen_rows_go_to_the_clipboard(
    page: RegisterPage, window: MainWindow, qtbot: QtBot
) -> None:
    page.list.rows.choose_columns(["name", "serial", "price"])
    page.list.choice.take_focus()
    key(Key.Key_Down)
    key(Key.Key_Down, SHIFT)
    key(Key.Key_Down, SHIFT)
    assert page.list.count.text() == "Đã chọn 3 trong 4 đồ vật"
    with qtbot.waitSignal(page.list.output.copied):
        key(Key.Key_C, CTRL)
    copied = QGuiApplication.clipboard().mimeData()
    assert copied.text().split("\r\n") == [
        "Tên\tSố máy\tGiá", "Bàn đá\t\t1.000", "Dao phay\t\t500", "Đèn dầu\t001234\t500",
    ]  # fmt: skip
    assert "<td>001234</td>" in copied.html()
    assert 'x:num="1000"' in copied.html()
    assert window.said() == "Đã chép 3 dòng"
    key(Key.Key_A, CTRL)
    with qtbot.waitSignal(page.list.output.copied) as told:
        key(Key.Key_C, CTRL)
    assert told.args == [4]


def test_copying_in_a_field_copies_the_field(page: RegisterPage, ids: dict[str, str]) -> None:
    page.open_record(ids["Dao phay"])
    key(Key.Key_A, CTRL)
    key(Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "Dao phay"


def test_several_are_deleted_as_one_change(
    page: RegisterPage, window: MainWindow, ask: ScriptedAsk, small: Workspace
) -> None:
    page.list.choice.take_focus()
    key(Key.Key_Down, SHIFT)
    ask.then("")
    key(Key.Key_Delete)
    assert len(shown(page)) == 4
    ask.then("go")
    key(Key.Key_Delete)
    assert ask.asked[-1] == ("Xóa 2 đồ vật?", "Ấm đất và 1 bản ghi nữa")
    assert shown(page) == ["Dao phay", "Đèn dầu"]
    assert small.saving.undoable().endswith("và 1 bản ghi nữa")
    key(Key.Key_Z, CTRL)
    assert len(shown(page)) == 4
    ask.then("go")
    page.list.choice.take_focus()
    key(Key.Key_A, CTRL)
    key(Key.Key_Delete)
    assert shown(page) == []
    window.commands.trigger("deleted")
    page.list.choice.take_focus()
    key(Key.Key_A, CTRL)
    window.commands.trigger("restore")
    assert shown(page) == []
    window.commands.trigger("deleted")
    assert len(shown(page)) == 4


def test_shift_and_a_click_choose_more_and_open_nothing(page: RegisterPage) -> None:
    table = page.list.choice.table
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, 10))
    assert page.form.state is not None
    before = page.form.draft
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, SHIFT, QPoint(40, 70))
    assert table.chosen() == [0, 1, 2]
    assert page.form.draft is before


def test_ranges_that_overlap_count_once(page: RegisterPage) -> None:
    table = page.list.choice.table
    table.choose([0, 1, 3])
    assert (table.chosen(), table.chosen_count()) == ([0, 1, 3], 3)
    flags = QItemSelectionModel.SelectionFlag
    index = table.model().index(1, 0)
    table.selectionModel().select(index, flags.Select | flags.Rows)
    assert table.chosen() == [0, 1, 3]


def test_the_list_is_exported_as_it_stands(
    page: RegisterPage, window: MainWindow, ask: ScriptedAsk, tmp_path: Path, qtbot: QtBot
) -> None:
    page.list.rows.choose_columns(["name", "price"])
    page.list.rows.sort((Order("name", descending=True),))
    page.list.choice.take_focus()
    ask.then(None)
    key(Key.Key_E, CTRL | SHIFT)
    ask.then(tmp_path / "ds")
    with qtbot.waitSignal(page.list.output.exported, timeout=20_000) as told:
        key(Key.Key_E, CTRL | SHIFT)
    path = tmp_path / "ds.xlsx"
    assert told.args == [str(path)]
    assert window.said().startswith("Đã xuất 4 dòng vào ds.xlsx")
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    found = [[one.value for one in row[1:3]] for row in sheet.iter_rows()]
    assert found[-4:] == [["Đèn dầu", 500], ["Dao phay", 500], ["Bàn đá", 1000], ["Ấm đất", None]]
    assert window.context.settings.get("lists.folder") == str(tmp_path)


def test_the_list_is_looked_at_and_kept_as_a_pdf(
    page: RegisterPage, ask: ScriptedAsk, tmp_path: Path, qtbot: QtBot
) -> None:
    page.list.choice.take_focus()
    with qtbot.waitSignal(page.list.output.printing.previewed, timeout=20_000) as told:
        key(Key.Key_P, CTRL)
    (preview,) = told.args
    assert isinstance(preview, ListPreview)
    qtbot.waitUntil(preview.isVisible)
    assert preview.pages.count == 1
    QTest.keyClick(preview, Key.Key_PageDown)
    assert preview.page.number == 0
    ask.then(tmp_path / "ds.pdf")
    with qtbot.waitSignal(page.list.output.printing.printed, timeout=20_000):
        QTest.keyClick(preview, Key.Key_S, CTRL)
    (words_of_page,) = pdf_pages(tmp_path / "ds.pdf")
    assert "DANH SÁCH ĐỒ VẬT" in words_of_page
    assert "Dao phay" in words_of_page
    assert not preview.isVisible()


def test_a_long_list_is_shown_before_it_is_read(
    windows: WindowMaker,
    small: Workspace,
    ids: dict[str, str],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(list_beside, "SMALL", 2)
    window = windows.open(small)
    window.open_page(REGISTER + "thing")
    page = window.pages.register_page("thing")
    assert page.list.choice.currentWidget() is page.list.choice.table
    qtbot.waitUntil(lambda: page.list.count.text() == "4 đồ vật")
    page.list.rows.sort((Order("name", descending=True),))
    qtbot.waitUntil(lambda: shown(page)[0] == "Đèn dầu")
    page.list.rows.find("da")
    assert shown(page) == ["Đèn dầu", "Dao phay", "Bàn đá", "Ấm đất"]


def test_enter_opens_what_was_typed_not_what_stood_there_before(
    windows: WindowMaker,
    small: Workspace,
    ids: dict[str, str],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(list_beside, "SMALL", 2)
    window = windows.open(small)
    window.open_page(REGISTER + "thing")
    page = window.pages.register_page("thing")
    assert page.list.rows.is_waiting
    key(Key.Key_F, CTRL)
    keys("dao")
    enter()
    assert page.form.state is None
    qtbot.waitUntil(lambda: page.form.state is not None)
    assert page.form.head.words()[0] == "Dao phay"
    assert shown(page) == ["Dao phay"]


def test_too_many_are_not_deleted_at_once(
    page: RegisterPage, ask: ScriptedAsk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_removal, "MOST_AT_ONCE", 3)
    page.list.choice.take_focus()
    key(Key.Key_A, CTRL)
    key(Key.Key_Delete)
    assert "4 bản ghi" in ask.asked[-1][1]
    assert len(shown(page)) == 4


def test_a_filter_by_a_sensitive_field_is_logged(window: MainWindow, small: Workspace) -> None:
    window.open_page(REGISTER + "client")
    bar = window.pages.register_page("client").list.filter_bar
    bar.set_question("sex", Operator.FILLED)
    bar.add()
    bar.set_question("main_category", Operator.EMPTY)
    bar.add()
    small.access.flush()
    (seen,) = [one.seen for one in access_log.rows(small.reader) if one.seen.act == "list"]
    assert (seen.register, seen.what) == ("client", "Giới tính; Nhóm chính")


def test_who_may_not_let_lists_out_copies_nothing(
    windows: WindowMaker, small: Workspace, ids: dict[str, str]
) -> None:
    small.rights = Rights([Role.ENTRY], small.forms)
    window = windows.open(small)
    window.open_page(REGISTER + "thing")
    for name in ("copy_rows", "print_list", "export_list"):
        assert not window.commands.action(name).isEnabled()
    QGuiApplication.clipboard().setText("trước đó")
    window.pages.register_page("thing").list.choice.take_focus()
    key(Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "trước đó"
