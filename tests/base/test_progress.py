"""Progress by slices, and cancelling from inside the report."""

from __future__ import annotations

import pytest

from desktop.base.progress import Cancelled, Progress, share, silent


def test_a_share_is_a_slice_of_the_whole_bar() -> None:
    seen: list[tuple[str, float]] = []

    def whole(text: str, done: float, /) -> None:
        seen.append((text, done))

    half = share(whole, 0.5, 1.0)
    share(half, 0.0, 0.5)("đọc", 1.0)
    half("ghi", 2.0)
    half("ghi", -1.0)
    assert seen == [("đọc", 0.75), ("ghi", 1.0), ("ghi", 0.5)]


def test_cancelling_passes_through_the_work() -> None:
    def cancel(text: str, done: float, /) -> None:
        raise Cancelled

    def work(progress: Progress) -> None:
        progress("bắt đầu", 0.0)
        pytest.fail("went on after it was cancelled")

    with pytest.raises(Cancelled):
        work(share(cancel, 0.2, 0.4))


def test_silent_takes_any_report() -> None:
    silent("không ai xem", 0.3)
