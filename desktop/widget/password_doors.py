"""The pages about passwords before the window opens: a new one, a forgotten one, the code."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from desktop.base.clock import SystemClock
from desktop.base.errors import UserError
from desktop.service import folder
from desktop.service.people import People, recover
from desktop.widget.new_password_page import ForgottenPage, NewPasswordPage
from desktop.widget.recovery_code_page import RecoveryCodePage

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from desktop.base.clock import Clock
    from desktop.base.paths import Paths
    from desktop.base.progress import Progress
    from desktop.model.jobs import Jobs
    from desktop.service.folder import Person
    from desktop.service.preload import Preload
    from desktop.service.workspace import Workspace
    from desktop.widget.centred_page import CentredPage


class PasswordDoors:
    """Of one data folder; the program shows the pages and goes on from them."""

    def __init__(
        self,
        paths: Paths,
        jobs: Jobs,
        ready: Preload,
        clock: Clock | None,
        *,
        show: Callable[[QWidget], None],
        opened: Callable[[Workspace], None],
        unlocked: Callable[[Person, bytes], None],
        back: Callable[[], None],
    ) -> None:
        """`opened`: the office may be shown; `unlocked`: the key is known; `back`: to the start."""
        self._paths = paths
        self._jobs = jobs
        self._ready = ready
        self._clock = clock
        self._show = show
        self._opened = opened
        self._unlocked = unlocked
        self._back = back

    def show_new_password(self, workspace: Workspace, leave: Callable[[], None]) -> None:
        """Ask for the password that follows one somebody else gave."""
        page = NewPasswordPage(workspace.person.name)

        def keep(password: str) -> None:
            self._with_people(
                workspace, lambda people: people.replace_given_password(password), page
            )

        page.chosen.connect(keep)
        page.cancelled.connect(leave)
        self._show(page)

    def show_code(self, workspace: Workspace) -> None:
        """Show the recovery code of a new office until it is on paper."""
        code = workspace.people.new_recovery_code()
        office = workspace.office_on(workspace.today)
        page = RecoveryCodePage(code, office.name if office else "", workspace.today.isoformat())
        page.written.connect(
            lambda: self._with_people(
                workspace, lambda people: people.keep_recovery_code(code), page
            )
        )
        self._show(page)

    def _with_people(
        self, workspace: Workspace, act: Callable[[People], None], page: CentredPage
    ) -> None:
        """Do something slow to the people of an office, then open its window."""
        page.set_busy(True)

        def work(_progress: Progress) -> None:
            other = workspace.another()
            try:
                act(other.people)
            finally:
                other.close()

        job = self._jobs.start(work)
        job.done.connect(lambda _none: self._opened(workspace))
        job.failed.connect(partial(_say, page))

    def show_forgotten(self, person_id: str) -> None:
        """Ask for the printed code and a new password."""
        people = folder.people(self._paths)
        page = ForgottenPage([(one.id, one.name) for one in people], person_id)
        page.asked.connect(partial(self._recover, page))
        page.cancelled.connect(self._back)
        self._show(page)

    def _recover(self, page: ForgottenPage, person_id: str, code: str, password: str) -> None:
        person = next(one for one in folder.people(self._paths) if one.id == person_id)
        definitions = self._ready.definitions
        clock = self._clock or SystemClock()
        job = self._jobs.start(
            lambda _: recover(
                self._paths, person, code, password, clock=clock, definitions=definitions
            )
        )
        job.done.connect(lambda key: self._unlocked(person, key))
        job.failed.connect(partial(_say, page))


def _say(page: CentredPage, error: Exception) -> None:
    page.set_busy(False)
    if not isinstance(error, UserError):
        raise error
    page.show_problem(str(error))
