"""List tasks, each in a process of its own: `python build/bench_lists_tasks.py TASK …`."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

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


def _show(app: QApplication, window: MainWindow, register: str) -> float:
    """Seconds from the click until the rows are painted."""
    from desktop.widget.page_stack import REGISTER

    begun = time.perf_counter()
    window.sidebar.chosen.emit(REGISTER + register)
    page = window.pages.register_page(register)
    page.list.choice.table.viewport().repaint()
    app.sendPostedEvents()
    return time.perf_counter() - begun


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
