"""The fields of one child row on a soft ground below its table, with what can be done to it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.base.translate import tr
from desktop.schema.definition import Register
from desktop.widget import theme
from desktop.widget.field_group import FieldGroup
from desktop.widget.parts import Button
from desktop.widget.seldom import often_asked

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from desktop.service.draft import RowDraft
    from desktop.widget.field_input import InputMaker
    from desktop.widget.field_row import FieldRow
    from desktop.widget.form_state import FormState


class RowEditor(QWidget):
    """Made once per child register; shows one row after another."""

    finished = Signal()
    """The button, or Enter in the last field."""

    def __init__(self, register: Register, maker: InputMaker, today: date) -> None:
        super().__init__()
        self._register = register
        self._shown: tuple[FormState, RowDraft] | None = None
        self.group = FieldGroup(register, register.fields, maker, today)
        self.group.move_on.connect(self._move_on)
        one = register.one or register.title.lower()
        self.remove = Button(tr("Remove {one}").format(one=one), "flat", icon="trash")
        self.done = Button(tr("Finish row"), key="Enter")
        self.done.clicked.connect(self.finished)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.group)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self.remove)
        foot.addWidget(self.done)
        column.addLayout(foot)

    def bind(self, state: FormState, row: RowDraft) -> None:
        """Show another row."""
        self._shown = (state, row)
        self.group.bind(state, row)
        self.remove.setVisible(not state.read_only)
        self.done.setVisible(not state.read_only and not self._register.single)
        self.show()

    def enter(self) -> None:
        """Put the keyboard into the first field."""
        rows = self.group.asked_rows()
        often = self._often_asked(rows) or rows
        if often:
            often[0].input.take_focus()

    def _often_asked(self, rows: list[FieldRow]) -> list[FieldRow]:
        return often_asked(rows, *self._shown) if self._shown is not None else rows

    def commit(self) -> None:
        """Settle the field that is being typed in."""
        row = self.group.row_with_focus()
        if row is not None:
            row.commit()

    def stops(self) -> list[QWidget]:
        """Where Tab goes, in order."""
        fields: list[QWidget] = [row.input for row in self.group.asked_rows()]
        return fields + [one for one in (self.remove, self.done) if not one.isHidden()]

    def _move_on(self, row: FieldRow) -> None:
        """Enter: the next field of the row; after the last one the row is finished."""
        rows = self.group.asked_rows()
        place = rows.index(row) + 1 if row in rows else len(rows)
        following = self._often_asked(rows[place:])
        if following:
            following[0].input.take_focus()
        elif self._register.single:
            self.focusNextPrevChild(True)
        else:
            self.finished.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("line"), 1))
        painter.setBrush(look.color("background"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 4, 4)
