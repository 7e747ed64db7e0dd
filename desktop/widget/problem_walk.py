"""F8 and Shift+F8: from problem to problem, on into the next record when this one has no more."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.base.translate import tr

if TYPE_CHECKING:
    from desktop.model.checks import Checks
    from desktop.service.checking import CheckedRecord
    from desktop.service.problems import RecordProblem
    from desktop.widget.form_page import FormPage
    from desktop.widget.main_window import MainWindow

Key = tuple[str, str]
"""Register and id."""


class ProblemWalk(QObject):
    """One per main window; on its own it stays in the record, with `follow` it goes on."""

    listed = Signal()
    """The list of problems is asked for: of this record, else of this register."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._checks: Checks | None = None
        self._waiting: Callable[[], None] | None = None
        self._came_to: Key = ("", "")
        """The record the walk came to last, and its place: what takes its place follows it."""
        self._at = 0

    def follow(self, checks: Checks) -> None:
        """Go on to other records by what a check of everything finds."""
        self._checks = checks
        checks.changed.connect(self._checked)

    @property
    def place(self) -> Key:
        """Register and stored record on show, "" for none."""
        register, id = self._here()
        form = self._form()
        is_new = form is not None and form.draft is not None and form.draft.is_new
        return register, "" if is_new else id

    def step(self, by: int) -> None:
        """To the next problem (1) or the one before (-1)."""
        form = self._form()
        if form is not None and self._inside(form, by):
            return
        if form is not None and form.is_dirty:
            told = tr("No more problems in this record. Save it (Ctrl+S); F8 then goes on.")
            self._window.say(told, level="info")
            return
        self._go_on(by)

    def _form(self) -> FormPage | None:
        page = self._window.pages.current_register()
        return page.form if page is not None and page.form.state is not None else None

    def _inside(self, form: FormPage, by: int) -> bool:
        """Go to another problem of the record on show; False where there is none that way."""
        state = form.state
        assert state is not None  # noqa: S101  (`_form` gave one)
        if not state.read_only:
            form.sections.commit()
            form.telling.check_strictly(state)
        stays = form.is_dirty or self._checks is None
        more = () if form.is_dirty else self._of(form)
        found = form.walk.next_problem(by, more, around=stays)
        self._tell(form, found)
        return found is not None

    def _of(self, form: FormPage) -> tuple[RecordProblem, ...]:
        """What the check of everything found wrong with the record on show."""
        draft, checked = form.draft, self._checks.result if self._checks else None
        if draft is None or checked is None:
            return ()
        return next((one.problems for one in checked.records if one.id == draft.id), ())

    def _go_on(self, by: int) -> None:
        """To the record after or before this one that has an open problem."""
        if self._checks is None:
            return
        checked = self._checks.result
        if checked is None:
            self._waiting = lambda: self._go_on(by)
            self._checks.ensure()
            self._window.say(tr("Checking every record…"), level="info")
            return
        records = [one for one in checked.records if _is_open(one, self._window)]
        here = self._here()
        others = [one for one in records if (one.register, one.id) != here]
        if not others:
            self._window.say(tr("No record has an open problem."), level="done")
            return
        place = self._following([(one.register, one.id) for one in records], here, by)
        self._at = place
        self._show(records[place], by)

    def _following(self, keys: list[Key], here: Key, by: int) -> int:
        if here in keys:
            return (keys.index(here) + by) % len(keys)
        if keys and self._came_to == here:
            # It has no problem left: the one behind it stands in its place now.
            return (self._at if by > 0 else self._at - 1) % len(keys)
        same = [place for place, key in enumerate(keys) if key[0] == here[0]]
        if not same:
            return 0 if by > 0 else len(keys) - 1
        return same[0] if by > 0 else same[-1]

    def _here(self) -> Key:
        form = self._form()
        draft = form.draft if form is not None else None
        if form is None or draft is None:
            page = self._window.pages.current_register()
            return (page.register.name if page is not None else "", "")
        return form.register.name, draft.id

    def _show(self, record: CheckedRecord, by: int) -> None:
        if not self._window.open_record(record.register, record.id):
            return
        self._came_to = (record.register, record.id)
        form = self._form()
        if form is None or form.state is None:
            return
        found = form.walk.next_problem(by, self._of(form), anew=True)
        self._tell(form, found or next(p for p in record.problems if p.is_open))

    def _tell(self, form: FormPage, problem: RecordProblem | None) -> None:
        """Say what the form does not: only the check of a period asks some rules."""
        if problem is None or form.draft is None:
            return
        if any(one.key == problem.key for one in form.draft.problems):
            return
        self._window.say(f"{problem.number} · {problem.message}", level="info")

    def _checked(self) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting()


def _is_open(record: CheckedRecord, window: MainWindow) -> bool:
    return bool(record.errors or record.open_warnings) and window.pages.has_register(
        record.register
    )
