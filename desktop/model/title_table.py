"""Records by their titles: the lists of what refers to one record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from desktop.base.translate import tr

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Titled(Protocol):
    """What `Lookups` calls a record."""

    @property
    def id(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def subtitle(self) -> str: ...


class TitleTable(QAbstractTableModel):
    """Title and quiet second line, replaced as a whole."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.titles: Sequence[Titled] = ()

    def replace(self, titles: Sequence[Titled]) -> None:
        """Show other records."""
        self.beginResetModel()
        self.titles = titles
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.titles)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else 2

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            one = self.titles[index.row()]
            return one.title if index.column() == 0 else one.subtitle
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr("Record") if section == 0 else tr("More")
        return None
