"""The sections of a form and its history, one on show: built and filled when they are looked at."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop.base.translate import tr
from desktop.model.bridge import Soon
from desktop.schema.definition import Register
from desktop.service.folder import people
from desktop.widget.field_input import InputMaker
from desktop.widget.form_section import FormSection, plan_sections
from desktop.widget.history_box import HistoryBox
from desktop.widget.related_keys import show_key
from desktop.widget.section_tabs import SectionTabs
from desktop.widget.section_warming import SectionWarming

if TYPE_CHECKING:
    from desktop.service.lookups import RelatedRecords
    from desktop.widget.child_rows import ChildRows
    from desktop.widget.context import PageContext
    from desktop.widget.field_row import FieldRow
    from desktop.widget.form_memory import FormMemory
    from desktop.widget.form_state import FormState

RELATED_MS = 20


class SectionStack(QStackedWidget):
    """Under its `tabs`; the history comes after the last section."""

    edited = Signal()
    settled = Signal()
    move_on = Signal(object)
    reason_asked = Signal(object)
    open_asked = Signal(str, str)
    add_asked = Signal(str, str)
    section_shown = Signal()
    related_shown = Signal()

    def __init__(self, register: Register, context: PageContext, memory: FormMemory) -> None:
        super().__init__()
        self.register = register
        self.plans = plan_sections(context.workspace.forms, register)
        self.state: FormState | None = None
        """The draft on show."""
        self.related: list[RelatedRecords] = []
        """What refers to the record, as read last."""
        self.summary: list[str] = []
        """Facts for the line under the record's name, as read last."""
        self.tabs = SectionTabs([*(plan.title for plan in self.plans), tr("Changes")])
        self.tabs.chosen.connect(self.show_section)
        self._context = context
        self._memory = memory
        self._maker = InputMaker(context.workspace)
        self._sections: dict[int, FormSection] = {}
        self._fresh: set[int] = set()
        """Sections that show the draft on show."""
        self._warming = SectionWarming(self, self._maker)
        self._history = HistoryBox()
        self._history_area = _scrolled(self._history)
        self.addWidget(self._history_area)
        self._later = Soon(self, self._show_related, RELATED_MS)

    # Showing a draft

    def bind(self, state: FormState | None) -> None:
        """Show another draft: a new one at its first section. None: no draft any more."""
        self.state = state
        if state is None:
            self._later.forget()
            return
        new = state.draft.is_new
        self._fresh.clear()
        self.related, self.summary = [], []
        self.tabs.set_offered(len(self.plans), not new)
        place = self.current_section()
        self.show_section(0 if new or place >= len(self.plans) else place)
        self._later.ask()

    def current_section(self) -> int:
        """Place of the section on show; the history comes after the last."""
        widget = self.currentWidget()
        for place, section in self._sections.items():
            if section is widget:
                return place
        return len(self.plans) if widget is self._history_area and self._sections else 0

    def child_tables(self) -> list[tuple[int, int]]:
        """(section, place in it) of every child table of the form, in reading order."""
        return [
            (place, number)
            for place, plan in enumerate(self.plans)
            for number in range(len(plan.children))
        ]

    def child_table_with_keyboard(self) -> int | None:
        """Place of the child table the keyboard is in, among those of the section on show."""
        section = self.shown_section()
        boxes = section.children_boxes if section is not None else []
        return next((place for place, box in enumerate(boxes) if box.has_focus()), None)

    def warm(self) -> None:
        """Build the sections ahead, while the person still looks at the list: in pieces, so that
        no key waits for more than one."""
        self._warming.warm()

    def is_built(self, place: int) -> bool:
        """True if a section has been looked at, or warmed."""
        return place in self._sections

    def shown_section(self) -> FormSection | None:
        """The section on show, None for the history."""
        return self._sections.get(self.current_section())

    def stops(self) -> list[QWidget]:
        """Where Tab goes in the section on show, or in the history."""
        section = self.shown_section()
        return section.stops() if section is not None else [self._history_area]

    def section(self, place: int) -> FormSection:
        """A section, built if need be, showing the draft."""
        if place not in self._sections:
            self._sections[place] = self._make_section(place)
        section = self._sections[place]
        if place not in self._fresh and self.state is not None:
            self._fresh.add(place)
            section.bind(self.state)
            section.show_related(self.related, can_add=self._can_add())
        return section

    def _make_section(self, place: int) -> FormSection:
        section = FormSection(
            self.plans[place], self.register, self._context, self._maker, self._memory.kept,
            self._warming.rows,
        )  # fmt: skip
        section.edited.connect(self.edited)
        section.settled.connect(self.settled)
        section.move_on.connect(self.move_on)
        section.reason_asked.connect(self.reason_asked)
        section.open_asked.connect(self.open_asked)
        section.add_asked.connect(self.add_asked)
        section.keep_changed.connect(self._memory.keep)
        for box in section.related_lists:
            show_key(box, self.register)
        self.addWidget(section)
        return section

    def show_section(self, place: int) -> None:
        """Show a section, or the history after the last one; nothing for a place beyond."""
        if self.state is None or not 0 <= place <= len(self.plans):
            return
        self.commit()
        if place == len(self.plans):
            if self.state.draft.is_new:
                return
            self._show_history(self.state)
            self.setCurrentWidget(self._history_area)
        else:
            known = place in self._fresh
            section = self.section(place)
            if known:
                section.show_state()
            self.setCurrentWidget(section)
        self.tabs.set_current(place)
        self.section_shown.emit()

    def show_texts(self, names: Collection[str]) -> None:
        """Show fields of the record itself whose texts were not typed here."""
        for place in self._fresh:
            self._sections[place].show_texts(names)

    def _show_history(self, state: FormState) -> None:
        workspace = self._context.workspace
        found = workspace.lookups.history(self.register.name, state.draft.id)
        names = {one.id: one.name for one in people(workspace.paths)}
        self._history.show_entries(found, names)

    # What refers to the record

    def read_related(self) -> None:
        """Something that may refer to the record has changed."""
        self._later.ask()

    def _show_related(self) -> None:
        """Read what refers to the record, after it has been painted."""
        state = self.state
        if state is None or state.draft.is_new:
            return
        lookups = self._context.workspace.lookups
        self.related = lookups.related(self.register.name, state.draft.id)
        self.summary = self._context.workspace.summaries.of(self.register, state.draft.id)
        for place in self._fresh:
            self._sections[place].show_related(self.related, can_add=self._can_add())
        self.related_shown.emit()

    def _can_add(self) -> bool:
        return self.state is not None and not self.state.read_only

    # Where the keyboard is

    def row_with_focus(self) -> FieldRow | None:
        """The field the keyboard is in."""
        section = self.shown_section()
        return section.row_with_focus() if section is not None else None

    def child_with_focus(self) -> ChildRows | None:
        """The child rows one of which is being typed in."""
        section = self.shown_section()
        for box in section.children_boxes if section else ():
            group = box.group()
            if group is not None and group.row_with_focus() is not None:
                return box
        return None

    def commit(self, *, by_key: bool = False) -> None:
        """Settle the field that is being typed in (see `Input.commit`)."""
        row = self.row_with_focus()
        if row is not None:
            QGuiApplication.inputMethod().commit()  # the syllable that is being made belongs to it
            row.commit(by_key=by_key)


def _scrolled(widget: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    area.setAccessibleName(tr("Changes"))
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(16, 12, 16, 16)
    column.addWidget(widget)
    area.setWidget(holder)
    return area
