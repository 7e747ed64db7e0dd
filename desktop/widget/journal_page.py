"""The page “Nhật ký”: who changed what, and who looked at what; filtered, printed, exported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from desktop.base.errors import UserError
from desktop.base.numbers import format_integer
from desktop.base.translate import tr
from desktop.model.bridge import Soon, follow, listen
from desktop.model.journal_table import JournalTable
from desktop.service import journal_reading
from desktop.service.journal_reading import MOST_OUT, PAGE, Asked, JournalLine
from desktop.service.verifying import Verified, verify
from desktop.widget import theme
from desktop.widget.history_box import difference_words
from desktop.widget.journal_filters import JournalFilters
from desktop.widget.journal_paper import JournalPaper
from desktop.widget.parts import BusyOverlay, Button, Card, Paragraph, SectionTabs, Toolbar, quiet
from desktop.widget.plain_table import PlainTable

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from desktop.base.progress import Progress
    from desktop.service.saving import Changed
    from desktop.widget.ask import Asker
    from desktop.widget.context import PageContext

CHANGES, LOOKS = 0, 1
WHEN, WHO, WHERE, WHAT = range(4)
LATER_MS = 120


class JournalPage(QWidget):
    """For who may read the journal of everybody."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._workspace = context.workspace
        self._asked = Asked()
        self._number = 0
        self._complete = False
        self._loading = False
        self._build()
        self._later = Soon(self, self.reload, LATER_MS)
        listen(self, self._workspace.changed, self._records_changed)

    # What is on it

    def _build(self) -> None:
        self.head = Toolbar(tr("Journal"))
        self._verify = Button(tr("Verify the journal"), icon="shield")
        self._verify.clicked.connect(self.verify)
        self._export = Button(tr("Export to Excel…"), icon="download")
        self._export.clicked.connect(self.export)
        self._print = Button(tr("Print…"), icon="printer")
        self._print.clicked.connect(self.print_lines)
        for button in (self._verify, self._export, self._print):
            self.head.add(button)
        self.tabs = SectionTabs([tr("Changes made"), tr("Access")])
        self.tabs.currentChanged.connect(self._turned)
        self.filters = JournalFilters(self._workspace)
        self.filters.changed.connect(self._ask_anew)
        self.model = JournalTable(self)
        self.table = PlainTable()
        self.table.setAccessibleName(tr("Journal"))
        self.table.setModel(self.model)
        self.table.set_fixed((WHEN, WHO, WHERE, WHAT))
        self.table.opened.connect(self._open)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_details())
        self.table.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.details = Card(tr("What the line holds"))
        self.details.setMinimumWidth(260)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(self.table)
        split.addWidget(self.details)
        split.setStretchFactor(0, 1)
        split.setSizes([820, 300])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.head, self.tabs, self.filters):
            column.addWidget(part)
        column.addWidget(split, 1)
        self._busy = BusyOverlay(self)
        self.paper = JournalPaper(self, self._context)
        for place in (CHANGES, LOOKS):
            QShortcut(
                QKeySequence(f"Alt+{place + 1}"),
                self,
                lambda at=place: self.tabs.setCurrentIndex(at),
            )

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.current().color("panel"))

    # Reading

    def view(self) -> int:
        """`CHANGES` or `LOOKS`."""
        return self.tabs.currentIndex()

    def entered(self) -> None:
        """The page was brought to the front."""
        self.reload()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turned(self, _place: int) -> None:
        self.filters.offer_kinds(looks=self.view() == LOOKS)
        self.model.show([])
        self._show_details()
        self._ask_anew()

    def _ask_anew(self) -> None:
        self._asked = self.filters.asked()
        self.reload()

    def _records_changed(self, _change: Changed) -> None:
        if self.isVisible():
            self._later.ask()

    def reload(self) -> None:
        """Read the newest lines."""
        self._number += 1
        self._complete = False
        self._loading = False
        self._read(0)

    def _scrolled(self, place: int) -> None:
        bar = self.table.verticalScrollBar()
        if place >= bar.maximum() - 20 and self.model.lines and not self._complete:
            self._read(self.model.lines[-1].id)

    def _read(self, before: int) -> None:
        """Ask for a page on the thread for long work; what comes too late is dropped."""
        if self._loading:
            return
        self._loading = True
        number, asked, read = self._number, self._asked, self.reading()

        def work(_progress: Progress) -> list[JournalLine]:
            other = self._workspace.another()
            try:
                return read(other, asked, before=before)
            finally:
                other.close()

        follow(
            self,
            self._context.jobs.start(work),
            done=lambda found: self._take(number, before, found),
            failed=self._failed,
        )

    def reading(self) -> journal_reading.Reading:
        """What reads the lines of the view."""
        return journal_reading.changes if self.view() == CHANGES else journal_reading.looks

    def _take(self, number: int, before: int, found: list[JournalLine]) -> None:
        if number != self._number:
            return
        self._loading = False
        self._complete = len(found) < PAGE
        if before:
            self.model.add(found)
        else:
            self.model.show(found)
            self.table.set_row(0)
            self._show_details()

    def _failed(self, error: Exception) -> None:
        self._busy.finish()
        self._loading = False
        if not isinstance(error, UserError):
            raise error
        self._context.ask.message(self, tr("Not done"), str(error), "error", error.hint)

    # One line

    def _show_details(self) -> None:
        self.details.clear()
        line = self.model.line(self.table.row())
        if line is None:
            self.details.add(quiet(tr("No line fits.")))
            return
        self.details.add(Paragraph(f"{line.what} · {line.when}"))
        self.details.add(Paragraph(line.about))
        if line.reason:
            self.details.add(Paragraph(tr("Reason: {reason}").format(reason=line.reason)))
        if self.view() == CHANGES:
            for title, differences in journal_reading.details(self._workspace, line.id):
                self.details.add(Paragraph(title))
                for one in differences:
                    self.details.add(Paragraph(difference_words(one), "quiet"))

    def _open(self, row: int) -> None:
        line = self.model.line(row)
        if line is not None and line.record[0]:
            self._context.window.open_record(*line.record)

    # All of them

    def verify(self) -> None:
        """Read everything again: is it as it was written?"""
        self._busy.start(tr("Reading the journal…"))

        def work(progress: Progress) -> Verified:
            other = self._workspace.another()
            try:
                return verify(other, progress)
            finally:
                other.close()

        def finish(done: Verified) -> None:
            self._busy.finish()
            say_verified(self._context.ask, self, done)

        job = follow(self, self._context.jobs.start(work), done=finish, failed=self._failed)
        job.progressed.connect(self._busy.report)

    def title(self) -> str:
        """Of what is printed and exported."""
        return tr("Journal of changes") if self.view() == CHANGES else tr("Access log")

    def export(self) -> None:
        """Everything that fits the filters, into an Excel file."""
        self.paper.export(_all(self), self.title(), self.filters.words())

    def print_lines(self) -> None:
        """Everything that fits the filters, as pages to look at, print or keep."""
        self.paper.print_lines(_all(self), self.title(), self.filters.words())


def say_verified(ask: Asker, page: QWidget, done: Verified) -> None:
    """Say whether the journal is as it was written, and which lines are not."""
    numbers = tr("{changes} changes, {rows} rows and {looks} looks were read.").format(
        changes=format_integer(done.changes),
        rows=format_integer(done.rows),
        looks=format_integer(done.looks),
    )
    if done.damages:
        told = "\n".join(one.text for one in done.damages)
        ask.message(page, tr("The journal is not as it was written"), numbers, "error", told)
        return
    ask.message(page, tr("The journal is as it was written"), numbers, "done")


def _all(page: JournalPage) -> journal_reading.ReadAll:
    read, asked = page.reading(), page.filters.asked()
    return lambda workspace: read(workspace, asked, limit=MOST_OUT)
