"""Long loops on a thread beside the window: now and then the other threads run first."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
_EVERY = 500
_SECONDS = 0.0002
"""Any real pause makes the thread wait until the others have had their turn."""


def in_breaths(items: Iterable[T], pause: Callable[[], object]) -> Iterator[T]:
    """The items. Before the first, and after each `_EVERY` of them, `pause` is called, which may
    raise to end the loop, and other threads may run."""
    for number, item in enumerate(items):
        if number % _EVERY == 0:
            pause()
            breathe()
        yield item


def breathe() -> None:
    """Let a thread that waits run now."""
    time.sleep(_SECONDS)
