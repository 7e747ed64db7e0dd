"""Fields that Enter goes past: those the definitions call seldom answered, while nothing asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.service.draft import RowDraft
    from desktop.widget.field_row import FieldRow
    from desktop.widget.form_state import FormState
    from desktop.widget.section_stack import SectionStack


def is_passed_over(field: FieldRow, state: FormState, row: RowDraft) -> bool:
    """True for a seldom field of `row` that is empty and not required, or holds what a new row
    begins with; one with a problem is stopped at."""
    if not field.field.seldom or field.problems():
        return False
    name = field.field.name
    if field.input.is_empty():
        return name not in row.required
    return row.is_new and (row.id, name) not in state.visited


def often_asked(fields: list[FieldRow], state: FormState, row: RowDraft) -> list[FieldRow]:
    """The fields of `row` that Enter stops at."""
    return [one for one in fields if not is_passed_over(one, state, row)]


def without_seldom(sections: SectionStack, place: int, stops: list[QWidget]) -> list[QWidget]:
    """The stops of a section that Enter comes to."""
    state = sections.state
    if state is None:
        return stops
    rows = sections.section(place).group.rows
    often = {row.input for row in often_asked(rows, state, state.draft.row)}
    passed = {row.input for row in rows} - often
    return [stop for stop in stops if stop not in passed]
