"""Check every stored record by the rules of a gate, with the reasons given for warnings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.base.progress import Progress, share, silent
from desktop.schema.definition import Gate, Level
from desktop.service.problems import RecordProblem
from desktop.service.rights import Action
from desktop.store.anonymising import anonymised_among

if TYPE_CHECKING:
    from desktop.service.workspace import Workspace

MOST_REACHED = 2000
"""Other records looked at again after a change; a setting of the office reaches all of them."""


@dataclass(frozen=True)
class CheckedRecord:
    """One record with what is wrong with it."""

    register: str
    id: str
    title: str
    problems: tuple[RecordProblem, ...]

    @property
    def errors(self) -> int:
        return sum(problem.level is Level.ERROR for problem in self.problems)

    @property
    def open_warnings(self) -> int:
        return sum(p.level is Level.WARNING and p.is_open for p in self.problems)


@dataclass(frozen=True)
class Checked:
    """The answer of `check_all`: records with problems, by register in the order of the sidebar."""

    records: tuple[CheckedRecord, ...]

    @property
    def errors(self) -> int:
        return sum(record.errors for record in self.records)

    @property
    def open_warnings(self) -> int:
        return sum(record.open_warnings for record in self.records)

    @property
    def by_register(self) -> dict[str, tuple[int, int]]:
        """(errors, warnings without a reason) of each register that has any, in order."""
        counts: dict[str, tuple[int, int]] = {}
        for record in self.records:
            errors, warnings = counts.get(record.register, (0, 0))
            counts[record.register] = (errors + record.errors, warnings + record.open_warnings)
        return {name: both for name, both in counts.items() if any(both)}

    @property
    def reasons(self) -> int:
        """Warnings that were let pass with a reason: counted in the workbook."""
        return sum(bool(p.reason) for record in self.records for p in record.problems)


def checked_registers(workspace: Workspace) -> list[str]:
    """Registers whose records are checked: all that people fill in, in the sidebar's order."""
    found = [one for one in workspace.registers.values() if not one.parent and not one.catalogue]
    return [one.name for one in sorted(found, key=lambda one: (one.group, one.order, one.name))]


def check_all(
    workspace: Workspace,
    gate: Gate = Gate.SAVE,
    progress: Progress = silent,
    registers: Iterable[str] | None = None,
) -> Checked:
    """Ask every rule of every record that is not deleted.

    At the close gate the period ends at `workspace.gates.context.closing_date`. Raises
    `Cancelled`, NotAllowed.
    """
    workspace.rights.require(Action.CHECK)
    names = list(registers) if registers is not None else checked_registers(workspace)
    records: list[CheckedRecord] = []
    for index, name in enumerate(names):
        part = share(progress, index / len(names), (index + 1) / len(names))
        records += _check_register(workspace, name, gate, part)
    return Checked(tuple(records))


def check_again(
    workspace: Workspace,
    checked: Checked,
    records: Iterable[tuple[str, str]],
    gate: Gate = Gate.SAVE,
) -> Checked:
    """The answer brought up to date for the (register, id) of records that have changed since, and
    for those whose rules read them, now or when their problems were found.

    A record that such a rule read before the change and reads no more is looked at again only by
    the next `check_all`, if nothing was wrong with it.
    """
    names = checked_registers(workspace)
    changed = set(records)
    reached = _reached(workspace, checked, changed, gate)
    touched = {(register, id) for register, id in (*changed, *reached) if register in names}
    place = {(one.register, one.id): at for at, one in enumerate(checked.records)}
    found = [one for one in checked.records if (one.register, one.id) not in touched]
    for name in {register for register, _ in touched}:
        ids = [id for register, id in touched if register == name]
        found += _check_register(workspace, name, gate, silent, ids)
    # Whoever goes from record to record finds them in the order of before.
    found.sort(key=lambda one: place.get((one.register, one.id), len(place)))
    found.sort(key=lambda one: names.index(one.register))
    return Checked(tuple(found))


def _reached(
    workspace: Workspace, checked: Checked, changed: set[tuple[str, str]], gate: Gate
) -> list[tuple[str, str]]:
    """Other records whose problems the changed ones may have made or solved."""
    runner = workspace.gates.typing().runner
    tables: set[str] = set()
    found: dict[tuple[str, str], None] = {}
    for register in {register for register, _ in changed}:
        tables |= {register, *(one.name for one in workspace.forms.children(register))}
        ids = [id for name, id in changed if name == register]
        for near in runner.neighbours_of(register, ids, gate):
            found.update(dict.fromkeys((near.register, id) for id in near.ids))
    solved = {
        (record.register, record.id): None
        for record in checked.records
        if any(_reads(workspace, problem.number) & tables for problem in record.problems)
    }
    return list(solved | found)[:MOST_REACHED]


def _reads(workspace: Workspace, number: str) -> frozenset[str]:
    """Stored tables a rule reads; none for what is no written rule."""
    try:
        return frozenset(table for table, _ in workspace.definitions.book.reads_main(number))
    except KeyError:
        return frozenset()


def _check_register(
    workspace: Workspace,
    register: str,
    gate: Gate,
    progress: Progress,
    ids: list[str] | None = None,
) -> list[CheckedRecord]:
    rules = workspace.gates.typing()
    found = list(rules.runner.check_stored(register, ids, gate, progress))
    by_record: dict[str, list[RecordProblem]] = {}
    for problem in rules.with_reasons(found, {}):
        by_record.setdefault(problem.record_id, []).append(problem)
    for id in workspace.sight.hidden_among(register, list(by_record)):
        del by_record[id]
    for id in anonymised_among(workspace.reader, list(by_record)):
        del by_record[id]  # what was emptied for ever cannot be put right
    titles = workspace.lookups.titles(register, list(by_record))
    return [
        CheckedRecord(register, id, titles[id].title if id in titles else "", tuple(problems))
        for id, problems in by_record.items()
    ]
