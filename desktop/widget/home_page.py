"""The first page: what is overdue, what is wrong, how full the report is, what was exported."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.base.numbers import format_integer
from desktop.base.translate import tr
from desktop.model.bridge import follow, listen
from desktop.model.problem_table import State
from desktop.service.export_checks import filled_sheets
from desktop.service.overview import Reminder, reminders, targets, unapproved_plans, unplaced
from desktop.widget import theme
from desktop.widget.parts import BarRow, Button, Card, CardRow, Paragraph

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from desktop.base.progress import Progress
    from desktop.model.checks import Checks
    from desktop.model.period_reports import PeriodReports
    from desktop.service.overview import Progress112
    from desktop.service.report_data import Period, Report
    from desktop.widget.context import PageContext

SHOWN_EXPORTS = 4
BEGIN_WITH = ("worker", "client", "organization")
"""Registers an empty office begins with."""


class Doors(Protocol):
    """Where the home page leads, beside records."""

    def open_check(self, state: str) -> None:
        """The check page, showing problems of one state."""
        ...

    def open_report(self, view: str) -> None:
        """The report page, showing a sheet or a panel."""
        ...

    def open_figure(self, sheet: str, part: str, row: str, column: str, words: str) -> None:
        """The records behind a figure of the report that is due."""
        ...


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
        self._doors = doors
        self._plans: Reminder | None = None
        self._plans_known = False
        self.period: Period = context.workspace.reporting.to_report()
        self._build()
        checks.changed.connect(self._show_problems)
        reports.ready.connect(self._take_report)
        reports.stale.connect(self._ask_if_seen)
        listen(self, context.workspace.changed, lambda _: self._show_begin())
        self._show_all()

    def _build(self) -> None:
        self._overdue = Card(tr("Overdue and soon due"))
        self._before = Card(tr("Before the report leaves"))
        self._targets = Card(self._targets_title(), tr("until {day}").format(day=self._closing()))
        self._sent = Card(tr("Exported"))
        self._begin = Card(tr("To begin with"))
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
        inside.setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area)

    def _targets_title(self) -> str:
        phase = self.period.phase
        if phase is None:
            return tr("Targets")
        years = f"{phase.first}–{phase.last}"
        return tr("Targets of Decision 112, phase {years}").format(years=years)

    def _closing(self) -> str:
        return f"{min(self.period.closing, self._context.workspace.today):%d/%m/%Y}"

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.current().color("background"))

    # What the window calls

    def entered(self) -> None:
        """The page was brought to the front: paint first, then work out what is not known yet."""
        self._show_sent()
        self._show_begin()
        QTimer.singleShot(0, self, self._ask)

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

    def _take_plans(self, found: Reminder | None) -> None:
        self._plans = found
        self._show_problems()

    def _take_report(self, code: str) -> None:
        if code == self.period.code:
            self._show_problems()
            self._show_targets()

    def _fail(self, error: Exception) -> None:
        raise error

    # The cards

    def _show_all(self) -> None:
        self._show_problems()
        self._show_targets()

    def _show_problems(self) -> None:
        self._show_overdue()
        self._show_before()

    def _show_overdue(self) -> None:
        checked = self._checks.result
        self._overdue.clear()
        if checked is None:
            self._overdue.set_note("")
            self._overdue.add(_waiting())
            return
        found = reminders(checked)
        if self._plans is not None:
            found.append(self._plans)
        count = sum(len(one.ids) for one in found)
        self._overdue.set_note(format_integer(count) if count else "")
        for one in found:
            row = CardRow(one.text, tr("open it"), strong=one.urgent, opens=True)
            row.opened.connect(self._opener(one))
            self._overdue.add(row)
        if not found:
            self._overdue.add(Paragraph(tr("Nothing is overdue."), "quiet"))

    def _opener(self, reminder: Reminder) -> Callable[[], object]:
        window = self._context.window
        if len(reminder.ids) == 1:
            return lambda: window.open_record(reminder.register, reminder.ids[0])
        words = " · ".join(part for part in (reminder.urgent, reminder.text) if part)
        return lambda: window.open_records(reminder.register, reminder.ids, words)

    def _show_before(self) -> None:
        due = self._context.workspace.reporting.due(self.period)
        self._before.set_note(tr("due on {day}").format(day=f"{due:%d/%m/%Y}") if due else "")
        self._before.clear()
        checked = self._checks.result
        if checked is None:
            self._before.add(_waiting())
        else:
            self._add_state(tr("Errors to be corrected"), checked.errors, State.ERROR)
            self._add_state(tr("Warnings without a reason"), checked.open_warnings, State.WARNING)
            people = unplaced(checked)
            if people is not None:
                row = CardRow(people.text, format_integer(len(people.ids)), opens=True)
                row.opened.connect(self._opener(people))
                self._before.add(row)
        report = self._reports.report(self.period.code)
        if report is not None:
            self._before.add(self._filled(report))

    def _add_state(self, text: str, count: int, state: State) -> None:
        role = str(state) if count else "quiet"
        row = CardRow(text, format_integer(count), value_role=role, opens=True)
        row.opened.connect(lambda: self._doors.open_check(state))
        self._before.add(row)

    def _filled(self, report: Report) -> CardRow:
        filled, of = filled_sheets(report)
        told = tr("{filled} of {all}").format(filled=filled, all=of)
        row = CardRow(tr("Sheets with figures"), told, opens=True)
        row.opened.connect(lambda: self._doors.open_report("B01"))
        return row

    def _show_targets(self) -> None:
        self._targets.clear()
        report = self._reports.report(self.period.code)
        problem = self._reports.problem(self.period.code)
        if report is None:
            self._targets.add(Paragraph(problem, "quiet") if problem else _waiting())
            return
        for one in targets(report):
            row = BarRow(one.number, one.title, one.share, one.target, one.value, one.target_text)
            row.opened.connect(self._target_opener(one))
            self._targets.add(row)

    def _target_opener(self, one: Progress112) -> Callable[[], None]:
        if not one.counted:
            return lambda: self._doors.open_report("B01")
        return lambda: self._doors.open_figure("B01", "I", one.code, "3", one.title)

    def _show_sent(self) -> None:
        reporting = self._context.workspace.reporting
        exports = reporting.exports()
        self._sent.clear()
        self._sent.setVisible(bool(exports))
        for one in exports[:SHOWN_EXPORTS]:
            title = reporting.period(one.period, one.calendar).title
            words = tr("{period} · revision {revision}").format(period=title, revision=one.revision)
            at = f"{one.made_at[8:10]}/{one.made_at[5:7]}/{one.made_at[:4]} {one.made_at[11:16]}"
            row = CardRow(words, f"{at} · {one.file_name}", opens=True)
            row.opened.connect(lambda: self._doors.open_report("export"))
            self._sent.add(row)

    def _show_begin(self) -> None:
        """Where to begin, while nothing is recorded yet."""
        workspace = self._context.workspace
        known = [name for name in BEGIN_WITH if name in workspace.registers]
        empty = not any(workspace.lookups.count(name) for name in known)
        self._begin.setVisible(empty)
        if not empty or self._begin.body.count():
            return
        self._begin.add(
            Paragraph(
                tr("Record who works here and whom you support; the report follows from that."),
                "quiet",
            )
        )
        for name in known:
            register = workspace.registers[name]
            button = Button(tr("Add: {register}").format(register=register.one), icon="plus")
            button.clicked.connect(self._adder(name))
            self._begin.body.addSpacing(6)
            self._begin.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _adder(self, register: str) -> Callable[[], object]:
        return lambda: self._context.window.add_record(register, {})


def _waiting() -> Paragraph:
    return Paragraph(tr("Counting…"), "quiet")
