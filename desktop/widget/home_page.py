"""The first page: what is overdue, what is wrong, how full the report is, what was exported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.model.bridge import follow, listen
from desktop.service.overview import unapproved_plans
from desktop.widget import theme
from desktop.widget.home_cards import BeforeCard, BeginCard, OverdueCard, SentCard, TargetsCard

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from desktop.base.progress import Progress
    from desktop.model.checks import Checks
    from desktop.model.period_reports import PeriodReports
    from desktop.service.overview import Reminder
    from desktop.service.report_data import Period
    from desktop.widget.context import PageContext
    from desktop.widget.home_cards import Doors


class HomePage(QWidget):
    """Real figures only; each line opens what it counts."""

    def __init__(
        self,
        context: PageContext,
        checks: Checks,
        reports: PeriodReports,
        doors: Doors,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._checks = checks
        self._reports = reports
        self._plans: Reminder | None = None
        self._plans_known = False
        self.period: Period = context.workspace.reporting.to_report()
        self._begin = BeginCard(context)
        self._overdue = OverdueCard(context.window)
        self._before = BeforeCard(context.window, doors)
        self._targets = TargetsCard(self.period, context.workspace.today, doors)
        self._sent = SentCard(context, doors)
        self._lay_out()
        checks.changed.connect(self._show_problems)
        reports.ready.connect(self._take_report)
        reports.stale.connect(self._ask_if_seen)
        listen(self, context.workspace.changed, lambda _: self._begin.show_if_empty())
        self._show_problems()
        self._show_targets()

    def _lay_out(self) -> None:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(20, 16, 20, 16)
        grid.setSpacing(12)
        grid.addWidget(self._begin, 0, 0, 1, 2)
        grid.addWidget(self._overdue, 1, 0)
        grid.addWidget(self._before, 1, 1)
        grid.addWidget(self._targets, 2, 0, 1, 2)
        grid.addWidget(self._sent, 3, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(4, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        inside.setAutoFillBackground(False)  # setWidget turns it on
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.current().color("background"))

    def entered(self) -> None:
        """The page was brought to the front: paint first, then work out what is not known yet."""
        self._sent.show_exports()
        self._begin.show_if_empty()
        QTimer.singleShot(0, self, self._ask)

    # Asking

    def _ask(self) -> None:
        self._checks.ensure()
        self._reports.ask(self.period.code)
        self._ask_plans()

    def _ask_if_seen(self) -> None:
        self._plans_known = False
        if self.isVisible():
            self._reports.ask(self.period.code)
            self._ask_plans()

    def _ask_plans(self) -> None:
        if self._plans_known:
            return
        self._plans_known = True

        def work(_progress: Progress) -> Reminder | None:
            other = self._context.workspace.another()
            try:
                return unapproved_plans(other)
            finally:
                other.close()

        follow(self, self._context.jobs.start(work), done=self._take_plans, failed=self._fail)

    # Showing

    def _take_plans(self, found: Reminder | None) -> None:
        self._plans = found
        self._show_problems()

    def _take_report(self, code: str) -> None:
        if code == self.period.code:
            self._show_problems()
            self._show_targets()

    def _fail(self, error: Exception) -> None:
        raise error

    def _show_problems(self) -> None:
        checked = self._checks.result
        due = self._context.workspace.reporting.due(self.period)
        self._overdue.show_found(checked, self._plans)
        self._before.show_found(checked, self._reports.report(self.period.code), due)

    def _show_targets(self) -> None:
        code = self.period.code
        self._targets.show_report(self._reports.report(code), self._reports.problem(code))
