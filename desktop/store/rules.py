"""Ask the rules: of a record as typed, of many at once, of what is stored. One door for every gate.

The same expressions over the same column types run at every gate, so that the same text gets the
same answer while it is typed, saved, put and closed. A rule is broken where it is false; NULL
passes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from desktop.base.errors import Problem
from desktop.base.progress import Progress, silent
from desktop.base.translate import tr
from desktop.schema.definition import Gate, Level
from desktop.store.asking import FIRST_ANSWER, Asker, Block, Question, QuestionSet
from desktop.store.authorizer import Authorizer
from desktop.store.driver import Connection, Stored
from desktop.store.findings import Finding
from desktop.store.functions import RuleContext, register_functions
from desktop.store.neighbours import NeighbourFinder, Neighbours
from desktop.store.own_rows import Candidate, OwnRows
from desktop.store.own_tables import own_names
from desktop.store.preparing import READABLE_TABLES
from desktop.store.rulebook import MISSING, PreparedRule, RuleBook
from desktop.store.settling import FormState, RowState, Settler
from desktop.store.telling import RecordRows, Teller

__all__ = ["Candidate", "FormState", "Neighbours", "RowState", "RuleRunner"]

BATCH = 1000
"""Stored records asked about at a time."""


class RuleRunner:
    """Asks the rules over one connection. Belongs to the connection's thread.

    It registers the functions, keeps temporary tables named like the registers and installs an
    authorizer: other SQL on the connection has to say `main.client`, and nobody else may set an
    authorizer or a progress handler. Make it outside a transaction. `protect` refuses every write
    outside temp for ever; a `query_only` connection cannot be used, since that refuses temporary
    tables too (raises ValueError).
    """

    def __init__(
        self,
        connection: Connection,
        rulebook: RuleBook,
        context: RuleContext,
        *,
        protect: bool = False,
    ) -> None:
        if connection.in_transaction or connection.execute("PRAGMA query_only").fetchone()[0]:
            raise ValueError("rules need a connection of their own, outside a transaction")
        self.context = context
        self._book = rulebook
        register_functions(connection, context)
        self._rows = OwnRows(connection, rulebook)
        tables = {*rulebook.forms.registers, *READABLE_TABLES}
        authorizer = Authorizer(tables, own_names(rulebook.forms), protect)
        connection.set_authorizer(authorizer)
        self._asker = Asker(connection, rulebook, authorizer, self._rows.show)
        self._settler = Settler(rulebook, self._rows, self._asker)
        self._teller = Teller(connection, rulebook.forms)
        self._neighbours = NeighbourFinder(connection, rulebook)
        self._connection = connection
        self._plans: dict[tuple[str, Gate, frozenset[str] | None, bool], _GatePlan] = {}

    @property
    def problems(self) -> list[Problem]:
        """Rules that broke while they ran; such a rule passes, and never hides another."""
        return list(self._asker.problems.values())

    def form_state(self, register: str, candidate: Candidate) -> FormState:
        """Which fields are asked and required, and every value with hidden and computed ones."""
        with self._asker.session():
            self._rows.stage(register, [candidate])
            return self._settle_one(register, candidate)

    def check_values(self, register: str, candidate: Candidate, gate: Gate) -> list[Finding]:
        """What is wrong with values as they are: hidden fields None, computed ones worked out."""
        return self.check_batch(register, [candidate], gate)[0]

    def examine(
        self, register: str, candidate: Candidate, gate: Gate
    ) -> tuple[FormState, list[Finding]]:
        """`form_state`, and what is wrong with the values in it: asked as a field is left."""
        with self._asker.session():
            self._rows.stage(register, [candidate])
            state = self._settle_one(register, candidate)
            found = self._check_settled(register, [candidate], [state], gate, None)[0]
        return state, found

    def _settle_one(self, register: str, candidate: Candidate) -> FormState:
        state = self._settler.settle(register, [candidate])[0]
        self._settler.mark_restricted(register, {candidate.id: state})
        return state

    def settle_batch(self, register: str, candidates: Sequence[Candidate]) -> list[FormState]:
        """`form_state` of many records in few statements; `restricted` is not worked out."""
        with self._asker.session():
            self._rows.stage(register, candidates)
            return self._settler.settle(register, candidates)

    def check_batch(
        self,
        register: str,
        candidates: Sequence[Candidate],
        gate: Gate,
        rules: Collection[str] | None = None,
    ) -> list[list[Finding]]:
        """`check_values` of many records in few statements; `rules`: only these numbers."""
        with self._asker.session():
            self._rows.stage(register, candidates)
            found = self._check_staged(self._plan(register, gate, rules), candidates)
        return [_without_doubles(findings) for findings in found]

    def examine_batch(
        self,
        register: str,
        candidates: Sequence[Candidate],
        gate: Gate,
        rules: Collection[str] | None = None,
    ) -> list[tuple[FormState, list[Finding]]]:
        """`examine` of many records in few statements; `restricted` is not worked out. `rules`:
        only these numbers are asked."""
        with self._asker.session():
            self._rows.stage(register, candidates)
            states = self._settler.settle(register, candidates)
            found = self._check_settled(register, candidates, states, gate, rules)
        return list(zip(states, found, strict=True))

    def check_stored(
        self,
        register: str,
        ids: Sequence[str] | None,
        gate: Gate,
        progress: Progress = silent,
        rules: Collection[str] | None = None,
    ) -> Iterator[Finding]:
        """What is wrong with stored records that are not deleted; None: with all of them.

        `rules`: ask only these numbers. Sees what the connection's open transaction has written.
        """
        if ids is None:
            found = self._connection.execute(
                f'SELECT id FROM main."{register}" WHERE deleted_at IS NULL ORDER BY id'
            )
            ids = [str(row[0]) for row in found]
        plan = self._plan(register, gate, rules)
        title = self._book.forms.registers[register].title
        for start in range(0, len(ids), BATCH):
            progress(tr("Checking: {register}").format(register=title), start / len(ids))
            with self._asker.session():
                told = self._check_stored_batch(plan, ids[start : start + BATCH])
            yield from told

    def check_rows(
        self, pseudo: str, rows: Sequence[Mapping[str, Stored]], gate: Gate = Gate.CLOSE
    ) -> list[Finding]:
        """What is wrong with rows that exist only at the close gate, as `figure`.

        `record_id` and `row_id` of a finding are the number of its row, from "0". The bare name
        means all the rows given.
        """
        plan = self._plan(pseudo, gate, None)
        records = [RecordRows(str(n), {"id": str(n), **row}) for n, row in enumerate(rows)]
        at = {record.id: record for record in records}
        found: list[Finding] = []
        with self._asker.session():
            self._rows.stage_rows(pseudo, rows)
            for questions in plan.sets:
                for block in self._asker.ask_staged(questions, list(at)):
                    for rule, record_id, row_id in plan.broken(block):
                        found.append(self._teller.tell(rule, gate, pseudo, at[record_id], row_id))
        return found

    def neighbours(
        self, register: str, id: str, changed: Collection[tuple[str, str]] | None = None
    ) -> list[Neighbours]:
        """Other records whose error rules read this one as it is stored now.

        Ask `check_stored` about them before and after a write, and `neighbours` too, since a
        changed reference leads elsewhere. `changed`: (table, column) that the write touches.
        """
        return self._neighbours.of(register, [id], changed)

    def neighbours_of(
        self, register: str, ids: Sequence[str], gate: Gate | None = None
    ) -> list[Neighbours]:
        """`neighbours` of many records of a register; they themselves are left out. `gate`: by
        every rule of it, warnings too."""
        return self._neighbours.of(register, ids, None, gate)

    def _plan(
        self, register: str, gate: Gate, rules: Collection[str] | None, settled: bool = False
    ) -> _GatePlan:
        key = (register, gate, None if rules is None else frozenset(rules), settled)
        plan = self._plans.get(key)
        if plan is None:
            plan = self._plans[key] = _GatePlan(self._book, *key)
        return plan

    def _check_settled(
        self,
        register: str,
        candidates: Sequence[Candidate],
        states: Sequence[FormState],
        gate: Gate,
        rules: Collection[str] | None,
    ) -> list[list[Finding]]:
        """What is wrong with what is staged, of which it is known what is required."""
        at = {candidate.id: n for n, candidate in enumerate(candidates)}
        found: dict[str, list[Finding]] = {}

        def record(id: str) -> Candidate:
            return _settled(candidates[at[id]], states[at[id]])

        if rules is None or MISSING in rules:
            for id, missing in _missing(register, candidates, states):
                for name, row_id, field in missing:
                    rule = self._book.missing[name, field]
                    self._tell(rule, gate, register, record(id), row_id, found)
        plan = self._plan(register, gate, rules, settled=True)
        for rule, id, row_id in self._broken_staged(plan, candidates):
            self._tell(rule, gate, register, record(id), row_id, found)
        return _in_order(found, candidates)

    def _check_staged(
        self, plan: _GatePlan, candidates: Sequence[Candidate]
    ) -> list[list[Finding]]:
        at = {candidate.id: candidate for candidate in candidates}
        found: dict[str, list[Finding]] = {}
        for rule, id, row_id in self._broken_staged(plan, candidates):
            self._tell(rule, plan.gate, plan.register, at[id], row_id, found)
        return _in_order(found, candidates)

    def _broken_staged(
        self, plan: _GatePlan, candidates: Sequence[Candidate]
    ) -> Iterator[tuple[PreparedRule, str, str]]:
        """(rule, id of the record, id of the row) of what is staged."""
        ids = [candidate.id for candidate in candidates]
        present = {name for c in candidates for name, rows in c.children.items() if rows}
        for questions in plan.sets:
            if questions.register == plan.register or questions.register in present:
                for block in self._asker.ask_staged(questions, ids):
                    yield from plan.broken(block)

    def _tell(
        self,
        rule: PreparedRule,
        gate: Gate,
        register: str,
        candidate: Candidate,
        row_id: str,
        found: dict[str, list[Finding]],
    ) -> None:
        """Add a finding, unless the rule reads what was not understood."""
        if rule.reads.record.isdisjoint(candidate.unparsed):
            finding = self._teller.tell(rule, gate, register, _record_rows(candidate), row_id)
            found.setdefault(candidate.id, []).append(finding)

    def _check_stored_batch(self, plan: _GatePlan, ids: Sequence[str]) -> list[Finding]:
        broken: dict[str, list[tuple[PreparedRule, str]]] = {}
        blocks: list[Block] = []
        for questions in plan.sets:
            blocks += self._asker.ask_stored(questions, ids)
        for block in blocks:
            for rule, record_id, row_id in plan.broken(block):
                broken.setdefault(record_id, []).append((rule, row_id))
        found: list[Finding] = []
        for record_id in sorted(broken):
            wanted = set[str]()
            for rule, _ in broken[record_id]:
                wanted |= self._teller.children_read(rule, plan.register)
            record = self._teller.stored(plan.register, record_id, wanted)
            told = [
                self._teller.tell(rule, plan.gate, plan.register, record, row_id)
                for rule, row_id in broken[record_id]
            ]
            found += _without_doubles(told)
        return found


class _GatePlan:
    """The rules of one record's family that are asked at one gate."""

    def __init__(
        self,
        book: RuleBook,
        register: str,
        gate: Gate,
        rules: Collection[str] | None,
        settled: bool = False,
    ) -> None:
        """`settled`: without what is required, which is known then."""
        self.register = register
        self.gate = gate
        self._rules: dict[Question, PreparedRule] = {}
        self.sets: list[QuestionSet] = []
        for name in book.family(register):
            asked = [
                rule
                for rule in book.rules.get(name, ())
                if rule.level.get(gate, Level.OFF) is not Level.OFF
                and (rules is None or rule.number in rules)
                and not (settled and rule.number == MISSING)
            ]
            questions = [Question(rule.number, rule.sql, rule.reads) for rule in asked]
            self._rules.update(zip(questions, asked, strict=True))
            if questions:
                self.sets.append(QuestionSet(name, questions, only_true=True))

    def broken(self, block: Block) -> Iterator[tuple[PreparedRule, str, str]]:
        """(rule, id of the record, id of the row) for each rule that does not hold."""
        questions, rows = block
        for row in rows:
            for question, answer in zip(questions, row[FIRST_ANSWER:], strict=True):
                if answer:
                    yield self._rules[question], str(row[1]), str(row[0])


def _settled(candidate: Candidate, state: FormState) -> Candidate:
    """The candidate with hidden fields None and computed ones filled in."""
    children = {
        name: [row.values for row in rows.values()] for name, rows in state.children.items()
    }
    return Candidate(candidate.id, state.row.values, children, candidate.unparsed)


def _missing(
    register: str, candidates: Sequence[Candidate], states: Sequence[FormState]
) -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    """Records of which something required is empty: id, and (register, row, field) of each."""
    for candidate, state in zip(candidates, states, strict=True):
        empty = [(register, candidate.id, name) for name in state.row.missing]
        for child, rows in state.children.items():
            for row_id, row in rows.items():
                if row.missing:
                    empty += [(child, row_id, name) for name in row.missing]
        if empty:
            yield candidate.id, empty


def _in_order(
    found: Mapping[str, list[Finding]], candidates: Sequence[Candidate]
) -> list[list[Finding]]:
    if not found:
        return [[] for _ in candidates]
    return [_without_doubles(found.get(candidate.id, ())) for candidate in candidates]


def _record_rows(candidate: Candidate) -> RecordRows:
    return RecordRows(candidate.id, candidate.values, candidate.children)


def _without_doubles(findings: Iterable[Finding]) -> list[Finding]:
    """Without "not filled in" where an error with a number of its own says more."""
    findings = list(findings)
    said = {
        (one.row_register, one.row_id, one.fields[0])
        for one in findings
        if one.rule != MISSING and one.level is Level.ERROR and one.fields
    }
    return [
        one
        for one in findings
        if one.rule != MISSING or (one.row_register, one.row_id, one.fields[0]) not in said
    ]
