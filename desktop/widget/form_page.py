"""One record on show: built from its definition, kept in a draft, checked as it is typed.

The page is made once per register and shows one draft after another; a section is built when its
tab is first shown and filled when it is looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop.schema.definition import Register
from desktop.service.draft_picture import differences
from desktop.widget import theme
from desktop.widget.draft_keeping import DraftKeeping
from desktop.widget.field_input import help_of
from desktop.widget.form_frame import FormFoot, FormHead
from desktop.widget.form_keys import FormKeys
from desktop.widget.form_memory import FormMemory
from desktop.widget.form_state import FormState
from desktop.widget.form_telling import FormTelling
from desktop.widget.form_walk import FormWalk
from desktop.widget.notices import Notices
from desktop.widget.record_saving import RecordSaving
from desktop.widget.section_stack import SectionStack

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from desktop.service.draft import Draft
    from desktop.service.draft_picture import KeptDraft
    from desktop.widget.context import PageContext
    from desktop.widget.field_row import FieldRow


class FormPage(QWidget):
    """Shows drafts of one register."""

    saved = Signal(str, bool)
    """(id, begin the next record) after the draft was written."""
    cancelled = Signal()
    restore_asked = Signal(str)
    open_asked = Signal(str, str)
    add_asked = Signal(str, str)
    """(register, field that refers here): a new record that refers to this one."""
    dropped = Signal()
    """What was typed was discarded, or left as a draft."""
    draft_asked = Signal(str)
    """Id of a kept draft to go on with."""
    changed = Signal()
    """Dirty or not, saved or not: what commands are offered may be different."""

    def __init__(
        self, register: Register, context: PageContext, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.register = register
        self._workspace = context.workspace
        self.memory = FormMemory(register, context.settings)
        self.head = FormHead()
        self.notices = Notices()
        self.foot = FormFoot()
        self.sections = SectionStack(register, context, self.memory)
        self.walk = FormWalk(self.sections, self.foot)
        self.telling = FormTelling(
            context.workspace, self.sections, self.walk, self.head, self.notices, self.foot
        )
        self.keeping = DraftKeeping(self, context, self.sections, self.head)
        self.saving = RecordSaving(self, context, self.sections, self.telling, self.head)
        self.keys = FormKeys(self.sections, self.memory, context.window)
        self._build()
        self._connect()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.sections.tabs)
        column.addWidget(self.notices)
        column.addWidget(self.sections, 1)
        column.addWidget(self.foot)

    def _connect(self) -> None:
        self.notices.reason_asked.connect(self.saving.ask_reason)
        self.notices.restore_asked.connect(self._restore)
        self.notices.draft_asked.connect(self.draft_asked)
        self.sections.edited.connect(self._edited)
        # First to the disk: whatever the rules do, what was typed is safe.
        self.sections.settled.connect(self.keeping.keep)
        self.sections.settled.connect(self.telling.check)
        self.sections.move_on.connect(self._move_on)
        self.sections.reason_asked.connect(self.saving.ask_reason)
        self.sections.open_asked.connect(self.open_asked)
        self.sections.add_asked.connect(self.add_asked)
        self.sections.section_shown.connect(self.telling.show_around)
        self.sections.related_shown.connect(self.telling.show_head)
        self.saving.saved.connect(self.keeping.forget)
        self.saving.saved.connect(self.saved)
        self.saving.discarded.connect(self.keeping.discard)
        self.saving.left_as_draft.connect(self.keeping.leave)
        self.keeping.dropped.connect(self.dropped)
        self.keeping.told.connect(self.telling.show_status)
        self.saving.reason_given.connect(self.changed)
        self.foot.save_asked.connect(self.save)
        self.foot.next_asked.connect(lambda: self.save(and_next=True))
        self.foot.cancel_asked.connect(self.cancel)
        self.foot.count.clicked.connect(self.telling.next_problem)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_changed)

    # Showing a draft

    @property
    def state(self) -> FormState | None:
        """The draft on show, and which of its problems are shown."""
        return self.sections.state

    @property
    def draft(self) -> Draft | None:
        """The draft on show."""
        return self.state.draft if self.state else None

    @property
    def is_dirty(self) -> bool:
        """True if there is something to lose."""
        return self.state is not None and self.state.is_dirty

    def show_draft(
        self, draft: Draft, *, read_only: bool = False, kept: KeptDraft | None = None
    ) -> None:
        """Show a record; what stood here before is gone: ask `may_leave` first.

        `kept`: the draft on disk that is gone on with.
        """
        same = self.draft is not None and self.draft.id == draft.id
        if self.draft is not None and not same:
            self.memory.remember(self.draft)
        state = FormState(draft, read_only, strict=not draft.is_new, kept=kept)
        if kept is not None:
            changed = differences(draft.as_opened, draft.picture())
            state.visited = {(row, name) for (_, row, name), _, _ in changed}
            state.left_last = kept.place
        elif not draft.is_new and not read_only:
            state.other = self._workspace.drafts.of_record(self.register.name, draft.id)
        self.telling.begin(state)
        self.sections.bind(state)
        if kept is None:
            self.keeping.keep()  # texts taken over from elsewhere are as good as typed
        self.changed.emit()

    def clear(self) -> None:
        """Show no record any more."""
        if self.draft is not None:
            self.memory.remember(self.draft)
        self.sections.bind(None)
        self.changed.emit()

    def _edited(self) -> None:
        self.keeping.typed()
        self.telling.show_head()
        self.telling.show_status()
        self.changed.emit()

    def _restore(self) -> None:
        if self.draft is not None:
            self.restore_asked.emit(self.draft.id)

    # Going from field to field

    def focusNextPrevChild(self, forward: bool) -> bool:
        return self.walk.tab(forward) or super().focusNextPrevChild(forward)

    def enter(self) -> None:
        """Put the keyboard into the first field of the section on show."""
        self.walk.enter()

    def go_to_section(self, place: int) -> None:
        """Show a section and put the keyboard into it."""
        self.sections.show_section(place)
        self.enter()

    def _move_on(self, row: FieldRow) -> None:
        """Enter, or a full field: to the next one; after the very last, save."""
        if not self.walk.move_on(row):
            self.save()

    def _focus_changed(self, old: QWidget | None, now: QWidget | None) -> None:
        if old is not None and self.isAncestorOf(old):
            # Another window in front, or another program: nobody knows for how long.
            self.keeping.keep()
        if now is None or not self.isAncestorOf(now):
            return
        row = self.sections.row_with_focus()
        self.foot.help.set_text(help_of(row.field) if row is not None else "")

    # Saving and leaving

    def save(self, *, and_next: bool = False) -> bool:
        """Write the record; False if something keeps it from being written."""
        return self.saving.save(and_next=and_next)

    def cancel(self) -> None:
        """Esc: close an open child row, else drop what was typed, after asking."""
        if not self.keys.close_child_row() and self.saving.may_discard():
            self.cancelled.emit()

    def may_leave(self) -> bool:
        """Ask what becomes of unsaved changes; True if the record may be left."""
        return self.saving.may_leave()

    def kept_texts(self) -> dict[str, str]:
        """Texts of the fields kept for the next record."""
        return self.memory.kept_texts(self.draft) if self.draft else {}

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.current().color("panel"))
