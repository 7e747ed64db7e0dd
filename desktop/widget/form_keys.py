"""What single keys do in the field or child row the keyboard is in: copy, keep, add a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.base.translate import tr
from desktop.widget.form_memory import can_keep

if TYPE_CHECKING:
    from desktop.service.draft import RowDraft
    from desktop.widget.context import Navigator
    from desktop.widget.field_row import FieldRow
    from desktop.widget.form_memory import FormMemory
    from desktop.widget.section_stack import SectionStack


class FormKeys:
    """One per form page."""

    def __init__(self, sections: SectionStack, memory: FormMemory, window: Navigator) -> None:
        self._sections = sections
        self._memory = memory
        self._window = window

    def copy_previous(self) -> None:
        """Ctrl+D: the same field of the record before, or of the child row above."""
        row = self._row()
        if row is None:
            return
        above, register = self._row_above()
        if above is not None:
            text = above.texts.get(row.field.name, "")
        else:
            text = self._memory.text_before(register, row.field.name)
        if not text:
            self._window.say(tr("The record before has nothing in this field."), level="info")
        elif text == row.input.value_text():
            self._window.say(tr("The record before has the same in this field."), level="info")
        else:
            row.take_text(text)

    def _row(self) -> FieldRow | None:
        """The field the keyboard is in; where it is in none, that is said."""
        row = self._sections.row_with_focus()
        if row is None:
            self._window.say(tr("Put the keyboard into a field first."), level="info")
        return row

    def _row_above(self) -> tuple[RowDraft | None, str]:
        box = self._sections.child_with_focus()
        if box is not None:
            return box.row_before(), box.register.name
        return None, self._sections.register.name

    def toggle_keep(self) -> None:
        """Ctrl+L: keep this field's answer for the next record, or no longer."""
        row, section = self._row(), self._sections.shown_section()
        if row is None or section is None:
            return
        own = section.group.row_of(row.field.name) is row
        if row.keep_button is None and own and can_keep(row.field, self._sections.register):
            section.group.offer_keep(row, on=False)
        if row.keep_button is None:
            self._window.say(tr("This field cannot be kept for the next record."), level="info")
            return
        row.keep_button.toggle()
        words = (
            tr("Kept for the next record: {field}")
            if row.keep_button.isChecked()
            else tr("No longer kept for the next record: {field}")
        )
        self._window.say(words.format(field=row.field.label))

    def add_child_row(self, *, in_next: bool = False) -> None:
        """Ctrl+Enter: a new row in the child table the keyboard is in; else in the first of this
        section, or of the next section that has one. `in_next`: in the table after that one."""
        sections = self._sections
        tables = sections.child_tables()
        if not tables:
            return
        sections.commit()
        here = sections.current_section()
        inside = sections.child_table_with_keyboard()
        if inside is None:
            place, number = next((one for one in tables if one[0] >= here), tables[0])
        else:
            step = 1 if in_next else 0
            place, number = tables[(tables.index((here, inside)) + step) % len(tables)]
        if place != here:
            sections.show_section(place)
        sections.section(place).children_boxes[number].add()

    def close_child_row(self) -> bool:
        """Esc: close the child row that is being typed in; False if there is none."""
        section = self._sections.shown_section()
        return section is not None and any(box.escape() for box in section.children_boxes)
