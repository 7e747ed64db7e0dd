"""A list on paper: laid out beside the window, looked at, then printed or kept as a PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QPainter

from desktop.base.numbers import format_integer
from desktop.base.translate import tr
from desktop.service.access import Act
from desktop.widget.list_leaving import ListLeaving, open_file

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from desktop.base.progress import Progress
    from desktop.service.list_output import Outgoing
    from desktop.service.workspace import Workspace
    from desktop.widget.context import PageContext
    from desktop.widget.list_pages import ListPages
    from desktop.widget.list_preview import ListPreview
    from desktop.widget.record_list import RecordList

MOST_PRINTED = 5000
"""Rows: 150 pages or more. Who wants more wants a file."""


class ListPrinting(QObject):
    """Of one list. `previewed(preview)`, `printed(path)` when done, "" for the printer."""

    previewed = Signal(object)
    printed = Signal(str)

    def __init__(self, records: RecordList, context: PageContext, leaving: ListLeaving) -> None:
        super().__init__(records)
        self._records = records
        self._context = context
        self._leaving = leaving
        self.preview: ListPreview | None = None

    def print_list(self) -> None:
        """What is shown, as pages to look at, then to print or keep."""
        count = self._records.rows.count
        if count > MOST_PRINTED:
            told = tr(
                "{count} rows would be some {pages} pages. Filter the list first, or export it to "
                "Excel (Ctrl+Shift+E)."
            ).format(count=format_integer(count), pages=format_integer(count // 28))
            self._context.ask.message(self._records, tr("Too long to print"), told)
            return
        self._leaving.let_out(self._lay_out)

    def _lay_out(self, asked: Outgoing) -> None:
        out = self._leaving.with_reason(asked)
        if out is None:
            return
        final = out

        def work(workspace: Workspace, progress: Progress) -> ListPages:
            from desktop.service.list_output import paper_of
            from desktop.widget.list_pages import ListPages

            return ListPages(paper_of(workspace, final, progress), progress)

        self._leaving.run(
            tr("Laying out the pages"), work, lambda pages: self._show_pages(pages, final)
        )

    def _show_pages(self, pages: ListPages, out: Outgoing) -> None:
        from desktop.widget.list_preview import ListPreview

        preview = self.preview = self._leaving.over = ListPreview(pages, self._records.window())
        preview.print_asked.connect(lambda: self._print(pages, out))
        preview.pdf_asked.connect(lambda: self._keep_pdf(pages, out))
        preview.finished.connect(self._preview_closed)
        self.previewed.emit(preview)
        preview.open()

    def _preview_closed(self) -> None:
        if self.preview is not None:
            self.preview.deleteLater()
            self.preview = self._leaving.over = None

    def _keep_pdf(self, pages: ListPages, out: Outgoing) -> None:
        from desktop.service.list_output import file_name

        name = f"{file_name(self._context.workspace, out)}.pdf"
        path = self._leaving.path(tr("Keep as PDF"), tr("PDF (*.pdf)"), name, ".pdf")
        if path is None or not self._leaving.noted(Act.PRINT, out, len(pages.paper.texts)):
            return

        def work(_: Workspace, progress: Progress) -> Path:
            from desktop.base.files import write_beside
            from desktop.widget.list_pages import write_pdf

            with write_beside(path) as beside:
                write_pdf(pages, str(beside), progress)
            return path

        self._leaving.run(tr("Keep as PDF"), work, self._printed)

    def _printed(self, path: Path) -> None:
        if self.preview is not None:
            self.preview.accept()
        told = tr("Written: {name}").format(name=path.name)
        self._context.window.say(told, action=tr("Open"), act=lambda: open_file(path))
        self.printed.emit(str(path))

    def _print(self, pages: ListPages, out: Outgoing) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(pages.paper.title)
        printer.setPageLayout(pages.layout())
        printer.setFullPage(True)
        dialog = QPrintDialog(printer, self.preview)
        if dialog.exec() and self._leaving.noted(Act.PRINT, out, len(pages.paper.texts)):
            self.print_on(printer, pages)

    def print_on(self, printer: QPrinter, pages: ListPages) -> None:
        """Print page after page; the window lives on between two."""
        from desktop.widget.list_pages import scaled

        painter = QPainter(printer)
        if not painter.isActive():
            told = tr("The printer does not answer. Look whether it is on and has paper.")
            self._context.ask.message(self.preview, tr("Not printed"), told, "error")
            return
        first = (printer.fromPage() or 1) - 1
        last = min(printer.toPage() or pages.count, pages.count)
        numbers = iter(range(first, last))
        scaled(painter, printer.resolution())

        def one() -> None:
            number = next(numbers, None)
            if number is None:
                painter.end()
                if self.preview is not None:
                    self.preview.accept()
                self._context.window.say(tr("Sent to the printer"))
                self.printed.emit("")
                return
            if number > first:
                printer.newPage()
            pages.paint(painter, number)
            QTimer.singleShot(0, self, one)

        one()
