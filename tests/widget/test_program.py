"""From the first page to the main window, and what a wrong turn gets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import Program, chosen_theme
from desktop.base.clock import FixedClock
from desktop.base.paths import Paths
from desktop.service.definitions import Definitions
from desktop.service.workspace import Workspace
from desktop.widget import theme
from desktop.widget.first_run import FirstRunPage
from desktop.widget.main_window import MainWindow
from desktop.widget.parts.problem_note import ProblemNote
from desktop.widget.restore_page import RestorePage
from desktop.widget.sign_in import SignInPage
from tests.offices import PASSWORD, TODAY
from tests.widget.scripted_ask import ScriptedAsk

PATIENCE = 30_000


class Start:
    """Programs started in a test; put away at its end."""

    def __init__(self, qapp: QApplication, ask: ScriptedAsk) -> None:
        self._qapp = qapp
        self.ask = ask
        self._made: list[Program] = []

    def __call__(self, data: Path) -> Program:
        made = Program(
            self._qapp, Paths.from_arguments(data), ask=self.ask, clock=FixedClock(TODAY)
        )
        self._made.append(made)
        made.start()
        return made

    def end(self) -> None:
        for made in self._made:
            made.put_away()
            made.deleteLater()


@pytest.fixture
def start(qapp: QApplication, ask: ScriptedAsk) -> Iterator[Start]:
    made = Start(qapp, ask)
    yield made
    made.end()


@pytest.fixture
def data(workspace: Workspace) -> Path:
    """Folder of an office that nobody has open."""
    workspace.close()
    return workspace.paths.data


def said(page: SignInPage) -> list[str]:
    return [note.words() for note in page.findChildren(ProblemNote)]


def test_a_wrong_password_is_said_and_the_right_one_opens(
    qtbot: QtBot, start: Start, data: Path
) -> None:
    program = start(data)
    page = program.page
    assert isinstance(page, SignInPage)
    page._password.setText("không phải")
    page._ask()
    assert not page._enter.isEnabled()
    qtbot.waitUntil(lambda: bool(said(page)), timeout=PATIENCE)
    assert "Caps Lock" in said(page)[0]
    assert page._enter.isEnabled()
    page._password.setText(PASSWORD)
    page._ask()
    qtbot.waitUntil(lambda: isinstance(program.page, MainWindow), timeout=PATIENCE)
    assert program.workspace is not None
    assert program.workspace.person.name == "Đỗ Thị Ngọc Ánh"


def test_a_damaged_key_file_is_said_on_the_first_page(start: Start, data: Path) -> None:
    (data / "khoa.json").write_text("{}", encoding="utf-8")
    page = start(data).page
    assert isinstance(page, SignInPage)
    assert "khoa.json" in said(page)[0]


def test_data_of_another_kind_is_refused_in_words(qtbot: QtBot, start: Start, data: Path) -> None:
    (data / "so-ctxh.db").write_bytes(b"PK\x03\x04" + bytes(4092))
    program = start(data)
    page = program.page
    assert isinstance(page, SignInPage)
    page._password.setText(PASSWORD)
    page._ask()
    qtbot.waitUntil(lambda: isinstance(program.page, RestorePage), timeout=PATIENCE)
    restore = program.page
    assert isinstance(restore, RestorePage)
    assert "so-ctxh.db" in said(restore)[0]


def test_another_folder_is_looked_into(qtbot: QtBot, start: Start, data: Path) -> None:
    program = start(data.parent / "chưa có gì")
    assert isinstance(program.page, FirstRunPage)
    start.ask.then(None)
    program.page.folder_asked.emit()
    assert isinstance(program.page, FirstRunPage)
    start.ask.then(data)
    program.page.folder_asked.emit()
    assert isinstance(program.page, SignInPage)


def test_a_sample_office_opens_from_the_first_page(
    qtbot: QtBot, start: Start, tmp_path: Path, definitions: Definitions
) -> None:
    program = start(tmp_path / "SoCTXH")
    page = program.page
    assert isinstance(page, FirstRunPage)
    start.ask.then("")
    page.open_sample()
    assert program.page is page
    start.ask.then("xa_binh_luc")
    page.open_sample()
    qtbot.waitUntil(lambda: isinstance(program.page, MainWindow), timeout=PATIENCE)
    assert program.workspace is not None
    assert program.workspace.paths.data.name == "SoCTXH-mau-xa-binh-luc"
    assert not (tmp_path / "SoCTXH").exists()


def test_the_colours_chosen_last_are_there_at_the_next_start(tmp_path: Path) -> None:
    paths = Paths.from_arguments(tmp_path)
    assert chosen_theme(paths) == "system"
    paths.settings_file.write_text('{"window.theme": "dark"}', encoding="utf-8")
    assert chosen_theme(paths) == "dark"
    paths.settings_file.unlink()
    paths.settings_file.mkdir()
    assert chosen_theme(paths) == "system"


def test_a_choice_of_colours_holds_against_the_system(qapp: QApplication) -> None:
    theme.choose(qapp, "dark")
    assert theme.current() is theme.DARK
    theme.choose(qapp, "light")
    assert theme.current() is theme.LIGHT
    theme.choose(qapp, "system")
    assert theme.current() is theme.wanted("system")
