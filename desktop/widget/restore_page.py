"""Restore a backup: what is inside, what will be replaced, whose password; nothing is lost."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QPainter, QShortcut
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.base.clock import Clock, SystemClock
from desktop.base.errors import UserError
from desktop.base.numbers import format_integer
from desktop.base.translate import tr
from desktop.model.bridge import follow
from desktop.service.backups import FOLDER, Backup, backups_in, moment_words
from desktop.service.folder import has_office
from desktop.service.rescue import rescue
from desktop.service.restoring import Contents, Restored, Who, look_into, restore
from desktop.widget import theme
from desktop.widget.ask import Ask
from desktop.widget.backup_page import KINDS, ask_for_backup, size_words
from desktop.widget.parts import (
    BusyOverlay,
    Button,
    Card,
    CardRow,
    Paragraph,
    ProblemNote,
    Toolbar,
)
from desktop.widget.sign_in import PeopleBox

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from desktop.base.paths import Paths
    from desktop.model.jobs import Jobs
    from desktop.service.definitions import Definitions
    from desktop.widget.ask import Asker

SHOWN = 10
INSIDE = ("worker", "client", "household", "intake", "case_record", "service_event", "referral")
"""Registers that are named with their counts."""


class RestorePage(QWidget):
    """Of a data folder whose office is closed, or of one without an office yet."""

    restored = Signal(object)
    """A `Restored`."""
    rescued = Signal(object)
    """A `Rescued`."""
    cancelled = Signal()

    def __init__(
        self,
        paths: Paths,
        jobs: Jobs,
        definitions: Definitions,
        *,
        key: bytes | None = None,
        by: str = "",
        damage: str = "",
        ask: Asker | None = None,
        clock: Clock | None = None,
    ) -> None:
        """`key`: of the office's data, when somebody (`by`) has just been signed in. `damage`: why
        these data could not be opened with it; then they can be rescued too."""
        super().__init__()
        self.setWindowTitle(tr("Sổ CTXH – restore a backup"))
        self._paths = paths
        self._jobs = jobs
        self._definitions = definitions
        self._key = key
        self._by = by
        self._damage = damage
        self._ask = ask or Ask()
        self._clock = clock or SystemClock()
        self._scratch = QTemporaryDir(QDir.tempPath() + "/so-ctxh-XXXXXX")
        self._contents: Contents | None = None
        self._build()
        self._list_backups()

    def _build(self) -> None:
        head = Toolbar(tr("Restore a backup"), str(self._paths.data))
        self.file_button = Button(tr("Another file…"), icon="folder-open")
        self.file_button.clicked.connect(self.choose_file)
        head.add(self.file_button)
        self._list = Card(tr("Which backup?"))
        self._inside = Card(tr("What is inside"))
        self._inside.body.setSpacing(2)
        middle = QHBoxLayout()
        middle.setContentsMargins(20, 16, 20, 16)
        middle.setSpacing(12)
        middle.addWidget(self._list, 1, Qt.AlignmentFlag.AlignTop)
        middle.addWidget(self._inside, 1, Qt.AlignmentFlag.AlignTop)
        foot = Toolbar(at_top=False)
        back = Button(tr("Go back"), key="Esc")
        back.clicked.connect(self.cancelled)
        self.button = Button(tr("Restore this backup"), "primary", icon="restore", key="Ctrl+Enter")
        self.button.clicked.connect(self.restore)
        self.button.setEnabled(False)
        foot.add(back)
        foot.add(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        if self._damage:
            column.addWidget(self._rescue_card())
        column.addLayout(middle)
        column.addStretch(1)
        column.addWidget(foot)
        self._people = PeopleBox()
        self._password = QLineEdit()
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._password.setAccessibleName(tr("Password"))
        self._password.returnPressed.connect(self.restore)
        self._busy = BusyOverlay(self)
        if self._damage:
            self.rescue_button.setFocus()
        QShortcut("Esc", self, self.cancelled.emit)
        QShortcut("Ctrl+Return", self, self.restore)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.current().color("background"))

    def _rescue_card(self) -> QWidget:
        card = Card(tr("The data are damaged"))
        card.body.setSpacing(8)
        card.add(ProblemNote("error", self._damage))
        words = tr(
            "The program can bring back what there is: it begins with the newest good backup, "
            "makes the changes since again from the journal, and adds every record that can still "
            "be read. The damaged file is kept as it is in the folder “da-thay”."
        )
        card.add(Paragraph(words))
        self.rescue_button = Button(tr("Bring back what can be read"), "primary", icon="restore")
        self.rescue_button.clicked.connect(self.rescue)
        line = QHBoxLayout()
        line.addWidget(self.rescue_button)
        line.addStretch(1)
        card.body.addLayout(line)
        around = QWidget()
        row = QVBoxLayout(around)
        row.setContentsMargins(20, 16, 20, 0)
        row.addWidget(card)
        return around

    def rescue(self) -> None:
        """Make good data out of the damaged ones."""
        key = self._key
        if key is None or self._busy.is_running():
            return
        job = follow(
            self,
            self._jobs.start(
                lambda progress: rescue(
                    self._paths, key, self._definitions, self._clock, by=self._by, progress=progress
                )
            ),
            done=self.rescued.emit,
            failed=self._show_problem,
            finished=self._busy.finish,
        )
        self._busy.start(tr("Bringing back what can be read…"))
        job.progressed.connect(self._busy.report)

    # Choosing

    def _list_backups(self) -> None:
        found = backups_in(self._paths.data / FOLDER)
        for one in found[:SHOWN]:
            self._list.add(self._row(one))
        if not found:
            words = tr("There is none in this folder. Choose the file on the stick or drive.")
            self._list.add(Paragraph(words, "quiet"))
        self._inside.add(Paragraph(tr("Choose a backup to see what it holds."), "quiet"))

    def _row(self, one: Backup) -> CardRow:
        if one.manifest is None:
            return CardRow(one.path.name, tr("damaged, or no backup"), value_role="error")
        words = f"{moment_words(one.manifest)} · {tr(KINDS[one.manifest.kind])}"
        row = CardRow(words, size_words(one.size), opens=True)
        row.opened.connect(lambda: self.look_into(one.path))
        return row

    def choose_file(self) -> None:
        """Ask for a backup that lies somewhere else."""
        chosen = ask_for_backup(self._ask, self)
        if chosen is not None:
            self.look_into(chosen)

    def look_into(self, path: Path) -> None:
        """Prove a backup and show what it holds."""
        if self._busy.is_running():
            return
        scratch = Path(self._scratch.path())
        job = follow(
            self,
            self._jobs.start(lambda progress: look_into(path, scratch, progress)),
            done=self._show_inside,
            failed=self._show_problem,
            finished=self._busy.finish,
        )
        self._busy.start(tr("Checking the backup"), job.cancel)
        job.progressed.connect(self._busy.report)

    def _show_inside(self, found: Contents) -> None:
        self._contents = found
        self._clear_inside()
        said = found.manifest
        self._inside.set_note(found.path.name)
        self._inside.add(CardRow(tr("Office"), said.office))
        self._inside.add(CardRow(tr("Made"), moment_words(said)))
        for name in INSIDE:
            register = self._definitions.forms.registers.get(name)
            if register is not None and name in said.counts:
                self._inside.add(CardRow(register.title, format_integer(said.counts[name])))
        if has_office(self._paths):
            words = tr(
                "What is in the folder now is not deleted: it goes to the folder “da-thay” beside "
                "it. What was entered since the backup must be entered again."
            )
            self._inside.add(ProblemNote("warning", words))
        if self._key is None:
            self._inside.add(self._password_form(found))
        self.button.setEnabled(True)
        (self._password if self._key is None else self.button).setFocus()

    def _clear_inside(self) -> None:
        for kept in (self._people, self._password):
            kept.setParent(None)
        self._inside.clear()

    def _password_form(self, found: Contents) -> QWidget:
        self._people.clear()
        for one in found.people:
            self._people.addItem(one.name, one.id)
        self._people.setAccessibleName(tr("Person"))
        self._password.clear()
        box = QWidget()
        form = QFormLayout(box)
        form.setContentsMargins(0, 8, 0, 0)
        form.addRow(tr("Person"), self._people)
        form.addRow(tr("Password now or then, or the recovery code"), self._password)
        return box

    # Restoring

    def restore(self) -> None:
        """Put the chosen backup in place."""
        found = self._contents
        if found is None or self._busy.is_running():
            return
        who = Who(self._by, key=self._key)
        if self._key is None:
            who = Who(str(self._people.currentData() or ""), self._password.text())
        job = follow(
            self,
            self._jobs.start(
                lambda progress: restore(
                    self._paths, found.path, self._definitions, self._clock, who, progress
                )
            ),
            done=self._done,
            failed=self._show_problem,
            finished=self._busy.finish,
        )  # fmt: skip
        self._busy.start(tr("Restoring…"))
        job.progressed.connect(self._busy.report)

    def _done(self, done: Restored) -> None:
        self.restored.emit(done)

    def _show_problem(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self._ask.message(self, tr("Nothing was restored"), str(error), "error", error.hint)
        self._password.setFocus()
        self._password.selectAll()
