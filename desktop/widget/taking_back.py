"""Undo and redo of the window: at once, or beside it where many records are concerned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.base.errors import UserError
from desktop.base.translate import tr
from desktop.service.beside import turns_many
from desktop.widget.writing_cover import WritingCover

if TYPE_CHECKING:
    from desktop.widget.context import PageContext


class TakingBack(WritingCover):
    """Of one window."""

    def __init__(self, window: QWidget, context: PageContext) -> None:
        super().__init__(window, context.workspace)
        self._window = window
        self._context = context

    def turn(self, *, redo: bool = False) -> None:
        """Take the last saved change back, or make the one undone last again; say which."""
        saving = self._context.workspace.saving
        if turns_many(self._context.workspace, redo=redo):
            label = saving.redoable() if redo else saving.undoable()
            self.run(
                _words(redo).format(label=label),
                lambda copy, _: copy.saving.redo() if redo else copy.saving.undo(),
                done=lambda label: self._say(label, redo),
                refused=self._refuse,
            )
            return
        try:
            label = saving.redo() if redo else saving.undo()
        except UserError as error:
            self._refuse(error)
        else:
            self._say(label, redo)

    def _say(self, label: str, redo: bool) -> None:
        if label:
            self._context.window.say(_words(redo).format(label=label))

    def _refuse(self, error: UserError) -> None:
        self._context.ask.message(self._window, tr("Not done"), str(error), "error")


def _words(redo: bool) -> str:
    return tr("Done again: {label}") if redo else tr("Undone: {label}")
