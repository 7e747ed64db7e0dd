"""The page "Báo cáo kỳ": the sheets of a period as on paper, how they count, and their export."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.base.errors import UserError
from desktop.base.translate import tr
from desktop.model.bridge import follow
from desktop.widget import theme
from desktop.widget.earlier_figures import BEFORE, YEAR_AGO, EarlierFigures, EarlierPeriod
from desktop.widget.export_panel import ExportPanel
from desktop.widget.inputs import ChoiceInput, Option
from desktop.widget.parts import BusyOverlay, Button, EmptyState, Toolbar
from desktop.widget.report_nav import EARLIER, EXPORT, SETTINGS, WIDTH, ReportNav
from desktop.widget.report_settings import ReportSettings
from desktop.widget.sheet_view import SheetView

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from desktop.base.progress import Progress
    from desktop.model.checks import Checks
    from desktop.model.jobs import Job
    from desktop.model.period_reports import PeriodReports
    from desktop.service.report_data import Period
    from desktop.widget.context import PageContext


class ReportPage(QWidget):
    """Shows the report of one period; the first is the one that is due next."""

    def __init__(
        self,
        context: PageContext,
        reports: PeriodReports,
        checks: Checks,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._reports = reports
        self._wanted = ""
        """Key of what is to be shown: a sheet's code or one of the panels."""
        self.period: Period = context.workspace.reporting.to_report()
        self._checks = checks
        self.settings: ReportSettings | None = None
        """Choices of how to count; made when first looked at."""
        self._build(checks)
        reports.ready.connect(self._take)
        reports.stale.connect(self._ask_if_seen)

    def _build(self, checks: Checks) -> None:
        self.head = Toolbar(tr("Period report"))
        self._choice = ChoiceInput(show_codes=False)
        self._choice.set_label(tr("Period"))
        self._choice.edited.connect(self._choose)
        self._offer_periods()
        self._export = Button(tr("Export…"), "primary", icon="download", key="Ctrl+E")
        self._export.clicked.connect(self.show_export)
        self.head.add(self._choice)
        self.head.add(self._export)
        self.sheet = SheetView()
        self.sheet.records_asked.connect(self.show_records)
        self.earlier = EarlierFigures(self._context)
        self.earlier.changed.connect(self._reports.forget)
        self.export = ExportPanel(self._context, checks)
        self.export.started.connect(partial(self._follow, tr("Writing the workbook…")))
        self.export.exported.connect(self._reports.forget)
        self._nothing = EmptyState("chart", tr("There is no report yet"), "")
        self._stack = QStackedWidget()
        for view in (self._nothing, self.sheet, self.earlier, self.export):
            self._stack.addWidget(view)
        body = QHBoxLayout()
        body.setSpacing(0)
        self._nav = ReportNav()
        self._nav.chosen.connect(self.show_view)
        body.addWidget(self._nav)
        body.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addLayout(body, 1)
        self._busy = BusyOverlay(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.current().color("background"))
        nav = self.rect().adjusted(0, self.head.height(), 0, 0)
        nav.setWidth(WIDTH)
        painter.fillRect(nav, theme.current().color("panel"))
        painter.setPen(theme.current().color("line"))
        painter.drawLine(nav.right(), nav.top(), nav.right(), nav.bottom())

    # Which period

    def entered(self) -> None:
        """The page was brought to the front."""
        self._show_report()
        self._ask()
        self.sheet.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer_periods(self) -> None:
        choices = {one.code: one for one in self._context.workspace.reporting.choices()}
        choices.setdefault(self.period.code, self.period)
        self._choice.set_options(Option(one.code, one.title) for one in choices.values())
        self._choice.set_columns(32)
        self._choice.set_value_text(self.period.code)

    def _choose(self) -> None:
        if self._choice.is_readable() and self._choice.value_text():
            self.show_period(self._choice.value_text())

    def show_period(self, code: str) -> None:
        """Show another period. Raises `UnknownPeriod`."""
        self.period = self._context.workspace.reporting.period(code)
        self._choice.set_value_text(code)
        self._show_head()
        if self._wanted == EXPORT:
            self.export.show_period(self.period)
        self._show_report()
        self._ask()

    def _show_head(self) -> None:
        period = self.period
        parts = [f"{period.date_from:%d/%m/%Y} – {period.date_to:%d/%m/%Y}"]
        due = self._context.workspace.reporting.due(period)
        if due is not None:
            parts.append(tr("due on {day}").format(day=f"{due:%d/%m/%Y}"))
        report = self._reports.report(period.code)
        if report is not None:
            parts.append(tr("next export: revision {revision}").format(revision=report.revision))
        self.head.set_title(tr("Period report"), " · ".join(parts))

    # The report

    def _ask_if_seen(self) -> None:
        if self.isVisible():
            self._ask()

    def _ask(self) -> None:
        job = self._reports.ask(self.period.code)
        if job is not None and self._reports.report(self.period.code) is None:
            self._follow(tr("Counting…"), job)

    def _follow(self, title: str, job: Job) -> None:
        self._busy.start(title, job.cancel)
        job.progressed.connect(self._busy.report)
        job.finished.connect(self._busy.finish)

    def _take(self, code: str) -> None:
        if code == self.period.code:
            self._show_report()

    def _show_report(self) -> None:
        report = self._reports.report(self.period.code)
        self._show_head()
        if report is not None:
            self._nav.offer(report)
            self.earlier.show_report(report, self._earlier_periods())
        self.show_view(self._wanted or "B01")

    def _earlier_periods(self) -> list[EarlierPeriod]:
        reporting = self._context.workspace.reporting
        periods = reporting.reports.periods
        office = self._context.workspace.office_on(self._context.workspace.today)
        since = office.unit.valid_from if office else ""
        found = []
        for period, column in (
            (periods.previous(self.period), BEFORE),
            (periods.same_last_year(self.period), YEAR_AGO),
        ):
            if period is not None:
                found.append(EarlierPeriod(period, column, rebased=False))
                if period.closing.isoformat() < since:
                    found.append(EarlierPeriod(period, column, rebased=True))
        return found

    def show_export(self) -> None:
        """Ctrl+E: the keyboard on the button that exports."""
        self.show_view(EXPORT)
        self.export.button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_view(self, key: str) -> None:
        """Show a sheet by its code, or one of the panels."""
        self._wanted = key
        self._nav.set_current(key)
        panels: dict[str, QWidget] = {EXPORT: self.export, EARLIER: self.earlier}
        if key == SETTINGS:
            if self.settings is None:
                self.settings = ReportSettings(self._context)
                self.settings.changed.connect(self._reports.forget)
                self.settings.changed.connect(self._checks.forget)
                self._stack.addWidget(self.settings)
            panels[key] = self.settings
        if key == EXPORT:
            self.export.show_period(self.period)
        if key in panels:
            self._stack.setCurrentWidget(panels[key])
            return
        report = self._reports.report(self.period.code)
        sheet = next((one for one in report.sheets if one.code == key), None) if report else None
        if sheet is None:
            self._show_nothing()
            return
        self.sheet.show_sheet(sheet)
        self._stack.setCurrentWidget(self.sheet)

    def _show_nothing(self) -> None:
        problem = self._reports.problem(self.period.code)
        shown = EmptyState("chart", tr("There is no report yet"), problem)
        self._stack.removeWidget(self._nothing)
        self._nothing.deleteLater()
        self._nothing = shown
        self._stack.insertWidget(0, shown)
        self._stack.setCurrentWidget(shown)

    def show_records(self, part: str, row: str, column: str, words: str) -> None:
        """Open the list of the records a figure was counted from."""
        sheet = self.sheet.sheet()
        if sheet is None:
            return
        code, period = sheet.code, self.period.code

        def work(_progress: Progress) -> tuple[str, list[str]]:
            other = self._context.workspace.another()
            try:
                reporting = other.reporting
                return reporting.records_of(reporting.period(period), code, part, row, column)
            finally:
                other.close()

        job = follow(
            self,
            self._context.jobs.start(work),
            done=lambda found: self._open_records(found, f"{code} · {words}"),
            failed=self._say_failed,
        )
        self._follow(tr("Finding the records…"), job)

    def _open_records(self, found: tuple[str, list[str]], words: str) -> None:
        register, ids = found
        if ids:
            self._context.window.open_records(register, tuple(ids), words)
        else:
            self._context.window.say(tr("No record was counted for this figure."), level="info")

    def _say_failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self._context.ask.message(self, tr("Not done"), str(error), "error", error.hint)
