"""What all parts of one open form share: the draft, and which of its problems are shown yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desktop.schema.definition import Level
from desktop.service.problems import MISSING, RecordProblem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.service.draft import Draft, RowDraft
    from desktop.service.draft_picture import KeptDraft, Place


@dataclass
class FormState:
    """One per draft on show."""

    draft: Draft
    read_only: bool = False
    strict: bool = False
    """Show every problem: the record is stored, or saving was tried. Otherwise an empty form would
    begin as a wall of "must be filled in"."""
    visited: set[tuple[str, str]] = field(default_factory=set)
    """(row id, field) of every field that was left."""
    fresh_rows: set[str] = field(default_factory=set)
    """Ids of child rows just begun: their empty fields are no problem yet either."""
    unchecked: bool = False
    """True while something was typed that no check has seen."""

    kept: KeptDraft | None = None
    """What was handed over to the disk last."""
    kept_at: str = ""
    """When that came to the disk, "10:42"."""
    not_kept: str = ""
    """Why it could not be brought there, in words."""
    other: KeptDraft | None = None
    """A draft of the stored record on show, typed earlier and not gone on with."""
    left_last: Place = ("", "", "")
    dropped: bool = False
    """What was typed is no longer this form's."""

    edits: dict[tuple[str, str], str] = field(default_factory=dict)
    """(row id, field) → text before it was edited, since the last check."""
    hidden_by: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    """(row id, field set aside) → (field of that row whose edit hid it, its text before)."""

    _sorted_for: tuple[RecordProblem, ...] | None = None
    _by_place: dict[tuple[str, str], list[RecordProblem]] = field(default_factory=dict)

    @property
    def is_dirty(self) -> bool:
        """True if there is something to lose."""
        return not self.read_only and not self.dropped and self.draft.is_dirty

    def visit(self, row: RowDraft, name: str) -> None:
        """Remember that a field was left."""
        self.visited.add((row.id, name))
        self.left_last = (row.register.name, row.id, name)

    def shows(self, problem: RecordProblem) -> bool:
        """True if a problem is to be shown: one of the fields it is about was left."""
        if problem.reason or (self.strict and problem.row_id not in self.fresh_rows):
            return True
        told = problem.fields[:1] if problem.number == MISSING else problem.fields
        return any((problem.row_id, name) in self.visited for name in told)

    def shown_at(self, row: RowDraft, name: str) -> tuple[RecordProblem, ...]:
        """Problems to show under a field."""
        if self._sorted_for is not self.draft.problems:
            self._sort()
        return tuple(p for p in self._by_place.get((row.id, name), ()) if self.shows(p))

    def _sort(self) -> None:
        """Problems by the field they stand under, errors first; once per check."""
        self._sorted_for = self.draft.problems
        self._by_place = {}
        for problem in sorted(self._sorted_for, key=lambda p: p.level is not Level.ERROR):
            for name in problem.fields[:1]:
                self._by_place.setdefault((problem.row_id, name), []).append(problem)

    def shown(self) -> tuple[RecordProblem, ...]:
        """Every problem to show, in the order of the rules."""
        return tuple(p for p in self.draft.problems if self.shows(p))

    def check(self) -> None:
        """Ask the rules, unless nothing was typed since they were asked last."""
        if self.unchecked:
            self.unchecked = False
            before = {row.id: row.hidden for row in self.draft.rows()}
            self.draft.check()
            self._note_hidden(before)

    def _note_hidden(self, before: Mapping[str, frozenset[str]]) -> None:
        """Remember which one edit took a question away, so that it can be brought back."""
        edits, self.edits = self.edits, {}
        for row in self.draft.rows():
            for name in row.hidden - before.get(row.id, row.hidden):
                causes = [key for key in edits if key[0] == row.id and key[1] != name]
                if len(causes) == 1:
                    self.hidden_by[row.id, name] = (causes[0][1], edits[causes[0]])
