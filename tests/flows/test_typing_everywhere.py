"""Vietnamese in every text input there is: typed in any way, it arrives whole and nothing moves."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from itertools import cycle

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.service.workspace import Workspace
from desktop.widget.ask import ReasonDialog
from desktop.widget.inputs import Input
from desktop.widget.inputs.numeric import PlainKeysInput
from desktop.widget.password_fields import PasswordFields
from tests.flows.screen import Screen
from tests.offices import OfficeMaker
from tests.widget.keyboard import CTRL, SHIFT, enter, focus, key, keys, words
from tests.widget.typing import TYPISTS, Typist

SENTENCE = "Ấm ở Đà"
"""Short: some fields take no more."""
Editor = QLineEdit | QPlainTextEdit


@pytest.fixture
def workspace(offices: OfficeMaker) -> Iterator[Workspace]:
    made = offices.open()
    yield made
    made.close()


@pytest.fixture
def screen(workspace: Workspace, show: Callable[[Workspace], Screen]) -> Screen:
    return show(workspace)


def text_of(editor: Editor) -> str:
    return editor.text() if isinstance(editor, QLineEdit) else editor.toPlainText()


def takes_words(editor: QWidget) -> bool:
    """True for what is on screen and takes more than digits."""
    owner = editor.parentWidget()
    return (
        isinstance(editor, QLineEdit | QPlainTextEdit)
        and editor.isVisible()
        and editor.isEnabled()
        and not editor.isReadOnly()
        and not isinstance(owner, PlainKeysInput)
    )


def type_into(editor: Editor, typist: Typist, told: str) -> bool:
    """Type the sentence into an emptied input; all of it is there, the keyboard too. False where
    the field before it, being left, took it away."""
    editor.setFocus()
    if not takes_words(editor):
        return False
    editor.clear()
    moved: list[str] = []
    owner = editor.parentWidget()
    if isinstance(owner, Input):
        owner.move_on.connect(lambda: moved.append("on"))
    typist(editor, SENTENCE)
    assert unicodedata.normalize("NFC", text_of(editor)) == SENTENCE, told
    assert editor.hasFocus(), told
    assert moved == [], told
    if isinstance(owner, Input):
        assert unicodedata.is_normalized("NFC", owner.value_text()), told
    return True


def test_every_text_input_of_every_page_takes_vietnamese(screen: Screen) -> None:
    """Forms with all their sections and a row in each child table, lists, look-ups, Ctrl+K; typed
    in one way after the other."""
    window, count = screen.window, 0
    typists = cycle(TYPISTS.values())
    for name in window.pages.page_keys():
        assert window.open_page(name)
        page = window.pages.current_register()
        places = 1
        if page is not None and not page.register.catalogue:
            page.list.show_filters(on=True)
            page.add()
            places = len(page.form.sections.plans)
        for place in range(places):
            if page is not None and page.form.state is not None:
                page.form.go_to_section(place)
                for box in page.form.sections.section(place).children_boxes:
                    box.add()
            found = [*window.findChildren(QLineEdit), *window.findChildren(QPlainTextEdit)]
            for editor in filter(takes_words, found):
                count += type_into(
                    editor, next(typists), f"{name}, {place}: {editor.accessibleName()}"
                )
        if page is not None:
            page.form.clear()
            page.list.show_filters(on=False)
            page.list.search.clear()
    assert count > 200


@pytest.mark.parametrize("typist", TYPISTS.values(), ids=TYPISTS.keys())
def test_what_is_typed_into_a_list_finds_its_people(screen: Screen, typist: Typist) -> None:
    """The search of a register, a filter over it, and Ctrl+K."""
    for name in ("Nguyễn Thị Ngọc Ánh", "Trần Văn Ấm"):
        form = screen.new("worker")
        words(name, typist)
        assert form.draft is not None
        form.draft.set_text("sex", "NU")
        form.draft.set_text("birth", "1980")
        form.draft.set_text("education", "CHUA")
        form.draft.check()
        for problem in form.draft.problems:
            form.draft.give_reason(problem, "chưa phân công")
        screen.workspace.save(form.draft)
        form.clear()
    page = screen.window.pages.register_page("worker")
    key(Qt.Key.Key_F, CTRL)
    words("Ấm", typist)
    assert page.list.rows.count == 1
    key(Qt.Key.Key_Escape)
    key(Qt.Key.Key_F, CTRL | SHIFT)
    keys("ho va ten")
    enter()
    enter()
    words("Ngọc Ánh", typist)
    enter()
    screen.qtbot.waitUntil(lambda: page.list.rows.count == 1)
    page.list.show_filters(on=False)
    screen.go_to("trang chu")
    key(Qt.Key.Key_K, CTRL)
    words("Trần Văn Ấm", typist)
    enter()
    assert page.form.head.words()[0] == "Trần Văn Ấm"


@pytest.mark.parametrize("typist", TYPISTS.values(), ids=TYPISTS.keys())
def test_dialogs_and_passwords_take_vietnamese(qtbot: QtBot, typist: Typist) -> None:
    dialog = ReasonDialog(None, "V03 · Lý do", "Giới tính khác với số định danh.")
    qtbot.addWidget(dialog)
    fields = PasswordFields()
    qtbot.addWidget(fields)
    for window in (dialog, fields):
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        found = [*window.findChildren(QLineEdit), *window.findChildren(QPlainTextEdit)]
        assert found
        for editor in found:
            assert type_into(editor, typist, editor.accessibleName())
    assert dialog.reason() == SENTENCE
    assert fields.name() == SENTENCE


def test_saving_in_the_middle_of_a_syllable_asks_for_it_first(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An input method is told to finish before anything is settled."""
    from PySide6.QtGui import QGuiApplication

    form = screen.new("client")
    asked: list[QWidget] = []
    method = QGuiApplication.inputMethod()
    monkeypatch.setattr(type(method), "commit", lambda _self: asked.append(focus()))
    key(Qt.Key.Key_S, CTRL)
    assert asked
    assert form.isAncestorOf(asked[0])
    assert QApplication.activeModalWidget() is None
