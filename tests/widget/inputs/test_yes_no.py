"""Yes, no, not answered."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desktop.widget.inputs import YesNoInput


@pytest.mark.parametrize(
    ("key", "value"),
    [(Qt.Key.Key_C, "1"), (Qt.Key.Key_K, "0"), (Qt.Key.Key_1, "1"), (Qt.Key.Key_0, "0")],
)
def test_one_key_answers(bench, key: Qt.Key, value: str) -> None:
    stand = bench(YesNoInput())
    assert stand.field.value_text() == ""
    QTest.keyClick(stand.editor, key)
    assert stand.field.value_text() == value
    QTest.keyClick(stand.editor, key)
    assert stand.heard == ["edited"]


def test_delete_takes_the_answer_back(bench) -> None:
    stand = bench(YesNoInput())
    QTest.keyClick(stand.editor, Qt.Key.Key_C)
    QTest.keyClick(stand.editor, Qt.Key.Key_Delete)
    assert stand.field.value_text() == ""
    assert stand.field.is_empty()


def test_a_click_on_a_half_answers_and_again_takes_it_back(bench) -> None:
    stand = bench(YesNoInput())
    right = QPoint(stand.field.width() - 8, 15)
    QTest.mouseClick(stand.field, Qt.MouseButton.LeftButton, pos=right)
    assert stand.field.value_text() == "0"
    QTest.mouseClick(stand.field, Qt.MouseButton.LeftButton, pos=right)
    assert stand.field.value_text() == ""


def test_two_states_are_never_empty(bench) -> None:
    stand = bench(YesNoInput(two_state=True))
    assert stand.field.value_text() == "0"
    QTest.keyClick(stand.editor, Qt.Key.Key_Space)
    assert stand.field.value_text() == "1"
    QTest.keyClick(stand.editor, Qt.Key.Key_Delete)
    assert stand.field.value_text() == "0"


@pytest.mark.parametrize(("text", "value"), [("Có", "1"), ("không", "0"), ("1", "1"), ("", "")])
def test_words_are_understood(bench, text: str, value: str) -> None:
    stand = bench(YesNoInput())
    stand.field.set_value_text(text)
    assert stand.field.value_text() == value


def test_text_that_is_no_answer_is_kept_and_complained_of(bench) -> None:
    stand = bench(YesNoInput())
    stand.field.set_value_text("có lẽ")
    assert stand.field.value_text() == "có lẽ"
    assert stand.field.complaint()
    QTest.keyClick(stand.editor, Qt.Key.Key_K)
    assert stand.field.value_text() == "0"
    assert stand.field.complaint() == ""


def test_the_answer_is_read_aloud(bench) -> None:
    stand = bench(YesNoInput())
    before = stand.editor.accessibleDescription()
    QTest.keyClick(stand.editor, Qt.Key.Key_C)
    assert stand.editor.accessibleDescription() != before
