"""One section of a form page: fields, child rows edited in it, what refers to the record."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.schema.definition import Field, Forms, Register, Related
from desktop.widget.child_rows import ChildRows
from desktop.widget.field_group import FieldGroup
from desktop.widget.related_list import RelatedList

if TYPE_CHECKING:
    from desktop.service.lookups import RelatedRecords
    from desktop.widget.context import PageContext
    from desktop.widget.field_input import InputMaker
    from desktop.widget.field_row import FieldRow
    from desktop.widget.form_state import FormState

MARGIN = 16


@dataclass(frozen=True)
class SectionPlan:
    """What stands in one section, in order."""

    title: str
    fields: tuple[Field, ...]
    children: tuple[Register, ...]
    related: tuple[Related, ...]


def plan_sections(forms: Forms, register: Register) -> list[SectionPlan]:
    """The sections of a register's page; what names no section stands in the first."""
    sections = register.sections
    children = forms.children(register.name)
    placed = {name for section in sections for name in section.children}
    rest = tuple(child for child in children if child.name not in placed)
    if not sections:
        title = register.one or register.title
        whole = title[:1].upper() + title[1:]
        return [SectionPlan(whole, register.fields, children, register.related)]
    plans = []
    for place, section in enumerate(sections):
        own = (section.name, "") if place == 0 else (section.name,)
        inside = [forms.registers[name] for name in section.children]
        plans.append(
            SectionPlan(
                section.title,
                tuple(one for one in register.fields if one.section in own),
                (*inside, *(rest if place == 0 else ())),
                tuple(one for one in register.related if one.section in own),
            )
        )
    return plans


class FormSection(QScrollArea):
    """Built when its tab is first shown, then kept for every record of the register."""

    edited = Signal()
    settled = Signal()
    move_on = Signal(object)
    reason_asked = Signal(object)
    open_asked = Signal(str, str)
    add_asked = Signal(str, str)
    keep_changed = Signal(str, bool)

    def __init__(
        self,
        plan: SectionPlan,
        register: Register,
        context: PageContext,
        maker: InputMaker,
        kept: Collection[str],
        ahead: dict[str, FieldRow] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`ahead`: rows made before, which are taken out of it."""
        super().__init__(parent)
        self.plan = plan
        self._context = context
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(plan.title)
        today = context.workspace.today
        self.group = FieldGroup(register, plan.fields, maker, today, kept=kept, ahead=ahead)
        self.children_boxes = [ChildRows(child, context, maker) for child in plan.children]
        registers = context.workspace.registers
        self.related_lists = [RelatedList(one, registers[one.register]) for one in plan.related]
        self._build()
        self._connect()

    def _build(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(MARGIN, 12, MARGIN, 24)
        column.setSpacing(14)
        column.addWidget(self.group)
        self.group.setVisible(bool(self.plan.fields))
        for widget in (*self.children_boxes, *self.related_lists):
            column.addWidget(widget)
        column.addStretch(1)
        self.setWidget(body)

    def _connect(self) -> None:
        self.group.move_on.connect(self.move_on)
        self.group.keep_changed.connect(self.keep_changed)
        parts: list[FieldGroup | ChildRows] = [self.group, *self.children_boxes]
        for part in parts:
            part.edited.connect(self.edited)
            part.settled.connect(self.settled)
            part.reason_asked.connect(self.reason_asked)
            part.open_asked.connect(self.open_asked)
        for one in self.related_lists:
            one.open_asked.connect(self.open_asked)
            one.add_asked.connect(self.add_asked)

    def bind(self, state: FormState) -> None:
        """Show another draft."""
        self.group.bind(state, state.draft.row)
        for box in self.children_boxes:
            box.bind(state)
        self.verticalScrollBar().setValue(0)

    def show_texts(self, names: Collection[str]) -> None:
        """Show fields whose texts the draft got otherwise than by typing."""
        for row in self.group.rows:
            if row.field.name in names:
                row.show_text()

    def show_related(self, found: Sequence[RelatedRecords], *, can_add: bool) -> None:
        """Show what refers to the record."""
        titles = {(one.related.register, one.related.field): one.titles for one in found}
        for box in self.related_lists:
            key = (box.related.register, box.related.field)
            box.show_titles(titles.get(key, ()), can_add=can_add)

    def show_state(self) -> None:
        """Take over what the last check found."""
        self.group.show_state()
        for box in self.children_boxes:
            box.show_state()

    def stops(self) -> list[QWidget]:
        """Where Tab goes, in order: each an input, a button or a table."""
        found: list[QWidget] = [row.input for row in self.group.asked_rows()]
        boxes: list[ChildRows | RelatedList] = [*self.children_boxes, *self.related_lists]
        for box in boxes:
            found += box.stops()
        return found

    def groups(self) -> list[FieldGroup]:
        """Its own fields and those of child rows being edited."""
        inner = (box.group() for box in self.children_boxes)
        return [self.group, *(group for group in inner if group is not None)]

    def row_with_focus(self) -> FieldRow | None:
        """The field the keyboard is in."""
        for group in self.groups():
            row = group.row_with_focus()
            if row is not None:
                return row
        return None
