"""The keyboard's way before the window is there, and in what stands over it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.base.paths import Paths
from desktop.widget.ask import KEEP_EDITING, QuestionDialog, ReasonDialog
from desktop.widget.first_run import FirstRunPage
from desktop.widget.record_saving import DISCARD
from desktop.widget.sign_in import SignInPage
from tests.flows.seat import Seat
from tests.offices import OfficeMaker, paths_of
from tests.widget.keyboard import SHIFT, enter, focus, key, words

MOST_STOPS = 60
NOTHING = Qt.KeyboardModifier.NoModifier


def goes_round(page: QWidget, *, forward: bool) -> list[QWidget]:
    """Where Tab goes from where the keyboard is until it is there again."""
    begun = focus()
    stops = [begun]
    code, held = (Qt.Key.Key_Tab, NOTHING) if forward else (Qt.Key.Key_Backtab, SHIFT)
    for _ in range(MOST_STOPS):
        key(code, held)
        if focus() is begun:
            return stops
        stops.append(focus())
    raise AssertionError(f"Tab never came back on {type(page).__name__}")


def must_go_round(page: QWidget) -> list[QWidget]:
    """Both ways lead past the same places, each seen, once, with a name."""
    stops = goes_round(page, forward=True)
    assert len(set(stops)) == len(stops) > 1
    assert set(goes_round(page, forward=False)) == set(stops)
    assert all(stop.isVisible() and stop.isEnabled() and stop.accessibleName() for stop in stops)
    return stops


def test_the_first_run_is_gone_round(sit: Callable[[Paths], Seat], tmp_path: Path) -> None:
    page = sit(paths_of(tmp_path / "mới")).start()
    assert isinstance(page, FirstRunPage)
    must_go_round(page)


def test_the_sign_in_is_gone_round(sit: Callable[[Paths], Seat], offices: OfficeMaker) -> None:
    made = offices.open()
    made.close()
    page = sit(made.paths).start()
    assert isinstance(page, SignInPage)
    must_go_round(page)


@pytest.mark.parametrize("code", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_a_question_is_answered_by_keys(qtbot: QtBot, code: Qt.Key) -> None:
    dialog = QuestionDialog(None, "Bỏ những gì vừa gõ?", "Chưa lưu.", (DISCARD, KEEP_EDITING))
    stand_on(qtbot, dialog)
    must_go_round(dialog)
    key(code)
    assert not dialog.isVisible()
    assert dialog.chosen != "discard", "nothing is lost by a key pressed too early"


def test_a_reason_is_given_by_keys(qtbot: QtBot) -> None:
    dialog = ReasonDialog(None, "V03 · Lý do", "Giới tính khác với số định danh.")
    stand_on(qtbot, dialog)
    must_go_round(dialog)
    enter()
    assert dialog.isVisible(), "a reason that is none is not taken"
    words("Thẻ in sai")
    enter()
    assert not dialog.isVisible()
    assert dialog.reason() == "Thẻ in sai"


def stand_on(qtbot: QtBot, dialog: QWidget) -> None:
    """Show it with the keyboard."""
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
