"""The record chosen in a register's list, in its form; where none is chosen, how to choose one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget

from desktop.base.errors import UserError
from desktop.base.translate import tr
from desktop.model.bridge import listen
from desktop.service.access import ReasonNeeded
from desktop.widget.form_page import FormPage
from desktop.widget.parts import EmptyState
from desktop.widget.restricted_gate import RestrictedGate
from desktop.widget.rights_shown import may_write

if TYPE_CHECKING:
    from desktop.schema.definition import Register
    from desktop.service.draft import Draft
    from desktop.service.draft_picture import KeptDraft
    from desktop.service.saving import Changed
    from desktop.widget.context import PageContext
    from desktop.widget.record_list import RecordList


class RecordOnShow(QStackedWidget):
    """Fills the `form`, and keeps the row of `records` marked that is in it."""

    def __init__(self, register: Register, context: PageContext, records: RecordList) -> None:
        super().__init__()
        self._register = register
        self._context = context
        self._records = records
        self.form = FormPage(register, context)
        one = register.one or register.title.lower()
        told = tr("Choose {one} in the list; Enter puts the keyboard into the form.")
        icon = register.icon or "file-text"
        self._nothing = EmptyState(icon, tr("Nothing chosen"), told.format(one=one))
        self.addWidget(self._nothing)
        self.addWidget(self.form)
        self.form.dropped.connect(self._dropped)
        self.form.draft_asked.connect(context.window.drafts.go_on)
        listen(self, context.workspace.changed, self._records_changed)

    @cached_property
    def gate(self) -> RestrictedGate:
        """Asks for the reason; made when the first restricted record is opened."""
        made = RestrictedGate(self._register.name, self._context.workspace.access)
        made.opened.connect(self._opened)
        self.addWidget(made)
        return made

    def _waits_for_reason(self) -> bool:
        return "gate" in self.__dict__ and self.currentWidget() is self.gate

    def id(self) -> str:
        """Id of the record in the form, new or stored, or waiting for a reason; "" for none."""
        if self._waits_for_reason():
            return self.gate.record
        draft = self.form.draft
        return draft.id if draft is not None else ""

    def show_record(self, id: str) -> bool:
        """Read a record into the form; False if it is gone. What stood there before is gone too.

        A restricted one waits for a reason first.
        """
        try:
            draft = self._context.workspace.open_draft(self._register.name, id)
        except ReasonNeeded:
            self.form.clear()
            self.gate.ask_for(id)
            self.setCurrentWidget(self.gate)
            self._records.choice.show_current(id)
            return True
        except UserError as error:
            self._context.window.say(str(error), level="error")
            return False
        deleted = draft.stored is not None and draft.stored.deleted_at is not None
        self.form.show_draft(draft, read_only=deleted or not self._may_write())
        self.setCurrentWidget(self.form)
        self._records.choice.show_current(id)
        return True

    def _may_write(self) -> bool:
        return may_write(self._context.workspace, self._register)

    def show_draft(self, draft: Draft) -> None:
        """A stored record with changes that are not saved yet."""
        self.form.show_draft(draft)
        self.setCurrentWidget(self.form)
        self._records.choice.show_current(draft.id)

    def enter(self) -> None:
        """Put the keyboard into the form, or into the reason for opening it."""
        if self._waits_for_reason():
            self.gate.take_focus()
        else:
            self.form.enter()

    def _opened(self, id: str) -> None:
        if self.show_record(id):
            self.enter()

    def begin(self, given: Mapping[str, str]) -> None:
        """A new record with these texts, the keyboard in its first field."""
        draft = self._context.workspace.new_draft(self._register.name, dict(given))
        self.form.show_draft(draft)
        self.setCurrentWidget(self.form)
        self._records.choice.show_current("")
        self.form.walk.begin(given)

    def go_on(self, draft: Draft, kept: KeptDraft) -> None:
        """A draft that was kept on disk, the keyboard in the field it was left at."""
        self.form.show_draft(draft, kept=kept)
        self.setCurrentWidget(self.form)
        self._records.choice.show_current("" if draft.is_new else draft.id)
        self.form.enter()
        register, row_id, name = kept.place
        own = register == self._register.name
        if own or any(row.id == row_id for row in draft.rows()):
            self.form.walk.go_to_field(register, row_id, name)

    def _dropped(self) -> None:
        """What was typed was let go: behind whatever comes next, show what is stored."""
        state = self.form.state

        def reset() -> None:
            if state is None or self.form.state is not state:
                return
            if state.draft.is_new:
                self.clear()
            else:
                self.show_record(state.draft.id)

        QTimer.singleShot(0, self, reset)

    def clear(self) -> None:
        """Show no record any more."""
        self.form.clear()
        self.setCurrentWidget(self._nothing)
        self._records.choice.show_current("")

    def _records_changed(self, change: Changed) -> None:
        """Show again what was changed elsewhere: by undo, or on another page."""
        form, draft = self.form, self.form.draft
        if form.saving.is_writing or draft is None or draft.is_new or form.is_dirty:
            return
        if draft.id in change.ids(self._register.name):
            # The store is still telling others: let it finish.
            QTimer.singleShot(0, self, self._show_again)
        elif change.registers & {one.register for one in self._register.related}:
            form.sections.read_related()

    def _show_again(self) -> None:
        draft = self.form.draft
        if draft is None or draft.is_new or self.form.is_dirty:
            return
        if self._records.rows.index_of(draft.id) < 0 and self._is_deleted(draft.id):
            self.clear()
        else:
            self.show_record(draft.id)

    def _is_deleted(self, id: str) -> bool:
        if self._records.rows.shows_deleted:
            return False
        try:
            return self._context.workspace.read(self._register.name, id).deleted_at is not None
        except UserError:
            return True
