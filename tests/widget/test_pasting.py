"""Bad input into every kind of field by the paste key: cleaned with a note, or refused with one."""

from __future__ import annotations

import unicodedata

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.base.text import has_control
from desktop.service.workspace import Workspace
from desktop.widget.ask import ReasonDialog
from desktop.widget.field_row import FieldRow
from desktop.widget.form_page import FormPage
from desktop.widget.inputs import Input
from desktop.widget.inputs.bubble import Bubble
from desktop.widget.main_window import MainWindow
from desktop.widget.parts import ProblemNote
from tests.widget.conftest import WindowMaker
from tests.widget.keyboard import ALT, CTRL, enter, field, here, key, tab

BAD = {
    "table": "Nguyễn Thị Hoà\t1948\tNữ\r\nLê Văn Bảy\t1950\tNam\r\n",
    "row": "1\t2\t3",
    "lines": "dòng một\r\ndòng hai",
    "10,000": "ă" * 10_000,
    "10,000 digits": "7" * 10_000,
    "emoji": "Hoà 👍🏽",
    "emoji family": "👨\u200d👩\u200d👧",
    "right to left": "\u202eHoà\u202c",
    "zero width": "Ho\u200bà\ufeff",
    "soft hyphen": "Hà\u00adNam",
    "control": "Ho\x00à\x07",
    "NBSP": "Nguyễn\u00a0Thị\u00a0\u00a0Hoà",
    "NFD": unicodedata.normalize("NFD", "Nguyễn Thị Hoà"),
    "TCVN3": "céng t¸c x· héi",
    "TCVN3 u horn": "ng\u00adêi cao tuæi",
    "VNI": "coäng taùc xaõ hoäi",
    "mixed": "céng t¸c x· héi phường Phương Liệt",
    "vietnamese number": "1.234,5",
    "english number": "1,234.5",
    "either number": "1.234",
    "power": "4E+11",
    "power vi": "4,12E+11",
    "apostrophe": "'035148000123",
    "dotted": "035.148.000.123",
    "point zero": "35148000123.0",
    "lost zero": "35148000123",
    "iso moment": "1948-05-02 00:00:00",
    "slashes": "5/2/1948",
    "american": "5/22/1948",
    "serial": "17655",
    "serial part": "46188.354166667",
    "abroad": "+84 912 345 678",
    "brackets": "(1.500)",
    "formula": "=1+1",
    "markup": "<b>Hoà</b> & co",
    "blanks": "   ",
    "NULL": "NULL",
}
KINDS = [
    *("name", "kind", "detail", "tags", "broken", "price", "count", "weight"),
    *("year", "bought", "checked_at", "made", "serial", "owner", "note"),
]


@pytest.fixture
def window(windows: WindowMaker, small: Workspace) -> MainWindow:
    return windows.open(small)


def paste(text: str) -> None:
    """Ctrl+V where the keyboard is."""
    QApplication.clipboard().setText(text)
    key(Qt.Key.Key_V, CTRL)


def shown(made: Input) -> str:
    """What stands in the editor; the answer of one that has no text."""
    editor = made.editor()
    if isinstance(editor, QLineEdit):
        return editor.text()
    return editor.toPlainText() if isinstance(editor, QPlainTextEdit) else made.value_text()


def notes(row: FieldRow) -> list[str]:
    """What is said under a field, problems of the rules aside."""
    problems = [problem.message for problem in row.problems()]
    found = [note.words() for note in row.findChildren(ProblemNote) if note.isVisibleTo(row)]
    return [words for words in found if not any(told in words for told in problems)]


def is_as_pasted(text: str, raw: str) -> bool:
    """True if nothing was changed that a person could see."""
    lines = unicodedata.normalize("NFC", raw).replace("\r\n", "\n")
    return unicodedata.normalize("NFC", text).strip() == lines.strip()


@pytest.mark.parametrize("name", KINDS)
def test_no_paste_is_changed_or_refused_without_a_word(
    window: MainWindow, small: Workspace, name: str
) -> None:
    assert window.add_record("thing", {})
    form = window.pages.register_page("thing").form
    row = field(form, name)
    for what, raw in BAD.items():
        row.take_text("")
        row.notes.forget()
        row.input.take_focus()
        paste(raw)
        text = shown(row.input)
        told = notes(row)
        taken = is_as_pasted(text, raw) or (what == "blanks" and not text.strip())
        assert taken or told, f"{name}: {what}: {text[:60]!r} without a word"
        assert not has_control(text.replace("\n", " ")), (name, what)
        assert len(text) < 10_000, (name, what)
        assert row.input.has_focus(), (name, what)
        tab()
        assert form.draft is not None
        kept = form.draft.row.texts.get(name, "")
        assert not has_control(kept.replace("\n", " ")), (name, what)
        assert unicodedata.is_normalized("NFC", kept), (name, what)
        row.take_text("")
    form.clear()


GOOD = [
    ("name", "NBSP", "Nguyễn Thị Hoà"),
    ("name", "NFD", "Nguyễn Thị Hoà"),
    ("name", "lines", "dòng một dòng hai"),
    ("name", "table", "Nguyễn Thị Hoà"),
    ("name", "emoji", "Hoà 👍🏽"),
    ("note", "lines", "dòng một\ndòng hai"),
    ("price", "apostrophe", "35.148.000.123"),
    ("weight", "english number", "1.234,5"),
    ("weight", "vietnamese number", "1.234,5"),
    ("bought", "iso moment", "02/05/1948"),
    ("bought", "slashes", "05/02/1948"),
    ("bought", "american", "22/05/1948"),
    ("bought", "serial", "02/05/1948"),
    ("made", "serial", "02/05/1948"),
    ("checked_at", "serial part", "15/06/2026 08:30"),
    ("broken", "row", ""),
]


@pytest.mark.parametrize(("name", "what", "value"), GOOD)
def test_what_a_paste_becomes(
    window: MainWindow, small: Workspace, name: str, what: str, value: str
) -> None:
    assert window.add_record("thing", {})
    form = window.pages.register_page("thing").form
    row = field(form, name)
    row.input.take_focus()
    paste(BAD[what])
    tab()
    assert row.input.value_text() == value
    form.clear()


@pytest.fixture
def client(windows: WindowMaker, workspace: Workspace) -> FormPage:
    """A new client of the shipped forms."""
    shown_window = windows.open(workspace)
    assert shown_window.add_record("client", {})
    return shown_window.pages.register_page("client").form


def test_an_old_font_is_converted_by_keys_after_a_preview(client: FormPage) -> None:
    row = field(client, "full_name")
    row.input.take_focus()
    paste(BAD["TCVN3"])
    assert "“cộng tác xã hội”" in notes(row)[0]
    assert row.input.value_text() == BAD["TCVN3"], "nothing is converted unasked"
    key(Qt.Key.Key_Period, CTRL)
    enter()
    assert row.input.value_text() == "cộng tác xã hội"
    assert row.input.has_focus()
    assert notes(row) == []
    row.input.take_focus()
    paste(BAD["TCVN3 u horn"])
    assert row.input.value_text() == "ng\u00adêi cao tuæi", "its soft hyphen is a letter"
    key(Qt.Key.Key_Period, CTRL)
    tab()
    enter()
    assert row.input.value_text() == "NGƯỜI CAO TUỔI"


def test_the_font_on_the_clipboard_tells_capitals(client: FormPage) -> None:
    copied = QMimeData()
    copied.setText(BAD["TCVN3"])
    copied.setHtml(f"<td style='font-family:.VnTimeH'>{BAD['TCVN3']}</td>")
    QApplication.clipboard().setMimeData(copied)
    row = field(client, "full_name")
    row.input.take_focus()
    key(Qt.Key.Key_V, CTRL)
    key(Qt.Key.Key_Period, CTRL)
    enter()
    assert row.input.value_text() == "CỘNG TÁC XÃ HỘI"


def test_a_stored_old_font_is_offered_in_unicode_when_the_field_is_left(client: FormPage) -> None:
    row = field(client, "current_address")
    row.take_text(BAD["TCVN3"])
    row.input.take_focus()
    tab()
    assert any("“cộng tác xã hội”" in words for words in notes(row))
    row.input.take_focus()
    key(Qt.Key.Key_Period, CTRL)
    enter()
    assert row.input.value_text() == "cộng tác xã hội"


def test_a_paste_is_taken_back_by_undo_in_the_field(client: FormPage) -> None:
    row = field(client, "full_name")
    row.input.take_focus()
    paste("Hoà")
    row.input.take_focus()
    paste(BAD["lines"])
    key(Qt.Key.Key_Z, CTRL)
    assert row.input.value_text() == "Hoà"


def test_a_telephone_can_be_left_as_it_was_pasted(client: FormPage) -> None:
    row = field(client, "phone")
    row.input.take_focus()
    paste(BAD["abroad"])
    assert row.input.value_text() == "0912345678"
    key(Qt.Key.Key_Period, CTRL)
    enter()
    assert row.input.value_text() == BAD["abroad"]


def test_esc_leaves_the_choices_for_the_field(client: FormPage) -> None:
    row = field(client, "phone")
    row.input.take_focus()
    paste(BAD["abroad"])
    key(Qt.Key.Key_Period, CTRL)
    key(Qt.Key.Key_Escape)
    assert row.input.has_focus()
    assert client.draft is not None
    assert client.draft.row.texts["phone"] == "0912345678"


def test_lost_zeros_of_an_identity_number_are_offered(client: FormPage) -> None:
    row = field(client, "personal_no")
    row.input.take_focus()
    paste(BAD["lost zero"])
    assert row.input.value_text() == "35148000123"
    key(Qt.Key.Key_Period, CTRL)
    enter()
    assert row.input.value_text() == "035148000123"
    row.input.take_focus()
    paste(BAD["power vi"])
    assert row.input.value_text() == "035148000123"
    assert "Excel" in notes(row)[0]


def test_a_row_of_cells_fills_the_fields_that_follow_once_agreed(client: FormPage) -> None:
    row = field(client, "full_name")
    row.input.take_focus()
    paste("Nguyễn Thị Hoà\t\tNữ\t5/22/1948\t035.148.000.123\t\t+84 912 345 678")
    assert row.input.value_text() == "Nguyễn Thị Hoà"
    assert field(client, "birth").input.value_text() == "", "not before it is agreed"
    key(Qt.Key.Key_Period, CTRL)
    enter()
    texts = client.draft.row.texts if client.draft is not None else {}
    assert texts["sex"] == "NU"
    assert texts["birth"] == "22/05/1948"
    assert texts["personal_no"] == "035148000123"
    assert texts["phone"] == "0912345678"
    assert "tháng trước" in notes(field(client, "birth"))[0]
    assert here(client) == "full_name"


def test_rows_of_cells_become_child_rows_once_agreed(
    windows: WindowMaker, small: Workspace
) -> None:
    window = windows.open(small)
    assert window.add_record("thing", {})
    form = window.pages.register_page("thing").form
    key(Qt.Key.Key_2, ALT)
    key(Qt.Key.Key_Return, CTRL)
    assert here(form) == "part"
    paste("Chân bàn\t4\r\nMặt bàn\t1\r\nNgăn kéo\t2")
    assert form.draft is not None
    assert len(form.draft.children["thing_part"]) == 1
    key(Qt.Key.Key_Period, CTRL)
    enter()
    rows = form.draft.children["thing_part"]
    assert [(one.values["part"], one.values["amount"]) for one in rows] == [
        ("Chân bàn", 4),
        ("Mặt bàn", 1),
        ("Ngăn kéo", 2),
    ]
    form.clear()


def test_a_cell_for_a_question_that_goes_is_set_aside_and_said(client: FormPage) -> None:
    row = field(client, "personal_no")
    row.input.take_focus()
    paste("035148000123\tMất thẻ")
    key(Qt.Key.Key_Period, CTRL)
    enter()
    group = client.sections.section(0).group
    assert group.aside is not None
    assert group.aside.isVisible()
    assert "Mất thẻ" in group.aside.words()


def bubble_words(window: QWidget) -> str:
    """What floats below a field that stands alone."""
    shown_now = [one.words() for one in window.findChildren(Bubble) if one.isVisible()]
    return " ".join(shown_now)


def test_the_search_box_says_what_it_cleaned(window: MainWindow, small: Workspace) -> None:
    assert window.open_page("register.thing")
    search = window.pages.register_page("thing").list.search
    for what, raw in BAD.items():
        search.clear()
        Bubble.of(search).hide()
        search.take_focus()
        paste(raw)
        taken = is_as_pasted(search.text(), raw) or what == "blanks"
        assert taken or bubble_words(window), what
        assert not has_control(search.text()), what


def test_a_dialog_says_what_it_cleaned(window: MainWindow, qtbot: QtBot) -> None:
    dialog = ReasonDialog(window, "V01", "Vì sao?")
    dialog.show()
    dialog.activateWindow()
    for what, raw in BAD.items():
        dialog.field.set_value_text("")
        Bubble.of(dialog.field).hide()
        dialog.field.take_focus()
        qtbot.waitUntil(dialog.field.has_focus)
        paste(raw)
        taken = is_as_pasted(shown(dialog.field), raw) or what == "blanks"
        assert taken or bubble_words(dialog), what
    dialog.reject()
    dialog.deleteLater()
