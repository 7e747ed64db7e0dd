"""Suspected pairs of records as Qt shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.base.translate import tr
from desktop.service.look_alikes import likeness_words

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from desktop.schema.definition import Register
    from desktop.service.look_alikes import SuspectPair

SEPARATOR, SHOWN = " · ", 3
"""Of a title: its name and the first parts of its quiet line, which tell people apart."""
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class PairTable(QAbstractTableModel):
    """One row per pair: both records, and in what they are alike."""

    def __init__(self, register: Register, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._register = register
        self.pairs: list[SuspectPair] = []

    def show(self, pairs: Sequence[SuspectPair]) -> None:
        """Show other pairs."""
        self.beginResetModel()
        self.pairs = list(pairs)
        self.endResetModel()

    def take_out(self, ids: Collection[str]) -> None:
        """Without the pairs that one of these records is in."""
        self.show([pair for pair in self.pairs if not {pair.one.id, pair.other.id} & set(ids)])

    def take_out_pair(self, one: str, other: str) -> None:
        """Without one pair."""
        both = {one, other}
        self.show([pair for pair in self.pairs if {pair.one.id, pair.other.id} != both])

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.pairs)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else 3

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (
            Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole,
        ):  # fmt: skip
            return None
        pair = self.pairs[index.row()]
        if index.column() == 2:
            return likeness_words(pair.one.likeness, self._register)
        one = pair.one if index.column() == 0 else pair.other
        parts = [one.title, *one.subtitle.split(SEPARATOR)]
        whole = role == Qt.ItemDataRole.ToolTipRole
        return SEPARATOR.join(part for part in parts[: None if whole else SHOWN] if part)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (tr("One record"), tr("The other"), tr("Alike in"))[section]
        return None
