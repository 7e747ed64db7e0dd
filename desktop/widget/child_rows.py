"""Child rows inside their parent's page: a small table, and the chosen row's fields below it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.base.numbers import format_integer
from desktop.base.translate import tr
from desktop.model.child_table import ChildTable
from desktop.schema.definition import Level, Register
from desktop.widget.parts import Button, heading
from desktop.widget.plain_table import FIGURES, HEAD, PlainTable
from desktop.widget.row_editor import RowEditor

if TYPE_CHECKING:
    from desktop.service.draft import RowDraft
    from desktop.widget.context import PageContext
    from desktop.widget.field_group import FieldGroup
    from desktop.widget.field_input import InputMaker
    from desktop.widget.field_row import FieldRow
    from desktop.widget.form_state import FormState

_SHOWN = {Level.ERROR: "error", Level.WARNING: "warning"}
"""Rows of the table without scrolling."""


class ChildRows(QWidget):
    """The rows of one child register of the draft on show."""

    edited = Signal()
    settled = Signal()
    reason_asked = Signal(object)
    open_asked = Signal(str, str)

    def __init__(
        self,
        register: Register,
        context: PageContext,
        maker: InputMaker,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.register = register
        self._context = context
        self._maker = maker
        self._state: FormState | None = None
        self._editor: RowEditor | None = None
        self._place = -1
        """The row in the editor, -1 while it is closed."""
        self.model = ChildTable(register, context.workspace, self)
        self._build()

    def _build(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 4, 0, 0)
        self._column.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(8)
        self._title = heading(self.register.title)
        self._title.setWordWrap(True)
        one = self.register.one or self.register.title.lower()
        self.add_button = Button(tr("Add {one}").format(one=one), icon="plus")
        self.add_button.clicked.connect(self.add)
        head.addWidget(self._title, 1)
        head.addWidget(self.add_button)
        self._column.addLayout(head)
        self.table = PlainTable()
        self.table.setAccessibleName(self.register.title)
        self.table.setModel(self.model)
        figures = (n for n, one in enumerate(self.model.fields) if one.type in FIGURES)
        self.table.set_fixed(figures)
        self.table.setVerticalScrollMode(PlainTable.ScrollMode.ScrollPerPixel)
        self.table.selectionModel().currentRowChanged.connect(lambda now, _: self._edit(now.row()))
        self.table.picked.connect(self._edit)
        self.table.opened.connect(lambda place: self._edit(place, enter=True))
        self.table.delete_asked.connect(self.remove)
        self._column.addWidget(self.table)

    # What the page calls

    def bind(self, state: FormState) -> None:
        """Show the rows of another draft."""
        self._state = state
        self._close_editor()
        self.model.open(state.draft)
        if self.register.single and self.model.rows:
            self._edit(0)
        self.show_state()

    def show_state(self) -> None:
        """Take over what the last check found."""
        state = self._state
        if state is None:
            return
        if self.model.rows:
            worst = _worst_by_row(state)
            self.model.tell_changed([worst.get(row.id, "") for row in self.model.rows])
            self.table.measure()
        if self._editor is not None and self._place >= 0:
            self._editor.group.show_state()
        self._show_table()

    def group(self) -> FieldGroup | None:
        """The fields of the row being edited."""
        return self._editor.group if self._editor is not None and self._place >= 0 else None

    def has_focus(self) -> bool:
        """True if the keyboard is anywhere in here."""
        return self.isAncestorOf(self.window().focusWidget() or self.window())

    def edited_row(self) -> RowDraft | None:
        """The row being edited."""
        return self.model.rows[self._place] if self._place >= 0 else None

    def row_before(self) -> RowDraft | None:
        """The row above the one being edited."""
        return self.model.rows[self._place - 1] if self._place >= 1 else None

    def stops(self) -> list[QWidget]:
        """Where Tab goes, in order."""
        found: list[QWidget] = []
        if not self.add_button.isHidden() and self.add_button.isEnabled():
            found.append(self.add_button)
        if not self.table.isHidden():
            found.append(self.table)
        if self._editor is not None and self._place >= 0:
            found += self._editor.stops()
        return found

    def add(self) -> None:
        """A new row, the keyboard in its first field; where one is all there may be, that one."""
        state = self._state
        if state is None or state.read_only:
            return
        if self.register.single and self.model.rows:
            self._edit(0, enter=True)
            return
        self._leave_row()
        state.fresh_rows.add(self.model.add().id)
        state.unchecked = True
        self._edit(len(self.model.rows) - 1, enter=True)
        self.edited.emit()
        self.settled.emit()

    def remove(self) -> None:
        """Take the chosen row out; a bar at the foot of the window offers it back."""
        state, place = self._state, self._place
        if state is None or state.read_only or place < 0:
            return
        self._close_editor()
        row = self.model.remove(place)
        state.unchecked = True
        self._after_change()
        self.add_button.setFocus()

        def put_back() -> None:
            if self._state is state:
                self.model.put_back(row, place)
                state.unchecked = True
                self._after_change()

        one = self.register.one or self.register.title.lower()
        self._context.window.say(
            tr("Removed {one}").format(one=one), action=tr("Put back"), act=put_back
        )

    def show_row(self, row: RowDraft, name: str) -> FieldRow | None:
        """Open a row in the editor; the field to jump to."""
        places = [place for place, one in enumerate(self.model.rows) if one is row]
        if not places:
            return None
        self._edit(places[0])
        group = self.group()
        return group.row_of(name) if group else None

    def escape(self) -> bool:
        """Esc in the editor: an empty new row goes, the editor closes. True if that was all."""
        state, row = self._state, self.edited_row()
        group = self.group()
        if state is None or row is None or group is None or group.row_with_focus() is None:
            return False
        if self.register.single and not row.is_new:
            return False
        if row.is_new and _is_untouched(row):
            place = self._place
            self._close_editor()
            self.model.remove(place)
            state.unchecked = True
            self._after_change()
        self._finish()
        return True

    # Inside

    def _after_change(self) -> None:
        self.edited.emit()
        self.settled.emit()

    def _edit(self, place: int, *, enter: bool = False) -> None:
        """Show a row in the editor; `enter`: the keyboard in its first field."""
        state = self._state
        if state is None or not 0 <= place < len(self.model.rows):
            return
        editor = self._editor or self._make_editor()
        if place != self._place:
            self._leave_row()
            self._place = place
            editor.bind(state, self.model.rows[place])
        if self.table.row() != place:
            self.table.set_row(place)
        self._show_table()
        if enter:
            editor.enter()

    def _make_editor(self) -> RowEditor:
        editor = RowEditor(self.register, self._maker, self._context.workspace.today)
        if not self.register.single:
            editor.group.take_more_rows = partial(_put_rows, self)
        editor.group.edited.connect(self.edited)
        editor.group.settled.connect(self.settled)
        editor.group.reason_asked.connect(self.reason_asked)
        editor.group.open_asked.connect(self.open_asked)
        editor.remove.clicked.connect(self.remove)
        editor.finished.connect(self._finish)
        self._column.addWidget(editor)
        self._editor = editor
        return editor

    def _finish(self) -> None:
        self._close_editor()
        self.settled.emit()
        if self.add_button.isHidden():
            self.table.setFocus()
        else:
            self.add_button.setFocus()

    def _leave_row(self) -> None:
        """Settle what is typed in the row; from now on its empty fields are problems."""
        edited = self.edited_row()
        if self._editor is not None and edited is not None:
            self._editor.commit()
        if self._state is not None and edited is not None:
            self._state.fresh_rows.discard(edited.id)

    def _close_editor(self) -> None:
        self._leave_row()
        self._place = -1
        if self._editor is not None:
            self._editor.hide()
        self.table.set_row(-1)

    def _show_table(self) -> None:
        rows = len(self.model.rows)
        still = self._state is not None and self._state.read_only
        self.table.setVisible(rows > 0 and not self.register.single)
        head = max(HEAD, self.table.horizontalHeader().height())
        self.table.show_all_rows(rows, head)
        count = "" if self.register.single or not rows else f" ({format_integer(rows)})"
        self._title.setText(self.register.title + count)
        self.add_button.setVisible(not still and not (self.register.single and rows))


def _worst_by_row(state: FormState) -> dict[str, str]:
    """The level of the worst open problem shown in a row, by the row's id."""
    worst: dict[str, str] = {}
    for problem in state.shown():
        if problem.is_open and problem.level in _SHOWN and worst.get(problem.row_id) != "error":
            worst[problem.row_id] = _SHOWN[problem.level]
    return worst


def _put_rows(box: ChildRows, names: Sequence[str], cells: Sequence[Sequence[str]]) -> None:
    """A pasted table: its first row goes into the one being edited, the others become new."""
    for place, one in enumerate(cells):
        if place:
            box.add()
        group = box.group()
        if group is not None:
            group.take_cells(names, one)


def _is_untouched(row: RowDraft) -> bool:
    """True if a new row holds nothing but its defaults."""
    return all(not text or row.register.field(name).default for name, text in row.texts.items())
