"""The commands of a register's list: columns, totals, copying, printing, exporting."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.base.translate import tr
from desktop.widget.commands import Command

if TYPE_CHECKING:
    from desktop.widget.main_window import MainWindow
    from desktop.widget.record_list import RecordList

_OUT = ("copy_rows", "print_list", "export_list")


def list_file_commands(window: MainWindow) -> list[Command]:
    """Those of the menu “Tệp”."""
    return [
        Command(
            key="print_list", menu="file", text=tr("&Print the list…"), icon="printer",
            act=_on_list(window, lambda records: records.output.printing.print_list()),
            shortcut="Ctrl+P",
        ),
        Command(
            key="export_list", menu="file", text=tr("Export the &list to Excel…"), icon="table",
            act=_on_list(window, lambda records: records.output.export()),
            shortcut="Ctrl+Shift+E",
        ),
    ]  # fmt: skip


def list_commands(window: MainWindow) -> list[Command]:
    """Those of the other menus."""
    return [
        Command(
            key="copy_rows", menu="edit", text=tr("&Copy the chosen rows"), icon="copy",
            act=_on_list(window, copy_rows), shortcut="Ctrl+C", begins_group=True,
        ),
        Command(
            key="columns", menu="view", text=tr("&Columns of the list"), icon="columns",
            act=_on_list(window, lambda records: records.show_columns(not records.shows_columns())),
            shortcut="Ctrl+Shift+C", begins_group=True,
        ),
        Command(
            key="totals", menu="view", text=tr("&Totals line"), checkable=True,
            act=_on_list(window, _turn_totals), shortcut="Ctrl+Shift+T",
        ),
    ]  # fmt: skip


def offer_list_commands(window: MainWindow) -> None:
    """Offer what can be done with the list on show."""
    page = window.pages.current_register()
    records = page.list if page is not None else None
    for key in ("columns", "totals"):
        window.commands.enable(key, records is not None)
    may = records is not None and bool(records.rows.count) and records.output.may()
    for key in _OUT:
        window.commands.enable(key, may)
    shown = records is not None and records.layout_of_list.shows_totals()
    window.commands.action("totals").setChecked(shown)


def copy_rows(records: RecordList) -> None:
    """Copy, unless the keyboard is in the form beside: what is chosen there is something else."""
    focus = records.window().focusWidget()
    if focus is None or records.isAncestorOf(focus):
        records.output.copy()


def _turn_totals(records: RecordList) -> None:
    layout = records.layout_of_list
    layout.show_totals(not layout.shows_totals())
    records.changed.emit()


def _on_list(window: MainWindow, act: Callable[[RecordList], object]) -> Callable[[], None]:
    def run() -> None:
        page = window.pages.current_register()
        if page is not None:
            act(page.list)

    return run
