"""The last check of the whole register, kept up as records change: for home, sidebar and page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.model.bridge import Soon, follow, listen
from desktop.schema.definition import Gate
from desktop.service.checking import Checked, check_again, check_all
from desktop.service.closing import closing_on
from desktop.service.rights import Action

if TYPE_CHECKING:
    from desktop.base.progress import Progress
    from desktop.model.jobs import Job, Jobs
    from desktop.service.saving import Changed
    from desktop.service.workspace import Workspace

AGAIN_MS = 60
"""Changed records are looked at again so long after the last of them."""


class Checks(QObject):
    """Asks the rules of the close gate: those of saving, and those of a report about to leave."""

    changed = Signal()
    """`result` is another."""
    started = Signal(object)
    """A check of everything began: its `Job`."""

    def __init__(
        self,
        workspace: Workspace,
        jobs: Jobs,
        closing_date: Callable[[], str | None] = lambda: None,
        parent: QObject | None = None,
    ) -> None:
        """`closing_date`: ISO date of the period's end once that is past, None for today."""
        super().__init__(parent)
        self.result: Checked | None = None
        self.checked_at: datetime | None = None
        """When everything was checked last."""
        self.job: Job | None = None
        """The check of everything under way."""
        self._workspace = workspace
        self._jobs = jobs
        self._closing_date = closing_date
        self._touched: set[tuple[str, str]] = set()
        self._outdated = False
        self._again = Soon(self, self._check_again, AGAIN_MS)
        listen(self, workspace.changed, self._records_changed)

    def start(self) -> Job:
        """Check everything, unless that is under way; the job's signals tell how it goes."""
        if self.job is not None:
            return self.job
        self._touched.clear()
        self._outdated = False
        closing = self._closing_date()

        def work(progress: Progress) -> Checked:
            other = self._workspace.another()
            try:
                with closing_on(other, closing):
                    return check_all(other, Gate.CLOSE, progress)
            finally:
                other.close()

        self.job = follow(
            self,
            self._jobs.start(work),
            done=self._all_checked,
            failed=self._failed,
            finished=self._finished,
        )
        self.started.emit(self.job)
        return self.job

    def ensure(self) -> None:
        """Check everything if that was never done, or not by the rules there are now; nothing for
        somebody whose role does not check."""
        if not self._workspace.rights.may(Action.CHECK):
            return
        if self.result is None or self._outdated:
            self.start()

    def forget(self) -> None:
        """The office has chosen other limits for its rules: `ensure` is to check everything."""
        self._outdated = True

    def _all_checked(self, found: Checked) -> None:
        self.checked_at = self._workspace.clock.now()
        self._take(found)

    def _finished(self) -> None:
        self.job = None
        if self._touched:
            self._again.ask()

    def _failed(self, error: Exception) -> None:
        raise error

    def _take(self, found: Checked) -> None:
        self.result = self._to_be_seen(found)
        self.changed.emit()

    def _to_be_seen(self, found: Checked) -> Checked:
        """Without the records this person must not even find."""
        sight = self._workspace.sight
        names = {one.register for one in found.records}
        if all(sight.sees_all(name) for name in names):
            return found
        hidden = {
            (name, id)
            for name in names
            for id in sight.hidden_among(
                name, [one.id for one in found.records if one.register == name]
            )
        }
        return Checked(tuple(r for r in found.records if (r.register, r.id) not in hidden))

    def _records_changed(self, change: Changed) -> None:
        self.note(change.records)

    def note(self, records: Iterable[tuple[str, str]]) -> None:
        """These records are to be looked at again."""
        self._touched |= set(records)
        self._again.ask()

    def _check_again(self) -> None:
        before = self.result
        if before is None or self.job is not None or not self._touched:
            return
        touched, self._touched = self._touched, set()
        closing = self._closing_date()

        def work(_progress: Progress) -> Checked:
            other = self._workspace.another()
            try:
                with closing_on(other, closing):
                    return check_again(other, before, touched, Gate.CLOSE)
            finally:
                other.close()

        follow(
            self,
            self._jobs.start(work),
            done=lambda found: self._take_again(before, found, touched),
            failed=self._failed,
        )

    def _take_again(self, before: Checked, found: Checked, touched: set[tuple[str, str]]) -> None:
        if self.result is before:
            self._take(found)
        else:  # another answer came meanwhile: ask about these records once more
            self.note(touched)
