"""Hide small figures of restricted groups so that nobody can work them out (`domain.md` §7.3).

A restricted figure of 1-4 reads "<5". Other figures are hidden ("*") until everything a reader
knows, the visible figures and the relations between them, leaves every value from 1 to 4 possible
for each small figure, and more than one value for each hidden one. That is not estimated but
shown: for each such value a whole table is found that fits everything visible. Where none is found,
a figure of the relation that stood in the way is hidden, the cheapest first. Only what the marks
"<5" say by themselves remains: two groups apart, each "<5", are at least 2 together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from desktop.report.relations import CellKey, Relation, holds

SMALLEST, LARGEST = 1, 4
FAR = 10**9
"""Stands for "no upper limit"."""
SEARCH_LIMIT = 300
"""Changes tried for one value before the search counts as failed."""
DEEPEST = 12
"""Figures that may change beside the one that is tried."""
STEPS = (1, -1, 2, -2, 3, -3, 5, -5, 8, -8, 13, -13)
"""Steps away from the true figure at which a second value of a hidden one is looked for."""


@dataclass(frozen=True)
class Hidden:
    """What is not shown."""

    small: frozenset[CellKey]
    hidden: frozenset[CellKey]


@dataclass
class Table:
    """Figures, what is known of them, and what it costs to hide each."""

    values: Mapping[CellKey, int]
    relations: Sequence[Relation]
    restricted: frozenset[CellKey]
    published: frozenset[CellKey] = frozenset()
    """Figures that stand in an earlier report: they cannot be hidden any more."""
    hidden_before: frozenset[CellKey] = frozenset()
    """Figures that were not shown in an earlier report."""
    costs: Mapping[CellKey, int] = field(default_factory=dict)
    """The higher, the later a figure is hidden; 1 where nothing is said."""


def choose_hidden(table: Table) -> Hidden:
    """Which figures read "<5" and which "*"."""
    small = {key for key in table.restricted if SMALLEST <= table.values.get(key, 0) <= LARGEST}
    if not small and not table.hidden_before:
        return Hidden(frozenset(), frozenset())
    return Hidden(*_Search(table, small).run())


class _Search:
    def __init__(self, table: Table, small: set[CellKey]) -> None:
        self._table = table
        self._small = small
        self._hidden = (set(table.hidden_before) & table.values.keys()) - small
        # A relation that does not hold (data changed since an earlier report) tells nothing.
        self._relations = [r for r in dict.fromkeys(table.relations) if self._usable(r)]
        self._of: dict[CellKey, list[Relation]] = defaultdict(list)
        for relation in self._relations:
            for _, key in relation.terms:
                self._of[key].append(relation)
        # A table that was found stays one when more is hidden: nothing is searched twice.
        self._found: dict[CellKey, set[int]] = defaultdict(set)

    def _usable(self, relation: Relation) -> bool:
        known = all(key in self._table.values for _, key in relation.terms)
        return known and holds(relation, self._table.values)

    def run(self) -> tuple[frozenset[CellKey], frozenset[CellKey]]:
        """Hide more until nothing is weak, or nothing more can be hidden."""
        checked: set[frozenset[CellKey]] = set()
        while parts := [part for part in self._components() if part not in checked]:
            for part in parts:
                blocking = self._blocking(part)
                candidates = {
                    key for relation in blocking for _, key in relation.terms if self._may_hide(key)
                }
                if candidates:
                    self._hidden.add(min(candidates, key=self._cost))
                else:
                    checked.add(part)
        return frozenset(self._small), frozenset(self._hidden)

    def _components(self) -> Iterator[frozenset[CellKey]]:
        """Figures not shown, grouped by the relations that bind them to each other."""
        left = self._small | self._hidden
        while left:
            start = min(left)
            part, todo = set(), [start]
            while todo:
                key = todo.pop()
                if key in part:
                    continue
                part.add(key)
                todo += [
                    other
                    for relation in self._of[key]
                    for _, other in relation.terms
                    if other in left and other not in part
                ]
            left = left - part
            yield frozenset(part)

    def _blocking(self, part: frozenset[CellKey]) -> set[Relation]:
        """Relations that narrow a figure of the part too far; none if all are safe."""
        puzzle = Puzzle(
            {key: self._table.values[key] for key in part},
            {key: (SMALLEST, LARGEST) if key in self._small else (0, FAR) for key in part},
            _reduced(part, self._of, self._table.values),
            part & self._table.restricted - self._small,
        )
        found: dict[CellKey, set[int]] = {key: {value} for key, value in puzzle.truth.items()}
        for key in sorted(part, key=lambda key: (key not in self._small, key)):
            blocking: set[Relation] = set()
            for value in self._wanted(key):
                if value in found[key] or self._enough(key, found[key]):
                    continue
                fitting = puzzle.solve(key, value)
                if fitting is None:
                    blocking |= puzzle.blocking
                else:
                    for other, number in fitting.items():
                        found[other].add(number)
            if not self._enough(key, found[key]) and any(map(self._can_give, blocking)):
                return blocking
        return set()

    def _can_give(self, relation: Relation) -> bool:
        return any(self._may_hide(key) for _, key in relation.terms)

    def _wanted(self, key: CellKey) -> Iterable[int]:
        if key in self._small:
            return range(SMALLEST, LARGEST + 1)
        value = self._table.values[key]
        return (value + step for step in STEPS if value + step >= 0)

    def _enough(self, key: CellKey, found: set[int]) -> bool:
        if key in self._small:
            return found >= set(range(SMALLEST, LARGEST + 1))
        return len(found) > 1

    def _may_hide(self, key: CellKey) -> bool:
        gone = key in self._small or key in self._hidden
        return not gone and key not in self._table.published

    def _cost(self, key: CellKey) -> tuple[int, int, int, CellKey]:
        value = self._table.values[key]
        # A hidden restricted figure is known not to be 1-4: one of 0 or just above 4 hides badly.
        bad = value == 0 or (key in self._table.restricted and value < 2 * LARGEST)
        return int(bad), self._table.costs.get(key, 1), value, key


Range = tuple[int, int]
NumberedBound = tuple[list[tuple[int, int]], int, int]
"""Terms as (factor, number of the unknown), low, high."""


@dataclass(frozen=True)
class Bound:
    """Sum of factor × unknown lies in low..high: a relation with the visible figures put in."""

    relation: Relation
    terms: tuple[tuple[int, CellKey], ...]
    low: int
    high: int

    def excess(self, values: Mapping[CellKey, int]) -> int:
        """How far the sum lies above (positive) or below (negative) what is allowed; 0: fits."""
        total = sum(factor * values[key] for factor, key in self.terms)
        if total > self.high:
            return total - self.high
        return min(0, total - self.low)


def _reduced(
    part: frozenset[CellKey],
    relations_of: Mapping[CellKey, Sequence[Relation]],
    values: Mapping[CellKey, int],
) -> list[Bound]:
    relations = dict.fromkeys(r for key in sorted(part) for r in relations_of[key])
    bounds = []
    for relation in relations:
        unknown: dict[CellKey, int] = defaultdict(int)
        seen = 0
        for factor, key in relation.terms:
            if key in part:
                unknown[key] += factor
            else:
                seen += factor * values[key]
        terms = tuple((factor, key) for key, factor in unknown.items() if factor)
        bounds.append(Bound(relation, terms, -seen if relation.equal else -FAR, -seen))
    return bounds


class Puzzle:
    """Unknown whole numbers under linear bounds, one solution of which is the truth.

    Another solution is looked for by repairing: one figure is changed, then a figure of each bound
    that no longer fits, and so on. `not_small` are known not to be 1-4: they would read "<5".
    """

    def __init__(
        self,
        truth: Mapping[CellKey, int],
        limits: Mapping[CellKey, tuple[int, int]],
        bounds: Sequence[Bound],
        not_small: frozenset[CellKey],
    ) -> None:
        self.truth = dict(truth)
        self.blocking: set[Relation] = set()
        """After a failed search: relations at which it could not go on."""
        self._limits = limits
        self._not_small = not_small
        self._tries = 0
        self._of: dict[CellKey, list[Bound]] = defaultdict(list)
        for bound in bounds:
            for _, key in bound.terms:
                self._of[key].append(bound)

    def solve(self, key: CellKey, value: int) -> dict[CellKey, int] | None:
        """A solution with `key` = `value`; None if the search finds none."""
        self.blocking = set()
        self._tries = SEARCH_LIMIT
        if not self._possible(key, value):
            return None
        values = {**self.truth, key: value}
        return values if self._repair(values, {key}, self._of[key]) else None

    def _possible(self, key: CellKey, value: int) -> bool:
        low, high = self._limits[key]
        hole = key in self._not_small and SMALLEST <= value <= LARGEST
        return low <= value <= high and not hole

    def _repair(
        self, values: dict[CellKey, int], changed: set[CellKey], suspects: Sequence[Bound]
    ) -> bool:
        """Make all suspects fit by changing figures that were not changed yet, in place."""
        broken = next((bound for bound in suspects if bound.excess(values)), None)
        if broken is None:
            return True
        if len(changed) > DEEPEST or self._tries <= 0:
            return False
        rest = [bound for bound in suspects if bound is not broken]
        for key, value in self._changes(broken, values, changed):
            self._tries -= 1
            before = values[key]
            values[key] = value
            changed.add(key)
            # The broken one first: it may need more than one figure to change.
            if self._repair(values, changed, [broken, *rest, *self._of[key]]):
                return True
            changed.discard(key)
            values[key] = before
        self.blocking.add(broken.relation)
        return False

    def _changes(
        self, bound: Bound, values: Mapping[CellKey, int], changed: set[CellKey]
    ) -> Iterator[tuple[CellKey, int]]:
        """Single changes that bring a bound nearer to fitting, the widest figures first."""
        free = [(factor, key) for factor, key in bound.terms if key not in changed]
        free.sort(key=lambda term: (self._limits[term[1]][1] != FAR, -values[term[1]], term[1]))
        for factor, key in free:
            up = (bound.excess(values) < 0) == (factor > 0)
            low, high = self._limits[key]
            tried = set()
            for step in self._steps(bound, key, values, up):
                value = min(max(values[key] + (step if up else -step), low), high)
                if key in self._not_small and SMALLEST <= value <= LARGEST:
                    value = LARGEST + 1 if up else 0
                if value != values[key] and value not in tried:
                    tried.add(value)
                    yield key, value

    def _steps(
        self, broken: Bound, key: CellKey, values: Mapping[CellKey, int], up: bool
    ) -> list[int]:
        """How far a figure must go for the broken bound, and for others of its own beyond that."""
        needed = {}
        for bound in self._of[key]:
            excess = bound.excess(values)
            factor = next(factor for factor, other in bound.terms if other == key)
            if excess and ((excess < 0) == (factor > 0)) == up:
                needed[bound] = -(-abs(excess) // abs(factor))
        return sorted({step for step in needed.values() if step >= needed[broken]}, reverse=True)
