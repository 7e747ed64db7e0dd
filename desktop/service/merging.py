"""Two records of one person made one: what is taken from each, and all that hangs on them.

The record that stays is edited as a draft, so that fields are hidden, computed and checked as if
somebody had typed them. Then, in one change: the other is deleted softly with a pointer to it,
every reference to the other leads to it, and the error rules are asked of it and of all it touches.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy, deepcopy
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from desktop.base.errors import UserError
from desktop.base.progress import Progress, silent
from desktop.base.text import without_marks
from desktop.base.translate import tr
from desktop.schema import types
from desktop.schema.definition import FieldType, Gate, Level
from desktop.schema.names import PERSON_FIELDS
from desktop.service.draft import Draft, RowDraft
from desktop.service.gate import problem_of
from desktop.service.problems import NotSaved
from desktop.service.rights import Action, NotAllowed
from desktop.service.saving import dead_problem
from desktop.store import journal, records, references
from desktop.store.repointing import referring_records, repointed
from desktop.store.titles import Titles

if TYPE_CHECKING:
    from desktop.schema.definition import Field, Forms
    from desktop.service.bulk import Bulk
    from desktop.service.problems import RecordProblem
    from desktop.service.workspace import Workspace
    from desktop.store.records import StoredRecord

Key = tuple[str, str, str]
"""Rule, record and row of an error."""


class Side(StrEnum):
    """Where a value comes from."""

    STAYS = "stays"
    """The record that stays."""
    OTHER = "other"
    """The one that goes into it."""


@dataclass
class Row:
    """A child row of the other record."""

    child: str
    id: str
    taken: bool
    known: bool
    """The record that stays has the very same row."""


class Merge:
    """One merge being prepared: `take` and `take_row` until it says what is wanted, then `run`."""

    def __init__(self, workspace: Workspace, stays: Draft, other: Draft) -> None:
        """Both as opened by `Workspace.open_draft`; `other` may be a draft never stored.

        Raises NotAllowed, and UserError where one of them cannot be merged.
        """
        self._workspace = workspace
        self.register = stays.register
        _refuse_impossible(workspace, stays, other)
        self.stays = stays
        self.other = other
        self.fields = {field.name: self._default(field) for field in self._choosable()}
        """Field that differs → where its value comes from."""
        self.rows = list(self._other_rows())

    # What is wanted

    def take(self, field: str, side: Side) -> None:
        """Choose where a value comes from. Raises KeyError for a field that does not differ."""
        if field not in self.fields:
            raise KeyError(field)
        self.fields[field] = side

    def take_row(self, id: str, taken: bool) -> None:
        """Choose whether a child row of the other record comes along. Raises KeyError."""
        row = next((row for row in self.rows if row.id == id), None)
        if row is None:
            raise KeyError(id)
        row.taken = taken

    def brings_something(self) -> bool:
        """True if anything of the other record would come into the one that stays."""
        return Side.OTHER in self.fields.values() or any(row.taken for row in self.rows)

    def _choosable(self) -> Iterator[Field]:
        said = self.register.look_alike
        given = {said.merged_into, self.register.number_field, *PERSON_FIELDS[1:]}
        for field in self.register.fields:
            if field.computed or field.name in given:
                continue
            mine, theirs = self._texts(field)
            if mine != theirs:
                yield field

    def _texts(self, field: Field) -> tuple[str, str]:
        return _text(self.stays.row, field.name), _text(self.other.row, field.name)

    def _default(self, field: Field) -> Side:
        """Filled over empty, what says more over what says less, else the newer record's."""
        mine, theirs = self._texts(field)
        if not mine or not theirs:
            return Side.STAYS if mine else Side.OTHER
        if _says_more(field, mine, theirs):
            return Side.STAYS
        if _says_more(field, theirs, mine):
            return Side.OTHER
        if self.other.stored is None or self.stays.stored is None:
            return Side.OTHER
        newer = self.other.stored.updated_at > self.stays.stored.updated_at
        return Side.OTHER if newer else Side.STAYS

    # Child rows

    def _other_rows(self) -> Iterator[Row]:
        ids = {self.stays.id, self.other.id}
        for name, rows in self.other.children.items():
            known = [self._row_texts(row) for row in self.stays.children[name]]
            for row in rows:
                texts = self._row_texts(row)
                if not any(texts.values()) or self._leads_to(row, ids):
                    continue
                yield Row(name, row.id, taken=texts not in known, known=texts in known)
                known.append(texts)

    def _row_texts(self, row: RowDraft) -> dict[str, str]:
        """What makes the row what it is: without marks that only one row may have."""
        given_up = self._given_up(row.register.name)
        texts = {field.name: _text(row, field.name) for field in row.register.fields}
        return texts | dict.fromkeys(given_up, "")

    def _given_up(self, child: str) -> list[str]:
        """Fields of a child's rows that only one of them may have."""
        paths = (path.partition(".") for path in self.register.look_alike.only_one)
        return [field for name, _, field in paths if name == child]

    def _leads_to(self, row: RowDraft, ids: set[str]) -> bool:
        """True for a row by which the person would be related to himself."""
        return any(
            field.to == self.register.name and row.values.get(field.name) in ids
            for field in row.register.fields
        )

    # The record as it will be

    def result(self) -> Draft:
        """The record that stays with all that comes into it, checked as it would be typed."""
        made = [self._result(marks) for marks in _Marks]
        return min(made, key=lambda draft: sum(p.level is Level.ERROR for p in draft.problems))

    def _result(self, marks: _Marks) -> Draft:
        draft = Draft(self._workspace.gates.typing(), self.register, self.stays.stored)
        if self.stays.is_dirty:
            _type_again(draft, self.stays)
        for name, side in self.fields.items():
            if side is Side.OTHER:
                draft.set_text(name, _text(self.other.row, name))
        ids = {self.stays.id, self.other.id}
        for rows in draft.children.values():
            for row in [row for row in rows if self._leads_to(row, ids)]:
                draft.remove_row(row)
        for coming in self.rows:
            if coming.taken:
                self._bring(draft, self._other_row(coming), marks)
        draft.check(Gate.SAVE)
        return draft

    def _other_row(self, row: Row) -> RowDraft:
        return next(one for one in self.other.children[row.child] if one.id == row.id)

    def _bring(self, draft: Draft, row: RowDraft, marks: _Marks) -> None:
        """Add a row of the other record, or fill in the one there is where only one may be."""
        standing = draft.children[row.register.name]
        if row.register.single and standing:
            for field in row.register.fields:
                if not _text(standing[0], field.name):
                    draft.set_text(field.name, _text(row, field.name), standing[0])
            return
        before = list(standing)
        new = draft.add_row(row.register.name)
        for field in row.register.fields:
            draft.set_text(field.name, _text(row, field.name), new)
        for name in self._given_up(row.register.name):
            if marks is _Marks.STAY and any(one.values.get(name) == 1 for one in before):
                draft.set_text(name, _no(row.register.field(name)), new)
            elif marks is _Marks.MOVE and new.values.get(name) == 1:
                for one in before:
                    if one.values.get(name) == 1:
                        draft.set_text(name, _no(row.register.field(name)), one)

    # Doing it

    def over(self, workspace: Workspace) -> Merge:
        """The same merge, as chosen so far, over a copy of the workspace: for the copy's thread.
        Both drafts stay those of the window and are only read."""
        made = copy(self)
        made._workspace = workspace
        return made

    def run(self, progress: Progress = silent) -> str:
        """Merge; returns the label of the change, “Gộp: …”.

        Nothing is changed where it raises: NotAllowed, `NotSaved` with the errors there would be,
        `Conflict` where one of the two was changed meanwhile, NotFound, `UserError`s of the disk.
        """
        workspace = self._workspace
        workspace.rights.require(Action.MERGE, self.register.name)
        draft = self.result()
        title = Titles(workspace.reader, workspace.forms).rendered(
            self.register, draft.to_record().values
        )
        label = tr("Merge: {title}").format(title=title or self.register.title)
        with workspace.saving.bulk(label, kind=journal.Kind.EDIT) as bulk:
            _Merging(workspace, bulk, self, draft, progress).run()
        return label


class _Marks(StrEnum):
    """What becomes of a mark that only one row may have, where a row with it comes along."""

    STAY = "stay"
    MOVE = "move"
    BOTH = "both"
    """Both may keep it, where the rules say so: one of them may have ended."""


class _Merging:
    """The work of one `Merge.run`, inside its transaction."""

    def __init__(
        self, workspace: Workspace, bulk: Bulk, merge: Merge, draft: Draft, progress: Progress
    ) -> None:
        self._workspace = workspace
        self._bulk = bulk
        self._merge = merge
        self._draft = draft
        self._progress = progress
        self._forms: Forms = workspace.forms
        self._register = merge.register
        self._gone = merge.other.id if merge.other.stored is not None else ""

    def run(self) -> None:
        stays = self._unchanged(self._merge.stays)
        referring = self._referring()
        ids = [stays.id]
        if self._gone:
            ids.append(self._gone)
        before = self._errors(ids, referring)
        if self._gone:
            self._point(self._unchanged(self._merge.other), stays.id)
        self._write(stays)
        self._repoint(referring, stays.id)
        after = self._errors([stays.id], referring)
        fresh = [found for key, found in after.items() if key not in before]
        if fresh:
            raise NotSaved(tuple(fresh))

    def _unchanged(self, draft: Draft) -> StoredRecord:
        """The record as it is stored now. Raises Conflict, NotFound."""
        now = records.read(self._bulk.connection, self._forms, self._register.name, draft.id)
        if now.deleted_at is not None:
            told = tr("“{title}” has been deleted meanwhile, so nothing was merged.")
            title = str(now.values.get(self._register.look_alike.name) or "")
            raise records.NotFound(told.format(title=title))
        if draft.stored is None or now.row_version != draft.stored.row_version:
            raise records.Conflict(now)
        return now

    def _point(self, gone: StoredRecord, to: str) -> None:
        """Say in the other record where it went, then delete it softly."""
        pointer = self._register.look_alike.merged_into
        changed = replace(gone, values=gone.values | {pointer: to})
        self._bulk.note(self._bulk.write(self._register.name, [], [(gone, changed)]))
        self._bulk.note([self._bulk.delete(self._register.name, gone.id)])

    def _write(self, before: StoredRecord) -> None:
        draft = self._draft
        problems = draft.check(Gate.SAVE, by=self._bulk.gate)
        record = replace(draft.to_record(), row_version=before.row_version)
        dead = references.dead_references(self._bulk.connection, self._forms, record, before)
        told = [dead_problem(self._forms, self._register.name, record.id, one) for one in dead]
        errors = [p for p in (*problems, *told) if p.level is Level.ERROR]
        if errors:
            raise NotSaved(tuple(errors))
        self._bulk.note(self._bulk.write(self._register.name, [], [(before, record)]))

    # References of others

    def _referring(self) -> list[tuple[str, str]]:
        """(register, id) of records that lead to the one that goes."""
        if not self._gone:
            return []
        both = {(self._register.name, self._gone), (self._register.name, self._merge.stays.id)}
        found = referring_records(
            self._bulk.connection, self._forms, self._register.name, self._gone
        )
        return [one for one in found if one not in both]

    def _repoint(self, referring: Sequence[tuple[str, str]], to: str) -> None:
        told = tr("What leads to the other record is led to the one that stays")
        for place, (register, id) in enumerate(referring):
            self._progress(told, place / len(referring))
            before = records.read(self._bulk.connection, self._forms, register, id)
            after = repointed(self._forms, deepcopy(before), self._register.name, {self._gone: to})
            self._bulk.note(self._bulk.write(register, [], [(before, after)]))

    # Rules

    def _errors(
        self, ids: list[str], referring: Iterable[tuple[str, str]]
    ) -> Mapping[Key, RecordProblem]:
        """Errors of the records that lead to these, and of all whose rules read any of them."""
        runner = self._bulk.gate.runner
        asked: dict[tuple[str, tuple[str, ...] | None], set[str]] = {}
        own: dict[str, set[str]] = {self._register.name: set(ids)}
        for register, id in referring:
            asked.setdefault((register, None), set()).add(id)
            own.setdefault(register, set()).add(id)
        for register, changed in own.items():
            for near in runner.neighbours_of(register, sorted(changed)):
                asked.setdefault((near.register, near.rules), set()).update(near.ids)
        mine = {self._merge.stays.id, self._gone}
        return {
            (found.rule, found.record_id, found.row_id): problem_of(found)
            for (register, rules), near_ids in asked.items()
            for found in runner.check_stored(register, sorted(near_ids), Gate.SAVE, rules=rules)
            if found.level is Level.ERROR and found.record_id not in mine
        }


def _refuse_impossible(workspace: Workspace, stays: Draft, other: Draft) -> None:
    register = stays.register
    if not register.look_alike.merged_into:
        raise UserError(tr("Records of “{title}” are not merged.").format(title=register.title))
    if stays.stored is None or stays.id == other.id or other.register.name != register.name:
        raise UserError(tr("Two records of one register are needed to merge."))
    for draft in (stays, other):
        if draft.stored is None:
            continue
        workspace.sight.require(register.name, draft.id)
        if draft.stored.deleted_at is not None:
            raise records.NotFound(tr("A deleted record is not merged; bring it back first."))
    if not workspace.rights.sees_sensitive:
        raise NotAllowed(tr("Merging needs a person who may see every field of both records."))


def _type_again(draft: Draft, typed: Draft) -> None:
    """Put what was typed in another draft of the same record into this one."""
    for name, rows in draft.children.items():
        known = {row.id: row for row in rows}
        rows[:] = [
            known.get(row.id) or RowDraft(row.register, row.id, is_new=True)
            for row in typed.children[name]
        ]
    for row in typed.rows():
        here = draft.find_row(row.id)
        for field in row.register.fields:
            text = row.texts.get(field.name, "")
            if not field.computed and text != here.texts.get(field.name, ""):
                draft.set_text(field.name, text, here)


def _says_more(field: Field, text: str, other: str) -> bool:
    """True for a fuller date, and for the same words with accents."""
    if field.type is FieldType.PARTIAL_DATE:
        return text.endswith(f"/{other}")
    return text != other and without_marks(text) == other


def _text(row: RowDraft, name: str) -> str:
    """What is typed in a field that is asked."""
    return "" if name in row.hidden else row.texts.get(name, "")


def _no(field: Field) -> str:
    return types.to_text(field, 0)


def older_first(one: Draft, other: Draft) -> tuple[Draft, Draft]:
    """(the record that stays, the one that goes): the one made first keeps its number."""
    if one.stored is None:
        return other, one
    if other.stored is None:
        return one, other
    ages = [(draft.stored.created_at, draft.id) for draft in (one, other) if draft.stored]
    return (one, other) if ages[0] <= ages[1] else (other, one)
