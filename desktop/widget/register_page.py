"""One register: its list beside the form of the record chosen in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from desktop.base.translate import tr
from desktop.schema.definition import Register
from desktop.widget import theme
from desktop.widget.record_list import RecordList
from desktop.widget.record_on_show import RecordOnShow
from desktop.widget.record_removal import RecordRemoval
from desktop.widget.rights_shown import may_add
from desktop.widget.set_aside import dropped_words
from desktop.widget.window_settings import put_split, split_of

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from desktop.service.draft import Draft
    from desktop.service.draft_picture import KeptDraft
    from desktop.widget.context import PageContext

LEAST_LIST, LEAST_FORM = 300, 420
WARM_MS = 150


class RegisterPage(QWidget):
    """Lists, shows, adds, saves, deletes and restores the records of one register."""

    changed = Signal()
    """What commands are offered may be different."""

    def __init__(
        self, register: Register, context: PageContext, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.register = register
        self._context = context
        self.list = RecordList(register, context)
        self._on_show = RecordOnShow(register, context, self.list)
        self.form = self._on_show.form
        self.removal = RecordRemoval(self, register, context, self.list, self._on_show)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        self.list.setMinimumWidth(LEAST_LIST)
        self._on_show.setMinimumWidth(LEAST_FORM)
        self.splitter.addWidget(self.list)
        self.splitter.addWidget(self._on_show)
        self.splitter.setStretchFactor(0, 0)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes(split_of(self._context.settings))
        self.splitter.splitterMoved.connect(self._keep_split)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.splitter)

    def _connect(self) -> None:
        self.list.chosen.connect(self._chosen)
        self.list.picked.connect(lambda id: self.open_record(id, enter=False))
        self.list.opened.connect(self.open_record)
        self.list.add_asked.connect(self.add)
        self.list.delete_asked.connect(self.removal.delete)
        self.list.changed.connect(self.changed)
        self.form.changed.connect(self.changed)
        self.form.saved.connect(self._saved)
        self.form.saving.look_alikes.open_instead.connect(self._open_instead)
        self.form.saving.look_alikes.merged.connect(self._merged)
        self.form.cancelled.connect(self._cancelled)
        self.form.restore_asked.connect(self.removal.bring_back)
        self.form.open_asked.connect(self._context.window.open_record)
        self.form.add_asked.connect(self._add_related)

    # What the window calls

    def may_leave(self) -> bool:
        """Ask about unsaved changes; True if another page may come."""
        return self.form.may_leave()

    def entered(self) -> None:
        """The page was brought to the front."""
        self.splitter.setSizes(split_of(self._context.settings))
        if self.form.state is None:
            self.list.focus_search()
            QTimer.singleShot(WARM_MS, self.form, self.form.sections.warm)

    def open_record(self, id: str, *, enter: bool = True) -> bool:
        """Show a record; False if the one on show may not be left or the other is gone."""
        draft = self.form.draft
        another = draft is None or draft.id != id
        if another and not (self.form.may_leave() and self._on_show.show_record(id)):
            self.list.choice.show_current(self._on_show.id())
            return False
        if enter:
            self._on_show.enter()
        return True

    def add(self, given: Mapping[str, str] | None = None) -> bool:
        """Begin a new record; False if the one on show may not be left."""
        if not may_add(self._context.workspace, self.register) or not self.form.may_leave():
            return False
        self._on_show.begin(given or {})
        return True

    def go_on(self, draft: Draft, kept: KeptDraft) -> None:
        """Show a draft that was kept on disk; ask `may_leave` first."""
        self._on_show.go_on(draft, kept)

    def focus_other_side(self) -> None:
        """F6: from the list to the form, or back."""
        focus = self.window().focusWidget()
        if focus is not None and self.form.isAncestorOf(focus):
            self.form.sections.commit()
            self.list.choice.take_focus()
        elif self._on_show.id():
            self._on_show.enter()
        else:
            self.list.choice.open_current()

    # Following list and form

    def _chosen(self, id: str) -> None:
        """The person stopped at a row: show it, but never ask anything for that."""
        if not self.form.is_dirty and id != self._on_show.id():
            self._on_show.show_record(id)

    def _saved(self, id: str, and_next: bool) -> None:
        moment = self._context.workspace.clock.now().strftime("%H:%M")
        kept = self.form.kept_texts()
        dropped = dropped_words(self.form.draft) if self.form.draft is not None else ""
        self._on_show.show_record(id)
        if and_next:
            self._on_show.begin(kept)
        self.form.telling.say_saved(moment)
        title = self._context.workspace.lookups.title(self.register.name, id)
        told = tr("Saved: {title}").format(title=title)
        self._context.window.say(f"{told}. {dropped}" if dropped else told)

    def _open_instead(self, id: str, draft: Draft | None) -> None:
        """The person is on file: show that record in place of what was typed, with what was taken
        over; what was typed can be had back like anything that was put away."""
        if self.form.is_dirty:
            self.form.saving.discarded.emit()
        if self._on_show.show_record(id) and draft is not None:
            self._on_show.show_draft(draft)
        self._on_show.enter()

    def _merged(self, id: str) -> None:
        self.form.keeping.forget()
        self._on_show.show_record(id)
        self._on_show.enter()

    def _cancelled(self) -> None:
        draft = self.form.draft
        if draft is None or draft.is_new:
            self._on_show.clear()
        else:
            self._on_show.show_record(draft.id)
        self.list.choice.take_focus()

    def _add_related(self, register: str, field: str) -> None:
        """A new record that refers to this one, which is written first: what is not stored cannot
        be referred to."""
        draft = self.form.draft
        unsaved = draft is not None and (draft.is_new or self.form.is_dirty)
        if unsaved and not self.form.save():
            return
        self._context.window.add_record(register, {field: self._on_show.id()})

    def _keep_split(self) -> None:
        put_split(self._context.settings, self.splitter.sizes())

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.current().color("panel"))
