"""The list of a register: found without accents, sorted, filtered, deleted and brought back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.service.row_list import Operator
from desktop.service.workspace import Workspace
from desktop.widget.column_widths import Keep, fitted
from desktop.widget.main_window import MainWindow
from desktop.widget.page_stack import REGISTER
from desktop.widget.record_list import RecordList, search_words
from desktop.widget.register_page import RegisterPage
from tests.offices import saved
from tests.widget.conftest import WindowMaker
from tests.widget.keyboard import CTRL, SHIFT, enter, focus, here, key, keys, words
from tests.widget.scripted_ask import ScriptedAsk

NAMES = ("Bàn đá", "Đèn dầu", "Dao phay", "Ấm đất")


@pytest.fixture
def ids(small: Workspace) -> dict[str, str]:
    return {
        name: saved(small, "thing", {"name": name, "kind": str(1 + place % 2), "price": "1000"})
        for place, name in enumerate(NAMES)
    }


@pytest.fixture
def page(windows: WindowMaker, small: Workspace, ids: dict[str, str]) -> RegisterPage:
    window = windows.open(small)
    window.open_page(REGISTER + "thing")
    return window.pages.register_page("thing")


def window_of(page: RegisterPage) -> MainWindow:
    window = page.window()
    assert isinstance(window, MainWindow)
    return window


def shown(records: RecordList) -> list[str]:
    place = [one.key for one in records.rows.columns].index("name")
    return [records.choice.model.text(row, place) for row in range(records.choice.model.rowCount())]


def test_the_order_is_vietnamese(page: RegisterPage) -> None:
    assert shown(page.list) == ["Ấm đất", "Bàn đá", "Dao phay", "Đèn dầu"]
    assert page.list.count.text() == "4 đồ vật"


def test_a_click_on_a_heading_sorts_again_and_a_third_takes_it_back(page: RegisterPage) -> None:
    head = page.list.choice.table.horizontalHeader()
    place = [one.key for one in page.list.rows.columns].index("name")
    left = head.sectionViewportPosition(place) + 20

    def click() -> None:
        QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=_point(left))

    click()
    assert shown(page.list) == ["Ấm đất", "Bàn đá", "Dao phay", "Đèn dầu"]
    click()
    assert shown(page.list) == ["Đèn dầu", "Dao phay", "Bàn đá", "Ấm đất"]
    click()
    assert page.list.rows.orders == ()


def _point(x: int) -> object:
    from PySide6.QtCore import QPoint

    return QPoint(x, 10)


def test_found_as_typed_then_opened_by_keys(page: RegisterPage, qtbot: QtBot) -> None:
    key(Qt.Key.Key_F, CTRL)
    keys("d")
    assert shown(page.list) == ["Ấm đất", "Bàn đá", "Dao phay", "Đèn dầu"]
    keys("a")
    assert shown(page.list) == ["Ấm đất", "Bàn đá", "Dao phay", "Đèn dầu"]
    keys("o")
    assert shown(page.list) == ["Dao phay"]
    assert page.list.count.text() == "1 trong 4 đồ vật"
    enter()
    assert page.form.head.words()[0] == "Dao phay"
    assert here(page.form) == "name"


def test_arrows_choose_and_show_without_taking_the_keyboard(
    page: RegisterPage, qtbot: QtBot
) -> None:
    key(Qt.Key.Key_F, CTRL)
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page.form.state is not None)
    assert page.form.head.words()[0] == "Bàn đá"
    assert page.list.search.has_focus()
    key(Qt.Key.Key_F6)
    assert here(page.form) == "name"
    key(Qt.Key.Key_F6)
    assert focus() is page.list.choice.table


def test_nothing_found_says_so_and_escape_shows_all(page: RegisterPage) -> None:
    key(Qt.Key.Key_F, CTRL)
    words("xyz")
    assert shown(page.list) == []
    assert page.list.count.text() == "0 trong 4 đồ vật"
    key(Qt.Key.Key_Escape)
    assert len(shown(page.list)) == 4


def test_the_chosen_record_stays_chosen(
    page: RegisterPage, small: Workspace, ids: dict[str, str]
) -> None:
    page.open_record(ids["Dao phay"])
    assert page.list.choice.current_id() == ids["Dao phay"]
    saved(small, "thing", {"name": "Bát", "kind": "1"})
    assert page.list.choice.current_id() == ids["Dao phay"]
    page.list.choice.model.sort(1, Qt.SortOrder.DescendingOrder)
    assert page.list.choice.current_id() == ids["Dao phay"]
    page.list.search.set_value_text("")
    page.list.filter_bar.set_question("name", Operator.CONTAINS, "den")
    page.list.filter_bar.add()
    assert page.list.choice.current_id() == ""
    page.list.filter_bar.clear()
    assert page.list.choice.current_id() == ids["Dao phay"]


def test_filters_by_keys(page: RegisterPage) -> None:
    key(Qt.Key.Key_F, CTRL | SHIFT)
    keys("loai")
    enter()
    enter()
    keys("sat")
    enter()
    assert shown(page.list) == ["Ấm đất", "Đèn dầu"]
    keys("ten")
    enter()
    enter()
    words("đèn")
    enter()
    assert shown(page.list) == ["Đèn dầu"]
    assert len(page.list.filter_bar.filters()) == 2
    key(Qt.Key.Key_F, CTRL | SHIFT)
    assert len(shown(page.list)) == 4
    assert page.list.filter_bar.isHidden()


@pytest.mark.parametrize(
    ("field", "operator", "text", "left"),
    [
        ("name", Operator.CONTAINS, "dat", 1),
        ("price", Operator.FROM, "1001", 0),
        ("price", Operator.TO, "1000", 4),
        ("price", Operator.IS, "1000", 4),
        ("year", Operator.EMPTY, "", 4),
        ("year", Operator.FILLED, "", 0),
        ("kind", Operator.IS_NOT, "1", 2),
        ("broken", Operator.EMPTY, "", 4),
        ("made", Operator.FROM, "1990", 0),
        ("checked_at", Operator.TO, "05/06/2026", 0),
    ],
)
def test_each_question_of_the_filter_bar(
    page: RegisterPage, field: str, operator: Operator, text: str, left: int
) -> None:
    bar = page.list.filter_bar
    bar.set_question(field, operator, text)
    bar.add()
    assert len(shown(page.list)) == left
    assert bar.filters()[0].field == field


def test_half_a_question_is_no_filter(page: RegisterPage) -> None:
    bar = page.list.filter_bar
    bar.set_question("price", Operator.FROM, "")
    bar.add()
    assert bar.filters() == ()


def test_deleted_by_key_undone_from_the_bar(page: RegisterPage, ids: dict[str, str]) -> None:
    page.open_record(ids["Dao phay"], enter=False)
    page.list.choice.take_focus()
    key(Qt.Key.Key_Delete)
    assert shown(page.list) == ["Ấm đất", "Bàn đá", "Đèn dầu"]
    assert page.form.state is None
    assert window_of(page).said() == "Đã xóa: Dao phay"
    key(Qt.Key.Key_Z, CTRL)
    assert "Dao phay" in shown(page.list)
    assert "Dao phay" in window_of(page).said()


def test_delete_in_a_field_deletes_a_letter_only(page: RegisterPage, ids: dict[str, str]) -> None:
    page.open_record(ids["Dao phay"])
    key(Qt.Key.Key_Delete)
    assert len(shown(page.list)) == 4


def test_deleted_records_are_shown_read_and_brought_back(
    page: RegisterPage, small: Workspace, ids: dict[str, str], qtbot: QtBot
) -> None:
    small.saving.delete("thing", [ids["Đèn dầu"]])
    window = window_of(page)
    window.commands.trigger("deleted")
    assert shown(page.list) == ["Đèn dầu"]
    assert window.commands.action("deleted").isChecked()
    page.open_record(ids["Đèn dầu"])
    assert page.form.notices.words() == ["Hồ sơ này đã xóa."]
    assert page.form.state is not None
    assert page.form.state.read_only
    assert not page.form.save()
    window.commands.trigger("restore")
    assert shown(page.list) == []
    window.commands.trigger("deleted")
    assert "Đèn dầu" in shown(page.list)


def test_records_behind_a_figure(page: RegisterPage, ids: dict[str, str]) -> None:
    window = window_of(page)
    window.open_records("thing", (ids["Bàn đá"],), "Chỉ tiêu 1: 1 đồ vật")
    assert shown(page.list) == ["Bàn đá"]
    assert not page.list._among.isHidden()
    page.list._among.click()
    assert len(shown(page.list)) == 4


def test_moving_in_the_list_asks_about_unsaved_changes_only_when_opened(
    page: RegisterPage, ids: dict[str, str], ask: ScriptedAsk, qtbot: QtBot
) -> None:
    page.open_record(ids["Bàn đá"])
    words("cũ")
    page.list.choice.take_focus()
    key(Qt.Key.Key_Down)
    qtbot.wait(300)
    assert page.form.draft is not None
    assert page.form.draft.id == ids["Bàn đá"]
    ask.then("stay")
    enter()
    assert page.form.draft.id == ids["Bàn đá"]
    assert page.list.choice.current_id() == ids["Bàn đá"]
    key(Qt.Key.Key_Down)
    ask.then("save")
    enter()
    assert page.form.draft.id == ids["Dao phay"]
    assert any("cũ" in name for name in shown(page.list))
    assert ask.is_done()


def test_search_words_keep_abbreviations(small: Workspace) -> None:
    told = search_words(small.registers["client"])
    assert told.startswith("Tìm họ và tên, mã hồ sơ")
    assert "CCCD" in told


@pytest.mark.parametrize(
    ("wanted", "least", "fixed", "room", "given"),
    [
        ([100, 200], [50, 50], [], 400, [100, 300]),
        ([100, 300], [50, 50], [], 300, [100, 200]),
        ([200, 300], [50, 50], [], 300, [150, 150]),
        ([100, 300], [50, 50], [1], 350, [50, 300]),
        ([100, 300], [50, 50], [1], 250, [50, 200]),
        ([100, 300], [90, 90], [], 100, [50, 50]),
    ],
)
def test_columns_share_the_room(
    wanted: list[int], least: list[int], fixed: list[int], room: int, given: list[int]
) -> None:
    assert fitted(wanted, least, Keep(frozenset(fixed)), room) == given
