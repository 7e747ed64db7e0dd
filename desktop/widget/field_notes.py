"""What is said under a field of its typing: refused for a moment, cleaned until it is edited."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.base.numbers import format_integer
from desktop.base.translate import tr
from desktop.base.typed_text import shortened
from desktop.widget.parts import ProblemNote
from desktop.widget.paste_note import PasteNote

if TYPE_CHECKING:
    from desktop.widget.inputs import Input
    from desktop.widget.inputs.pasting import Pasted

NOTED_MS = 6000
LONGEST_LABEL = 20
Cells = Sequence[Sequence[str]]


class TableTaker(Protocol):
    """Where the cells of a pasted table may go from one field on."""

    def offered(self) -> list[tuple[str, str]]:
        """(name, label) of this field and those after it that can be answered now."""
        ...

    def takes_rows(self) -> bool:
        """True if each row of the table may become a row of its own; else the first is taken."""
        ...

    def take(self, names: Sequence[str], cells: Cells) -> None:
        """Put the cells of each row into the fields of these names."""
        ...


class FieldNotes(QObject):
    """Of one field row; its notes stand at the end of `column`."""

    def __init__(self, row: QObject, made: Input, column: QVBoxLayout) -> None:
        super().__init__(row)
        self._input = made
        self._column = column
        self._passing: ProblemNote | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(NOTED_MS)
        self._timer.timeout.connect(self._hide_passing)
        self.paste_note: PasteNote | None = None
        """Made at the first paste that has something to be said."""
        self.table: TableTaker | None = None
        made.noted.connect(self.say)
        made.pasted.connect(self.tell)
        made.is_hosted = True

    def say(self, text: str) -> None:
        """Say for a moment what was refused while typing."""
        if self._passing is None:
            self._passing = ProblemNote("info", text)
            self._place(self._passing)
        self._passing.set_problem("info", text)
        self._passing.show()
        self._timer.start()

    def forget(self) -> None:
        """The field is edited, or another record comes: what was said holds no more."""
        self._hide_passing()
        if self.paste_note is not None and not self.paste_note.isHidden():
            self.paste_note.hide()

    def tell(self, pasted: Pasted) -> None:
        """Say what was cleaned until the field is edited again, and what else could be taken."""
        self.forget()
        note = self.paste_note or self._make_paste_note()
        choices: list[tuple[str, Callable[[], None]]] = []
        if pasted.cells and self.table is not None:
            rows = len(pasted.cells) if self.table.takes_rows() else 1
            # As they stand now: what is taken may hide or show fields among them.
            offered = self.table.offered()[: max(map(len, pasted.cells[:rows]))]
            told = _fill_words([label for _, label in offered], rows)
            names = [name for name, _ in offered]
            choices.append((told, partial(self.table.take, names, pasted.cells[:rows])))
        for offer in pasted.cleaned.offers:
            choices.append((offer.words, partial(self._take, offer.text)))
        note.tell(pasted.cleaned.words, choices)

    def take_focus(self) -> bool:
        """Go to the choices of the note on show; False if there is none."""
        note = self.paste_note
        if note is None or note.isHidden() or not note.choices():
            return False
        note.take_focus()
        return True

    def _make_paste_note(self) -> PasteNote:
        note = self.paste_note = PasteNote()
        note.left.connect(self._input.take_focus)
        self._place(note)
        return note

    def _place(self, note: QWidget) -> None:
        self._column.insertWidget(self._column.count() - 1, note)

    def _take(self, text: str) -> None:
        self._input.take_pasted(text)
        self.forget()

    def _hide_passing(self) -> None:
        if self._passing is not None and not self._passing.isHidden():
            self._passing.hide()


def _fill_words(labels: Sequence[str], rows: int) -> str:
    first, last = shortened(labels[0], LONGEST_LABEL), shortened(labels[-1], LONGEST_LABEL)
    if rows == 1:
        told = tr("Fill in {count} fields, from {first} to {last}")
        return told.format(count=format_integer(len(labels)), first=first, last=last)
    told = tr("Fill in {count} rows, from {first} to {last}")
    return told.format(count=format_integer(rows), first=first, last=last)
