"""Two records side by side as Qt shows them: a row for each line, and which side is to be kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.base.translate import tr
from desktop.service.comparing import Difference, Line
from desktop.service.merging import Side

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.service.merging import Merge

LABEL, LEFT, SIGN, RIGHT = range(4)
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class ComparisonTable(QAbstractTableModel):
    """`show` puts two records into it; with a `Merge` each line that differs can be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []
        self.merge: Merge | None = None
        self._heads = ("", "")
        self._stays = LEFT

    def show(self, lines: Sequence[Line], heads: tuple[str, str]) -> None:
        """Show other records; nothing can be chosen."""
        self.beginResetModel()
        self.lines, self._heads, self.merge = list(lines), heads, None
        self.endResetModel()

    def choose_from(self, merge: Merge, *, stays: int) -> None:
        """Let it be chosen what goes into the record that stays, which is shown at `stays`."""
        self.beginResetModel()
        self.merge, self._stays = merge, stays
        self.endResetModel()

    # Choosing

    def winner(self, row: int) -> int | None:
        """The column that is kept of a line: LEFT, RIGHT, None where there is nothing to choose;
        of a child row that does not come along the column it stands in not."""
        merge, line = self.merge, self.lines[row]
        if merge is None:
            return None
        if not line.row_id:
            side = merge.fields.get(line.field)
            return None if side is None else self._column(side)
        coming = self._coming(line)
        if coming is None:
            return None
        return self._column(Side.OTHER) if coming else self._column(Side.STAYS)

    def choose(self, row: int, column: int) -> None:
        """Keep what stands in a column; of a child row of the other record: whether it comes."""
        merge, line = self.merge, self.lines[row]
        if merge is None or self.winner(row) is None:
            return
        side = Side.STAYS if column == self._stays else Side.OTHER
        if line.row_id:
            merge.take_row(line.row_id, side is Side.OTHER)
        else:
            merge.take(line.field, side)
        self.dataChanged.emit(self.index(row, LEFT), self.index(row, RIGHT))

    def turn(self, row: int) -> None:
        """Keep the other side."""
        winner = self.winner(row)
        if winner is not None:
            self.choose(row, LEFT if winner == RIGHT else RIGHT)

    def _column(self, side: Side) -> int:
        other = LEFT if self._stays == RIGHT else RIGHT
        return self._stays if side is Side.STAYS else other

    def _coming(self, line: Line) -> bool | None:
        """Whether a child row of the other record comes along; None for any other line."""
        rows = self.merge.rows if self.merge is not None else []
        row = next((row for row in rows if row.id == line.row_id and not row.known), None)
        return row.taken if row is not None else None

    # What Qt asks

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else RIGHT + 1

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            texts = (line.label, line.left, self.sign(index.row()), line.right)
            return texts[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{line.label}: {line.left or '–'} | {self.sign(index.row())} | {line.right}"
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return ("", self._heads[0], "", self._heads[1])[section]
        return None

    def sign(self, row: int) -> str:
        """In words how the two differ, or what was chosen."""
        winner = self.winner(row)
        if winner is not None and self.lines[row].row_id:
            return tr("comes along") if self._coming(self.lines[row]) else tr("left out")
        if winner is not None:
            return tr("keep the left") if winner == LEFT else tr("keep the right")
        return difference_words(self.lines[row].difference)


def difference_words(how: Difference) -> str:
    """The word beside the sign of a line."""
    return {
        Difference.SAME: tr("the same"),
        Difference.MARKS: tr("other accents"),
        Difference.OTHER: tr("different"),
        Difference.LEFT: tr("only at the left"),
        Difference.RIGHT: tr("only at the right"),
        Difference.HIDDEN: tr("not shown"),
    }[how]
