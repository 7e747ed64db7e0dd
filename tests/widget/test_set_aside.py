"""Answers hidden by another answer: kept until saved, said where they were, and brought back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.service.workspace import Workspace
from desktop.widget.field_group import FieldGroup
from desktop.widget.form_page import FormPage
from desktop.widget.main_window import MainWindow
from tests.widget.conftest import WindowMaker
from tests.widget.keyboard import ALT, CTRL, field, fill_in, here, key, keys, tab, words


@pytest.fixture
def window(windows: WindowMaker, small: Workspace) -> MainWindow:
    return windows.open(small)


@pytest.fixture
def form(window: MainWindow) -> FormPage:
    """A thing that is broken, and how, typed and not saved."""
    assert window.add_record("thing", {})
    made = window.pages.register_page("thing").form
    fill_in(made)
    break_it(made)
    return made


def break_it(form: FormPage) -> None:
    field(form, "broken").input.take_focus()
    keys("c")
    tab()
    assert here(form) == "damage"
    words("Gãy chân")


def say_whole(form: FormPage) -> None:
    """The answer that hides how it is broken."""
    field(form, "broken").input.take_focus()
    keys("k")


def line(group: FieldGroup) -> str:
    """What the quiet line says, "" while there is none."""
    return "" if group.aside is None or group.aside.isHidden() else group.aside.words()


def test_a_line_stands_where_the_answer_was_and_says_it(form: FormPage) -> None:
    group = form.sections.section(0).group
    assert line(group) == ""
    say_whole(form)
    assert "1 câu trả lời" in line(group)
    assert "Hỏng thế nào “Gãy chân”" in line(group)
    assert "sẽ bỏ khi lưu" in line(group)
    assert group.aside is not None
    above, below = field(form, "broken"), field(form, "price")
    assert above.y() < group.aside.y() < below.y()
    assert here(form) == "broken", "nothing is asked, nothing stops the hand"


def test_ctrl_dot_brings_the_answer_back(form: FormPage) -> None:
    say_whole(form)
    key(Qt.Key.Key_Period, CTRL)
    assert field(form, "broken").input.value_text() == "1"
    assert not field(form, "damage").isHidden()
    assert field(form, "damage").input.value_text() == "Gãy chân"
    assert line(form.sections.section(0).group) == ""
    assert here(form) == "broken"


def test_the_button_does_the_same_and_the_answer_itself_too(form: FormPage) -> None:
    say_whole(form)
    group = form.sections.section(0).group
    assert group.aside is not None
    group.aside.button.click()
    assert field(form, "damage").input.value_text() == "Gãy chân"
    say_whole(form)
    keys("c")
    assert field(form, "damage").input.value_text() == "Gãy chân"
    assert line(group) == ""


def test_saving_drops_it_and_says_so_once(
    form: FormPage, window: MainWindow, small: Workspace
) -> None:
    say_whole(form)
    assert any("Hỏng thế nào" in text for text in form.notices.words()), "told before"
    key(Qt.Key.Key_S, CTRL)
    assert form.draft is not None
    assert "Đã bỏ 1 câu trả lời không còn hỏi: Hỏng thế nào" in window.said()
    assert small.read("thing", form.draft.id).values["damage"] is None
    assert line(form.sections.section(0).group) == ""
    field(form, "price").input.take_focus()
    keys("500")
    key(Qt.Key.Key_S, CTRL)
    assert "Đã bỏ" not in window.said()


def test_a_stored_answer_that_is_dropped_is_in_the_history(
    form: FormPage, small: Workspace
) -> None:
    key(Qt.Key.Key_S, CTRL)
    assert form.draft is not None
    say_whole(form)
    key(Qt.Key.Key_S, CTRL)
    entry = small.lookups.history("thing", form.draft.id)[0]
    dropped = [d for d in entry.differences if d.label == "Hỏng thế nào"]
    assert [(d.before, d.after) for d in dropped] == [("Gãy chân", "")]
    small.saving.undo()
    assert small.read("thing", form.draft.id).values["damage"] == "Gãy chân"


def test_an_answer_hidden_before_the_record_was_opened_has_no_line(
    form: FormPage, window: MainWindow
) -> None:
    say_whole(form)
    key(Qt.Key.Key_S, CTRL)
    assert form.draft is not None
    id = form.draft.id
    assert window.add_record("thing", {})
    assert window.open_record("thing", id)
    assert line(form.sections.section(0).group) == ""


def test_a_child_row_has_its_line_too(windows: WindowMaker, workspace: Workspace) -> None:
    window = windows.open(workspace)
    assert window.add_record("client", {})
    form = window.pages.register_page("client").form
    key(Qt.Key.Key_2, ALT)
    key(Qt.Key.Key_Return, CTRL)
    words("01")
    tab()
    hidden = next(one for one in workspace.registers["client_category"].fields if one.show_if)
    row = field(form, hidden.name)
    assert not row.isHidden()
    row.input.take_focus()
    keys("1")
    tab()
    box = form.sections.section(1).children_boxes[0]
    group = box.group()
    assert group is not None
    field(form, "category").input.take_focus()
    words("06")
    tab()
    assert hidden.label in line(group)
    field(form, "category").input.take_focus()
    key(Qt.Key.Key_Period, CTRL)
    assert field(form, "category").input.value_text() == "01"
    assert line(group) == ""
