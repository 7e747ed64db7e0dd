"""Backup tasks, each in a process of its own: `python build/bench_backup_tasks.py TASK OFFICE`."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "build")]

from bench_offices import PASSWORD, TODAY  # noqa: E402
from desktop.base.clock import FixedClock  # noqa: E402
from desktop.base.paths import Paths  # noqa: E402
from desktop.service.backup_file import BackupKind  # noqa: E402
from desktop.service.office import open_office  # noqa: E402
from desktop.service.workspace import Workspace  # noqa: E402
from desktop.store.driver import connect  # noqa: E402

ROUNDS = 3
TICK_MS = 1


def open_for_bench(office: str) -> Workspace:
    """The office, on the day that is measured."""
    paths = Paths.from_arguments(Path(office))
    return open_office(paths, password=PASSWORD, clock=FixedClock(TODAY))


def backup_times(office: str) -> dict[str, list[float]]:
    """Seconds of the program's backup and of SQLite's own, both flushed, in turn."""
    workspace = open_for_bench(office)
    found: dict[str, list[float]] = {"program": [], "floor": []}
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        done = workspace.backups.make(BackupKind.BY_HAND)
        found["program"].append(time.perf_counter() - begun)
        done.backup.path.unlink()
        found["floor"].append(_bare(workspace))
    workspace.close()
    return found


def _bare(workspace: Workspace) -> float:
    target = workspace.paths.data / "bare.db"
    begun = time.perf_counter()
    source = workspace.database.reader()
    copy = connect(target, workspace.database.key)
    source.backup(copy)
    copy.close()
    source.close()
    with target.open("r+b") as stream:
        os.fsync(stream.fileno())
    seconds = time.perf_counter() - begun
    target.unlink()
    return seconds


def backup_frames(office: str) -> dict[str, list[float]]:
    """Longest gaps, in ms, between ticks of the window's thread while a job backs up."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication

    from desktop.model.jobs import Jobs
    from desktop.widget import theme
    from desktop.widget.main_pages import make_main_window

    app = QApplication(["frames"])
    theme.apply(app, theme.LIGHT)
    workspace = open_for_bench(office)
    jobs = Jobs()
    window = make_main_window(workspace, jobs)
    window.show()
    settled = time.perf_counter() + 5
    while time.perf_counter() < settled or jobs.is_busy():
        app.processEvents()
    longest: list[float] = []
    for _ in range(ROUNDS):
        loop = QEventLoop()
        last, worst = [time.perf_counter()], [0.0]

        def tick(last: list[float] = last, worst: list[float] = worst) -> None:
            now = time.perf_counter()
            worst[0] = max(worst[0], now - last[0])
            last[0] = now

        timer = QTimer()
        timer.timeout.connect(tick)
        job = jobs.start(lambda progress: workspace.backups.make(BackupKind.BY_HAND, progress))
        job.finished.connect(loop.quit)
        timer.start(TICK_MS)
        loop.exec()
        timer.stop()
        longest.append(worst[0] * 1000)
    jobs.close()
    return {"longest_ms": longest}


TASKS = {one.__name__: one for one in (backup_times, backup_frames)}

if __name__ == "__main__":
    print(json.dumps(TASKS[sys.argv[1]](sys.argv[2])), flush=True)
    os._exit(0)
