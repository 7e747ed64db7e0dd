"""Choices: found by code, words or first letters; one or several."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desktop.widget import theme
from desktop.widget.inputs import ChoiceInput, ChoicesInput, Option, OptionList
from desktop.widget.inputs.popup import Popup
from tests.widget.inputs.test_text import paste
from tests.widget.typing import press, type_unikey

GROUPS = OptionList(
    [
        Option("01", "Người cao tuổi", group="Bảo trợ xã hội"),
        Option("02", "Người khuyết tật", group="Bảo trợ xã hội", aliases=("NKT",)),
        Option("03", "Nạn nhân bạo lực gia đình", group="Khẩn cấp", active=False),
        Option("10", "Trẻ em có hoàn cảnh đặc biệt", group="Trẻ em"),
        Option("11", "Đối tượng khác", group="Trẻ em"),
    ]
)


def codes(typed: str) -> list[str]:
    """Codes found, best first."""
    return [option.code for option in GROUPS.matching(typed)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("02", "02"),
        ("1", "10"),
        ("nguoi k", "02"),
        ("khuyet", "02"),
        ("khuyết tật", "02"),
        ("KT", "02"),
        ("nkt", "02"),
        ("dtk", "11"),
        ("doi tuong", "11"),
        ("tre dac biet", "10"),
        ("uyet", "02"),
    ],
)
def test_a_part_of_it_finds_it(typed: str, first: str) -> None:
    if typed == "KT":
        assert "02" in codes(typed)
    else:
        assert codes(typed)[0] == first


def test_ranks_put_the_code_before_words_and_keep_the_order_of_the_list() -> None:
    options = OptionList([Option("2", "1 tháng"), Option("1", "2 tháng"), Option("3", "12 tháng")])
    assert [o.code for o in options.matching("1")] == ["1", "2", "3"]
    assert [o.code for o in options.matching("")] == ["2", "1", "3"]
    assert options.matching("zz") == []


def test_what_expired_is_never_found() -> None:
    assert "03" not in codes("bạo lực")
    assert "03" not in codes("")
    assert GROUPS.exact("03") is None
    assert GROUPS.find("03") is not None


def test_a_code_and_enter_answer_and_move_on(bench) -> None:
    stand = bench(ChoiceInput(GROUPS))
    QTest.keyClicks(stand.editor, "02")
    assert stand.heard == []
    QTest.keyClick(stand.editor, Qt.Key.Key_Return)
    assert stand.field.value_text() == "02"
    assert stand.editor.text() == "02 · Người khuyết tật"
    assert stand.heard == ["edited", "left", "move_on"]


def test_letters_without_accents_and_tab_answer(bench) -> None:
    stand = bench(ChoiceInput(GROUPS, show_codes=False))
    QTest.keyClicks(stand.editor, "khuyet")
    QTest.keyClick(stand.editor, Qt.Key.Key_Tab)
    assert stand.other.hasFocus()
    assert stand.field.value_text() == "02"
    assert stand.editor.text() == "Người khuyết tật"
    assert stand.heard == ["edited", "left"]


def test_arrows_walk_past_headings_and_enter_takes(bench) -> None:
    stand = bench(ChoiceInput(GROUPS))
    QTest.keyClick(stand.editor, Qt.Key.Key_Down)
    popup = Popup.of(stand.field)
    assert popup.is_open_for(stand.field)
    assert popup.current_key() == "01"
    for expected in ("02", "10", "11", "11"):
        QTest.keyClick(stand.editor, Qt.Key.Key_Down)
        assert popup.current_key() == expected
    QTest.keyClick(stand.editor, Qt.Key.Key_Up)
    assert popup.current_key() == "10"
    QTest.keyClick(stand.editor, Qt.Key.Key_Return)
    assert not popup.isVisible()
    assert stand.field.value_text() == "10"


def test_tab_over_an_untouched_list_takes_nothing(bench) -> None:
    stand = bench(ChoiceInput(GROUPS))
    QTest.keyClick(stand.editor, Qt.Key.Key_F4)
    QTest.keyClick(stand.editor, Qt.Key.Key_Tab)
    assert stand.field.value_text() == ""
    assert stand.heard == ["left"]
    assert not Popup.of(stand.field).isVisible()


def test_escape_brings_the_answer_back_and_the_next_is_the_pages(bench, qtbot) -> None:
    stand = bench(ChoiceInput(GROUPS))
    stand.field.set_value_text("02")
    stand.editor.selectAll()
    QTest.keyClicks(stand.editor, "tre")
    QTest.keyClick(stand.editor, Qt.Key.Key_Escape)
    assert stand.field.value_text() == "02"
    assert stand.editor.text() == "02 · Người khuyết tật"
    assert stand.heard == []
    assert not stand.field.wants_key(_escape())


def _escape():
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    return QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier, "")


def test_text_that_is_in_no_list_stays_is_given_back_and_marked(bench) -> None:
    stand = bench(ChoiceInput(GROUPS))
    type_unikey(stand.editor, "xyz")
    stand.leave()
    assert stand.field.value_text() == "xyz"
    assert stand.editor.text() == "xyz"
    assert stand.heard == ["edited", "left"]
    assert stand.field.frame_role() == "error"
    stand.field.take_focus()
    stand.leave()
    assert stand.heard == ["edited", "left", "left"]


def test_leaving_by_mouse_takes_only_what_is_beyond_doubt(bench) -> None:
    stand = bench(ChoiceInput(GROUPS))
    QTest.keyClicks(stand.editor, "nguoi")
    stand.leave()
    assert stand.field.value_text() == "nguoi"
    stand.field.take_focus()
    QTest.keyClicks(stand.editor, "khuyet")
    stand.leave()
    assert stand.field.value_text() == "02"


def test_emptying_the_line_takes_the_answer_away(bench) -> None:
    stand = bench(ChoiceInput(GROUPS))
    stand.field.set_value_text("02")
    stand.editor.selectAll()
    QTest.keyClick(stand.editor, Qt.Key.Key_Delete)
    stand.leave()
    assert stand.field.value_text() == ""
    assert stand.heard == ["edited", "left"]


def test_a_stored_answer_that_expired_is_shown_and_said(bench) -> None:
    stand = bench(ChoiceInput(GROUPS))
    stand.field.set_value_text("03")
    assert stand.field.value_text() == "03"
    assert stand.field.is_expired()
    assert stand.editor.palette().text().color().name() == theme.LIGHT.quiet
    assert "Nạn nhân" in stand.editor.text()
    assert stand.editor.text() != "03 · Nạn nhân bạo lực gia đình"
    stand.leave()
    assert stand.field.value_text() == "03"
    assert stand.field.is_readable()
    stand.field.set_value_text("02")
    assert stand.editor.palette().text().color().name() == theme.LIGHT.text


def test_a_screen_reader_hears_the_highlighted_row(bench, monkeypatch) -> None:
    heard: list[str] = []
    monkeypatch.setattr("desktop.widget.inputs.announce.QAccessible", _Reader(heard))
    stand = bench(ChoiceInput(GROUPS))
    QTest.keyClicks(stand.editor, "khuyet")
    assert heard == ["02 · Người khuyết tật"] * len("khuyet")


class _Reader:
    """Stands for the system's screen reader."""

    def __init__(self, heard: list[str]) -> None:
        self._heard = heard

    def isActive(self) -> bool:
        return True

    def updateAccessibility(self, event) -> None:
        self._heard.append(event.message())


def test_a_list_that_cannot_be_used_has_no_sign_to_open_it(bench) -> None:
    stand = bench(ChoiceInput(GROUPS))
    wide = stand.editor.width()
    stand.field.set_read_only(True)
    assert stand.editor.width() > wide
    stand.field.open_list()
    QTest.keyClick(stand.editor, Qt.Key.Key_F4)
    assert not Popup.of(stand.field).isVisible()


def test_a_stored_code_that_is_in_no_list_is_complained_of(bench) -> None:
    stand = bench(ChoiceInput(GROUPS))
    stand.field.set_value_text("99")
    assert stand.field.value_text() == "99"
    assert stand.field.complaint()
    stand.field.set_options([Option("99", "Khác")])
    assert stand.editor.text() == "99 · Khác"
    assert stand.field.complaint() == ""


def test_typing_the_same_answer_again_says_nothing_new(bench) -> None:
    stand = bench(ChoiceInput(GROUPS))
    stand.field.set_value_text("02")
    stand.editor.selectAll()
    QTest.keyClicks(stand.editor, "02")
    QTest.keyClick(stand.editor, Qt.Key.Key_Tab)
    assert stand.heard == ["left"]


def test_a_click_on_a_row_answers_and_leaves_the_keyboard_in_the_line(bench) -> None:
    stand = bench(ChoiceInput(GROUPS))
    sign = QPoint(stand.field.width() - 14, 15)
    QTest.mouseClick(stand.field, Qt.MouseButton.LeftButton, pos=sign)
    popup = Popup.of(stand.field)
    assert popup.is_open_for(stand.field)
    row = popup.visualRect(popup.model().index(2, 0)).center()
    QTest.mouseClick(popup.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert stand.field.value_text() == "02"
    assert stand.editor.hasFocus()
    assert not popup.isVisible()


def test_the_list_lies_inside_the_window_under_or_over_its_field(bench) -> None:
    stand = bench(ChoiceInput([Option(f"{n:02}", f"Giá trị {n}") for n in range(60)]))
    stand.field.open_list()
    popup = Popup.of(stand.field)
    assert stand.window.rect().contains(popup.geometry())
    assert popup.y() >= stand.field.geometry().bottom()
    stand.field._close()
    stand.window.layout().removeWidget(stand.field)
    stand.field.move(10, 430)
    stand.field.open_list()
    assert stand.window.rect().contains(popup.geometry())
    assert popup.geometry().bottom() <= 430


def test_the_list_goes_with_its_field(bench, qtbot) -> None:
    stand = bench(ChoiceInput(GROUPS))
    stand.field.open_list()
    popup = Popup.of(stand.field)
    stand.field.hide()
    assert not popup.isVisible()


def test_the_model_of_the_list_is_sound(bench, qtmodeltester) -> None:
    stand = bench(ChoiceInput(GROUPS))
    stand.field.open_list()
    model = Popup.of(stand.field).model()
    qtmodeltester.check(model)
    QTest.keyClicks(stand.editor, "tre")
    QTest.keyClick(stand.editor, Qt.Key.Key_Backspace)


def test_several_codes_are_typed_one_after_the_other(bench) -> None:
    stand = bench(ChoicesInput(GROUPS))
    for typed in ("khuyet", "01"):
        QTest.keyClicks(stand.editor, typed)
        QTest.keyClick(stand.editor, Qt.Key.Key_Return)
    assert stand.field.value_text() == "01, 02"
    assert stand.heard == ["edited", "edited"]
    assert stand.editor.text() == ""
    QTest.keyClick(stand.editor, Qt.Key.Key_Return)
    assert stand.heard[-2:] == ["left", "move_on"]


def test_backspace_in_the_empty_line_takes_the_last_code_away(bench) -> None:
    stand = bench(ChoicesInput(GROUPS))
    stand.field.set_value_text("02, 01")
    QTest.keyClicks(stand.editor, "x")
    QTest.keyClick(stand.editor, Qt.Key.Key_Backspace)
    assert stand.field.value_text() == "01, 02"
    QTest.keyClick(stand.editor, Qt.Key.Key_Backspace)
    assert stand.field.value_text() == "01"


def test_a_list_of_ticks_stays_open_while_codes_are_ticked(bench) -> None:
    stand = bench(ChoicesInput(GROUPS))
    QTest.keyClick(stand.editor, Qt.Key.Key_F4)
    QTest.keyClick(stand.editor, Qt.Key.Key_Return)
    QTest.keyClick(stand.editor, Qt.Key.Key_Down)
    QTest.keyClick(stand.editor, Qt.Key.Key_Return)
    assert stand.field.value_text() == "01, 02"
    QTest.keyClick(stand.editor, Qt.Key.Key_Return)
    assert stand.field.value_text() == "01"
    assert Popup.of(stand.field).is_open_for(stand.field)
    QTest.keyClick(stand.editor, Qt.Key.Key_Tab)
    assert not Popup.of(stand.field).isVisible()
    assert stand.field.value_text() == "01"


def test_the_cross_of_a_chip_takes_it_away(bench) -> None:
    stand = bench(ChoicesInput(GROUPS))
    stand.field.set_value_text("01, 02")
    box = stand.field._chips.places[0][1]
    QTest.mouseClick(stand.field, Qt.MouseButton.LeftButton, pos=QPoint(box.right() - 6, 15))
    assert stand.field.value_text() == "02"


def test_chips_flow_into_lines_and_none_is_cut(bench) -> None:
    stand = bench(ChoicesInput(GROUPS))
    stand.field.set_value_text("01, 02, 03, 10, 11")
    assert stand.field.height() > 60
    for _, box in stand.field._chips.places:
        assert stand.field.rect().contains(box)


def test_text_left_among_codes_is_given_back_and_marked(bench) -> None:
    stand = bench(ChoicesInput(GROUPS))
    stand.field.set_value_text("01")
    type_unikey(stand.editor, "người lạ")
    stand.leave()
    assert stand.field.value_text() == "01, người lạ"
    assert stand.field.frame_role() == "error"
    again = ChoicesInput(GROUPS)
    again.set_value_text("01, người lạ")
    assert again.codes() == ("01",)
    assert again.value_text() == "01, người lạ"


def test_pasting_never_answers_by_itself(bench) -> None:
    stand = bench(ChoiceInput(GROUPS))
    paste(stand, "02")
    assert stand.heard == []
    press(stand.editor, Qt.Key.Key_Return, "\r")
    assert stand.field.value_text() == "02"
