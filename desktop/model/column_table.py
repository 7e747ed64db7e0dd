"""Everything that can be a column of a list: those shown first, in their order, then the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from desktop.base.text import fold
from desktop.base.translate import tr
from desktop.model.bridge import listen
from desktop.service.list_fields import ListField, column_choices

if TYPE_CHECKING:
    from desktop.service.row_list import RowList

NAME, GROUP, SORT = range(3)
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class ColumnTable(QAbstractTableModel):
    """Rows by `key`; changing them changes the list at once."""

    def __init__(self, rows: RowList, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._choices = column_choices(rows.forms, rows.register, rows.sees)
        self._text = ""
        self._listed: list[ListField] = []
        self._arrange()
        listen(self, rows.columns_changed, self._reset)
        listen(self, rows.changed, self._say_sorted)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._listed)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else SORT + 1

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._listed):
            return None
        one = self._listed[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == NAME:
            return Qt.CheckState.Checked if self.is_shown(one.key) else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DisplayRole:
            return (self._title(one), one.group, self._sorted(one.key))[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            shown = tr("shown") if self.is_shown(one.key) else tr("not shown")
            return f"{one.label}, {shown}"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (tr("Column"), tr("Of"), tr("Sorted"))[section]

    def key_at(self, row: int) -> str:
        """Key of the column in a row, "" outside."""
        return self._listed[row].key if 0 <= row < len(self._listed) else ""

    def row_of(self, key: str) -> int:
        """Its row, -1 where it is not listed."""
        return next((n for n, one in enumerate(self._listed) if one.key == key), -1)

    def is_shown(self, key: str) -> bool:
        """True for a column of the list."""
        return key in self._shown()

    # What the person does

    def find(self, text: str) -> None:
        """List only what has every word."""
        self._text = text
        self._reset()

    def toggle(self, key: str) -> bool:
        """Show a column, or no more; False for the last one, which stays."""
        shown = self._shown()
        if key not in shown:
            self._rows.choose_columns([*shown, key])
        elif len(shown) > 1:
            self._rows.choose_columns([one for one in shown if one != key])
        else:
            return False
        return True

    def move(self, key: str, by: int) -> bool:
        """Put a shown column further left (-1) or right (1)."""
        shown = self._shown()
        if key not in shown:
            return False
        place = shown.index(key)
        to = place + by
        if not 0 <= to < len(shown):
            return False
        shown.insert(to, shown.pop(place))
        self._rows.choose_columns(shown)
        return True

    def _shown(self) -> list[str]:
        return [one.key for one in self._rows.columns]

    def _title(self, one: ListField) -> str:
        return one.title

    def _sorted(self, key: str) -> str:
        for place, one in enumerate(self._rows.orders, 1):
            if one.column == key:
                way = tr("descending") if one.descending else tr("ascending")
                return f"{place} {way}"
        return ""

    def _arrange(self) -> None:
        by_key = {one.key: one for one in self._choices}
        shown = [by_key.get(key) or self._unknown(key) for key in self._shown()]
        known = set(self._shown())
        others = [one for one in self._choices if one.key not in known]
        words = fold(self._text).split()
        self._listed = [
            one for one in (*shown, *others) if all(word in fold(one.label) for word in words)
        ]

    def _unknown(self, key: str) -> ListField:
        """A column of the definition that nobody could choose."""
        found = next(one for one in self._rows.columns if one.key == key)
        return ListField(key, found.title, "", found.field)

    def _reset(self) -> None:
        self.beginResetModel()
        self._arrange()
        self.endResetModel()

    def _say_sorted(self) -> None:
        if self._listed:
            last = self.index(len(self._listed) - 1, SORT)
            self.dataChanged.emit(self.index(0, SORT), last)
