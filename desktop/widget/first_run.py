"""The first start, "Thiết lập đơn vị": the office's settings, the first person, or a sample."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.base.clock import Clock, SystemClock
from desktop.base.errors import UserError
from desktop.base.translate import tr
from desktop.model.bridge import follow
from desktop.schema.definition import Gate, Level
from desktop.service.office import Setup, open_unlocked
from desktop.service.problems import NotSaved, RecordProblem
from desktop.service.sample import SAMPLES, sample_title
from desktop.service.setting_up import (
    SetUpDesk,
    proposals,
    sample_paths,
    set_up,
    set_up_sample,
    texts_of,
)
from desktop.service.workspace import Workspace
from desktop.widget import theme
from desktop.widget.ask import Answer, Ask
from desktop.widget.field_group import FieldGroup
from desktop.widget.field_input import InputMaker
from desktop.widget.form_state import FormState
from desktop.widget.help_box import help_window, show_help_of
from desktop.widget.inputs import ReferenceInput
from desktop.widget.parts import BusyOverlay, Button, Card, Toolbar
from desktop.widget.password_fields import PasswordFields

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QPaintEvent

    from desktop.base.paths import Paths
    from desktop.base.progress import Progress
    from desktop.model.jobs import Jobs
    from desktop.service.definitions import Definitions
    from desktop.service.folder import Person
    from desktop.widget.ask import Asker
    from desktop.widget.field_row import FieldRow


class FirstRunPage(QWidget):
    """Built from the definition of the register `office`."""

    made = Signal(object)
    """The `Workspace` of the new office, or of the sample."""
    folder_asked = Signal()
    restore_asked = Signal()

    def __init__(
        self,
        paths: Paths,
        jobs: Jobs,
        definitions: Definitions,
        *,
        ask: Asker | None = None,
        clock: Clock | None = None,
    ) -> None:
        super().__init__()
        self.setWindowTitle(tr("Sổ CTXH – set up the office"))
        self.paths = paths
        self._jobs = jobs
        self.definitions = definitions
        self._ask = ask or Ask()
        self._clock = clock or SystemClock()
        self._desk = SetUpDesk(paths, definitions, self._clock)
        self.destroyed.connect(self._desk.close)
        self.draft = self._desk.new_draft()
        self._state = FormState(self.draft)
        self._proposed = {"valid_from": self.draft.row.texts["valid_from"]}
        self._build()
        for group in self._groups:
            group.bind(self._state, self.draft.row)
        self._go_to({"unit"})

    # What is on it

    def _build(self) -> None:
        register = self.draft.register
        maker = InputMaker(self._desk)
        self._groups: list[FieldGroup] = []
        cards = []
        for section in register.sections:
            fields = [one for one in register.fields if one.section == section.name]
            group = FieldGroup(register, fields, maker, self._desk.today)
            group.settled.connect(self._settled)
            group.move_on.connect(self._move_on)
            group.reason_asked.connect(self._ask_reason)
            for row in group.rows:
                if isinstance(row.input, ReferenceInput):
                    row.input.set_can_open(False)
            self._groups.append(group)
            cards.append(_card(section.title, group))
        self.people = PasswordFields()
        self.people.move_on.connect(self.make_office)
        cards.insert(1, _card(tr("Who uses the program"), self.people))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addWidget(self._two_columns(cards), 1)
        column.addWidget(self._foot())
        self._busy = BusyOverlay(self)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.make_office)
        QShortcut(QKeySequence("F1"), self, lambda: _show_help(self, self._groups))

    def _head(self) -> Toolbar:
        head = Toolbar(
            tr("Set up the office"),
            tr("Asked once. Later changes go into the register “Office settings”, by date."),
        )
        sample = Button(tr("Open a sample office"), icon="book-open")
        sample.clicked.connect(self.open_sample)
        restore = Button(tr("Restore a backup…"), icon="restore")
        restore.clicked.connect(self.restore_asked)
        head.add(restore)
        head.add(sample)
        return head

    def _two_columns(self, cards: list[Card]) -> QScrollArea:
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        for part in (cards[:2], cards[2:]):
            side = QVBoxLayout()
            side.setSpacing(12)
            for card in part:
                side.addWidget(card)
            side.addStretch(1)
            row.addLayout(side, 1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(inside)
        inside.setAutoFillBackground(False)  # setWidget turns it on
        return self._area

    def _foot(self) -> Toolbar:
        foot = Toolbar(at_top=False)
        foot.set_title("", tr("The data will be in: {folder}").format(folder=self.paths.data))
        other = Button(tr("Another data folder…"))
        other.clicked.connect(self.folder_asked)
        self._create = Button(tr("Create the office"), "primary", key="Ctrl+Enter")
        self._create.clicked.connect(self.make_office)
        foot.add(other)
        foot.add(self._create)
        return foot

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.current().color("background"))

    # Typing

    def _settled(self) -> None:
        self._state.check()
        self._propose()
        for group in self._groups:
            group.show_state()

    def _propose(self) -> None:
        """Fill what follows from the unit, unless something else was typed there."""
        values = self.draft.row.values
        unit = self._desk.units.find(str(values.get("unit") or ""))
        found = proposals(unit, str(values.get("authority") or ""))
        if unit is None or found == self._proposed:
            return
        for name, text in found.items():
            if self.draft.row.texts.get(name, "") in ("", self._proposed.get(name, "")):
                self.draft.set_text(name, text)
        self._proposed = found
        self.draft.check()
        for group in self._groups:
            for row in group.rows:
                row.show_text()

    def _move_on(self, row: FieldRow) -> None:
        asked = [one for group in self._groups for one in group.asked_rows()]
        place = asked.index(row) + 1 if row in asked else len(asked)
        if place < len(asked):
            asked[place].input.take_focus()
            self._area.ensureWidgetVisible(asked[place])
        else:
            self.people.propose_name(self.draft.row.texts.get("preparer", ""))
            self.people.take_focus()

    def _ask_reason(self, problem: RecordProblem) -> None:
        reason = self._ask.reason(self, tr("Why is it right?"), problem.message)
        if reason is not None:
            self.draft.give_reason(problem, reason)
            self._check_all()

    def _check_all(self) -> bool:
        """Show every problem; True if none is open."""
        self._state.strict = True
        self.draft.check(Gate.SAVE)
        for group in self._groups:
            group.show_state()
        return not any(problem.is_open for problem in self.draft.problems)

    # Making the office

    def make_office(self) -> None:
        """Make the office, or show what is still wrong."""
        if self._busy.is_running():
            return
        for group in self._groups:
            row = group.row_with_focus()
            if row is not None:
                row.commit()
        if not self._check_all():
            self.people.complain()
            self._go_to_first_problem()
            return
        if self.people.complain():
            self._area.ensureWidgetVisible(self.people)
            return
        self._start()

    def _start(self) -> None:
        setup = Setup(
            office=texts_of(self.draft),
            reasons={key[0]: reason for key, reason in self.draft.reasons.items()},
            person=self.people.name(),
            password=self.people.password(),
        )
        self._busy.start(tr("Making the office…"))
        self._run(
            self.paths,
            lambda progress: set_up(
                self.paths,
                setup,
                clock=self._clock,
                definitions=self.definitions,
                progress=progress,
            ),
        )

    def open_sample(self) -> None:
        """Ask which sample office to try, make it if need be, and open it."""
        options = [Answer(one, sample_title(self.paths, one)) for one in SAMPLES]
        options[0] = replace(options[0], kind="primary")
        words = tr(
            "Invented people in a folder of their own; your own data is not touched. Open it again "
            "from here at any time, without a password."
        )
        which = self._ask.question(self, tr("Which sample office?"), words, options)
        if not which:
            return
        paths = sample_paths(self.paths, which)
        self._busy.start(tr("Making the sample office…"))
        self._run(
            paths,
            lambda progress: set_up_sample(
                paths, which, definitions=self.definitions, progress=progress
            ),
        )

    def _run(self, paths: Paths, work: Callable[[Progress], tuple[Person, bytes]]) -> None:
        job = follow(
            self,
            self._jobs.start(work),
            done=lambda made: self._open(paths, made),
            failed=self._say_failed,
        )
        job.progressed.connect(self._busy.report)

    def _open(self, paths: Paths, made: tuple[Person, bytes]) -> None:
        person, key = made
        workspace: Workspace = open_unlocked(
            paths, person, key, clock=self._clock, definitions=self.definitions
        )
        self._busy.finish()
        self.made.emit(workspace)

    def _say_failed(self, error: Exception) -> None:
        self._busy.finish()
        if isinstance(error, NotSaved):
            self._show_refused(error)
        elif isinstance(error, UserError):
            title = tr("The office was not made")
            self._ask.message(self, title, str(error), "error", error.hint)
        else:
            raise error

    def _show_refused(self, error: NotSaved) -> None:
        """Problems that only the new data could find, at the fields they are about."""
        here = self.draft.row
        self.draft.problems = tuple(
            replace(problem, record_id=here.id, row_id=here.id) for problem in error.problems
        )
        for group in self._groups:
            group.show_state()
        self._go_to_first_problem()

    def _go_to_first_problem(self) -> None:
        """Errors before warnings, in the order of the page."""
        still = [problem for problem in self.draft.problems if problem.is_open]
        for level in (Level.ERROR, Level.WARNING):
            fields = {one.fields[0] for one in still if one.level is level and one.fields}
            if self._go_to(fields):
                return

    def _go_to(self, fields: set[str]) -> bool:
        """Put the keyboard into the first of these fields; False if none is asked."""
        for group in self._groups:
            for row in group.asked_rows():
                if row.field.name in fields:
                    row.input.take_focus()
                    self._area.ensureWidgetVisible(row)
                    return True
        return False


def _card(title: str, content: QWidget) -> Card:
    card = Card(title)
    card.body.setContentsMargins(0, 6, 0, 4)
    card.add(content)
    return card


def _show_help(page: FirstRunPage, groups: Sequence[FieldGroup]) -> None:
    """F1: on the field with the keyboard, else on setting the office up."""
    for group in groups:
        row = group.row_with_focus()
        if row is not None:
            show_help_of(page.paths, page.definitions, group.register, row.field, page)
            return
    help_window(page.paths, page).show_topic("office")
