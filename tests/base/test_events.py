"""The signal: order, disconnecting, blocking, errors."""

from __future__ import annotations

import pytest

from desktop.base.events import Signal


def test_receivers_are_called_in_their_order_with_the_arguments() -> None:
    signal: Signal[str, int] = Signal()
    seen: list[tuple[str, str, int]] = []
    signal.connect(lambda name, count: seen.append(("first", name, count)))
    signal.connect(lambda name, count: seen.append(("second", name, count)))
    signal.emit("client", 3)
    assert seen == [("first", "client", 3), ("second", "client", 3)]


def test_a_disconnected_receiver_hears_nothing() -> None:
    signal: Signal[int] = Signal()
    seen: list[int] = []
    disconnect = signal.connect(seen.append)
    signal.emit(1)
    disconnect()
    disconnect()
    signal.disconnect(seen.append)
    signal.emit(2)
    assert seen == [1]


def test_blocked_emissions_are_dropped_also_when_nested() -> None:
    signal: Signal[int] = Signal()
    seen: list[int] = []
    signal.connect(seen.append)
    with signal.block():
        with signal.block():
            signal.emit(1)
        signal.emit(2)
    signal.emit(3)
    with pytest.raises(ZeroDivisionError), signal.block():
        raise ZeroDivisionError
    signal.emit(4)
    assert seen == [3, 4]


def test_receivers_may_come_and_go_while_it_is_emitted() -> None:
    signal: Signal[()] = Signal()
    seen: list[str] = []

    def once() -> None:
        seen.append("once")
        signal.disconnect(once)
        signal.connect(lambda: seen.append("late"))

    signal.connect(once)
    signal.connect(lambda: seen.append("always"))
    signal.emit()
    signal.emit()
    assert seen == ["once", "always", "always", "late"]


def test_an_error_in_a_receiver_is_not_hidden() -> None:
    signal: Signal[()] = Signal()
    signal.connect(lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        signal.emit()
