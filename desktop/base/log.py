"""The log: a rotating file and the last lines in memory, for the crash report.

Logged are events and counts, never what somebody typed. An exception is logged by its type and
its place in the code only: messages of exceptions quote values, and values are people's data.
"""

from __future__ import annotations

import logging
import traceback
from collections import deque
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from desktop.base.paths import bundled_root

FILE_NAME = "soctxh.log"
LINES_KEPT = 500
_FILE_BYTES, _OLD_FILES = 1_000_000, 3
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"

_ErrorInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


class PrivateFormatter(logging.Formatter):
    """Formats an exception without its message."""

    def formatException(self, ei: _ErrorInfo) -> str:
        return describe_exception(ei[1]) if ei[1] is not None else ""


class RecentLines(logging.Handler):
    """Keeps the last lines in memory."""

    def __init__(self, count: int = LINES_KEPT) -> None:
        super().__init__()
        self._lines: deque[str] = deque(maxlen=count)

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.append(self.format(record))

    def lines(self) -> tuple[str, ...]:
        return tuple(self._lines)


def describe_exception(error: BaseException) -> str:
    """Type, error number and places in the code, cause after cause; no values."""
    parts: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        number = f" errno {current.errno}" if isinstance(current, OSError) else ""
        parts.append(type(current).__qualname__ + number)
        frames = traceback.extract_tb(current.__traceback__)
        parts += [f"  {_place(frame.filename)}:{frame.lineno} in {frame.name}" for frame in frames]
        current = current.__cause__ or current.__context__
    return "\n".join(parts)


def _place(filename: str) -> str:
    """A file of the program from its own folder on, any other by its last three names: what stands
    before them is often a person's name."""
    path = Path(filename)
    try:
        return path.relative_to(bundled_root()).as_posix()
    except ValueError:
        return "/".join(path.parts[-3:]) if path.is_absolute() else path.as_posix()


def set_up(folder: Path | None, level: int = logging.INFO) -> RecentLines:
    """Log everything of the program to memory and, if it can be written, to a file in `folder`.

    A log that cannot be written never stops the program. Call `shut_down` at the end.
    """
    shut_down()
    root = logging.getLogger("desktop")
    root.setLevel(level)
    root.propagate = False
    recent = RecentLines()
    for handler in [recent, *_file_handlers(folder)]:
        handler.setFormatter(PrivateFormatter(_FORMAT))
        root.addHandler(handler)
    return recent


def shut_down() -> None:
    """Close the log file and let go of the handlers."""
    root = logging.getLogger("desktop")
    for handler in tuple(root.handlers):
        root.removeHandler(handler)
        handler.close()
    root.propagate = True


def _file_handlers(folder: Path | None) -> list[logging.Handler]:
    if folder is None:
        return []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return [
            RotatingFileHandler(
                folder / FILE_NAME,
                maxBytes=_FILE_BYTES,
                backupCount=_OLD_FILES,
                encoding="utf-8",
                errors="backslashreplace",
            )
        ]
    except OSError:
        return []
