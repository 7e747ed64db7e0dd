"""One part of a report's sheet as Qt shows it: figures as on paper, nothing to be changed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.base.numbers import format_decimal, format_integer
from desktop.base.translate import tr
from desktop.service.report_data import Style

if TYPE_CHECKING:
    from desktop.service.report_data import Cell, Column, Part

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

KIND = Qt.ItemDataRole.UserRole + 10
"""Kind of the row: data, group, total, sub."""
COUNTED = Qt.ItemDataRole.UserRole + 11
"""True for a figure whose records can be listed."""
NONE_THERE = "-"
"""A figure that is 0, as statistical forms print it."""
_WORDS = (Style.TEXT, Style.CODE)
ROOM_FOR_WORDS = 15
"""Characters; numbers and codes of rows have less."""


class SheetTable(QAbstractTableModel):
    """Shows a part; `part` is None before the first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.part: Part | None = None

    def show(self, part: Part | None) -> None:
        """Show another part."""
        self.beginResetModel()
        self.part = part
        self.endResetModel()

    @property
    def columns(self) -> tuple[Column, ...]:
        """Columns of the part shown."""
        return self.part.columns if self.part else ()

    @property
    def title_column(self) -> int:
        """Place of the column that says what a row is about: the first one with room for words."""
        for place, column in enumerate(self.columns):
            if column.style is Style.TEXT and column.width >= ROOM_FOR_WORDS:
                return place
        return 0

    def row_words(self, row: int) -> str:
        """What a row is about."""
        cell = self.cell(row, self.title_column)
        return shown(cell) if cell is not None else ""

    def cell(self, row: int, column: int) -> Cell | None:
        """The figure in a place, None where the column does not apply to the row."""
        if self.part is None or not (0 <= row < len(self.part.rows)):
            return None
        return self.part.rows[row].cells.get(self.columns[column].code)

    def address(self, index: _Index) -> tuple[str, str] | None:
        """(row code, column code) of a figure, None outside."""
        if self.part is None or not index.isValid():
            return None
        return self.part.rows[index.row()].code, self.columns[index.column()].code

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return len(self.part.rows) if self.part and not parent.isValid() else 0

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self.part is None:
            return None
        if role == KIND:
            return self.part.rows[index.row()].kind
        cell = self.cell(index.row(), index.column())
        if cell is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return shown(cell)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.columns[index.column()].title}: {shown(cell) or tr('empty')}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(cell) | Qt.AlignmentFlag.AlignVCenter
        return cell.countable if role == COUNTED else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        return column.population or None if role == Qt.ItemDataRole.ToolTipRole else None


def shown(cell: Cell) -> str:
    """A figure as it stands on paper."""
    if cell.mark:
        return str(cell.mark)
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, str):
        return value
    if value == 0 and cell.style in (Style.INTEGER, Style.MONEY):
        return NONE_THERE
    if cell.style is Style.PERCENT:
        return format_decimal(value, 1)
    if cell.style is Style.DECIMAL:
        return format_decimal(value, 2)
    return format_integer(round(value))


def _alignment(cell: Cell) -> Qt.AlignmentFlag:
    if isinstance(cell.value, date):
        return Qt.AlignmentFlag.AlignHCenter
    if cell.style in _WORDS:
        return Qt.AlignmentFlag.AlignLeft
    return Qt.AlignmentFlag.AlignRight
