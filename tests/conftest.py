"""What every test stands on: a made-up home folder, no screen, the same random data every time."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

import hypothesis
import pytest

WITHOUT_QT = bool(os.environ.get("SO_CTXH_NO_QT"))

# A test that forgets to say where its files go must not find the developer's own office.
HOME = Path(tempfile.mkdtemp(prefix="so-ctxh-home-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
for name, folder in {
    "HOME": "",
    "USERPROFILE": "",
    "APPDATA": "AppData/Roaming",
    "LOCALAPPDATA": "AppData/Local",
    "XDG_DATA_HOME": ".local/share",
    "XDG_CONFIG_HOME": ".config",
    "XDG_CACHE_HOME": ".cache",
    "XDG_STATE_HOME": ".local/state",
    "XDG_RUNTIME_DIR": "run",
}.items():
    (HOME / folder).mkdir(parents=True, exist_ok=True, mode=0o700)
    os.environ[name] = str(HOME / folder)
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

if WITHOUT_QT:
    # The core must work where Qt is not installed: from here on it cannot be imported.
    for name in ("PySide6", "shiboken6"):
        sys.modules[name] = None  # type: ignore[assignment]

hypothesis.settings.register_profile(
    "ci", derandomize=True, deadline=None, database=None, print_blob=True
)
hypothesis.settings.register_profile("search", deadline=None, max_examples=2000)
hypothesis.settings.load_profile(os.environ.get("SO_CTXH_HYPOTHESIS", "ci"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Golden files; and the settings of pytest-qt where it is off, so that strict ones hold."""
    parser.addoption(
        "--accept", action="store_true", help="write golden files anew instead of comparing"
    )
    parser.addoption(
        "--torture", action="store_true", help="kill, starve and damage as often as promised"
    )
    if WITHOUT_QT:
        for option in ("qt_api", "qt_log_level_fail"):
            parser.addini(option, "belongs to pytest-qt")
        parser.addini("qt_log_ignore", "belongs to pytest-qt", type="linelist")
