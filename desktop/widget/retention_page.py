"""The page “Lưu giữ”: how many years files are kept, which are due, and what becomes of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QVBoxLayout, QWidget

from desktop.base.errors import UserError
from desktop.base.numbers import format_integer
from desktop.base.translate import ntr, tr
from desktop.model.bridge import Soon, follow, listen
from desktop.model.due_table import LAST, DueTable
from desktop.service import retention
from desktop.service.anonymising import MOST_AT_ONCE
from desktop.service.rights import Action
from desktop.widget import theme
from desktop.widget.anonymising import Anonymising
from desktop.widget.inputs import NumberInput
from desktop.widget.parts import Button, Card, Paragraph, Toolbar, quiet
from desktop.widget.plain_table import PlainTable

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from desktop.base.progress import Progress
    from desktop.service.retention import Due
    from desktop.widget.context import PageContext

LATER_MS = 400


class RetentionPage(QWidget):
    """`counted(n)`: how many files are due."""

    counted = Signal(int)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._workspace = context.workspace
        self._build()
        self.anonymising = Anonymising(self, context)
        self._later = Soon(self, self.reload, LATER_MS)
        listen(self, self._workspace.changed, lambda _: self._later.ask())

    def _build(self) -> None:
        head = Toolbar(tr("Retention"))
        self.anonymise_button = Button(tr("Anonymise the chosen…"), "danger", icon="shield")
        self.anonymise_button.clicked.connect(self.anonymise)
        head.add(self.anonymise_button)
        self.model = DueTable(self)
        self.table = PlainTable()
        self.table.setAccessibleName(tr("Files that are due"))
        self.table.setModel(self.model)
        self.table.set_fixed((LAST,))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.opened.connect(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        top = QHBoxLayout()
        top.setContentsMargins(20, 16, 20, 12)
        top.setSpacing(12)
        top.addWidget(self._make_years(), 1)
        top.addWidget(self._make_words(), 1)
        column.addLayout(top)
        self.told = quiet("")
        self.told.setContentsMargins(20, 0, 20, 6)
        column.addWidget(self.told)
        column.addWidget(self.table, 1)

    def _make_years(self) -> Card:
        card = Card(tr("How long files are kept"))
        words = tr(
            "No law was found that names a time: the office sets it. Empty: nothing is ever due. "
            "A file is due so many years after the last change of it or of anything about the "
            "person, unless a case is open."
        )
        card.add(Paragraph(words, "quiet"))
        self.years: dict[str, NumberInput] = {}
        may = self._workspace.rights.may(Action.SETTINGS)
        for register in retention.registers(self._workspace):
            field = NumberInput(unit=tr("years"), columns=5)
            field.set_label(register.title)
            field.setEnabled(may)
            field.left.connect(partial(self._keep, register.name))
            field.move_on.connect(self.table.setFocus)
            card.add(quiet(register.title))
            card.add(field)
            self.years[register.name] = field
        return card

    def _make_words(self) -> Card:
        card = Card(tr("Anonymising"))
        for words in (
            tr("Names, numbers, addresses and notes go for ever; every figure stays as it was. It "
               "cannot be undone."),
            tr("Backups made before keep the data until they are let go: 7 days, 8 weeks, 10 half "
               "years. Those on a USB stick or another computer are yours to delete."),
            tr("Enter opens a file. Ctrl and Shift choose several."),
        ):  # fmt: skip
            card.add(Paragraph(words, "quiet"))
        return card

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.current().color("background"))

    def entered(self) -> None:
        """The page was brought to the front."""
        for name, field in self.years.items():
            kept = retention.years(self._workspace, name)
            field.set_value_text("" if kept is None else str(kept))
        self.reload()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # What is due

    def reload(self) -> None:
        """Look what is due, beside the window."""

        def work(_progress: Progress) -> list[Due]:
            other = self._workspace.another()
            try:
                return retention.due(other)
            finally:
                other.close()

        follow(self, self._context.jobs.start(work), done=self._show, failed=self._failed)

    def _show(self, due: list[Due]) -> None:
        row = self.table.row()
        self.model.show(due)
        self.table.set_row(min(max(row, 0), len(due) - 1))
        self.anonymise_button.setEnabled(bool(due))
        told = ntr("{count} file is due.", "{count} files are due.", len(due))
        self.told.setText(
            told.format(count=format_integer(len(due))) if due else tr("Nothing is due.")
        )
        self.counted.emit(len(due))

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self._context.ask.message(self, tr("Not done"), str(error), "error", error.hint)

    def _keep(self, register: str) -> None:
        field = self.years[register]
        kept = retention.years(self._workspace, register)
        if field.value_text() == ("" if kept is None else str(kept)):
            return
        try:
            retention.set_years(self._workspace, register, field.value_text())
        except UserError as error:
            field.set_value_text("" if kept is None else str(kept))
            self._failed(error)
            return
        self.reload()

    def chosen(self) -> list[Due]:
        """The files chosen, in their order."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [self.model.due[row] for row in rows]

    def anonymise(self) -> None:
        """Ask about the files chosen; those of one register at a time."""
        chosen = self.chosen()
        if not chosen:
            return
        register = chosen[0].register
        ids = [one.id for one in chosen if one.register == register]
        self.anonymising.ask(register, ids[:MOST_AT_ONCE])

    def _open(self, row: int) -> None:
        one = self.model.due[row]
        self._context.window.open_record(one.register, one.id)
