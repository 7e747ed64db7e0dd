"""A new password: after a first one that somebody else gave, or by the recovery code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from desktop.base.translate import tr
from desktop.widget.centred_page import CentredPage
from desktop.widget.inputs import TextInput
from desktop.widget.parts import quiet
from desktop.widget.password_fields import PasswordFields
from desktop.widget.sign_in import PeopleBox

if TYPE_CHECKING:
    from collections.abc import Sequence

CODE_LENGTH = 60


class NewPasswordPage(CentredPage):
    """Asks for the password that follows one somebody else has given."""

    chosen = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__(
            tr("Your own password"),
            tr("{name}: the password you signed in with was given to you. Choose one that nobody "
               "else knows.").format(name=name),
            tr("Keep the password"),
            tr("Sign in as somebody else"),
        )  # fmt: skip
        self.fields = PasswordFields(named=name)
        self.body.addWidget(self.fields)
        self.fields.move_on.connect(self.go_on)
        self.fields.take_focus()

    def go_on(self) -> None:
        if self.button.isEnabled() and not self.fields.complain():
            self.show_problem("")
            self.chosen.emit(self.fields.password())


class ForgottenPage(CentredPage):
    """Who, the printed code, and the new password."""

    asked = Signal(str, str, str)
    """Id of the person, code, new password."""

    def __init__(self, people: Sequence[tuple[str, str]], chosen: str) -> None:
        super().__init__(
            tr("Forgotten password"),
            tr(
                "With the recovery code you choose a new password. Without the code, somebody with "
                "the role “Administrator” gives you one on the page “People”. There is no other "
                "way in."
            ),
            tr("Set the new password"),
            tr("Back"),
        )
        self.people = PeopleBox()
        for id, name in people:
            self.people.addItem(name, id)
        self.people.setCurrentIndex(max(0, self.people.findData(chosen)))
        self.people.setAccessibleName(tr("Person"))
        self.code = TextInput(length=CODE_LENGTH)
        self.code.set_label(tr("Recovery code"))
        self.code.setMinimumHeight(self.code.sizeHint().height())
        self.people.setMinimumHeight(30)
        self.fields = PasswordFields(named=" ")
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(quiet(tr("Person")))
        column.addWidget(self.people)
        column.addSpacing(4)
        column.addWidget(quiet(tr("Recovery code")))
        column.addWidget(self.code)
        self.body.addLayout(column)
        self.body.addSpacing(4)
        self.body.addWidget(self.fields)
        self.code.move_on.connect(self.fields.take_focus)
        self.fields.move_on.connect(self.go_on)
        self.code.take_focus()

    def go_on(self) -> None:
        if not self.button.isEnabled():
            return
        if self.code.is_empty():
            self.show_problem(tr("Type the recovery code from the paper."))
            self.code.take_focus()
        elif not self.fields.complain():
            self.show_problem("")
            self.set_busy(True)
            who = self.people.currentData()
            self.asked.emit(who, self.code.value_text(), self.fields.password())
