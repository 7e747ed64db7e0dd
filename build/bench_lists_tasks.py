"""List tasks, each in a process of its own: `python build/bench_lists_tasks.py TASK …`."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from bench_offices import LARGE
from bench_window_tasks import _open_window, report, settle

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from desktop.widget.main_window import MainWindow

SWITCHES = 30
REGISTERS = ("service_event", "client")
_LONGEST_SECONDS = 120


def lists_make(folder: str) -> None:
    """100,000 clients with a service each."""
    import bench_making  # finds the program only now

    bench_making.make_office(Path(folder), LARGE, 1).close()
    report(made=True)


def lists_switch(folder: str) -> None:
    """From each click to the list painted, back and forth."""
    app, window = _open_window(folder)
    for register in REGISTERS:
        _show(app, window, register)
        _until_read(app, window, register)
    found = []
    for number in range(SWITCHES):
        found.append(_show(app, window, REGISTERS[number % len(REGISTERS)]))
        settle(app)
    report(seconds=found)


class Painted(QObject):
    """Knows when a widget was painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.seen = False
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.seen = True
        return False


def _show(app: QApplication, window: MainWindow, register: str) -> float:
    """Seconds from the click until the rows are painted."""
    from desktop.widget.page_stack import REGISTER

    painted = Painted(window.pages.register_page(register).list.choice.table.viewport())
    begun = time.perf_counter()
    window.sidebar.chosen.emit(REGISTER + register)
    while not painted.seen:
        app.processEvents()
    seconds = time.perf_counter() - begun
    painted.deleteLater()
    return seconds


def _until_read(app: QApplication, window: MainWindow, register: str) -> None:
    rows = window.pages.register_page(register).list.rows
    until = time.perf_counter() + _LONGEST_SECONDS
    while rows.is_waiting and time.perf_counter() < until:
        app.processEvents()
    if rows.count != LARGE:
        raise RuntimeError(f"{rows.count} records of {register}")
    settle(app)


TASKS: dict[str, Any] = {function.__name__: function for function in (lists_make, lists_switch)}

if __name__ == "__main__":
    TASKS[sys.argv[1]](*sys.argv[2:])
