"""The problems of a check as Qt shows them, one a row, filtered by words, register, level, rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.base.text import fold
from desktop.base.translate import N_, tr
from desktop.model.child_table import PROBLEM
from desktop.schema.definition import Level
from desktop.service.problems import MISSING, RecordProblem

if TYPE_CHECKING:
    from desktop.schema.definition import Register
    from desktop.service.checking import Checked, CheckedRecord

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
COLUMNS = (N_("Level"), N_("Rule"), N_("Register"), N_("Record"), N_("What is wrong"))
LEVEL, RULE, REGISTER, RECORD, WORDS = range(5)


class State(StrEnum):
    """What is still to be done about a problem."""

    ERROR = "error"
    WARNING = "warning"
    """Nobody has given a reason for it."""
    REASON = "reason"


STATE_WORDS = {
    State.ERROR: N_("Error"),
    State.WARNING: N_("Warning"),
    State.REASON: N_("With a reason"),
}


OPEN = "open"
"""Errors and warnings without a reason, for `ProblemTable.filter`."""


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """One problem of one record."""

    record: CheckedRecord
    problem: RecordProblem

    @property
    def state(self) -> State:
        if self.problem.level is Level.ERROR:
            return State.ERROR
        return State.WARNING if self.problem.is_open else State.REASON


class ProblemTable(QAbstractTableModel):
    """`show` takes an answer of `check_all`; the filters are set with `filter`."""

    def __init__(self, registers: Mapping[str, Register], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._registers = registers
        self._all: list[ProblemRow] = []
        self._shown: list[ProblemRow] = []
        self._words: tuple[str, ...] = ()
        self._folded: dict[tuple[str, ...], str] = {}
        self._register, self._state, self._rule, self._record = "", "", "", ""

    def show(self, checked: Checked) -> None:
        """Show another answer; the filters stay."""
        order = list(State)
        rows = [
            ProblemRow(record, problem) for record in checked.records for problem in record.problems
        ]
        self._all = sorted(rows, key=lambda row: order.index(row.state))
        self._folded.clear()
        self._refilter()

    def filter(
        self,
        *,
        text: str = "",
        register: str = "",
        state: str = "",
        rule: str = "",
        record: str = "",
    ) -> None:
        """Show the problems that have every word and are of this register, state (or `OPEN`), rule
        and record (its id)."""
        self._words = tuple(fold(text).split())
        self._register, self._state, self._rule = register, state, rule
        self._record = record
        self._refilter()

    def count_open(self, *, register: str = "", record: str = "") -> int:
        """Errors and warnings without a reason, of a register or a record, shown or not."""
        return sum(
            row.problem.is_open
            and register in ("", row.record.register)
            and record in ("", row.record.id)
            for row in self._all
        )

    @property
    def total(self) -> int:
        """Problems there are, shown or not."""
        return len(self._all)

    def row(self, place: int) -> ProblemRow | None:
        """The problem in a row, None outside."""
        return self._shown[place] if 0 <= place < len(self._shown) else None

    def find(self, wanted: RecordProblem) -> int:
        """Row of the same problem of the same record, -1 where it is not shown."""
        key = (wanted.record_id, *wanted.key)
        for place, row in enumerate(self._shown):
            if (row.problem.record_id, *row.problem.key) == key:
                return place
        return -1

    def rules(self) -> dict[str, str]:
        """Number → words, of every rule that is broken somewhere."""
        found = {row.problem.number: row.problem.message for row in self._all}
        return dict(sorted(found.items()))

    def registers(self) -> dict[str, str]:
        """Name → title, of every register with a problem, in their order."""
        return {row.record.register: self._title(row.record.register) for row in self._all}

    def _title(self, register: str) -> str:
        return self._registers[register].title

    def _has_words(self, row: ProblemRow) -> bool:
        """Folded only when something is looked for: there may be thousands of problems."""
        if not self._words:
            return True
        one = row.problem
        found = self._folded.get((one.record_id, *one.key))
        if found is None:
            title = self._title(row.record.register)
            found = fold(f"{row.record.title} {one.message} {one.number} {title}")
            self._folded[one.record_id, *one.key] = found
        return all(word in found for word in self._words)

    def _refilter(self) -> None:
        self.beginResetModel()
        self._shown = [row for row in self._all if self._passes(row)]
        self.endResetModel()

    def _passes(self, row: ProblemRow) -> bool:
        return (
            self._register in ("", row.record.register)
            and (self._state in ("", row.state) or (self._state == OPEN and row.problem.is_open))
            and self._record in ("", row.record.id)
            and self._rule in ("", row.problem.number)
            and self._has_words(row)
        )

    # As Qt asks

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(row, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == WORDS:
            return row.problem.message
        if role == PROBLEM:
            return row.state if row.state is not State.REASON else ""
        return None

    def _text(self, row: ProblemRow, column: int) -> str:
        if column == LEVEL:
            return tr(STATE_WORDS[row.state])
        if column == RULE:
            return "" if row.problem.number == MISSING else row.problem.number
        if column == REGISTER:
            return self._title(row.record.register)
        return row.record.title if column == RECORD else row.problem.message

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(COLUMNS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None
