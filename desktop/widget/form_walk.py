"""Going through a form by the keyboard: Enter, Tab, and from problem to problem."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop.widget.seldom import often_asked, without_seldom

if TYPE_CHECKING:
    from desktop.service.problems import RecordProblem
    from desktop.widget.field_row import FieldRow
    from desktop.widget.form_frame import FormFoot
    from desktop.widget.form_section import SectionPlan
    from desktop.widget.section_stack import SectionStack


class FormWalk:
    """The way of the keyboard through one form: sections in order, then the buttons."""

    def __init__(self, sections: SectionStack, foot: FormFoot) -> None:
        self._sections = sections
        self._foot = foot

    def stops(self) -> list[QWidget]:
        """Where Tab goes in the section on show: inputs, buttons, tables."""
        return self._sections.stops()

    def enter(self) -> None:
        """Put the keyboard into the first field of the section on show."""
        self.enter_by_tab(forward=True)

    def begin(self, given: Collection[str]) -> None:
        """Put the keyboard into the first field of a new record that was not `given`."""
        self.enter()
        section, state = self._sections.shown_section(), self._sections.state
        if section is None or state is None:
            return
        for row in often_asked(section.group.asked_rows(), state, state.draft.row):
            if row.field.name not in given:
                self.focus(row.input)
                return

    def enter_by_tab(self, forward: bool) -> bool:
        """Put the keyboard on the first stop, or on the last; False where there is none."""
        stops = self._all_stops()
        if stops:
            self.focus(stops[0 if forward else -1])
        return bool(stops)

    def move_on(self, row: FieldRow) -> bool:
        """Enter in a field: go to the next one, past those that are seldom answered; False after
        the very last."""
        stops, here = self.stops(), self._sections.current_section()
        place = stops.index(row.input) + 1 if row.input in stops else len(stops)
        wanted = without_seldom(self._sections, here, stops[place:])
        if wanted:
            self.focus(wanted[0])
            return True
        return self._enter_section(here + 1, 1, by_enter=True)

    def tab(self, forward: bool) -> bool:
        """Tab or Shift+Tab; False where it leaves the form."""
        here = self._stop_with_focus()
        if here is None:
            return False
        # First what was typed is settled: what follows from it may be asked next.
        self._sections.commit(by_key=True)
        inside = self.stops()
        stops = self._all_stops()
        if here not in stops:
            return False
        place = stops.index(here) + (1 if forward else -1)
        section = self._sections.current_section()
        if forward and place == len(inside) and self._enter_section(section + 1, 1):
            return True
        if not forward and place < 0 and self._enter_section(section - 1, -1):
            return True
        if not 0 <= place < len(stops):
            return False
        self.focus(stops[place])
        return True

    def _enter_section(self, place: int, step: int, *, by_enter: bool = False) -> bool:
        """Go to the next section that has something to fill in; False if there is none."""
        sections = self._sections
        while 0 <= place < len(sections.plans):
            stops = sections.section(place).stops()
            if by_enter:
                stops = without_seldom(self._sections, place, stops)
            if stops:
                sections.show_section(place)
                self.focus(stops[0 if step > 0 else -1])
                return True
            place += step
        return False

    def _all_stops(self) -> list[QWidget]:
        buttons = self._foot.buttons()
        return [*self.stops(), *(one for one in buttons if not one.isHidden())]

    def _stop_with_focus(self) -> QWidget | None:
        focus = QApplication.focusWidget()
        for stop in self._all_stops():
            if focus is not None and (stop is focus or stop.isAncestorOf(focus)):
                return stop
        return None

    def focus(self, stop: QWidget) -> None:
        """Give a stop the keyboard, everything in it selected, and bring it into view."""
        take = getattr(stop, "take_focus", None)
        if take is not None:
            take()
        else:
            stop.setFocus(Qt.FocusReason.TabFocusReason)
        section = self._sections.shown_section()
        if section is not None and section.isAncestorOf(stop):
            section.ensureWidgetVisible(stop, 0, 48)

    # Problems

    def section_of(self, problem: RecordProblem) -> int | None:
        """The section a problem is shown in; None: it is said above them all."""
        if not problem.fields:
            return None
        return self._section_with(problem.row_register, problem.fields[0])

    def _section_with(self, register: str, name: str) -> int | None:
        own = register == self._sections.register.name
        for place, plan in enumerate(self._sections.plans):
            if own and name in _field_names(plan):
                return place
            if not own and register in _child_names(plan):
                return place
        return None

    def next_problem(
        self,
        by: int = 1,
        more: Iterable[RecordProblem] = (),
        *,
        around: bool = True,
        anew: bool = False,
    ) -> RecordProblem | None:
        """Go to the open problem after (`by` 1) or before (-1) the field the keyboard is in;
        returns it, None where there is none.

        `more`: problems of stored rows that only a period's check finds. `around`: begin again
        behind the last one. `anew`: the first or last one, wherever the keyboard is.
        """
        homes = self._homes(more)[::by]
        if not homes:
            return None
        here = self._here()
        on = [p for p in homes if (self._reading_order(p) > here) == (by > 0)]
        on = [p for p in on if self._reading_order(p) != here]
        if anew or (around and not on):
            on = homes
        if not on:
            return None
        self.go_to(on[0])
        return on[0]

    def _homes(self, more: Iterable[RecordProblem]) -> list[RecordProblem]:
        """The open problems that some section shows, in reading order."""
        state = self._sections.state
        if state is None:
            return []
        rows = {row.id for rows in state.draft.children.values() for row in rows}
        there = [p for p in more if p.row_id in rows or p.row_register == p.register]
        found = {(*p.key, p.fields): p for p in (*there, *state.draft.problems) if p.is_open}
        homes = [p for p in found.values() if self.section_of(p) is not None]
        return sorted(homes, key=self._reading_order)

    def _here(self) -> tuple[int, ...]:
        """Where the keyboard is, in reading order."""
        sections = self._sections
        place = sections.current_section()
        row, child = sections.row_with_focus(), sections.child_with_focus()
        if row is None or place >= len(sections.plans):
            return (place,)
        inner = child.edited_row() if child is not None else None
        if inner is None:
            return self._order(place, sections.register.name, "", row.field.name)
        return self._order(place, inner.register.name, inner.id, row.field.name)

    def _reading_order(self, problem: RecordProblem) -> tuple[int, ...]:
        place = self.section_of(problem) or 0
        return self._order(place, problem.row_register, problem.row_id, problem.fields[0])

    def _order(self, place: int, register: str, row_id: str, name: str) -> tuple[int, ...]:
        plan = self._sections.plans[place]
        if register == self._sections.register.name:
            return place, _field_names(plan).index(name)
        child = _child_names(plan).index(register)
        state = self._sections.state
        rows = [row.id for row in state.draft.children[register]] if state is not None else []
        names = [one.name for one in plan.children[child].fields]
        return place, len(plan.fields) + child, rows.index(row_id), names.index(name)

    def go_to(self, problem: RecordProblem) -> None:
        """Put the keyboard where a problem is shown; nothing for one of the whole record."""
        if problem.fields:
            self.go_to_field(problem.row_register, problem.row_id, problem.fields[0])

    def go_to_field(self, register: str, row_id: str, name: str) -> None:
        """Put the keyboard into a field of the record or of one of its child rows; nothing where
        no section shows it. Raises KeyError for a child row that is not there."""
        sections = self._sections
        place = self._section_with(register, name)
        if place is None or sections.state is None:
            return
        sections.show_section(place)
        section = sections.section(place)
        row: FieldRow | None = None
        if register == sections.register.name:
            row = section.group.row_of(name)
        else:
            wanted = sections.state.draft.find_row(row_id)
            for box in section.children_boxes:
                if box.register.name == register:
                    row = box.show_row(wanted, name)
        if row is not None:
            self.focus(row.input)


def _field_names(plan: SectionPlan) -> list[str]:
    return [one.name for one in plan.fields]


def _child_names(plan: SectionPlan) -> list[str]:
    return [one.name for one in plan.children]
