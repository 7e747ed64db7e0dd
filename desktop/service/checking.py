"""Check every stored record by the rules of a gate, with the reasons given for warnings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.base.progress import Progress, share, silent
from desktop.schema.definition import Gate, Level
from desktop.service.problems import RecordProblem

if TYPE_CHECKING:
    from desktop.service.workspace import Workspace


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
    `Cancelled`.
    """
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
    """The answer brought up to date for the (register, id) of records that have changed since.

    What a change does to the problems of other records is seen at the next `check_all`.
    """
    names = checked_registers(workspace)
    touched = {(register, id) for register, id in records if register in names}
    found = [one for one in checked.records if (one.register, one.id) not in touched]
    for name in {register for register, _ in touched}:
        ids = [id for register, id in touched if register == name]
        found += _check_register(workspace, name, gate, silent, ids)
    order = {name: place for place, name in enumerate(names)}
    return Checked(tuple(sorted(found, key=lambda one: order[one.register])))


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
    titles = workspace.lookups.titles(register, list(by_record))
    return [
        CheckedRecord(register, id, titles[id].title if id in titles else "", tuple(problems))
        for id, problems in by_record.items()
    ]
