"""Cards read by a scanner, wherever the keyboard is: keys as of any keyboard, only faster."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import zxingcpp
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QApplication

from desktop.service.workspace import Workspace
from desktop.widget.card_box import CardBox
from desktop.widget.form_page import FormPage
from tests.flows.screen import Screen, go, problems_of, put
from tests.offices import HA_NAM, OfficeMaker, saved
from tests.widget.keyboard import CTRL, enter, field, focus, key, keys, tab, words
from tests.widget.scripted_ask import ScriptedAsk
from tests.widget.typing import commit

PLACE = "Tổ 3, Lam Hạ, Thành phố Phủ Lý, Hà Nam"
CARD = f"035148000123|162345678|Nguyễn Thị Hoà|02051948|Nữ|{PLACE}|02052021"
OLD_WOMAN = {
    "full_name": "Nguyễn Thị Hoà",
    "sex": "NU",
    "birth": "1948",
    "personal_no": "035148000123",
    "marital": "GOA",
    "client_category": [{"category": "05", "is_main": "1", "date_from": "01/01/2026"}],
}
SCANNER_MS, PERSON_MS = 4, 90
_clock = itertools.count(1_000_000, 10_000)


@pytest.fixture
def workspace(offices: OfficeMaker) -> Iterator[Workspace]:
    made = offices.open()
    yield made
    made.close()


@pytest.fixture
def screen(workspace: Workspace, show: Callable[[Workspace], Screen]) -> Iterator[Screen]:
    made = show(workspace)
    yield made
    box = made.window.cards.box
    if box is not None:
        box.reject()


def scan(screen: Screen, text: str, *, end: str = "\r", gap: int = SCANNER_MS) -> None:
    """The keys of a text, as the window system hands them to the window; \\b is Backspace."""
    special = {"\r": Qt.Key.Key_Return, "\t": Qt.Key.Key_Tab, "\b": Qt.Key.Key_Backspace}
    at = next(_clock)
    for place, char in enumerate(text + end):
        code = special.get(char, Qt.Key(ord(char.upper())) if char.isascii() else Qt.Key(0))
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, char)
            event.setTimestamp(at + place * gap)
            QApplication.sendEvent(screen.window.windowHandle(), event)
    QApplication.processEvents()


def box_of(screen: Screen) -> CardBox:
    """What is asked of the card."""
    screen.qtbot.waitUntil(lambda: screen.window.cards.box is not None)
    box = screen.window.cards.box
    assert box is not None
    screen.qtbot.waitUntil(box.isActiveWindow)
    return box


def close(screen: Screen, code: Qt.Key = Qt.Key.Key_Return) -> None:
    """Answer the box by a key; the window has the keyboard again."""
    key(code)
    screen.window.activateWindow()
    screen.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)


def texts(form: FormPage) -> dict[str, str]:
    assert form.draft is not None
    return {name: text for name, text in form.draft.row.texts.items() if text}


FILLED = {
    "full_name": "Nguyễn Thị Hoà",
    "sex": "NU",
    "birth": "02/05/1948",
    "personal_no": "035148000123",
    "old_id_no": "162345678",
    "current_unit": HA_NAM,
    "current_address": "Tổ 3",
    "permanent_address": PLACE,
}


@pytest.mark.parametrize(
    "start", ["full_name", "sex", "birth", "personal_no", "phone", "ethnic", "current_unit", "note"]
)
@pytest.mark.parametrize("end", ["\r", "\t", ""])
def test_a_new_record_is_filled_with_one_enter_from_any_field(
    screen: Screen, start: str, end: str
) -> None:
    form = screen.new("client")
    go(form, start)
    before = texts(form)
    scan(screen, CARD, end=end)
    box = box_of(screen)
    assert texts(form) == before, "nothing of the scanner's typing stays"
    assert field(form, start).input.has_focus() or QApplication.activeWindow() is box
    enter()
    assert {name: texts(form)[name] for name in FILLED} == FILLED
    for name, text in FILLED.items():
        assert field(form, name).input.value_text() == text, name
    assert "7 ô" in screen.window.said()


def test_a_person_is_not_a_scanner(screen: Screen) -> None:
    form = screen.new("client")
    go(form, "note")
    scan(screen, CARD, gap=PERSON_MS, end="")
    assert field(form, "note").input.value_text() == CARD
    assert screen.window.cards.box is None


def test_fast_digits_without_a_code_are_digits(screen: Screen) -> None:
    form = screen.new("client")
    go(form, "personal_no")
    scan(screen, "035148000123", end="")
    assert texts(form)["personal_no"] == "035148000123"
    assert (
        field(form, "phone").input.has_focus() or not field(form, "personal_no").input.has_focus()
    )


def test_what_was_typed_is_compared_line_by_line(screen: Screen) -> None:
    form = screen.new("client")
    put(form, "full_name", "Nguyễn Thị Hoa")
    tab()
    put(form, "sex", "nu")
    put(form, "birth", "1948")
    tab()
    scan(screen, CARD)
    box = box_of(screen)
    labels = [one.text() for one in box.boxes()]
    assert labels[:3] == ["Họ và tên", "Ngày sinh", "Số định danh/CCCD"]
    assert "Giới tính" not in labels, "it is the same"
    box.boxes()[0].setFocus()
    key(Qt.Key.Key_Space)
    assert "5 ô" in box.fill.text()
    box.fill.setFocus()
    enter()
    assert texts(form)["full_name"] == "Nguyễn Thị Hoa", "left out with the space bar"
    assert texts(form)["birth"] == "02/05/1948"


def test_esc_leaves_the_record_as_it_is(screen: Screen) -> None:
    form = screen.new("client")
    before = texts(form)
    scan(screen, CARD)
    box_of(screen)
    close(screen, Qt.Key.Key_Escape)
    assert texts(form) == before
    assert not form.is_dirty


def test_the_search_box_finds_the_person(screen: Screen, workspace: Workspace) -> None:
    id = saved(workspace, "client", OLD_WOMAN)
    screen.go_to("doi tuong")
    key(Qt.Key.Key_F, CTRL)
    page = screen.window.pages.current_register()
    assert page is not None
    scan(screen, CARD)
    box = box_of(screen)
    assert page.list.search.value_text() == ""
    assert page.list.rows.count == 1, "the list is not left searched"
    assert page.form.draft is not None
    assert page.form.draft.id == id
    assert [one.text() for one in box.boxes()][:1] == ["Ngày sinh"]
    enter()
    assert texts(page.form)["birth"] == "02/05/1948"


def test_the_list_offers_a_new_record_where_there_is_none(screen: Screen, ask: ScriptedAsk) -> None:
    screen.go_to("doi tuong")
    page = screen.window.pages.current_register()
    assert page is not None
    page.list.choice.take_focus()
    ask.then("client")
    scan(screen, CARD)
    box_of(screen)
    assert "035148000123" in ask.asked[0][1]
    enter()
    assert texts(page.form)["full_name"] == "Nguyễn Thị Hoà"


def test_a_number_that_somebody_has_leads_to_that_record(
    screen: Screen, workspace: Workspace, ask: ScriptedAsk
) -> None:
    id = saved(workspace, "client", OLD_WOMAN)
    form = screen.new("client")
    ask.then("")
    scan(screen, CARD)
    screen.qtbot.waitUntil(lambda: bool(ask.asked))
    assert "Nguyễn Thị Hoà" in ask.asked[0][1]
    assert form.draft is not None
    assert form.draft.is_new
    ask.then("open")
    scan(screen, CARD)
    box_of(screen)
    assert form.draft.id == id


@pytest.mark.parametrize(
    ("name", "place", "told"),
    [
        ("NGUY?N TH? HO", "T? 3", "mất dấu"),
        ("Nguyen Thi Hoa", "To 3, Lam Ha", "mất dấu"),
        ("Nguyá»…n Thá»‹ Hoa", "Tá»• 3", "bảng mã"),
        ("Nguyee\bễn Thị Hoà", "Tổ 3", "Unikey"),
    ],
)
def test_a_name_that_was_spoilt_is_not_taken(
    screen: Screen, name: str, place: str, told: str
) -> None:
    form = screen.new("client")
    scan(screen, f"035148000123||{name}|02051948|Nữ|{place}|")
    box = box_of(screen)
    assert not box.boxes()[0].isChecked()
    assert any(told in word for word in _words(box))
    enter()
    assert "full_name" not in texts(form)
    assert texts(form)["birth"] == "02/05/1948"


def _words(box: CardBox) -> list[str]:
    from desktop.widget.parts import ProblemNote

    return [note.words() for note in box.findChildren(ProblemNote)]


def test_a_composition_amid_the_code_is_noticed(screen: Screen) -> None:
    form = screen.new("client")
    scan(screen, "035148000123||", end="")
    commit(focus(), "Nguyễn Thị Hoà")
    scan(screen, "|02051948|Nữ|Tổ 3, Lam Hạ|")
    box = box_of(screen)
    assert any("Unikey" in word for word in _words(box))
    assert "full_name" not in texts(form)
    assert "personal_no" not in texts(form)


def test_a_keyboard_that_writes_other_digits_is_taken_back_too(screen: Screen) -> None:
    form = screen.new("client")
    before = texts(form)
    scan(screen, "àíơỗ|đư|Nguyễn Thị Hoà|x|Nữ|Tổ 3|")
    assert texts(form) == before
    assert "không bắt đầu" in screen.window.said()


def test_what_is_no_card_says_so_and_types_nothing(screen: Screen) -> None:
    form = screen.new("client")
    scan(screen, "035148000123|162345678|đứt")
    assert "full_name" not in texts(form)
    assert "Hãy quét lại" in screen.window.said()


def test_a_code_on_the_clipboard_is_a_card(screen: Screen) -> None:
    form = screen.new("client")
    QApplication.clipboard().setText(CARD)
    press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_V, CTRL, "\x16")
    QApplication.sendEvent(screen.window.windowHandle(), press)
    box_of(screen)
    enter()
    assert texts(form)["personal_no"] == "035148000123"


def test_a_filled_record_is_saved_by_keys(screen: Screen, workspace: Workspace) -> None:
    form = screen.new("client")
    scan(screen, CARD)
    box_of(screen)
    close(screen)
    go(form, "marital")
    words("goa")
    tab()
    key(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    key(Qt.Key.Key_Return, CTRL)
    put(form, "category", "05")
    put(form, "is_main", "c")
    put(form, "date_from", "01012026")
    key(Qt.Key.Key_S, CTRL)
    assert form.draft is not None
    assert not form.draft.is_new, problems_of(form)
    values = workspace.read("client", form.draft.id).values
    assert (values["personal_no"], values["birth_day"]) == ("035148000123", 2)


def test_from_another_page_the_person_is_found(screen: Screen, workspace: Workspace) -> None:
    id = saved(workspace, "client", OLD_WOMAN)
    screen.go_to("kiem tra")
    scan(screen, CARD)
    box_of(screen)
    page = screen.window.pages.current_register()
    assert page is not None
    assert page.form.draft is not None
    assert page.form.draft.id == id


def test_keys_after_a_card_are_the_persons_again(screen: Screen) -> None:
    form = screen.new("client")
    go(form, "full_name")
    scan(screen, CARD)
    box_of(screen)
    close(screen, Qt.Key.Key_Escape)
    field(form, "phone").input.take_focus()
    keys("0912345678")
    assert field(form, "phone").input.value_text() == "0912345678"


def test_a_picture_of_the_card_fills_the_record_too(
    screen: Screen, ask: ScriptedAsk, tmp_path: Path
) -> None:
    form = screen.new("client")
    path = tmp_path / "ảnh.png"
    made = zxingcpp.create_barcode(CARD, zxingcpp.BarcodeFormat.QRCode)
    view = memoryview(zxingcpp.write_barcode_to_image(made, scale=8))
    height, width = view.shape[:2]
    picture = QImage(bytes(view), width, height, width, QImage.Format.Format_Grayscale8)
    assert picture.save(str(path))
    ask.then(path)
    screen.window.commands.trigger("card_picture")
    box_of(screen)
    close(screen)
    assert form.draft is not None
    assert form.draft.row.texts["full_name"] == "Nguyễn Thị Hoà"
    assert form.draft.row.texts["personal_no"].replace(" ", "") == "035148000123"


def test_a_picture_without_a_code_says_what_to_do(
    screen: Screen, ask: ScriptedAsk, tmp_path: Path
) -> None:
    screen.new("client")
    path = tmp_path / "trống.png"
    blank = QImage(200, 200, QImage.Format.Format_RGB32)
    blank.fill(Qt.GlobalColor.white)
    assert blank.save(str(path))
    ask.then(path)
    screen.window.commands.trigger("card_picture")
    screen.wait()
    assert "chụp gần hơn" in screen.window.said()
