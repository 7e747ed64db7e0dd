"""Before a record of a person is saved: may there be one already? And what follows the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.base.errors import UserError
from desktop.base.translate import tr
from desktop.schema.definition import Level
from desktop.widget.look_alike_box import LookAlikeBox

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.service.draft import Draft
    from desktop.service.look_alikes import Suspects
    from desktop.widget.context import PageContext


class LookAlikeAsking(QObject):
    """Of one form. `may_save` shows the question and is asked again after the answer."""

    answered = Signal()
    """They are other people: go on saving."""
    open_instead = Signal(str, object)
    """(id, draft of that record, or None): to be shown in place of what was typed."""
    merged = Signal(str)
    """Id of the record that what was typed, or stored, went into."""

    def __init__(self, form: QWidget, context: PageContext) -> None:
        super().__init__(form)
        self._form = form
        self._context = context
        self._apart: dict[str, list[str]] = {}
        """Draft → records of which it was said that they are other people's."""
        self.box: LookAlikeBox | None = None
        """The question, while it stands."""

    def may_save(self, draft: Draft) -> bool:
        """False while somebody has to say whether a look-alike is the same person."""
        service = self._context.workspace.look_alikes
        if not service.compares(draft.register.name):
            return True
        known = self._apart.get(draft.id, [])
        found = service.of_draft(draft)
        asked = [one for one in found.shown if one.id not in known]
        if asked and (found.same_paper or not self._has_other_errors(draft)):
            self._ask(draft, type(found)(tuple(asked), found.more if not known else 0))
            return False
        if known:
            service.answered(draft)
        return True

    def _has_other_errors(self, draft: Draft) -> bool:
        """True if the record will not be saved anyway: it is looked at when the rest is right."""
        return any(problem.level is Level.ERROR for problem in draft.problems)

    def saved(self, draft: Draft) -> None:
        """Remember what was said of the record, now that it is stored."""
        others = self._apart.pop(draft.id, [])
        try:
            self._context.workspace.look_alikes.tell_apart(draft.register.name, draft.id, others)
        except UserError as error:
            self._context.window.say(str(error), level="error")

    def look(self, draft: Draft) -> None:
        """Show the look-alikes of the record on show, whatever was said of them before."""
        service = self._context.workspace.look_alikes
        if draft.is_new or draft.is_dirty:
            found = service.of_draft(draft)
        else:
            found = service.of_record(draft.register.name, draft.id, told_apart=True)
        if found.shown:
            self._ask(draft, found)
        else:
            self._context.window.say(tr("No record looks like this one."))

    def _ask(self, draft: Draft, suspects: Suspects) -> None:
        box = LookAlikeBox(self._form, self._context.workspace, draft, suspects)
        box.told_apart.connect(lambda ids: self._others(draft, ids))
        box.opened.connect(self.open_instead)
        box.merged.connect(self._say_merged)
        box.finished.connect(self._closed)
        self.box = box
        box.open()

    def _closed(self) -> None:
        self.box = None

    def _others(self, draft: Draft, ids: list[str]) -> None:
        if draft.is_new or draft.is_dirty:
            self._apart[draft.id] = [*self._apart.get(draft.id, []), *ids]
            self.answered.emit()
            return
        self._apart[draft.id] = ids
        self.saved(draft)

    def _say_merged(self, id: str, label: str) -> None:
        self.merged.emit(id)
        window = self._context.window
        window.say(label, action=tr("Undo"), key="Ctrl+Z", act=window.undo)
