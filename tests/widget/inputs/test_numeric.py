"""Digits, numbers and money."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.widget.inputs import DigitsInput, MoneyInput, NumberInput
from tests.widget.inputs.test_text import paste
from tests.widget.typing import press

CCCD = (3, 1, 2, 6)


def test_the_last_digit_moves_on_once(bench) -> None:
    stand = bench(DigitsInput(digits=12, groups=CCCD))
    QTest.keyClicks(stand.editor, "03514800012")
    assert "move_on" not in stand.heard
    QTest.keyClicks(stand.editor, "3")
    assert stand.heard[-3:] == ["edited", "left", "move_on"]
    assert stand.heard.count("move_on") == 1
    assert stand.field.value_text() == "035148000123"
    assert stand.editor.text() == "035 1 48 000123"


def test_groups_are_gone_while_it_is_edited(bench) -> None:
    stand = bench(DigitsInput(digits=12, groups=CCCD))
    stand.field.set_value_text("035148000123")
    stand.leave()
    assert stand.editor.text() == "035 1 48 000123"
    stand.field.take_focus()
    assert stand.editor.text() == "035148000123"
    assert stand.editor.selectedText() == "035148000123"
    assert "edited" not in stand.heard


def test_correcting_a_full_number_in_the_middle_does_not_move_on(bench) -> None:
    stand = bench(DigitsInput(digits=4))
    stand.field.set_value_text("1234")
    stand.editor.setCursorPosition(1)
    press(stand.editor, Qt.Key.Key_Backspace)
    QTest.keyClicks(stand.editor, "9")
    assert stand.field.value_text() == "9234"
    assert "move_on" not in stand.heard


def test_pasting_a_whole_number_does_not_move_on_and_drops_blanks(bench) -> None:
    stand = bench(DigitsInput(digits=12))
    paste(stand, " 035.148-000 123 ")
    assert stand.field.value_text() == "035148000123"
    assert "move_on" not in stand.heard


@pytest.mark.parametrize(
    "pasted", ["4,12E+11", "03514800012A", "0351480001234", "CCCD 035148000123", "٠٣٥"]
)
def test_what_is_no_number_of_that_length_is_refused_with_a_reason(bench, pasted: str) -> None:
    stand = bench(DigitsInput(digits=12))
    stand.field.set_value_text("035")
    paste(stand, pasted)
    assert stand.field.value_text() == "035"
    assert len(stand.notes) == 1
    assert stand.heard == []


def test_too_few_digits_stay_and_are_marked_when_left(bench) -> None:
    stand = bench(DigitsInput(digits=12, groups=CCCD))
    QTest.keyClicks(stand.editor, "0351")
    assert stand.field.frame_role() == "accent"
    stand.leave()
    assert stand.field.value_text() == "0351"
    assert stand.editor.text() == "0351"
    assert stand.field.frame_role() == "error"
    assert "12" in stand.field.complaint()


def test_a_stored_number_with_letters_is_shown_as_it_is(bench) -> None:
    stand = bench(DigitsInput(digits=12, groups=CCCD))
    stand.field.set_value_text("03514800012A")
    stand.leave()
    assert stand.field.value_text() == "03514800012A"
    assert not stand.field.is_readable()


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("1234567", "1.234.567"),
        ("1.234.567", "1.234.567"),
        ("500000 đ", "500.000"),
        ("-1500", "-1.500"),
        ("0", "0"),
    ],
)
def test_money_is_grouped_when_left(bench, typed: str, shown: str) -> None:
    stand = bench(MoneyInput())
    paste(stand, typed)
    stand.leave()
    assert stand.field.value_text() == shown
    assert stand.field.is_readable()


@pytest.mark.parametrize("typed", ["1.5", "1,234.5", "12.34.567", "1,5"])
def test_money_that_is_none_stays_as_typed_and_is_marked(bench, typed: str) -> None:
    stand = bench(MoneyInput())
    paste(stand, typed)
    stand.leave()
    assert stand.field.value_text() == typed
    assert stand.field.frame_role() == "error"
    assert stand.field.complaint()


def test_a_letter_in_a_number_is_refused(bench) -> None:
    stand = bench(NumberInput())
    QTest.keyClicks(stand.editor, "12x3")
    assert stand.field.value_text() == "123"
    assert len(stand.notes) == 1


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("1234,5", "1.234,5"), ("1,250", "1,25"), ("3", "3"), ("1,234567", "1,234567")],
)
def test_decimals_keep_every_digit_that_counts(bench, typed: str, shown: str) -> None:
    stand = bench(NumberInput(decimals=2))
    QTest.keyClicks(stand.editor, typed)
    stand.leave()
    assert stand.field.value_text() == shown


def test_years_have_no_dot(bench) -> None:
    stand = bench(NumberInput(grouped=False))
    QTest.keyClicks(stand.editor, "2026")
    stand.leave()
    assert stand.field.value_text() == "2026"


def test_setting_the_same_number_written_otherwise_changes_nothing(bench) -> None:
    stand = bench(MoneyInput())
    stand.field.set_value_text("1234567")
    stand.leave()
    stand.field.take_focus()
    stand.editor.setCursorPosition(2)
    stand.field.set_value_text("1234567")
    assert stand.editor.cursorPosition() == 2
    assert stand.editor.text() == "1.234.567"
