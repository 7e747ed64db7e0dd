"""What the static checks and the tests consist of, and how one after the other is run."""

from __future__ import annotations

import os
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from machine import LOCK, ROOT, venv_python

# Longer than any healthy step takes, shorter than CI waits.
STEP_LIMIT_SECONDS = 45 * 60

CORE_FOLDERS = ("base", "schema", "store", "report", "workbook", "service", "cli", "torture")
GUI_FOLDERS = ("model", "widget", "flows")


@dataclass(frozen=True)
class Step:
    """One command of a check, with what it adds to the environment."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    needs: tuple[Path, ...] = ()
    """Folders that must hold at least one test file, lest a check pass by being empty."""


def module(name: str, *arguments: str) -> list[str]:
    """The command that runs a module of .venv."""
    return [str(venv_python()), "-m", name, *arguments]


def script(path: str, *arguments: str) -> list[str]:
    """The command that runs one of the project's files with .venv."""
    return [str(venv_python()), str(ROOT / path), *arguments]


def static_steps() -> list[Step]:
    """The checks that run no test, quickest first."""
    return [
        Step("format", module("ruff", "format", "--check", ".")),
        Step("ruff", module("ruff", "check", ".")),
        Step("mypy", module("mypy")),
        Step("layers", [str(venv_python()), "-c", LINT_IMPORTS]),
        Step("sizes", script("build/sizes.py")),
        Step("dependencies", script("build/audit.py")),
        Step("house rules", script("build/house_rules.py")),
        Step("translations", script("build/translations.py", "check")),
        Step("forms lint", script("main.py", "forms", "lint")),
    ]


LINT_IMPORTS = "from importlinter.cli import lint_imports_command as run; run(['--no-logo'])"


def test_steps() -> list[Step]:
    """The core tests with Qt out of reach, then those that need Qt, without a screen."""
    tests = ROOT / "tests"
    ignored = [f"--ignore=tests/{name}" for name in GUI_FOLDERS]
    return [
        Step(
            "core tests",
            module("pytest", "-p", "no:pytest-qt", "tests", *ignored),
            {"SO_CTXH_NO_QT": "1"},
            tuple(tests / name for name in CORE_FOLDERS),
        ),
        Step(
            "window tests",
            module("pytest", *(f"tests/{name}" for name in GUI_FOLDERS)),
            {"QT_QPA_PLATFORM": "offscreen"},
            tuple(tests / name for name in GUI_FOLDERS),
        ),
    ]


NO_ALARM = ("-o", "faulthandler_timeout=0")
"""Hundreds of kills in one test take longer than a test that hangs."""


def torture_steps(arguments: list[str]) -> list[Step]:
    """The promise of docs/reliability.md, each line as often as it says."""
    return [
        Step("torture", module("pytest", *NO_ALARM, "--torture", "tests/torture", *arguments)),
        Step(
            "killed at any key",
            module("pytest", *NO_ALARM, "tests/flows/test_kill_at_any_key.py", *arguments),
            {"QT_QPA_PLATFORM": "offscreen", "SO_CTXH_KILLS": "200"},
        ),
    ]


def lock_step(arguments: list[str]) -> Step:
    """Choose versions (`--upgrade` for the newest) and write them with their hashes."""
    return Step(
        "lock",
        module("uv", "pip", "compile", "pyproject.toml", "--group", "dev", "--universal")
        + ["--generate-hashes", "--python-version", "3.11", "--no-emit-index-url", "-q"]
        + ["--custom-compile-command", "python3 build/dev.py lock", "-o", LOCK.name, *arguments],
    )


def run_all(wanted: list[Step]) -> int:
    """Run the steps until one fails; its exit code, or 0."""
    started = time.monotonic()
    for number, step in enumerate(wanted, 1):
        print(f"\n== {number}/{len(wanted)} {step.name}", flush=True)
        began = time.monotonic()
        code = run_step(step)
        print(f"== {step.name}: {time.monotonic() - began:.1f} s", flush=True)
        if code != 0:
            print(f"\nFAILED at step {number} of {len(wanted)}: {step.name}", flush=True)
            return code
    print(f"\nAll {len(wanted)} steps are good, in {time.monotonic() - started:.0f} s.")
    return 0


def run_step(step: Step) -> int:
    """The exit code of one step."""
    empty = [str(path.relative_to(ROOT)) for path in step.needs if not any(path.glob("test_*.py"))]
    if empty:
        print(f"No tests in {', '.join(empty)}")
        return 1
    return run(step.command, step.environment)


def run_python(path: str, *arguments: str, offscreen: bool = False) -> int:
    """Run one of the project's files; its exit code."""
    return run(script(path, *arguments), {"QT_QPA_PLATFORM": "offscreen"} if offscreen else {})


def run(command: list[str], environment: dict[str, str]) -> int:
    """Run a command in the root folder, its text in UTF-8 on every system."""
    settings = os.environ | {"PYTHONUTF8": "1"} | environment
    try:
        done = subprocess.run(
            command, check=False, cwd=ROOT, env=settings, timeout=STEP_LIMIT_SECONDS
        )
    except subprocess.TimeoutExpired:
        print(f"Stopped after {STEP_LIMIT_SECONDS // 60} minutes: {' '.join(command)}")
        return 124
    return done.returncode
