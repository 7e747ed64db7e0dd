"""The lock, the clipboard, lost and given passwords, through the whole program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from desktop.app import Program
from desktop.base.clock import FixedClock
from desktop.base.paths import Paths
from desktop.base.settings import Settings
from desktop.service.passwords import Grade, first_password, strength
from desktop.service.rights import Role
from desktop.service.workspace import Workspace
from desktop.store import access_log
from desktop.widget import window_settings
from desktop.widget.main_window import MainWindow
from desktop.widget.new_password_page import ForgottenPage, NewPasswordPage
from desktop.widget.private_clipboard import OF_KDE, PrivateClipboard
from desktop.widget.recovery_code_page import RecoveryCodePage
from desktop.widget.session_lock import SessionLock, is_session_lock, lock_minutes
from desktop.widget.sign_in import SignInPage
from tests.offices import PASSWORD, TODAY
from tests.widget.scripted_ask import ScriptedAsk

PATIENCE = 30_000
FIRST = "mật khẩu đầu 1"
OWN = "mật khẩu của em 2"


@pytest.fixture
def program(qapp: QApplication, ask: ScriptedAsk, workspace: Workspace) -> Iterator[Program]:
    """At the sign-in of an office with a second person, whose password was given."""
    workspace.people.add("Trần Văn Bình", [Role.ENTRY], FIRST)
    data = workspace.paths.data
    workspace.close()
    made = Program(qapp, Paths.from_arguments(data), ask=ask, clock=FixedClock(TODAY))
    made.start()
    yield made
    made.put_away()
    made.deleteLater()


def sign_in(qtbot: QtBot, page: object, password: str, person: str = "") -> None:
    """Choose the person and type the password, as somebody would."""
    assert isinstance(page, SignInPage)
    if person:
        page._people.setCurrentIndex(page._people.findText(person))
    page._password.setText(password)
    QTest.keyClick(page._password, Qt.Key.Key_Return)


@pytest.fixture
def window(qtbot: QtBot, program: Program) -> MainWindow:
    sign_in(qtbot, program.page, PASSWORD)
    qtbot.waitUntil(lambda: isinstance(program.page, MainWindow), timeout=PATIENCE)
    assert isinstance(program.page, MainWindow)
    return program.page


def test_the_lock_hides_everything_and_the_password_brings_it_back(
    qtbot: QtBot, program: Program, window: MainWindow
) -> None:
    assert program.lock is not None
    dialog = QDialog(window)
    dialog.show()
    window.commands.trigger("lock")
    page = program.lock.page
    assert isinstance(page, SignInPage)
    assert page.isVisible()
    assert not window.isVisible()
    assert not dialog.isVisible()
    assert "Hà Nam" not in page.windowTitle()
    assert page._people.currentText() == "Đỗ Thị Ngọc Ánh"
    sign_in(qtbot, page, "không phải đâu")
    qtbot.waitUntil(page._enter.isEnabled, timeout=PATIENCE)
    assert not window.isVisible()
    sign_in(qtbot, page, PASSWORD)
    qtbot.waitUntil(window.isVisible, timeout=PATIENCE)
    assert program.lock.page is None
    assert program.workspace is not None
    program.workspace.access.flush()
    acts = [one.seen.act for one in access_log.rows(program.workspace.reader)]
    assert acts == ["sign_in", "lock", "sign_in"]


def test_what_was_being_typed_is_there_after_the_lock(
    qtbot: QtBot, program: Program, window: MainWindow
) -> None:
    window.open_page("register.worker")
    page = window.pages.register_page("worker")
    page.add()
    form = page.form
    QTest.keyClicks(QApplication.focusWidget() or form, "Le Van Ba")
    window.commands.trigger("lock")
    assert program.lock is not None
    assert form.draft is not None
    assert form.draft.row.texts["full_name"] == "Le Van Ba"
    sign_in(qtbot, program.lock.page, PASSWORD)
    qtbot.waitUntil(window.isVisible, timeout=PATIENCE)
    assert form.draft.row.texts["full_name"] == "Le Van Ba"
    window.leaves_quietly = True


def test_another_person_signs_in_at_the_lock_with_a_given_password(
    qtbot: QtBot, program: Program, window: MainWindow
) -> None:
    window.commands.trigger("lock")
    assert program.lock is not None
    sign_in(qtbot, program.lock.page, FIRST, "Trần Văn Bình")
    qtbot.waitUntil(lambda: isinstance(program.page, NewPasswordPage), timeout=PATIENCE)
    page = program.page
    assert isinstance(page, NewPasswordPage)
    for typed in (FIRST, OWN):
        page.fields._first.setText(typed)
        page.fields._second.setText(typed)
        page.go_on()
        if typed == FIRST:
            qtbot.waitUntil(lambda: "trùng" in page.problem(), timeout=PATIENCE)
    qtbot.waitUntil(lambda: isinstance(program.page, MainWindow), timeout=PATIENCE)
    assert program.workspace is not None
    assert program.workspace.person.name == "Trần Văn Bình"
    assert program.workspace.rights.roles == {Role.ENTRY}


def test_nobody_touching_it_for_long_locks_and_a_key_keeps_it_open(
    qtbot: QtBot, window: MainWindow
) -> None:
    moment = [0.0]
    watch = SessionLock(window, lambda: 10, now=lambda: moment[0])
    due: list[int] = []
    watch.due.connect(lambda: due.append(1))
    moment[0] = 590.0
    QTest.keyClick(window, Qt.Key.Key_Shift)
    moment[0] = 1000.0
    watch.look()
    assert due == []
    moment[0] = 590.0 + 600.0
    watch.look()
    assert due == [1]
    watch.look()
    assert due == [1]


@pytest.mark.parametrize(("written", "minutes"), [(0, 1), (-5, 1), (5, 5), (600, 60), ("x", 10)])
def test_the_lock_cannot_be_turned_off(tmp_path: Path, written: object, minutes: int) -> None:
    path = tmp_path / "settings.json"
    text = f'"{written}"' if isinstance(written, str) else written
    path.write_text(f'{{"lock.minutes": {text}}}', encoding="utf-8")
    settings = Settings(window_settings.WINDOW_SETTINGS, path)
    settings.load()
    assert lock_minutes(settings) == minutes


def test_what_windows_says_when_it_locks() -> None:
    assert is_session_lock(0x02B1, 0x7)
    assert not is_session_lock(0x02B1, 0x8)
    assert not is_session_lock(0x0100, 0x7)


def test_our_copies_leave_the_clipboard_and_others_stay(qtbot: QtBot) -> None:
    board = QGuiApplication.clipboard()
    board.clear()
    private = PrivateClipboard(board, owns=lambda: True)
    board.setText("035148000123")
    copied = board.mimeData()
    assert copied is not None
    assert copied.hasFormat(OF_KDE)
    assert any("ExcludeClipboardContent" in name for name in copied.formats())
    assert board.text() == "035148000123"
    private.clear()
    assert board.text() == ""
    private._ours = "của mình"
    other = QMimeData()
    other.setText("của chương trình khác")
    other.setData(OF_KDE, b"secret")
    board.setMimeData(other)
    private.clear()
    assert board.text() == "của chương trình khác"
    private.deleteLater()
    board.clear()


def test_a_forgotten_password_is_set_by_the_printed_code(
    qtbot: QtBot, qapp: QApplication, program: Program, window: MainWindow
) -> None:
    workspace = program.workspace
    assert workspace is not None
    code = workspace.people.new_recovery_code()
    workspace.people.keep_recovery_code(code)
    window.leaves_quietly = True
    data = workspace.paths.data
    program.put_away()
    again = Program(qapp, Paths.from_arguments(data), ask=ScriptedAsk(), clock=FixedClock(TODAY))
    again.start()
    assert isinstance(again.page, SignInPage)
    again.page.forgotten.emit(again.page._people.currentData())
    page = again.page
    assert isinstance(page, ForgottenPage)
    page.go_on()
    assert page.problem()
    page.fields._first.setText(OWN)
    page.fields._second.setText(OWN)
    page.code.set_value_text(code[:-1])
    page.go_on()
    qtbot.waitUntil(page.button.isEnabled, timeout=PATIENCE)
    assert page.problem()
    page.code.set_value_text(code.lower())
    page.go_on()
    qtbot.waitUntil(lambda: isinstance(again.page, MainWindow), timeout=PATIENCE)
    again.put_away()
    again.deleteLater()


def test_the_code_must_be_on_paper_before_it_goes_on(qtbot: QtBot, workspace: Workspace) -> None:
    code = workspace.people.new_recovery_code()
    page = RecoveryCodePage(code, "UBND phường Hà Nam", "2026-06-20")
    qtbot.addWidget(page)
    page.show()
    done: list[int] = []
    page.written.connect(lambda: done.append(1))
    page.go_on()
    first, second = page.asked()
    groups = code.split("-")
    page.inputs[0].set_value_text("SAI1")
    page.inputs[1].set_value_text(groups[second])
    page.go_on()
    assert page.problem()
    assert done == []
    page.inputs[0].set_value_text(groups[first].lower())
    page.go_on()
    assert done == [1]


def test_a_first_password_is_strong() -> None:
    assert strength(first_password()).grade is Grade.STRONG
