"""Text keeps what was meant and says what it took out."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QPlainTextEdit

from desktop.widget.inputs import LongTextInput, TextInput
from desktop.widget.inputs.long_text import FEWEST, MOST, many_lines
from desktop.widget.inputs.text import one_line
from tests.widget.typing import press


def paste(stand, text: str) -> None:
    """Ctrl+V of a text."""
    QGuiApplication.clipboard().setText(text)
    press(stand.editor, Qt.Key.Key_V, "\x16", Qt.KeyboardModifier.ControlModifier)


def test_a_pasted_table_becomes_one_line_and_that_is_said(bench) -> None:
    stand = bench(TextInput())
    paste(stand, "Nguyễn\tThị\r\nHoà\u200b\u202e")
    assert stand.field.value_text() == "Nguyễn Thị Hoà"
    assert stand.editor.text() == "Nguyễn Thị Hoà"
    assert len(stand.notes) == 1


def test_nfd_is_given_back_as_nfc_without_a_note(bench) -> None:
    stand = bench(TextInput())
    paste(stand, "Nguye\u0302\u0303n")
    assert stand.field.value_text() == "Nguyễn"
    assert stand.notes == []


def test_a_paste_that_is_too_long_changes_nothing_and_is_said(bench) -> None:
    stand = bench(TextInput(length=10))
    stand.field.set_value_text("Hoà")
    stand.editor.setCursorPosition(3)
    paste(stand, "x" * 40_000)
    assert stand.field.value_text() == "Hoà"
    assert stand.editor.cursorPosition() == 3
    assert stand.heard == []
    assert "40003" in stand.notes[0]


def test_a_stored_text_that_is_too_long_is_shown_and_can_be_shortened(bench) -> None:
    stand = bench(TextInput(length=4))
    stand.field.set_value_text("Nguyễn")
    stand.editor.setCursorPosition(6)
    press(stand.editor, Qt.Key.Key_Backspace)
    assert stand.field.value_text() == "Nguyễ"


def test_the_same_text_again_moves_no_cursor(bench) -> None:
    stand = bench(TextInput())
    stand.field.set_value_text("Nguyễn Thị")
    stand.editor.setCursorPosition(3)
    stand.field.set_value_text("Nguyễn Thị ")
    assert stand.editor.cursorPosition() == 3


def test_undo_belongs_to_the_program_until_something_is_typed(bench) -> None:
    stand = bench(TextInput())
    stand.field.set_value_text("Hoà")
    undone: list[str] = []
    from PySide6.QtGui import QShortcut

    shortcut = QShortcut(QKeySequence("Ctrl+Z"), stand.window)
    shortcut.activated.connect(lambda: undone.append("program"))
    from PySide6.QtTest import QTest

    QTest.keyClick(stand.editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == ["program"]
    QTest.keyClicks(stand.editor, "x")
    QTest.keyClick(stand.editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == ["program"]
    assert stand.field.value_text() == "Hoà"


def test_one_line_takes_out_only_what_is_unseen() -> None:
    assert one_line("a\u00adb\u200bc\x00d") == "abcd"
    assert one_line("=SUM(A1) 👍 Ễ") == "=SUM(A1) 👍 Ễ"
    assert one_line("a\r\n\tb\r\n") == "a b"
    assert many_lines("a\r\nb\u2028c\td") == "a\nb\nc d"


def test_enter_goes_on_and_alt_enter_starts_a_line(bench) -> None:
    stand = bench(LongTextInput())
    press(stand.editor, Qt.Key.Key_A, "a")
    press(stand.editor, Qt.Key.Key_Return, "\r", Qt.KeyboardModifier.AltModifier)
    press(stand.editor, Qt.Key.Key_B, "b")
    assert stand.field.value_text() == "a\nb"
    press(stand.editor, Qt.Key.Key_Return, "\r")
    assert stand.heard[-2:] == ["left", "move_on"]
    assert stand.field.value_text() == "a\nb"


def test_tab_leaves_a_long_text(bench) -> None:
    stand = bench(LongTextInput())
    press(stand.editor, Qt.Key.Key_Tab, "\t")
    assert stand.other.hasFocus()
    assert stand.heard == ["left"]


def test_a_long_text_grows_from_two_to_six_lines_and_shows_them_whole(bench) -> None:
    stand = bench(LongTextInput())
    page: QPlainTextEdit = stand.editor
    heights = []
    for count in range(1, 9):
        stand.field.set_value_text("\n".join(["dòng Ễ g"] * count))
        heights.append(stand.field.height())
        if count <= MOST:
            assert page.verticalScrollBar().maximum() == 0, count
    assert heights[0] == heights[FEWEST - 1] < heights[FEWEST] < heights[MOST - 1]
    assert heights[MOST - 1] == heights[MOST]
    stand.field.set_value_text("chữ " * 60)
    assert stand.field.height() > heights[0]


def test_a_long_text_refuses_a_paste_that_is_too_long(bench) -> None:
    stand = bench(LongTextInput(length=20))
    stand.field.set_value_text("ngắn")
    paste(stand, "y" * 100)
    assert stand.field.value_text() == "ngắn"
    assert len(stand.notes) == 1
    paste(stand, " hai\r\nba")
    assert "edited" in stand.heard
