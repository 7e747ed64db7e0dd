"""The offices that are measured: invented people in numbers, made once per run."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from machine import ROOT

TODAY = date(2026, 6, 14)
PASSWORD = "do-toc-do-2026"  # noqa: S105 - of invented people
PERSON = "Người đo"
SMALL, LARGE = 10_000, 100_000
PUT_RECORDS = 100_000
TASK_KINDS = ("window", "backup", "journal", "keys", "lists")
"""First words of the tasks that have a file of their own."""
_LIMIT_SECONDS = 1800


class Offices:
    """Offices by number of clients, each in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()
        self.folder.mkdir(parents=True, exist_ok=True)

    def small(self) -> Path:
        """10,000 clients with 50,000 services."""
        return self._made("small", SMALL, 5)

    def large(self) -> Path:
        """100,000 clients."""
        return self._made("large", LARGE, 0)

    def made(self, name: str, task: str) -> Path:
        """A folder that a task fills, once."""
        folder = self.folder / name
        done = self.folder / f"{name}.made"
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            run_child(task, str(folder))
            done.write_text("", encoding="utf-8")
        return folder

    def copy(self, office: Path, name: str) -> Path:
        """A fresh copy to write to."""
        target = self.folder / name
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(office, target)
        return target

    def put_file(self) -> tuple[Path, Path]:
        """(an office with hamlets and workers, a JSON file of 100,000 clients for it)."""
        office, file = self.folder / "empty", self.folder / "clients.json"
        if not file.exists():
            shutil.rmtree(office, ignore_errors=True)
            run_child("write_clients", str(office), str(file), str(PUT_RECORDS))
        return office, file

    def journal(self, rows: int) -> Path:
        """An empty office with a long journal."""
        office = self._made("journal", 0, 0)
        done = office / f"journal-{rows}.txt"
        if not done.exists():
            run_child("journal_fill", str(office), str(rows))
            done.write_text("", encoding="utf-8")
        return office

    def _made(self, name: str, clients: int, services: int) -> Path:
        office = self.folder / name
        done = office / "made.txt"
        if not done.exists():
            shutil.rmtree(office, ignore_errors=True)
            run_child("make_office", str(office), str(clients), str(services))
            done.write_text("", encoding="utf-8")
        return office


def run_child(task: str, *arguments: str) -> Any:
    """Run a task in a process of its own; what it prints last, as JSON."""
    kind = task.partition("_")[0]
    file = f"bench_{kind}_tasks.py" if kind in TASK_KINDS else "bench_tasks.py"
    command = [sys.executable, str(ROOT / "build" / file), task, *arguments]
    settings = {"PYTHONUTF8": "1", "QT_QPA_PLATFORM": "offscreen"} | os.environ
    done = subprocess.run(
        command, check=False, cwd=ROOT, capture_output=True, text=True, encoding="utf-8",
        env=settings, timeout=_LIMIT_SECONDS,
    )  # fmt: skip
    if done.returncode != 0:
        raise RuntimeError(f"{task} failed:\n{done.stdout}\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def percentile_95(values: Sequence[float]) -> float:
    """The value that 95 in 100 do not exceed."""
    return statistics.quantiles(values, n=20, method="inclusive")[-1]
