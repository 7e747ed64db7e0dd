"""Tell how far long work has come, and let it be cancelled from that same call."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Called by long work now and then: what it does now, and how much is done (0.0 to 1.0).

    It may raise `Cancelled`; the work lets that pass and undoes what it began.
    """

    def __call__(self, text: str, done: float, /) -> None: ...


class Cancelled(Exception):
    """The person asked for the work to stop. Not an error: nothing is shown but that it stopped."""


def share(parent: Progress, start: float, end: float) -> Progress:
    """Map a step's own 0..1 onto a slice of its parent's bar."""

    def report(text: str, done: float, /) -> None:
        parent(text, start + (end - start) * min(max(done, 0.0), 1.0))

    return report


def silent(text: str, done: float, /) -> None:
    """Progress nobody looks at: command line, tests."""
