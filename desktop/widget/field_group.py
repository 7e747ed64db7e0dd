"""The fields of one row, one under the other: of a section, or of a child row."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.base.translate import tr
from desktop.base.vietnamese_dates import age_counted
from desktop.schema.definition import Field, FieldType, Register
from desktop.widget.field_line import FieldLine, GroupHeading
from desktop.widget.field_notes import Cells
from desktop.widget.field_row import FieldRow
from desktop.widget.inputs import ChoiceInput, ReferenceInput
from desktop.widget.set_aside import KEY, SetAsideLine, line_words, set_aside_names

if TYPE_CHECKING:
    from datetime import date

    from desktop.service.draft import RowDraft
    from desktop.widget.field_input import InputMaker
    from desktop.widget.form_state import FormState

ROW_GAP = 8
_WITHIN = Qt.ShortcutContext.WidgetWithChildrenShortcut


class FieldGroup(QWidget):
    """Bound to one row of a draft."""

    edited = Signal()
    settled = Signal()
    move_on = Signal(object)
    """The `FieldRow` that wants to be left."""
    reason_asked = Signal(object)
    open_asked = Signal(str, str)
    """(register, id) of a record referred to."""
    keep_changed = Signal(str, bool)

    def __init__(
        self,
        register: Register,
        fields: Iterable[Field],
        maker: InputMaker,
        today: date,
        *,
        kept: Collection[str] | None = None,
        ahead: dict[str, FieldRow] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`kept`: names of the fields kept for the next record; None offers no keeping. `ahead`:
        rows made before, which are taken out of it."""
        super().__init__(parent)
        self.register = register
        self._maker = maker
        self._ahead = {} if ahead is None else ahead
        self._today = today
        self._row: RowDraft | None = None
        self._state: FormState | None = None
        self.aside: SetAsideLine | None = None
        """Made when the first answer is set aside."""
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(ROW_GAP)
        self.rows = [self._make_row(one, kept) for one in fields]
        self._headings: list[GroupHeading] = []
        self._lines: list[FieldLine] = []
        self._place_rows()
        self._by_name = {row.field.name: row for row in self.rows}
        self.take_more_rows: Callable[[Sequence[str], Cells], None] | None = None
        """Takes a pasted table of several rows; None where there is one row only."""
        keys = QShortcut(QKeySequence(KEY), self, context=_WITHIN)
        keys.activated.connect(self._offer)

    def _place_rows(self) -> None:
        """Headings, and rows one under the other or on one line."""
        heads = [place for place, row in enumerate(self.rows) if row.field.heading]
        for place, row in enumerate(self.rows):
            if row.field.heading:
                end = next((one for one in heads if one > place), len(self.rows))
                self._headings.append(GroupHeading(row.field.heading, self.rows[place:end]))
                self._column.addWidget(self._headings[-1])
            if row.field.beside and place:
                continue
            line = [row, *takewhile(lambda one: one.field.beside, self.rows[place + 1 :])]
            if len(line) > 1:
                self._lines.append(FieldLine(line, ROW_GAP))
            self._column.addWidget(self._lines[-1] if len(line) > 1 else row)

    def _arrange(self) -> None:
        for line in self._lines:
            line.arrange()
        for heading in self._headings:
            heading.follow()

    def _make_row(self, field: Field, kept: Collection[str] | None) -> FieldRow:
        row = self._ahead.pop(field.name, None)
        if row is None:
            row = FieldRow(field, self._maker.make(self.register, field))
        row.edited.connect(self.edited)
        row.settled.connect(lambda: self._settle(row))
        row.move_on.connect(lambda: self.move_on.emit(row))
        row.reason_asked.connect(self.reason_asked)
        if isinstance(row.input, ReferenceInput):
            row.input.open_asked.connect(lambda id: self.open_asked.emit(field.to, id))
        row.notes.table = _Cells(self, row)
        row.input.takes_cells = True
        if kept is not None and (field.keep or field.name in kept):
            self.offer_keep(row, field.name in kept)
        return row

    def offer_keep(self, row: FieldRow, on: bool) -> None:
        """A pin behind a field: of those that are often kept from the start, of others once the
        person asks."""
        row.offer_keep(on)
        row.keep_changed.connect(lambda on: self.keep_changed.emit(row.field.name, on))

    def row_of(self, name: str) -> FieldRow | None:
        """The row of a field, None if it stands elsewhere."""
        return self._by_name.get(name)

    def bind(self, state: FormState, row: RowDraft) -> None:
        """Show another row of a draft."""
        self._row, self._state = row, state
        for one in self.rows:
            self._offer_within(one)
            one.bind(state, row)
            self._show_age(one)
        self.show_state()

    def show_state(self) -> None:
        """Take over what the last check found."""
        for one in self.rows:
            one.show_state()
        self._arrange()
        self._show_set_aside()

    def _show_set_aside(self) -> None:
        """A line in place of the first of the answers that are not asked any more."""
        row, state = self._row, self._state
        if row is None or state is None:
            return
        names = [name for name in set_aside_names(row) if name in self._by_name]
        if not names or state.read_only:
            if self.aside is not None:
                self.aside.hide()
            return
        if self.aside is None:
            self.aside = SetAsideLine()
            self.aside.asked.connect(self.bring_back)
        self._column.removeWidget(self.aside)
        first = self._by_name[names[0]]
        line = first.parentWidget()
        under = line if isinstance(line, FieldLine) else first
        self._column.insertWidget(self._column.indexOf(under), self.aside)
        words = line_words(row, names, self._maker.desk)
        self.aside.tell(words, can_return=bool(self._causes(names)))

    def _causes(self, names: Iterable[str]) -> dict[str, str]:
        """Field of this group → its text before the edit that hid some of these."""
        row, state = self._row, self._state
        if row is None or state is None:
            return {}
        found = (state.hidden_by.get((row.id, name)) for name in names)
        return {name: text for name, text in filter(None, found) if name in self._by_name}

    def bring_back(self) -> None:
        """Give the answers back that hid others: what was set aside is asked again."""
        row = self._row
        if row is None:
            return
        causes = self._causes(set_aside_names(row))
        for name, text in causes.items():
            self._by_name[name].take_text(text)
            self._by_name[name].settled.emit()
        if causes:
            self._by_name[next(iter(causes))].input.take_focus()

    def _offer(self) -> None:
        """Ctrl+.: what is offered where the keyboard is."""
        row = self.row_with_focus()
        if row is not None and row.notes.take_focus():
            return
        if self.aside is not None and not self.aside.isHidden():
            self.bring_back()

    def row_with_focus(self) -> FieldRow | None:
        """The row the keyboard is in."""
        return next((one for one in self.rows if one.input.has_focus()), None)

    def asked_rows(self) -> list[FieldRow]:
        """Rows that can be answered now, in order."""
        return [one for one in self.rows if one.is_asked()]

    def from_row(self, row: FieldRow) -> list[FieldRow]:
        """The rows that can be answered, from this one on."""
        rows = [one for one in self.asked_rows() if not one.input.is_read_only()]
        return rows[rows.index(row) :] if row in rows else []

    def take_cells(self, names: Sequence[str], cells: Sequence[str]) -> None:
        """Put the cells of one row into these fields; an empty one leaves its field as it is."""
        for name, cell in zip(names, cells, strict=False):
            here = self._by_name.get(name)
            if here is not None and cell.strip():
                here.take_cell(cell)
        self.show_state()

    def _settle(self, row: FieldRow) -> None:
        self._show_age(row)
        for other in self.rows:
            if other.field.within == row.field.name:
                self._offer_within(other)
        self.settled.emit()

    def _offer_within(self, row: FieldRow) -> None:
        """Offer the codes of the group that another field names."""
        group = row.field.within
        if group and self._row is not None and isinstance(row.input, ChoiceInput):
            code = str(self._row.values.get(group) or "")
            row.input.set_options(self._maker.options(row.field.list, code))

    def _show_age(self, row: FieldRow) -> None:
        if not self.register.person or row.field.type is not FieldType.PARTIAL_DATE:
            return
        value = self._row.values.get(row.field.name) if self._row else None
        row.set_hint(age_words(value, self._today))


class _Cells:
    """A pasted table at one field of a group."""

    def __init__(self, group: FieldGroup, row: FieldRow) -> None:
        self._group = group
        self._row = row

    def offered(self) -> list[tuple[str, str]]:
        """(name, label) of this field and those after it that can be answered now."""
        return [(one.field.name, one.field.label) for one in self._group.from_row(self._row)]

    def takes_rows(self) -> bool:
        """True in a child row."""
        return self._group.take_more_rows is not None

    def take(self, names: Sequence[str], cells: Cells) -> None:
        """Put the cells in: one row here, more of them where there can be more."""
        if len(cells) > 1 and self._group.take_more_rows is not None:
            self._group.take_more_rows(names, cells)
        else:
            self._group.take_cells(names, cells[0])


def age_words(value: tuple[int, int | None, int | None] | None, today: date) -> str:
    """ "78 tuổi" of a birth date, "" where it is unknown or lies ahead."""
    if not value:
        return ""
    age = age_counted(*value, today)
    return tr("{age} years old").format(age=age) if age >= 0 else ""
