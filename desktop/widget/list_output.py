"""A list on its way out: to the clipboard as Excel cells, into an Excel file, onto paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication

from desktop.base.numbers import format_integer
from desktop.base.translate import ntr, tr
from desktop.widget.list_leaving import ListLeaving, open_file
from desktop.widget.list_printing import ListPrinting

if TYPE_CHECKING:
    from desktop.base.progress import Progress
    from desktop.service.list_output import ListPaper, Outgoing
    from desktop.service.workspace import Workspace
    from desktop.widget.context import PageContext
    from desktop.widget.record_list import RecordList


class ListOutput(QObject):
    """Of one list. `copied(rows)`, `exported(path)` when done."""

    copied = Signal(int)
    exported = Signal(str)

    def __init__(self, records: RecordList, context: PageContext) -> None:
        super().__init__(records)
        self._records = records
        self._context = context
        self._leaving = ListLeaving(records, context)
        self.printing = ListPrinting(records, context, self._leaving)

    def may(self) -> bool:
        """True if this person may let lists of this register out."""
        return self._leaving.may()

    # To the clipboard

    def copy(self) -> None:
        """The chosen rows, or all that are shown if none is, to the clipboard as Excel cells."""

        def copy(out: Outgoing) -> None:
            def work(workspace: Workspace, progress: Progress) -> tuple[str, str, int]:
                from desktop.service.list_output import copied

                return copied(workspace, out, progress)

            self._leaving.run(tr("Copying"), work, self._to_clipboard)

        self._leaving.let_out(copy, self._records.choice.chosen_ids() or None)

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
        self._leaving.let_out(self._export)

    def _export(self, asked: Outgoing) -> None:
        out = self._leaving.with_reason(asked)
        if out is None:
            return
        from desktop.service.list_output import file_name

        name = f"{file_name(self._context.workspace, out)}.xlsx"
        path = self._leaving.path(
            tr("Export the list"), tr("Excel workbook (*.xlsx)"), name, ".xlsx"
        )
        if path is None:
            return

        def work(workspace: Workspace, progress: Progress) -> ListPaper:
            from desktop.service.list_output import export_list

            return export_list(workspace, out, path, progress)

        self._leaving.run(
            tr("Exporting the list"), work, lambda paper: self._exported(path, paper, out)
        )

    def _exported(self, path: Path, paper: ListPaper, out: Outgoing) -> None:
        count = len(paper.rows)
        told = ntr("Exported {count} row to {name}", "Exported {count} rows to {name}", count)
        told = told.format(count=format_integer(count), name=path.name)
        left_out = out.left_out_words()
        if left_out:
            told = f"{told}. {tr('Left out: {what}').format(what=left_out)}"
        self._context.window.say(told, action=tr("Open"), act=lambda: open_file(path))
        self.exported.emit(str(path))
