"""Keeps what is typed in a form on disk: at each field left, at each pause, in a thread of its own.

The window only hands over a picture of the texts; whether it has come to the disk is looked up a
moment later, and said beside the buttons.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.base.translate import tr
from desktop.model.bridge import Soon
from desktop.service.kept_drafts import as_kept

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.service.draft_picture import KeptDraft
    from desktop.widget.context import PageContext
    from desktop.widget.form_frame import FormHead
    from desktop.widget.section_stack import SectionStack

PAUSE_MS = 1500
"""A pause in a long text is reason enough to keep it."""
WATCH_MS = 40


class DraftKeeping(QObject):
    """Of the record that the sections show."""

    told = Signal()
    """There is something else to say about where the draft is."""
    dropped = Signal()
    """What was typed is no longer the form's: discarded, or left as a draft."""

    def __init__(
        self, form: QWidget, context: PageContext, sections: SectionStack, head: FormHead
    ) -> None:
        super().__init__(form)
        self._context = context
        self._sections = sections
        self._head = head
        self._pause = Soon(self, self.keep, PAUSE_MS)
        self._watch = Soon(self, self._look, WATCH_MS)

    def typed(self) -> None:
        """Something was typed: it is kept at the next pause, if no field is left before."""
        self._pause.ask()

    def keep(self) -> None:
        """Hand what is typed over to the disk, if it is other than what was handed over last."""
        self._pause.forget()
        state = self._sections.state
        if state is None or state.read_only or state.dropped:
            return
        drafts, kept = self._context.workspace.drafts, state.kept
        picture = state.draft.picture()
        if picture == state.draft.as_opened and not (kept and kept.lost):
            if kept is not None:
                drafts.forget(kept.id)
                state.kept, state.kept_at = None, ""
            return
        if kept is not None and kept.picture == picture and kept.reasons == state.draft.reasons:
            return
        state.kept = as_kept(
            self._context.workspace,
            state.draft,
            title=self._head.words()[0],
            place=state.left_last,
            before=kept,
        )
        drafts.put(state.kept)
        self._watch.ask()

    def forget(self) -> None:
        """The record was written."""
        self._pause.forget()
        state = self._sections.state
        if state is not None and state.kept is not None:
            self._context.workspace.drafts.forget(state.kept.id)
            state.kept, state.kept_at = None, ""

    def discard(self) -> None:
        """Put what was typed away; the bar at the foot of the window offers it back."""
        kept = self._let_go()
        if kept is not None:
            self._context.workspace.drafts.discard(kept.id)
            self._context.window.drafts.say_discarded(kept)

    def leave(self) -> None:
        """Leave what was typed as a draft, to be gone on with later."""
        kept = self._let_go()
        if kept is not None:
            told = tr("Left as a draft: {title}")
            self._context.window.say(told.format(title=kept.title))

    def _let_go(self) -> KeptDraft | None:
        self.keep()
        state = self._sections.state
        if state is None:
            return None
        state.dropped = True
        self.dropped.emit()
        return state.kept

    def _look(self) -> None:
        """Has it come to the disk?"""
        state, drafts = self._sections.state, self._context.workspace.drafts
        if state is None or state.kept is None:
            return
        if drafts.is_written(state.kept.id):
            state.kept_at = f"{datetime.fromisoformat(state.kept.at):%H:%M}"
            state.not_kept = ""
        else:
            state.not_kept = drafts.failure
            self._watch.ask()
        self.told.emit()
