"""How a register's list was left on this machine: its columns, widths, order, totals.

No word of a record is in it; filters, which may hold names, are kept in the database.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop.service.row_list import Order
from desktop.widget import window_settings as kept

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from desktop.base.settings import Settings

COLUMNS, WIDTHS, ORDERS, TOTALS = "columns", "widths", "orders", "totals"
NARROWEST, WIDEST = 30, 1200


class ListMemory:
    """Of one register."""

    def __init__(self, settings: Settings, register: str) -> None:
        self._settings = settings
        self._register = register

    def columns(self) -> tuple[str, ...]:
        """The columns chosen, () for those of the definition."""
        return tuple(_texts(self._part(COLUMNS, list)))

    def keep_columns(self, keys: Sequence[str]) -> None:
        """Remember the columns; () forgets them."""
        self._keep(COLUMNS, list(keys))

    def widths(self) -> dict[str, int]:
        """Pixels of the columns that were dragged, by key."""
        found = self._part(WIDTHS, dict).items()
        return {
            key: width
            for key, width in found
            if type(width) is int and NARROWEST <= width <= WIDEST
        }

    def keep_width(self, key: str, width: int | None) -> None:
        """Remember the width of a column; None lets it fit again."""
        widths = self.widths() | {key: width}
        self._keep(WIDTHS, {key: width for key, width in widths.items() if width is not None})

    def orders(self) -> tuple[Order, ...]:
        """What the list was sorted by."""
        listed = [one for one in self._part(ORDERS, list) if isinstance(one, list)]
        return tuple(
            Order(key, descending)
            for key, descending in (one for one in listed if len(one) == 2)
            if isinstance(key, str) and isinstance(descending, bool)
        )

    def keep_orders(self, orders: Sequence[Order]) -> None:
        """Remember the order."""
        self._keep(ORDERS, [[one.column, one.descending] for one in orders])

    def totals(self) -> str:
        """The measure of the totals line, "" where the line is not shown."""
        found = self._part(TOTALS, str)
        return str(found)

    def keep_totals(self, measure: str) -> None:
        """Remember the totals line."""
        self._keep(TOTALS, measure)

    def forget(self) -> None:
        """As at first."""
        lists = dict(self._settings.get(kept.LISTS))
        lists.pop(self._register, None)
        self._settings.set(kept.LISTS, lists)

    def _part(self, name: str, kind: type) -> Any:
        mine = self._mine().get(name)
        return mine if isinstance(mine, kind) else kind()

    def _mine(self) -> Mapping[str, Any]:
        mine = self._settings.get(kept.LISTS).get(self._register)
        return mine if isinstance(mine, dict) else {}

    def _keep(self, name: str, value: Any) -> None:
        mine = {**self._mine(), name: value}
        full = {key: one for key, one in mine.items() if one}
        lists = {**self._settings.get(kept.LISTS), self._register: full}
        self._settings.set(kept.LISTS, {key: one for key, one in lists.items() if one})


def _texts(values: Sequence[object]) -> list[str]:
    return [one for one in values if isinstance(one, str)]
