"""One register: its list beside the form of the record chosen in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.base.errors import UserError
from desktop.base.translate import tr
from desktop.model.bridge import listen
from desktop.schema.definition import Register
from desktop.widget import theme
from desktop.widget.form_page import FormPage
from desktop.widget.parts import EmptyState
from desktop.widget.record_list import RecordList
from desktop.widget.window_settings import put_split, split_of

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from desktop.service.saving import Changed
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
        self.form = FormPage(register, context)
        self._build()
        self._connect()

    def _build(self) -> None:
        self._right = QStackedWidget()
        one = self.register.one or self.register.title.lower()
        told = tr("Choose {one} in the list; Enter puts the keyboard into the form.")
        icon = self.register.icon or "file-text"
        self._nothing = EmptyState(icon, tr("Nothing chosen"), told.format(one=one))
        self._right.addWidget(self._nothing)
        self._right.addWidget(self.form)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        self.list.setMinimumWidth(LEAST_LIST)
        self._right.setMinimumWidth(LEAST_FORM)
        self.splitter.addWidget(self.list)
        self.splitter.addWidget(self._right)
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
        self.list.delete_asked.connect(self.delete)
        self.list.changed.connect(self.changed)
        self.form.changed.connect(self.changed)
        self.form.saved.connect(self._saved)
        self.form.cancelled.connect(self._cancelled)
        self.form.restore_asked.connect(lambda id: self._restore([id]))
        self.form.open_asked.connect(self._context.window.open_record)
        self.form.add_asked.connect(self._add_related)
        listen(self, self._context.workspace.changed, self._records_changed)

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
        if another and not (self.form.may_leave() and self._show(id)):
            self.list.show_current(self._shown_id())
            return False
        if enter:
            self.form.enter()
        return True

    def add(self, given: Mapping[str, str] | None = None) -> bool:
        """Begin a new record; False if the one on show may not be left."""
        if self.register.catalogue or not self.form.may_leave():
            return False
        self._begin(given or {})
        return True

    def focus_other_side(self) -> None:
        """F6: from the list to the form, or back."""
        focus = self.window().focusWidget()
        if focus is not None and self.form.isAncestorOf(focus):
            self.form.sections.commit()
            self.list.focus_list()
        elif self.form.state is not None:
            self.form.enter()

    def delete(self) -> None:
        """Delete the chosen record softly; a bar at the foot of the window offers it back."""
        id = self._target()
        if not id or self.register.catalogue or self.list.rows.shows_deleted:
            return
        workspace = self._context.workspace
        title = workspace.lookups.title(self.register.name, id)
        row = self.list.rows.index_of(id)
        if not self._try(lambda: workspace.saving.delete(self.register.name, [id])):
            return
        self._clear()
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
        if id and self.list.rows.shows_deleted:
            self._restore([id])

    def can_delete(self) -> bool:
        """True if there is a record that may be deleted."""
        return bool(
            self._target() and not self.register.catalogue and not self.list.rows.shows_deleted
        )

    def show_deleted(self, on: bool) -> None:
        """Show the deleted records instead of the others."""
        if self.form.may_leave():
            self._clear()
            self.list.show_deleted(on)

    # Following list and form

    def _target(self) -> str:
        draft = self.form.draft
        if draft is not None and draft.is_new:
            return ""
        return self.list.current_id() or self._shown_id()

    def _shown_id(self) -> str:
        draft = self.form.draft
        return draft.id if draft is not None else ""

    def _chosen(self, id: str) -> None:
        """The person stopped at a row: show it, but never ask anything for that."""
        if not self.form.is_dirty and id != self._shown_id():
            self._show(id)

    def _show(self, id: str) -> bool:
        workspace = self._context.workspace
        try:
            draft = workspace.open_draft(self.register.name, id)
        except UserError as error:
            self._context.window.say(str(error), level="error")
            return False
        deleted = draft.stored is not None and draft.stored.deleted_at is not None
        self.form.show_draft(draft, read_only=deleted or bool(self.register.catalogue))
        self._right.setCurrentWidget(self.form)
        self.list.show_current(id)
        return True

    def _begin(self, given: Mapping[str, str]) -> None:
        draft = self._context.workspace.new_draft(self.register.name, dict(given))
        self.form.show_draft(draft)
        self._right.setCurrentWidget(self.form)
        self.list.show_current("")
        self.form.enter()

    def _clear(self) -> None:
        self.form.clear()
        self._right.setCurrentWidget(self._nothing)
        self.list.show_current("")

    def _saved(self, id: str, and_next: bool) -> None:
        moment = self._context.workspace.clock.now().strftime("%H:%M")
        kept = self.form.kept_texts()
        self._show(id)
        if and_next:
            self._begin(kept)
        self.form.telling.say_saved(moment)
        self._context.window.say(
            tr("Saved: {title}").format(
                title=self._context.workspace.lookups.title(self.register.name, id)
            )
        )

    def _cancelled(self) -> None:
        draft = self.form.draft
        if draft is None or draft.is_new:
            self._clear()
        else:
            self._show(draft.id)
        self.list.focus_list()

    def _add_related(self, register: str, field: str) -> None:
        self._context.window.add_record(register, {field: self._shown_id()})

    def _records_changed(self, change: Changed) -> None:
        """Show again what was changed elsewhere: by undo, or on another page."""
        draft = self.form.draft
        if self.form.saving.is_writing or draft is None or draft.is_new or self.form.is_dirty:
            return
        if draft.id in change.ids(self.register.name):
            # The store is still telling others: let it finish.
            QTimer.singleShot(0, self, self._show_again)
        elif change.registers & {one.register for one in self.register.related}:
            self.form.sections.read_related()

    def _show_again(self) -> None:
        draft = self.form.draft
        if draft is None or draft.is_new or self.form.is_dirty:
            return
        if self.list.rows.index_of(draft.id) < 0 and self._is_deleted(draft.id):
            self._clear()
        else:
            self._show(draft.id)

    def _is_deleted(self, id: str) -> bool:
        if self.list.rows.shows_deleted:
            return False
        try:
            return self._context.workspace.read(self.register.name, id).deleted_at is not None
        except UserError:
            return True

    def _restore(self, ids: list[str]) -> None:
        workspace = self._context.workspace
        title = workspace.lookups.title(self.register.name, ids[0])
        if self._try(lambda: workspace.saving.restore(self.register.name, ids)):
            self._clear()
            self._context.window.say(tr("Brought back: {title}").format(title=title))

    def _choose_near(self, row: int) -> None:
        """After a record went: the keyboard stays where it was."""
        last = self.list.model.rowCount() - 1
        if last >= 0:
            self.list.table.set_row(max(0, min(row, last)))
            self.list.table.setFocus()

    def _try(self, act: Callable[[], object]) -> bool:
        """Do something that may be refused in words."""
        try:
            act()
        except UserError as error:
            self._context.ask.message(self, tr("Not done"), str(error), "error")
            return False
        return True

    def _keep_split(self) -> None:
        put_split(self._context.settings, self.splitter.sizes())

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.current().color("panel"))
