"""A real office for the models to show."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desktop.base.paths import bundled_root
from desktop.service.definitions import Definitions, load_definitions
from desktop.service.workspace import Workspace
from tests.offices import OfficeMaker


@pytest.fixture(scope="session")
def definitions() -> Definitions:
    return load_definitions(bundled_root() / "forms")


@pytest.fixture(scope="session")
def offices(tmp_path_factory: pytest.TempPathFactory, definitions: Definitions) -> OfficeMaker:
    return OfficeMaker(tmp_path_factory.mktemp("offices"), definitions)


@pytest.fixture
def workspace(offices: OfficeMaker) -> Iterator[Workspace]:
    made = offices.open()
    yield made
    made.close()
