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
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
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
        # A table that fits keeps fitting when more is hidden: values once found stay found.
        self._found: dict[CellKey, set[int]] = defaultdict(set)
        self._of: dict[CellKey, list[Relation]] = defaultdict(list)
        for relation in self._relations:
            for _, key in relation.terms:
                self._of[key].append(relation)

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
        not_small = part & self._table.restricted - self._small
        relations = dict.fromkeys(r for key in sorted(part) for r in self._of[key])
        puzzle = Puzzle(self._table.values, self._small, part, not_small, relations)
        for key in sorted(part, key=lambda key: (key not in self._small, key)):
            blocking: set[Relation] = set()
            for value in self._wanted(key):
                if value in self._found[key] or self._enough(key):
                    continue
                fitting = puzzle.solve(key, value)
                if fitting is None:
                    blocking |= puzzle.blocking
                else:
                    for other, number in fitting.items():
                        self._found[other].add(number)
            if not self._enough(key) and any(map(self._can_give, blocking)):
                return blocking
        return set()

    def _can_give(self, relation: Relation) -> bool:
        return any(self._may_hide(key) for _, key in relation.terms)

    def _wanted(self, key: CellKey) -> Iterable[int]:
        if key in self._small:
            return range(SMALLEST, LARGEST + 1)
        value = self._table.values[key]
        return (value + step for step in STEPS if value + step >= 0)

    def _enough(self, key: CellKey) -> bool:
        found = self._found[key] | {self._table.values[key]}
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


Terms = list[tuple[int, int]]
"""Factors and numbers of unknowns."""


class Puzzle:
    """Unknown whole numbers under linear relations, one solution of which is the truth.

    Another solution is looked for by repairing: one figure is changed, then a figure of each
    relation that no longer fits, and so on. `not_small` are known not to be 1-4: they would read
    "<5". Inside, unknowns and relations go by number: they are looked up very often.
    """

    def __init__(
        self,
        values: Mapping[CellKey, int],
        small: Set[CellKey],
        unknown: Set[CellKey],
        not_small: Set[CellKey],
        relations: Iterable[Relation],
    ) -> None:
        self.blocking: set[Relation] = set()
        """After a failed search: relations at which it could not go on."""
        self._keys = sorted(unknown)
        self._number = {key: number for number, key in enumerate(self._keys)}
        self._truth = [values[key] for key in self._keys]
        self._limits = [(SMALLEST, LARGEST) if k in small else (0, FAR) for k in self._keys]
        self._not_small = [key in not_small for key in self._keys]
        self._relations = list(relations)
        self._bounds = [self._bound(relation, values) for relation in self._relations]
        self._of: list[list[tuple[int, int]]] = [[] for _ in self._keys]
        for place, (terms, _, _) in enumerate(self._bounds):
            for factor, unknown_number in terms:
                self._of[unknown_number].append((place, factor))
        self._tries = 0

    def _bound(self, relation: Relation, values: Mapping[CellKey, int]) -> tuple[Terms, int, int]:
        """A relation with the visible figures put in: terms, least and largest sum."""
        terms: dict[int, int] = defaultdict(int)
        seen = 0
        for factor, key in relation.terms:
            if key in self._number:
                terms[self._number[key]] += factor
            else:
                seen += factor * values[key]
        low = -seen if relation.equal else -FAR
        return [(factor, number) for number, factor in terms.items() if factor], low, -seen

    def solve(self, key: CellKey, value: int) -> dict[CellKey, int] | None:
        """A solution with `key` = `value`; None if the search finds none."""
        self.blocking = set()
        self._tries = SEARCH_LIMIT
        start = self._number[key]
        if not self._possible(start, value):
            return None
        values = list(self._truth)
        values[start] = value
        suspects = [place for place, _ in self._of[start]]
        if not self._repair(values, {start}, suspects):
            return None
        return dict(zip(self._keys, values, strict=True))

    def _possible(self, number: int, value: int) -> bool:
        low, high = self._limits[number]
        return low <= value <= high and not (self._not_small[number] and _is_small(value))

    def _excess(self, place: int, values: list[int]) -> int:
        """How far a sum lies above (positive) or below (negative) what is allowed; 0: it fits."""
        terms, low, high = self._bounds[place]
        total = 0
        for factor, number in terms:
            total += factor * values[number]
        return total - high if total > high else min(0, total - low)

    def _repair(self, values: list[int], changed: set[int], suspects: list[int]) -> bool:
        """Make all suspects fit by changing figures that were not changed yet, in place."""
        broken = next((place for place in suspects if self._excess(place, values)), None)
        if broken is None:
            return True
        if len(changed) > DEEPEST or self._tries <= 0:
            return False
        # The broken one stays in front: it may need more than one figure to change.
        rest = suspects[suspects.index(broken) :]
        for number, value in list(self._changes(broken, values, changed)):
            self._tries -= 1
            before = values[number]
            values[number] = value
            changed.add(number)
            if self._repair(values, changed, [*rest, *(place for place, _ in self._of[number])]):
                return True
            changed.discard(number)
            values[number] = before
        self.blocking.add(self._relations[broken])
        return False

    def _changes(
        self, broken: int, values: list[int], changed: set[int]
    ) -> Iterator[tuple[int, int]]:
        """Single changes that bring a relation nearer to fitting, the widest figures first."""
        excess = self._excess(broken, values)
        free = [term for term in self._bounds[broken][0] if term[1] not in changed]
        free.sort(key=lambda term: (self._limits[term[1]][1] != FAR, -values[term[1]]))
        for factor, number in free:
            up = (excess < 0) == (factor > 0)
            low, high = self._limits[number]
            tried = set()
            for step in self._steps(number, values, up, -(-abs(excess) // abs(factor))):
                value = min(max(values[number] + (step if up else -step), low), high)
                if self._not_small[number] and _is_small(value):
                    value = LARGEST + 1 if up else 0
                if value != values[number] and value not in tried:
                    tried.add(value)
                    yield number, value

    def _steps(self, number: int, values: list[int], up: bool, least: int) -> list[int]:
        """How far a figure must go: `least`, or further for others of its relations."""
        steps = {least}
        for place, factor in self._of[number]:
            excess = self._excess(place, values)
            if excess and ((excess < 0) == (factor > 0)) == up:
                steps.add(max(least, -(-abs(excess) // abs(factor))))
        return sorted(steps, reverse=True)


def _is_small(value: int) -> bool:
    return SMALLEST <= value <= LARGEST
