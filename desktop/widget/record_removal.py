"""Deleting the chosen record of a register softly, and bringing it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.base.errors import UserError
from desktop.base.numbers import format_integer
from desktop.base.translate import tr
from desktop.widget.ask import Answer
from desktop.widget.rights_shown import may_delete

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.schema.definition import Register
    from desktop.widget.context import PageContext
    from desktop.widget.record_list import RecordList
    from desktop.widget.record_on_show import RecordOnShow


MOST_AT_ONCE = 200
"""Records in one change: more would keep the window waiting, and are rarely what was meant."""


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
            self._target()
            and may_delete(self._context.workspace, self._register)
            and not self._records.rows.shows_deleted
        )

    def delete(self) -> None:
        """Delete the chosen record softly; a bar at the foot of the window offers it back."""
        if not self.can_delete():
            return
        ids, workspace = self._targets(), self._context.workspace
        if len(ids) > MOST_AT_ONCE:
            self._context.ask.message(self._page, tr("Not done"), _too_many(len(ids)), "error")
            return
        title = self._title(ids)
        if len(ids) > 1 and not self._agreed(tr("Delete"), title, len(ids)):
            return
        row = self._records.rows.index_of(ids[0])
        if not self._try(lambda: workspace.saving.delete(self._register.name, ids)):
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
        ids = self._targets()
        if not ids or not self._records.rows.shows_deleted:
            return
        if len(ids) > MOST_AT_ONCE:
            self._context.ask.message(self._page, tr("Not done"), _too_many(len(ids)), "error")
        elif len(ids) == 1:
            self.bring_back(ids[0])
        elif self._try(lambda: self._context.workspace.saving.restore(self._register.name, ids)):
            title = self._title(ids)
            self._on_show.clear()
            self._context.window.say(tr("Brought back: {title}").format(title=title))

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

    def _targets(self) -> list[str]:
        """The rows chosen, where there are several; else the record chosen or on show."""
        chosen = self._records.choice.chosen_ids()
        return chosen if len(chosen) > 1 else [one for one in [self._target()] if one]

    def _title(self, ids: list[str]) -> str:
        title = self._context.workspace.lookups.title(self._register.name, ids[0])
        if len(ids) == 1:
            return title
        told = tr("{title} and {count} more")
        return told.format(title=title, count=format_integer(len(ids) - 1))

    def _agreed(self, verb: str, title: str, count: int) -> bool:
        """Several at once are asked about: a row too many is easily chosen."""
        one = self._register.one or self._register.title.lower()
        answers = (Answer("", tr("Go back"), "primary"), Answer("go", verb, "danger"))
        asked = tr("Delete {count} {one}?").format(count=format_integer(count), one=one)
        ask = self._context.ask.question
        return ask(self._page, asked, title, answers) == "go"

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


def _too_many(count: int) -> str:
    told = tr("{count} records are chosen. Delete or bring back at most {most} at once.")
    return told.format(count=format_integer(count), most=MOST_AT_ONCE)
