"""Before a report leaves and after it has left: what to look at, where it goes, what was sent."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.base.errors import UserError
from desktop.base.translate import tr
from desktop.base.vietnamese_dates import format_date
from desktop.model.bridge import follow
from desktop.service.export_checks import Check, checks_before_export
from desktop.service.rights import Action
from desktop.widget import window_settings as kept
from desktop.widget.parts import Button, Card, CardRow, Paragraph, ProblemNote, quiet

if TYPE_CHECKING:
    from desktop.base.progress import Progress
    from desktop.model.checks import Checks
    from desktop.service.exporting import Exported
    from desktop.service.report_data import Period
    from desktop.widget.context import PageContext

SHOWN_EXPORTS = 8
FOLDER = "Bao cao CTXH"
"""In the person's documents, where nothing else was chosen; without marks for old programs."""


def open_outside(path: Path) -> None:
    """Open a file or a folder with the system's own program for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


class ExportPanel(QScrollArea):
    """Exports the period on show."""

    exported = Signal()
    started = Signal(object)
    """The `Job` that writes the workbook."""

    def __init__(
        self,
        context: PageContext,
        checks: Checks,
        *,
        open_path: Callable[[Path], None] = open_outside,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._checks = checks
        self._open_path = open_path
        self._period: Period | None = None
        self.done: Exported | None = None
        """What was written last."""
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._build()
        checks.changed.connect(self._show_checks)

    def _build(self) -> None:
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(16, 12, 16, 12)
        self._column.setSpacing(12)
        self._before = Card(tr("Before it leaves"))
        self._where = Card(tr("Export"))
        self._where.body.setSpacing(8)
        self._folder = Paragraph()
        choose = Button(tr("Another folder…"))
        choose.clicked.connect(self.choose_folder)
        line = QHBoxLayout()
        line.addWidget(quiet(tr("Into the folder")))
        line.addWidget(self._folder, 1)
        line.addWidget(choose)
        self._where.body.addLayout(line)
        self._note = ProblemNote("info", "")
        self._note.hide()
        self._wrong = ProblemNote("error", "")
        self._wrong.hide()
        self._where.add(self._note)
        self._where.add(self._wrong)
        self._where.body.addLayout(self._buttons())
        self._sent = Card(tr("Exported before"))
        for card in (self._before, self._where, self._sent):
            self._column.addWidget(card)
        self._column.addStretch(1)
        self.setWidget(inside)
        inside.setAutoFillBackground(False)
        self.show_folder()

    def _buttons(self) -> QHBoxLayout:
        self.button = Button(tr("Export the report"), "primary", icon="download")
        self.button.clicked.connect(self.export)
        self._open_file = Button(tr("Open the workbook"))
        self._open_file.clicked.connect(lambda: self._open(lambda done: done.path))
        self._open_folder = Button(tr("Open the folder"), icon="folder-open")
        self._open_folder.clicked.connect(lambda: self._open(lambda done: done.path.parent))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.button)
        line.addWidget(self._open_file)
        line.addWidget(self._open_folder)
        line.addStretch(1)
        self._open_file.hide()
        self._open_folder.hide()
        return line

    # Showing

    def show_period(self, period: Period) -> None:
        """Speak of another period; what was written for the last one is put away."""
        if self._period is None or self._period.code != period.code:
            self._say("", "")
            self.done = None
        self._period = period
        self._show_checks()
        self._show_sent()

    def _show_checks(self) -> None:
        self._before.clear()
        if self._period is None:
            return
        workspace = self._context.workspace
        self._before.set_note(self._period.title)
        for one in checks_before_export(workspace, self._period, self._checks.result):
            self._before.add(self._check_row(one))

    def _check_row(self, check: Check) -> CardRow:
        row = CardRow(check.text, check.value, value_role=check.role, opens=bool(check.opens))
        if check.opens:
            row.opened.connect(lambda: self._context.window.open_page(check.opens))
        return row

    def _show_sent(self) -> None:
        self._sent.clear()
        reporting = self._context.workspace.reporting
        exports = reporting.exports()
        self._sent.setVisible(bool(exports))
        for one in exports[:SHOWN_EXPORTS]:
            title = reporting.period(one.period, one.calendar).title
            words = tr("{period} · revision {revision}").format(period=title, revision=one.revision)
            self._sent.add(CardRow(words, f"{format_date(one.made_at)} · {one.file_name}"))

    def folder(self) -> Path:
        """Where the workbook goes: as chosen last, at first among the person's documents."""
        chosen = self._context.settings.get(kept.EXPORT_FOLDER)
        if chosen:
            return Path(chosen)
        place = QStandardPaths.StandardLocation.DocumentsLocation
        return Path(QStandardPaths.writableLocation(place)) / FOLDER

    def choose_folder(self) -> None:
        """Ask for another folder, and remember it."""
        chosen = self._context.ask.save_dir(self, tr("Folder of the reports"), self.folder())
        if chosen is not None:
            self._context.settings.set(kept.EXPORT_FOLDER, str(chosen))
            self.show_folder()

    def show_folder(self) -> None:
        """Say where the workbook goes."""
        self._folder.set_text(str(self.folder()))

    # Exporting

    def export(self) -> None:
        """Write the workbook; what keeps it from being written is said in words."""
        period = self._period
        if period is None or not self.button.isEnabled():
            return
        try:
            self._context.workspace.reporting.office_of(period)
        except UserError as error:
            self._say("error", str(error))
            return
        self._say("", "")
        self.button.setEnabled(False)
        code, folder = period.code, self.folder()

        def work(progress: Progress) -> Exported:
            from desktop.service.exporting import export

            other = self._context.workspace.another()
            try:
                return export(other, code, folder, progress)
            finally:
                other.close()

        job = follow(
            self,
            self._context.jobs.start(work),
            done=self._finish,
            failed=self._fail,
            stopped=lambda: self._say("info", tr("Stopped; nothing was written or kept.")),
            finished=lambda: self.button.setEnabled(True),
        )
        self.started.emit(job)

    def _finish(self, done: Exported) -> None:
        self.done = done
        told = tr(
            "Written and read back the same, {cells} cells: {path} (revision {revision})."
        ).format(cells=done.cells, path=done.path, revision=done.revision)
        self._say("done", told)
        if done.problems:
            lines = [f"{one.number} · {one.message}" for one in done.problems]
            head = tr("The workbook was written, but figures in it contradict each other:")
            self._wrong.set_problem("error", "\n".join([head, *lines]))
            self._wrong.show()
        self._show_sent()
        self.exported.emit()
        self._back_up()

    def _back_up(self) -> None:
        """What left is kept as it was counted."""
        workspace = self._context.workspace
        if workspace.rights.may(Action.BACKUP):
            job = self._context.jobs.start(workspace.backups.make_at_close)
            follow(self, job, failed=self._fail)

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self._say("error", "\n".join(part for part in (str(error), error.hint) if part))

    def _say(self, level: str, words: str) -> None:
        self._wrong.hide()
        self._note.setVisible(bool(words))
        if words:
            self._note.set_problem(level, words)
        self._open_file.setVisible(level == "done")
        self._open_folder.setVisible(level == "done")

    def said(self) -> str:
        """What stands over the buttons."""
        return "" if self._note.isHidden() else self._note.words()

    def _open(self, path_of: Callable[[Exported], Path]) -> None:
        if self.done is not None:
            self._open_path(path_of(self.done))
