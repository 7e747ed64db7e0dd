"""What is shown of the problems: words, level, register, rule, and how far the list reaches."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from desktop.base.translate import tr
from desktop.model.problem_table import OPEN, STATE_WORDS, ProblemTable, State
from desktop.widget.inputs import ChoiceInput, Option
from desktop.widget.parts import SearchBox
from desktop.widget.scope_switch import ScopeSwitch

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

RECORD, REGISTER, PERIOD = range(3)
"""Scopes."""
WIDE = 1000
LONGEST_RULE = 60
_LEVEL_COLUMNS, _COLUMNS = 13, 15


class ProblemFilters(QWidget):
    """Filters a `ProblemTable`; `changed` when the person has changed something."""

    changed = Signal()

    def __init__(
        self,
        model: ProblemTable,
        place: Callable[[], tuple[str, str]],
        parent: QWidget | None = None,
    ) -> None:
        """`place`: register and record that were on show last, "" for none."""
        super().__init__(parent)
        self._model = model
        self._place = place
        self.search = SearchBox(tr("Find a name, a rule, a word…"))
        self.search.searched.connect(lambda _: self.changed.emit())
        self.scope = ScopeSwitch([tr("This record"), tr("This register"), tr("Whole period")])
        self.scope.set_place(PERIOD)
        self.scope.chosen.connect(lambda _: self.changed.emit())
        self.state = self._choice(tr("All levels"), _LEVEL_COLUMNS)
        self.state.set_options(_states())
        self.state.set_columns(_LEVEL_COLUMNS)
        self.register = self._choice(tr("All registers"), _COLUMNS)
        self.rule = self._choice(tr("All rules"), _COLUMNS)
        self._lay_out()

    def _lay_out(self) -> None:
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(12, 8, 12, 8)
        self._grid.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.search, 1)
        for field in (self.state, self.register, self.rule):
            row.addWidget(field)
        self._grid.addLayout(row, 1, 1)
        self._grid.addWidget(self.scope, 1, 0, Qt.AlignmentFlag.AlignLeft)

    def _choice(self, words: str, columns: int) -> ChoiceInput:
        made = ChoiceInput(show_codes=False)
        made.set_placeholder(words)
        made.set_label(words)
        made.edited.connect(self.changed)
        made.set_columns(columns)
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The scopes stand beside the filters, above them where there is no room."""
        super().resizeEvent(event)
        place = (1, 0) if self.width() >= WIDE else (0, 1)
        self._grid.addWidget(self.scope, *place, Qt.AlignmentFlag.AlignLeft)

    def set_all(self, *, state: str = "", register: str = "", rule: str = "") -> None:
        """Show these of the whole period, whatever was looked for before; nothing is said."""
        for field, text in ((self.state, state), (self.register, register), (self.rule, rule)):
            field.set_value_text(text)
        self.search.set_value_text("")
        self.scope.set_place(PERIOD)

    def offer(self) -> None:
        """Offer the registers and rules there are problems of."""
        self.register.set_options(
            Option(name, title) for name, title in self._model.registers().items()
        )
        self.rule.set_options(
            Option(number, f"{number} · {_short(words)}", aliases=(number,))
            for number, words in self._model.rules().items()
        )
        for field in (self.register, self.rule):
            field.set_columns(_COLUMNS)

    def apply(self) -> None:
        """Have the table show what is chosen, and count each scope."""
        register, record = self._place()
        scope = self.scope.place
        self._model.filter(
            text=self.search.value_text(),
            state=_chosen(self.state),
            register=_chosen(self.register) or (register if scope == REGISTER else ""),
            rule=_chosen(self.rule),
            record=record if scope == RECORD else "",
        )
        self.count()

    def count(self) -> None:
        """How much is open in each scope; those without a record or register are not offered."""
        register, record = self._place()
        self.scope.show_counts(
            [
                self._model.count_open(record=record) if record else None,
                self._model.count_open(register=register) if register else None,
                self._model.count_open(),
            ]
        )


def _states() -> list[Option]:
    listed = [Option(OPEN, tr("Still to do"))]
    return listed + [Option(one, tr(STATE_WORDS[one])) for one in State]


def _chosen(field: ChoiceInput) -> str:
    """The code chosen, "" while something else is being typed."""
    return field.value_text() if field.is_readable() else ""


def _short(words: str) -> str:
    """A message as far as it fits into a list."""
    return words if len(words) <= LONGEST_RULE else words[:LONGEST_RULE].rstrip() + "…"
