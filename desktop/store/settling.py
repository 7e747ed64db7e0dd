"""Which fields are asked, which must be filled in, and what the computed ones hold.

`show_if`, `required_if` and `computed` are asked of what is staged until nothing changes: a field
that is not shown reads NULL, which may hide or show others. Rings are refused by `field_order`,
so it ends.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter
from typing import Any

from desktop.base.errors import Problem
from desktop.base.translate import tr
from desktop.schema.definition import Field
from desktop.store.asking import FIRST_ANSWER, Asker, Block, Question, QuestionSet
from desktop.store.driver import Stored
from desktop.store.expressions import Purpose
from desktop.store.own_rows import Candidate, OwnRows, Row
from desktop.store.rulebook import ALWAYS, FieldRule, RuleBook
from desktop.store.tables import column_types


@dataclass(slots=True)
class RowState:
    """One row of a record as it stands: the record's own, or a child's."""

    visible: frozenset[str]
    """Fields that are asked; those without `show_if` always."""
    required: frozenset[str]
    """Visible fields that must be filled in."""
    missing: tuple[str, ...]
    """Those of them that are empty."""
    values: Row
    """All columns given, those of hidden fields None, computed ones worked out. Not to be changed:
    where nothing came out otherwise it is what was given."""


@dataclass(slots=True)
class FormState:
    """A record as it stands."""

    row: RowState
    children: dict[str, dict[str, RowState]] = field(default_factory=dict)
    """Child register → id of the row → its state."""
    restricted: bool = False
    """`Register.restricted_if`."""


@dataclass(frozen=True, eq=False)
class _Verdict:
    """What the answers about showing and requiring come to; one for all rows that answer alike."""

    visible: frozenset[str]
    required: Mapping[str, str]
    """Fields with their first column."""
    hidden_columns: frozenset[str]

    @cached_property
    def required_names(self) -> frozenset[str]:
        return frozenset(self.required)


@dataclass(slots=True)
class _Row:
    """A row while it is settled."""

    record_id: str
    given: Row
    values: Row
    """What was given, until something comes out otherwise; never changed in place."""
    verdict: _Verdict


Rows = dict[str, dict[str, _Row]]
"""Register → id of the row → row."""

Answers = tuple[Any, ...]
"""Of one row as `asking` gives it: from FIRST_ANSWER on in the order of the questions, what SQLite
gave or UNANSWERED."""

UNANSWERED = object()
"""In place of the answer to a question that could not be asked."""

_KEPT_VERDICTS = 10_000


class Settler:
    """Settles what one `OwnRows` has staged."""

    def __init__(self, book: RuleBook, rows: OwnRows, asker: Asker) -> None:
        self._book = book
        self._own_rows = rows
        self._asker = asker
        self._plans: dict[str, _Plan] = {}

    def settle(self, register: str, candidates: Sequence[Candidate]) -> list[FormState]:
        """State of each staged candidate; what is staged is then as in the states."""
        rows = self._rows(register, candidates)
        records = [candidate.id for candidate in candidates]
        plans = [self._plan(name) for name in self._book.family(register)]
        waiting = [plan for plan in plans if plan.questions.questions and rows[plan.register]]
        most_rounds = 2 + sum(len(plan.steps) for plan in plans)
        for _ in range(most_rounds):
            changed = set[tuple[str, str]]()
            for plan in waiting:
                changed |= self._round(plan, rows[plan.register], records)
            waiting = [plan for plan in waiting if changed & plan.reads]
            if not waiting:
                break
        return [self._state_of(register, candidate, rows) for candidate in candidates]

    def mark_restricted(self, register: str, states: dict[str, FormState]) -> None:
        """Fill `restricted` of the staged records' states, given by id."""
        restricted = self._plan(register).restricted
        if restricted is None:
            return
        for _, found in self._asker.ask_staged(restricted, list(states)):
            for row_id, _, value in found:
                states[str(row_id)].restricted = bool(value)

    def _rows(self, register: str, candidates: Sequence[Candidate]) -> Rows:
        family = self._book.family(register)
        rows: Rows = {name: {} for name in family}
        free = {name: self._plan(name).unasked for name in family}
        for candidate in candidates:
            given = candidate.values
            rows[register][candidate.id] = _Row(candidate.id, given, given, free[register])
            for name, children in candidate.children.items():
                for child in children:
                    rows[name][str(child["id"])] = _Row(candidate.id, child, child, free[name])
        return rows

    def _round(
        self, plan: _Plan, rows: dict[str, _Row], records: Sequence[str]
    ) -> set[tuple[str, str]]:
        """Ask once about the rows of a register; (register, column) of what came out otherwise."""
        updates: dict[tuple[str, ...], list[list[Stored]]] = defaultdict(list)
        answers = _answers(plan.questions, self._asker.ask_staged(plan.questions, records))
        for row_id, row in rows.items():
            changes = self._changes(plan, row, answers.get(row_id, plan.unanswered))
            if changes:
                row.values = {**row.values, **changes}
                key = [row.record_id, row_id] if plan.parent else [row_id]
                updates[tuple(changes)].append([*changes.values(), *key])
        for columns, sets in updates.items():
            self._own_rows.update(plan.register, columns, sets)
        return {(plan.register, column) for columns in updates for column in columns}

    def _changes(self, plan: _Plan, row: _Row, answers: Answers) -> Row:
        """Note what is shown and required; columns that should hold something else.

        A question that could not be answered leaves its field shown, free and as it is.
        """
        changes: Row = {}
        before, row.verdict = row.verdict, plan.verdict(answers)
        hidden, values = row.verdict.hidden_columns, row.values
        for column in hidden.intersection(values):
            if values[column] is not None:
                changes[column] = None
        if before is not row.verdict:
            for column in before.hidden_columns - hidden:
                changes[column] = row.given.get(column)
        for step, place, column in plan.computed:
            value = answers[place]
            if value is UNANSWERED or column in hidden:
                continue
            if value is not None:
                value = self._fitting(plan, step, column, value)
            if value != values.get(column):
                changes[column] = value
            else:
                changes.pop(column, None)
        return changes

    def _fitting(self, plan: _Plan, step: _Step, column: str, value: Stored) -> Stored:
        """A computed value as its column holds it; None, and a problem, if it cannot."""
        try:
            return as_stored(plan.types[column], value)
        except ValueError:
            label = f"{plan.register}.{step.field.name}"
            text = tr("“{field}” cannot hold what is worked out for it: {value}.")
            told = text.format(field=label, value=value)
            self._asker.problems.setdefault(label, Problem(label, "computed-type", told))
            return None

    def _state_of(self, register: str, candidate: Candidate, rows: Rows) -> FormState:
        children = {
            name: {
                str(child["id"]): self._state(name, rows[name][str(child["id"])])
                for child in children
            }
            for name, children in candidate.children.items()
        }
        return FormState(self._state(register, rows[register][candidate.id]), children)

    def _state(self, register: str, row: _Row) -> RowState:
        verdict, values = row.verdict, row.values
        missing: tuple[str, ...] = ()
        if None in map(values.get, verdict.required.values()):
            missing = tuple(
                n for n, column in verdict.required.items() if values.get(column) is None
            )
        return RowState(verdict.visible, verdict.required_names, missing, values)

    def _plan(self, register: str) -> _Plan:
        plan = self._plans.get(register)
        if plan is None:
            plan = self._plans[register] = _Plan(self._book, register)
        return plan


@dataclass(frozen=True, slots=True)
class _Step:
    """The questions about one field."""

    field: Field
    show: Question | None
    required: bool
    required_if: Question | None
    """None where it is required always or never."""
    computed: Question | None


class _Plan:
    """What is asked about the fields of one register."""

    def __init__(self, book: RuleBook, register: str) -> None:
        self.register = register
        found = book.forms.registers[register]
        self.parent = found.parent
        self.types = column_types(found)
        self.steps = tuple(_step(register, rule) for rule in book.field_rules[register])
        asked = [
            question
            for step in self.steps
            for question in (step.show, step.required_if, step.computed)
            if question is not None
        ]
        self.questions = QuestionSet(register, asked)
        self.reads = frozenset(read for question in asked for read in question.reads.record)
        self.restricted = _restricted(book, register)
        self.unanswered = _unanswered(asked)
        place = {question: n for n, question in enumerate(asked, FIRST_ANSWER)}
        self.computed = [
            (step, place[step.computed], step.field.columns[0])
            for step in self.steps
            if step.computed is not None
        ]
        self._judged = [
            (step, _place(place, step.show), _place(place, step.required_if)) for step in self.steps
        ]
        places = [n for _, *places in self._judged for n in places if n is not None]
        self._key = itemgetter(*places) if places else _nothing
        self._names = frozenset(one.name for one in found.fields)
        self._verdicts: dict[object, _Verdict] = {}
        self.unasked = self.verdict(self.unanswered)
        """Verdict before anything is asked: all is shown."""

    def verdict(self, answers: Answers) -> _Verdict:
        """What is shown and required of a row that answers so."""
        key = self._key(answers)
        known = self._verdicts.get(key)
        if known is None:
            if len(self._verdicts) > _KEPT_VERDICTS:
                self._verdicts.clear()
            known = self._verdicts[key] = self._judge(answers)
        return known

    def _judge(self, answers: Answers) -> _Verdict:
        hidden: list[Field] = []
        required: dict[str, str] = {}
        for step, show, required_if in self._judged:
            if show is not None and not answers[show]:
                hidden.append(step.field)
            elif step.required and (
                step.required_if is None
                or (required_if is not None and _holds(answers[required_if]))
            ):
                required[step.field.name] = step.field.columns[0]
        return _Verdict(
            self._names - {field.name for field in hidden},
            required,
            frozenset(column for field in hidden for column in field.columns),
        )


def _answers(asked: QuestionSet, blocks: Iterable[Block]) -> dict[str, Answers]:
    """Rows of answers by id of the row; questions that failed are left open."""
    found: dict[str, Answers] = {}
    for questions, rows in blocks:
        if questions == asked.questions:
            found.update([(row[0], row) for row in rows])  # type: ignore[misc]
            continue
        places = [FIRST_ANSWER + asked.questions.index(question) for question in questions]
        for row in rows:
            id = str(row[0])
            answers = list(found.get(id) or _unanswered(asked.questions))
            for place, value in zip(places, row[FIRST_ANSWER:], strict=True):
                answers[place] = value
            found[id] = tuple(answers)
    return found


def _unanswered(questions: Sequence[Question]) -> Answers:
    return (UNANSWERED,) * (FIRST_ANSWER + len(questions))


def _nothing(answers: Answers) -> None:
    """The key of rows about which nothing is asked."""


def _place(places: Mapping[Question, int], question: Question | None) -> int | None:
    return None if question is None else places[question]


def _holds(answer: object) -> bool:
    return answer is not UNANSWERED and bool(answer)


def _step(register: str, rule: FieldRule) -> _Step:
    def question(purpose: Purpose, sql: str) -> Question | None:
        if not sql or sql == ALWAYS:
            return None
        label = f"{register}.{rule.field.name} ({purpose})"
        return Question(label, sql, rule.reads[purpose])

    return _Step(
        rule.field,
        question(Purpose.SHOW, rule.show),
        bool(rule.required),
        question(Purpose.REQUIRED, rule.required),
        question(Purpose.COMPUTED, rule.computed),
    )


def _restricted(book: RuleBook, register: str) -> QuestionSet | None:
    found = book.restricted(register)
    if found is None:
        return None
    return QuestionSet(register, [Question(f"{register} ({Purpose.RESTRICTED})", *found)])


def as_stored(type: str, value: Stored) -> Stored:
    """A value as a STRICT column of that type holds it. Raises ValueError if it cannot."""
    if value is None or type == "ANY":
        return value
    if type == "TEXT":
        return value if isinstance(value, str) else str(value)
    if type == "REAL":
        return float(value)
    if isinstance(value, int):
        return value
    number = float(value)
    if not number.is_integer():
        raise ValueError(value)
    return int(number)
