"""The cards of the home page; each is told what is known and shows it anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.base.numbers import format_integer
from desktop.base.translate import tr
from desktop.model.problem_table import State
from desktop.service.export_checks import filled_sheets
from desktop.service.overview import Reminder, reminders, targets, unplaced
from desktop.widget.parts import BarRow, Button, Card, CardRow, Paragraph

if TYPE_CHECKING:
    from datetime import date

    from desktop.service.checking import Checked
    from desktop.service.overview import Progress112
    from desktop.service.report_data import Period, Report
    from desktop.widget.context import Navigator, PageContext

SHOWN_EXPORTS = 4
BEGIN_WITH = ("worker", "client", "organization")
"""Registers an empty office begins with."""
FIGURES = "B01"


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


def _waiting() -> Paragraph:
    return Paragraph(tr("Counting…"), "quiet")


def _opener(reminder: Reminder, window: Navigator) -> Callable[[], object]:
    """Opens the one record, or the list of those there are."""
    if len(reminder.ids) == 1:
        return lambda: window.open_record(reminder.register, reminder.ids[0])
    words = " · ".join(part for part in (reminder.urgent, reminder.text) if part)
    return lambda: window.open_records(reminder.register, reminder.ids, words)


class OverdueCard(Card):
    """What somebody has to see to."""

    def __init__(self, window: Navigator, parent: QWidget | None = None) -> None:
        super().__init__(tr("Overdue and soon due"), parent=parent)
        self._window = window

    def show_found(self, checked: Checked | None, plans: Reminder | None) -> None:
        """Show what the rules found, and plans nobody has approved."""
        self.clear()
        self.set_note("")
        if checked is None:
            self.add(_waiting())
            return
        found = reminders(checked)
        if plans is not None:
            found.append(plans)
        if not found:
            self.add(Paragraph(tr("Nothing is overdue."), "quiet"))
            return
        self.set_note(format_integer(sum(len(one.ids) for one in found)))
        for one in found:
            row = CardRow(one.text, tr("open it"), strong=one.urgent, opens=True)
            row.opened.connect(_opener(one, self._window))
            self.add(row)


class BeforeCard(Card):
    """What stands in the way of the report."""

    def __init__(self, window: Navigator, doors: Doors, parent: QWidget | None = None) -> None:
        super().__init__(tr("Before the report leaves"), " ", parent)
        self._window = window
        self._doors = doors

    def show_found(self, checked: Checked | None, report: Report | None, due: date | None) -> None:
        """Show what the rules found, how full the report is, and when it is due."""
        self.set_note(tr("due on {day}").format(day=f"{due:%d/%m/%Y}") if due else "")
        self.clear()
        if checked is None:
            self.add(_waiting())
        else:
            self._add_state(tr("Errors to be corrected"), checked.errors, State.ERROR)
            self._add_state(tr("Warnings without a reason"), checked.open_warnings, State.WARNING)
            people = unplaced(checked)
            if people is not None:
                row = CardRow(people.text, format_integer(len(people.ids)), opens=True)
                row.opened.connect(_opener(people, self._window))
                self.add(row)
        if report is not None:
            filled, of = filled_sheets(report)
            told = tr("{filled} of {all}").format(filled=filled, all=of)
            row = CardRow(tr("Sheets with figures"), told, opens=True)
            row.opened.connect(lambda: self._doors.open_report(FIGURES))
            self.add(row)

    def _add_state(self, text: str, count: int, state: State) -> None:
        role = str(state) if count else "quiet"
        row = CardRow(text, format_integer(count), value_role=role, opens=True)
        row.opened.connect(lambda: self._doors.open_check(state))
        self.add(row)


class TargetsCard(Card):
    """The decision's targets, each with its bar."""

    def __init__(
        self, period: Period, today: date, doors: Doors, parent: QWidget | None = None
    ) -> None:
        until = tr("until {day}").format(day=f"{min(period.closing, today):%d/%m/%Y}")
        super().__init__(_targets_title(period), until, parent)
        self._doors = doors

    def show_report(self, report: Report | None, problem: str) -> None:
        """Show the figures of a report, or why there is none."""
        self.clear()
        if report is None:
            self.add(Paragraph(problem, "quiet") if problem else _waiting())
            return
        for one in targets(report):
            row = BarRow(one.number, one.title, one.share, one.target, one.value, one.target_text)
            row.opened.connect(self._target_opener(one))
            self.add(row)

    def _target_opener(self, one: Progress112) -> Callable[[], None]:
        if not one.counted:
            return lambda: self._doors.open_report(FIGURES)
        return lambda: self._doors.open_figure(FIGURES, "I", one.code, "3", one.title)


def _targets_title(period: Period) -> str:
    if period.phase is None:
        return tr("Targets")
    years = f"{period.phase.first}–{period.phase.last}"
    return tr("Targets of Decision 112, phase {years}").format(years=years)


class SentCard(Card):
    """What was exported last."""

    def __init__(self, context: PageContext, doors: Doors, parent: QWidget | None = None) -> None:
        super().__init__(tr("Exported"), parent=parent)
        self._context = context
        self._doors = doors

    def show_exports(self) -> None:
        """Read them anew; the card hides while there are none."""
        reporting = self._context.workspace.reporting
        exports = reporting.exports()
        self.clear()
        self.setVisible(bool(exports))
        for one in exports[:SHOWN_EXPORTS]:
            title = reporting.period(one.period, one.calendar).title
            words = tr("{period} · revision {revision}").format(period=title, revision=one.revision)
            row = CardRow(words, f"{moment(one.made_at)} · {one.file_name}", opens=True)
            row.opened.connect(lambda: self._doors.open_report("export"))
            self.add(row)


def moment(iso: str) -> str:
    """A stored moment as people write it: 14/06/2026 16:30."""
    return f"{iso[8:10]}/{iso[5:7]}/{iso[:4]} {iso[11:16]}"


class BeginCard(Card):
    """Where to begin, while nothing is recorded yet."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(tr("To begin with"), parent=parent)
        self._context = context
        self._known = [name for name in BEGIN_WITH if name in context.workspace.registers]

    def show_if_empty(self) -> None:
        """Come while there is no record, go with the first."""
        lookups = self._context.workspace.lookups
        empty = not any(lookups.count(name) for name in self._known)
        self.setVisible(empty)
        if not empty or self.body.count():
            return
        words = tr("Record who works here and whom you support; the report follows from that.")
        self.add(Paragraph(words, "quiet"))
        for name in self._known:
            register = self._context.workspace.registers[name]
            button = Button(tr("Add: {register}").format(register=register.one), icon="plus")
            button.clicked.connect(self._adder(name))
            self.body.addSpacing(6)
            self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _adder(self, register: str) -> Callable[[], object]:
        return lambda: self._context.window.add_record(register, {})
