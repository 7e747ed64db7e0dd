"""The thread that brings drafts to the disk while others type on."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base.errors import NotOurDatabase, UserError
from desktop.base.translate import tr
from desktop.store.draft_file import DraftFile, remove, set_aside

if TYPE_CHECKING:
    from desktop.store.draft_file import DraftRow

FILE = "nhap.db"
SPARE = "nhap-2.db"
"""Where drafts go while the file proper is held by another program."""
LOOK, LOOK_IDLE, LIVELY = 0.02, 0.1, 30.0
"""Seconds between two looks for something to write: usually, and when nothing was for so long."""
RETRY = 2.0
"""Seconds after which a write that failed is tried again."""

Maker = Callable[[], "DraftRow"]
"""Makes the row to be written, in the thread that writes."""

_log = logging.getLogger(__name__)


class DraftWriter:
    """Writes the newest state of each draft; one that was overtaken meanwhile is not written."""

    def __init__(self, folder: Path, key: bytes, now: Callable[[], datetime]) -> None:
        self._folder = folder
        self._key = key
        self._now = now
        self._name = FILE
        """Which of the two files is written to."""
        self._file: DraftFile | None = None
        self._handed_over: deque[tuple[str, int, Maker | None]] = deque()
        """(draft, number of the hand-over, what to write). The writer looks here by itself: to wake
        it would cost the window milliseconds on a busy computer, its turn on the processor."""
        self._ending = threading.Event()
        self._active = 0.0
        self._handed: dict[str, int] = {}
        self._done: dict[str, int] = {}
        """By draft: number of the last hand-over, and of the last that is on disk."""
        self._all: dict[str, Maker] = {}
        """Every draft there is: a file that is found damaged is written anew."""
        self._thread: threading.Thread | None = None
        self.trouble = ""
        """What happened to the file, in words for the person, "" while all is well."""
        self.failure = ""
        """Why the last write failed, "" while none did."""

    def load(self) -> list[DraftRow]:
        """Every draft on disk. Never raises: a file that cannot be read is set aside."""
        rows: list[DraftRow] = []
        spare = self._folder / SPARE
        for path in (self._folder / FILE, spare):
            if path.exists():
                rows += self._read(path)
        if self._file is None and spare.exists() and self._name == FILE and rows:
            self._file = self._fresh()
        if self._file is not None and self._name == FILE and spare.exists():
            self._move_in(rows, spare)
        found = {one.id: one for one in rows}
        self._all = {one.id: _giving(one) for one in rows}
        return list(found.values())

    def start(self) -> None:
        """Begin to write what is handed over."""
        self._thread = threading.Thread(target=self._run, name="drafts", daemon=True)
        self._thread.start()

    def hand_over(self, id: str, make: Maker | None) -> None:
        """Have a draft written, or taken out (None), as soon as may be. Waits for nobody."""
        if make is None:
            self._all.pop(id, None)
        else:
            self._all[id] = make
        number = self._handed[id] = self._handed.get(id, 0) + 1
        self._handed_over.append((id, number, make))

    def is_written(self, id: str) -> bool:
        """True if the last state handed over is on disk."""
        return self._done.get(id, 0) >= self._handed.get(id, 0)

    def wait(self, seconds: float) -> bool:
        """Until everything is on disk; False if it is not by then."""
        until = time.monotonic() + seconds
        while not all(self.is_written(id) for id in self._handed):
            if time.monotonic() > until:
                return False
            time.sleep(0.001)
        return True

    def close(self) -> None:
        """Write what waits, then end; a second call does nothing."""
        if self._thread is not None:
            self._ending.set()
            self._thread.join()
            self._thread = None
        if self._file is not None:
            self._file.close()
            self._file = None

    # The file

    def _read(self, path: Path) -> list[DraftRow]:
        try:
            file = DraftFile(path, self._key)
            try:
                rows = file.rows()
            except BaseException:
                file.close()
                raise
        except Exception as error:
            self._cannot_use(path, error)
            return []
        if self._file is None and path.name == self._name:
            self._file = file
        else:
            file.close()
        return rows

    def _fresh(self) -> DraftFile | None:
        """A new file proper, for what only the other one holds; None where it cannot be made."""
        try:
            return DraftFile(self._folder / FILE, self._key)
        except UserError:
            return None

    def _move_in(self, rows: list[DraftRow], spare: Path) -> None:
        """Drafts that had to be written elsewhere come back into the file proper."""
        with suppress(Exception):
            if self._file is not None:
                self._file.write(rows)
                remove(spare)

    def _cannot_use(self, path: Path, error: Exception) -> None:
        """Put a damaged file aside, write beside one that is held; say so."""
        _log.warning("draft file not usable", exc_info=error)
        damaged = isinstance(error, NotOurDatabase) or not isinstance(error, UserError)
        aside = set_aside(path, f"{self._now():%Y%m%d-%H%M%S}") if damaged else None
        if aside is not None:
            told = tr(
                "The file of drafts could not be read and was put aside as “{name}”; a new one was "
                "begun. What was saved is not touched."
            )
            self.trouble = told.format(name=aside.name)
        else:
            self._name = SPARE
            told = tr(
                "The file of drafts “{name}” is held by another program: drafts of earlier cannot "
                "be shown now. New ones are kept beside it. What was saved is not touched."
            )
            self.trouble = told.format(name=path.name)

    def _opened(self) -> DraftFile:
        """The file to write to, made if need be. Raises `UserError`."""
        if self._file is None:
            try:
                self._file = DraftFile(self._folder / self._name, self._key)
            except NotOurDatabase as error:
                self._cannot_use(self._folder / self._name, error)
                self._file = DraftFile(self._folder / self._name, self._key)
        return self._file

    # The thread

    def _run(self) -> None:
        waiting: dict[str, tuple[int, Maker | None]] = {}
        ended = False
        while not ended:
            ended = self._take(waiting)
            if not waiting:
                continue
            try:
                self._write(waiting)
            except Exception as error:  # the thread goes on, whatever is wrong with the disk
                self._failed(error, waiting)
            else:
                self.failure = ""
                for id, (number, _) in waiting.items():
                    self._done[id] = max(number, self._done.get(id, 0))
                waiting.clear()

    def _take(self, waiting: dict[str, tuple[int, Maker | None]]) -> bool:
        """Wait for something to write, and take all there is; True at the end.

        What is in `waiting` already could not be written: it is tried again after a while.
        """
        again = time.monotonic() + RETRY
        while True:
            ended = self._ending.is_set()
            fresh = bool(self._handed_over)
            while self._handed_over:
                id, number, make = self._handed_over.popleft()
                waiting[id] = (number, make)
            now = time.monotonic()
            if fresh:
                self._active = now
            if fresh or ended or (waiting and now > again):
                return ended
            self._ending.wait(LOOK if now - self._active < LIVELY else LOOK_IDLE)

    def _write(self, waiting: dict[str, tuple[int, Maker | None]]) -> None:
        put = [make() for _, make in waiting.values() if make is not None]
        gone = [id for id, (_, make) in waiting.items() if make is None]
        self._opened().write(put, gone)

    def _failed(self, error: Exception, waiting: dict[str, tuple[int, Maker | None]]) -> None:
        why = str(error) if isinstance(error, UserError) else tr("unknown reason")
        if why != self.failure:
            _log.warning("drafts not written", exc_info=error)
        self.failure = why
        if isinstance(error, NotOurDatabase) and self._file is not None:
            # Damaged under our hands: everything is still in memory and goes into a new file.
            path = self._file.path
            self._file.close()
            self._file = None
            self._cannot_use(path, error)
            for id, make in dict(self._all).items():
                waiting.setdefault(id, (0, make))


def _giving(row: DraftRow) -> Maker:
    return lambda: row
