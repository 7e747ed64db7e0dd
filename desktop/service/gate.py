"""What a draft asks while it is typed: parsing, defaults, visible fields, rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from desktop.base.clock import Clock
from desktop.schema import types
from desktop.schema.definition import Field, FieldType, Forms, Gate, Level
from desktop.service.problems import RecordProblem
from desktop.store.findings import Finding
from desktop.store.overrides import Overrides
from desktop.store.rules import Candidate, RowState, RuleRunner

if TYPE_CHECKING:
    from desktop.service.draft import Draft, RowDraft
    from desktop.store.driver import Connection

DAYS = {"today", "now"}


class RuleGate:
    """Rules, parsing and defaults for drafts; made by `Workspace`, one per connection."""

    def __init__(
        self,
        forms: Forms,
        connection: Connection,
        runner: RuleRunner,
        clock: Clock,
        defaults: Callable[[Field], str],
    ) -> None:
        self.forms = forms
        self.connection = connection
        self.runner = runner
        self.overrides = Overrides(connection)
        self._clock = clock
        self._defaults = defaults

    @property
    def today(self) -> date:
        return self._clock.today()

    def parse(self, one: Field, text: str) -> Any:
        """The value of a text. Raises `ParseProblem`."""
        today = self._clock.now() if one.type is FieldType.DATETIME else self._clock.today()
        return types.parse(one, text, today=today, lists=self.forms.lists)

    def fill_defaults(self, draft: Draft, row: RowDraft) -> None:
        """Put each field's default into a new row."""
        for one in row.register.fields:
            if one.default:
                draft.set_text(one.name, self.default_text(one), row)

    def default_text(self, one: Field) -> str:
        """What a field of a new record holds before anybody types, as typed."""
        if one.default in DAYS:
            now = self._clock.now()
            whole = one.type is FieldType.DATETIME
            value = now.strftime("%Y-%m-%dT%H:%M") if whole else now.date().isoformat()
            return types.to_text(one, value)
        if one.type is FieldType.REFERENCE:
            return self._defaults(one)
        return one.default

    def examine(self, draft: Draft, gate: Gate) -> list[RecordProblem]:
        """Ask everything: sets what is asked and computed on the draft's rows, returns what is
        wrong, with the reasons given so far."""
        state, found = self.runner.examine(draft.register.name, candidate_of(draft), gate)
        _take_state(draft.row, state.row)
        for row in _child_rows(draft):
            _take_state(row, state.children[row.register.name][row.id])
        return self.with_reasons(found, draft.reasons)

    def with_reasons(
        self, found: Iterable[Finding], given: Mapping[tuple[str, str, str], str]
    ) -> list[RecordProblem]:
        """Findings as problems; `given`: reasons typed just now, by `RecordProblem.key`."""
        known = self.overrides.with_reasons(list(found))
        problems = [problem_of(finding, reason) for finding, reason in known]
        return [
            replace(p, reason=given[p.key]) if p.key in given and p.level is Level.WARNING else p
            for p in problems
        ]


def candidate_of(draft: Draft) -> Candidate:
    """The draft as the rules read it."""
    children = {
        name: [_columns(row) | {"position": n} for n, row in enumerate(rows)]
        for name, rows in draft.children.items()
    }
    values = _columns(draft.row)
    if draft.stored is not None:
        values["created_at"] = draft.stored.created_at
        values["origin"] = draft.stored.origin
        values["unit_id"] = draft.stored.unit_id
    return Candidate(
        id=draft.id, values=values, children=children, unparsed=frozenset(draft.unparsed())
    )


def _columns(row: RowDraft) -> dict[str, Any]:
    found: dict[str, Any] = {"id": row.id}
    for one in row.register.fields:
        found.update(types.to_columns(one, row.values.get(one.name)))
    return found


def _child_rows(draft: Draft) -> Iterable[RowDraft]:
    for rows in draft.children.values():
        yield from rows


def _take_state(row: RowDraft, state: RowState) -> None:
    row.hidden = frozenset(f.name for f in row.register.fields) - state.visible
    row.required = state.required
    for one in row.register.fields:
        if one.computed:
            row.values[one.name] = types.from_columns(one, state.values)
            row.texts[one.name] = types.to_text(one, row.values[one.name])


def problem_of(finding: Finding, reason: str = "") -> RecordProblem:
    """A finding of the store as the window and the command line show it."""
    return RecordProblem(
        number=finding.rule,
        level=finding.level,
        register=finding.register,
        record_id=finding.record_id,
        row_register=finding.row_register,
        row_id=finding.row_id,
        fields=finding.fields,
        message=finding.message,
        values_digest=finding.values_digest,
        reason=reason,
        legal=finding.legal,
    )
