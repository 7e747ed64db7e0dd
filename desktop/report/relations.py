"""Relations between figures that any reader of the sheets knows, as linear sums of cells.

`read` turns the text of a `RelationDefinition` into terms, `spread` puts rows and columns in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

_TERM = re.compile(r"\s*([+-]?)\s*(?:\[([^\]]+)\]|(sum|each))\s*")
EARLIER = "earlier"


@dataclass(frozen=True, order=True)
class CellKey:
    """The place of a figure: "B05", "I", "TONG", "4"."""

    sheet: str
    part: str
    row: str
    column: str


@dataclass(frozen=True)
class Relation:
    """Sum of coefficient × figure is 0 (`equal`), or at most 0."""

    terms: tuple[tuple[int, CellKey], ...]
    equal: bool


@dataclass(frozen=True)
class Term:
    """One term as written: `name` of a column, a row or a whole address; or `sum`, `each`."""

    factor: int
    name: str
    word: str


@dataclass(frozen=True)
class Sentence:
    """A relation as written, everything brought to the left side."""

    terms: tuple[Term, ...]
    equal: bool


def read(text: str) -> Sentence:
    """Raises ValueError where the text is no relation."""
    for sign in ("<=", "="):
        left, found, right = text.partition(sign)
        if found:
            terms = [*_side(left, 1), *_side(right, -1)]
            return Sentence(tuple(terms), sign == "=")
    raise ValueError(text)


def _side(text: str, factor: int) -> Iterator[Term]:
    if text.strip() == "0":
        return
    at = 0
    while at < len(text):
        found = _TERM.match(text, at)
        if not found or (at and not found[1]):
            raise ValueError(text)
        yield Term(-factor if found[1] == "-" else factor, found[2] or "", found[3] or "")
        at = found.end()
    if not at:
        raise ValueError(text)


def address(name: str) -> CellKey | None:
    """The figure of `B05/I!TONG!11`, or None for a plain name."""
    where, _, rest = name.partition("/")
    parts = rest.split("!")
    return CellKey(where, *parts) if len(parts) == 3 else None


def earlier_column(name: str) -> str:
    """The column of `earlier!4`, or ""."""
    head, _, column = name.partition("!")
    return column if head == EARLIER else ""


def on_rows(sentence: Sentence, sheet: str, part: str, rows: Sequence[str]) -> Iterator[Relation]:
    """The relation of columns, once for each row."""
    for row in rows:
        terms = []
        for term in sentence.terms:
            earlier = earlier_column(term.name)
            place = CellKey(f"{EARLIER} {sheet}" if earlier else sheet, part, row, earlier)
            key = address(term.name) or (place if earlier else CellKey(sheet, part, row, term.name))
            terms.append((term.factor, key))
        yield Relation(tuple(terms), sentence.equal)


def on_columns(
    sentence: Sentence, sheet: str, part: str, columns: Sequence[str], data_rows: Sequence[str]
) -> Iterator[Relation]:
    """The relation of rows, once for each column (and each data row, where it says `each`)."""
    each = any(term.word == "each" for term in sentence.terms)
    for column in columns:
        for row in data_rows if each else ("",):
            terms: list[tuple[int, CellKey]] = []
            for term in sentence.terms:
                if term.word == "sum":
                    keys = [CellKey(sheet, part, code, column) for code in data_rows]
                elif term.word == "each":
                    keys = [CellKey(sheet, part, row, column)]
                else:
                    keys = [address(term.name) or CellKey(sheet, part, term.name, column)]
                terms += [(term.factor, key) for key in keys]
            yield Relation(tuple(terms), sentence.equal)


def holds(relation: Relation, values: Mapping[CellKey, int]) -> bool:
    """True where the figures fulfil it; a figure that is not there is 0."""
    total = sum(factor * values.get(key, 0) for factor, key in relation.terms)
    return total == 0 if relation.equal else total <= 0
