"""The program on a sample office on its last day, at one scale, in one theme: for pictures and for
the tests that look at every page.

The same program shows the same: invented people, a clock that stands still, no blinking cursor.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from tree import ROOT

sys.path.insert(0, str(ROOT))

from desktop.app import translate_qt
from desktop.base import translate
from desktop.base.clock import FixedClock
from desktop.base.paths import Paths
from desktop.model.jobs import Jobs
from desktop.service.definitions import Definitions, load_definitions
from desktop.service.sample import open_sample, sample_day
from desktop.service.workspace import Workspace
from desktop.widget import theme
from desktop.widget.main_pages import make_main_window
from desktop.widget.main_window import MainWindow

WIDTH, HEIGHT = 1366, 768
SAMPLE = "phuong_ha_nam"
LONGEST_WAIT = 120.0


class Studio:
    """One application; each window is on an office of its own."""

    def __init__(self, folder: Path, scale: float, look: theme.Theme = theme.LIGHT) -> None:
        """`scale`: what QT_SCALE_FACTOR was when the process began. `folder` is made anew."""
        shutil.rmtree(folder, ignore_errors=True)
        self.app = QApplication([])
        self.app.setCursorFlashTime(0)
        self.folder = folder
        self.paths = Paths.from_arguments(folder / "SoCTXH")
        self.definitions: Definitions = load_definitions(self.paths.forms)
        self.clock = FixedClock(sample_day(self.paths, SAMPLE))
        self.scale = scale
        self.patience = 0.3
        """Seconds a page is given to paint once nothing works any more."""
        translate.install("vi", self.paths.translations)
        translate_qt(self.app, self.paths)
        theme.apply(self.app, look)

    @contextmanager
    def window(self) -> Iterator[MainWindow]:
        """The main window on the sample office."""
        day = self.clock.today()
        clock = FixedClock(datetime(day.year, day.month, day.day, 16, 30))
        data = self.folder / f"office-{len(list(self.folder.glob('office-*')))}"
        workspace: Workspace = open_sample(
            Paths.from_arguments(data), SAMPLE, clock=clock, definitions=self.definitions
        )
        jobs = Jobs()
        window = make_main_window(workspace, jobs)
        self.show(window)
        yield window
        self.rest(window)
        jobs.close()
        self.put_away(window)
        workspace.close()

    def show(self, page: QWidget) -> None:
        """Show a window as large as the screen."""
        page.setFixedSize(round(WIDTH / self.scale), round(HEIGHT / self.scale))
        page.show()
        page.activateWindow()
        self.settle()

    def rest(self, window: MainWindow, until: Callable[[], bool] = lambda: True) -> None:
        """Wait until no job runs and nothing is left to paint."""
        self.settle()
        end = time.monotonic() + LONGEST_WAIT
        while window.context.jobs.is_busy() or window.counts.is_counting() or not until():
            if time.monotonic() > end:
                raise TimeoutError("the window never came to rest")
            self.settle()
        self.settle(self.patience)

    def settle(self, seconds: float = 0.1) -> None:
        """Let the window work for a while."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.app.processEvents()
            time.sleep(0.005)

    def put_away(self, page: QWidget) -> None:
        """Close a window for good."""
        page.close()
        page.deleteLater()
        self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
