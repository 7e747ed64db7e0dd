"""Wrong tries slow down: each one more doubles the wait, in this program and after its restart.

The numbers lie beside the data, in the open: whoever deletes them wins a few seconds, whoever
copies the key file meets argon2id alone.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from desktop.base.errors import UserError
from desktop.base.files import write_text

FREE_TRIES = 3
LONGEST_SECONDS = 300
_MOST_PEOPLE = 100


class Tries:
    """The wrong tries of an office, by person (or `recovery`, for the code)."""

    def __init__(self, path: Path, now: Callable[[], float] = time.time) -> None:
        self._path = path
        self._now = now

    def seconds_to_wait(self, person: str) -> int:
        """How long this person must still wait, 0 if not at all."""
        count, last = self._of(person)
        if count < FREE_TRIES:
            return 0
        wait = min(LONGEST_SECONDS, 2 ** (count - FREE_TRIES + 1))
        passed = self._now() - last
        # A clock put back must lock nobody out for longer than the wait.
        return 0 if passed >= wait else max(1, round(wait - max(passed, 0.0)))

    def failed(self, person: str) -> None:
        """One more wrong try."""
        known = self._read()
        known[person] = [self._of(person)[0] + 1, self._now()]
        self._write(known)

    def succeeded(self, person: str) -> None:
        """The right one: wrong tries are forgotten."""
        known = self._read()
        if known.pop(person, None) is not None:
            self._write(known)

    def _of(self, person: str) -> tuple[int, float]:
        kept = self._read().get(person)
        try:
            count, last = int(kept[0]), float(kept[1])  # type: ignore[index]
        except (TypeError, ValueError, IndexError, KeyError):
            return 0, 0.0
        return max(0, min(count, 64)), min(last, self._now())

    def _read(self) -> dict[str, Any]:
        try:
            found = json.loads(self._path.read_bytes())
            return found if isinstance(found, dict) else {}
        except (OSError, ValueError, RecursionError):
            return {}

    def _write(self, known: dict[str, Any]) -> None:
        newest = dict(list(known.items())[-_MOST_PEOPLE:])
        with suppress(UserError):  # where nothing may be written, argon2id is slow enough
            write_text(self._path, json.dumps(newest) + "\n")
