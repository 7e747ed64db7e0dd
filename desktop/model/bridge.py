"""Plain signals of the services heard by Qt objects, for as long as these live."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from desktop.base.events import Signal

if TYPE_CHECKING:
    from desktop.model.jobs import Job


def listen(owner: QObject, signal: Signal[*tuple[Any, ...]], slot: Callable[..., object]) -> None:
    """Call `slot` at each emission until `owner` is destroyed.

    A service outlives pages; without this it would call into widgets that are gone.
    """
    disconnect = signal.connect(slot)
    owner.destroyed.connect(disconnect)


def follow(
    owner: QObject,
    job: Job,
    *,
    done: Callable[[Any], object] | None = None,
    failed: Callable[[Any], object] | None = None,
    stopped: Callable[[], object] | None = None,
    finished: Callable[[], object] | None = None,
) -> Job:
    """Hear of a job until `owner` is destroyed, which cancels it. Returns the job.

    A plain connection to a lambda would call into what is gone.
    """
    wanted = (
        (job.done, done),
        (job.failed, failed),
        (job.stopped, stopped),
        (job.finished, finished),
    )
    gone = False

    def let_go() -> None:
        nonlocal gone
        gone = True
        job.cancel()

    def unless_gone(slot: Callable[..., object]) -> Callable[..., None]:
        def call(*told: object) -> None:
            if not gone:
                slot(*told)

        return call

    for signal, slot in wanted:
        if slot is not None:
            signal.connect(unless_gone(slot))
    job.finished.connect(unless_gone(lambda: owner.destroyed.disconnect(let_go)))
    owner.destroyed.connect(let_go)
    return job


class Soon(QObject):
    """Calls a function once, `delay_ms` after the last of many requests."""

    def __init__(self, parent: QObject, call: Callable[[], object], delay_ms: int = 0) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(delay_ms)
        self._timer.timeout.connect(call)

    def ask(self) -> None:
        """Request the call; asking again waits anew."""
        self._timer.start()

    def now(self) -> None:
        """Make the call now if one is waiting."""
        if self._timer.isActive():
            self._timer.stop()
            self._timer.timeout.emit()

    def forget(self) -> None:
        """Make no call."""
        self._timer.stop()
