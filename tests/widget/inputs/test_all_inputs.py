"""What every input does alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel

from desktop.base.clock import FixedClock
from desktop.widget import theme
from desktop.widget.inputs import (
    ChoiceInput,
    ChoicesInput,
    DateInput,
    DateTimeInput,
    DigitsInput,
    Input,
    LongTextInput,
    MoneyInput,
    NumberInput,
    Option,
    PartialDateInput,
    ReferenceInput,
    TextInput,
    YesNoInput,
)
from tests.widget.typing import press

OPTIONS = [Option("01", "Kinh"), Option("02", "Tày")]
CLOCK = FixedClock(date(2026, 9, 5))
MAKERS: dict[str, tuple[Callable[[], Input], str]] = {
    "text": (TextInput, "Nguyễn"),
    "long": (LongTextInput, "một\nhai"),
    "digits": (lambda: DigitsInput(digits=12, groups=(3, 1, 2, 6)), "035148000123"),
    "number": (lambda: NumberInput(decimals=1), "1.234,5"),
    "money": (MoneyInput, "1.234.567"),
    "date": (lambda: DateInput(clock=CLOCK), "15/06/1980"),
    "partial": (lambda: PartialDateInput(clock=CLOCK), "06/1980"),
    "moment": (lambda: DateTimeInput(clock=CLOCK), "15/06/2026 08:30"),
    "yes": (YesNoInput, "1"),
    "tick": (lambda: YesNoInput(two_state=True), "1"),
    "choice": (lambda: ChoiceInput(OPTIONS), "02"),
    "choices": (lambda: ChoicesInput(OPTIONS), "01, 02"),
    "reference": (lambda: ReferenceInput(lambda _: [], lambda key: f"Người {key}"), "7"),
}
ALL = pytest.mark.parametrize(("make", "value"), MAKERS.values(), ids=MAKERS.keys())
EMPTY = {"tick": "0"}


@ALL
def test_a_value_comes_back_as_it_was_set_and_says_nothing(bench, make, value: str) -> None:
    stand = bench(make())
    stand.field.set_value_text(value)
    assert stand.field.value_text() == value
    stand.field.set_value_text(value)
    assert stand.heard == []
    stand.leave()
    assert stand.field.value_text() == value
    assert stand.heard == ["left"]
    assert stand.field.is_readable()


@ALL
def test_setting_nothing_empties_it(bench, make, value: str) -> None:
    stand = bench(make())
    before = stand.field.value_text()
    stand.field.set_value_text(value)
    stand.field.set_value_text("")
    assert stand.field.value_text() == before
    assert stand.heard == []


@ALL
def test_leaving_is_said_once_for_a_visit(bench, make, value: str) -> None:
    stand = bench(make())
    press(stand.editor, Qt.Key.Key_Return, "\r")
    assert stand.heard == ["left", "move_on"]
    stand.leave()
    assert stand.heard == ["left", "move_on"]
    stand.field.take_focus()
    stand.leave()
    assert stand.heard == ["left", "move_on", "left"]


@ALL
def test_the_wheel_changes_nothing(bench, make, value: str) -> None:
    stand = bench(make())
    stand.field.set_value_text(value)
    turn = QWheelEvent(
        QPointF(5, 5),
        QPointF(stand.editor.mapToGlobal(QPoint(5, 5))),
        QPoint(0, 0),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(stand.editor, turn)
    assert stand.field.value_text() == value
    assert stand.heard == []


@ALL
def test_read_only_keeps_its_value_and_can_still_be_focused(bench, make, value: str) -> None:
    stand = bench(make())
    stand.field.set_value_text(value)
    stand.field.set_read_only(True)
    stand.leave()
    stand.field.take_focus()
    assert stand.field.has_focus()
    for key, text in ((Qt.Key.Key_C, "c"), (Qt.Key.Key_1, "1"), (Qt.Key.Key_Backspace, "\b")):
        press(stand.editor, key, text)
    assert stand.field.value_text() == value
    assert "edited" not in stand.heard


@ALL
def test_name_and_problem_can_be_read_aloud(bench, make, value: str) -> None:
    stand = bench(make())
    stand.field.set_label("Họ và tên")
    stand.field.set_help("Ghi như giấy tờ")
    stand.field.set_problem("error", "V03 · Kiểm tra thẻ")
    assert stand.editor.accessibleName() == "Họ và tên"
    assert "V03 · Kiểm tra thẻ" in stand.editor.accessibleDescription()
    assert "Ghi như giấy tờ" in stand.editor.accessibleDescription()
    assert stand.field.frame_role() == "error"
    stand.field.set_problem(None)
    assert "V03" not in stand.editor.accessibleDescription()
    label = QLabel("&Họ và tên")
    label.setBuddy(stand.field)
    stand.leave()
    label.buddy().setFocus()
    assert stand.field.has_focus()


@ALL
def test_a_problem_of_an_unknown_level_is_a_mistake(bench, make, value: str) -> None:
    with pytest.raises(ValueError, match="unknown problem level"):
        bench(make()).field.set_problem("fatal")


@ALL
def test_one_line_is_thirty_pixels_high(bench, make, value: str) -> None:
    field = bench(make()).field
    if not isinstance(field, LongTextInput):
        assert field.height() == theme.INPUT_HEIGHT


@ALL
def test_the_whole_value_is_seen(bench, make, value: str) -> None:
    stand = bench(make())
    stand.field.set_value_text(value)
    stand.leave()
    line = getattr(stand.field, "line", lambda: None)()
    if line is not None:
        words = line.fontMetrics().horizontalAdvance(line.text())
        assert words + 4 <= line.width(), (words, line.width())


def test_another_program_in_front_is_not_leaving(bench) -> None:
    stand = bench(DateInput(clock=CLOCK))
    press(stand.editor, Qt.Key.Key_1, "1")
    stand.field._focus_went(Qt.FocusReason.ActiveWindowFocusReason)
    assert stand.heard == ["edited"]
    stand.field.commit()
    assert stand.heard == ["edited", "left"]
    assert stand.field.value_text() == "1"


class _Reader:
    """Stands for the system's screen reader."""

    AnnouncementPoliteness = QAccessible.AnnouncementPoliteness

    def __init__(self, heard: list[tuple[str, bool]]) -> None:
        self._heard = heard

    def isActive(self) -> bool:
        return True

    def updateAccessibility(self, event: QAccessibleAnnouncementEvent) -> None:
        urgent = event.politeness() == QAccessible.AnnouncementPoliteness.Assertive
        self._heard.append((event.message(), urgent))


@ALL
def test_a_problem_is_read_aloud_as_it_appears_and_once(
    bench, make, value: str, monkeypatch
) -> None:
    heard: list[tuple[str, bool]] = []
    monkeypatch.setattr("desktop.widget.inputs.announce.QAccessible", _Reader(heard))
    field = bench(make()).field
    field.set_label("Ô thử")
    field.set_problem("error", "Chưa ghi.")
    field.set_problem("error", "Chưa ghi.")
    field.set_problem("warning", "Xem lại.")
    field.set_problem(None)
    assert heard == [("Ô thử: Chưa ghi.", True), ("Ô thử: Xem lại.", False)]
    assert "Chưa ghi." not in field.editor().accessibleDescription()
