"""Kept drafts, and what one of them holds, as Qt shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.base.translate import N_, tr
from desktop.model.child_table import PROBLEM
from desktop.service.draft_restoring import Line

if TYPE_CHECKING:
    from desktop.schema.definition import Register
    from desktop.service.draft_picture import KeptDraft, Place

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_DISPLAY = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
COLUMNS = (N_("Record"), N_("Register"), N_("Up to field"), N_("Typed at"))
LINE_COLUMNS = (N_("Field"), N_("What was typed"), N_("What is stored"), N_("Will stand"))


class DraftTable(QAbstractTableModel):
    """One draft a row: whose record, in which register, up to which field, when."""

    def __init__(self, registers: Mapping[str, Register], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._registers = registers
        self._drafts: list[KeptDraft] = []
        self._today = date.min

    def show(self, drafts: Sequence[KeptDraft], today: date) -> None:
        """Show other drafts."""
        self.beginResetModel()
        self._drafts = list(drafts)
        self._today = today
        self.endResetModel()

    def draft(self, place: int) -> KeptDraft | None:
        """The draft in a row, None outside."""
        return self._drafts[place] if 0 <= place < len(self._drafts) else None

    def find(self, id: str) -> int:
        """Row of a draft, -1 where it is not shown."""
        return next((n for n, one in enumerate(self._drafts) if one.id == id), -1)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._drafts)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        draft = self.draft(index.row()) if index.isValid() else None
        if draft is None:
            return None
        if role in _DISPLAY:
            return draft_words(draft, self._registers, self._today)[index.column()]
        return _LEFT if role == Qt.ItemDataRole.TextAlignmentRole else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        return _heading(COLUMNS, section, orientation, role)


class DraftLines(QAbstractTableModel):
    """What one draft holds, a field a row, beside what is stored; where both sides changed a field,
    which of them will stand."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()
        self._columns = 2
        self.take_stored: set[Place] = set()
        """Of the lines that clash: those whose stored answer is to stand."""

    def show(self, lines: Sequence[Line], *, stored: bool) -> None:
        """Show other lines; `stored`: there is something to compare with."""
        self.beginResetModel()
        self._lines = tuple(sorted(lines, key=lambda line: (not line.clashes, line.fits)))
        clashes = any(line.clashes for line in lines)
        self._columns = 4 if clashes else 3 if stored else 2
        self.take_stored = set()
        self.endResetModel()

    def line(self, place: int) -> Line | None:
        """The line in a row, None outside."""
        return self._lines[place] if 0 <= place < len(self._lines) else None

    def toggle(self, place: int) -> bool:
        """Let the other side stand in a row that clashes; False for any other row."""
        line = self.line(place)
        if line is None or not line.clashes:
            return False
        self.take_stored ^= {line.place}
        self.dataChanged.emit(self.index(place, 0), self.index(place, self._columns - 1))
        return True

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._columns

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        if role in _DISPLAY:
            return self._texts(line)[index.column()]
        if role == PROBLEM:
            return "warning" if line.clashes or not line.fits else ""
        if role == Qt.ItemDataRole.ToolTipRole and index.column() in (1, 2):
            return self._texts(line)[index.column()]
        return _LEFT if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _texts(self, line: Line) -> tuple[str, str, str, str]:
        label = line.label or tr("Former field")
        if not line.fits:
            label = tr("{field} (no longer in the form)").format(field=label)
        stands = ""
        if line.clashes:
            stands = tr("what is stored") if line.place in self.take_stored else tr("what I typed")
        return label, line.typed or tr("(emptied)"), line.stored, stands

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        return _heading(LINE_COLUMNS, section, orientation, role)


def _heading(columns: tuple[str, ...], section: int, orientation: Qt.Orientation, role: int) -> Any:
    if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(columns):
        return None
    if role == Qt.ItemDataRole.DisplayRole:
        return tr(columns[section])
    return _LEFT if role == Qt.ItemDataRole.TextAlignmentRole else None


def draft_words(
    draft: KeptDraft, registers: Mapping[str, Register], today: date
) -> tuple[str, str, str, str]:
    """(record, register, field left last, when) of a draft, in words."""
    register = registers.get(draft.register)
    title = register.title if register is not None else draft.register
    return draft.title, title, draft.place_label or "–", when_words(draft.at, today)


def when_words(at: str, today: date) -> str:
    """ "10:42 hôm nay" of an ISO moment."""
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return ""
    if moment.date() == today:
        return tr("{time} today").format(time=f"{moment:%H:%M}")
    if moment.date() == today - timedelta(days=1):
        return tr("{time} yesterday").format(time=f"{moment:%H:%M}")
    return f"{moment:%H:%M %d/%m/%Y}"
