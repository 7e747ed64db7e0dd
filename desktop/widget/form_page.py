"""One record on show: built from its definition, kept in a draft, checked as it is typed.

The page is made once per register and shows one draft after another; a section is built when its
tab is first shown and filled when it is looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop.base.errors import UserError
from desktop.base.translate import N_, tr
from desktop.model.bridge import Soon
from desktop.schema.definition import Level, Register
from desktop.service.folder import people
from desktop.service.problems import NotSaved, RecordProblem
from desktop.widget import theme
from desktop.widget.ask import KEEP_EDITING, Answer
from desktop.widget.field_input import InputMaker, help_of
from desktop.widget.form_frame import FormFoot, FormHead
from desktop.widget.form_memory import FormMemory
from desktop.widget.form_section import FormSection, plan_sections
from desktop.widget.form_state import FormState
from desktop.widget.form_walk import FormWalk
from desktop.widget.history_box import HistoryBox
from desktop.widget.notices import Notices
from desktop.widget.record_heading import Titles, subtitle_of, title_of
from desktop.widget.section_tabs import SectionTabs

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from desktop.service.draft import Draft, RowDraft
    from desktop.service.lookups import RelatedRecords
    from desktop.widget.child_rows import ChildRows
    from desktop.widget.context import PageContext
    from desktop.widget.field_row import FieldRow

SAVE = Answer("save", N_("Save"), "primary")
DISCARD = Answer("discard", N_("Discard"), "danger")
STAY = Answer("stay", N_("Stay"))


class FormPage(QWidget):
    """Shows drafts of one register."""

    saved = Signal(str, bool)
    """(id, begin the next record) after the draft was written."""
    cancelled = Signal()
    restore_asked = Signal(str)
    open_asked = Signal(str, str)
    add_asked = Signal(str, str)
    """(register, field that refers here): a new record that refers to this one."""
    changed = Signal()
    """Dirty or not, saved or not: what commands are offered may be different."""

    def __init__(
        self, register: Register, context: PageContext, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.register = register
        self.state: FormState | None = None
        self.saving = False
        self._context = context
        self._maker = InputMaker(context.workspace)
        self.plans = plan_sections(context.workspace.forms, register)
        self._sections: dict[int, FormSection] = {}
        self._fresh: set[int] = set()
        """Sections that show the draft on show."""
        self.memory = FormMemory(register)
        self.walk = FormWalk(self)
        self._related: list[RelatedRecords] = []
        self._titles: Titles = {}
        self._build()
        self._later = Soon(self, self._show_related, 20)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_changed)

    def _build(self) -> None:
        self.head = FormHead()
        titles = [plan.title for plan in self.plans]
        self.tabs = SectionTabs([*titles, tr("Changes")])
        self.tabs.chosen.connect(self.show_section)
        self.notices = Notices()
        self.notices.reason_asked.connect(self._ask_reason)
        self.notices.restore_asked.connect(self._restore)
        self._stack = QStackedWidget()
        self._history = HistoryBox()
        self._history_area = _scrolled(self._history)
        self._stack.addWidget(self._history_area)
        self.foot = FormFoot()
        self.foot.save_asked.connect(self.save)
        self.foot.next_asked.connect(lambda: self.save(and_next=True))
        self.foot.cancel_asked.connect(self.cancel)
        self.foot.count.clicked.connect(self.next_problem)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.tabs)
        column.addWidget(self.notices)
        column.addWidget(self._stack, 1)
        column.addWidget(self.foot)

    # Showing a draft

    @property
    def draft(self) -> Draft | None:
        """The draft on show."""
        return self.state.draft if self.state else None

    def show_draft(self, draft: Draft, *, read_only: bool = False) -> None:
        """Show a record; what stood here before is gone: ask `may_leave` first."""
        same = self.state is not None and self.state.draft.id == draft.id
        if self.state is not None and not same:
            self.memory.remember(self.state.draft)
        self.state = FormState(draft, read_only, strict=not draft.is_new)
        self._fresh.clear()
        self._related = []
        self._titles.clear()
        self.tabs.set_offered(len(self.plans), not draft.is_new)
        self.foot.setVisible(not read_only)
        self.foot.status.setText("")
        place = self.current_section()
        self.show_section(0 if draft.is_new or place >= len(self.plans) else place)
        self._later.ask()
        self.changed.emit()

    def clear(self) -> None:
        """Show no record any more."""
        if self.state is not None:
            self.memory.remember(self.state.draft)
        self.state = None
        self._later.forget()
        self.changed.emit()

    def current_section(self) -> int:
        """Place of the section on show; the history comes after the last."""
        widget = self._stack.currentWidget()
        for place, section in self._sections.items():
            if section is widget:
                return place
        return len(self.plans) if widget is self._history_area and self._sections else 0

    def warm(self) -> None:
        """Build the first section ahead, while the person still looks at the list."""
        self.section(0)

    def shown_section(self) -> FormSection | None:
        """The section on show, None for the history."""
        return self._sections.get(self.current_section())

    def section(self, place: int) -> FormSection:
        """A section, built if need be, showing the draft."""
        if place not in self._sections:
            self._sections[place] = self._make_section(place)
        section = self._sections[place]
        if place not in self._fresh and self.state is not None:
            self._fresh.add(place)
            section.bind(self.state)
            section.show_related(self._related, can_add=self._can_add())
        return section

    def _make_section(self, place: int) -> FormSection:
        section = FormSection(
            self.plans[place], self.register, self._context, self._maker, self.memory.kept
        )
        section.edited.connect(self._edited)
        section.settled.connect(self.check)
        section.move_on.connect(self._move_on)
        section.reason_asked.connect(self._ask_reason)
        section.open_asked.connect(self.open_asked)
        section.add_asked.connect(self.add_asked)
        section.keep_changed.connect(self.memory.keep)
        self._stack.addWidget(section)
        return section

    def show_section(self, place: int) -> None:
        """Show a section, or the history after the last one; nothing for a place beyond."""
        if self.state is None or not 0 <= place <= len(self.plans):
            return
        self.commit()
        if place == len(self.plans):
            if self.state.draft.is_new:
                return
            self._show_history()
            self._stack.setCurrentWidget(self._history_area)
        else:
            section = self.section(place)
            section.show_state()
            self._stack.setCurrentWidget(section)
        self.tabs.set_current(place)
        self._show_state()

    def section_titles(self) -> list[str]:
        """Titles of the tabs offered now, in the order of Alt+1 to 9."""
        return self.tabs.titles()

    def go_to_section(self, place: int) -> None:
        """Show a section and put the keyboard into it."""
        self.show_section(place)
        self.enter()

    def _show_history(self) -> None:
        if self.state is not None:
            workspace = self._context.workspace
            found = workspace.lookups.history(self.register.name, self.state.draft.id)
            names = {one.id: one.name for one in people(workspace.paths)}
            self._history.show_entries(found, names)

    def _can_add(self) -> bool:
        return self.state is not None and not self.state.draft.is_new and not self.state.read_only

    def read_related(self) -> None:
        """Something that may refer to the record has changed."""
        self._later.ask()

    def _show_related(self) -> None:
        """Read what refers to the record, after it has been painted."""
        state = self.state
        if state is None or state.draft.is_new:
            return
        lookups = self._context.workspace.lookups
        self._related = lookups.related(self.register.name, state.draft.id)
        for place in self._fresh:
            self._sections[place].show_related(self._related, can_add=self._can_add())
        self._show_head()

    # Typing and checking

    @property
    def is_dirty(self) -> bool:
        """True if there is something to lose."""
        state = self.state
        return state is not None and not state.read_only and state.draft.is_dirty

    def commit(self) -> None:
        """Settle the field that is being typed in."""
        row = self.row_with_focus()
        if row is not None:
            row.commit()

    def check(self) -> None:
        """Ask the rules about what was typed, and show what they say."""
        if self.state is None:
            return
        self.state.check()
        self._show_all()

    def _show_all(self) -> None:
        section = self.shown_section()
        if section is not None:
            section.show_state()
        self._show_state()

    def row_with_focus(self) -> FieldRow | None:
        """The field the keyboard is in."""
        section = self.shown_section()
        return section.row_with_focus() if section is not None else None

    def _edited(self) -> None:
        self._show_head()
        self._show_status()
        self.changed.emit()

    def _show_state(self) -> None:
        """Everything but the section: head, marks of tabs, notices, counts."""
        state = self.state
        if state is None:
            return
        shown = state.shown()
        still = [p for p in shown if p.is_open]
        for place in range(len(self.plans)):
            own = {p.level for p in still if self.walk.section_of(p) == place}
            level = "error" if Level.ERROR in own else "warning" if own else ""
            self.tabs.set_level(place, level)
        errors = sum(1 for p in still if p.level is Level.ERROR)
        self.foot.count.set_counts(errors, len(still) - errors)
        homeless = [p for p in shown if self.walk.section_of(p) is None]
        self.notices.show_all(state, homeless, catalogue=bool(self.register.catalogue))
        self._show_head()
        self._show_status()

    def _show_head(self) -> None:
        state, workspace = self.state, self._context.workspace
        if state is not None:
            note = subtitle_of(state.draft, workspace, self._titles, self._related)
            self.head.set_words(title_of(state.draft, workspace, self._titles), note)

    def _show_status(self) -> None:
        if self.is_dirty:
            self.foot.status.setText(tr("Not saved yet"))
        elif self.foot.status.text() == tr("Not saved yet"):
            self.foot.status.setText("")

    # Going from field to field

    def focusNextPrevChild(self, forward: bool) -> bool:
        return self.walk.tab(forward) or super().focusNextPrevChild(forward)

    def enter(self) -> None:
        """Put the keyboard into the first field of the section on show."""
        self.walk.enter()

    def _move_on(self, row: FieldRow) -> None:
        """Enter, or a full field: to the next one; after the very last, save."""
        if not self.walk.move_on(row):
            self.save()

    def _focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is None or not self.isAncestorOf(now):
            return
        row = self.row_with_focus()
        self.foot.help.set_text(help_of(row.field) if row is not None else "")

    def next_problem(self) -> None:
        """F8: show every problem and go to the one after the field the keyboard is in."""
        if self.state is not None:
            self.commit()
            self._check_strictly(self.state)
            self.walk.next_problem()

    def _check_strictly(self, state: FormState) -> None:
        state.strict = True
        state.fresh_rows.clear()
        state.unchecked = True
        self.check()

    # Commands

    def save(self, *, and_next: bool = False) -> bool:
        """Write the record; False if something keeps it from being written."""
        state = self.state
        if state is None or state.read_only:
            return False
        self.commit()
        self._check_strictly(state)
        if not self._collect_reasons():
            return False
        if not self._write(state.draft):
            return False
        self.saved.emit(state.draft.id, and_next)
        return True

    def _write(self, draft: Draft) -> bool:
        self.saving = True
        try:
            self._context.workspace.save(draft)
        except NotSaved as error:
            self._show_refusal(error)
            return False
        except UserError as error:
            self._context.ask.message(self, tr("Not saved"), str(error), "error")
            return False
        finally:
            self.saving = False
        return True

    def _show_refusal(self, error: NotSaved) -> None:
        """Mark what is wrong and go there; what stands on other records is said in a message."""
        self._show_all()
        known = {p.key for p in self.state.draft.problems} if self.state else set()
        if all(p.key in known for p in error.problems):
            errors = [p for p in error.problems if p.level is Level.ERROR]
            self._context.window.say(
                tr("Not saved: {count} errors to correct").format(count=len(errors)), level="error"
            )
            self.next_problem()
        else:
            self._context.ask.message(self, tr("Not saved"), str(error), "error")

    def _collect_reasons(self) -> bool:
        """Where nothing but warnings is left, ask for each reason; False if one is refused."""
        state = self.state
        if state is None:
            return False
        found = [p for p in state.draft.problems if p.is_open]
        if any(p.level is Level.ERROR for p in found):
            return True
        return all(self._ask_reason(problem) for problem in found)

    def _ask_reason(self, problem: RecordProblem) -> bool:
        state = self.state
        if state is None or state.read_only:
            return False
        title = tr("{number} · Reason").format(number=problem.number)
        reason = self._context.ask.reason(self, title, problem.message)
        if reason is None:
            return False
        state.draft.give_reason(problem, reason)
        state.unchecked = True
        self.check()
        self.changed.emit()
        return True

    def cancel(self) -> None:
        """Esc: close an open child row, else drop what was typed, after asking."""
        section = self.shown_section()
        if section is not None and any(box.escape() for box in section.children_boxes):
            return
        self.commit()
        if self.is_dirty and not self._ask_discard():
            return
        self.cancelled.emit()

    def _ask_discard(self) -> bool:
        title = tr("Discard what was typed?")
        told = tr("“{title}” has changes that are not saved.")
        text = told.format(title=self.head.words()[0])
        return self._context.ask.question(self, title, text, (DISCARD, KEEP_EDITING)) == "discard"

    def may_leave(self) -> bool:
        """Ask what becomes of unsaved changes; True if the record may be left."""
        self.commit()
        if not self.is_dirty:
            return True
        title = tr("Save the changes?")
        told = tr("“{title}” has changes that are not saved.")
        text = told.format(title=self.head.words()[0])
        answer = self._context.ask.question(self, title, text, (DISCARD, STAY, SAVE))
        return answer == "discard" or (answer == "save" and self.save())

    def copy_previous(self) -> None:
        """Ctrl+D: the same field of the record before, or of the child row above."""
        row = self.row_with_focus()
        if row is None:
            return
        above, register = self._row_above()
        if above is not None:
            text = above.texts.get(row.field.name, "")
        else:
            text = self.memory.text_before(register, row.field.name)
        if text:
            row.take_text(text)
        else:
            self._context.window.say(
                tr("The record before has nothing in this field."), level="info"
            )

    def _row_above(self) -> tuple[RowDraft | None, str]:
        box = self.child_with_focus()
        if box is not None:
            return box.row_before(), box.register.name
        return None, self.register.name

    def child_with_focus(self) -> ChildRows | None:
        """The child rows one of which is being typed in."""
        section = self.shown_section()
        for box in section.children_boxes if section else ():
            group = box.group()
            if group is not None and group.row_with_focus() is not None:
                return box
        return None

    def toggle_keep(self) -> None:
        """Ctrl+L: keep this field's answer for the next record, or no longer."""
        row = self.row_with_focus()
        if row is not None and row.keep_button is not None:
            row.keep_button.toggle()

    def add_child_row(self) -> None:
        """Ctrl+Enter: a new row where the keyboard is, or in the section's first child table."""
        section = self.shown_section()
        boxes = section.children_boxes if section else []
        if boxes:
            self.commit()
            next((box for box in boxes if box.has_focus()), boxes[0]).add()

    def kept_texts(self) -> dict[str, str]:
        """Texts of the fields kept for the next record."""
        return self.memory.kept_texts(self.state.draft) if self.state else {}

    def say_saved(self, moment: str) -> None:
        """Say beside the buttons when it was saved."""
        self.foot.status.setText(tr("Saved at {time}").format(time=moment))

    def _restore(self) -> None:
        if self.state is not None:
            self.restore_asked.emit(self.state.draft.id)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.current().color("panel"))


def _scrolled(widget: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(16, 12, 16, 16)
    column.addWidget(widget)
    area.setWidget(holder)
    return area
