"""Backups: when the last was made, where a second copy goes, and what can be restored."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.base.errors import UserError
from desktop.base.numbers import format_decimal, format_integer
from desktop.base.translate import N_, tr
from desktop.base.vietnamese_dates import format_date
from desktop.model.bridge import follow
from desktop.service.backup_file import SUFFIX, BackupKind
from desktop.service.backups import Backup, Done, moment_words
from desktop.service.rights import Action
from desktop.widget import theme
from desktop.widget.card_columns import lay_out_cards
from desktop.widget.parts import (
    BusyOverlay,
    Button,
    Card,
    CardRow,
    Paragraph,
    ProblemNote,
    Toolbar,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from desktop.base.progress import Progress
    from desktop.widget.ask import Asker
    from desktop.widget.context import PageContext

SHOWN = 12
KINDS = {
    BackupKind.DAILY: N_("daily"),
    BackupKind.BY_HAND: N_("made by hand"),
    BackupKind.CLOSING: N_("at the close of a period"),
    BackupKind.BEFORE_MIGRATION: N_("before an upgrade"),
    BackupKind.BEFORE_CONSOLIDATION: N_("before a consolidation"),
}


class BackupPage(QWidget):
    """Makes, copies and lists backups; restoring closes the office first, so the window does it."""

    restore_asked = Signal(object)
    """Path of the backup."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._backups = context.workspace.backups
        self._second_problem = ""
        self._build()

    def _build(self) -> None:
        head = Toolbar(tr("Backups"))
        self.make_button = Button(tr("Back up now"), "primary", icon="hard-drive")
        self.make_button.clicked.connect(self.make)
        self.other_button = Button(tr("Restore from a file…"), icon="folder-open")
        self.other_button.clicked.connect(self.choose_file)
        head.add(self.other_button)
        head.add(self.make_button)
        may = self._context.workspace.rights.may
        self.make_button.setEnabled(may(Action.BACKUP))
        self.other_button.setEnabled(may(Action.RESTORE))
        self._last = Card(tr("The last backup"))
        self._second = Card(tr("Second place"))
        self._kept = Card(tr("Backups kept"))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self._last, 1)
        top.addWidget(self._second, 1)
        column.addLayout(top)
        column.addWidget(self._kept)
        column.addStretch(1)
        lay_out_cards(self, head, inside)
        self._busy = BusyOverlay(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.current().color("background"))

    def entered(self) -> None:
        """Look at the files anew: a stick may have been plugged in."""
        self.show_state()
        self.make_button.setFocus()

    def show_state(self) -> None:
        """Show what there is now."""
        kept = self._backups.kept()
        self._show_last(next((one for one in kept if one.manifest), None))
        self._show_second()
        self._show_kept(kept)

    def _show_last(self, last: Backup | None) -> None:
        self._last.clear()
        if last is None or last.manifest is None:
            words = tr("No backup has been made yet. A fault of the disk would lose everything.")
            self._last.add(ProblemNote("warning", words))
            return
        said = last.manifest
        self._last.add(CardRow(tr("Made"), moment_words(said)))
        self._last.add(CardRow(tr("Clients in it"), format_integer(said.counts.get("client", 0))))
        self._last.add(CardRow(tr("Size"), size_words(last.size)))
        proved = tr("Opened again, every page checked, every register counted.")
        self._last.add(Paragraph(proved, "quiet"))

    def _show_second(self) -> None:
        self._second.clear()
        place = self._backups.second_place
        if place is None:
            words = tr(
                "Copies lie on this computer only. Choose a USB stick or a folder on another "
                "computer, and each backup goes there too."
            )
            self._second.add(ProblemNote("warning", words))
        else:
            at = self._backups.second_at()
            shown = format_date(at) or tr("never")
            self._second.add(CardRow(str(place), tr("last copy: {moment}").format(moment=shown)))
            if self._second_problem:
                self._second.add(ProblemNote("error", self._second_problem))
            elif self._backups.second_is_stale():
                words = tr("No newer copy for more than a week. Plug the drive in and copy.")
                self._second.add(ProblemNote("warning", words))
        self._second.add(self._second_buttons(has_place=place is not None))

    def _second_buttons(self, *, has_place: bool) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 8, 0, 0)
        row.setSpacing(8)
        choose = Button(tr("Choose the second place…"), icon="usb")
        choose.clicked.connect(self.choose_second)
        row.addWidget(choose)
        if has_place:
            copy = Button(tr("Copy to the second place"))
            copy.clicked.connect(self.copy_to_second)
            forget = Button(tr("No second place"), "flat")
            forget.clicked.connect(lambda: self._take_second(None))
            row.addWidget(copy)
            row.addWidget(forget)
        row.addStretch(1)
        line.setEnabled(self._context.workspace.rights.may(Action.BACKUP))
        return line

    def _show_kept(self, kept: list[Backup]) -> None:
        self._kept.clear()
        self._kept.set_note(
            tr("7 days, 8 weeks, 10 half-years · {folder}").format(folder=self._backups.folder)
        )
        may = self._context.workspace.rights.may(Action.RESTORE)
        for one in kept[:SHOWN]:
            if one.manifest is None:
                damaged = tr("damaged, or no backup")
                self._kept.add(CardRow(one.path.name, damaged, value_role="error"))
                continue
            words = tr("{moment} · {kind} · {clients} clients").format(
                moment=moment_words(one.manifest), kind=tr(KINDS[one.manifest.kind]),
                clients=format_integer(one.manifest.counts.get("client", 0)),
            )  # fmt: skip
            row = CardRow(words, size_words(one.size), opens=may)
            row.setToolTip(tr("Look inside and restore"))
            row.opened.connect(lambda path=one.path: self.restore_asked.emit(path))
            self._kept.add(row)
        if not kept:
            self._kept.add(Paragraph(tr("None yet."), "quiet"))

    # Acting

    def make(self) -> None:
        """Make a backup now."""
        self._run(
            tr("Backing up…"), lambda progress: self._backups.make(BackupKind.BY_HAND, progress)
        )

    def copy_to_second(self) -> None:
        """Copy the newest one to the second place."""
        self._run(tr("Copying the backup…"), self._backups.copy_newest)

    def _run(self, title: str, work: Callable[[Progress], Done]) -> None:
        job = follow(
            self,
            self._context.jobs.start(work),
            done=self._made,
            failed=self._failed,
            finished=self._ended,
        )
        self._busy.start(title, job.cancel)
        job.progressed.connect(self._busy.report)

    def _made(self, done: Done) -> None:
        self._second_problem = done.second_problem
        if done.second is not None:
            told = tr("Backed up and checked, here and in the second place.")
        else:
            told = tr("Backed up and checked.")
        self._context.window.say(told)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self._context.ask.message(self, tr("No backup was made"), str(error), "error", error.hint)

    def _ended(self) -> None:
        self._busy.finish()
        self.show_state()

    def choose_second(self) -> None:
        """Ask for the folder of the second place."""
        title = tr("Folder for a second copy of each backup")
        chosen = self._context.ask.save_dir(self, title, self._backups.second_place)
        if chosen is not None:
            self._take_second(chosen)

    def _take_second(self, folder: Path | None) -> None:
        try:
            self._backups.choose_second_place(folder)
        except UserError as error:
            self._context.ask.message(self, tr("Not chosen"), str(error), "error")
            return
        self._second_problem = ""
        if folder is None:
            self.show_state()
        else:
            self.copy_to_second()

    def choose_file(self) -> None:
        """Ask for a backup that lies somewhere else."""
        chosen = ask_for_backup(self._context.ask, self, self._backups.second_place)
        if chosen is not None:
            self.restore_asked.emit(chosen)


def ask_for_backup(ask: Asker, parent: QWidget, start: Path | None = None) -> Path | None:
    """A backup file that lies somewhere else, None if none was chosen."""
    pattern = tr("Backups of Sổ CTXH (*{suffix})").format(suffix=SUFFIX)
    return ask.open_file(parent, tr("Which backup?"), pattern, start)


def size_words(size: int) -> str:
    """Bytes in the unit people know: 9,8 MB."""
    return f"{format_decimal(size / 1_000_000)} MB"
