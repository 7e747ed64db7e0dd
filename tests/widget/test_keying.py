"""Records of the shipped registers keyed in from the first letter to the saved record."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.service.workspace import Workspace
from desktop.widget.form_page import FormPage
from desktop.widget.main_window import MainWindow
from desktop.widget.page_stack import REGISTER
from tests.widget.conftest import WindowMaker
from tests.widget.keyboard import ALT, CTRL, enter, field, here, key, keys, notes, words
from tests.widget.scripted_ask import ScriptedAsk
from tests.widget.typing import Typist, type_ime, type_unikey

WORKER = {"full_name": "Nguyễn Thị Thu Hà", "sex": "nu", "birth": "12041988"}
CLIENT = {"full_name": "Trần Thị Hoà", "sex": "nu", "birth": "1948", "marital": "goa"}


@pytest.fixture
def window(windows: WindowMaker, workspace: Workspace) -> MainWindow:
    return windows.open(workspace)


def begin(window: MainWindow, register: str) -> FormPage:
    """Ctrl+N on a register's page."""
    window.open_page(REGISTER + register)
    key(Qt.Key.Key_N, CTRL)
    return window.pages.register_page(register).form


def go_through(form: FormPage, answers: dict[str, str], typist: Typist, last: str) -> None:
    """Enter from field to field up to `last`, typing where there is something to type."""
    left = dict(answers)
    for _ in range(60):
        name = here(form)
        if name in left:
            words(left.pop(name), typist)
        if name == last:
            break
        enter()
    assert left == {}, f"never came to {left}"


def jump(form: FormPage, name: str, text: str) -> None:
    field(form, name).input.take_focus()
    words(text)
    enter()


@pytest.mark.parametrize("typist", [type_unikey, type_ime])
def test_a_worker(window: MainWindow, workspace: Workspace, typist: Typist) -> None:
    form = begin(window, "worker")
    go_through(form, WORKER, typist, "birth")
    key(Qt.Key.Key_2, ALT)
    jump(form, "education", "dai hoc")
    jump(form, "study_field", "cong tac xa hoi")
    key(Qt.Key.Key_S, CTRL)
    assert form.draft is not None
    assert not form.draft.is_new, [p.message for p in form.draft.problems]
    stored = workspace.read("worker", form.draft.id)
    assert stored.values["full_name"] == "Nguyễn Thị Thu Hà"
    assert stored.values["ten"] == "Hà"
    assert field(form, "ten").input.value_text() == "Hà"


def test_a_client_with_a_warning_and_its_reason(
    window: MainWindow, workspace: Workspace, ask: ScriptedAsk
) -> None:
    form = begin(window, "client")
    go_through(form, {**CLIENT, "personal_no": "035048000123"}, type_unikey, "marital")
    personal_no = field(form, "personal_no")
    assert notes(personal_no) == ["V03"]
    assert "78 tuổi" in form.head.words()[1]
    key(Qt.Key.Key_2, ALT)
    key(Qt.Key.Key_Return, CTRL)
    keys("nguoi cao tuoi khac")
    enter()
    ask.then("Thẻ căn cước ghi như vậy")
    key(Qt.Key.Key_S, CTRL)
    assert form.draft is not None
    assert not form.draft.is_new, [p.message for p in form.draft.problems]
    stored = workspace.read("client", form.draft.id)
    assert stored.values["birth_year"] == 1948
    assert [row["category"] for row in stored.children["client_category"]] == ["06"]
    assert [p.reason for p in form.draft.problems] == ["Thẻ căn cước ghi như vậy"]
    assert ask.is_done()


def test_what_was_typed_is_kept_where_it_is_no_value(
    window: MainWindow, workspace: Workspace
) -> None:
    form = begin(window, "client")
    go_through(form, {"full_name": "Lê Thị B", "birth": "31021950"}, type_unikey, "birth")
    enter()
    key(Qt.Key.Key_S, CTRL)
    assert form.draft is not None
    assert form.draft.is_new
    assert field(form, "birth").input.value_text() == "31021950"
    assert workspace.lookups.count("client") == 0


def test_a_record_that_is_only_read_can_be_gone_through(
    window: MainWindow, workspace: Workspace
) -> None:
    window.open_record("admin_unit", "XA.13366.20250701")
    form = window.pages.register_page("admin_unit").form
    assert here(form) == "code"
    visited = [here(form)]
    for _ in range(3):
        enter()
        visited.append(here(form))
    assert visited == ["code", "level", "type", "name"]
    assert form.foot.isHidden()
    assert not form.is_dirty
    key(Qt.Key.Key_S, CTRL)
    assert not window.commands.action("save").isEnabled()
