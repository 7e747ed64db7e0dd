"""The cards of the home page; each is told what is known and shows it anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.base.numbers import format_integer
from desktop.base.translate import tr
from desktop.base.vietnamese_dates import format_date
from desktop.model.problem_table import OPEN, State
from desktop.service.due_work import Reminder, unplaced
from desktop.service.overview import SUBMISSIONS, sent
from desktop.widget.parts import Button, Card, CardRow, Paragraph

if TYPE_CHECKING:
    from desktop.service.checking import Checked
    from desktop.service.overview import Submission
    from desktop.widget.context import Navigator, PageContext

SHOWN_EXPORTS = 3
SHOWN_REGISTERS = 4
BEGIN_WITH = ("worker", "client", "organization")
"""Registers an empty office begins with."""


class Doors(Protocol):
    """Where the home page leads, beside records."""

    def open_check(self, state: str = "", register: str = "", rule: str = "") -> None:
        """The check page, showing problems of one state, register and rule."""
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
        super().__init__(tr("Overdue and soon due"), " ", parent)
        self._window = window

    def show_due(self, due: Sequence[Reminder] | None, *, checked: bool) -> None:
        """Show what is due by kind; None: not known yet. `checked`: the rules have been asked."""
        self.clear()
        self.set_note("")
        for one in due or ():
            role = "quiet" if one.soon else "error"
            row = CardRow(one.text, _days(one), strong=one.urgent, value_role=role, opens=True)
            row.opened.connect(_opener(one, self._window))
            self.add(row)
        late = [one for one in due or () if not one.soon]
        if late:
            self.set_note(format_integer(sum(len(one.ids) for one in late)))
        if due is None or not checked:
            self.add(_waiting())
        elif not due:
            self.add(Paragraph(tr("Nothing is overdue."), "quiet"))


def _days(one: Reminder) -> str:
    """As "lâu nhất 34 ngày", "sớm nhất sau 5 ngày"."""
    if one.days is None:
        return tr("open it")
    several = len(one.ids) > 1
    if one.soon:
        told = tr("first in {count} days") if several else tr("in {count} days")
    else:
        told = tr("oldest {count} days ago") if several else tr("{count} days ago")
    return told.format(count=format_integer(one.days))


class BeforeCard(Card):
    """What is wrong, and in which registers."""

    def __init__(self, context: PageContext, doors: Doors, parent: QWidget | None = None) -> None:
        super().__init__(tr("Before the report leaves"), parent=parent)
        self._window = context.window
        self._registers = context.workspace.registers
        self._doors = doors

    def show_found(self, checked: Checked | None) -> None:
        """Show what the rules found."""
        self.clear()
        if checked is None:
            self.add(_waiting())
            return
        self._add_state(tr("Errors to be corrected"), checked.errors, State.ERROR)
        self._add_state(tr("Warnings without a reason"), checked.open_warnings, State.WARNING)
        self._add_registers(checked.by_register)
        people = unplaced(checked)
        if people is not None:
            row = CardRow(people.text, format_integer(len(people.ids)), opens=True)
            row.opened.connect(_opener(people, self._window))
            self.add(row)

    def _add_state(self, text: str, count: int, state: State) -> None:
        role = str(state) if count else "quiet"
        row = CardRow(text, format_integer(count), value_role=role, opens=True)
        row.opened.connect(lambda: self._doors.open_check(state))
        self.add(row)

    def _add_registers(self, counts: dict[str, tuple[int, int]]) -> None:
        """The registers with the most problems, errors before warnings."""
        worst = sorted(counts, key=lambda name: (-counts[name][0], -counts[name][1]))
        for name in worst[:SHOWN_REGISTERS]:
            row = CardRow(self._registers[name].title, _problems(*counts[name]), opens=True)
            row.opened.connect(self._register_opener(name))
            self.add(row)
        rest = worst[SHOWN_REGISTERS:]
        if rest:
            errors, warnings = (sum(counts[name][n] for name in rest) for n in (0, 1))
            told = tr("{count} more registers").format(count=len(rest))
            row = CardRow(told, _problems(errors, warnings), opens=True)
            row.opened.connect(lambda: self._doors.open_check(OPEN))
            self.add(row)

    def _register_opener(self, name: str) -> Callable[[], None]:
        return lambda: self._doors.open_check(OPEN, name)


def _problems(errors: int, warnings: int) -> str:
    told = [tr("{count} errors").format(count=format_integer(errors))] if errors else []
    if warnings:
        told.append(tr("{count} warnings").format(count=format_integer(warnings)))
    return " · ".join(told)


class SentCard(Card):
    """What was exported last, and when."""

    def __init__(self, context: PageContext, doors: Doors, parent: QWidget | None = None) -> None:
        super().__init__(tr("Exported"), parent=parent)
        self._context = context
        self._doors = doors

    def show_exports(self) -> None:
        """Read them anew."""
        reporting = self._context.workspace.reporting
        exports = reporting.exports()
        self.clear()
        if not exports:
            row = CardRow(tr("Nothing has been exported yet."), tr("open it"), opens=True)
            row.opened.connect(lambda: self._doors.open_report("export"))
            self.add(row)
        ways = sent(self._context.workspace)
        for one in exports[:SHOWN_EXPORTS]:
            title = reporting.period(one.period, one.calendar).title
            words = tr("{period} · revision {revision}").format(period=title, revision=one.revision)
            way = ways.get((one.period, one.revision))
            row = CardRow(words, _way_words(one.made_at, way), opens=True)
            row.opened.connect(self._opener(way))
            self.add(row)

    def _opener(self, way: Submission | None) -> Callable[[], object]:
        """The record of its way, else the panel that exports."""
        if way is None:
            return lambda: self._doors.open_report("export")
        return lambda: self._context.window.open_record(SUBMISSIONS, way.id)


def _way_words(made_at: str, way: Submission | None) -> str:
    """Whether an export arrived, else whether it was sent, else when it was made."""
    if way is not None and way.received_at:
        return tr("received {moment}").format(moment=format_date(way.received_at))
    if way is not None and way.sent_at:
        return tr("sent {moment}, not heard of yet").format(moment=format_date(way.sent_at))
    return tr("exported {moment}, not sent yet").format(moment=format_date(made_at))


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
