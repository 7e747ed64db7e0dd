"""A second lock on the layers: what import-linter cannot see, tried for real."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "desktop"
CORE = ("base", "schema", "store", "report", "workbook", "service", "cli")

# Imports every module of a layer while the named packages cannot be imported.
PROBE = """
import importlib, pathlib, sys
layer, *blocked = sys.argv[1:]
sys.modules.update(dict.fromkeys(blocked))
root = pathlib.Path("desktop")
files = sorted((root / layer).rglob("*.py")) or [root / f"{layer}.py"]
names = [".".join(file.with_suffix("").parts).removesuffix(".__init__") for file in files]
for name in names:
    importlib.import_module(name)
loaded = {name.partition(".")[0] for name in sys.modules}
print(len(names), *sorted(loaded & {"openpyxl", "xlsxwriter", "python_calamine"}))
"""


def probe(layer: str, *blocked: str) -> list[str]:
    """Number of modules of a layer, and the Excel libraries that importing them all loaded."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROBE, layer, *blocked],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.mark.parametrize("layer", CORE)
def test_core_layer_works_where_qt_is_not_installed(layer: str) -> None:
    count, *_ = probe(layer, "PySide6", "shiboken6")
    assert int(count) >= 1


@pytest.mark.parametrize("layer", CORE)
def test_excel_libraries_are_loaded_only_when_a_workbook_is_made(layer: str) -> None:
    _, *loaded = probe(layer)
    assert loaded == []


def imports(path: Path) -> set[str]:
    """Full names of everything a file imports, also inside functions."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def python_files(layer: str) -> list[Path]:
    return sorted((PACKAGE / layer).rglob("*.py"))


def test_models_know_no_widgets() -> None:
    allowed = ("PySide6.QtCore", "PySide6.QtGui")
    wrong = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in python_files("model")
        for name in imports(path)
        if name.startswith("PySide6") and not name.startswith(allowed)
    }
    assert wrong == set()


def test_base_needs_nothing_but_the_standard_library() -> None:
    allowed = sys.stdlib_module_names | {"desktop"}
    wrong = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in python_files("base")
        for name in imports(path)
        if name.partition(".")[0] not in allowed
    }
    assert wrong == set()


def test_imports_are_absolute_so_that_the_checks_see_them() -> None:
    wrong = {
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level > 0
    }
    assert wrong == set()
