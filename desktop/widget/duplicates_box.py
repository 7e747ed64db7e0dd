"""“Tìm hồ sơ trùng”: suspected pairs of a register, found beside the window, seen one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.base.errors import UserError
from desktop.base.numbers import format_integer
from desktop.base.translate import tr
from desktop.model.bridge import follow
from desktop.model.pair_table import PairTable
from desktop.service.look_alikes import MOST_PAIRS, Suspects
from desktop.widget.look_alike_box import LookAlikeBox
from desktop.widget.parts import BusyOverlay, Button, EmptyState, Paragraph, heading
from desktop.widget.plain_table import PlainTable

if TYPE_CHECKING:
    from desktop.base.progress import Progress
    from desktop.schema.definition import Register
    from desktop.service.look_alikes import SuspectPair
    from desktop.widget.column_widths import Keep, Need
    from desktop.widget.context import PageContext

WIDTH, HEIGHT, SIDE = 1040, 600, 20


class _PairTable(PlainTable):
    """Both people get the same room, what they are alike in the most."""

    def column_widths(self, needs: list[Need], keep: Keep, room: int) -> list[int]:
        each = room * 27 // 100
        return [each, each, room - 2 * each]


class DuplicatesBox(QDialog):
    """Searches as it is opened; Enter sets a pair side by side, Esc ends."""

    def __init__(self, parent: QWidget, context: PageContext, register: Register) -> None:
        super().__init__(parent)
        self._context = context
        self._register = register
        self.box: LookAlikeBox | None = None
        """The pair set side by side, while it is."""
        self.setWindowTitle(tr("Find duplicates"))
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build()
        room = parent.window().size()
        self.resize(min(WIDTH, room.width() - 40), min(HEIGHT, room.height() - 40))
        QTimer.singleShot(0, self, self._search)

    def _build(self) -> None:
        self.pairs = PairTable(self._register, self)
        self.table = _PairTable()
        self.table.setModel(self.pairs)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self.table.horizontalHeader().setDefaultAlignment(left)
        self.table.setAccessibleName(tr("Suspected pairs"))
        self.table.opened.connect(self._compare)
        self.words = Paragraph("", "quiet")
        self.nothing = EmptyState(
            "check-circle", tr("No duplicates"), tr("No two records look like one person’s.")
        )
        self.nothing.hide()
        self.busy = BusyOverlay(self)
        close = Button(tr("Close"), key="Esc")
        close.clicked.connect(self.reject)
        self.show_pair = Button(tr("Side by side"), "primary", key="Enter")
        self.show_pair.clicked.connect(lambda: self._compare(self.table.row()))
        foot = QHBoxLayout()
        foot.addWidget(close)
        foot.addStretch(1)
        foot.addWidget(self.show_pair)
        title = tr("Find duplicates: {register}").format(register=self._register.title)
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE, 16, SIDE, 16)
        column.setSpacing(8)
        column.addWidget(heading(title))
        column.addWidget(self.words)
        column.addWidget(self.table, 1)
        column.addWidget(self.nothing, 1)
        column.addLayout(foot)

    # Searching

    def _search(self) -> None:
        workspace, name = self._context.workspace, self._register.name

        def work(progress: Progress) -> list[SuspectPair]:
            other = workspace.another()
            try:
                return other.look_alikes.pairs(name, progress)
            finally:
                other.close()

        job = self._context.jobs.start(work)
        self.busy.start(tr("Looking for duplicates"), job.cancel)
        job.progressed.connect(self.busy.report)
        job.stopped.connect(self.reject)
        follow(self, job, done=self._found, failed=self._failed, finished=self.busy.finish)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self._context.ask.message(self, tr("Not done"), str(error), "error")
        self.reject()

    def _found(self, pairs: list[SuspectPair]) -> None:
        self.pairs.show(pairs)
        self._show_count()
        self.table.set_row(0)
        self.table.setFocus()

    def _show_count(self) -> None:
        count = len(self.pairs.pairs)
        told = tr("{count} pairs to look at, the likeliest first.")
        if count == MOST_PAIRS:
            told = tr("The {count} likeliest pairs; more may come when these are done.")
        self.words.set_text(told.format(count=format_integer(count)) if count else "")
        self.table.setVisible(count > 0)
        self.show_pair.setEnabled(count > 0)
        self.nothing.setVisible(count == 0)

    def done(self, result: int) -> None:
        super().done(result)
        parent = self.parentWidget()
        if parent is not None:
            parent.window().activateWindow()

    # One pair

    def _compare(self, row: int) -> None:
        if not 0 <= row < len(self.pairs.pairs):
            return
        pair = self.pairs.pairs[row]
        try:
            draft = self._context.workspace.open_draft(self._register.name, pair.one.id)
        except UserError as error:
            self._context.ask.message(self, tr("Not done"), str(error), "error")
            return
        box = LookAlikeBox(self, self._context.workspace, draft, Suspects((pair.other,)))
        box.told_apart.connect(lambda ids: self._told_apart(row, pair, ids))
        box.merged.connect(lambda id, label: self._merged(row, pair, id, label))
        box.opened.connect(self._open)
        self.box = box
        box.open()

    def _told_apart(self, row: int, pair: SuspectPair, ids: list[str]) -> None:
        try:
            self._context.workspace.look_alikes.tell_apart(self._register.name, pair.one.id, ids)
        except UserError as error:
            self._context.ask.message(self, tr("Not done"), str(error), "error")
            return
        self.pairs.take_out_pair(pair.one.id, pair.other.id)
        self._go_on(row)

    def _merged(self, row: int, pair: SuspectPair, stays: str, label: str) -> None:
        gone = {pair.one.id, pair.other.id} - {stays}
        self.pairs.take_out(gone)
        self.words.set_text(label)
        self._context.window.say(label)
        self._go_on(row)

    def _go_on(self, row: int) -> None:
        self._show_count()
        self.table.set_row(min(row, len(self.pairs.pairs) - 1))
        self.table.setFocus()

    def _open(self, id: str, _draft: object) -> None:
        self.accept()
        self._context.window.open_record(self._register.name, id)
