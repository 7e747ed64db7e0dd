"""Long work that makes very many objects, and none that hold each other in a ring."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_ring_search() -> Iterator[None]:
    """Python does not look for rings of garbage meanwhile; what is in no ring goes as ever.

    Looking through all objects again and again is a fifth of what reading many records costs.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
