"""Questions: answered by key, put away with Esc, never with an empty reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from desktop.widget.ask import Answer, Ask, Asker, QuestionDialog, ReasonDialog
from desktop.widget.parts import Button
from tests.widget.scripted_ask import ScriptedAsk
from tests.widget.typing import type_unikey

SAVE = [Answer("", "Quay lại"), Answer("drop", "Bỏ", "danger"), Answer("save", "Lưu", "primary")]


def press_when_open(key: Qt.Key) -> None:
    """Press a key in the dialog that opens next."""

    def press() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        QTest.keyClick(dialog.focusWidget() or dialog, key)

    QTimer.singleShot(50, press)


@pytest.mark.parametrize(("key", "answer"), [(Qt.Key.Key_Return, "save"), (Qt.Key.Key_Escape, "")])
def test_enter_is_the_first_answer_and_escape_none(qtbot: QtBot, key: Qt.Key, answer: str) -> None:
    press_when_open(key)
    assert Ask().question(None, "Lưu?", "Hồ sơ có 3 ô chưa lưu.", SAVE) == answer


def test_every_answer_can_be_pressed(qtbot: QtBot) -> None:
    dialog = QuestionDialog(None, "Lưu?", "Hồ sơ có 3 ô chưa lưu.", SAVE)
    qtbot.addWidget(dialog)
    dialog.show()
    buttons = {button.accessibleName(): button for button in dialog.findChildren(Button)}
    QTest.mouseClick(buttons["Bỏ"], Qt.MouseButton.LeftButton)
    assert dialog.chosen == "drop"
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_a_message_is_put_away_by_any_of_both_keys(qtbot: QtBot) -> None:
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        press_when_open(key)
        Ask().message(None, "Không mở được", "Tệp đang mở trong Excel.", "error", "chi tiết")


def test_a_reason_must_be_written(qtbot: QtBot) -> None:
    dialog = ReasonDialog(None, "Vì sao?", "V03")
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    editor = dialog.field.editor()
    assert editor.hasFocus()
    low = dialog.height()
    type_unikey(editor, "ừ")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.field.problem()[0] == "error"
    assert dialog.height() > low
    type_unikey(editor, " thẻ ghi vậy")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert dialog.reason() == "ừ thẻ ghi vậy"


def test_a_reason_put_away_is_none(qtbot: QtBot) -> None:
    press_when_open(Qt.Key.Key_Escape)
    assert Ask().reason(None, "Vì sao?", "V03") is None


def test_files_come_back_as_paths_or_none(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = ("/a b/ổ.xlsx", "")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", staticmethod(lambda *_: chosen))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_: ("", "")))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", staticmethod(lambda *_: "/usb"))
    ask: Asker = Ask()
    assert ask.open_file(None, "Mở", "Sổ Excel (*.xlsx)") == Path("/a b/ổ.xlsx")
    assert ask.save_file(None, "Ghi", "Sổ Excel (*.xlsx)") is None
    assert ask.save_dir(None, "Chọn thư mục") == Path("/usb")


def test_the_scripted_one_answers_in_order_and_knows_no_more() -> None:
    ask: Asker = ScriptedAsk(["save", None, "/usb"])
    assert ask.question(None, "Lưu?", "", SAVE) == "save"
    assert ask.reason(None, "Vì sao?", "") is None
    assert ask.save_dir(None, "Thư mục") == Path("/usb")
    with pytest.raises(AssertionError, match="nobody foresaw"):
        ask.question(None, "Lại?", "", SAVE)
    with pytest.raises(AssertionError, match="is no answer"):
        ScriptedAsk(["perhaps"]).question(None, "Lưu?", "", SAVE)
