"""Saving the record of a form, or leaving it: what is asked first, and what a refusal says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.base.errors import UserError
from desktop.base.translate import N_, tr
from desktop.schema.definition import Level
from desktop.service.problems import NotSaved, RecordProblem
from desktop.widget.ask import KEEP_EDITING, Answer
from desktop.widget.look_alike_asking import LookAlikeAsking

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.service.draft import Draft
    from desktop.widget.context import PageContext
    from desktop.widget.form_frame import FormHead
    from desktop.widget.form_telling import FormTelling
    from desktop.widget.section_stack import SectionStack

SAVE = Answer("save", N_("Save"), "primary")
DISCARD = Answer("discard", N_("Discard"), "danger")
STAY = Answer("stay", N_("Stay"))
LEAVE = Answer("draft", N_("Leave as draft"))


class RecordSaving(QObject):
    """Of the draft that the sections show; questions stand over the `form`."""

    saved = Signal(str, bool)
    """(id, begin the next record) after the draft was written."""
    reason_given = Signal()
    discarded = Signal()
    left_as_draft = Signal()
    """What was typed is to be put away, or kept as a draft for later."""

    def __init__(
        self,
        form: QWidget,
        context: PageContext,
        sections: SectionStack,
        telling: FormTelling,
        head: FormHead,
    ) -> None:
        super().__init__(form)
        self._form = form
        self._context = context
        self._sections = sections
        self._telling = telling
        self._head = head
        self._and_next = False
        self.is_writing = False
        """True while the record is being written, and everybody is told of it."""
        self.look_alikes = LookAlikeAsking(form, context)
        self.look_alikes.answered.connect(lambda: self.save(and_next=self._and_next))

    def save(self, *, and_next: bool = False) -> bool:
        """Write the record; False if something keeps it from being written."""
        state = self._sections.state
        if state is None or state.read_only:
            return False
        self._and_next = and_next
        self._sections.commit()
        self._telling.check_strictly(state)
        reasons = dict(state.draft.reasons)
        if not self.look_alikes.may_save(state.draft):
            return False
        if state.draft.reasons != reasons:  # the answer is one
            state.unchecked = True
            self._telling.check()
        if not self._collect_reasons():
            return False
        if not self._write(state.draft):
            return False
        self.look_alikes.saved(state.draft)
        self.saved.emit(state.draft.id, and_next)
        return True

    def _write(self, draft: Draft) -> bool:
        self.is_writing = True
        try:
            self._context.workspace.save(draft)
        except NotSaved as error:
            self._show_refusal(error)
            return False
        except UserError as error:
            self._context.ask.message(self._form, tr("Not saved"), str(error), "error")
            return False
        finally:
            self.is_writing = False
        return True

    def _show_refusal(self, error: NotSaved) -> None:
        """Mark what is wrong and go there; what stands on other records is said in a message."""
        state = self._sections.state
        if state is None:
            return
        elsewhere = state.draft.note(error.problems)
        self._telling.show_all()
        if elsewhere:
            self._context.ask.message(self._form, tr("Not saved"), str(error), "error")
            return
        count = sum(problem.level is Level.ERROR for problem in error.problems)
        told = tr("Not saved: {count} errors to correct").format(count=count)
        self._context.window.say(told, level="error")
        self._telling.go_on()

    def _collect_reasons(self) -> bool:
        """Where nothing but warnings is left, ask for each reason; False if one is refused."""
        state = self._sections.state
        if state is None:
            return False
        found = [p for p in state.draft.problems if p.is_open]
        if any(p.level is Level.ERROR for p in found):
            return True
        return all(self.ask_reason(problem) for problem in found)

    def ask_reason(self, problem: RecordProblem) -> bool:
        """Ask why a warning may stand; False if no reason was given."""
        state = self._sections.state
        if state is None or state.read_only:
            return False
        title = tr("{number} · Reason").format(number=problem.number)
        reason = self._context.ask.reason(self._form, title, problem.message)
        if reason is None:
            return False
        state.draft.give_reason(problem, reason)
        state.unchecked = True
        self._telling.check()
        self.reason_given.emit()
        return True

    def may_discard(self) -> bool:
        """Ask before what was typed is dropped; True if it may be."""
        self._sections.commit()
        if not self._is_dirty():
            return True
        answers = (DISCARD, KEEP_EDITING)
        return self._is_let_go(self._ask_unsaved(tr("Discard what was typed?"), answers))

    def may_leave(self) -> bool:
        """Ask what becomes of unsaved changes; True if the record may be left."""
        self._sections.commit()
        if not self._is_dirty():
            return True
        answer = self._ask_unsaved(tr("Save the changes?"), (DISCARD, STAY, LEAVE, SAVE))
        return self._is_let_go(answer) or (answer == "save" and self.save())

    def _is_let_go(self, answer: str) -> bool:
        """Put away or keep what was typed, as answered; False for any other answer."""
        if answer == "discard":
            self.discarded.emit()
        elif answer == "draft":
            self.left_as_draft.emit()
        return answer in ("discard", "draft")

    def _is_dirty(self) -> bool:
        state = self._sections.state
        return state is not None and state.is_dirty

    def _ask_unsaved(self, title: str, answers: tuple[Answer, ...]) -> str:
        told = tr("“{title}” has changes that are not saved.")
        text = told.format(title=self._head.words()[0])
        return self._context.ask.question(self._form, title, text, answers)
