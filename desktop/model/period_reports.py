"""Reports of periods, worked out beside the window and kept until a record or a choice changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.base.errors import UserError
from desktop.model.bridge import follow, listen

if TYPE_CHECKING:
    from desktop.base.progress import Progress
    from desktop.model.jobs import Job, Jobs
    from desktop.service.report_data import Report
    from desktop.service.saving import Changed
    from desktop.service.workspace import Workspace


class PeriodReports(QObject):
    """`ask` for a period, hear `ready`; a report that is no longer true stays until it is asked
    for again, so that a page has something to show meanwhile."""

    ready = Signal(str)
    """Code of a period whose report is there, or whose `problem` is."""
    started = Signal(object)
    """The `Job` of a report."""
    stale = Signal()
    """Every report may be another now."""

    def __init__(self, workspace: Workspace, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._jobs = jobs
        self._reports: dict[str, Report] = {}
        self._problems: dict[str, str] = {}
        self._fresh: set[str] = set()
        self._running: dict[str, Job] = {}
        listen(self, workspace.changed, self._records_changed)

    def report(self, code: str) -> Report | None:
        """The report worked out last, None while there is none."""
        return self._reports.get(code)

    def problem(self, code: str) -> str:
        """Why there is no report, in words; "" where there is one or none was asked for."""
        return self._problems.get(code, "")

    def is_fresh(self, code: str) -> bool:
        """True if nothing has changed since it was worked out."""
        return code in self._fresh

    def ask(self, code: str) -> Job | None:
        """Work the report out unless it is fresh or under way; its job if there is one now."""
        if code in self._running or code in self._fresh:
            return self._running.get(code)
        self._fresh.add(code)  # what changes from now on makes it stale again

        def work(progress: Progress) -> Report:
            other = self._workspace.another()
            try:
                reporting = other.reporting
                return reporting.report(reporting.period(code), progress)
            finally:
                other.close()

        job = follow(
            self,
            self._jobs.start(work),
            done=lambda report: self._take(code, report),
            failed=lambda error: self._refuse(code, error),
            stopped=lambda: self._fresh.discard(code),
            finished=lambda: self._running.pop(code, None),
        )
        self._running[code] = job
        self.started.emit(job)
        return job

    def forget(self) -> None:
        """Settings of the reports were changed: none is true any more."""
        self._fresh.clear()
        self.stale.emit()

    def _take(self, code: str, report: Report) -> None:
        self._reports[code] = report
        self._problems.pop(code, None)
        self.ready.emit(code)

    def _refuse(self, code: str, error: Exception) -> None:
        self._fresh.discard(code)
        if not isinstance(error, UserError):
            raise error
        self._problems[code] = str(error)
        self._reports.pop(code, None)
        self.ready.emit(code)

    def _records_changed(self, _change: Changed) -> None:
        self.forget()
