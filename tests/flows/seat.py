"""An officer's seat at the computer: the program is started, signed in to and ended there."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.app import Program
from desktop.base.clock import FixedClock
from desktop.base.paths import Paths
from desktop.widget.ask import Asker
from desktop.widget.main_window import MainWindow
from desktop.widget.parts import ProblemNote
from desktop.widget.recovery_code_page import RecoveryCodePage, _CodeSign
from desktop.widget.sign_in import SignInPage
from tests.flows.screen import PATIENCE_MS, Screen
from tests.widget.keyboard import enter, focus, words

AFTER_CLOSING = datetime(2026, 6, 15, 9)
"""The morning after the first half of 2026 was closed."""


class Seat:
    """Starts the program of one data folder, and ends it."""

    def __init__(self, qapp: QApplication, qtbot: QtBot, paths: Paths, ask: Asker) -> None:
        self._qapp = qapp
        self._qtbot = qtbot
        self._paths = paths
        self._ask = ask
        self._program: Program | None = None

    def start(self) -> QWidget:
        """The first page."""
        clock = FixedClock(AFTER_CLOSING)
        self._program = Program(self._qapp, self._paths, ask=self._ask, clock=clock)
        self._program.start()
        return self.page()

    def sign_in(self, password: str) -> QWidget:
        """Type the password; the page after it was tried: the window, or sign-in with a note."""
        page = self.page()
        assert isinstance(page, SignInPage)
        line, program = focus(), self._program
        assert isinstance(line, QLineEdit)
        assert program is not None
        words(password)
        enter()
        assert line.isReadOnly(), "nothing else can be typed while the password is tried"
        self._qtbot.waitUntil(
            lambda: program.page is not page or (not line.isReadOnly() and bool(said(page))),
            timeout=PATIENCE_MS,
        )
        return self.page()

    def write_code_down(self) -> str:
        """Behind the first run: read the recovery code, and type what is asked of it."""
        program = self._program
        assert program is not None
        self._qtbot.waitUntil(
            lambda: isinstance(program.page, RecoveryCodePage), timeout=PATIENCE_MS
        )
        page = self.page()
        assert isinstance(page, RecoveryCodePage)
        sign = page.findChild(_CodeSign)
        assert sign is not None
        groups = sign.accessibleName().partition(": ")[2].split()
        enter()
        assert sign.isHidden(), "it is asked from the paper, not from the screen"
        for place in page.asked():
            words(groups[place].lower())
            enter()
        return " ".join(groups)

    def page(self) -> QWidget:
        """What is on screen, with the keyboard."""
        assert self._program is not None
        page = self._program.page
        assert page is not None
        page.activateWindow()
        self._qtbot.waitUntil(page.isActiveWindow)
        return page

    def screen(self) -> Screen:
        """The main window, as soon as it is there."""
        program = self._program
        assert program is not None
        self._qtbot.waitUntil(lambda: isinstance(program.page, MainWindow), timeout=PATIENCE_MS)
        window, workspace = program.page, program.workspace
        assert isinstance(window, MainWindow)
        assert workspace is not None
        return Screen(self._qtbot, workspace, window, program.jobs())

    def end(self) -> None:
        """Close the window and the program; a second call does nothing."""
        if self._program is not None:
            if self._program.page is not None:
                self._program.page.close()
            self._program.put_away()
            self._program.deleteLater()
            self._program = None


def said(page: QWidget) -> list[str]:
    """The notes that are seen on a page."""
    return [note.words() for note in page.findChildren(ProblemNote) if note.isVisible()]
