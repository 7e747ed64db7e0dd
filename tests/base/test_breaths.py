"""Long loops that let others run: every item once, and an end in the middle where it is asked."""

from __future__ import annotations

import pytest

from desktop.base.breaths import in_breaths
from desktop.base.progress import Cancelled


def test_every_item_comes_once() -> None:
    pauses: list[int] = []
    found = list(in_breaths(range(1201), lambda: pauses.append(1)))
    assert found == list(range(1201))
    assert len(pauses) == 3


def test_a_pause_may_end_it() -> None:
    pauses: list[int] = []
    taken: list[int] = []

    def stop() -> None:
        pauses.append(1)
        if len(pauses) == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        taken.extend(in_breaths(range(10_000), stop))
    assert len(taken) < 1000
