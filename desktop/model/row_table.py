"""A register's list as Qt shows it: only the rows that are looked at are ever read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop.model.bridge import listen
from desktop.service.row_list import Order

if TYPE_CHECKING:
    from desktop.service.row_list import ListRow, RowList

RESTRICTED = Qt.ItemDataRole.UserRole
"""True for a cell that says which group a restricted record belongs to."""
SORTED = Qt.ItemDataRole.UserRole + 1
"""Of a heading: (place among the columns sorted by, from 1; descending), None for the others."""

_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "right": Qt.AlignmentFlag.AlignRight,
    "center": Qt.AlignmentFlag.AlignHCenter,
}
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class RowTable(QAbstractTableModel):
    """`rows` in a QTableView. Sorting goes to the list, which knows Vietnamese order."""

    columns_chosen = Signal()
    """Other columns are shown."""

    def __init__(self, rows: RowList, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows = rows
        self._count = rows.count
        self._take_columns()
        listen(self, rows.changed, self._reset)
        listen(self, rows.columns_changed, self._columns_changed)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._sides)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.text(index.row(), index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        if role == RESTRICTED:
            return self._is_restricted(index.row(), index.column())
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.rows.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.rows.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section) | Qt.TextFlag.TextWordWrap
        if role == SORTED:
            return self.sorted_by(section)
        return None

    def sorted_by(self, column: int) -> tuple[int, bool] | None:
        """`SORTED` of a column."""
        key = self.rows.columns[column].key
        for place, one in enumerate(self.rows.orders, 1):
            if one.column == key:
                return place, one.descending
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column; -1: the register's own order."""
        columns = self.rows.columns
        key = columns[column].key if 0 <= column < len(columns) else None
        descending = order == Qt.SortOrder.DescendingOrder
        self.rows.sort((Order(key, descending),) if key else ())

    def turn(self, column: int, *, more: bool) -> None:
        """As a click on a heading does: up, down, and at the third not at all. `more`: beside the
        columns sorted by already, where they are equal."""
        self.turn_key(self.rows.columns[column].key, more=more)

    def turn_key(self, key: str, *, more: bool) -> None:
        """`turn` by the key of a column, which need not be shown."""
        found = next((one for one in self.rows.orders if one.column == key), None)
        following = Order(key, descending=found is not None)
        if not more:
            only = found is not None and len(self.rows.orders) == 1
            if only and found is not None and found.descending:
                self.rows.sort(())
            else:
                self.rows.sort((following if only else Order(key),))
            return
        if found is None:
            self.rows.sort((*self.rows.orders, following))
        elif found.descending:
            self.rows.sort([one for one in self.rows.orders if one is not found])
        else:
            self.rows.sort([following if one is found else one for one in self.rows.orders])

    def text(self, row: int, column: int) -> str:
        """What stands in a cell, "" where the record has gone meanwhile."""
        found = self._row(row)
        return found.texts[column] if found else ""

    def id_at(self, row: int) -> str:
        """Id of the record in a row, "" outside."""
        return self.rows.ids[row] if 0 <= row < min(self._count, self.rows.count) else ""

    def cell(self, row: int, column: int) -> tuple[str, int, str]:
        """(words, how they are aligned, "restricted" or ""): all that painting a cell asks, at
        once, because a list is painted anew with each key typed into its search box."""
        found = self._row(row)
        if found is None:
            return "", self._sides[column], ""
        hidden = found.restricted and column == self._restricted_column
        return found.texts[column], self._sides[column], "restricted" if hidden else ""

    def _row(self, row: int) -> ListRow | None:
        return self.rows.row(row) if 0 <= row < self.rows.count else None

    def _is_restricted(self, row: int, column: int) -> bool:
        if column != self._restricted_column:
            return False
        found = self._row(row)
        return found is not None and found.restricted

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        return _ALIGN[self.rows.columns[column].align] | Qt.AlignmentFlag.AlignVCenter

    def _take_columns(self) -> None:
        self._restricted_column = _restricted_column(self.rows)
        self._sides = [self._alignment(n).value for n in range(len(self.rows.columns))]

    def _columns_changed(self) -> None:
        self.beginResetModel()
        self._take_columns()
        self._count = self.rows.count
        self.endResetModel()
        self.columns_chosen.emit()

    def _reset(self) -> None:
        self.beginResetModel()
        self._count = self.rows.count
        self.endResetModel()


def _restricted_column(rows: RowList) -> int:
    """The first column that holds a sensitive code: it says "Nhóm hạn chế" instead; -1: none."""
    for place, column in enumerate(rows.columns):
        if column.is_sensitive and column.field is not None and column.field.list:
            return place
    return -1
