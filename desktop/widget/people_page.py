"""The page “Người dùng”: who may sign in, with which roles, and what becomes of passwords."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.base.errors import UserError
from desktop.base.translate import tr
from desktop.model.bridge import follow
from desktop.service.passwords import first_password
from desktop.service.rights import Role, role_purpose, role_title
from desktop.widget import theme
from desktop.widget import window_settings as kept
from desktop.widget.card_columns import lay_out_cards
from desktop.widget.inputs import NumberInput, TextInput
from desktop.widget.parts import (
    BusyOverlay,
    Button,
    Card,
    CardRow,
    Paragraph,
    ProblemNote,
    Toolbar,
    quiet,
)
from desktop.widget.parts.tick import Tick
from desktop.widget.password_fields import NAME_LENGTH
from desktop.widget.recovery_code_page import RecoveryCodePage
from desktop.widget.session_lock import LONGEST_MINUTES, SHORTEST_MINUTES, lock_minutes

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPaintEvent

    from desktop.base.progress import Progress
    from desktop.service.people import OfficePerson, People
    from desktop.widget.ask import Asker
    from desktop.widget.context import PageContext


class PeoplePage(QWidget):
    """People at the left, the chosen one at the right; for administrators."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._people = context.workspace.people
        self._chosen = ""
        self.dialog: QDialog | None = None
        """The recovery code, while it is shown."""
        self._build()
        self.show_people()

    def _build(self) -> None:
        head = Toolbar(tr("People"))
        self.add_button = Button(tr("Add a person"), "primary", icon="plus")
        self.add_button.clicked.connect(self.begin)
        head.add(self.add_button)
        self._list = Card(tr("Who may sign in"))
        self._recovery = Card(tr("Recovery code"))
        self._lock = Card(tr("Automatic lock"))
        self._fill_lock()
        self._form = Card(tr("Person"))
        self._fill_form()
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(20, 16, 20, 16)
        row.setSpacing(12)
        left = QVBoxLayout()
        left.setSpacing(12)
        for card in (self._list, self._recovery, self._lock):
            left.addWidget(card)
        left.addStretch(1)
        right = QVBoxLayout()
        right.addWidget(self._form)
        right.addStretch(1)
        row.addLayout(left, 1)
        row.addLayout(right, 1)
        lay_out_cards(self, head, inside)
        self._busy = BusyOverlay(self)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.save)

    def _fill_form(self) -> None:
        self.name = TextInput(length=NAME_LENGTH)
        self.name.set_label(tr("Full name"))
        self._form.add(quiet(tr("Full name")))
        self._form.add(self.name)
        self._form.body.addSpacing(8)
        self._form.add(quiet(tr("Roles")))
        self.roles: dict[Role, Tick] = {}
        for role in Role:
            box = Tick(role_title(role))
            box.setAccessibleDescription(role_purpose(role))
            self.roles[role] = box
            self._form.add(box)
            words = Paragraph(role_purpose(role), "quiet")
            words.setContentsMargins(28, 0, 0, 6)
            self._form.add(words)
        self._note = ProblemNote("error", "")
        self._note.hide()
        self._form.add(self._note)
        self._form.body.addSpacing(8)
        self.save_button = Button(tr("Save"), "primary", key="Ctrl+Enter")
        self.save_button.clicked.connect(self.save)
        self.password_button = Button(tr("Give a first password…"), icon="key")
        self.password_button.clicked.connect(self.give_password)
        self.out_button = Button(tr("Shut out…"), "danger", icon="lock")
        self.out_button.clicked.connect(self.shut_out)
        line = QHBoxLayout()
        line.setSpacing(8)
        for button in (self.save_button, self.password_button, self.out_button):
            line.addWidget(button)
        line.addStretch(1)
        self._form.body.addLayout(line)
        self.name.move_on.connect(self.roles[Role.ENTRY].setFocus)

    def _fill_lock(self) -> None:
        words = tr("The window locks when nobody touches it for so many minutes (1 to 60).")
        self._lock.add(Paragraph(words, "quiet"))
        self.minutes = NumberInput(columns=4)
        self.minutes.set_label(tr("Minutes"))
        self.minutes.set_value_text(str(lock_minutes(self._context.settings)))
        self.minutes.left.connect(self._keep_minutes)
        self._lock.add(self.minutes)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.current().color("background"))

    def entered(self) -> None:
        """The page was brought to the front."""
        self.show_people()
        rows = self._list.findChildren(CardRow)
        if rows:
            rows[0].setFocus()

    # Showing

    def show_people(self) -> None:
        """Show everybody anew, and the one chosen."""
        people = self._people.all()
        self._list.clear()
        for one in people:
            line = CardRow(one.name, _state(one), opens=True)
            line.opened.connect(partial(self.choose, one.id))
            self._list.add(line)
        self._show_recovery()
        known = {one.id for one in people}
        self._show(next((one for one in people if one.id == self._chosen), None))
        if self._chosen not in known:
            self._chosen = ""

    def _show_recovery(self) -> None:
        self._recovery.clear()
        if self._people.has_recovery():
            words = tr("There is one. A new one makes the old one worthless.")
            self._recovery.add(Paragraph(words, "quiet"))
        else:
            words = tr("There is none yet. If every password is lost, so are the data.")
            self._recovery.add(ProblemNote("warning", words))
        self.code_button = Button(tr("Make a new code…"), icon="key")
        self.code_button.clicked.connect(self.new_code)
        self._recovery.add(self.code_button)

    def _show(self, one: OfficePerson | None) -> None:
        self._note.hide()
        self.name.set_value_text(one.name if one else "")
        for role, box in self.roles.items():
            box.setChecked(role in one.roles if one else role is Role.ENTRY)
        itself = one is not None and one.id == self._context.workspace.person.id
        self.password_button.setVisible(one is not None and not itself)
        self.out_button.setVisible(one is not None and not itself and not one.disabled)
        self.save_button.set_words(tr("Save") if one else tr("Add"), "Ctrl+Enter")

    def choose(self, id: str) -> None:
        """Show one person, the keyboard in the name."""
        self._chosen = id
        self._show(next((one for one in self._people.all() if one.id == id), None))
        self.name.take_focus()

    def begin(self) -> None:
        """Begin a new person."""
        self._chosen = ""
        self._show(None)
        self.name.take_focus()

    # Changing

    def save(self) -> None:
        """Write the name and the roles; a new person gets a first password, shown once."""
        roles = [role for role, box in self.roles.items() if box.isChecked()]
        name = self.name.value_text()
        if not self._chosen:
            password = first_password()
            self._slowly(
                lambda people: people.add(name, roles, password),
                lambda id: self._added(str(id), name, password),
            )
            return
        try:
            known = next(one for one in self._people.all() if one.id == self._chosen)
            if name != known.name:
                self._people.rename(known.id, name)
            if set(roles) != known.roles:
                self._people.set_roles(known.id, roles)
        except UserError as error:
            self._refuse(error)
            return
        self.show_people()
        self._context.window.say(tr("Saved: {title}").format(title=name))

    def _added(self, id: str, name: str, password: str) -> None:
        self._chosen = id
        self.show_people()
        _tell_password(self._context.ask, self, name, password)

    def give_password(self) -> None:
        """Give the chosen person a password to be changed at the next sign-in."""
        id, name, password = self._chosen, self.name.value_text(), first_password()

        def given(_none: object) -> None:
            self.show_people()
            _tell_password(self._context.ask, self, name, password)

        self._slowly(lambda people: people.reset_password(id, password), given)

    def shut_out(self) -> None:
        """Ask, then let the chosen person in no more."""
        from desktop.widget.ask import KEEP_EDITING, Answer

        words = tr(
            "{name} can sign in no more. What was entered stays, and so does the journal. "
            "A first password lets in again."
        ).format(name=self.name.value_text())
        options = [KEEP_EDITING, Answer("out", tr("Shut out"), "danger")]
        if self._context.ask.question(self, tr("Shut out?"), words, options) != "out":
            return
        try:
            self._people.disable(self._chosen)
        except UserError as error:
            self._refuse(error)
            return
        self.show_people()

    def new_code(self) -> None:
        """Show a new recovery code; it counts once it has been typed back in part."""
        code = self._people.new_recovery_code()
        workspace = self._context.workspace
        office = workspace.office_on(workspace.today)
        page = RecoveryCodePage(
            code, office.name if office else "", workspace.today.isoformat(), back=tr("Cancel")
        )
        dialog = self.dialog = QDialog(self.window())
        dialog.setWindowTitle(tr("Recovery code"))
        column = QVBoxLayout(dialog)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(page)

        def written() -> None:
            dialog.accept()
            self._slowly(
                lambda people: people.keep_recovery_code(code), lambda _none: self.show_people()
            )

        page.written.connect(written)
        page.cancelled.connect(dialog.reject)
        dialog.open()

    def _keep_minutes(self) -> None:
        text = self.minutes.value_text()
        if text.isdigit() and SHORTEST_MINUTES <= int(text) <= LONGEST_MINUTES:
            self._context.settings.set(kept.LOCK_MINUTES, int(text))
        self.minutes.set_value_text(str(lock_minutes(self._context.settings)))

    def _slowly(self, act: Callable[[People], object], done: Callable[[object], object]) -> None:
        """What derives a key takes its time: on the thread for long work."""
        self._note.hide()
        self._busy.start(tr("One moment…"))

        def work(_progress: Progress) -> object:
            other = self._context.workspace.another()
            try:
                return act(other.people)
            finally:
                other.close()

        def finish(result: object) -> None:
            self._busy.finish()
            done(result)

        follow(self, self._context.jobs.start(work), done=finish, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        self._busy.finish()
        if not isinstance(error, UserError):
            raise error
        self._refuse(error)

    def _refuse(self, error: UserError) -> None:
        self._note.set_problem("error", str(error))
        self._note.show()


def _tell_password(ask: Asker, page: QWidget, name: str, password: str) -> None:
    words = tr(
        "{name} signs in with this password once, and must then choose another:\n\n{password}"
        "\n\nIt is not shown again."
    ).format(name=name, password=password)
    ask.message(page, tr("First password"), words, "done")


def _state(one: OfficePerson) -> str:
    parts = [role_title(role) for role in Role if role in one.roles]
    if one.disabled:
        return tr("shut out")
    if one.must_change:
        parts.append(tr("first password not changed yet"))
    return ", ".join(parts)
