"""Anonymising from the window: why, then a word typed by hand, then beside the window."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.base.errors import UserError
from desktop.base.numbers import format_integer
from desktop.base.text import clean
from desktop.base.translate import ntr, tr
from desktop.service.anonymising import confirming_words, empty_records, forget
from desktop.widget.writing_cover import WritingCover

if TYPE_CHECKING:
    from desktop.widget.context import PageContext


class Anonymising(WritingCover):
    """Of one page. `done()` when the records are nobody's."""

    done = Signal()

    def __init__(self, page: QWidget, context: PageContext) -> None:
        super().__init__(page, context.workspace)
        self._page = page
        self._context = context

    def ask(self, register: str, ids: Sequence[str]) -> None:
        """Ask about these people, and do it where the word was typed."""
        if not ids or self.is_running():
            return
        reason = self._confirmed(register, ids)
        if reason is None:
            return
        chosen = tuple(ids)
        self.run(
            tr("Anonymising"),
            lambda copy, _: empty_records(copy, register, chosen, reason),
            self._finish,
            self._refuse,
        )

    def _confirmed(self, register: str, ids: Sequence[str]) -> str | None:
        """The reason, None where it was given up."""
        ask, workspace = self._context.ask, self._context.workspace
        count = ntr("{count} person", "{count} people", len(ids))
        title = tr("Anonymise {count}").format(count=count.format(count=format_integer(len(ids))))
        told = tr(
            "{who}: names, numbers, addresses and notes are emptied for ever, here and in the "
            "journal; the figures stay. It cannot be undone. Backups keep them until they are let "
            "go. Why?"
        ).format(who=_who(workspace.lookups.title(register, ids[0]), len(ids)))
        reason = ask.reason(self._page, title, told)
        if reason is None:
            return None
        word = confirming_words()
        typed = ask.reason(
            self._page, title, tr("Type {word} to confirm. It cannot be undone.").format(word=word)
        )
        if typed is None:
            return None
        if clean(typed).casefold() != word.casefold():
            self._context.window.say(tr("Not confirmed; nothing was changed."), level="warning")
            return None
        return reason

    def _finish(self, keys: tuple[tuple[str, str], ...]) -> None:
        forget(self._context.workspace, keys)
        told = tr("Anonymised: {count} records").format(count=format_integer(len(keys)))
        self._context.window.say(told)
        self.done.emit()

    def _refuse(self, error: UserError) -> None:
        self._context.ask.message(self._page, tr("Not done"), str(error), "error", error.hint)


def _who(title: str, count: int) -> str:
    if count == 1:
        return title
    return tr("{title} and {count} more").format(title=title, count=format_integer(count - 1))
