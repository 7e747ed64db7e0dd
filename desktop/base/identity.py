"""Identities made where a record is born: UUIDv7 (RFC 9562 §5.7), in order even if clocks are not.

Layout: 48 bits milliseconds since 1970, 4 bits version, 12 bits counter within the millisecond
(RFC 9562 §6.2 method 1), 2 bits variant, 62 random bits.
"""

from __future__ import annotations

import secrets
import threading
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Callable

_COUNTER_END = 1 << 12
_RANDOM_KEPT = 32
"""Ids for which random bits are fetched at a time."""
_COUNTER_START_BITS = 8  # a random start leaves room for 3,840 more in the same millisecond


class IdMaker:
    """Makes ids that only grow. `now_ms` gives milliseconds since 1970 and may go back."""

    def __init__(self, now_ms: Callable[[], int]) -> None:
        self._now_ms = now_ms
        self._lock = threading.Lock()
        self._ms = -1
        self._counter = 0
        self._random = b""

    def new_id(self) -> str:
        with self._lock:
            ms = self._now_ms()
            if ms > self._ms:
                self._ms, self._counter = ms, secrets.randbits(_COUNTER_START_BITS)
            else:
                self._counter += 1
                if self._counter == _COUNTER_END:
                    self._ms, self._counter = self._ms + 1, 0
            ms, counter = self._ms, self._counter
            random = self._random_62()
        return _as_text(ms << 80 | 7 << 76 | counter << 64 | 0b10 << 62 | random)

    def _random_62(self) -> int:
        """Random bits of the system, fetched for many ids at once."""
        if not self._random:
            self._random = secrets.token_bytes(8 * _RANDOM_KEPT)
        taken, self._random = self._random[:8], self._random[8:]
        return int.from_bytes(taken, "big") >> 2

    def continue_after(self, newest: str) -> None:
        """Only make ids greater than `newest`: the computer's clock was set back meanwhile."""
        ms, counter = _parts(newest)
        with self._lock:
            self._ms, self._counter = max((self._ms, self._counter), (ms, counter))


_maker = IdMaker(lambda: time.time_ns() // 1_000_000)


def new_id() -> str:
    """A new id as 36 characters of text, greater than every one made before by this program."""
    return _maker.new_id()


def continue_after(newest: str) -> None:
    """Make `new_id` go on after an id found in the data. Raises ValueError if it is none."""
    _maker.continue_after(newest)


def id_time(id: str) -> datetime:
    """The moment (UTC, to the millisecond) an id was made. Raises ValueError if it is no UUIDv7."""
    return datetime.fromtimestamp(_parts(id)[0] / 1000, UTC)


def _parts(text: str) -> tuple[int, int]:
    value = UUID(text)
    if value.version != 7 or str(value) != text:
        raise ValueError(f"not a UUIDv7 in lower case: {text!r}")
    return value.int >> 80, value.int >> 64 & (_COUNTER_END - 1)


def _as_text(value: int) -> str:
    digits = f"{value:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
