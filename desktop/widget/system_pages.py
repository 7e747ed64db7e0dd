"""The pages about the data itself, and the backup that is made behind the window each day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop.base.errors import UserError
from desktop.base.translate import tr
from desktop.model.bridge import follow
from desktop.model.daily_backup import DailyBackup
from desktop.service import retention
from desktop.service.backups import Done, last_change
from desktop.service.rights import Action
from desktop.widget.backup_page import BackupPage
from desktop.widget.retention_page import RetentionPage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.base.progress import Progress
    from desktop.widget.context import PageContext
    from desktop.widget.main_window import MainWindow

BACKUP = "backup"
RETENTION = "retention"


class SystemPages(QObject):
    """Of one window, which keeps it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        workspace = window.context.workspace
        if workspace.database.cut_frames:
            QTimer.singleShot(0, self, self._say_cut)
        if workspace.rights.may(Action.ANONYMISE):
            self._add_retention()
        if not workspace.rights.may(Action.BACKUP):
            return
        window.pages.add_page(
            BACKUP, tr("Backups"), "hard-drive", tr("System"), self._make_backup_page
        )
        self.daily = DailyBackup(workspace.backups, window.context.jobs, self)
        self.daily.made.connect(self._backed_up)
        self.daily.failed.connect(self._not_backed_up)
        window.sidebar.set_count(BACKUP, None, attention=workspace.backups.second_is_stale())

    def _add_retention(self) -> None:
        """The page of what is kept too long, and the figure behind it, once it is counted."""
        window = self._window
        window.pages.add_page(
            RETENTION, tr("Retention"), "clock", tr("System"), self._make_retention_page
        )
        if retention.is_set(window.context.workspace):
            QTimer.singleShot(0, self, self._count_due)

    def _make_retention_page(self, context: PageContext) -> QWidget:
        page = RetentionPage(context)
        page.counted.connect(self._show_due)
        return page

    def _count_due(self) -> None:
        context = self._window.context

        def work(_progress: Progress) -> int:
            other = context.workspace.another()
            try:
                return len(retention.due(other))
            finally:
                other.close()

        def failed(error: Exception) -> None:
            raise error

        follow(self, context.jobs.start(work), done=self._show_due, failed=failed)

    def _show_due(self, count: int) -> None:
        self._window.sidebar.set_count(RETENTION, count or None, attention=bool(count))

    def _say_cut(self) -> None:
        last = last_change(self._window.context.workspace)
        self._window.say(
            tr(
                "The program was stopped while it wrote; the unfinished end was cut off. The last "
                "change that is kept: {change}."
            ).format(change=last),
            level="warning",
        )

    def _make_backup_page(self, context: PageContext) -> QWidget:
        page = BackupPage(context)
        page.restore_asked.connect(self._window.restore_asked)
        return page

    def _backed_up(self, done: Done) -> None:
        page = self._window.pages.made_page(BACKUP)
        if isinstance(page, BackupPage):
            page.show_state()
        if done.second_problem:
            self._window.say(
                done.second_problem, level="warning", action=tr("Open"), act=self._open
            )

    def _not_backed_up(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        told = tr("Today's backup could not be made: {why}").format(why=str(error))
        self._window.say(told, level="error", action=tr("Open"), act=self._open)

    def _open(self) -> None:
        self._window.open_page(BACKUP)
