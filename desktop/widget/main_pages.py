"""The window with all its pages: registers, and home, check and report over one set of answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.base.settings import Settings
from desktop.base.translate import tr
from desktop.model.checks import Checks
from desktop.model.period_reports import PeriodReports
from desktop.service.rights import Action
from desktop.widget import window_settings as kept
from desktop.widget.check_page import CheckPage
from desktop.widget.draft_door import DRAFTS
from desktop.widget.drafts_page import DraftsPage
from desktop.widget.home_page import HomePage
from desktop.widget.main_window import MainWindow
from desktop.widget.office_pages import add_office_pages
from desktop.widget.page_stack import REGISTER
from desktop.widget.report_page import ReportPage
from desktop.widget.system_pages import SystemPages
from desktop.widget.title_strip import Heading

if TYPE_CHECKING:
    from desktop.model.jobs import Jobs
    from desktop.service.workspace import Workspace
    from desktop.widget.ask import Asker

HOME, CHECK, REPORT = "home", "check", "report"


def make_main_window(workspace: Workspace, jobs: Jobs, ask: Asker | None = None) -> MainWindow:
    """The main window of an office, at the page it was left on."""
    settings = Settings(kept.WINDOW_SETTINGS, workspace.paths.settings_file)
    settings.load()
    window = MainWindow(workspace, jobs, settings, ask, heading=lambda: heading_of(workspace))
    MainPages(window)
    SystemPages(window)
    add_office_pages(window)
    last = settings.get(kept.LAST_PAGE)
    if window.drafts.has_offer():
        last = DRAFTS
    elif last == DRAFTS or last not in window.pages.page_keys():
        last = HOME
    window.open_page(last)
    return window


def heading_of(workspace: Workspace) -> Heading:
    """Office, period and the days its report still has, for the strip at the top."""
    office = workspace.office_on(workspace.today)
    reporting = workspace.reporting
    period = reporting.to_report()
    due = reporting.due(period)
    return Heading(
        office=office.name if office else "",
        period=period.title,
        dates=f"{period.date_from:%d/%m/%Y}–{period.date_to:%d/%m/%Y}",
        days_left=(due - workspace.today).days if due else None,
    )


class MainPages:
    """Home, check and report of one window, and the doors between them; the window keeps it."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        workspace, jobs = window.context.workspace, window.context.jobs
        self._workspace = workspace
        self._last_place = ("", "")
        self.checks = Checks(workspace, jobs, self._closing_date, window)
        self.reports = PeriodReports(workspace, jobs, window)
        window.pages.add_page(
            HOME, tr("Home"), "home", "", lambda c: HomePage(c, self.checks, self.reports, self)
        )
        if self._checks():
            window.pages.add_page(
                CHECK,
                tr("Check"),
                "search-check",
                "",
                lambda c: CheckPage(c, self.checks, lambda: self._last_place),
            )
        window.pages.add_page(
            REPORT,
            tr("Period report"),
            "chart",
            "",
            lambda c: ReportPage(c, self.reports, self.checks),
        )
        window.pages.add_page(DRAFTS, tr("Drafts"), "pencil", "", DraftsPage)
        self.checks.changed.connect(self._show_count)
        window.problems.follow(self.checks)
        window.problems.listed.connect(self._list_problems)
        window.pages.changed.connect(self._note_place)

    def _closing_date(self) -> str | None:
        """The end of the period to report, once it is past."""
        closing = self._workspace.reporting.to_report().closing
        return closing.isoformat() if closing < self._workspace.today else None

    def _show_count(self) -> None:
        found = self.checks.result
        sidebar = self.window.sidebar
        sidebar.set_problems(CHECK, *((found.errors, found.open_warnings) if found else (0, 0)))
        counts = found.by_register if found else {}
        for name in self._workspace.registers:
            sidebar.set_problems(REGISTER + name, *counts.get(name, (0, 0)))

    def open_check(self, state: str = "", register: str = "", rule: str = "") -> None:
        """The check page, showing problems of one state, register and rule."""
        if self._checks() and self.window.open_page(CHECK):
            self._check_page().show_only(state=state, register=register, rule=rule)

    def _checks(self) -> bool:
        return self._workspace.rights.may(Action.CHECK)

    def _note_place(self) -> None:
        if self.window.pages.current_register() is not None:
            self._last_place = self.window.problems.place

    def _list_problems(self) -> None:
        """Those of the record on show, else of its register, else of the period."""
        if self._checks() and self.window.open_page(CHECK):
            self._check_page().show_place()

    def _check_page(self) -> CheckPage:
        page = self.window.pages.page(CHECK)
        assert isinstance(page, CheckPage)  # noqa: S101  (made above)
        return page

    def open_report(self, view: str) -> None:
        """The report page, showing a sheet or a panel."""
        if self.window.open_page(REPORT):
            self._report_page().show_view(view)

    def open_figure(self, sheet: str, part: str, row: str, column: str, words: str) -> None:
        """The records behind a figure of the report that is due."""
        if self.window.open_page(REPORT):
            page = self._report_page()
            page.show_view(sheet)
            page.show_records(part, row, column, words)

    def _report_page(self) -> ReportPage:
        page = self.window.pages.page(REPORT)
        assert isinstance(page, ReportPage)  # noqa: S101  (made above)
        return page
