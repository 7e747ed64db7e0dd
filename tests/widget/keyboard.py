"""Keys pressed in a window as a person does: they go to whoever has the keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.widget.field_row import FieldRow
from desktop.widget.form_page import FormPage
from tests.widget.typing import Typist, type_unikey

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


def focus() -> QWidget:
    """Who has the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None, "nobody has the keyboard"
    return widget


def key(code: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keyboard is; shortcuts work."""
    QTest.keyClick(focus(), code, modifiers)


def keys(text: str) -> None:
    """Press keys of plain letters and digits."""
    for char in text:
        QTest.keyClicks(focus(), char)


def enter() -> None:
    key(Qt.Key.Key_Return)


def tab() -> None:
    key(Qt.Key.Key_Tab)


def words(text: str, typist: Typist = type_unikey) -> None:
    """Type Vietnamese as an input method does."""
    typist(focus(), text)


def field(form: FormPage, name: str) -> FieldRow:
    """The row of a field, in whichever section or open child row it stands."""
    for place in range(len(form.sections.plans)):
        for group in form.sections.section(place).groups():
            row = group.row_of(name)
            if row is not None:
                return row
    raise AssertionError(f"no field {name}")


def here(form: FormPage) -> str:
    """Name of the field the keyboard is in."""
    row = form.sections.row_with_focus()
    return row.field.name if row is not None else ""


def notes(row: FieldRow) -> list[str]:
    """Numbers of the problems under a field."""
    return [problem.number for problem in row.problems()]


def fill_in(form: FormPage, name: str = "Bàn gỗ", price: str = "") -> None:
    """Key in the least a thing of the small forms can be saved with."""
    field(form, "name").input.take_focus()
    words(name)
    tab()
    keys("1")
    tab()
    if price:
        field(form, "price").input.take_focus()
        keys(price)
