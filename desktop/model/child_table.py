"""The child rows of one draft, of one child register, as Qt shows them; rows come and go here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.schema.definition import Field, FieldType, Register
from desktop.schema.types import show

if TYPE_CHECKING:
    from desktop.service.draft import Draft, RowDraft
    from desktop.service.workspace import Workspace

ROWS_AT_ONCE = 50
"""Rows whose references are looked up together: more than are seen, or measured, at once."""
PROBLEM = Qt.ItemDataRole.UserRole + 1
"""In the first column: the level of the worst problem of the row, "" if there is none."""
MOST_COLUMNS = 5

_RIGHT = (FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY)
_CENTRE = (FieldType.DATE, FieldType.DATETIME, FieldType.YES_NO)
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class ChildTable(QAbstractTableModel):
    """`open` shows another draft; `add`, `remove` and `put_back` change the draft's rows."""

    def __init__(
        self, register: Register, workspace: Workspace, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.register = register
        self.fields = shown_fields(register)
        self._workspace = workspace
        self._draft: Draft | None = None
        self._levels: list[str] = []
        self._called: dict[tuple[str, str], str] = {}
        """Titles of records referred to, by (register, id): read for many rows at once."""

    def open(self, draft: Draft | None) -> None:
        """Show the rows of a draft."""
        self.beginResetModel()
        self._draft = draft
        self._called.clear()
        self._levels = [""] * len(self.rows)
        self.endResetModel()

    @property
    def rows(self) -> list[RowDraft]:
        """The rows shown; the draft's own list."""
        return self._draft.children[self.register.name] if self._draft else []

    def add(self) -> RowDraft:
        """A new row at the end, with its defaults. Raises RuntimeError while nothing is shown."""
        if self._draft is None:
            raise RuntimeError("no draft is shown")
        place = len(self.rows)
        self.beginInsertRows(_NOWHERE, place, place)
        row = self._draft.add_row(self.register.name)
        self._levels.append("")
        self.endInsertRows()
        return row

    def remove(self, place: int) -> RowDraft:
        """Take a row out. Raises IndexError."""
        row = self.rows[place]
        self.beginRemoveRows(_NOWHERE, place, place)
        if self._draft is not None:
            self._draft.remove_row(row)
        del self._levels[place]
        self.endRemoveRows()
        return row

    def put_back(self, row: RowDraft, place: int) -> None:
        """Undo `remove`."""
        if self._draft is None:
            return
        self.beginInsertRows(_NOWHERE, place, place)
        self._draft.put_back(row, place)
        self._levels.insert(place, "")
        self.endInsertRows()

    def tell_changed(self, levels: list[str]) -> None:
        """The rows may read differently now; `levels`: the worst problem of each row."""
        self._levels = levels
        self._called.clear()
        if levels:
            last = self.index(len(levels) - 1, len(self.fields) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._levels)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.fields)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.text(index.row(), self.fields[index.column()])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        if role == PROBLEM:
            return self._levels[index.row()] if index.column() == 0 else ""
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.fields):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles()[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section) | Qt.TextFlag.TextWordWrap
        return None

    def cell(self, row: int, column: int) -> tuple[str, int, str]:
        """(words, how they are aligned, level of the worst problem in the first column)."""
        sign = self._levels[row] if column == 0 else ""
        return self.text(row, self.fields[column]), self._alignment(column).value, sign

    def text(self, place: int, field: Field) -> str:
        """What stands in a cell: as shown, or as typed where that is no value."""
        row = self.rows[place]
        if field.name in row.hidden:
            return ""
        value = row.values.get(field.name)
        if value is None:
            return row.texts.get(field.name, "")
        if field.type is FieldType.REFERENCE:
            return self._title(place, field, str(value))
        return show(field, value, self._workspace.forms.lists)

    def _title(self, place: int, field: Field, id: str) -> str:
        if (field.to, id) not in self._called:
            near = self.rows[place : place + ROWS_AT_ONCE]
            ids = {str(row.values[field.name]) for row in near if row.values.get(field.name)}
            found = self._workspace.lookups.titles(field.to, [*ids])
            for one in ids:
                self._called[field.to, one] = found[one].title if one in found else ""
        return self._called[field.to, id]

    def _titles(self) -> list[str]:
        given = {column.field: column.title for column in self.register.columns}
        return [given.get(one.name) or one.label for one in self.fields]

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        kind = self.fields[column].type
        side = Qt.AlignmentFlag.AlignLeft
        if kind in _RIGHT:
            side = Qt.AlignmentFlag.AlignRight
        elif kind in _CENTRE:
            side = Qt.AlignmentFlag.AlignHCenter
        return side | Qt.AlignmentFlag.AlignVCenter


def shown_fields(register: Register) -> list[Field]:
    """Fields shown as columns: those the definition lists, else the first few."""
    named = [register.field_of_name.get(column.field) for column in register.columns]
    listed = [field for field in named if field is not None]
    return listed or list(register.fields[:MOST_COLUMNS])
