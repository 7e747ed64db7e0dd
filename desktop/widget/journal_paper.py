"""The journal, or a paper of its kind, on its way out: to Excel, to paper, to a PDF; logged before
it goes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QPainter

from desktop.base.errors import UserError
from desktop.base.files import safe_file_name
from desktop.base.translate import tr
from desktop.model.bridge import follow
from desktop.service import journal_reading

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtPrintSupport import QPrinter
    from PySide6.QtWidgets import QWidget

    from desktop.base.progress import Progress
    from desktop.service.list_output import ListPaper
    from desktop.service.workspace import Workspace
    from desktop.widget.context import PageContext
    from desktop.widget.list_pages import ListPages
    from desktop.widget.list_preview import ListPreview


class JournalPaper(QObject):
    """Of one page. `note` puts a paper that goes out into the access log."""

    def __init__(
        self,
        page: QWidget,
        context: PageContext,
        note: Callable[[Workspace, ListPaper], object] = journal_reading.note_printed,
    ) -> None:
        super().__init__(page)
        self._page = page
        self._context = context
        self._note = note
        self.preview: ListPreview | None = None
        """The pages to look at, while they are."""

    def export(self, read: journal_reading.ReadAll, title: str, notes: Sequence[str]) -> None:
        """Ask for a file and write the lines to it."""
        path = self._path(tr("Export to Excel…"), tr("Excel workbook (*.xlsx)"), title, ".xlsx")
        if path is None:
            return

        def work(workspace: Workspace, progress: Progress) -> int:
            sheet = journal_reading.paper(workspace, title, notes, read(workspace))
            journal_reading.export_journal(workspace, sheet, path, progress)
            return len(sheet.rows)

        told = tr("Written: {name}").format(name=path.name)
        self._run(work, lambda _count: self._context.window.say(told))

    def print_lines(self, read: journal_reading.ReadAll, title: str, notes: Sequence[str]) -> None:
        """Lay the lines out and show the pages."""
        self.print_paper(lambda w, _: journal_reading.paper(w, title, notes, read(w)))

    def print_paper(self, make: Callable[[Workspace, Progress], ListPaper]) -> None:
        """Make a paper beside the window, lay it out and show the pages."""

        def work(workspace: Workspace, progress: Progress) -> ListPages:
            from desktop.widget.list_pages import ListPages

            return ListPages(make(workspace, progress), progress)

        self._run(work, self._show)

    def _run(self, work: Callable[..., object], done: Callable[..., object]) -> None:
        def beside(progress: Progress) -> object:
            other = self._context.workspace.another()
            try:
                return work(other, progress)
            finally:
                other.close()

        follow(self, self._context.jobs.start(beside), done=done, failed=self._failed)

    def _show(self, pages: ListPages) -> None:
        from desktop.widget.list_preview import ListPreview

        preview = self.preview = ListPreview(pages, self._page.window())
        preview.print_asked.connect(lambda: self._print(pages))
        preview.pdf_asked.connect(lambda: self.keep_pdf(pages))
        preview.finished.connect(self._closed)
        preview.open()

    def _closed(self) -> None:
        if self.preview is not None:
            self.preview.deleteLater()
            self.preview = None

    def keep_pdf(self, pages: ListPages) -> None:
        """Ask for a file and write the pages to it."""
        path = self._path(tr("Keep as PDF"), tr("PDF (*.pdf)"), pages.paper.title, ".pdf")
        if path is None or not self._noted(pages):
            return

        def work(_workspace: Workspace, progress: Progress) -> None:
            from desktop.base.files import write_beside
            from desktop.widget.list_pages import write_pdf

            with write_beside(path) as beside:
                write_pdf(pages, str(beside), progress)

        told = tr("Written: {name}").format(name=path.name)
        self._run(work, lambda _none: self._context.window.say(told))

    def _print(self, pages: ListPages) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(pages.paper.title)
        printer.setPageLayout(pages.layout())
        printer.setFullPage(True)
        if QPrintDialog(printer, self.preview).exec() and self._noted(pages):
            self._print_on(printer, pages)

    def _print_on(self, printer: QPrinter, pages: ListPages) -> None:
        from desktop.widget.list_pages import scaled

        painter = QPainter(printer)
        if not painter.isActive():
            told = tr("The printer does not answer. Look whether it is on and has paper.")
            self._context.ask.message(self.preview, tr("Not printed"), told, "error")
            return
        scaled(painter, printer.resolution())
        first = (printer.fromPage() or 1) - 1
        for number in range(first, min(printer.toPage() or pages.count, pages.count)):
            if number > first:
                printer.newPage()
            pages.paint(painter, number)
        painter.end()
        if self.preview is not None:
            self.preview.accept()
        self._context.window.say(tr("Sent to the printer"))

    def _noted(self, pages: ListPages) -> bool:
        try:
            self._note(self._context.workspace, pages.paper)
        except UserError as error:
            self._failed(error)
            return False
        return True

    def _path(self, words: str, pattern: str, title: str, suffix: str) -> Path | None:
        start = Path.home() / f"{safe_file_name(title)}{suffix}"
        chosen = self._context.ask.save_file(self._page, words, pattern, start)
        if chosen is None or chosen.suffix.lower() == suffix:
            return chosen
        return chosen.with_name(chosen.name + suffix)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self._context.ask.message(self._page, tr("Not done"), str(error), "error", error.hint)
