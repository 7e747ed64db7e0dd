"""F1 on a field, on a page, and the window the help is read in, by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.base.paths import bundled_root
from desktop.base.text import fold
from desktop.service.workspace import Workspace
from desktop.widget import theme
from desktop.widget.help_box import show_help_of, show_topic
from desktop.widget.help_text import field_page
from desktop.widget.help_window import HelpWindow
from desktop.widget.main_window import MainWindow
from tests.widget.conftest import WindowMaker
from tests.widget.keyboard import CTRL, enter, field, focus, here, key, words


@pytest.fixture
def window(windows: WindowMaker, workspace: Workspace) -> MainWindow:
    return windows.open(workspace)


def help_of(window: MainWindow, qtbot: QtBot) -> HelpWindow:
    """The help that is open now, with the keyboard."""
    found = window.findChild(HelpWindow)
    assert isinstance(found, HelpWindow)
    qtbot.waitUntil(found.isActiveWindow)
    return found


def test_f1_tells_of_the_field_and_esc_goes_back_to_it(window: MainWindow, qtbot: QtBot) -> None:
    window.add_record("client", {})
    form = window.pages.register_page("client").form
    field(form, "personal_no").input.take_focus()
    key(Qt.Key.Key_F1)
    read = help_of(window, qtbot)
    told = read.words()
    for wanted in (
        "Số định danh/CCCD",
        "035148000123",
        "V02",
        "V03",
        "Thông tư 02/2020",
        "12 chữ số",
    ):
        assert wanted in told, wanted
    key(Qt.Key.Key_Escape)
    assert read.isHidden()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert here(form) == "personal_no"


def test_f1_tells_of_a_field_of_a_child_row(window: MainWindow, qtbot: QtBot) -> None:
    window.add_record("client", {})
    form = window.pages.register_page("client").form
    form.sections.show_section(1)
    form.sections.section(1).children_boxes[0].add()
    field(form, "evidence").input.take_focus()
    key(Qt.Key.Key_F1)
    assert help_of(window, qtbot).words().startswith("Căn cứ\n")


def test_every_field_can_be_read_about(workspace: Workspace) -> None:
    for register in workspace.registers.values():
        for one in register.fields:
            page = field_page(workspace.definitions, register, one)
            assert page.startswith("<p>")
            assert page.endswith("</p>")
            assert "{" not in page


@pytest.mark.parametrize(
    ("page", "topic"),
    [("register.client", "Hồ sơ của một người"), ("register.plan", "Ghi một hồ sơ")],
)
def test_f1_outside_a_field_tells_of_the_page(
    window: MainWindow, qtbot: QtBot, page: str, topic: str
) -> None:
    window.open_page(page)
    key(Qt.Key.Key_F1)
    assert help_of(window, qtbot).words().startswith(topic)


def test_help_is_searched_without_accents_and_read_by_keys(
    window: MainWindow, qtbot: QtBot
) -> None:
    show_topic(window, "keys")
    read = help_of(window, qtbot)
    assert read.list.count() >= 12
    key(Qt.Key.Key_F, CTRL)
    words("máy quét")
    assert [fold(read.list.item(0).text())] == ["quet ma qr tren the can cuoc"]
    assert read.words().startswith("Quét mã QR")
    assert read.page.extraSelections()
    enter()
    assert focus() is read.page
    key(Qt.Key.Key_F, CTRL)
    key(Qt.Key.Key_Escape)
    assert read.list.count() >= 12
    words("qwertz")
    assert read.list.count() == 0
    assert read.words().startswith("Không tìm thấy")


def test_every_key_is_listed(window: MainWindow, qtbot: QtBot) -> None:
    window.commands.trigger("keys")
    told = help_of(window, qtbot).words()
    assert told.startswith("Phím tắt")
    named = [one for one in window.commands.with_keys() if one[1]]
    assert len(named) > 20
    for shortcut, said in named:
        assert shortcut in told
        assert said in told


def test_a_link_leads_to_another_topic(window: MainWindow, qtbot: QtBot) -> None:
    show_topic(window, "records")
    read = help_of(window, qtbot)
    read.page.anchorClicked.emit(QUrl("drafts"))
    assert read.words().startswith("Bản nháp")
    read.page.anchorClicked.emit(QUrl("nowhere"))
    assert read.words().startswith("Bản nháp")


def test_help_follows_the_theme_and_is_one_window(
    window: MainWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    show_topic(window, "keys")
    first = help_of(window, qtbot)
    light = QImage(first.grab().toImage()).pixelColor(400, 300)
    theme.apply(qapp, theme.DARK)
    dark = QImage(first.grab().toImage()).pixelColor(400, 300)
    assert light.lightness() > 200 > 80 > dark.lightness()
    show_topic(window, "drafts")
    assert len(window.findChildren(HelpWindow)) == 1


def test_help_fits_a_small_screen(window: MainWindow, workspace: Workspace, qtbot: QtBot) -> None:
    client = workspace.registers["client"]
    show_help_of(workspace.paths, workspace.definitions, client, client.field("birth"), window)
    read = help_of(window, qtbot)
    assert read.minimumSizeHint().width() <= 600
    assert read.minimumSizeHint().height() <= 485
    assert bundled_root() in workspace.paths.resources.parents
