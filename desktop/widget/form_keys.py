"""What single keys do in the field or child row the keyboard is in: copy, keep, add a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.base.translate import tr

if TYPE_CHECKING:
    from desktop.service.draft import RowDraft
    from desktop.widget.context import Navigator
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
        row = self._sections.row_with_focus()
        if row is None:
            return
        above, register = self._row_above()
        if above is not None:
            text = above.texts.get(row.field.name, "")
        else:
            text = self._memory.text_before(register, row.field.name)
        if text:
            row.take_text(text)
        else:
            self._window.say(tr("The record before has nothing in this field."), level="info")

    def _row_above(self) -> tuple[RowDraft | None, str]:
        box = self._sections.child_with_focus()
        if box is not None:
            return box.row_before(), box.register.name
        return None, self._sections.register.name

    def toggle_keep(self) -> None:
        """Ctrl+L: keep this field's answer for the next record, or no longer."""
        row = self._sections.row_with_focus()
        if row is not None and row.keep_button is not None:
            row.keep_button.toggle()

    def add_child_row(self) -> None:
        """Ctrl+Enter: a new row where the keyboard is, or in the section's first child table."""
        section = self._sections.shown_section()
        boxes = section.children_boxes if section else []
        if boxes:
            self._sections.commit()
            next((box for box in boxes if box.has_focus()), boxes[0]).add()

    def close_child_row(self) -> bool:
        """Esc: close the child row that is being typed in; False if there is none."""
        section = self._sections.shown_section()
        return section is not None and any(box.escape() for box in section.children_boxes)
