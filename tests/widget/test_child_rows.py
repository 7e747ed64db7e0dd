"""Child rows inside their parent's form, by keys: begun, finished, dropped, put back, in error."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.service.workspace import Workspace
from desktop.widget.form_page import FormPage
from desktop.widget.main_window import MainWindow
from tests.widget.conftest import WindowMaker
from tests.widget.keyboard import (
    ALT,
    CTRL,
    enter,
    field,
    fill_in,
    focus,
    here,
    key,
    keys,
    notes,
    words,
)


@pytest.fixture
def window(windows: WindowMaker, small: Workspace) -> MainWindow:
    return windows.open(small)


@pytest.fixture
def form(window: MainWindow) -> FormPage:
    """A new thing, the keyboard in its first field."""
    assert window.add_record("thing", {})
    return window.pages.register_page("thing").form


def test_child_rows_by_keys_alone(form: FormPage, small: Workspace) -> None:
    fill_in(form)
    key(Qt.Key.Key_2, ALT)
    key(Qt.Key.Key_Return, CTRL)
    assert here(form) == "part"
    words("Chân bàn")
    enter()
    assert here(form) == "amount"
    keys("4")
    enter()
    box = form.sections.section(1).children_boxes[0]
    assert focus() is box.add_button
    enter()
    words("Mặt bàn")
    enter()
    key(Qt.Key.Key_D, CTRL)
    assert field(form, "amount").input.value_text() == "4"
    key(Qt.Key.Key_S, CTRL)
    assert form.draft is not None
    stored = small.read("thing", form.draft.id)
    assert [row["part"] for row in stored.children["thing_part"]] == ["Chân bàn", "Mặt bàn"]
    assert [row["amount"] for row in stored.children["thing_part"]] == [4, 4]


def test_an_empty_child_row_goes_with_escape(form: FormPage) -> None:
    key(Qt.Key.Key_2, ALT)
    key(Qt.Key.Key_Return, CTRL)
    box = form.sections.section(1).children_boxes[0]
    assert box.model.rowCount() == 1
    key(Qt.Key.Key_Escape)
    assert box.model.rowCount() == 0
    assert focus() is box.add_button
    assert form.draft is not None


def test_a_child_row_taken_out_can_be_put_back(window: MainWindow, form: FormPage) -> None:
    key(Qt.Key.Key_2, ALT)
    key(Qt.Key.Key_Return, CTRL)
    words("Chân bàn")
    box = form.sections.section(1).children_boxes[0]
    row = box.edited_row()
    box.remove()
    assert form.draft is not None
    assert form.draft.children["thing_part"] == []
    assert "bộ phận" in window.said()
    window._toast._button.click()
    assert form.draft.children["thing_part"] == [row]


def test_a_problem_of_a_child_row_is_marked_and_found(form: FormPage) -> None:
    key(Qt.Key.Key_2, ALT)
    key(Qt.Key.Key_Return, CTRL)
    words("Chân bàn")
    enter()
    keys("40")
    enter()
    box = form.sections.section(1).children_boxes[0]
    assert box.group() is None
    assert form.sections.tabs.level(1) == "error"
    form.sections.show_section(0)
    field(form, "owner").input.take_focus()
    key(Qt.Key.Key_F8)
    assert here(form) == "amount"
    key(Qt.Key.Key_F8)
    assert here(form) == "name"
    key(Qt.Key.Key_F8)
    assert here(form) == "kind"
    key(Qt.Key.Key_F8)
    assert here(form) == "amount"
    assert notes(field(form, "amount")) == ["T03"]


def test_a_single_child_has_no_table(form: FormPage) -> None:
    form.sections.show_section(1)
    box = form.sections.section(1).children_boxes[1]
    assert not box.add_button.isHidden()
    box.add()
    assert box.add_button.isHidden()
    assert box.table.isHidden()
    assert here(form) == "until"


def test_many_rows_scroll_with_the_form_and_not_inside_it(
    window: MainWindow, form: FormPage, small: Workspace, qtbot: QtBot
) -> None:
    draft = small.new_draft("thing")
    draft.set_text("name", "Bàn dài")
    draft.set_text("kind", "1")
    for number in range(40):
        draft.set_text("part", f"Chân {number}", draft.add_row("thing_part"))
    form.show_draft(draft)
    key(Qt.Key.Key_2, ALT)
    table = form.sections.section(1).children_boxes[0].table
    qtbot.waitUntil(lambda: table.height() > 40 * 30)
    assert table.verticalScrollBar().maximum() == 0, "it has no bar of its own"
    table.setFocus()
    key(Qt.Key.Key_End, CTRL)
    row = table.visualRect(table.model().index(39, 0))
    at = table.viewport().mapTo(window, row.center())
    assert table.row() == 39
    assert 0 < at.y() < window.height(), "the keyboard's row is in view"
    assert window.rect().contains(at)
    shown = form.sections.mapTo(window, form.sections.rect().bottomLeft()).y()
    assert at.y() <= shown
