"""The crash report: what a programmer needs to find a fault of ours, and nothing about anybody.

A text file on this computer, shown to the person; it goes nowhere unless they copy it somewhere.
Messages of exceptions quote values, and paths carry people's names: neither is in it.
"""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from desktop.base.errors import UserError
from desktop.base.files import write_text
from desktop.base.log import describe_exception

PREFIX = "su-co-"
KEPT = 10
_LINES = 200


def report_text(error: BaseException, lines: Iterable[str], version: str, at: datetime) -> str:
    """The report: versions, the fault by type and place in the code, the last lines of the log.

    `lines`: of `log.RecentLines`, which hold events and counts only.
    """
    parts = [
        f"Sổ CTXH {version}",
        f"{at:%Y-%m-%d %H:%M:%S %z}",
        f"Python {platform.python_version()} · {platform.system()} {platform.release()} · "
        f"{platform.machine()} · {'frozen' if getattr(sys, 'frozen', False) else 'source'}",
        "",
        describe_exception(error),
        "",
        *list(lines)[-_LINES:],
    ]
    return "\n".join(parts) + "\n"


def write_report(folder: Path, text: str, at: datetime) -> Path | None:
    """Keep the report; None where it cannot be written, which must not hide the fault itself.

    Of many only the newest are kept.
    """
    path = folder / f"{PREFIX}{at:%Y%m%d-%H%M%S}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_text(path, text)
        for old in sorted(folder.glob(f"{PREFIX}*.txt"))[:-KEPT]:
            old.unlink()
    except (OSError, UserError):
        return None
    return path
