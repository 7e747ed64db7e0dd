"""Every import contract is broken once, on a skeleton of the package, to see that it holds."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
RUN = "from importlinter.cli import lint_imports_command as run; run(['--no-logo', '--no-cache'])"

ONE_WAY = "One way: a layer imports only what stands below it"
NO_WINDOW = "The command line has no window"
QT = "Qt only in app, widget and model"
SQL = "SQL and its drivers only in store"
EXCEL = "Excel only in workbook"
SCREENS = "Screens ask services"
WORKBOOK = "Workbooks get reports, not tables"

BREACHES = [
    ("base/x.py", "import desktop.schema", ONE_WAY),
    ("schema/x.py", "import desktop.store", ONE_WAY),
    ("store/x.py", "import desktop.report", ONE_WAY),
    ("report/x.py", "import desktop.workbook", ONE_WAY),
    ("workbook/x.py", "import desktop.service", ONE_WAY),
    ("service/x.py", "import desktop.model", ONE_WAY),
    ("model/x.py", "import desktop.widget", ONE_WAY),
    ("widget/x.py", "import desktop.app", ONE_WAY),
    ("app.py", "import desktop.cli", ONE_WAY),
    ("undeclared/__init__.py", "", ONE_WAY),
    ("cli.py", "import desktop.widget", NO_WINDOW),
    ("cli.py", "import desktop.model", NO_WINDOW),
    ("cli.py", "from PySide6.QtCore import QLocale", QT),
    ("base/x.py", "def f():\n    import PySide6.QtCore", QT),
    ("service/x.py", "import shiboken6", QT),
    ("report/x.py", "import sqlite3", SQL),
    ("service/x.py", "import sqlite_utils", SQL),
    ("cli.py", "import sqlcipher3", SQL),
    ("app.py", "import sqlcipher3", SQL),
    ("widget/x.py", "import openpyxl", EXCEL),
    ("service/x.py", "import xlsxwriter", EXCEL),
    ("report/x.py", "import python_calamine", EXCEL),
    ("widget/x.py", "import desktop.store", SCREENS),
    ("widget/x.py", "import desktop.workbook", SCREENS),
    ("model/x.py", "import desktop.report", SCREENS),
    ("workbook/x.py", "import desktop.store", WORKBOOK),
]

ALLOWED = {
    "app.py": "import desktop.widget, desktop.store, PySide6.QtWidgets",
    "cli.py": "import desktop.service",
    "widget/x.py": "import desktop.model, desktop.service, desktop.schema, PySide6.QtWidgets",
    "model/x.py": "import desktop.service, PySide6.QtCore",
    "service/x.py": "import desktop.workbook, desktop.report, desktop.store",
    "workbook/x.py": "import desktop.report, openpyxl, xlsxwriter, python_calamine",
    "report/x.py": "import desktop.store",
    "store/x.py": "import desktop.schema, sqlcipher3, sqlite_utils",
    "schema/x.py": "import desktop.base",
}


@pytest.fixture
def skeleton(tmp_path: Path) -> Path:
    """The real settings over the real folders, each holding one module that does what it may."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    package = tmp_path / "desktop"
    package.mkdir()
    (package / "__init__.py").touch()
    layers = [path.parent.name for path in (ROOT / "desktop").glob("*/__init__.py")]
    for layer in layers:
        (package / layer).mkdir()
        (package / layer / "__init__.py").touch()
    for name, text in ALLOWED.items():
        (package / name).write_text(text + "\n", encoding="utf-8")
    return package


def verdicts(package: Path) -> dict[str, bool]:
    """Contract → whether it was kept, as lint-imports prints it."""
    done = subprocess.run(
        [sys.executable, "-c", RUN],
        cwd=package.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    lines = re.findall(r"^(.+) (KEPT|BROKEN)(?: \(.*\))?$", done.stdout, re.MULTILINE)
    found = {name: verdict == "KEPT" for name, verdict in lines}
    assert len(found) == 7, done.stdout + done.stderr
    assert (done.returncode == 0) is all(found.values())
    return found


def test_what_is_allowed_is_kept(skeleton: Path) -> None:
    assert all(verdicts(skeleton).values())


@pytest.mark.parametrize(("file", "line", "contract"), BREACHES)
def test_breach_is_seen(skeleton: Path, file: str, line: str, contract: str) -> None:
    path = skeleton / file
    path.parent.mkdir(exist_ok=True)
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(f"{before}\n{line}\n", encoding="utf-8")
    assert not verdicts(skeleton)[contract]
