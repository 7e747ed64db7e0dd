"""Many records at once through the same rules as the window: `put`, sample data, imports.

Batches are read, checked with few statements and written inside one transaction. Records of a file
see those before them, as if they had been saved one after another. Without `good_only` nothing is
written unless every record passes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import length_hint
from typing import TYPE_CHECKING

from desktop.base.errors import UserError
from desktop.base.garbage import without_ring_search
from desktop.base.progress import Progress, silent
from desktop.base.translate import tr
from desktop.schema.definition import Field, FieldType, Gate, Level, Register
from desktop.service.gate import DAYS, problem_of
from desktop.service.item_reading import ID, ItemReader, ReadItem, ReadRow
from desktop.service.problems import UNREADABLE, RecordProblem
from desktop.service.rights import Action
from desktop.service.saving import dead_problem
from desktop.store import records, references
from desktop.store.attempts import attempt
from desktop.store.findings import Finding
from desktop.store.own_rows import NOTHING_UNPARSED
from desktop.store.records import StoredRecord, Written
from desktop.store.rules import Candidate, Neighbours
from desktop.store.standing import standing_ids

if TYPE_CHECKING:
    from desktop.service.bulk import Bulk
    from desktop.service.workspace import Workspace
    from desktop.store.rules import FormState

GROUP = 2000
"""Records written together: pages of the tables are gone through fewer times."""
BATCH = 500
"""Records checked together; more at a time would not stay in the processor's cache."""

_KEPT_IDS = 50_000


@dataclass
class PutResult:
    """What became of the records of one call."""

    added: int = 0
    changed: int = 0
    refused: int = 0
    problems: list[tuple[int, RecordProblem]] = field(default_factory=list)
    """(index of the record, from 0) and what is wrong with it; of those refused only."""
    set_aside: list[tuple[int, str]] = field(default_factory=list)
    """(index, label) of a value that was not kept, because its field is not asked in that case."""
    cleaned: list[tuple[int, str, str]] = field(default_factory=list)
    """(index, label, what was changed in the text given), as the window says it of a paste."""
    ids: list[str] = field(default_factory=list)
    """Id of each record in the order given, "" where it was not written."""


@dataclass(slots=True)
class _Entry:
    """One record on its way."""

    index: int
    id: str
    item: ReadItem
    before: StoredRecord | None
    problems: list[RecordProblem] = field(default_factory=list)
    accepted: list[tuple[Finding, str]] = field(default_factory=list)
    """Warnings with the reason just given."""
    candidate: Candidate | None = None
    record: StoredRecord | None = None

    @property
    def is_open(self) -> bool:
        return any(problem.is_open for problem in self.problems)


class _Apart(Exception):
    """Some records of a group written together cannot stay."""

    def __init__(
        self, touched: set[str], broken: list[RecordProblem], nearby: list[Finding]
    ) -> None:
        super().__init__()
        self.touched = touched
        """Ids of records that a rule between records speaks of, be it with a reason given."""
        self.broken = broken
        self.nearby = nearby


class _NothingWritten(Exception):
    """Rolls the transaction back: some record was refused."""


def put_records(
    workspace: Workspace,
    register: str,
    items: Iterable[Mapping[str, object]],
    progress: Progress = silent,
    *,
    reason: str = "",
    good_only: bool = False,
) -> PutResult:
    """Add or change records given as JSON objects (`item_reading` says what they hold).

    Every error, and every warning without a reason (`_reasons`, or `reason` for all), refuses its
    record; then nothing at all is written, or with `good_only` the others are. `items` is read
    once, a batch at a time. Raises `UserError` for an unknown register or one that is not filled
    this way, NotAllowed, `Cancelled` from `progress`, the disk's errors; then nothing is written.
    """
    defined = _checked_register(workspace, register)
    workspace.rights.require(Action.PUT, register)
    result = PutResult()
    label = tr("Put in: {register}").format(register=defined.title)
    try:
        with without_ring_search(), workspace.saving.bulk(label) as bulk:
            work = _Putting(bulk, workspace, defined, reason, result)
            for batch in _batches(items, progress):
                work.take(batch)
            if result.refused and not good_only:
                raise _NothingWritten
    except _NothingWritten:
        result.added = result.changed = 0
        result.ids = [""] * len(result.ids)
    return result


def _checked_register(workspace: Workspace, register: str) -> Register:
    from desktop.service.workspace import refuse_unknown

    refuse_unknown(workspace.registers, register)
    defined = workspace.registers[register]
    if defined.catalogue:
        raise UserError(
            tr("“{register}” came with the program and is not filled by hand.").format(
                register=defined.title
            )
        )
    return defined


def _batches(
    items: Iterable[Mapping[str, object]], progress: Progress
) -> Iterator[list[tuple[int, object]]]:
    """Items with their index; a batch never names a stored record twice."""
    expected = length_hint(items)
    batch: list[tuple[int, object]] = []
    named: set[object] = set()
    for index, item in enumerate(items):
        id = item.get(ID) if isinstance(item, (dict, Mapping)) else None
        if len(batch) == GROUP or (id is not None and id in named):
            progress(_said(index), min(index / expected, 1.0) if expected else 0.0)
            yield batch
            batch, named = [], set()
        batch.append((index, item))
        if isinstance(id, str):
            named.add(id)
    if batch:
        yield batch
    progress(tr("Writing"), 1.0)


def _said(count: int) -> str:
    return tr("{count} records read").format(count=count)


class _Putting:
    """The work of one `put_records`."""

    def __init__(
        self,
        bulk: Bulk,
        workspace: Workspace,
        register: Register,
        reason: str,
        result: PutResult,
    ) -> None:
        self._bulk = bulk
        self._gate = bulk.gate
        self._runner = bulk.gate.runner
        self._forms = bulk.forms
        self._register = register
        self._reason = reason.strip()
        self._result = result
        self._reader = ItemReader(register, self._forms, workspace.today, self._default)
        book = workspace.definitions.book
        self._between = book.rules_between(register.name)
        self._alone = book.rules_alone(register.name)
        self._standing: dict[str, set[str]] = {name: set() for name in self._forms.registers}
        """Ids known to be there, by register."""
        self._references = {
            one.name: [
                (field.name, field.to, self._standing[field.to])
                for field in one.fields
                if field.type is FieldType.REFERENCE
            ]
            for one in (register, *self._forms.children(register.name))
        }

    def _default(self, one: Field) -> str:
        if not one.default or one.default in DAYS:
            return ""
        return self._gate.default_text(one)

    def take(self, group: Sequence[tuple[int, object]]) -> None:
        """Read and check records batch by batch, then write those that passed together."""
        self._result.ids += [""] * len(group)
        good: list[_Entry] = []
        for start in range(0, len(group), BATCH):
            batch = group[start : start + BATCH]
            entries = [entry for index, item in batch if (entry := self._read(index, item))]
            for entry in entries:
                if entry.item.cleaned:
                    self._result.cleaned += [(entry.index, *one) for one in entry.item.cleaned]
            self._check(entries)
            refused = [entry for entry in entries if entry.is_open]
            self._look_between(refused)
            for entry in refused:
                self._refuse(entry)
            good += [entry for entry in entries if not entry.is_open]
        self._write(good, frozenset())

    # Reading

    def _read(self, index: int, item: object) -> _Entry | None:
        if not isinstance(item, (dict, Mapping)):
            self._refuse_item(index, "", tr("A record must be a JSON object: {…}."))
            return None
        id = item.get(ID)
        if id is None:
            read = self._reader.read_new(item)
            return _Entry(index, read.row.id, read, None)
        try:
            before = records.read(self._bulk.connection, self._forms, self._register.name, str(id))
        except records.NotFound:
            said = tr("There is no record {id}. Leave “id” out to add a new one.")
            self._refuse_item(index, str(id), said.format(id=id))
            return None
        if before.deleted_at is not None:
            said = tr("The record {id} has been deleted. Restore it before you change it.")
            self._refuse_item(index, str(id), said.format(id=id))
            return None
        read = self._reader.read_changed(item, before.id, before.values, before.children)
        return _Entry(index, before.id, read, before)

    def _refuse_item(self, index: int, id: str, why: str) -> None:
        self._result.refused += 1
        self._result.problems.append((index, self._problem(id, self._register.name, id, (), why)))

    def _problem(
        self, id: str, register: str, row_id: str, fields: tuple[str, ...], why: str
    ) -> RecordProblem:
        return RecordProblem(
            number=UNREADABLE,
            level=Level.ERROR,
            register=self._register.name,
            record_id=id,
            row_register=register,
            row_id=row_id,
            fields=fields,
            message=why,
        )

    # Checking

    def _check(self, entries: list[_Entry]) -> None:
        """Fill in the problems of each entry, and its record as it would be written."""
        candidates = [self._candidate(entry) for entry in entries]
        answers = self._runner.examine_batch(
            self._register.name, candidates, Gate.SAVE, rules=self._alone
        )
        dead = self._with_dead_references(entries)
        for entry, (state, found) in zip(entries, answers, strict=True):
            self._settle(entry, state)
            for part in entry.item.unread:
                fields = (part.field,) if part.field else ()
                entry.problems.append(
                    self._problem(entry.id, part.register, part.row_id, fields, part.why)
                )
            if entry.id in dead:
                entry.problems += self._dead_problems(entry)
            if found:
                self._take_findings(entry, found)

    def _candidate(self, entry: _Entry) -> Candidate:
        item, before = entry.item, entry.before
        if before is not None:
            for name in ("unit_id", "created_at", "origin"):
                item.row.values[name] = getattr(before, name)
        children = {}
        for name, rows in item.children.items():
            children[name] = [row.values for row in rows]
        unparsed = NOTHING_UNPARSED
        if item.unread:
            unparsed = frozenset((p.register, column) for p in item.unread for column in p.columns)
        entry.candidate = Candidate(item.row.id, item.row.values, children, unparsed)
        return entry.candidate

    def _settle(self, entry: _Entry, state: FormState) -> None:
        item = entry.item
        self._note_set_aside(entry, item.row, state.row.visible)
        children = {}
        for name, rows in item.children.items():
            settled = state.children[name]
            children[name] = [settled[row.id].values for row in rows]
            for row in rows:
                self._note_set_aside(entry, row, settled[row.id].visible)
        if entry.before is None:
            entry.record = StoredRecord(
                register=self._register.name,
                id=entry.id,
                values=state.row.values,
                children=children,
                unit_id=self._bulk.unit or None,
            )
        else:
            children = {**entry.before.children, **children}
            entry.record = replace(entry.before, values=state.row.values, children=children)

    def _note_set_aside(self, entry: _Entry, row: ReadRow, visible: frozenset[str]) -> None:
        if visible.issuperset(row.given):
            return
        for name in row.given:
            if name not in visible:
                one = row.register.field(name)
                if row.values.get(one.columns[0]) is not None:
                    self._result.set_aside.append((entry.index, one.label))

    def _take_findings(self, entry: _Entry, found: Iterable[Finding]) -> None:
        """Add findings to an entry's problems, with the reasons there are for warnings."""
        for finding, kept in self._gate.overrides.with_reasons(list(found)):
            reason = kept
            if finding.level is Level.WARNING:
                given = entry.item.reasons.get(finding.rule, self._reason)
                if given:
                    entry.accepted.append((finding, given))
                reason = given or kept
            entry.problems.append(problem_of(finding, reason))

    def _look_between(self, entries: Sequence[_Entry]) -> None:
        """What else is wrong with records that are not written: those that are get asked then."""
        candidates = [
            replace(e.candidate, values=e.record.values, children=e.record.children)
            for e in entries
            if e.record and e.candidate
        ]
        found = self._runner.check_batch(
            self._register.name, candidates, Gate.SAVE, rules=self._between
        )
        for entry, findings in zip(entries, found, strict=True):
            self._take_findings(entry, findings)

    def _with_dead_references(self, entries: Sequence[_Entry]) -> set[str]:
        """Ids of entries of which a reference leads to nothing that stands."""
        asked: dict[tuple[str, str], list[str]] = {}
        for entry in entries:
            for row in entry.item.rows():
                values = row.values
                for name, to, known in self._references[row.register.name]:
                    id = values.get(name)
                    if id is not None and id not in known:
                        asked.setdefault((to, id), []).append(entry.id)
        for to in {to for to, _ in asked}:
            known = self._standing[to]
            if len(known) > _KEPT_IDS:
                known.clear()
            ids = {id for named, id in asked if named == to}
            known |= standing_ids(self._bulk.connection, self._forms, to, ids)
        return {
            entry_id
            for (to, id), entry_ids in asked.items()
            if id not in self._standing[to]
            for entry_id in entry_ids
        }

    def _dead_problems(self, entry: _Entry) -> list[RecordProblem]:
        if entry.record is None:
            return []
        found = references.dead_references(
            self._bulk.connection, self._forms, entry.record, entry.before
        )
        return [dead_problem(self._forms, self._register.name, entry.id, dead) for dead in found]

    # Writing

    def _write(self, entries: Sequence[_Entry], known: frozenset[tuple[str, str, str]]) -> None:
        """Write entries as a group; where that breaks a rule, in parts, down to one.

        So of two that exclude each other the first stays. `known`: errors of other records
        that were there before.
        """
        if not entries:
            return
        marks = [(len(entry.accepted), len(entry.problems)) for entry in entries]
        try:
            with attempt(self._bulk.connection):
                written = self._write_group(entries, known)
        except _Apart as apart:
            for entry, (accepted, problems) in zip(entries, marks, strict=True):
                del entry.accepted[accepted:], entry.problems[problems:]
            if len(entries) == 1:
                self._once_more(entries[0], apart, known)
            else:
                for part in _parts(entries, apart):
                    self._write(part, known)
            return
        self._bulk.note(written)
        for entry in entries:
            self._result.ids[entry.index] = entry.id
            if entry.before is None:
                self._result.added += 1
            else:
                self._result.changed += 1

    def _write_group(
        self, entries: Sequence[_Entry], known: frozenset[tuple[str, str, str]]
    ) -> list[Written]:
        name, ids = self._register.name, [entry.id for entry in entries]
        changed = [(e.before, e.record) for e in entries if e.before and e.record]
        nearby = self._runner.neighbours_of(name, [before.id for before, _ in changed])
        new = [e.record for e in entries if e.before is None and e.record]
        written = self._bulk.write(name, new, changed)
        nearby += self._runner.neighbours_of(name, ids)
        touched, broken = self._broken_between(entries)
        errors = [f for f in self._errors_of(nearby) if _key(f) not in known]
        if broken or errors:
            raise _Apart(touched, broken, errors)
        for entry in entries:
            for finding, reason in entry.accepted:
                self._bulk.accept(finding, reason)
        return written

    def _broken_between(self, entries: Sequence[_Entry]) -> tuple[set[str], list[RecordProblem]]:
        """Ids of records, now written, that rules between records of their register speak of, and
        what of that stops them."""
        at = {entry.id: entry for entry in entries}
        found: dict[str, list[Finding]] = {}
        for finding in self._runner.check_stored(
            self._register.name, list(at), Gate.SAVE, rules=self._between
        ):
            found.setdefault(finding.record_id, []).append(finding)
        for id, findings in found.items():
            self._take_findings(at[id], findings)
        broken = [problem for id in found for problem in at[id].problems if problem.is_open]
        return set(found), broken

    def _errors_of(self, nearby: Iterable[Neighbours]) -> list[Finding]:
        found: dict[tuple[str, str, str], Finding] = {}
        for near in nearby:
            for finding in self._runner.check_stored(
                near.register, near.ids, Gate.SAVE, rules=near.rules
            ):
                if finding.level is Level.ERROR:
                    found[_key(finding)] = finding
        return list(found.values())

    def _once_more(
        self, entry: _Entry, apart: _Apart, known: frozenset[tuple[str, str, str]]
    ) -> None:
        """Refuse a record that breaks a rule; but what was wrong elsewhere before stops nobody."""
        before = {
            _key(finding)
            for error in apart.nearby
            for finding in self._runner.check_stored(
                error.register, [error.record_id], Gate.SAVE, rules=[error.rule]
            )
        }
        fresh = [problem_of(error) for error in apart.nearby if _key(error) not in before]
        if apart.broken or fresh:
            entry.problems += [*apart.broken, *fresh]
            self._refuse(entry)
        else:
            self._write([entry], known | before)

    def _refuse(self, entry: _Entry) -> None:
        self._result.refused += 1
        self._result.problems += [(entry.index, p) for p in entry.problems if p.is_open]


def _parts(entries: Sequence[_Entry], apart: _Apart) -> tuple[Sequence[_Entry], ...]:
    """Those that no other record has to do with before those that one may, or halves."""
    free = [entry for entry in entries if entry.id not in apart.touched]
    if free and apart.touched and not apart.nearby:
        return free, [entry for entry in entries if entry.id in apart.touched]
    middle = len(entries) // 2
    return entries[:middle], entries[middle:]


def _key(finding: Finding) -> tuple[str, str, str]:
    return (finding.rule, finding.record_id, finding.row_id)
