"""The first person and her password, typed twice, with words on how good it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.base.translate import tr
from desktop.service.passwords import SHORTEST_PASSWORD, Grade, strength
from desktop.widget.field_label import FieldLabel
from desktop.widget.field_row import LABEL_GAP
from desktop.widget.inputs import Input, TextInput
from desktop.widget.inputs.frame import digit_width
from desktop.widget.parts import Button, ProblemNote

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

NAME_LENGTH = 80
_LEVELS = {
    Grade.TOO_SHORT: "error",
    Grade.WEAK: "warning",
    Grade.FAIR: "info",
    Grade.STRONG: "done",
}


class PasswordFields(QWidget):
    """`name()`, `password()`; `complain` shows what keeps them from being used."""

    move_on = Signal()
    """Enter in the last field."""

    def __init__(self, parent: QWidget | None = None, *, named: str = "") -> None:
        """`named`: whose password it is, where that is not asked."""
        super().__init__(parent)
        self._named = named
        self._name = TextInput(length=NAME_LENGTH)
        self._first, self._second = _secret(), _secret()
        self._labels: list[FieldLabel] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._name_note = (
            ProblemNote("info", "", parent=self) if named
            else self._add(tr("Your full name"), self._name)
        )  # fmt: skip
        self._name_note.hide()
        self._strength = self._add(tr("Password"), self._first)
        self._second_note = self._add(tr("Password again"), self._second)
        self._add_switch()
        self._first.textEdited.connect(self._show_strength)
        self._second.textEdited.connect(self._second_note.hide)
        self._name.edited.connect(lambda: self._say(self._name_note, self._name, "", ""))
        self._name.move_on.connect(self._first.setFocus)
        self._first.returnPressed.connect(self._second.setFocus)
        self._second.returnPressed.connect(self.move_on)

    def _add(self, text: str, field: QWidget) -> ProblemNote:
        label = FieldLabel(text)
        label.set_required(True)
        label.setBuddy(field)
        self._labels.append(label)
        if isinstance(field, Input):
            field.set_label(text)
        else:
            field.setAccessibleName(text)
        note = ProblemNote("info", "")
        note.hide()
        side = QVBoxLayout()
        side.setSpacing(4)
        line = QHBoxLayout()
        line.addWidget(field)
        line.addStretch(1)
        side.addLayout(line)
        side.addWidget(note)
        side.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(LABEL_GAP)
        row.addWidget(label)
        row.addLayout(side, 1)
        self._column.addLayout(row)
        return note

    def _add_switch(self) -> None:
        self._switch = Button(tr("Show the password"), "flat", icon="eye")
        self._switch.setCheckable(True)
        self._switch.toggled.connect(self._show_password)
        row = QHBoxLayout()
        row.addSpacing(self._labels[0].width() + LABEL_GAP)
        row.addWidget(self._switch)
        row.addStretch(1)
        self._column.addLayout(row)

    def name(self) -> str:
        """The person's name, cleaned."""
        return self._named or self._name.value_text()

    def password(self) -> str:
        """The password as typed the first time."""
        return self._first.text()

    def take_focus(self) -> None:
        """Begin here."""
        if self._named:
            self._first.setFocus()
        else:
            self._name.take_focus()

    def propose_name(self, text: str) -> None:
        """Put a name in where there is none."""
        if self._name.is_empty():
            self._name.set_value_text(text)

    def complain(self) -> bool:
        """Say what is missing and put the keyboard there; False if all is well."""
        wrong: list[QObject] = []
        if not self.name():
            words = tr("Write the name of the person who will use the program.")
            self._say(self._name_note, self._name, "error", words)
            wrong.append(self._name)
        if len(self.password()) < SHORTEST_PASSWORD:
            self._show_strength()
            wrong.append(self._first)
        elif self._second.text() != self.password():
            words = tr("The two passwords differ. Type the same one again.")
            self._say(self._second_note, self._second, "error", words)
            wrong.append(self._second)
        for field in wrong[:1]:
            if isinstance(field, Input):
                field.take_focus()
            elif isinstance(field, QLineEdit):
                field.setFocus()
                field.selectAll()
        return bool(wrong)

    def _show_strength(self) -> None:
        found = strength(self.password(), self.name())
        self._say(self._strength, self._first, _LEVELS[found.grade], found.words)

    def _say(self, note: ProblemNote, field: QWidget, level: str, words: str) -> None:
        note.setVisible(bool(words))
        if words:
            note.set_problem(level, words)
        if isinstance(field, Input):
            field.set_problem("error" if level == "error" else None, words)
        else:
            field.setAccessibleDescription(words)

    def _show_password(self, shown: bool) -> None:
        self._switch.set_words(tr("Hide the password") if shown else tr("Show the password"))
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        for field in (self._first, self._second):
            field.setEchoMode(mode)


def _secret() -> QLineEdit:
    line = QLineEdit()
    line.setEchoMode(QLineEdit.EchoMode.Password)
    line.setFixedWidth(32 * digit_width())
    return line
