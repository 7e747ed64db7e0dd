"""Dates typed as digits."""

from __future__ import annotations

from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.base.clock import FixedClock
from desktop.widget.inputs import DateInput, DateTimeInput, PartialDateInput
from tests.widget.inputs.test_text import paste
from tests.widget.typing import press

CLOCK = FixedClock(datetime(2026, 9, 5, 14, 20))


def test_eight_digits_are_a_date_and_move_on(bench) -> None:
    stand = bench(DateInput(clock=CLOCK))
    QTest.keyClicks(stand.editor, "1506198")
    assert "move_on" not in stand.heard
    QTest.keyClicks(stand.editor, "0")
    assert stand.heard[-3:] == ["edited", "left", "move_on"]
    assert stand.field.value_text() == "15/06/1980"


def test_slashes_typed_by_hand_move_on_too(bench) -> None:
    stand = bench(DateInput(clock=CLOCK))
    QTest.keyClicks(stand.editor, "15/06/1980")
    assert stand.heard[-1] == "move_on"


@pytest.mark.parametrize("key", ["h", "H"])
def test_h_is_today(bench, key: str) -> None:
    stand = bench(DateInput(clock=CLOCK))
    press(stand.editor, Qt.Key.Key_H, key)
    assert stand.field.value_text() == "05/09/2026"
    assert stand.heard == ["edited"]


def test_h_over_a_selected_date_is_today(bench) -> None:
    stand = bench(DateInput(clock=CLOCK))
    stand.field.set_value_text("1980-06-15")
    stand.leave()
    stand.field.take_focus()
    press(stand.editor, Qt.Key.Key_H, "h")
    assert stand.field.value_text() == "05/09/2026"


@pytest.mark.parametrize("typed", ["1", "15", "150", "15/06", "1506", "15/6/80", "1980", "19801"])
def test_half_a_date_stays_half_a_date_and_is_marked(bench, typed: str) -> None:
    stand = bench(DateInput(clock=CLOCK))
    QTest.keyClicks(stand.editor, typed)
    stand.leave()
    assert stand.field.value_text() == typed
    assert stand.field.frame_role() == "error"
    assert stand.field.complaint()
    assert "move_on" not in stand.heard


@pytest.mark.parametrize("typed", ["31021950", "29022023", "00001948", "31/02/1950"])
def test_a_date_that_never_was_stays_says_why_and_does_not_move_on(bench, typed: str) -> None:
    stand = bench(DateInput(clock=CLOCK))
    QTest.keyClicks(stand.editor, typed)
    assert stand.field.value_text() == typed
    assert "move_on" not in stand.heard
    assert stand.field.frame_role() == "error"
    assert stand.notes == [stand.field.complaint()]
    press(stand.editor, Qt.Key.Key_Backspace)
    assert stand.field.frame_role() == "accent"


def test_a_short_date_is_written_out_when_left(bench) -> None:
    stand = bench(DateInput(clock=CLOCK))
    QTest.keyClicks(stand.editor, "5/9/2026")
    stand.leave()
    assert stand.field.value_text() == "05/09/2026"


def test_a_pasted_date_stays_in_the_field(bench) -> None:
    stand = bench(DateInput(clock=CLOCK))
    paste(stand, "2026-09-05")
    assert "move_on" not in stand.heard
    stand.leave()
    assert stand.field.value_text() == "05/09/2026"


def test_words_are_refused_with_an_example(bench) -> None:
    stand = bench(DateInput(clock=CLOCK))
    paste(stand, "mồng năm")
    assert stand.field.value_text() == ""
    assert "15/06/1980" in stand.notes[0]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("1980", "1980"), ("061980", "06/1980"), ("6/1980", "06/1980"), ("15061980", "15/06/1980")],
)
def test_a_birth_date_may_be_known_in_part(bench, typed: str, shown: str) -> None:
    stand = bench(PartialDateInput(clock=CLOCK))
    QTest.keyClicks(stand.editor, typed)
    stand.leave()
    assert stand.field.value_text() == shown
    assert stand.field.is_readable()


def test_a_year_does_not_move_on_for_more_may_come(bench) -> None:
    stand = bench(PartialDateInput(clock=CLOCK))
    QTest.keyClicks(stand.editor, "1980")
    assert "move_on" not in stand.heard
    QTest.keyClicks(stand.editor, "0615")
    assert "move_on" not in stand.heard
    assert not stand.field.is_readable()


@pytest.mark.parametrize("typed", ["050920261420", "05092026 1420", "5/9/2026 14h20", "h"])
def test_a_moment(bench, typed: str) -> None:
    stand = bench(DateTimeInput(clock=CLOCK))
    QTest.keyClicks(stand.editor, typed)
    stand.leave()
    assert stand.field.value_text() == "05/09/2026 14:20"


def test_a_moment_moves_on_when_full_and_never_assumes_midnight(bench) -> None:
    stand = bench(DateTimeInput(clock=CLOCK))
    QTest.keyClicks(stand.editor, "05092026")
    assert "move_on" not in stand.heard
    stand.leave()
    assert stand.field.value_text() == "05092026"
    assert not stand.field.is_readable()
    stand.field.take_focus()
    QTest.keyClicks(stand.editor, "050920261420")
    assert stand.heard[-1] == "move_on"
