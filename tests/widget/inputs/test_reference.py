"""References: typed by name, opened by key."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desktop.base.text import fold
from desktop.widget.inputs import Hit, ReferenceInput
from desktop.widget.inputs.popup import Popup

PEOPLE = {
    "a1": Hit("a1", "Nguyễn Thị Hoà", "1948 · 13366-26-0041"),
    "b2": Hit("b2", "Trần Thị Hoa", "1948 · 13366-25-0117"),
    "c3": Hit("c3", "Lê Văn Ấm", "1950 · 13366-24-0009"),
}


def people(asked: list[str] | None = None) -> ReferenceInput:
    """People found by any part of the folded name."""

    def search(text: str) -> list[Hit]:
        if asked is not None:
            asked.append(text)
        return [hit for hit in PEOPLE.values() if fold(text) in fold(hit.title)]

    return ReferenceInput(search, lambda key: PEOPLE[key].title if key in PEOPLE else "")


def test_part_of_a_name_and_enter_give_the_id(bench) -> None:
    stand = bench(people())
    QTest.keyClicks(stand.editor, "hoa")
    popup = Popup.of(stand.field)
    assert popup.current_key() == "a1"
    QTest.keyClick(stand.editor, Qt.Key.Key_Down)
    QTest.keyClick(stand.editor, Qt.Key.Key_Return)
    assert stand.field.value_text() == "b2"
    assert stand.editor.text() == "Trần Thị Hoa"
    assert stand.heard == ["edited", "left", "move_on"]


def test_leaving_by_mouse_takes_only_one_of_that_name(bench) -> None:
    stand = bench(people())
    QTest.keyClicks(stand.editor, "hoa")
    stand.leave()
    assert stand.field.value_text() == "hoa"
    assert not stand.field.is_readable()
    stand.field.take_focus()
    QTest.keyClicks(stand.editor, "tran thi hoa")
    stand.leave()
    assert stand.field.value_text() == "b2"


def test_nothing_is_searched_before_something_is_typed(bench) -> None:
    asked: list[str] = []
    stand = bench(people(asked))
    stand.field.set_value_text("a1")
    stand.leave()
    assert asked == []


def test_a_record_that_is_gone_is_said(bench) -> None:
    stand = bench(people())
    stand.field.set_value_text("zz")
    stand.leave()
    assert stand.field.value_text() == "zz"
    assert stand.field.complaint()
    assert stand.field.frame_role() == "error"


def test_the_record_is_opened_by_key_and_by_its_sign(bench) -> None:
    stand = bench(people())
    opened: list[str] = []
    stand.field.open_asked.connect(opened.append)
    QTest.keyClick(stand.editor, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    stand.field.set_value_text("a1")
    QTest.keyClick(stand.editor, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert opened == []
    stand.field.set_can_open(True)
    QTest.keyClick(stand.editor, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    sign = QPoint(stand.field.width() - 14, 15)
    QTest.mouseClick(stand.field, Qt.MouseButton.LeftButton, pos=sign)
    assert opened == ["a1", "a1"]
    assert "move_on" not in stand.heard


def test_a_new_title_is_shown_when_asked(bench, monkeypatch) -> None:
    stand = bench(people())
    stand.field.set_value_text("a1")
    monkeypatch.setitem(PEOPLE, "a1", Hit("a1", "Nguyễn Thị Hòa", ""))
    stand.field.refresh_title()
    assert stand.editor.text() == "Nguyễn Thị Hòa"
