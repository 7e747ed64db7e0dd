"""Deleting the chosen record of a register softly, and bringing it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.base.errors import UserError
from desktop.base.translate import tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.schema.definition import Register
    from desktop.widget.context import PageContext
    from desktop.widget.record_list import RecordList
    from desktop.widget.record_on_show import RecordOnShow


class RecordRemoval:
    """Of one register's page, over which it says what was refused."""

    def __init__(
        self,
        page: QWidget,
        register: Register,
        context: PageContext,
        records: RecordList,
        on_show: RecordOnShow,
    ) -> None:
        self._page = page
        self._register = register
        self._context = context
        self._records = records
        self._on_show = on_show

    def can_delete(self) -> bool:
        """True if there is a record that may be deleted."""
        return bool(
            self._target() and not self._register.catalogue and not self._records.rows.shows_deleted
        )

    def delete(self) -> None:
        """Delete the chosen record softly; a bar at the foot of the window offers it back."""
        if not self.can_delete():
            return
        id, workspace = self._target(), self._context.workspace
        title = workspace.lookups.title(self._register.name, id)
        row = self._records.rows.index_of(id)
        if not self._try(lambda: workspace.saving.delete(self._register.name, [id])):
            return
        self._on_show.clear()
        self._choose_near(row)
        self._context.window.say(
            tr("Deleted: {title}").format(title=title),
            action=tr("Undo"),
            key="Ctrl+Z",
            act=self._context.window.undo,
        )

    def restore(self) -> None:
        """Bring the chosen deleted record back."""
        id = self._target()
        if id and self._records.rows.shows_deleted:
            self.bring_back(id)

    def bring_back(self, id: str) -> None:
        """Bring a deleted record back."""
        workspace = self._context.workspace
        title = workspace.lookups.title(self._register.name, id)
        if self._try(lambda: workspace.saving.restore(self._register.name, [id])):
            self._on_show.clear()
            self._context.window.say(tr("Brought back: {title}").format(title=title))

    def show_deleted(self, on: bool) -> None:
        """Show the deleted records instead of the others."""
        if self._on_show.form.may_leave():
            self._on_show.clear()
            self._records.show_deleted(on)

    def _target(self) -> str:
        draft = self._on_show.form.draft
        if draft is not None and draft.is_new:
            return ""
        return self._records.choice.current_id() or self._on_show.id()

    def _choose_near(self, row: int) -> None:
        """After a record went: the keyboard stays where it was."""
        last = self._records.choice.model.rowCount() - 1
        if last >= 0:
            self._records.choice.table.set_row(max(0, min(row, last)))
            self._records.choice.table.setFocus()

    def _try(self, act: Callable[[], object]) -> bool:
        """Do something that may be refused in words."""
        try:
            act()
        except UserError as error:
            self._context.ask.message(self._page, tr("Not done"), str(error), "error")
            return False
        return True
