"""One field of a form: label, input, what stands beside it, and its problems below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.base.legacy_text import read_legacy
from desktop.base.translate import tr
from desktop.schema.definition import Field, FieldType, Level
from desktop.service.problems import MISSING, UNREADABLE, RecordProblem
from desktop.widget.field_input import settles_at_once
from desktop.widget.field_label import WIDTH, FieldLabel
from desktop.widget.field_notes import FieldNotes
from desktop.widget.inputs import Input
from desktop.widget.inputs.pasting import Pasted
from desktop.widget.keep_button import KeepButton
from desktop.widget.parts import ProblemNote, quiet

if TYPE_CHECKING:
    from desktop.service.draft import RowDraft
    from desktop.widget.form_state import FormState

LABEL_GAP = 8


class FieldRow(QWidget):
    """Bound to one field of one row of a draft; takes what is typed into the draft at once."""

    edited = Signal()
    """The draft has other text now; nothing is checked yet."""
    settled = Signal()
    """The field was left, or a whole answer taken: time to check."""
    move_on = Signal()
    reason_asked = Signal(object)
    """A `RecordProblem` whose reason is to be written."""
    keep_changed = Signal(bool)

    def __init__(self, field: Field, made: Input, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.input = made
        self._state: FormState | None = None
        self._row: RowDraft | None = None
        self._shown: tuple[RecordProblem, ...] = ()
        self._problem_notes: list[ProblemNote] = []
        self._hint: QLabel | None = None
        self.keep_button: KeepButton | None = None
        self._build()
        made.edited.connect(self._take)
        made.left.connect(self._left)
        made.move_on.connect(self.move_on)
        self.notes = FieldNotes(self, made, self._column)

    def _build(self) -> None:
        self.label = FieldLabel(self.field.label)
        self.label.setBuddy(self.input)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(LABEL_GAP)
        row.addWidget(self.label)
        self._column = QVBoxLayout()
        self._column.setSpacing(4)
        self._line = QHBoxLayout()
        self._line.setSpacing(LABEL_GAP)
        self._line.addWidget(self.input)
        self._line.addStretch(1)
        self._column.addLayout(self._line)
        self._column.addStretch(1)
        row.addLayout(self._column, 1)

    # Binding

    def bind(self, state: FormState, row: RowDraft) -> None:
        """Show this field of another row; problems come with the next `show_state`."""
        self._state, self._row = state, row
        still = state.read_only or bool(self.field.computed) or self._is_given(row)
        if self.input.is_read_only() != still:
            self.input.set_read_only(still)
        if self.keep_button is not None:
            self.keep_button.setVisible(not state.read_only)
        self.show_text()
        forget_typing(self.input)
        self.notes.forget()

    def _is_given(self, row: RowDraft) -> bool:
        """True for what the program fills in itself: the number, the record merged into."""
        given = (row.register.number_field, row.register.look_alike.merged_into)
        return self.field.name in given

    def show_text(self) -> None:
        """Show the draft's text: after binding, and of computed fields after a check."""
        if self._row is not None:
            self.input.set_value_text(self._row.texts.get(self.field.name, ""))

    def show_state(self) -> None:
        """Take over from the draft what is asked, required, computed and wrong."""
        state, row = self._state, self._row
        if state is None or row is None:
            return
        name = self.field.name
        asked = name not in row.hidden
        if self.isHidden() == asked:
            self.setVisible(asked)
        self.label.set_required(name in row.required and not state.read_only)
        if self.field.computed:
            self.show_text()
        found = state.shown_at(row, name) if asked else ()
        if found != self._shown:
            self._show_problems(found)

    def is_asked(self) -> bool:
        """True if it can be answered now; in a record that is only read, if it can be looked at."""
        reading = self._state is not None and self._state.read_only
        return not self.isHidden() and (reading or not self.input.is_read_only())

    def problems(self) -> tuple[RecordProblem, ...]:
        """What is shown under it."""
        return self._shown

    def take_text(self, text: str) -> None:
        """Put a text in as if it had been typed."""
        if self.is_asked() and not self.input.is_read_only():
            self.input.set_value_text(text)
            self._take()

    def take_cell(self, text: str) -> None:
        """Put a cell of a pasted table in, cleaned, and say below what was cleaned or refused."""
        if self.input.is_read_only() or self._state is None or self._row is None:
            return
        cleaned = self.input.cleaner(text)
        if not self.is_asked():  # set aside, and said so
            self._state.draft.set_text(self.field.name, cleaned.text, self._row)
            return
        if cleaned.refused:
            self.notes.say(cleaned.refused)
            return
        self.input.take_pasted(cleaned.text)
        self.commit()
        if cleaned.notes:
            self.notes.tell(Pasted(cleaned, raw=text))

    def commit(self, *, by_key: bool = False) -> None:
        """Settle what is being typed, without moving the focus (see `Input.commit`)."""
        self.input.commit(by_key=by_key)

    # What the input says

    def _take(self) -> None:
        state, row = self._state, self._row
        if state is None or row is None:
            return
        name = self.field.name
        state.edits.setdefault((row.id, name), row.texts.get(name, ""))
        state.draft.set_text(name, self.input.value_text(), row)
        state.unchecked = True
        if self.field.type is FieldType.REFERENCE and name not in row.unread:
            self._refuse_unfound(row)
        self.notes.forget()
        self.edited.emit()
        if settles_at_once(self.field) and self.input.is_readable():
            state.visit(row, name)
            self.settled.emit()

    def _refuse_unfound(self, row: RowDraft) -> None:
        """Words that find no record are no answer, though they could be an id."""
        why = self.input.complaint()
        if why:
            row.unread[self.field.name] = why
            row.values[self.field.name] = None

    def _left(self) -> None:
        if self._state is not None and self._row is not None:
            self._state.visit(self._row, self.field.name)
        self.settled.emit()
        self._offer_unicode()

    def _offer_unicode(self) -> None:
        """An old font is offered in Unicode however the text came here."""
        text = "" if self.input.is_read_only() else self.input.value_text()
        if self.field.type not in (FieldType.TEXT, FieldType.NOTE) or text.isascii():
            return
        noted = self.notes.paste_note
        if read_legacy(text) is not None and (noted is None or noted.isHidden()):
            self.notes.tell(Pasted(self.input.cleaner(text), raw=text))

    # Beside and below the input

    def set_hint(self, text: str) -> None:
        """A quiet word behind the input: what follows from the answer."""
        if self._hint is None:
            if not text:
                return
            self._hint = quiet("")
            self._line.insertWidget(1, self._hint)
        if self._hint.text() != text:
            self._hint.setText(text)

    def offer_keep(self, on: bool) -> None:
        """A pin behind the input: keep this answer for the next record."""
        self.keep_button = KeepButton(self.field.label, on)
        self._line.insertWidget(1, self.keep_button)
        self.keep_button.toggled.connect(self.keep_changed)

    def _show_problems(self, found: tuple[RecordProblem, ...]) -> None:
        self._shown = found
        for note in self._problem_notes[len(found) :]:
            note.hide()  # kept: problems come and go at the same fields
        for place, problem in enumerate(found):
            self._show_note(place, problem)
        self._mark(found)

    def _show_note(self, place: int, problem: RecordProblem) -> None:
        level, text, link = in_words(problem)
        number = "" if problem.number in (MISSING, UNREADABLE) else problem.number
        if place < len(self._problem_notes):
            self._problem_notes[place].set_problem(level, text, number=number, link=link)
            self._problem_notes[place].show()
            return
        note = ProblemNote(level, text, number=number, link=link)
        note.reason_asked.connect(lambda: self.reason_asked.emit(self._shown[place]))
        self._problem_notes.append(note)
        self._column.insertWidget(1 + place, note)

    def _mark(self, found: Sequence[RecordProblem]) -> None:
        if not found:
            self.input.set_problem(None)
            return
        level = in_words(found[0])[0]
        words = " ".join(problem.message for problem in found)
        self.input.set_problem(level if level in ("error", "warning") else None, words)


def in_words(problem: RecordProblem) -> tuple[str, str, str]:
    """(level of a `ProblemNote`, words, words of its link) of a problem."""
    if problem.level is Level.ERROR:
        return "error", problem.message, ""
    if problem.reason:
        told = tr("{message} Reason: {reason}")
        words = told.format(message=problem.message, reason=problem.reason)
        return "done", words, tr("change the reason")
    link = tr("give a reason")
    # Many messages end in the very words of the link: they are to be pressed, not said twice.
    words = problem.message.rstrip(". ")
    ends_so = words.endswith(link)
    return "warning", words.removesuffix(link).rstrip() if ends_so else problem.message, link


def forget_typing(made: Input) -> None:
    """What was typed before is stored or gone: undo in the field must not bring it back."""
    editor = made.editor()
    if isinstance(editor, QPlainTextEdit):
        editor.document().clearUndoRedoStacks()
    elif isinstance(editor, QLineEdit) and (editor.isUndoAvailable() or editor.isRedoAvailable()):
        place = editor.cursorPosition()
        editor.setText(editor.text())
        editor.setCursorPosition(place)


def label_room() -> int:
    """Pixels before the inputs: for what stands under them without a label."""
    return WIDTH + LABEL_GAP


def width_behind_label(row: FieldRow) -> int:
    """Pixels that the input and what stands behind it on its line would like to have."""
    return LABEL_GAP + row._line.sizeHint().width()
