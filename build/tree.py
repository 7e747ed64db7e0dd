"""Which files belong to the project: all that git does not ignore, or all but some folders."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOT_OURS = {".git", ".venv", "out"}


def project_files() -> list[Path]:
    """Absolute paths of the project's files, sorted; works in an unpacked archive too."""
    if shutil.which("git") and (ROOT / ".git").exists():
        listed = subprocess.run(
            [
                "git",
                "-c",
                f"safe.directory={ROOT.as_posix()}",
                "ls-files",
                "-z",
                "-co",
                "--exclude-standard",
            ],
            check=True,
            capture_output=True,
            cwd=ROOT,
        ).stdout.decode("utf-8")
        found = [ROOT / name for name in listed.split("\0") if name]
    else:
        found = list(walk(ROOT))
    return sorted(path for path in found if path.is_file())


def walk(folder: Path) -> Iterator[Path]:
    """Every file below a folder, leaving out output, caches and the environment."""
    for current, folders, files in os.walk(folder):
        folders[:] = [
            name
            for name in folders
            if name not in NOT_OURS and not name.endswith("_cache") and name != "__pycache__"
        ]
        yield from (Path(current) / name for name in files)


def python_files(*tops: str) -> list[Path]:
    """The project's Python files below the named top-level folders (or the files so named)."""
    return [
        path
        for path in project_files()
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in tops
    ]
