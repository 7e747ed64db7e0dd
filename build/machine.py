"""Brings a bare machine to where the project runs: .venv, locked packages, system libraries."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "so-ctxh.stamp"
OLDEST_PYTHON = (3, 11)

# Debian names. Without any one of the first group `import PySide6.QtWidgets` fails.
QT_LIBRARIES = (
    "libgl1", "libegl1", "libxkbcommon0", "libfontconfig1", "libdbus-1-3", "libglib2.0-0",
)  # fmt: skip
# A real window on X11 aborts with "no Qt platform plugin" without these.
SCREEN_LIBRARIES = (
    "libxcb-cursor0", "libxkbcommon-x11-0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-shape0",
)  # fmt: skip
# LibreOffice recalculates exported workbooks; poppler draws them; the fonts have the widths
# of Times New Roman, Arial and Calibri.
TEST_PROGRAMS = (
    "xvfb", "xauth", "libreoffice-calc", "poppler-utils", "fonts-liberation2",
    "fonts-crosextra-carlito",
)  # fmt: skip


class SetupError(Exception):
    """The machine cannot be made ready; the text says in words what to do about it."""


def set_up(*, for_tests: bool) -> None:
    """Make the machine ready; quick and silent when it already is.

    Raises `SetupError` when the interpreter is too old or an installation fails.
    """
    if sys.version_info < OLDEST_PYTHON:
        wanted = ".".join(map(str, OLDEST_PYTHON))
        raise SetupError(f"Python {wanted} or newer is needed; this is {sys.version.split()[0]}.")
    wanted_packages = [*QT_LIBRARIES, *SCREEN_LIBRARIES]
    if for_tests:
        wanted_packages += TEST_PROGRAMS
    if importlib.util.find_spec("ensurepip") is None and not venv_runs():
        wanted_packages.append("python3-venv")
    install_system_packages(wanted_packages)
    install_locked()


def venv_python() -> Path:
    """The interpreter inside .venv."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def install_system_packages(wanted: list[str]) -> None:
    """Install what Debian lacks; without root say what to install, and go on."""
    if sys.platform == "win32":
        return
    if shutil.which("dpkg-query") is None or shutil.which("apt-get") is None:
        return
    have = installed_system_packages()
    missing = [name for name in wanted if name not in have]
    if not missing:
        return
    if os.geteuid() != 0:
        print(
            "These system packages are missing and need root. Please run:\n"
            f"  sudo apt-get install --no-install-recommends {' '.join(missing)}"
        )
        return
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    timed("Reading the package lists", ["apt-get", "-qq", "update"], environment)
    timed(
        f"Installing {', '.join(missing)}",
        ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0", "install", "-y", "--no-install-recommends"]
        + missing,
        environment,
    )


def installed_system_packages() -> set[str]:
    """Names of the installed Debian packages and of everything they provide."""
    listing = subprocess.run(
        ["dpkg-query", "-W", "-f", "${db:Status-Status}\t${Package}, ${Provides}\n"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    names: set[str] = set()
    for line in listing.splitlines():
        status, _, packages = line.partition("\t")
        if status == "installed":
            names.update(word.split()[0] for word in packages.split(",") if word.strip())
    return names


def install_locked() -> None:
    """Make .venv hold exactly what requirements.lock names; nothing is done if it does."""
    stamp = f"{sys.version_info[0]}.{sys.version_info[1]} {digest(LOCK)}\n"
    if sys.prefix != sys.base_prefix and Path(sys.prefix).resolve() == VENV.resolve():
        # Started with the interpreter of .venv itself: it cannot replace its own files.
        if STAMP.exists() and STAMP.read_text("ascii") == stamp:
            return
        raise SetupError("Run this with the system's Python, not with the one in .venv.")
    if STAMP.exists() and STAMP.read_text("ascii") == stamp and venv_runs():
        return
    if not venv_runs():
        timed("Making .venv", [sys.executable, "-m", "venv", "--clear", str(VENV)])
    STAMP.unlink(missing_ok=True)
    timed(
        "Installing the locked packages",
        [str(venv_python()), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        + ["--no-warn-script-location", "--only-binary", ":all:", "--require-hashes"]
        + ["-r", str(LOCK)],
    )
    # pip adds and changes; uv, which it has just installed, takes away what the lock dropped.
    timed(
        "Removing what is not locked",
        [str(venv_python()), "-m", "uv", "-q", "pip", "sync", "--offline", "--require-hashes"]
        + ["--python", str(venv_python()), str(LOCK)],
    )
    STAMP.write_text(stamp, "ascii")


def venv_runs() -> bool:
    """Whether .venv has an interpreter of the version that runs this script, with pip."""
    if not venv_python().exists():
        return False
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    question = "import pip, sys; print('%d.%d' % sys.version_info[:2])"
    answer = subprocess.run(
        [str(venv_python()), "-c", question], check=False, capture_output=True, text=True
    )
    return answer.stdout.strip() == version


def digest(path: Path) -> str:
    """SHA-256 of the file's text, the same whichever line ends git checked it out with."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def timed(title: str, command: list[str], environment: dict[str, str] | None = None) -> None:
    """Run one installation command; say what it was and how long it took, or all it printed."""
    print(f"{title} ... ", end="", flush=True)
    started = time.monotonic()
    done = subprocess.run(
        command,
        check=False,
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    if done.returncode != 0:
        print(f"failed\n{done.stdout}", flush=True)
        raise SetupError(f"This failed with exit code {done.returncode}:\n  {' '.join(command)}")
    print(f"{time.monotonic() - started:.1f} s", flush=True)
