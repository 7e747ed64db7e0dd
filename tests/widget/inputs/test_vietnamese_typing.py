"""Every input that takes words takes them from Unikey, an input method and NFD keyboards."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from desktop.widget.inputs import (
    ChoiceInput,
    ChoicesInput,
    Input,
    LongTextInput,
    Option,
    ReferenceInput,
    TextInput,
)
from desktop.widget.parts import SearchBox
from tests.widget.typing import TYPISTS, Typist, commit, preedit, press, type_unikey

NAME = "Nguyễn Thị Hoà"
OPTIONS = [Option("01", "Kinh"), Option("02", "Người khuyết tật"), Option("03", NAME)]
PEOPLE = [("7", NAME, "1948"), ("8", "Trần Văn Ấm", "1950")]


def reference() -> ReferenceInput:
    """People by any part of the name as typed."""
    titles = {key: title for key, title, _ in PEOPLE}
    return ReferenceInput(
        lambda text: [p for p in PEOPLE if unicodedata.normalize("NFC", text) in p[1]],
        lambda key: titles.get(key, ""),
    )


WORD_INPUTS: dict[str, Callable[[], Input]] = {
    "text": lambda: TextInput(length=80),
    "long": LongTextInput,
    "search": lambda: SearchBox("Tìm"),
    "choice": lambda: ChoiceInput(OPTIONS),
    "choices": lambda: ChoicesInput(OPTIONS),
    "reference": reference,
}
ANSWERS = {"choice": "03", "choices": "03", "reference": "7"}


@pytest.mark.parametrize("typist", TYPISTS.values(), ids=TYPISTS.keys())
@pytest.mark.parametrize("kind", WORD_INPUTS)
def test_words_arrive_whole_and_composed(bench, kind: str, typist: Typist) -> None:
    stand = bench(WORD_INPUTS[kind]())
    typist(stand.editor, NAME)
    stand.leave()
    assert stand.field.value_text() == ANSWERS.get(kind, NAME)
    assert stand.field.is_readable()
    assert "edited" in stand.heard
    assert "move_on" not in stand.heard


@pytest.mark.parametrize("kind", WORD_INPUTS)
def test_nothing_is_said_inside_a_composition(bench, kind: str) -> None:
    stand = bench(WORD_INPUTS[kind]())
    for step in ("N", "Ng", "Ngu", "Nguy", "Nguyê", "Nguyễ", "Nguyễn"):
        preedit(stand.editor, step)
    assert stand.heard == []
    commit(stand.editor, "Nguyễn")
    said_at_once = kind in ("text", "long", "search")
    assert stand.heard == (["edited"] if said_at_once else [])


def test_a_search_never_sees_half_a_syllable(bench) -> None:
    stand = bench(SearchBox("Tìm"))
    searched: list[str] = []
    stand.field.searched.connect(searched.append)
    preedit(stand.editor, "Hoa")
    preedit(stand.editor, "Hoà")
    assert searched == []
    commit(stand.editor, "Hoà")
    assert searched == ["Hoà"]


def test_a_commit_that_opens_the_next_composition_is_said_when_that_ends(bench) -> None:
    stand = bench(TextInput())
    from PySide6.QtGui import QInputMethodEvent
    from PySide6.QtWidgets import QApplication

    both = QInputMethodEvent("Th", [])
    both.setCommitString("Nguyễn ")
    QApplication.sendEvent(stand.editor, both)
    assert stand.heard == []
    commit(stand.editor, "Thị")
    assert stand.heard == ["edited"]
    assert stand.field.value_text() == "Nguyễn Thị"


def test_a_list_that_opens_while_typing_leaves_keyboard_and_cursor_alone(bench) -> None:
    stand = bench(ChoiceInput(OPTIONS))
    type_unikey(stand.editor, "Người khuyết")
    assert stand.editor.hasFocus()
    assert stand.editor.text() == "Người khuyết"
    assert stand.editor.cursorPosition() == len("Người khuyết")


def test_unikey_in_the_middle_of_a_name_keeps_the_rest(bench) -> None:
    stand = bench(TextInput(length=80))
    stand.field.set_value_text("Nguyễn  Hoà")
    stand.editor.setCursorPosition(len("Nguyễn "))
    type_unikey(stand.editor, "Thị")
    assert stand.field.value_text() == "Nguyễn Thị Hoà"


def test_a_full_line_still_lets_unikey_replace_its_last_letter(bench) -> None:
    stand = bench(TextInput(length=3))
    type_unikey(stand.editor, "Hoà")
    assert stand.field.value_text() == "Hoà"
    assert stand.notes == []
    press(stand.editor, Qt.Key.Key_A, "a")
    assert stand.field.value_text() == "Hoà"
    assert len(stand.notes) == 1
