"""What copying, printing and exporting a list have in common: asked, told, never waited for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desktop.base.errors import UserError
from desktop.base.translate import N_, tr
from desktop.service.rights import Action
from desktop.widget import window_settings as kept
from desktop.widget.ask import Answer
from desktop.widget.parts import BusyOverlay

if TYPE_CHECKING:
    from desktop.base.progress import Progress
    from desktop.service.access import Act
    from desktop.service.list_output import Outgoing
    from desktop.service.workspace import Workspace
    from desktop.widget.context import PageContext
    from desktop.widget.record_list import RecordList

_WITHOUT = Answer("without", N_("Leave them out"), "primary")
_WITH = Answer("with", N_("Take them along…"))
_BACK = Answer("", N_("Go back"))


class ListLeaving(QObject):
    """Of one list. `over` is the dialog whose questions these are, None for the list itself."""

    def __init__(self, records: RecordList, context: PageContext) -> None:
        super().__init__(records)
        self._records = records
        self._context = context
        self._busy: BusyOverlay | None = None
        self.over: QWidget | None = None

    def may(self) -> bool:
        """True if this person may let lists of this register out."""
        rights = self._context.workspace.rights
        return rights.may(Action.LIST_OUT, self._records.register.name)

    def let_out(self, then: Callable[[Outgoing], object], ids: list[str] | None = None) -> None:
        """Go on with what is shown; why it may not leave is said in words."""
        from desktop.service.list_output import FEW, outgoing

        rows, only = self._records.rows, self._records.only_words()
        if rows.is_waiting or not rows.count:
            return
        given = rows.ids[:] if ids is None else ids
        if len(given) > FEW:
            self.run(tr("Preparing the list"), lambda w, _: outgoing(w, rows, given, only), then)
            return
        try:
            out = outgoing(self._context.workspace, rows, given, only)
        except UserError as error:
            self.refused(error)
        else:
            then(out)

    def with_reason(self, out: Outgoing) -> Outgoing | None:
        """Ask whether what is restricted or sensitive goes along, and why."""
        if not out.leaves_out:
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
        return replace(out, reason=reason)

    def noted(self, act: Act, out: Outgoing, count: int) -> bool:
        from desktop.service.list_output import note

        try:
            note(self._context.workspace, act, out, count)
        except UserError as error:
            self.refused(error)
            return False
        return True

    def path(self, title: str, pattern: str, name: str, suffix: str) -> Path | None:
        """Where to write to, in the folder chosen last."""
        settings = self._context.settings
        folder = settings.get(kept.LIST_FOLDER) or settings.get(kept.EXPORT_FOLDER)
        if not folder or not Path(folder).is_dir():
            place = QStandardPaths.StandardLocation.DocumentsLocation
            folder = QStandardPaths.writableLocation(place)
        parent = self.over or self._records
        chosen = self._context.ask.save_file(parent, title, pattern, Path(folder) / name)
        if chosen is None:
            return None
        settings.set(kept.LIST_FOLDER, str(chosen.parent))
        return chosen if chosen.suffix.lower() == suffix else Path(f"{chosen}{suffix}")

    def run(
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
        self.refused(error)

    def refused(self, error: UserError) -> None:
        told = "\n".join(part for part in (str(error), error.hint) if part)
        parent = self.over or self._records
        self._context.ask.message(parent, tr("Not done"), told, "error")


def open_file(path: Path) -> None:
    """With the program the system has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
