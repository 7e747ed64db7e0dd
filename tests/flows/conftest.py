"""Flows stand on real offices, real files and real windows; nothing stands in for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import translate_qt
from desktop.base.clock import FixedClock
from desktop.base.paths import Paths, bundled_root
from desktop.service.definitions import Definitions, load_definitions
from desktop.service.sample import SAMPLES, open_sample
from desktop.service.workspace import Workspace
from desktop.widget import theme
from tests.flows.screen import Screen
from tests.flows.seat import AFTER_CLOSING, Seat
from tests.offices import OfficeMaker, paths_of
from tests.widget.scripted_ask import ScriptedAsk


@pytest.fixture(scope="session")
def definitions() -> Definitions:
    return load_definitions(bundled_root() / "forms")


@pytest.fixture(scope="session")
def offices(tmp_path_factory: pytest.TempPathFactory, definitions: Definitions) -> OfficeMaker:
    return OfficeMaker(tmp_path_factory.mktemp("offices"), definitions)


@dataclass(frozen=True)
class SampleOffice:
    """A sample, as the demo makes it, on the morning after its period was closed."""

    name: str
    workspace: Workspace
    clock: FixedClock


@pytest.fixture(scope="module", params=SAMPLES)
def sample(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    definitions: Definitions,
) -> Iterator[SampleOffice]:
    clock = FixedClock(AFTER_CLOSING)
    folder: Path = tmp_path_factory.mktemp(request.param)
    workspace = open_sample(
        paths_of(folder / "data"), request.param, clock=clock, definitions=definitions
    )
    yield SampleOffice(request.param, workspace, clock)
    workspace.close()


@pytest.fixture(scope="session", autouse=True)
def vietnamese(qapp: QApplication) -> None:
    """Qt's own words too, as `main` has them: they decide how names of keys are read."""
    translate_qt(qapp, Paths.from_arguments())


@pytest.fixture
def ask() -> ScriptedAsk:
    """Answers the questions of the window; one that nobody foresaw fails the test."""
    return ScriptedAsk()


@pytest.fixture
def show(
    qapp: QApplication, qtbot: QtBot, ask: ScriptedAsk
) -> Iterator[Callable[[Workspace], Screen]]:
    """Opens main windows, and puts them away before their offices are closed."""
    theme.apply(qapp, theme.LIGHT)
    made: list[Screen] = []

    def open_screen(workspace: Workspace) -> Screen:
        made.append(Screen.open(qtbot, workspace, ask))
        return made[-1]

    yield open_screen
    for screen in made:
        screen.close()


@pytest.fixture
def sit(qapp: QApplication, qtbot: QtBot, ask: ScriptedAsk) -> Iterator[Callable[[Paths], Seat]]:
    """Starts programs on data folders, and ends them."""
    theme.apply(qapp, theme.LIGHT)
    made: list[Seat] = []

    def sit_down(paths: Paths) -> Seat:
        made.append(Seat(qapp, qtbot, paths, ask))
        return made[-1]

    yield sit_down
    ask.then("discard")
    for seat in made:
        seat.end()
