"""Questions above a list: which records have this value. Several hold together; some are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.base.errors import UserError
from desktop.base.translate import ntr, tr
from desktop.schema.definition import Register
from desktop.service.list_words import filter_words
from desktop.service.row_list import Filter, Operator
from desktop.service.saved_filters import LONGEST_NAME, SavedFilters
from desktop.widget.filter_question import FilterQuestion
from desktop.widget.inputs import ChoiceInput, Option, TextInput
from desktop.widget.list_chips import ChipRow
from desktop.widget.parts import Button, ProblemNote

if TYPE_CHECKING:
    from desktop.service.workspace import Workspace
    from desktop.widget.field_input import InputMaker


class FilterBar(QWidget):
    """Field, operator, value; what holds stands below as chips that take it back."""

    changed = Signal(object)
    """tuple of `Filter`."""
    said = Signal(str)
    """What was done, for the foot of the window."""

    def __init__(
        self, register: Register, workspace: Workspace, maker: InputMaker, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._register = register
        self._workspace = workspace
        self._filters: list[Filter] = []
        self._kept = SavedFilters(workspace, register)
        self.question = FilterQuestion(register, workspace, maker, self)
        self.question.made.connect(self._take)
        self.chips = ChipRow(self)
        self.chips.taken_back.connect(self._take_back)
        self._note = ProblemNote("info", "")
        self._note.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 8)
        column.setSpacing(6)
        column.addWidget(self.question)
        column.addLayout(self._make_kept())
        column.addWidget(self._note)
        column.addWidget(self.chips)
        self._show_kept()

    def _make_kept(self) -> QHBoxLayout:
        self.kept = ChoiceInput((), show_codes=False)
        self.kept.set_label(tr("Kept filters"))
        self.kept.set_placeholder(tr("Kept filters"))
        self.kept.set_columns(26)
        self.kept.edited.connect(self._use_kept)
        self.name = TextInput(length=LONGEST_NAME)
        self.name.set_label(tr("Name of the filter"))
        self.name.set_placeholder(tr("Name of the filter"))
        self.name.set_columns(26)
        self.name.move_on.connect(self.keep)
        self.name.hide()
        self.keep_button = Button(tr("Keep…"), icon="save")
        self.keep_button.clicked.connect(self.keep)
        self.forget_button = Button("", "flat", icon="trash")
        self.forget_button.setAccessibleName(tr("Delete this kept filter"))
        self.forget_button.setToolTip(tr("Delete this kept filter"))
        self.forget_button.clicked.connect(self.forget)
        line = QHBoxLayout()
        line.setSpacing(6)
        for widget in (self.kept, self.name, self.forget_button, self.keep_button):
            line.addWidget(widget)
        line.addStretch(1)
        return line

    # What holds

    def filters(self) -> tuple[Filter, ...]:
        """What holds now."""
        return tuple(self._filters)

    def words(self) -> list[str]:
        """What holds, as on the chips and on paper."""
        forms, title_of = self._workspace.forms, self._workspace.lookups.title
        return [filter_words(forms, self._register, one, title_of) for one in self._filters]

    def take_focus(self) -> None:
        """Begin a filter."""
        self.question.take_focus()

    def clear(self) -> None:
        """Take every filter back."""
        self._note.hide()
        self.kept.set_value_text("")
        self._end_naming()
        if self._filters:
            self._filters.clear()
            self._tell()

    def set_question(self, field: str, operator: Operator, *texts: str) -> None:
        """Fill the line in as if typed; `add` takes it."""
        self.question.set_question(field, operator, *texts)

    def add(self) -> None:
        """Take the line as one more filter, if it is a whole question."""
        self.question.take()

    def set_filters(self, filters: tuple[Filter, ...]) -> None:
        """Have these hold instead."""
        self._filters = list(filters)
        self._tell()

    def _take(self, one: Filter) -> None:
        if one not in self._filters:
            self._filters.append(one)
            self._tell()

    def _take_back(self, place: int) -> None:
        del self._filters[place]
        self._tell()
        if not self._filters:
            self.take_focus()

    def _forget_kept(self) -> None:
        """What holds is no longer what was kept under the name on show."""
        name = self.kept.value_text()
        if name and name in self._kept.names() and self._kept.get(name)[0] != self.filters():
            self.kept.set_value_text("")
            self.forget_button.hide()

    def _tell(self) -> None:
        self._forget_kept()
        self.chips.show_chips(self.words())
        self.keep_button.setVisible(bool(self._filters))
        if not self._filters:
            self._end_naming()
        self.changed.emit(self.filters())

    # Kept under a name

    def keep(self) -> None:
        """Ask for a name, then keep what holds under it."""
        if not self._filters:
            return
        if self.name.isHidden():
            self.name.set_value_text(self.kept.value_text())
            self.name.show()
            self.kept.hide()
            self.forget_button.hide()
            self.name.take_focus()
            return
        try:
            name = self._kept.keep(self.name.value_text(), self._filters)
        except UserError as error:
            self._say("error", str(error))
            return
        self._end_naming()
        self._show_kept()
        self.kept.set_value_text(name)
        self.forget_button.show()
        self._note.hide()
        self.said.emit(tr("Kept: {name}").format(name=name))
        self.kept.take_focus()

    def forget(self) -> None:
        """Delete the kept filter on show; what holds stays."""
        name = self.kept.value_text()
        if not name:
            return
        self._kept.forget(name)
        self.kept.set_value_text("")
        self._show_kept()
        self.said.emit(tr("Deleted: {title}").format(title=name))
        self.take_focus()

    def _use_kept(self) -> None:
        name = self.kept.value_text()
        self.forget_button.setVisible(name in self._kept.names())
        if name not in self._kept.names():
            return
        filters, lost = self._kept.get(name)
        self.set_filters(filters)
        self._note.hide()
        if lost:
            told = ntr(
                "{count} part of this filter asks for a field that is not there any more.",
                "{count} parts of this filter ask for fields that are not there any more.",
                lost,
            )
            self._say("warning", told.format(count=lost))

    def _show_kept(self) -> None:
        names = self._kept.names()
        self.kept.set_options([Option(name, name) for name in names])
        self.kept.set_columns(26)
        self.kept.setVisible(bool(names) and self.name.isHidden())
        self.forget_button.setVisible(self.kept.value_text() in names)
        self.keep_button.setVisible(bool(self._filters))

    def _end_naming(self) -> None:
        if not self.name.isHidden():
            self.name.hide()
            self._show_kept()

    def _say(self, level: str, words: str) -> None:
        self._note.set_problem(level, words)
        self._note.show()
