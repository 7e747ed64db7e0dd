"""Backing up and restoring from the window, by keyboard, in a real data folder."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.base.paths import Paths
from desktop.model.daily_backup import DailyBackup
from desktop.service.backup_file import SUFFIX
from desktop.service.folder import DATABASE, KEYS
from desktop.store.driver import PAGE_BYTES
from desktop.widget.backup_page import BackupPage
from desktop.widget.first_run import FirstRunPage
from desktop.widget.main_window import MainWindow
from desktop.widget.parts import BusyOverlay, Button, CardRow
from desktop.widget.restore_page import RestorePage
from desktop.widget.sign_in import SignInPage
from desktop.widget.system_pages import BACKUP
from tests.flows.screen import PATIENCE_MS, Screen
from tests.flows.seat import Seat
from tests.offices import PASSWORD, OfficeMaker, saved
from tests.widget.keyboard import CTRL, enter, focus, key, tab, words
from tests.widget.scripted_ask import ScriptedAsk


@pytest.fixture
def paths(offices: OfficeMaker) -> Paths:
    """Of an office nobody has open."""
    workspace = offices.open()
    workspace.close()
    return workspace.paths


def signed_in(sit: Callable[[Paths], Seat], paths: Paths) -> tuple[Seat, Screen]:
    """The program started on an office, and its window."""
    seat = sit(paths)
    seat.start()
    seat.sign_in(PASSWORD)
    return seat, seat.screen()


def backup_page(screen: Screen) -> BackupPage:
    screen.window.open_page(BACKUP)
    page = screen.window.pages.page(BACKUP)
    assert isinstance(page, BackupPage)
    # What was just put into a card is shown when Qt comes round to it.
    cover = page.findChild(BusyOverlay)
    buttons = [one for one in page.findChildren(Button) if not cover.isAncestorOf(one)]
    screen.qtbot.waitUntil(lambda: all(one.isVisible() for one in buttons))
    return page


def made_one(qtbot: QtBot, screen: Screen) -> None:
    """Press the button the page begins on."""
    before = len(screen.workspace.backups.kept())
    backup_page(screen)
    assert focus().accessibleName().startswith("Sao lưu ngay")
    key(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(screen.workspace.backups.kept()) == before + 1, timeout=PATIENCE_MS)
    screen.wait()
    page = screen.window.pages.page(BACKUP)
    qtbot.waitUntil(lambda: any("tự làm" in one for one in texts(page)))


def tab_to(wanted: Callable[[QWidget], bool]) -> None:
    passed = []
    for _ in range(60):
        if wanted(focus()):
            return
        passed.append(focus().accessibleName())
        tab()
    raise AssertionError(f"Tab does not lead there, but to {passed}")


def texts(page: QWidget) -> list[str]:
    return [one.accessibleName() for one in page.findChildren(CardRow) if one.isVisible()]


def test_back_up_lose_a_day_and_restore_it(
    sit: Callable[[Paths], Seat], paths: Paths, ask: ScriptedAsk, qtbot: QtBot
) -> None:
    seat, screen = signed_in(sit, paths)
    saved(screen.workspace, "hamlet", {"name": "Tổ dân phố 1"})
    made_one(qtbot, screen)
    assert screen.window.said() == "Đã sao lưu và kiểm tra."
    saved(screen.workspace, "hamlet", {"name": "Tổ dân phố 2"})

    tab_to(lambda one: isinstance(one, CardRow) and "tự làm" in one.accessibleName())
    enter()
    qtbot.waitUntil(lambda: isinstance(seat.page(), RestorePage), timeout=PATIENCE_MS)
    page = seat.page()
    assert isinstance(page, RestorePage)
    qtbot.waitUntil(page.button.isEnabled, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: "Đơn vị · Ủy ban nhân dân phường Hà Nam" in texts(page))
    key(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: isinstance(seat.page(), SignInPage), timeout=PATIENCE_MS)
    title, said = ask.asked[-1]
    assert title == "Đã phục hồi bản sao lưu"
    assert "da-thay" in said

    seat.sign_in(PASSWORD)
    workspace = seat.screen().workspace
    names = {title for (title,) in workspace.reader.execute("SELECT name FROM main.hamlet")}
    assert names == {"Tổ dân phố 1"}


def test_a_new_computer_is_set_up_from_a_stick(
    sit: Callable[[Paths], Seat], paths: Paths, ask: ScriptedAsk, qtbot: QtBot, tmp_path: Path
) -> None:
    seat, screen = signed_in(sit, paths)
    saved(screen.workspace, "hamlet", {"name": "Tổ dân phố 1"})
    made_one(qtbot, screen)
    seat.end()
    stick = tmp_path / f"usb{SUFFIX}"
    shutil.copy(next((paths.data / "sao-luu").glob(f"*{SUFFIX}")), stick)

    seat = sit(replace(paths, data=tmp_path / "máy mới"))
    assert isinstance(seat.start(), FirstRunPage)
    tab_to(lambda one: one.accessibleName().startswith("Phục hồi bản sao lưu"))
    ask.then(stick)
    key(Qt.Key.Key_Space)
    page = seat.page()
    assert isinstance(page, RestorePage)
    tab_to(lambda one: one.accessibleName().startswith("Tệp khác"))
    key(Qt.Key.Key_Space)
    qtbot.waitUntil(page.button.isEnabled, timeout=PATIENCE_MS)
    words("sai mật khẩu")
    enter()
    qtbot.waitUntil(lambda: ask.asked[-1][0] == "Chưa phục hồi được", timeout=PATIENCE_MS)
    assert not (tmp_path / "máy mới" / KEYS).exists()
    words(PASSWORD)
    enter()
    qtbot.waitUntil(lambda: isinstance(seat.page(), SignInPage), timeout=PATIENCE_MS)
    seat.sign_in(PASSWORD)
    assert seat.screen().workspace.counts()["hamlet"] == 1


def test_going_back_without_restoring_signs_in_again(
    sit: Callable[[Paths], Seat], paths: Paths, qtbot: QtBot
) -> None:
    seat = sit(paths)
    seat.start()
    page = seat.page()
    tab_to(lambda one: one.accessibleName().startswith("Phục hồi bản sao lưu"))
    key(Qt.Key.Key_Space)
    assert isinstance(seat.page(), RestorePage)
    key(Qt.Key.Key_Escape)
    assert isinstance(seat.page(), SignInPage)
    assert page is not seat.page()
    assert isinstance(seat.sign_in(PASSWORD), MainWindow)


def test_the_second_place_is_chosen_and_copied_to_at_once(
    sit: Callable[[Paths], Seat], paths: Paths, ask: ScriptedAsk, qtbot: QtBot, tmp_path: Path
) -> None:
    _seat, screen = signed_in(sit, paths)
    page = backup_page(screen)
    stick = tmp_path / "USB"
    stick.mkdir()
    tab_to(lambda one: one.accessibleName().startswith("Chọn nơi thứ hai"))
    ask.then(stick)
    key(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(list(stick.glob(f"*{SUFFIX}"))) == 1, timeout=PATIENCE_MS)
    screen.wait()
    qtbot.waitUntil(lambda: any(str(stick) in one for one in texts(page)))
    shutil.rmtree(stick)
    page.make_button.setFocus()
    key(Qt.Key.Key_Space)
    screen.wait()
    shown = [label.text() for label in page.findChildren(QLabel)]
    notes = [one for one in page.findChildren(QWidget) if one.isVisible()]
    assert any("USB" in one.accessibleName() for one in notes) or any("USB" in t for t in shown)
    assert len(screen.workspace.backups.kept()) == 2


def test_damaged_data_are_brought_back_from_the_sign_in(
    sit: Callable[[Paths], Seat], paths: Paths, ask: ScriptedAsk, qtbot: QtBot
) -> None:
    seat, screen = signed_in(sit, paths)
    saved(screen.workspace, "hamlet", {"name": "Tổ dân phố 1"})
    made_one(qtbot, screen)
    saved(screen.workspace, "hamlet", {"name": "Tổ dân phố 2"})
    connection = screen.workspace.database.connection
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (page_number,) = connection.execute(
        "SELECT rootpage FROM main.sqlite_master WHERE name = 'hamlet'"
    ).fetchone()
    seat.end()
    with (paths.data / DATABASE).open("r+b") as stream:
        stream.seek(PAGE_BYTES * (page_number - 1) + 17)
        stream.write(b"damaged")

    seat = sit(paths)
    seat.start()
    page = seat.sign_in(PASSWORD)
    assert isinstance(page, RestorePage)
    assert focus() is page.rescue_button
    key(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: isinstance(seat.page(), SignInPage), timeout=PATIENCE_MS)
    title, said = ask.asked[-1]
    assert title == "Đã lấy lại dữ liệu"
    assert "Bắt đầu từ bản sao lưu lúc 15/06/2026 09:00" in said
    seat.sign_in(PASSWORD)
    workspace = seat.screen().workspace
    names = {name for (name,) in workspace.reader.execute("SELECT name FROM main.hamlet")}
    assert names == {"Tổ dân phố 1", "Tổ dân phố 2"}


def test_a_second_place_that_is_gone_is_said_by_the_daily_backup(
    sit: Callable[[Paths], Seat], paths: Paths, qtbot: QtBot, tmp_path: Path
) -> None:
    _seat, screen = signed_in(sit, paths)
    saved(screen.workspace, "hamlet", {"name": "Tổ dân phố 1"})
    stick = tmp_path / "USB"
    stick.mkdir()
    screen.workspace.backups.choose_second_place(stick)
    stick.rmdir()
    daily = screen.window.findChild(DailyBackup)
    assert daily is not None
    daily.look()
    qtbot.waitUntil(lambda: "USB" in screen.window.said(), timeout=PATIENCE_MS)
    assert len(screen.workspace.backups.kept()) == 1
    daily.look()
    screen.wait()
    assert len(screen.workspace.backups.kept()) == 1, "one a day"


def test_a_cut_end_of_the_log_is_said_with_the_last_change_kept(
    sit: Callable[[Paths], Seat], paths: Paths, qtbot: QtBot, offices: OfficeMaker
) -> None:
    office = offices.reopen(paths.data)
    saved(office, "hamlet", {"name": "Tổ dân phố 1"})
    saved(office, "hamlet", {"name": "Tổ dân phố 2"})
    log = (paths.data / f"{DATABASE}-wal").read_bytes()
    whole = (paths.data / DATABASE).read_bytes()
    office.close()
    (paths.data / DATABASE).write_bytes(whole)
    (paths.data / f"{DATABASE}-wal").write_bytes(log[:-100])
    seat = sit(paths)
    seat.start()
    seat.sign_in(PASSWORD)
    window = seat.screen().window
    qtbot.waitUntil(lambda: "Tổ dân phố 1" in window.said())
    assert "Tổ dân phố 2" not in window.said()
