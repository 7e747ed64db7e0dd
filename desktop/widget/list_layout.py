"""How a list stands: its columns, their widths, what it is sorted by, its totals; remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.model.bridge import listen
from desktop.service.list_fields import visible_columns
from desktop.service.list_totals import Measure
from desktop.widget.list_columns import ListColumns
from desktop.widget.list_table import LEAST

if TYPE_CHECKING:
    from desktop.service.row_list import RowList
    from desktop.widget.list_memory import ListMemory
    from desktop.widget.list_totals_line import TotalsLine
    from desktop.widget.row_choice import RowChoice


class ListLayout(QObject):
    """Of one register's list; what the person changes is in the settings at once."""

    def __init__(
        self,
        rows: RowList,
        choice: RowChoice,
        totals: TotalsLine,
        memory: ListMemory,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._rows = rows
        self._choice = choice
        self._totals = totals
        self._memory = memory
        self._panel: ListColumns | None = None
        self._holder = parent
        self._recalling = False
        choice.table.resized.connect(self._resized)
        choice.table.moved.connect(self._moved)
        totals.measure_changed.connect(memory.keep_totals)
        listen(self, rows.columns_changed, self._columns_changed)
        listen(self, rows.changed, self._changed)

    def recall(self) -> None:
        """Stand as it was left."""
        self._recalling = True
        self._rows.choose_columns(self._memory.columns() or None)
        wanted = self._memory.orders()
        keys = [one.column for one in wanted]
        known = visible_columns(self._rows.forms, self._rows.register, keys, self._rows.sees)
        orders = tuple(one for one in wanted if one.column in known)
        if orders != self._rows.orders:
            self._rows.sort(orders)
        self._recalling = False
        self._take_widths()
        self._totals.set_measure(self._memory.totals())

    def reset(self) -> None:
        """As at first."""
        self._memory.forget()
        self.recall()

    def panel(self) -> ListColumns:
        """Where the columns are chosen, made when first asked for."""
        if self._panel is None:
            self._panel = ListColumns(self._rows, self._holder)
            self._panel.hide()
            self._panel.sort_asked.connect(self._sort)
            self._panel.widened.connect(self._widen)
            self._panel.reset_asked.connect(self.reset)
        return self._panel

    def show_totals(self, on: bool) -> None:
        """Show the totals line, or no more."""
        measure = self._totals.measure if on else ""
        self._memory.keep_totals(str(measure))
        self._totals.set_measure(str(measure or (Measure.TOTAL if on else "")))

    def shows_totals(self) -> bool:
        """True while the totals line is shown."""
        return not self._totals.isHidden()

    # Following what the person does

    def _sort(self, key: str, more: bool) -> None:
        place = self._place(key)
        if place >= 0:
            self._choice.model.turn(place, more=more)
        elif key:
            self._choice.model.turn_key(key, more=more)

    def _place(self, key: str) -> int:
        return next((n for n, one in enumerate(self._rows.columns) if one.key == key), -1)

    def _widen(self, key: str, by: int) -> None:
        place = self._place(key)
        if place >= 0:
            width = max(LEAST, self._choice.table.columnWidth(place) + by)
            self._resized(place, width)

    def _resized(self, place: int, width: int) -> None:
        if place < len(self._rows.columns):
            self._memory.keep_width(self._rows.columns[place].key, width or None)
            self._take_widths()

    def _moved(self, order: list[int]) -> None:
        self._rows.choose_columns([self._rows.columns[place].key for place in order])

    def _columns_changed(self) -> None:
        if not self._recalling:
            self._memory.keep_columns([one.key for one in self._rows.columns])
        self._take_widths()

    def _changed(self) -> None:
        if not self._recalling and self._memory.orders() != self._rows.orders:
            self._memory.keep_orders(self._rows.orders)

    def _take_widths(self) -> None:
        kept = self._memory.widths()
        fixed = {
            place: kept[one.key] for place, one in enumerate(self._rows.columns) if one.key in kept
        }
        self._choice.table.set_fixed_widths(fixed, may_scroll=bool(self._memory.columns()))
