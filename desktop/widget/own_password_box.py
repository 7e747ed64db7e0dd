"""Change the own password: the old one, the new one twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout

from desktop.base.errors import UserError
from desktop.base.translate import tr
from desktop.model.bridge import follow
from desktop.widget.parts import Button, Paragraph, ProblemNote, heading, quiet
from desktop.widget.password_fields import PasswordFields

if TYPE_CHECKING:
    from desktop.base.progress import Progress
    from desktop.widget.main_window import MainWindow

WIDTH = 520


class OwnPasswordBox(QDialog):
    """Over the window of who is signed in."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.setWindowTitle(tr("Change my password"))
        self.setFixedWidth(WIDTH)
        self.old = QLineEdit()
        self.old.setEchoMode(QLineEdit.EchoMode.Password)
        self.old.setAccessibleName(tr("Password so far"))
        self.fields = PasswordFields(named=window.context.workspace.person.name)
        self._note = ProblemNote("error", "")
        self._note.hide()
        self.keep = Button(tr("Keep the password"), "primary", key="Enter")
        self.keep.clicked.connect(self.change)
        back = Button(tr("Go back"), key="Esc")
        back.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(heading(tr("Change my password")))
        words = tr("The data are not encrypted anew; the recovery code stays as it is.")
        column.addWidget(Paragraph(words, "quiet"))
        column.addWidget(quiet(tr("Password so far")))
        column.addWidget(self.old)
        column.addWidget(self.fields)
        column.addWidget(self._note)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(back)
        line.addWidget(self.keep)
        column.addLayout(line)
        self.old.returnPressed.connect(self.fields.take_focus)
        self.fields.move_on.connect(self.change)
        self.old.setFocus()

    def change(self) -> None:
        """Wrap the key under the new password, on the thread for long work."""
        if not self.keep.isEnabled() or self.fields.complain():
            return
        self.keep.setEnabled(False)
        workspace, old, new = (
            self._window.context.workspace,
            self.old.text(),
            self.fields.password(),
        )

        def work(_progress: Progress) -> None:
            other = workspace.another()
            try:
                other.people.change_own_password(old, new)
            finally:
                other.close()

        job = self._window.context.jobs.start(work)
        follow(self, job, done=lambda _none: self._done(), failed=self._failed)

    def _done(self) -> None:
        self.accept()
        self._window.say(tr("The password was changed"))

    def _failed(self, error: Exception) -> None:
        self.keep.setEnabled(True)
        if not isinstance(error, UserError):
            raise error
        self._note.set_problem("error", str(error))
        self._note.show()
        self.old.setFocus()
        self.old.selectAll()
