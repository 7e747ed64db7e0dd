"""The one door through which records change: rules, rows, journal and reasons together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desktop.base.events import Signal
from desktop.base.translate import tr
from desktop.schema.definition import Gate, Level
from desktop.service.bulk import Bulk
from desktop.service.gate import problem_of
from desktop.service.problems import DEAD_REFERENCE, NotSaved, RecordProblem
from desktop.service.rights import Action, NotAllowed, require_write
from desktop.store import journal, records, references, undo
from desktop.store.anonymising import anonymised_among
from desktop.store.findings import Finding
from desktop.store.references import DeadReference
from desktop.store.titles import Titles

if TYPE_CHECKING:
    from desktop.schema.definition import Forms
    from desktop.service.draft import Draft
    from desktop.service.gate import RuleGate
    from desktop.service.sight import Sight
    from desktop.store.database import Database
    from desktop.store.driver import Connection
    from desktop.store.records import StoredRecord, Written


@dataclass(frozen=True)
class Changed:
    """What a change did, for everybody who shows records."""

    records: tuple[tuple[str, str], ...]
    """(register, id) of every record written."""
    label: str
    """As undo names it: "Sửa: Nguyễn Thị Hoà"."""

    @property
    def registers(self) -> frozenset[str]:
        return frozenset(register for register, _ in self.records)

    def ids(self, register: str) -> tuple[str, ...]:
        return tuple(id for name, id in self.records if name == register)


class Saving:
    """Saves, deletes, restores, undoes and redoes; made by `Workspace`."""

    def __init__(
        self,
        database: Database,
        gate: Callable[[], RuleGate],
        *,
        person: str,
        host: str,
        unit: Callable[[], str],
        sight: Sight,
    ) -> None:
        self.changed: Signal[Changed] = Signal()
        self._sight = sight
        self._database = database
        self._make_gate = gate
        self._person = person
        self._host = host
        self._unit = unit
        self.began_at = journal.newest_change(database.connection)
        """Undo reaches back to this change, and no further."""

    def save(self, draft: Draft) -> tuple[RecordProblem, ...]:
        """Write a draft; returns the warnings that were let pass with a reason.

        Errors block, warnings without a reason too: raises `NotSaved` with every problem.
        Raises `NotAllowed` where the person's roles do not reach so far, `ReasonNeeded`,
        `Conflict` if somebody changed the record meanwhile, `UserError`s of the disk.
        Nothing is half-written: the register, its journal and the reasons change together.
        """
        gate = self._make_gate()
        with self._database.transaction() as connection:
            problems = draft.check(Gate.SAVE, by=gate)
            record = draft.to_record()
            self._require(draft, record)
            _refuse_open((*problems, *self._dead_references(connection, record, draft.stored)))
            nearby = self._neighbours(gate, record, draft.stored)
            before = set() if draft.stored is None else {_key(found) for found in nearby()}
            label, written = self._write(connection, draft, record, problems)
            self._keep_reasons(gate, draft, problems)
            _refuse_open(tuple(problem_of(f) for f in nearby() if _key(f) not in before))
        if self._sight.is_restricted(record.register, record.id):
            self._sight.access.let_in(record.register, record.id)
        self._tell(label, [written])
        return tuple(p for p in problems if p.reason)

    def _require(self, draft: Draft, record: StoredRecord) -> None:
        if draft.stored is not None:
            self._sight.require(record.register, record.id)
            if anonymised_among(self._database.connection, [record.id]):
                raise NotAllowed(tr("This record was anonymised: it stays as it is."))
        require_write(
            self._sight.rights,
            record.register,
            record.values,
            draft.stored.values if draft.stored is not None else {},
            others=draft.stored is None or draft.stored.children != record.children,
        )
        if draft.reasons:
            self._sight.rights.require(Action.REASON, record.register)

    def _write(
        self,
        connection: Connection,
        draft: Draft,
        record: StoredRecord,
        problems: Iterable[RecordProblem],
    ) -> tuple[str, Written]:
        if draft.stored is None:
            record = replace(record, unit_id=self._unit() or None)
        now = self._database.now()
        written = records.write(
            connection, self._database.forms, record, now=now, by=self._person, before=draft.stored
        )
        verb = tr("Add: {title}") if draft.stored is None else tr("Edit: {title}")
        title = Titles(connection, self._database.forms).rendered(
            draft.register, written.after.values
        )
        label = verb.format(title=title or draft.register.title)
        change, count = self._journal(connection, label, [written], now)
        reasons = {p.number: p.reason for p in problems if p.key in draft.reasons and p.reason}
        if reasons:
            journal.note_reasons(
                connection, change, record.register, written.after.id, reasons, count
            )
        return label, written

    def _dead_references(
        self, connection: Connection, record: StoredRecord, before: StoredRecord | None
    ) -> list[RecordProblem]:
        forms = self._database.forms
        found = references.dead_references(connection, forms, record, before)
        return [dead_problem(forms, record.register, record.id, one) for one in found]

    def _journal(
        self, connection: Connection, label: str, written: Iterable[Written], now: str
    ) -> tuple[int, int]:
        """(change, how many rows it has)."""
        change = journal.open_change(
            connection, label=label, at=now, by=self._person, host=self._host
        )
        return change, journal.note(connection, change, written)

    def _keep_reasons(
        self, gate: RuleGate, draft: Draft, problems: Iterable[RecordProblem]
    ) -> None:
        now = self._database.now()
        for problem in problems:
            if problem.key in draft.reasons and problem.level is Level.WARNING:
                gate.overrides.accept(finding_of(problem), problem.reason, now, self._person)

    def _neighbours(
        self, gate: RuleGate, record: StoredRecord, before: StoredRecord | None
    ) -> Callable[[], list[Finding]]:
        """Asks for the errors of other records that a change of this one may touch. Those that
        were there before never block."""
        runner, name, id = gate.runner, record.register, record.id
        changed = None if before is None else changed_columns(before, record)

        def errors() -> list[Finding]:
            found: list[Finding] = []
            for near in runner.neighbours(name, id, changed):
                found += runner.check_stored(near.register, near.ids, Gate.SAVE, rules=near.rules)
            return [one for one in found if one.level is Level.ERROR and one.record_id != id]

        return errors

    @contextmanager
    def bulk(self, label: str, *, kind: journal.Kind = journal.Kind.IMPORT) -> Iterator[Bulk]:
        """Many records as one change: all of the body is kept or nothing, and told once. Of the
        kind EDIT it can be undone.

        The caller asks the rules (`Bulk.gate`) before it writes (`putting` does), and `Bulk.write`
        the person's rights.
        """
        gate = self._make_gate()
        with self._database.transaction() as connection:
            bulk = Bulk(
                connection, self._database.forms, gate,
                label=label, now=self._database.now(),
                person=self._person, host=self._host, unit=self._unit(),
                rights=self._sight.rights, kind=kind,
            )  # fmt: skip
            yield bulk
        if bulk.touched:
            self.changed.emit(Changed(tuple(bulk.touched), label))

    def give_reason(self, problem: RecordProblem, reason: str) -> None:
        """Let a warning about a stored record pass, also one that is asked only at the close gate.

        Raises NotAllowed, ReasonNeeded, `UserError`s of the disk.
        """
        self._sight.rights.require(Action.REASON, problem.register)
        self._sight.require(problem.register, problem.record_id)
        gate, reason, now = self._make_gate(), reason.strip(), self._database.now()
        register, id = problem.register, problem.record_id
        with self._database.transaction() as connection:
            gate.overrides.accept(finding_of(problem), reason, now, self._person)
            title = Titles(connection, self._database.forms).of(register, [id]).get(id)
            label = tr("Reason for {rule}: {title} – {reason}").format(
                rule=problem.number, title=title.title if title else "", reason=reason
            )
            change = journal.open_change(
                connection, label=label, at=now, by=self._person, host=self._host,
                kind=journal.Kind.REASON,
            )  # fmt: skip
            journal.note_reasons(connection, change, register, id, {problem.number: reason})
        self.changed.emit(Changed(((problem.register, problem.record_id),), label))

    def delete(self, register: str, ids: Iterable[str]) -> None:
        """Delete records softly, as one change that can be undone and is found under "Đã xoá"."""
        self._set_deleted(register, ids, deleted_at=self._database.now())

    def restore(self, register: str, ids: Iterable[str]) -> None:
        """Bring deleted records back, as one change."""
        self._set_deleted(register, ids, deleted_at=None)

    def _set_deleted(self, register: str, ids: Iterable[str], *, deleted_at: str | None) -> None:
        now, forms = self._database.now(), self._database.forms
        written: list[Written] = []
        ids = list(ids)
        self._sight.rights.require(Action.DELETE, register)
        for id in ids:
            self._sight.require(register, id)
        with self._database.transaction() as connection:
            for id in ids:
                written.append(
                    records.set_deleted(
                        connection, forms, register, id,
                        deleted_at=deleted_at, row_version=None, now=now, by=self._person,
                    )
                )  # fmt: skip
                if deleted_at is None:
                    written += self._apart_again(connection, written[-1].after)
            verb = tr("Restore: {title}") if deleted_at is None else tr("Delete: {title}")
            title = _title_of_many(Titles(connection, forms).of(register, ids).values(), len(ids))
            self._journal(connection, verb.format(title=title), written, now)
        self._tell(verb.format(title=title), written)

    def _apart_again(self, connection: Connection, record: StoredRecord) -> list[Written]:
        """A merged record that is brought back stands for itself again; what led to it goes on
        leading to the one it was merged into."""
        pointer = self._database.forms.registers[record.register].look_alike.merged_into
        if not pointer or record.values[pointer] is None:
            return []
        after = replace(record, values=record.values | {pointer: None})
        forms, now = self._database.forms, self._database.now()
        return [records.write(connection, forms, after, now=now, by=self._person, before=record)]

    def undoable(self) -> str:
        """Label of the change `undo` would take back, "" if there is none in this session."""
        change = journal.last_undoable(
            self._database.connection, by=self._person, after=self.began_at
        )
        return change.label if change else ""

    def redoable(self) -> str:
        """Label of the change `redo` would make again, "" if there is none."""
        change = journal.last_redoable(
            self._database.connection, by=self._person, after=self.began_at
        )
        return change.label if change else ""

    def undo(self) -> str:
        """Take the last change back; returns its label, "" if there is nothing to undo.

        Raises `CannotUndo` where the records have been changed again since.
        """
        return self._turn(journal.last_undoable, undo.undo)

    def redo(self) -> str:
        """Make the change undone last again; returns its label. As `undo`."""
        return self._turn(journal.last_redoable, undo.redo)

    def _turn(
        self,
        find: Callable[..., journal.Change | None],
        turn: Callable[..., list[Written]],
    ) -> str:
        database = self._database
        with database.transaction() as connection:
            change = find(connection, by=self._person, after=self.began_at)
            if change is None:
                return ""
            written = turn(
                connection, database.forms, change.id,
                at=database.now(), by=self._person, host=self._host,
            )  # fmt: skip
        self._tell(change.label, written)
        return change.label

    def _tell(self, label: str, written: Iterable[Written]) -> None:
        touched = tuple((one.after.register, one.after.id) for one in written)
        self.changed.emit(Changed(touched, label))


def dead_problem(forms: Forms, register: str, id: str, dead: DeadReference) -> RecordProblem:
    """What is said of a reference to a record that is deleted or not there."""
    label = forms.registers[dead.register].field(dead.field).label
    if dead.target is not None:
        message = tr("{label}: “{title}” has been deleted. Restore it or choose another.").format(
            label=label, title=dead.target.title
        )
    else:
        message = tr("{label}: the record chosen is not there. Choose one from the list.").format(
            label=label
        )
    return RecordProblem(
        number=DEAD_REFERENCE,
        level=Level.ERROR,
        register=register,
        record_id=id,
        row_register=dead.register,
        row_id=dead.row_id,
        fields=(dead.field,),
        message=message,
    )


def changed_columns(before: StoredRecord, after: StoredRecord) -> frozenset[tuple[str, str]]:
    """(register, column) of what differs; of a child register with other rows, every column."""
    was = before.values
    changed = {(after.register, c) for c, value in after.values.items() if value != was.get(c)}
    for child, rows in after.children.items():
        stored = before.children.get(child, [])
        if rows != stored:
            columns = {column for row in (*rows, *stored) for column in row}
            changed |= {(child, column) for column in ("", *columns)}
    return frozenset(changed)


def _refuse_open(problems: Iterable[RecordProblem]) -> None:
    stopping = tuple(problem for problem in problems if problem.is_open)
    if stopping:
        raise NotSaved(stopping)


def _key(finding: Finding) -> tuple[str, str, str]:
    return (finding.rule, finding.record_id, finding.row_id)


def _title_of_many(titles: Iterable[object], count: int) -> str:
    first = next((getattr(title, "title", "") for title in titles), "")
    if count == 1:
        return first
    return tr("{title} and {count} more").format(title=first, count=count - 1)


def finding_of(problem: RecordProblem) -> Finding:
    """The store's finding of a problem, for keeping its reason."""
    return Finding(
        rule=problem.number,
        level=problem.level,
        register=problem.register,
        record_id=problem.record_id,
        row_register=problem.row_register,
        row_id=problem.row_id,
        fields=problem.fields,
        message=problem.message,
        values_digest=problem.values_digest,
        legal=problem.legal,
    )
