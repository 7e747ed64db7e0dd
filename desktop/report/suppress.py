"""Hide small figures of restricted groups so that nobody can work them out (`domain.md` §7.3).

A restricted figure of 1-4 reads "<5". Other figures are hidden ("*") until everything a reader
knows, the visible figures and the relations between them, leaves every value from 1 to 4 possible
for each small figure, and more than one value for each hidden one. That is not estimated but
shown: for each such value a whole table is found that fits everything visible. Where none is found
within the search limit, more is hidden; at the end of that road a relation has no visible figure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from desktop.report.relations import CellKey, Relation, holds

SMALLEST, LARGEST = 1, 4
FAR = 10**9
"""Stands for "no upper limit"."""
SEARCH_LIMIT = 150
"""Choices tried for one table before the search counts as failed."""
NEAR = (0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 8, -8, 13, -13, 21, -21)
"""Steps away from the true figure that the search tries."""


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
        checked: set[frozenset[CellKey]] = set()
        self._hide_beside_single_ones()
        while True:
            parts = [part for part in self._components() if part not in checked]
            if not parts:
                break
            for part in parts:
                weak = self._weak(part)
                if weak is None or not self._hide_more(weak, part):
                    checked.add(part)
        return frozenset(self._small), frozenset(self._hidden)

    def _hide_beside_single_ones(self) -> None:
        """In an equation one hidden figure alone can be worked out: hide another at once."""
        todo = [r for r in self._relations if r.equal]
        while todo:
            relation = todo.pop()
            keys = {key for _, key in relation.terms}
            gone = {key for key in keys if key in self._small or key in self._hidden}
            candidates = [key for key in keys if self._may_hide(key)]
            if len(gone) != 1 or not candidates:
                continue
            chosen = min(candidates, key=self._cost)
            self._hidden.add(chosen)
            todo += [r for r in self._of[chosen] if r.equal]

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

    def _weak(self, part: frozenset[CellKey]) -> CellKey | None:
        """A figure of the part that could be narrowed too far, or None if all are safe."""
        puzzle = Puzzle(
            {key: self._table.values[key] for key in part},
            {key: self._bounds(key) for key in part},
            _reduced(part, self._of, self._table.values),
            part & self._table.restricted - self._small,
        )
        found = self._found
        for key, value in puzzle.truth.items():
            found[key].add(value)
        for key in sorted(part, key=lambda key: (key not in self._small, key)):
            for value in self._wanted(key):
                if value in found[key] or self._enough(key, found[key]):
                    continue
                fitting = puzzle.solve(key, value)
                if fitting is not None:
                    for other, number in fitting.items():
                        found[other].add(number)
            if not self._enough(key, found[key]):
                return key
        return None

    def _bounds(self, key: CellKey) -> tuple[int, int]:
        return (SMALLEST, LARGEST) if key in self._small else (0, FAR)

    def _wanted(self, key: CellKey) -> Iterable[int]:
        if key in self._small:
            return range(SMALLEST, LARGEST + 1)
        value = self._table.values[key]
        return (value + step for step in NEAR[1:] if value + step >= 0)

    def _enough(self, key: CellKey, found: set[int]) -> bool:
        if key in self._small:
            return found >= set(range(SMALLEST, LARGEST + 1))
        return len(found) > 1

    def _hide_more(self, weak: CellKey, part: frozenset[CellKey]) -> bool:
        """Hide one more figure next to the weak one, or else next to its part."""
        for keys in ([weak], sorted(part)):
            candidates = {
                other
                for key in keys
                for relation in self._of[key]
                for _, other in relation.terms
                if self._may_hide(other)
            }
            if candidates:
                self._hidden.add(min(candidates, key=self._cost))
                return True
        return False

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
    """Sum of factor × unknown lies in low..high."""

    terms: tuple[tuple[int, CellKey], ...]
    low: int
    high: int


def _reduced(
    part: frozenset[CellKey],
    relations_of: Mapping[CellKey, Sequence[Relation]],
    values: Mapping[CellKey, int],
) -> list[Bound]:
    """The relations of a part with the visible figures put in."""
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
        bounds.append(Bound(terms, -seen if relation.equal else -FAR, -seen))
    return bounds


class Puzzle:
    """Unknown whole numbers under linear bounds, one solution of which is the truth.

    `not_small` are known not to be 1-4: they would read "<5" otherwise. Inside, unknowns and
    bounds go by number: the search looks them up millions of times.
    """

    def __init__(
        self,
        truth: Mapping[CellKey, int],
        limits: Mapping[CellKey, tuple[int, int]],
        bounds: Sequence[Bound],
        not_small: frozenset[CellKey],
    ) -> None:
        self.truth = dict(truth)
        self._keys = list(truth)
        self._number = {key: number for number, key in enumerate(self._keys)}
        self._true = [truth[key] for key in self._keys]
        self._not_small = [key in not_small for key in self._keys]
        self._limits = [limits[key] for key in self._keys]
        self._bounds = [
            ([(factor, self._number[key]) for factor, key in bound.terms], bound.low, bound.high)
            for bound in bounds
        ]
        self._of: list[list[int]] = [[] for _ in self._keys]
        for place, (terms, _, _) in enumerate(self._bounds):
            for _, unknown in terms:
                self._of[unknown].append(place)
        self._tries = 0

    def solve(self, key: CellKey, value: int) -> dict[CellKey, int] | None:
        """A solution with `key` = `value`, near the truth; None if the search finds none."""
        unknown = self._number[key]
        low, high = self._limits[unknown]
        if not low <= value <= high or not self._possible(unknown, value):
            return None
        ranges = list(self._limits)
        ranges[unknown] = (value, value)
        self._tries = SEARCH_LIMIT
        found = self._complete(ranges, unknown)
        return None if found is None else dict(zip(self._keys, found, strict=True))

    def _complete(self, ranges: list[Range], changed: int) -> list[int] | None:
        if not self._narrow(ranges, changed):
            return None
        unknown = self._next_open(ranges)
        if unknown < 0:
            return [low for low, _ in ranges]
        low, high = ranges[unknown]
        at = min(max(self._true[unknown], low), high)
        for step in NEAR:
            number = at + step
            if not low <= number <= high or not self._possible(unknown, number):
                continue
            self._tries -= 1
            if self._tries < 0:
                return None
            tried = list(ranges)
            tried[unknown] = (number, number)
            found = self._complete(tried, unknown)
            if found is not None:
                return found
        return None

    @staticmethod
    def _next_open(ranges: list[Range]) -> int:
        """The one with least room: where a contradiction is, it shows early. -1: none is open."""
        best, room = -1, FAR * 2
        for unknown, (low, high) in enumerate(ranges):
            if low < high and high - low < room:
                best, room = unknown, high - low
        return best

    def _possible(self, unknown: int, value: int) -> bool:
        return not self._not_small[unknown] or not SMALLEST <= value <= LARGEST

    def _narrow(self, ranges: list[Range], changed: int) -> bool:
        """Pull the ranges together until the bounds tell nothing more; False: impossible."""
        todo = list(self._of[changed])
        waiting = set(todo)
        while todo:
            place = todo.pop()
            waiting.discard(place)
            narrowed = _narrow_one(self._bounds[place], ranges)
            if narrowed is None:
                return False
            for unknown in narrowed:
                if self._not_small[unknown]:
                    ranges[unknown] = _without_small(ranges[unknown])
                    if ranges[unknown][0] > ranges[unknown][1]:
                        return False
                fresh = [other for other in self._of[unknown] if other not in waiting]
                todo += fresh
                waiting.update(fresh)
        return True


def _without_small(limits: tuple[int, int]) -> tuple[int, int]:
    low, high = limits
    if SMALLEST <= low <= LARGEST:
        low = LARGEST + 1
    if SMALLEST <= high <= LARGEST:
        high = SMALLEST - 1
    return low, high


def _narrow_one(bound: NumberedBound, ranges: list[Range]) -> list[int] | None:
    """Narrow the unknowns of one bound; which changed, or None where nothing fits."""
    terms, bound_low, bound_high = bound
    least = most = 0
    for factor, unknown in terms:
        low, high = ranges[unknown]
        if factor > 0:
            least += factor * low
            most += factor * high
        else:
            least += factor * high
            most += factor * low
    if least > bound_high or most < bound_low:
        return None
    if least >= bound_low and most <= bound_high:
        return []
    changed = []
    for factor, unknown in terms:
        low, high = ranges[unknown]
        own_least, own_most = (
            (factor * low, factor * high) if factor > 0 else (factor * high, factor * low)
        )
        top = bound_high - (least - own_least)
        bottom = bound_low - (most - own_most)
        if factor > 0:
            new = max(low, -(-bottom // factor)), min(high, top // factor)
        else:
            new = max(low, -(-top // factor)), min(high, bottom // factor)
        if new[0] > new[1]:
            return None
        if new != (low, high):
            ranges[unknown] = new
            changed.append(unknown)
            least += factor * (new[0] if factor > 0 else new[1]) - own_least
            most += factor * (new[1] if factor > 0 else new[0]) - own_most
    return changed
