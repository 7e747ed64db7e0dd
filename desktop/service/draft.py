"""One record being edited: what was typed, what it means, what is asked, what is wrong.

A draft edits a copy; nothing reaches the register before `Workspace.save`. Form pages, `put`
and the sample office all use it, so that the same text meets the same rules everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from desktop.base.identity import new_id
from desktop.schema import types
from desktop.schema.definition import Gate, Level, Register
from desktop.service.draft_picture import OWN, Picture
from desktop.service.problems import UNREADABLE, RecordProblem
from desktop.store.records import StoredRecord

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from desktop.service.gate import RuleGate


@dataclass
class RowDraft:
    """The parent row or one child row of a record being edited."""

    register: Register
    id: str
    is_new: bool
    texts: dict[str, str] = field(default_factory=dict)
    """By field, as typed."""
    values: dict[str, Any] = field(default_factory=dict)
    """By field, as understood (`desktop.schema.types`); None where empty or not understood."""
    unread: dict[str, str] = field(default_factory=dict)
    """By field: why the text is not a value."""
    hidden: frozenset[str] = frozenset()
    """Fields not asked now; what was typed in them is set aside until the record is saved."""
    required: frozenset[str] = frozenset()

    def columns(self) -> dict[str, Any]:
        """Table columns of the row; a hidden field reads NULL."""
        found: dict[str, Any] = {}
        for one in self.register.fields:
            value = None if one.name in self.hidden else self.values.get(one.name)
            found.update(types.to_columns(one, value))
        return found

    def set_aside(self) -> tuple[str, ...]:
        """Hidden fields that still hold an answer."""
        fields = (one.name for one in self.register.fields)
        return tuple(name for name in fields if name in self.hidden and self.texts.get(name))


class Draft:
    """A record and its child rows while they are typed.

    Made by `Workspace.new_draft` and `Workspace.open_draft`. `set_text` is cheap and asks no
    rule; `check` asks them all and is called as a field is left.
    """

    def __init__(
        self, gate: RuleGate, register: Register, stored: StoredRecord | None, *, id: str = ""
    ) -> None:
        """`id`: of a new record that was begun before; a new one otherwise."""
        self._gate = gate
        self.register = register
        self.stored = stored
        self.reasons: dict[tuple[str, str, str], str] = {}
        """By `RecordProblem.key`: why a warning is let pass."""
        self.problems: tuple[RecordProblem, ...] = ()
        self.children: dict[str, list[RowDraft]] = {
            child.name: [] for child in gate.forms.children(register.name)
        }
        if stored is None:
            self.row = RowDraft(register, id or new_id(), is_new=True)
        else:
            self.row = self._row_of(register, stored.id, stored.values)
            for name, rows in stored.children.items():
                child = gate.forms.registers[name]
                self.children[name] = [self._row_of(child, str(row["id"]), row) for row in rows]
            self.check()
        self.as_opened = self.picture()
        """What it held before anything was typed."""

    def start(self, given: Mapping[str, str]) -> None:
        """Fill a new record with its defaults, then with `given` (texts by field).

        What it then holds is not a change: leaving it at once asks nothing.
        """
        self._gate.fill_defaults(self, self.row)
        for name, text in given.items():
            self.set_text(name, text)
        self.check()
        self.as_opened = self.picture()

    @property
    def id(self) -> str:
        return self.row.id

    @property
    def is_new(self) -> bool:
        return self.stored is None

    @property
    def is_dirty(self) -> bool:
        """True when anything differs from what was opened."""
        return self.picture() != self.as_opened

    def picture(self) -> Picture:
        """Every text in it, answers set aside too: a copy that stays as it is."""
        picture: Picture = {
            name: [(row.id, {k: t for k, t in row.texts.items() if t}) for row in rows]
            for name, rows in self.children.items()
        }
        picture[OWN] = [(self.id, {k: t for k, t in self.row.texts.items() if t})]
        return picture

    def rows(self) -> Iterator[RowDraft]:
        """The parent row, then every child row."""
        yield self.row
        for rows in self.children.values():
            yield from rows

    def find_row(self, row_id: str) -> RowDraft:
        """The parent or child row of this id. Raises KeyError."""
        for row in self.rows():
            if row.id == row_id:
                return row
        raise KeyError(row_id)

    def set_text(self, name: str, text: str, row: RowDraft | None = None) -> str:
        """Take what was typed in a field; returns why it is not a value, or "".

        Raises KeyError for a field the register does not have.
        """
        row = row or self.row
        one = row.register.field(name)
        row.texts[name] = text
        row.unread.pop(name, None)
        try:
            row.values[name] = self._gate.parse(one, text)
        except types.ParseProblem as problem:
            row.values[name] = None
            row.unread[name] = str(problem)
        return row.unread.get(name, "")

    def add_row(self, child: str) -> RowDraft:
        """A new, empty child row with its defaults. Raises KeyError for an unknown child."""
        row = RowDraft(self._gate.forms.registers[child], new_id(), is_new=True)
        self.children[child].append(row)
        self._gate.fill_defaults(self, row)
        return row

    def remove_row(self, row: RowDraft) -> int:
        """Take a child row out; returns where it stood, for `put_back`."""
        rows = self.children[row.register.name]
        place = rows.index(row)
        del rows[place]
        return place

    def put_back(self, row: RowDraft, place: int) -> None:
        """Undo `remove_row`."""
        self.children[row.register.name].insert(place, row)

    def check(
        self, gate: Gate = Gate.TYPE, by: RuleGate | None = None
    ) -> tuple[RecordProblem, ...]:
        """Work out what is asked and what is wrong; the answer stays in `problems`.

        `by`: asks over another connection than the one for typing, as saving does.
        """
        found = (by or self._gate).examine(self, gate)
        self.problems = (*self._unread_problems(), *found)
        return self.problems

    def note(self, found: Collection[RecordProblem]) -> bool:
        """Keep what only saving could find, such as a dead reference, until the next `check`.

        True if some of it is about other records.
        """
        known = {problem.key for problem in self.problems}
        own = (problem for problem in found if problem.record_id == self.id)
        self.problems += tuple(problem for problem in own if problem.key not in known)
        return any(problem.record_id != self.id for problem in found)

    def problems_at(self, row: RowDraft, name: str) -> tuple[RecordProblem, ...]:
        """Problems shown under one field, errors first."""
        found = [p for p in self.problems if p.row_id == row.id and name in p.fields[:1]]
        return tuple(sorted(found, key=lambda p: p.level is not Level.ERROR))

    def give_reason(self, problem: RecordProblem, reason: str) -> None:
        """Let a warning pass because of `reason`; "" takes the reason back."""
        if reason.strip():
            self.reasons[problem.key] = reason.strip()
        else:
            self.reasons.pop(problem.key, None)

    def to_record(self) -> StoredRecord:
        """What is written to the tables: hidden fields NULL, computed ones as last checked."""
        children = {
            name: [{"id": row.id, **row.columns()} for row in rows]
            for name, rows in self.children.items()
        }
        values = self.row.columns()
        if self.stored is None:
            return StoredRecord(
                register=self.register.name, id=self.id, values=values, children=children
            )
        return replace(self.stored, values=values, children=children)

    def unparsed(self) -> set[tuple[str, str]]:
        """(register, column) of every field whose text is not a value: rules skip them."""
        return {
            (row.register.name, column)
            for row in self.rows()
            for name in row.unread
            for column in row.register.field(name).columns
        }

    def _unread_problems(self) -> Iterator[RecordProblem]:
        for row in self.rows():
            for name, why in row.unread.items():
                if name in row.hidden:
                    continue
                yield RecordProblem(
                    number=UNREADABLE,
                    level=Level.ERROR,
                    register=self.register.name,
                    record_id=self.id,
                    row_register=row.register.name,
                    row_id=row.id,
                    fields=(name,),
                    message=why,
                )

    def _row_of(self, register: Register, row_id: str, columns: Mapping[str, Any]) -> RowDraft:
        row = RowDraft(register, row_id, is_new=False)
        for one in register.fields:
            value = row.values[one.name] = types.from_columns(one, columns)
            row.texts[one.name] = types.to_text(one, value)
        return row
