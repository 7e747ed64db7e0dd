"""Which other records have rules that read a record: asked again when it changes.

A rule of register T that reads `main.s` looks, as a rule, along a reference: from T to s, from s
to T, or over a register that it reads as well. The references of the definitions say which rows
of T that can be.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from desktop.schema.definition import FieldType, Forms, Gate, Level
from desktop.store.driver import Connection, quoted
from desktop.store.rulebook import PreparedRule, RuleBook

MOST_REFERENCES = 2
"""References followed between two records; from a row to its own record is none."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Records of one register to ask certain rules of."""

    register: str
    ids: tuple[str, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Step:
    """One reference: `table.column` holds the id of a row of `to`."""

    table: str
    column: str
    to: str
    cost: int
    """0 from a child row to its record, else 1."""


Way = tuple[_Step, ...]
"""References that lead from one table to another, in either direction, in order."""


class NeighbourFinder:
    """Finds neighbours over the references of one set of definitions."""

    def __init__(self, connection: Connection, book: RuleBook) -> None:
        self._connection = connection
        self._book = book
        self._steps = tuple(_steps(book.forms))
        self._readers: dict[tuple[str, Gate | None], tuple[PreparedRule, ...]] = {}
        self._queries: dict[tuple[str, str, frozenset[str]], tuple[str, ...]] = {}

    def of(
        self,
        register: str,
        ids: Sequence[str],
        changed: Collection[tuple[str, str]] | None,
        gate: Gate | None = None,
    ) -> list[Neighbours]:
        """Records whose error rules read these; `changed`: columns that matter, None: all.

        `gate`: those of every rule that tells something there, warnings too.
        """
        given = json.dumps(list(ids)) if ids else ""
        found: dict[str, tuple[set[str], list[str]]] = {}
        for rule in self._rules_reading(register, gate) if ids else ():
            if changed is not None and not rule.reads.main & set(changed):
                continue
            top = self._top(rule.register)
            near = {
                str(row[0])
                for query in self._ways(register, top, rule)
                for row in self._connection.execute(query, (given,))
                if row[0] is not None
            }
            if top == register:
                near -= set(ids)
            if near:
                known, numbers = found.setdefault(top, (set(), []))
                known |= near
                numbers.append(rule.number)
        return [
            Neighbours(name, tuple(sorted(ids)), tuple(numbers))
            for name, (ids, numbers) in found.items()
        ]

    def _rules_reading(self, register: str, gate: Gate | None) -> tuple[PreparedRule, ...]:
        """Rules of a gate, or error rules at saving, that read stored rows of such a record."""
        known = self._readers.get((register, gate))
        if known is None:
            family = set(self._book.family(register))
            known = self._readers[register, gate] = tuple(
                rule
                for rules in self._book.rules.values()
                for rule in rules
                if _tells(rule, gate)
                and rule.register in self._book.forms.registers
                and any(table in family for table, _ in rule.reads.main)
            )
        return known

    def _top(self, register: str) -> str:
        return self._book.forms.registers[register].parent or register

    def _ways(self, saved: str, top: str, rule: PreparedRule) -> tuple[str, ...]:
        """SELECTs of ids of `top`, given the id of the saved record."""
        tables = {table for table, _ in rule.reads.main} & self._book.forms.registers.keys()
        key = (saved, top, frozenset(tables))
        if key not in self._queries:
            allowed = {*self._book.family(saved), *self._book.family(top)}
            for table in tables:
                # All records of one commune are not neighbours of each other.
                if not self._book.forms.registers[table].catalogue:
                    allowed |= {table, self._top(table)}
            ways = _ways(self._steps, saved, top, allowed)
            self._queries[key] = tuple(_query(saved, way) for way in ways)
        return self._queries[key]


def _tells(rule: PreparedRule, gate: Gate | None) -> bool:
    if gate is None:
        return rule.level.get(Gate.SAVE) is Level.ERROR
    return gate in rule.level


def _steps(forms: Forms) -> Iterator[_Step]:
    for register in forms.registers.values():
        if register.parent:
            yield _Step(register.name, register.parent, register.parent, 0)
        for field in register.fields:
            if field.type is FieldType.REFERENCE:
                yield _Step(register.name, field.name, field.to, 1)


def _ways(
    steps: Collection[_Step], start: str, end: str, allowed: Collection[str]
) -> Iterator[Way]:
    """Every way over allowed tables with at most `MOST_REFERENCES`, none through a table twice."""
    unfinished: list[tuple[str, Way, int]] = [(start, (), 0)]
    while unfinished:
        place, way, cost = unfinished.pop()
        for step in steps:
            following = _following(step, place)
            if following is None or step in way or cost + step.cost > MOST_REFERENCES:
                continue
            if following == end:
                yield (*way, step)
            elif following in allowed and following != start and not _passes(way, following):
                unfinished.append((following, (*way, step), cost + step.cost))


def _following(step: _Step, place: str) -> str | None:
    if step.table == place:
        return step.to
    return step.table if step.to == place else None


def _passes(way: Way, table: str) -> bool:
    return any(table in (step.table, step.to) for step in way[:-1])


def _query(start: str, way: Way) -> str:
    """SELECT of the ids at the end of a way from the records given as a JSON array of ids."""
    ids, place = "SELECT value FROM json_each(?)", start
    for step in way:
        table, column = f"main.{quoted(step.table)}", quoted(step.column)
        if step.table == place:
            ids = f"SELECT {column} FROM {table} WHERE id IN ({ids})"
            place = step.to
        else:
            ids = f"SELECT id FROM {table} WHERE {column} IN ({ids})"
            place = step.table
    return ids
