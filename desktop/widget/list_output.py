"""A list on its way out: copied, printed, exported; asked about, told of, never waited for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, QObject, QStandardPaths, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QPainter

from desktop.base.errors import UserError
from desktop.base.numbers import format_integer
from desktop.base.translate import N_, ntr, tr
from desktop.service.access import Act
from desktop.service.rights import Action
from desktop.widget import window_settings as kept
from desktop.widget.ask import Answer
from desktop.widget.parts import BusyOverlay

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from desktop.base.progress import Progress
    from desktop.service.list_output import ListPaper, Outgoing
    from desktop.service.workspace import Workspace
    from desktop.widget.context import PageContext
    from desktop.widget.list_pages import ListPages
    from desktop.widget.list_preview import ListPreview
    from desktop.widget.record_list import RecordList

MOST_PRINTED = 5000
"""Rows: 150 pages or more. Who wants more wants a file."""
FOLDER = "So CTXH"
_WITHOUT = Answer("without", N_("Leave them out"), "primary")
_WITH = Answer("with", N_("Take them along…"))
_BACK = Answer("", N_("Go back"))


class ListOutput(QObject):
    """Of one list. `copied`, `exported(path)`, `previewed(preview)` when done."""

    copied = Signal(int)
    exported = Signal(str)
    previewed = Signal(object)
    printed = Signal(str)

    def __init__(self, records: RecordList, context: PageContext) -> None:
        super().__init__(records)
        self._records = records
        self._context = context
        self._busy: BusyOverlay | None = None
        self.preview: ListPreview | None = None

    def may(self) -> bool:
        """True if this person may let lists of this register out."""
        rights = self._context.workspace.rights
        return rights.may(Action.LIST_OUT, self._records.register.name)

    # To the clipboard

    def copy(self) -> None:
        """The chosen rows, or all that are shown if none is, to the clipboard as Excel cells."""
        out = self._outgoing(self._records.choice.chosen_ids() or None)
        if out is None:
            return

        def work(workspace: Workspace, progress: Progress) -> tuple[str, str, int]:
            from desktop.service.list_output import copied

            return copied(workspace, out, progress)

        self._run(tr("Copying"), work, self._to_clipboard)

    def _to_clipboard(self, found: tuple[str, str, int]) -> None:
        plain, html, count = found
        data = QMimeData()
        data.setText(plain)
        data.setHtml(html)
        QGuiApplication.clipboard().setMimeData(data)
        told = ntr("Copied: {count} row", "Copied: {count} rows", count)
        self._context.window.say(told.format(count=format_integer(count)))
        self.copied.emit(count)

    # Into an Excel file

    def export(self) -> None:
        """What is shown, into an Excel file."""
        out = self._with_reason(self._outgoing())
        if out is None:
            return
        from desktop.service.list_output import file_name

        name = f"{file_name(self._context.workspace, out)}.xlsx"
        path = self._path(tr("Export the list"), tr("Excel workbook (*.xlsx)"), name, ".xlsx")
        if path is None:
            return

        def work(workspace: Workspace, progress: Progress) -> ListPaper:
            from desktop.service.list_output import export_list

            return export_list(workspace, out, path, progress)

        self._run(tr("Exporting the list"), work, lambda paper: self._exported(path, paper, out))

    def _exported(self, path: Path, paper: ListPaper, out: Outgoing) -> None:
        count = len(paper.rows)
        told = ntr("Exported {count} row to {name}", "Exported {count} rows to {name}", count)
        told = told.format(count=format_integer(count), name=path.name)
        left_out = out.left_out_words()
        if left_out:
            told = f"{told}. {tr('Left out: {what}').format(what=left_out)}"
        self._context.window.say(told, action=tr("Open"), act=lambda: _open(path))
        self.exported.emit(str(path))

    # On paper

    def print_list(self) -> None:
        """What is shown, as pages to look at, then to print or keep."""
        out = self._outgoing()
        if out is not None and len(out.ids) > MOST_PRINTED:
            told = tr(
                "{count} rows would be some {pages} pages. Filter the list first, or export it to "
                "Excel (Ctrl+Shift+E)."
            ).format(count=format_integer(len(out.ids)), pages=format_integer(len(out.ids) // 28))
            self._context.ask.message(self._records, tr("Too long to print"), told)
            return
        out = self._with_reason(out)
        if out is None:
            return
        final = out

        def work(workspace: Workspace, progress: Progress) -> ListPages:
            from desktop.service.list_output import paper_of
            from desktop.widget.list_pages import ListPages

            return ListPages(paper_of(workspace, final, progress), progress)

        self._run(tr("Laying out the pages"), work, lambda pages: self._show_pages(pages, final))

    def _show_pages(self, pages: ListPages, out: Outgoing) -> None:
        from desktop.widget.list_preview import ListPreview

        preview = self.preview = ListPreview(pages, self._records.window())
        preview.print_asked.connect(lambda: self._print(pages, out))
        preview.pdf_asked.connect(lambda: self._keep_pdf(pages, out))
        preview.finished.connect(self._preview_closed)
        self.previewed.emit(preview)
        preview.open()

    def _preview_closed(self) -> None:
        if self.preview is not None:
            self.preview.deleteLater()
            self.preview = None

    def _keep_pdf(self, pages: ListPages, out: Outgoing) -> None:
        from desktop.service.list_output import file_name

        name = f"{file_name(self._context.workspace, out)}.pdf"
        path = self._path(tr("Keep as PDF"), tr("PDF (*.pdf)"), name, ".pdf")
        if path is None or not self._noted(Act.PRINT, out, pages):
            return

        def work(_: Workspace, progress: Progress) -> Path:
            from desktop.base.files import write_beside
            from desktop.widget.list_pages import write_pdf

            with write_beside(path) as beside:
                write_pdf(pages, str(beside), progress)
            return path

        self._run(tr("Keep as PDF"), work, self._printed)

    def _printed(self, path: Path) -> None:
        if self.preview is not None:
            self.preview.accept()
        told = tr("Written: {name}").format(name=path.name)
        self._context.window.say(told, action=tr("Open"), act=lambda: _open(path))
        self.printed.emit(str(path))

    def _print(self, pages: ListPages, out: Outgoing) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(pages.paper.title)
        printer.setPageLayout(pages.layout())
        printer.setFullPage(True)
        dialog = QPrintDialog(printer, self.preview)
        if dialog.exec() and self._noted(Act.PRINT, out, pages):
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

    # What all have in common

    def _outgoing(self, ids: list[str] | None = None) -> Outgoing | None:
        """What is shown, or why it may not leave, said in words."""
        from desktop.service.list_output import outgoing

        rows = self._records.rows
        if rows.is_waiting or not rows.count:
            return None
        try:
            given = rows.ids[:] if ids is None else ids
            return outgoing(self._context.workspace, rows, given, self._records.only_words())
        except UserError as error:
            self._refused(error)
            return None

    def _with_reason(self, out: Outgoing | None) -> Outgoing | None:
        """Ask whether what is restricted or sensitive goes along, and why."""
        if out is None or not out.leaves_out:
            return out
        rights, ask = self._context.workspace.rights, self._context.ask
        if not (rights.sees_restricted and rights.sees_sensitive):
            return out
        text = tr("In this list: {what}. They stay behind unless they are needed.").format(
            what=out.left_out_words()
        )
        answer = ask.question(
            self._records, tr("Restricted and sensitive facts"), text, (_BACK, _WITH, _WITHOUT)
        )
        if answer == _WITHOUT.key:
            return out
        if answer != _WITH.key:
            return None
        why = tr("Why must they go along? The reason is kept in the access log.")
        reason = ask.reason(self._records, tr("Restricted and sensitive facts"), why)
        if reason is None:
            return None
        from dataclasses import replace

        return replace(out, reason=reason)

    def _noted(self, act: Act, out: Outgoing, pages: ListPages) -> bool:
        from desktop.service.list_output import note

        try:
            note(self._context.workspace, act, out, len(pages.paper.texts))
        except UserError as error:
            self._refused(error)
            return False
        return True

    def _path(self, title: str, pattern: str, name: str, suffix: str) -> Path | None:
        """Where to write to, in the folder chosen last."""
        settings = self._context.settings
        folder = settings.get(kept.LIST_FOLDER) or settings.get(kept.EXPORT_FOLDER)
        if not folder or not Path(folder).is_dir():
            place = QStandardPaths.StandardLocation.DocumentsLocation
            folder = QStandardPaths.writableLocation(place)
        parent = self.preview if self.preview is not None else self._records
        chosen = self._context.ask.save_file(parent, title, pattern, Path(folder) / name)
        if chosen is None:
            return None
        settings.set(kept.LIST_FOLDER, str(chosen.parent))
        return chosen if chosen.suffix.lower() == suffix else Path(f"{chosen}{suffix}")

    def _run(
        self,
        title: str,
        work: Callable[[Workspace, Progress], Any],
        done: Callable[[Any], object],
    ) -> None:
        """Beside the window, with a way to stop it."""
        workspace = self._context.workspace

        def run(progress: Progress) -> Any:
            other = workspace.another()
            try:
                return work(other, progress)
            finally:
                other.close()

        def stopped() -> None:
            self._context.window.say(tr("Stopped; nothing was written."))

        # Not among the window's jobs: copying three rows must not wait for a check of everything.
        job = self._records.reader.run(self, run, done, self._failed, stopped)
        if self._busy is None:
            self._busy = BusyOverlay(self._records)
        self._busy.start(title, job.cancel)
        job.progressed.connect(self._busy.report)
        job.finished.connect(self._busy.finish)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self._refused(error)

    def _refused(self, error: UserError) -> None:
        told = "\n".join(part for part in (str(error), error.hint) if part)
        parent = self.preview if self.preview is not None else self._records
        self._context.ask.message(parent, tr("Not done"), told, "error")


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
