"""Real widgets in the program's own theme, on a real office in a temporary folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.base.paths import bundled_root
from desktop.base.settings import Settings
from desktop.model.jobs import Jobs
from desktop.service.definitions import Definitions, load_definitions
from desktop.service.workspace import Workspace
from desktop.widget import theme
from desktop.widget.main_window import MainWindow
from desktop.widget.window_settings import WINDOW_SETTINGS
from tests.offices import OfficeMaker
from tests.widget.scripted_ask import ScriptedAsk

SMALL = Path(__file__).parent / "small_forms"


@pytest.fixture(autouse=True)
def themed(qapp: QApplication) -> Iterator[None]:
    """Every widget test sees the light theme unless it changes it."""
    theme.apply(qapp, theme.LIGHT)
    yield
    theme.apply(qapp, theme.LIGHT)


@pytest.fixture(scope="session")
def definitions() -> Definitions:
    """What is shipped."""
    return load_definitions(bundled_root() / "forms")


@pytest.fixture(scope="session")
def offices(tmp_path_factory: pytest.TempPathFactory, definitions: Definitions) -> OfficeMaker:
    return OfficeMaker(tmp_path_factory.mktemp("offices"), definitions)


@pytest.fixture
def on_screen() -> list[MainWindow]:
    """Windows to close before their office is."""
    return []


@pytest.fixture
def workspace(offices: OfficeMaker, on_screen: list[MainWindow]) -> Iterator[Workspace]:
    """An office of its own, with the shipped forms and nothing recorded."""
    made = offices.open()
    yield made
    _put_away(on_screen)
    made.close()


@pytest.fixture(scope="session")
def small_offices(tmp_path_factory: pytest.TempPathFactory) -> OfficeMaker:
    """Offices whose forms have two registers more, made to try every kind of field."""
    forms = tmp_path_factory.mktemp("forms") / "forms"
    shutil.copytree(bundled_root() / "forms", forms)
    for source in SMALL.rglob("*.toml"):
        shutil.copy(source, forms / source.relative_to(SMALL))
    return OfficeMaker(tmp_path_factory.mktemp("small"), load_definitions(forms))


@pytest.fixture
def small(small_offices: OfficeMaker, on_screen: list[MainWindow]) -> Iterator[Workspace]:
    """An office with the small forms of `tests/widget/small_forms`."""
    made = small_offices.open()
    yield made
    _put_away(on_screen)
    made.close()


@pytest.fixture
def ask() -> ScriptedAsk:
    """Answers the questions of the window under test."""
    return ScriptedAsk()


class WindowMaker:
    """Shows a main window on an office, as large as asked for, with the keyboard."""

    def __init__(
        self, qtbot: QtBot, ask: ScriptedAsk, folder: Path, on_screen: list[MainWindow]
    ) -> None:
        self._qtbot = qtbot
        self._on_screen = on_screen
        self._ask = ask
        self._folder = folder
        self.jobs = Jobs()

    def settings(self) -> Settings:
        made = Settings(WINDOW_SETTINGS, self._folder / "settings.json")
        made.load()
        return made

    def open(self, workspace: Workspace, width: int = 1366, height: int = 768) -> MainWindow:
        window = MainWindow(workspace, self.jobs, self.settings(), self._ask)
        self._on_screen.append(window)
        window.resize(width, height)
        window.show()
        window.activateWindow()
        self._qtbot.waitUntil(window.isActiveWindow)
        return window


def _put_away(windows: list[MainWindow]) -> None:
    """Close without a question: nobody is there to answer it."""
    for window in windows:
        for key in window.pages.page_keys():
            form = getattr(window.pages.made_page(key), "form", None)
            if form is not None:
                form.clear()
        window.close()
        window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def windows(
    qtbot: QtBot, ask: ScriptedAsk, tmp_path: Path, on_screen: list[MainWindow]
) -> Iterator[WindowMaker]:
    made = WindowMaker(qtbot, ask, tmp_path, on_screen)
    yield made
    made.jobs.close()
