"""What concerns a whole record, between its tabs and its fields."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.base.translate import tr
from desktop.service.problems import MISSING, UNREADABLE, RecordProblem
from desktop.widget.field_row import in_words
from desktop.widget.parts import ProblemNote

if TYPE_CHECKING:
    from desktop.service.draft_picture import KeptDraft
    from desktop.widget.form_state import FormState


class Notices(QWidget):
    """Answers set aside, problems that belong to no field, a deleted or a fixed record."""

    reason_asked = Signal(object)
    restore_asked = Signal()
    draft_asked = Signal(str)
    """Id of a kept draft of this record."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[object, ...] = ()
        self._notes: list[ProblemNote] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 8, 16, 0)
        self._column.setSpacing(4)
        self.hide()

    def show_all(
        self, state: FormState, homeless: Sequence[RecordProblem], *, catalogue: bool
    ) -> None:
        """Show what there is to say about a draft; `homeless`: problems no field shows."""
        deleted = state.draft.stored is not None and state.draft.stored.deleted_at is not None
        aside = set_aside_words(state)
        lost = state.kept.lost if state.kept is not None else ()
        wanted = (deleted, catalogue, aside, tuple(homeless), lost, state.other)
        if wanted == self._shown:
            return
        self._shown = wanted
        self._empty()
        if deleted:
            self._add_deleted()
        if catalogue:
            self._add("info", tr("Part of the catalogue that comes with the program: to be read."))
        if state.other is not None:
            self._add_draft(state.other)
        if lost:
            told = tr("Typed, but no longer in the form: {fields}")
            fields = "; ".join(f"{one.label or '…'}: “{one.text}”" for one in lost)
            self._add("warning", told.format(fields=fields))
        if aside:
            self._add("info", aside)
        for problem in homeless:
            self._add_problem(problem)
        self.setVisible(bool(self._notes))

    def words(self) -> list[str]:
        """What is said, from above."""
        return [note.words() for note in self._notes]

    def _add(self, level: str, text: str, *, number: str = "", link: str = "") -> ProblemNote:
        note = ProblemNote(level, text, number=number, link=link)
        self._column.addWidget(note)
        self._notes.append(note)
        return note

    def _add_deleted(self) -> None:
        note = self._add("warning", tr("This record is deleted."), link=tr("bring it back"))
        note.reason_asked.connect(self.restore_asked)

    def _add_draft(self, kept: KeptDraft) -> None:
        told = tr("You have typed in this record without saving it, at {time} on {day}.")
        moment = datetime.fromisoformat(kept.at)
        text = told.format(time=f"{moment:%H:%M}", day=f"{moment:%d/%m/%Y}")
        note = self._add("info", text, link=tr("go on with the draft"))
        note.reason_asked.connect(lambda: self.draft_asked.emit(kept.id))

    def _add_problem(self, problem: RecordProblem) -> None:
        level, text, link = in_words(problem)
        number = "" if problem.number in (MISSING, UNREADABLE) else problem.number
        note = self._add(level, text, number=number, link=link)
        note.reason_asked.connect(lambda: self.reason_asked.emit(problem))

    def _empty(self) -> None:
        for note in self._notes:
            note.hide()
            self._column.removeWidget(note)
            note.deleteLater()
        self._notes.clear()


def set_aside_words(state: FormState) -> str:
    """Which answers are set aside because they are not asked any more, "" if none is."""
    labels = [
        row.register.field(name).label
        for row in state.draft.rows()
        for name in row.set_aside()
        if not row.register.field(name).computed
    ]
    if not labels:
        return ""
    told = tr(
        "Set aside, because it is not asked any more: {labels}. It comes back with the answer it "
        "depends on; saving drops it."
    )
    return told.format(labels=", ".join(labels))
