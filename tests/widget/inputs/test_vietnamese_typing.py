"""Every input that takes words takes them from Unikey, an input method and NFD keyboards."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.widget.inputs import (
    ChoiceInput,
    ChoicesInput,
    Input,
    LongTextInput,
    Option,
    ReferenceInput,
    TextInput,
)
from desktop.widget.inputs.popup import Popup
from desktop.widget.parts import SearchBox
from tests.widget.typing import (
    TYPISTS,
    Typist,
    commit,
    keys_of_unikey,
    preedit,
    press,
    press_char,
    type_nfd,
    type_unikey,
    type_unikey_fast,
    type_unikey_late,
)

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


# Syllables as they are written, each mark and tone among them, capitals too.
_ONSETS = ("", "b", "ch", "d", "đ", "g", "gh", "gi", "h", "kh", "ng", "ngh", "nh", "ph", "qu",
           "th", "tr", "x", "Đ", "Ng")  # fmt: skip
_RHYMES = ("à", "ạch", "ăn", "ắt", "âm", "ẫu", "ẻ", "ệ", "ềnh", "ỉ", "ĩnh", "ọc", "ông", "ộ", "ơ",
           "ớt", "ũ", "úc", "ừng", "ửa", "ươi", "ượng", "uyễn", "uyệt", "ỳ", "ỹ", "iếc", "oà",
           "òa", "Ấm", "Ứng")  # fmt: skip
_SYLLABLES = st.builds(str.__add__, st.sampled_from(_ONSETS), st.sampled_from(_RHYMES))
SENTENCES = st.lists(_SYLLABLES | st.integers(0, 99).map(str), min_size=1, max_size=7).map(" ".join)


@pytest.mark.parametrize("kind", ["text", "long", "search"])
def test_any_sentence_arrives_as_it_was_meant(bench, kind: str) -> None:
    stand = bench(WORD_INPUTS[kind]())

    @settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
    @given(sentence=SENTENCES, typist=st.sampled_from([*TYPISTS.values()]))
    def arrives(sentence: str, typist: Typist) -> None:
        stand.field.set_value_text("")
        stand.field.take_focus()
        typist(stand.editor, sentence)
        assert stand.field.value_text() == sentence
        assert unicodedata.is_normalized("NFC", stand.field.value_text())
        assert stand.notes == []
        assert "move_on" not in stand.heard

    arrives()


def shown_rows(stand) -> list[str]:  # type: ignore[no-untyped-def]
    """Keys of the rows in the list under the field, none while it is closed."""
    popup = Popup.of(stand.field)
    if not popup.is_open_for(stand.field):
        return []
    model = popup.model()
    return [model.index(n, 0).data(Qt.ItemDataRole.UserRole).key for n in range(model.rowCount())]


@pytest.mark.parametrize("kind", ["choice", "choices", "reference"])
@pytest.mark.parametrize("late", [False, True])
def test_the_list_narrows_at_each_key_and_takes_nothing(bench, kind: str, late: bool) -> None:
    """Between a Backspace and its letter too; what it shows is what the text finds."""
    stand = bench(WORD_INPUTS[kind]())
    for one in keys_of_unikey(NAME, late=late):
        if one == "\b":
            press(stand.editor, Qt.Key.Key_Backspace)
        else:
            press_char(stand.editor, one)
        typed = stand.editor.text()
        assert shown_rows(stand) == [row.key for row in stand.field.rows_for(typed)]
        assert stand.heard == []
    QTest.keyClick(stand.editor, Qt.Key.Key_Return)
    assert stand.field.value_text() == ANSWERS[kind]


def test_the_list_follows_a_syllable_in_an_input_method_and_takes_nothing(bench) -> None:
    stand = bench(ChoiceInput(OPTIONS))
    for step, rows in (("k", ["01", "02"]), ("kh", ["02"]), ("khuyết", ["02"]), ("khz", [])):
        preedit(stand.editor, step)
        assert shown_rows(stand) == rows
    preedit(stand.editor, "khuyết")
    QTest.keyClick(stand.editor, Qt.Key.Key_Return)
    assert stand.heard == [], "Enter ends the syllable, nothing else"
    commit(stand.editor, "khuyết")
    assert shown_rows(stand) == ["02"]
    QTest.keyClick(stand.editor, Qt.Key.Key_Return)
    assert stand.heard == ["edited", "left", "move_on"]
    assert stand.field.value_text() == "02"


def test_a_whole_code_waits_for_enter(bench) -> None:
    stand = bench(ChoiceInput(OPTIONS))
    type_unikey_fast(stand.editor, "03")
    assert stand.heard == []
    type_unikey_late(stand.editor, "x")
    assert shown_rows(stand) == []
    press(stand.editor, Qt.Key.Key_Backspace)
    assert shown_rows(stand) == ["03"]


@pytest.mark.parametrize(
    ("typed", "code"), [("đt", "1"), ("ddt", "1"), ("át", "ATS"), ("ats", "ATS"), ("á5", "A15")]
)
def test_codes_and_initials_are_found_with_unikey_on_and_off(bench, typed: str, code: str) -> None:
    options = [Option("1", "Đang điều trị"), Option("ATS", "Sức khỏe"), Option("A15", "Kinh")]
    stand = bench(ChoiceInput(options))
    type_unikey(stand.editor, typed)
    QTest.keyClick(stand.editor, Qt.Key.Key_Return)
    assert stand.field.value_text() == code


@pytest.mark.parametrize("kind", ["choice", "choices", "reference"])
def test_words_that_find_nothing_are_kept_composed(bench, kind: str) -> None:
    stand = bench(WORD_INPUTS[kind]())
    type_nfd(stand.editor, "Ưng Ấm Lệ")
    stand.leave()
    assert stand.field.value_text() == "Ưng Ấm Lệ"
    assert not stand.field.is_readable()


@pytest.mark.parametrize("kind", WORD_INPUTS)
def test_backspace_after_a_choice_is_unikeys_own_business(bench, kind: str) -> None:
    """Backspaces that come with nothing before them change nothing and say nothing."""
    stand = bench(WORD_INPUTS[kind]())
    for one in keys_of_unikey("Ấ"):
        press(stand.editor, Qt.Key.Key_Backspace) if one == "\b" else press_char(stand.editor, one)
    assert stand.editor.hasFocus()
    assert stand.field.value_text() == "Ấ"
    assert not {"left", "move_on"} & set(stand.heard)


@pytest.mark.parametrize("kind", WORD_INPUTS)
def test_a_command_that_is_not_offered_types_nothing(bench, kind: str) -> None:
    stand = bench(WORD_INPUTS[kind]())
    type_unikey(stand.editor, "Ấ")
    stand.editor.selectAll()
    QTest.keyClick(stand.editor, Qt.Key.Key_6, Qt.KeyboardModifier.AltModifier)
    assert stand.field.value_text() == "Ấ"
