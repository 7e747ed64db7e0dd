"""Fields that wait for each other: shown, or worked out, by what depends on themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from desktop.base.errors import Problem
from desktop.base.translate import tr
from desktop.store.expressions import Purpose

if TYPE_CHECKING:
    from desktop.store.rulebook import RuleBook

Node = tuple[str, str]
"""Register and field."""


def cycle_problems(book: RuleBook) -> list[Problem]:
    """One problem for each ring of fields, told at its first field."""
    graph = _graph(book)
    problems = []
    for ring in _rings(graph):
        chain = " → ".join(f"{register}.{name}" for register, name in (*ring, ring[0]))
        register = book.forms.registers[ring[0][0]]
        text = tr("Whether these fields are shown, or what they hold, depends on itself: {chain}.")
        place = f"{register.place or register.name}, {ring[0][1]}"
        problems.append(Problem(place, "show-cycle", text.format(chain=chain)))
    return problems


def _graph(book: RuleBook) -> Mapping[Node, tuple[Node, ...]]:
    """For each field with `show_if` or `computed`: the fields that these read."""
    graph: dict[Node, tuple[Node, ...]] = {}
    for (purpose, register, name), reads in book.reads.items():
        if purpose not in (Purpose.SHOW, Purpose.COMPUTED):
            continue
        targets = {
            (table, field.name)
            for table, column in reads.record
            if (field := book.forms.registers[table].field_of_column(column)) is not None
        }
        known = graph.get((register, name), ())
        graph[(register, name)] = tuple(dict.fromkeys((*known, *sorted(targets))))
    return graph


def _rings(graph: Mapping[Node, tuple[Node, ...]]) -> Iterator[tuple[Node, ...]]:
    """Each ring once, by a walk that remembers its way."""
    done: set[Node] = set()
    for start in graph:
        way: list[Node] = []
        stack: list[tuple[Node, Iterator[Node]]] = []
        if start not in done:
            way.append(start)
            stack.append((start, iter(graph[start])))
        while stack:
            node, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                stack.pop()
                way.pop()
                done.add(node)
            elif following in way:
                yield tuple(way[way.index(following) :])
            elif following in graph and following not in done:
                way.append(following)
                stack.append((following, iter(graph[following])))
