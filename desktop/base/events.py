"""A tiny signal: those who want to know connect, the one who changes something emits."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Generic, TypeVarTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Args = TypeVarTuple("Args")


class Signal(Generic[*Args]):
    """Calls its receivers in the order they connected, in the thread that emits.

    A receiver that raises stops the emission: an error in one is a bug, not something to hide.
    """

    def __init__(self) -> None:
        self._receivers: list[Callable[[*Args], object]] = []
        self._blocked = 0

    def connect(self, receiver: Callable[[*Args], object]) -> Callable[[], None]:
        """Call `receiver` at every emission; returns a function that disconnects it."""
        self._receivers.append(receiver)
        return lambda: self.disconnect(receiver)

    def disconnect(self, receiver: Callable[[*Args], object]) -> None:
        """Stop calling `receiver`; one that is not connected is no error."""
        if receiver in self._receivers:
            self._receivers.remove(receiver)

    def emit(self, *args: *Args) -> None:
        """Call everybody who was connected when this began, unless blocked."""
        if self._blocked:
            return
        for receiver in tuple(self._receivers):
            receiver(*args)

    @contextmanager
    def block(self) -> Iterator[None]:
        """Emissions inside are dropped, not delayed."""
        self._blocked += 1
        try:
            yield
        finally:
            self._blocked -= 1
