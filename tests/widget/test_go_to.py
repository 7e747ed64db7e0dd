"""Ctrl+K by keys alone: people, units, pages, commands, what was opened last, half syllables."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.base.text import fold
from desktop.service.help_topics import topics
from desktop.service.workspace import Workspace
from desktop.widget.help_window import HelpWindow
from desktop.widget.inputs.popup import Popup
from desktop.widget.main_window import MainWindow
from tests.model.test_palette import WORKER
from tests.offices import HA_NAM, saved
from tests.service.test_saving import HOA
from tests.widget.conftest import WindowMaker
from tests.widget.keyboard import CTRL, enter, focus, key, keys, words


@pytest.fixture
def window(qtbot: QtBot, workspace: Workspace, windows: WindowMaker) -> MainWindow:
    made = windows.open(workspace)
    made.go_to.palette_names.load()
    qtbot.waitUntil(lambda: made.go_to.palette_names.is_ready, timeout=20_000)
    return made


def go_to(window: MainWindow) -> None:
    if QApplication.focusWidget() is None:
        window.commands.trigger("go_to")
    else:
        key(Qt.Key.Key_K, CTRL)
    assert window.go_to.has_focus()


def listed(window: MainWindow) -> list[tuple[str, str]]:
    """(words, quiet words) of the list under the box; () where it is shut."""
    popup = Popup.of(window.go_to)
    if not popup.is_open_for(window.go_to):
        return []
    return [
        (row.title, row.subtitle)
        for row in popup.model().rows
        if not row.heading  # type: ignore[attr-defined]
    ]


def shown_record(window: MainWindow) -> str:
    register = window.pages.current_register()
    assert register is not None
    return register.form.head.words()[0]


def test_words_in_any_order_and_initials_open_a_person(
    window: MainWindow, workspace: Workspace
) -> None:
    saved(workspace, "client", HOA)
    go_to(window)
    words("hoà nguyễn")
    title, quiet = listed(window)[0]
    assert title == "Nguyễn Thị Hoà"
    assert quiet.startswith("Đối tượng · 1948")
    enter()
    assert shown_record(window) == "Nguyễn Thị Hoà"
    assert listed(window) == []
    go_to(window)
    keys("nth")
    assert listed(window)[0][0] == "Nguyễn Thị Hoà"


def test_a_unit_in_force_comes_before_one_that_is_gone(window: MainWindow) -> None:
    go_to(window)
    keys("phuong ha nam")
    enter()
    register = window.pages.current_register()
    assert register is not None
    assert register.form.draft is not None
    assert register.form.draft.id == HA_NAM


def test_the_exact_name_of_a_page_comes_before_people(
    window: MainWindow, workspace: Workspace
) -> None:
    saved(workspace, "client", HOA | {"full_name": "Ca Thị Đối"})
    go_to(window)
    keys("ca")
    assert listed(window)[0] == ("Ca", "Trang")
    enter()
    register = window.pages.current_register()
    assert register is not None
    assert register.register.name == "case_record"


def test_commands_are_found_with_their_keys_and_run(window: MainWindow) -> None:
    window.open_page("register.client")
    go_to(window)
    keys("them moi")
    assert ("Thêm mới", "Lệnh · Ctrl+N") in listed(window)
    enter()
    form = window.pages.register_page("client").form
    assert form.draft is not None
    assert form.draft.is_new


def test_a_help_topic_is_found_by_its_title_and_other_words(
    window: MainWindow, workspace: Workspace
) -> None:
    first = topics(workspace.paths)[0]
    go_to(window)
    keys(fold(first.title).replace(" ", " "))
    assert (first.title, "Trợ giúp") in listed(window)
    key(Qt.Key.Key_Escape)
    keys(fold(first.words.split(",")[0]))
    place = [title for title, _ in listed(window)].index(first.title)
    for _ in range(place):
        key(Qt.Key.Key_Down)
    enter()
    assert window.findChildren(HelpWindow)


def test_what_was_opened_last_comes_first_by_its_id_alone(
    window: MainWindow, workspace: Workspace
) -> None:
    first = saved(workspace, "client", HOA)
    second = saved(workspace, "worker", WORKER, reason="đúng như vậy")
    window.open_record("client", first)
    window.open_record("worker", second)
    go_to(window)
    assert [title for title, _ in listed(window)][:2] == ["Đỗ Thu Hà", "Nguyễn Thị Hoà"]
    key(Qt.Key.Key_Down)
    enter()
    assert shown_record(window) == "Nguyễn Thị Hoà"
    workspace.saving.delete("worker", [second])
    go_to(window)
    assert listed(window)[0][0] == "Nguyễn Thị Hoà"
    window.close()
    text = window.context.settings._path.read_text(encoding="utf-8")
    assert f"client {first}" in json.loads(text)["window.recent"]
    assert "Hoà" not in text


def test_nothing_is_looked_for_inside_a_syllable(window: MainWindow, workspace: Workspace) -> None:
    saved(workspace, "client", HOA)
    go_to(window)
    before = listed(window)
    line = focus()
    QApplication.sendEvent(line, QInputMethodEvent("ho", []))
    assert listed(window) == before
    done = QInputMethodEvent()
    done.setCommitString("hoà")
    QApplication.sendEvent(line, done)
    assert listed(window)[0][0] == "Nguyễn Thị Hoà"


def test_a_click_shows_what_was_opened_last(window: MainWindow, workspace: Workspace) -> None:
    id = saved(workspace, "client", HOA)
    window.open_record("client", id)
    window.pages.register_page("client").form.enter()
    QTest.mouseClick(window.go_to.line(), Qt.MouseButton.LeftButton)
    assert listed(window)[0][0] == "Nguyễn Thị Hoà"


def test_esc_empties_then_shuts(window: MainWindow) -> None:
    go_to(window)
    keys("zzz")
    assert Popup.of(window.go_to).is_open_for(window.go_to)
    assert listed(window) == []
    key(Qt.Key.Key_Escape)
    assert window.go_to.value_text() == ""
    key(Qt.Key.Key_Escape)
    assert not Popup.of(window.go_to).is_open_for(window.go_to)


def test_enter_before_the_names_are_there_is_not_lost(
    qtbot: QtBot, workspace: Workspace, windows: WindowMaker
) -> None:
    id = saved(workspace, "client", HOA)
    window = windows.open(workspace)
    assert not window.go_to.palette_names.is_ready
    go_to(window)
    keys("nguyen thi hoa")
    enter()
    qtbot.waitUntil(lambda: window.pages.current_register() is not None, timeout=20_000)
    register = window.pages.current_register()
    assert register is not None
    assert register.form.draft is not None
    assert register.form.draft.id == id
