"""Commands run as a person runs them: `main.py` in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desktop.base.paths import bundled_root
from desktop.service.definitions import load_definitions
from tests.offices import PASSWORD, OfficeMaker

MAIN = bundled_root() / "main.py"


@dataclass(frozen=True)
class Answer:
    """What a command said."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


Command = Callable[..., Answer]


@pytest.fixture
def command() -> Command:
    """Run `main.py` with these words, the password in the environment."""

    def run(*words: str | Path, password: str = PASSWORD) -> Answer:
        done = subprocess.run(
            [sys.executable, "-W", "error", str(MAIN), *map(str, words)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, "SO_CTXH_PASSWORD": password, "PYTHONUTF8": "1"},
            timeout=300,
            check=False,
        )
        return Answer(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture(scope="session")
def maker(tmp_path_factory: pytest.TempPathFactory) -> OfficeMaker:
    definitions = load_definitions(bundled_root() / "forms")
    return OfficeMaker(tmp_path_factory.mktemp("offices"), definitions)


@pytest.fixture
def office(maker: OfficeMaker) -> Path:
    """The data folder of a new office."""
    workspace = maker.open()
    folder = workspace.paths.data
    workspace.close()
    return folder
