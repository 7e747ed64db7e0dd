"""What a form says of its record: its name, whether it is saved, what the rules found and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.base.translate import tr
from desktop.schema.definition import Level
from desktop.widget.record_heading import Titles, counts_of, subtitle_of, title_of

if TYPE_CHECKING:
    from desktop.service.workspace import Workspace
    from desktop.widget.form_frame import FormFoot, FormHead
    from desktop.widget.form_state import FormState
    from desktop.widget.form_walk import FormWalk
    from desktop.widget.notices import Notices
    from desktop.widget.section_stack import SectionStack


class FormTelling:
    """Asks the rules, and shows what they say in the sections, on their tabs and around them."""

    def __init__(
        self,
        workspace: Workspace,
        sections: SectionStack,
        walk: FormWalk,
        head: FormHead,
        notices: Notices,
        foot: FormFoot,
    ) -> None:
        self._workspace = workspace
        self._sections = sections
        self._walk = walk
        self._head = head
        self._notices = notices
        self._foot = foot
        self._titles: Titles = {}
        self._unsaved = ""

    def begin(self, state: FormState) -> None:
        """Another draft comes: forget what was said of the one before."""
        self._titles.clear()
        self._foot.setVisible(not state.read_only)
        self._foot.status.setText("")

    def check(self) -> None:
        """Ask the rules about what was typed, and show what they say."""
        if self._sections.state is not None:
            self._sections.state.check()
            self.show_all()

    def check_strictly(self, state: FormState) -> None:
        """Ask the rules about everything, fields never visited too."""
        state.strict = True
        state.fresh_rows.clear()
        state.unchecked = True
        self.check()

    def next_problem(self) -> None:
        """F8: show every problem and go to the one after the field the keyboard is in."""
        if self._sections.state is not None:
            self._sections.commit()
            self.check_strictly(self._sections.state)
            self.go_on()

    def go_on(self) -> None:
        """Go to the open problem after the field the keyboard is in, as last found."""
        self._walk.next_problem()

    def show_all(self) -> None:
        """Show what the last check found, in the section on show too."""
        section = self._sections.shown_section()
        if section is not None:
            section.show_state()
        self.show_around()

    def show_around(self) -> None:
        """Everything but the section: head, marks of tabs, notices, counts."""
        state = self._sections.state
        if state is None:
            return
        shown = state.shown()
        still = [p for p in shown if p.is_open]
        for place in range(len(self._sections.plans)):
            own = {p.level for p in still if self._walk.section_of(p) == place}
            level = "error" if Level.ERROR in own else "warning" if own else ""
            self._sections.tabs.set_level(place, level)
        errors = sum(1 for p in still if p.level is Level.ERROR)
        self._foot.count.set_counts(errors, len(still) - errors)
        homeless = [p for p in shown if self._walk.section_of(p) is None]
        catalogue = bool(self._sections.register.catalogue)
        self._notices.show_all(state, homeless, catalogue=catalogue)
        self.show_head()
        self.show_status()

    def show_head(self) -> None:
        """The record's name as typed, and the quiet line below it."""
        state = self._sections.state
        if state is not None:
            named = self._sections.register.summary
            facts = self._sections.summary if named else counts_of(self._sections.related)
            note = subtitle_of(state.draft, self._workspace, self._titles, facts)
            self._head.set_words(title_of(state.draft, self._workspace, self._titles), note)

    def show_status(self) -> None:
        """Say beside the buttons that something is not saved yet."""
        state = self._sections.state
        if state is not None and state.is_dirty:
            self._unsaved = unsaved_words(state)
            self._foot.status.setText(self._unsaved)
        elif self._unsaved and self._foot.status.text() == self._unsaved:
            self._foot.status.setText("")

    def say_saved(self, moment: str) -> None:
        """Say beside the buttons when it was saved."""
        self._foot.status.setText(tr("Saved at {time}").format(time=moment))


def unsaved_words(state: FormState) -> str:
    """Where what was typed is, as long as it is not saved."""
    if state.not_kept:
        return tr("No draft could be kept: {why}").format(why=state.not_kept)
    if state.kept_at:
        return tr("Draft kept at {time}").format(time=state.kept_at)
    return tr("Not saved yet")
