"""How long the torture goes on: a little in CI, `--torture` in full."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.base.paths import bundled_root
from desktop.service.definitions import load_definitions
from tests.offices import OfficeMaker
from tests.torture.days import Days

# Processes are stopped at their system calls by a means of Linux.
collect_ignore_glob = [] if sys.platform == "linux" else ["*.py"]


@pytest.fixture(scope="session")
def offices(tmp_path_factory: pytest.TempPathFactory) -> OfficeMaker:
    definitions = load_definitions(bundled_root() / "forms")
    return OfficeMaker(tmp_path_factory.mktemp("offices"), definitions)


@pytest.fixture
def days(tmp_path: Path, offices: OfficeMaker) -> Iterator[Days]:
    made = Days(tmp_path, offices)
    yield made
    made.close()


@pytest.fixture(scope="session")
def times(request: pytest.FixtureRequest) -> Callable[[int, int], int]:
    """(how often in CI, how often in full) → how often now."""
    in_full = bool(request.config.getoption("--torture"))
    return lambda little, full: full if in_full else little
