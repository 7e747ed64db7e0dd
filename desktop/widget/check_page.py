"""The page "Kiểm tra": every problem of every record, and the way to its field."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.base.errors import UserError
from desktop.base.translate import tr
from desktop.model.problem_table import OPEN, ProblemRow, ProblemTable, State
from desktop.widget import theme
from desktop.widget.parts import (
    BusyOverlay,
    Button,
    EmptyState,
    ProblemNote,
    Toolbar,
    quiet,
)
from desktop.widget.plain_table import PlainTable
from desktop.widget.problem_filters import PERIOD, WIDE, ProblemFilters

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from desktop.model.checks import Checks
    from desktop.model.jobs import Job
    from desktop.widget.context import PageContext

FIXED, FIXED_WIDE = (0, 1), (0, 1, 2, 3)
"""Columns shortened last; where there is room, what is wrong takes what the others leave."""


class CheckPage(QWidget):
    """Shows what `Checks` found."""

    def __init__(
        self,
        context: PageContext,
        checks: Checks,
        place: Callable[[], tuple[str, str]] = lambda: ("", ""),
        parent: QWidget | None = None,
    ) -> None:
        """`place`: register and record that were on show last, "" for none."""
        super().__init__(parent)
        self._context = context
        self._checks = checks
        self._place = place
        self._build()
        checks.changed.connect(self._show)
        checks.started.connect(self._follow)
        self._show()
        if checks.job is not None:
            self._follow(checks.job)

    def _build(self) -> None:
        self.head = Toolbar(tr("Check"))
        self._again = Button(tr("Check everything"), icon="refresh", key="F5")
        self._again.clicked.connect(self.check_all)
        self.head.add(self._again)
        self.model = ProblemTable(self._context.workspace.registers, self)
        self.table = PlainTable()
        self.table.setAccessibleName(tr("Problems"))
        self.table.setModel(self.model)
        self.table.set_fixed(FIXED)
        self.table.opened.connect(lambda _: self.open_record())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_details())
        self.filters = ProblemFilters(self.model, self._place)
        self.search, self.scope = self.filters.search, self.filters.scope
        self.search.stepped.connect(self.table.step)
        self.search.entered.connect(self.open_record)
        self.filters.changed.connect(self._filter)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        nothing = EmptyState("check-circle", tr("Nothing is wrong"), tr("Every rule holds."))
        told = tr("Nothing is wrong here any more; other filters show more.")
        self._stack.addWidget(nothing)
        self._stack.addWidget(EmptyState("check-circle", tr("Nothing to see to here"), told))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.filters)
        column.addWidget(self._stack, 1)
        column.addWidget(self._details())
        self._busy = BusyOverlay(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.table.set_fixed(FIXED_WIDE if self.width() >= WIDE else FIXED)

    def _details(self) -> QWidget:
        self._foot = Toolbar(at_top=False)
        self._note = ProblemNote("info", "")
        self._note.reason_asked.connect(self.give_reason)
        self._reason = Button(tr("Give a reason…"))
        self._reason.clicked.connect(self.give_reason)
        self._open = Button(tr("Open the record"), "primary", key="Enter")
        self._open.clicked.connect(self.open_record)
        self._law = quiet("")
        self._foot.add(self._reason)
        self._foot.add(self._open)
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        words = QHBoxLayout()
        words.setContentsMargins(12, 8, 12, 4)
        words.addWidget(self._note)
        column.addLayout(words)
        column.addWidget(self._foot)
        self._below = below
        return below

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.current().color("panel"))

    # What the window calls

    def entered(self) -> None:
        """The page was brought to the front."""
        self._checks.ensure()
        self.filters.count()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.table.row() < 0:
            self.table.set_row(0)

    def show_only(self, *, state: str = "", register: str = "", rule: str = "") -> None:
        """Set the filters: what the home page opens."""
        self.filters.set_all(state=state, register=register, rule=rule)
        self._filter()

    def show_place(self) -> None:
        """What is wrong with the record on show last, else with its register, else anywhere."""
        self.show_only(state=OPEN)
        counts = self.scope.counts()
        self.scope.choose(next((place for place in range(PERIOD) if counts[place]), PERIOD))
        self.table.set_row(0)

    def check_all(self) -> None:
        """Ask every rule of every record anew."""
        self._checks.start()

    def open_record(self) -> None:
        """Go to the field the chosen problem is about."""
        row = self.current()
        if row is not None:
            problem = row.problem
            self._context.window.open_record(problem.register, problem.record_id, problem)

    def give_reason(self) -> None:
        """Ask for a reason why the chosen warning may pass, and keep it."""
        row = self.current()
        if row is None or row.state is State.ERROR:
            return
        title = tr("Why is it right?")
        words = f"{row.record.title}\n{row.problem.number} · {row.problem.message}"
        reason = self._context.ask.reason(self, title, words)
        if reason is None:
            return
        try:
            self._context.workspace.saving.give_reason(row.problem, reason)
        except UserError as error:
            self._context.ask.message(self, tr("Not saved"), str(error), "error", error.hint)

    def current(self) -> ProblemRow | None:
        """The chosen problem."""
        return self.model.row(self.table.row())

    # Showing

    def _follow(self, job: Job) -> None:
        self._again.setEnabled(False)
        self._busy.start(tr("Checking every record…"), job.cancel)
        job.progressed.connect(self._busy.report)
        job.finished.connect(self._stop_following)

    def _stop_following(self) -> None:
        self._again.setEnabled(True)
        self._busy.finish()
        self._show_head()

    def _show(self) -> None:
        found = self._checks.result
        if found is not None:
            row = self.current()
            self.model.show(found)
            self.table.measure()
            self.filters.offer()
            self.filters.apply()
            self._choose(row)
        self._show_head()
        self._show_details()

    def _choose(self, before: ProblemRow | None) -> None:
        """The same problem again, or the one that took its place."""
        place = self.model.find(before.problem) if before is not None else 0
        self.table.set_row(place if place >= 0 else 0)

    def _filter(self) -> None:
        row = self.current()
        self.filters.apply()
        self._choose(row)
        self._show_head()
        self._show_details()

    def _show_head(self) -> None:
        found, at = self._checks.result, self._checks.checked_at
        if found is None or at is None:
            self.head.set_title(tr("Check"), tr("Nothing has been checked yet."))
            return
        told = tr(
            "{errors} errors, {warnings} warnings without a reason, {reasons} with one · "
            "everything checked at {time}"
        )
        note = told.format(
            errors=found.errors,
            warnings=found.open_warnings,
            reasons=found.reasons,
            time=f"{at:%H:%M}",
        )
        if self.model.rowCount() < self.model.total:
            shown = tr("{shown} of {total} shown")
            note += " · " + shown.format(shown=self.model.rowCount(), total=self.model.total)
        self.head.set_title(tr("Check"), note)
        empty = 2 if self.model.total else 1
        self._stack.setCurrentIndex(0 if self.model.rowCount() else empty)

    def _show_details(self) -> None:
        row = self.current()
        self._below.setVisible(row is not None)
        if row is None:
            return
        level = "done" if row.state is State.REASON else str(row.state)
        words = row.problem.message
        if row.problem.reason:
            words = tr("{message} Reason: {reason}").format(
                message=words, reason=row.problem.reason
            )
        number = self.model.data(self.model.index(self.table.row(), 1)) or ""
        self._note.set_problem(level, words, number=number)
        self._reason.setVisible(row.state is not State.ERROR)
        self._foot.set_title("", " · ".join(t for t in (row.record.title, row.problem.legal) if t))
