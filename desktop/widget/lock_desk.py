"""The lock: hides the window behind the sign-in, and brings it back for whoever was signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.base.errors import UserError
from desktop.model.bridge import follow
from desktop.service import folder
from desktop.service.access import Act
from desktop.service.journal_heads import keep_head
from desktop.widget.private_clipboard import PrivateClipboard
from desktop.widget.session_lock import SessionLock, close_what_is_open, lock_minutes
from desktop.widget.sign_in import SignInPage

if TYPE_CHECKING:
    from desktop.model.jobs import Jobs
    from desktop.service.folder import Person
    from desktop.widget.main_window import MainWindow


class LockDesk(QObject):
    """Of one main window, from its first showing until it is put away."""

    another = Signal(object, bytes)
    """(person, key): somebody else signs in while the window is locked."""

    def __init__(self, window: MainWindow, jobs: Jobs) -> None:
        super().__init__(window)
        self._window = window
        self._workspace = window.context.workspace
        self._jobs = jobs
        self.page: SignInPage | None = None
        """The sign-in in front of the hidden window; None while it is open."""
        settings = window.context.settings
        self.clipboard = PrivateClipboard(self)
        self.watch = SessionLock(window, lambda: lock_minutes(settings))
        self.watch.due.connect(self.lock)
        window.lock_asked.connect(self.lock)
        window.closed.connect(self.clipboard.clear)

    def lock(self) -> None:
        """Hide everything; what is being typed is settled first, so that its draft is kept."""
        if self.page is not None:
            return
        register = self._window.pages.current_register()
        if register is not None and register.form.state is not None:
            register.form.sections.commit()
        close_what_is_open(self._window)
        self.clipboard.clear()
        access = self._workspace.access
        access.note(Act.LOCK, "")
        access.flush()
        keep_head(self._workspace.database)
        self._show_sign_in()
        self._window.hide()

    def _show_sign_in(self) -> None:
        workspace = self._workspace
        try:
            people = folder.people(workspace.paths)
        except UserError:  # the file is away: only who is here can come back
            people = [workspace.person]
        page = SignInPage(
            str(workspace.paths.data),
            [(one.id, one.name) for one in people],
            locked_by=workspace.person.id,
        )
        page.asked.connect(self._try)
        page.setGeometry(self._window.geometry())
        page.setWindowState(self._window.windowState())
        page.show()
        self.page = page

    def _try(self, person_id: str, password: str) -> None:
        workspace = self._workspace
        try:
            known = folder.people(workspace.paths)
            person = next(one for one in known if one.id == person_id)
        except UserError as error:
            self._failed(error)
            return
        follow(
            self,
            self._jobs.start(lambda _: folder.unlock(workspace.paths, person, password)),
            done=lambda key: self._opened(person, key),
            failed=self._failed,
        )

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        if self.page is not None:
            self.page.show_problem(str(error))

    def _opened(self, person: Person, key: bytes) -> None:
        if person.id != self._workspace.person.id or key != self._workspace.database.key:
            self.another.emit(person, key)
            return
        self._workspace.access.note(Act.SIGN_IN, "")
        self._window.show()
        self.put_away()

    def put_away(self) -> None:
        """Take the sign-in away."""
        if self.page is not None:
            self.page.close()
            self.page.deleteLater()
            self.page = None
