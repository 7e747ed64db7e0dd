"""The window around the pages: leaving, going, undoing, counting, remembering."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.service.workspace import Workspace
from desktop.widget import window_settings as kept
from desktop.widget.commands import plain_words
from desktop.widget.context import PageContext
from desktop.widget.inputs.popup import Popup
from desktop.widget.main_window import MainWindow
from desktop.widget.page_stack import REGISTER
from desktop.widget.title_strip import Heading
from tests.offices import saved
from tests.widget.conftest import WindowMaker
from tests.widget.keyboard import ALT, CTRL, enter, field, focus, here, key, keys, words
from tests.widget.scripted_ask import ScriptedAsk


@pytest.fixture
def window(windows: WindowMaker, small: Workspace) -> MainWindow:
    return windows.open(small)


class Diary(QWidget):
    """A page that is no register's."""

    made = 0

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        type(self).made += 1
        self.entries = 0
        self.context = context
        self.lets_go = True

    def entered(self) -> None:
        self.entries += 1

    def may_leave(self) -> bool:
        return self.lets_go


def test_a_page_is_made_when_first_shown_and_may_hold_the_person(window: MainWindow) -> None:
    Diary.made = 0
    window.pages.add_page("diary", "Sổ tay", "book-open", "Kỳ báo cáo", Diary)
    assert Diary.made == 0
    assert window.open_page("diary")
    page = window.pages.page("diary")
    assert isinstance(page, Diary)
    assert page.entries == 1
    assert page.context.window is window
    page.lets_go = False
    assert not window.open_page(REGISTER + "thing")
    assert window.sidebar.button("diary").isChecked()
    page.lets_go = True
    window.sidebar.button(REGISTER + "thing").click()
    assert window.pages.current_register() is window.pages.register_page("thing")
    window.open_page("diary")
    assert (Diary.made, page.entries) == (1, 2)


def test_leaving_a_page_asks_about_what_is_not_saved(
    window: MainWindow, ask: ScriptedAsk, small: Workspace
) -> None:
    window.add_record("thing", {})
    form = window.pages.register_page("thing").form
    words("Bàn")
    ask.then("stay")
    window.sidebar.button(REGISTER + "client").click()
    assert window.pages.current_register() is window.pages.register_page("thing")
    assert window.sidebar.button(REGISTER + "thing").isChecked()
    ask.then("save")
    window.open_page(REGISTER + "client")
    assert here(form) == "kind"
    assert small.lookups.count("thing") == 0
    field(form, "kind").input.take_focus()
    keys("1")
    ask.then("save")
    assert window.open_page(REGISTER + "client")
    assert small.lookups.count("thing") == 1
    assert ask.is_done()


def test_closing_asks_and_remembers(
    windows: WindowMaker, small: Workspace, ask: ScriptedAsk
) -> None:
    window = windows.open(small, 1200, 700)
    window.add_record("thing", {})
    words("Bàn")
    ask.then("stay")
    assert not window.close()
    assert window.isVisible()
    window.pages.register_page("thing").splitter.setSizes([450, 500])
    window.pages.register_page("thing")._keep_split()
    window.sidebar._groups["Danh mục"].fold.setChecked(False)
    ask.then("discard")
    assert window.close()
    settings = windows.settings()
    assert settings.get(kept.FOLDED) == []
    assert settings.get(kept.LAST_PAGE) == REGISTER + "thing"
    again = windows.open(small, 1200, 700)
    again.open_page(REGISTER + "client")
    left, right = again.pages.register_page("client").splitter.sizes()
    assert abs(left / (left + right) - 450 / 950) < 0.05


def test_undo_and_redo_say_what_they_would_do(window: MainWindow, small: Workspace) -> None:
    undo, redo = window.commands.action("undo"), window.commands.action("redo")
    assert not undo.isEnabled()
    saved(small, "thing", {"name": "Bàn", "kind": "1"})
    assert undo.isEnabled()
    assert undo.text().endswith("Bàn")
    window.commands.trigger("undo")
    assert small.lookups.count("thing") == 0
    assert not undo.isEnabled()
    assert redo.text().endswith("Bàn")
    window.commands.trigger("redo")
    assert small.lookups.count("thing") == 1
    assert window.said().startswith("Đã làm lại")


def test_an_undone_change_is_shown_in_the_open_form(
    window: MainWindow, small: Workspace, qtbot: QtBot
) -> None:
    id = saved(small, "thing", {"name": "Bàn", "kind": "1"})
    window.open_record("thing", id)
    form = window.pages.register_page("thing").form
    words("Bàn tròn")
    key(Qt.Key.Key_S, CTRL)
    assert form.head.words()[0] == "Bàn tròn"
    window.undo()
    qtbot.waitUntil(lambda: form.head.words()[0] == "Bàn")
    window.undo()
    qtbot.waitUntil(lambda: form.state is None)


def test_counts_follow_the_registers(window: MainWindow, small: Workspace, qtbot: QtBot) -> None:
    button = window.sidebar.button(REGISTER + "thing")
    qtbot.waitUntil(lambda: not window.counts.is_counting())
    assert button.accessibleDescription() == ""
    saved(small, "thing", {"name": "Bàn", "kind": "1"})
    qtbot.waitUntil(lambda: button.accessibleDescription() == "1")
    units = window.sidebar.button(REGISTER + "admin_unit")
    assert "." in units.accessibleDescription()


def test_go_to_finds_people_pages_and_commands(
    window: MainWindow, small: Workspace, qtbot: QtBot
) -> None:
    window.go_to.palette_names.load()
    qtbot.waitUntil(lambda: window.go_to.palette_names.is_ready, timeout=20_000)
    saved(small, "thing", {"name": "Đèn dầu", "kind": "1"})
    key(Qt.Key.Key_K, CTRL) if QApplication.focusWidget() else window.commands.trigger("go_to")
    assert window.go_to.has_focus()
    keys("den dau")
    assert Popup.of(window.go_to).is_open_for(window.go_to)
    enter()
    assert window.pages.register_page("thing").form.head.words()[0] == "Đèn dầu"
    key(Qt.Key.Key_K, CTRL)
    keys("doi tuong")
    enter()
    assert window.pages.current_register() is window.pages.register_page("client")
    key(Qt.Key.Key_K, CTRL)
    keys("them moi")
    enter()
    assert window.pages.register_page("client").form.state is not None


def test_every_command_has_words_and_a_place(window: MainWindow) -> None:
    texts = []
    for menu_name in ("file", "edit", "record", "view", "help"):
        menu = window.commands.menu(menu_name)
        assert menu.actions()
        texts += [one.text() for one in menu.actions() if one.text()]
    assert len(texts) == len(set(texts))
    keys_used = [shortcut for shortcut, _ in window.commands.with_keys()]
    assert len(keys_used) == len(set(keys_used))
    for wanted in (
        "Ctrl+N", "Ctrl+S", "Ctrl+Shift+S", "Ctrl+D", "Ctrl+F", "Ctrl+K", "Ctrl+Z", "Ctrl+Y",
        "F1", "F6", "F8", "Esc", "Alt+1", "Alt+9",
    ):  # fmt: skip
        assert wanted in keys_used


def test_letter_keys_of_each_menu_differ(window: MainWindow) -> None:
    window.add_record("thing", {})
    for menu_name in ("file", "edit", "record", "view", "help"):
        texts = [one.text() for one in window.commands.menu(menu_name).actions()]
        marks = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
        assert len(marks) == len(set(marks)), (menu_name, marks)


def test_the_sections_in_the_menu_are_those_of_the_form(window: MainWindow) -> None:
    window.add_record("thing", {})
    offered = [
        plain_words(one.text())
        for number in range(1, 10)
        if (one := window.commands.action(f"section{number}")).isVisible()
    ]
    assert offered == ["Phần Chung", "Phần Thêm"]
    form = window.pages.register_page("thing").form
    key(Qt.Key.Key_2, ALT)
    assert form.sections.current_section() == 1


def test_heading_says_office_period_and_days() -> None:
    heading = Heading(
        office="UBND phường Hà Nam",
        period="6 tháng đầu năm 2026",
        dates="15/12/2025–14/06/2026",
        days_left=12,
    )
    assert heading.window_title() == (
        "Sổ CTXH – UBND phường Hà Nam – Kỳ 6 tháng đầu năm 2026 (15/12/2025–14/06/2026) – "
        "còn 12 ngày"
    )
    assert Heading(days_left=-3).days_words() == "Quá hạn 3 ngày"
    assert Heading().days_words() == ""


def test_the_office_is_named_in_the_title_bar(window: MainWindow) -> None:
    assert window.windowTitle() == "Sổ CTXH – Ủy ban nhân dân phường Hà Nam"


def test_a_narrow_window_hides_the_pages_until_asked(
    windows: WindowMaker, small: Workspace
) -> None:
    window = windows.open(small, 911, 512)
    assert window.sidebar.isHidden()
    window.commands.trigger("sidebar")
    assert not window.sidebar.isHidden()
    window.open_page(REGISTER + "thing")
    assert window.sidebar.isHidden()
    window.resize(1366, 728)
    QApplication.processEvents()
    assert not window.sidebar.isHidden()


def test_the_keyboard_goes_through_the_sidebar(window: MainWindow) -> None:
    window.open_page(REGISTER + "thing")
    first = window.sidebar.button(REGISTER + "thing")
    first.setFocus()
    key(Qt.Key.Key_Down)
    assert focus() is not first
    enter()
    assert window.pages.current_register() is not window.pages.register_page("thing")


def test_a_page_that_gets_busy_leaves_the_go_to_box_alone(window: MainWindow) -> None:
    from desktop.widget.parts import BusyOverlay

    window.pages.add_page("diary", "Sổ tay", "book-open", "Kỳ báo cáo", Diary)
    window.open_page("diary")
    page = window.pages.page("diary")
    overlay = BusyOverlay(page)
    window.commands.trigger("go_to")
    overlay.start("Đang đếm")
    keys("doi")
    assert window.go_to.value_text() == "doi"
    overlay.finish()
    assert window.go_to.has_focus()


def test_no_widget_is_a_window_of_its_own(window: MainWindow) -> None:
    for key_ in window.pages.page_keys():
        window.open_page(key_)
    others = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    assert others == [window]
