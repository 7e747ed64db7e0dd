"""Ctrl+K over 100,000 records: from a key to the answers painted.

`python build/bench_palette.py OFFICE` is the process that is measured.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bench_offices import Offices, percentile_95
from machine import ROOT

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from desktop.widget.main_window import MainWindow

ROUNDS = 3
_LIMIT_SECONDS = 900
TYPED = (
    "nguyen van a", "thi hong tran", "hoang 19", "ha nam", "bui duc", "lan do thi", "nth",
    "bao cao", "13366", "them moi", "zzz",
)  # fmt: skip
"""Names, words in another order, years, units, initials, numbers, commands, nothing at all."""


def palette(offices: Offices) -> float:
    """95th percentile of milliseconds from a key to the answers painted."""
    done = subprocess.run(
        [sys.executable, str(Path(__file__)), str(offices.large())],
        check=False, cwd=ROOT, capture_output=True, text=True, encoding="utf-8",
        env=_settings(), timeout=_LIMIT_SECONDS,
    )  # fmt: skip
    if done.returncode != 0:
        raise RuntimeError(f"the palette failed:\n{done.stdout}\n{done.stderr}")
    return 1000 * percentile_95(json.loads(done.stdout.splitlines()[-1]))


def _settings() -> dict[str, str]:
    return {"PYTHONUTF8": "1", "QT_QPA_PLATFORM": "offscreen"} | os.environ


def measured(office: str) -> None:
    """Print the seconds of each key, and leave."""
    from bench_window_tasks import _open_window

    app, window = _open_window(office)
    names = window.go_to.palette_names
    names.load()
    while not names.is_ready:
        app.processEvents()
        time.sleep(0.01)
    rounds = [list(_keys(app, window)) for _ in range(ROUNDS)]
    # What the machine did beside it in one round it did not do in all of them.
    print(json.dumps([min(times) for times in zip(*rounds, strict=True)]), flush=True)
    os._exit(0)


def _keys(app: QApplication, window: MainWindow) -> Iterator[float]:
    """Seconds of each key of each text."""
    from bench_window_tasks import _press, settle
    from desktop.widget.inputs.popup import Popup

    for text in TYPED:
        window.go_to.take_focus()
        window.go_to.set_value_text("")
        settle(app)
        popup = Popup.of(window.go_to)
        for char in text:
            begun = time.perf_counter()
            _press(window.go_to.line(), ord(char.upper()), char)
            popup.viewport().repaint()
            app.sendPostedEvents()
            yield time.perf_counter() - begun
            settle(app)


if __name__ == "__main__":
    measured(sys.argv[1])
