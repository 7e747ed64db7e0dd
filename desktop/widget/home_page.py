"""The first page: what is overdue, what is wrong, how full the report is, what was exported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.base.translate import tr
from desktop.model.bridge import Soon, follow, listen
from desktop.service.overview import overview, targets
from desktop.service.sheet_states import sheet_states
from desktop.widget import theme
from desktop.widget.home_cards import BeforeCard, BeginCard, OverdueCard, SentCard
from desktop.widget.home_period import PeriodCard
from desktop.widget.home_sheets import SheetsCard
from desktop.widget.home_targets import TargetsCard
from desktop.widget.parts import Card
from desktop.widget.parts.painted_button import PaintedButton

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from desktop.base.progress import Progress
    from desktop.model.checks import Checks
    from desktop.model.period_reports import PeriodReports
    from desktop.service.overview import Overview
    from desktop.service.report_data import Period, Report
    from desktop.widget.context import PageContext
    from desktop.widget.home_cards import Doors

LOOK_MS = 60
"""What is due is read again so long after the last change or answer."""
GAP = 12


class HomePage(QWidget):
    """Real figures only; each opens what it counts. Old ones stay until new ones are there."""

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
        self._overview: Overview | None = None
        self._stale = True
        self.period: Period = context.workspace.reporting.to_report()
        self._soon = Soon(self, self._look, LOOK_MS)
        self._begin = BeginCard(context)
        self._due = PeriodCard(doors)
        self._overdue = OverdueCard(context.window)
        self._before = BeforeCard(context, doors)
        self._sheets = SheetsCard(doors)
        self._targets = TargetsCard(self.period, context.workspace.today, doors)
        self._sent = SentCard(context, doors)
        self._lay_out()
        checks.changed.connect(self._checked)
        reports.ready.connect(self._take_report)
        reports.stale.connect(self._changed)
        listen(self, context.workspace.changed, lambda _: self._begin.show_if_empty())
        self._show_period()
        self._show_problems()
        self._show_due()
        self._show_targets()

    def _lay_out(self) -> None:
        inside = QWidget()
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(20, 12, 20, 12)
        whole.setSpacing(0)
        grid = QGridLayout()
        whole.addLayout(grid)
        whole.addStretch(1)
        grid.setSpacing(GAP)
        left, self._right = QVBoxLayout(), QVBoxLayout()
        for column in (left, self._right):
            column.setSpacing(GAP)
        left.addWidget(self._due)
        left.addWidget(self._overdue, 1)
        self._right.addWidget(self._before, 1)
        self._right.addWidget(self._sent)
        grid.addWidget(self._begin, 0, 0, 1, 2)
        grid.addLayout(left, 1, 0)
        grid.addLayout(self._right, 1, 1)
        grid.addWidget(self._sheets, 2, 0, 1, 2)
        grid.addWidget(self._targets, 3, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(inside)
        inside.setAutoFillBackground(False)  # setWidget turns it on
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._area)

    def add_card(self, card: Card) -> None:
        """One more card at the right, below what was exported: drafts, safety of the data."""
        self._right.addWidget(card)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.current().color("background"))

    def entered(self) -> None:
        """The page was brought to the front: paint first, then work out what is not known yet."""
        self._sent.show_exports()
        self._begin.show_if_empty()
        self._show_period()
        QTimer.singleShot(0, self, self._ask)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go to the line above or below, over the edges of cards."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        stops = [
            one
            for one in self.findChildren(PaintedButton)
            if one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        stops.sort(key=self._reading_order)
        here = next((n for n, one in enumerate(stops) if one.hasFocus()), -1)
        if step is None or here < 0:
            super().keyPressEvent(event)
            return
        stop = stops[max(0, min(len(stops) - 1, here + step))]
        stop.setFocus(Qt.FocusReason.TabFocusReason)
        self._area.ensureWidgetVisible(stop, 0, 40)

    def _reading_order(self, one: PaintedButton) -> tuple[bool, bool, int, int]:
        """The left column down, then the right one, then what is below both."""
        place = one.mapTo(self, one.rect().topLeft())
        below = self._sheets.isAncestorOf(one) or self._targets.isAncestorOf(one)
        right = not below and place.x() > self.width() // 2
        return below, right, place.y(), place.x()

    # Asking

    def _ask(self) -> None:
        if self._stale or self._overview is None:
            self._look()
        self._checks.ensure()
        self._reports.ask(self.period.code)

    def _changed(self) -> None:
        """Records or choices are others now."""
        self._stale = True
        if self.isVisible():
            self._reports.ask(self.period.code)
            self._soon.ask()

    def _checked(self) -> None:
        self._stale = True
        self._show_problems()
        if self.isVisible():
            self._soon.ask()

    def _look(self) -> None:
        self._stale = False
        checked, period = self._checks.result, self.period

        def work(_progress: Progress) -> Overview:
            other = self._context.workspace.another()
            try:
                return overview(other, period, checked)
            finally:
                other.close()

        follow(self, self._context.jobs.start(work), done=self._take, failed=_raise)

    # Showing

    def _take(self, found: Overview) -> None:
        self._overview = found
        self._show_due()
        self._show_targets()

    def _take_report(self, code: str) -> None:
        if code == self.period.code:
            self._show_sheets()
            self._show_targets()

    def _show_period(self) -> None:
        workspace = self._context.workspace
        due = workspace.reporting.due(self.period)
        self._due.show_period(self.period, workspace.today, due)

    def _show_problems(self) -> None:
        self._before.show_found(self._checks.result)
        self._show_sheets()

    def _show_due(self) -> None:
        known = self._overview
        checked = self._checks.result is not None
        self._overdue.show_due(known.due if known else None, checked=checked)

    def _show_sheets(self) -> None:
        report, problem = self._report()
        if report is None:
            self._sheets.show_words(problem)
            return
        reports = self._context.workspace.reporting.reports
        self._sheets.show_states(sheet_states(report, reports, self._checks.result))

    def _show_targets(self) -> None:
        report, problem = self._report()
        if report is None:
            self._targets.show_words(problem)
            return
        trends = self._overview.trends if self._overview else {}
        self._targets.show_targets(targets(report), report, trends)

    def _report(self) -> tuple[Report | None, str]:
        """The report counted last, or why there is none."""
        code = self.period.code
        report = self._reports.report(code)
        return report, self._reports.problem(code) or tr("Counting…")


def _raise(error: Exception) -> None:
    raise error
