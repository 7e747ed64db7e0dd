"""Which lines of the journal are wanted: whose, of which register, of which kind, of which days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.base.translate import tr
from desktop.base.vietnamese_dates import format_date
from desktop.service.journal_reading import ACTS, KINDS, Asked
from desktop.widget.inputs import ChoiceInput, DateInput, Option
from desktop.widget.parts import quiet

if TYPE_CHECKING:
    from desktop.service.workspace import Workspace


class JournalFilters(QWidget):
    """The bar over the lines; `changed` when a field was left."""

    changed = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        names = sorted(workspace.people.names().items(), key=lambda one: one[1])
        self.person = self._choice(tr("Person"), [Option(id, name) for id, name in names])
        shown = [one for one in workspace.registers.values() if one.group and not one.parent]
        self.register = self._choice(tr("Register"), [Option(one.name, one.title) for one in shown])
        self.kind = self._choice(tr("Kind"), [])
        self.first, self.last = (DateInput(clock=workspace.clock) for _ in range(2))
        self._fields: list[tuple[str, ChoiceInput | DateInput]] = [
            (tr("Person"), self.person), (tr("Register"), self.register), (tr("Kind"), self.kind),
            (tr("From day"), self.first), (tr("To day"), self.last),
        ]  # fmt: skip
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        for words, field in self._fields:
            field.set_label(words)
            field.left.connect(self.changed)
            field.move_on.connect(self.changed)
            side = QVBoxLayout()
            side.setSpacing(2)
            side.addWidget(quiet(words))
            side.addWidget(field)
            row.addLayout(side)
        row.addStretch(1)
        self.offer_kinds(looks=False)

    def _choice(self, words: str, options: list[Option]) -> ChoiceInput:
        field = ChoiceInput(options, show_codes=False)
        field.set_label(words)
        field.setMaximumWidth(190)
        return field

    def offer_kinds(self, *, looks: bool) -> None:
        """Offer the kinds of change, or (`looks`) what the access log knows."""
        known = ACTS if looks else KINDS
        self.kind.set_value_text("")
        self.kind.set_options([Option(str(key), tr(words)) for key, words in known.items()])

    def asked(self) -> Asked:
        """What is wanted; half a date is none."""
        return Asked(
            by=self.person.value_text(),
            register=self.register.value_text(),
            kind=self.kind.value_text(),
            first_day=_iso(self.first),
            last_day=_iso(self.last),
        )

    def words(self) -> list[str]:
        """What is wanted, a line each, for what is printed and exported."""
        return [f"{words}: {_shown(field)}" for words, field in self._fields if _shown(field)]


def _iso(field: DateInput) -> str:
    return field.value_text() if field.is_readable() else ""


def _shown(field: ChoiceInput | DateInput) -> str:
    if isinstance(field, DateInput):
        return format_date(_iso(field)) if _iso(field) else ""
    code = field.value_text()
    return next((one.label for one in field.options() if one.code == code), code)
