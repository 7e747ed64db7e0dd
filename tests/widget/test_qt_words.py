"""Qt's own buttons and menus speak Vietnamese."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLineEdit, QMessageBox, QPlainTextEdit
from pytestqt.qtbot import QtBot

from desktop.base.paths import bundled_root

FOLDER = bundled_root() / "resources" / "translations"
BUTTONS = (
    QMessageBox.StandardButton.Ok
    | QMessageBox.StandardButton.Cancel
    | QMessageBox.StandardButton.Yes
    | QMessageBox.StandardButton.No
    | QMessageBox.StandardButton.Save
    | QMessageBox.StandardButton.Discard
    | QMessageBox.StandardButton.Retry
)


@pytest.fixture(autouse=True)
def vietnamese(qapp: QApplication) -> Iterator[None]:
    """The translator the program installs."""
    translator = QTranslator()
    assert translator.load("qtbase_vi", str(FOLDER))
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


def test_the_buttons_of_a_message(qtbot: QtBot) -> None:
    box = QMessageBox()
    qtbot.addWidget(box)
    box.setStandardButtons(BUTTONS)
    words = {button.text().replace("&", "") for button in box.buttons()}
    assert words == {"Đồng ý", "Hủy", "Có", "Không", "Lưu", "Bỏ", "Thử lại"}


def test_the_buttons_of_any_dialog(qtbot: QtBot) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok)
    qtbot.addWidget(box)
    assert box.button(QDialogButtonBox.StandardButton.Ok).text() == "Đồng ý"


@pytest.mark.parametrize("make", [QLineEdit, QPlainTextEdit])
def test_the_menu_of_a_text(qtbot: QtBot, make: type[QLineEdit]) -> None:
    widget = make()
    qtbot.addWidget(widget)
    menu = widget.createStandardContextMenu()
    qtbot.addWidget(menu)
    words = [
        action.text().split("\t")[0].replace("&", "")
        for action in menu.actions()
        if not action.isSeparator()
    ]
    assert words == ["Hoàn tác", "Làm lại", "Cắt", "Sao chép", "Dán", "Xóa", "Chọn tất cả"]


def test_each_word_keeps_its_places_and_has_a_key_where_it_had_one() -> None:
    for message in ElementTree.parse(FOLDER / "qtbase_vi.ts").iter("message"):  # noqa: S314 - ours
        source = message.findtext("source") or ""
        text = message.findtext("translation") or ""
        assert text, source
        assert ("%1" in source) == ("%1" in text), source
        assert ("&" in source) == ("&" in text), source
