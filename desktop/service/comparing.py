"""Two records of one register side by side: what stands in each, and what differs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from desktop.base.text import fold
from desktop.schema import types
from desktop.schema.names import PERSON_FIELDS
from desktop.service.sight import restricted_words

if TYPE_CHECKING:
    from desktop.schema.definition import Field, Register
    from desktop.service.workspace import Workspace
    from desktop.store.driver import Stored
    from desktop.store.records import Row, StoredRecord


class Difference(StrEnum):
    """How two values stand to each other."""

    SAME = "same"
    MARKS = "marks"
    """The same but for accents and where they stand."""
    OTHER = "other"
    LEFT = "left"
    """Filled in at the left only."""
    RIGHT = "right"
    HIDDEN = "hidden"
    """One of the records may not be seen by this person."""


@dataclass(frozen=True)
class Line:
    """One field, or one row of a child register, of both records."""

    field: str
    """Name of the field; of a child row the name of its register."""
    label: str
    left: str
    right: str
    difference: Difference
    telling: bool = False
    """True for what says who somebody is."""
    row_id: str = ""
    """Of a child row: its id, of the right one if both have it."""


def compare(
    workspace: Workspace, left: StoredRecord, right: StoredRecord, *, hidden: bool = False
) -> list[Line]:
    """Lines of everything that is filled in on either side: first what says who somebody is.

    `hidden`: of the right record nothing may be shown but that it is there.
    """
    register = workspace.registers[left.register]
    words = _Words(workspace)
    found = [
        line
        for field, telling in _in_order(register)
        if (line := _field_line(words, field, left, right, hidden, telling))
    ]
    for child in workspace.forms.children(register.name):
        found += _child_lines(words, child, left, right, hidden)
    return found


class _Words:
    """Values as on screen; titles are looked up once."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._titles: dict[tuple[str, str], str] = {}

    def of(self, field: Field, values: Row) -> str:
        value = types.from_columns(field, {name: values.get(name) for name in field.columns})
        if value is None:
            return ""
        if not field.to:
            return types.show(field, value, self._workspace.forms.lists)
        key = (field.to, str(value))
        if key not in self._titles:
            self._titles[key] = self._workspace.lookups.title(*key)
        return self._titles[key]

    def of_row(self, child: Register, row: Row) -> str:
        texts = (self.of(field, row) for field in child.fields)
        return " · ".join(text for text in texts if text)


def _in_order(register: Register) -> Iterator[tuple[Field, bool]]:
    """(field, says who somebody is); what the program works out itself is left out."""
    said = register.look_alike
    names = (said.name, said.birth, *said.papers, *reversed(said.places), *said.same)
    first = [register.field(name) for name in dict.fromkeys(names) if name]
    left_out = {*PERSON_FIELDS[1:], said.merged_into, *(field.name for field in first)}
    for field in first:
        yield field, True
    for field in register.fields:
        if field.name not in left_out and not field.computed:
            yield field, False


def _field_line(
    words: _Words,
    field: Field,
    left: StoredRecord,
    right: StoredRecord,
    hidden: bool,
    telling: bool,
) -> Line | None:
    mine, other = words.of(field, left.values), words.of(field, right.values)
    if hidden:
        other = restricted_words()
        return (
            Line(field.name, field.label, mine, other, Difference.HIDDEN, telling) if mine else None
        )
    if not mine and not other:
        return None
    how = difference(mine, other)
    if how is Difference.OTHER and _columns(field, left) == _columns(field, right):
        how = Difference.SAME  # two records may have one title
    return Line(field.name, field.label, mine, other, how, telling)


def _columns(field: Field, record: StoredRecord) -> list[Stored]:
    return [record.values.get(name) for name in field.columns]


def difference(left: str, right: str) -> Difference:
    """How two texts differ, of which one at least is filled in."""
    if left == right:
        return Difference.SAME
    if not right:
        return Difference.LEFT
    if not left:
        return Difference.RIGHT
    return Difference.MARKS if fold(left) == fold(right) else Difference.OTHER


def _child_lines(
    words: _Words, child: Register, left: StoredRecord, right: StoredRecord, hidden: bool
) -> Iterator[Line]:
    rows = [(words.of_row(child, row), row) for row in left.children.get(child.name, [])]
    others = [(words.of_row(child, row), row) for row in right.children.get(child.name, [])]
    if hidden:
        for text, row in rows:
            told = restricted_words()
            yield Line(
                child.name, child.title, text, told, Difference.HIDDEN, row_id=str(row["id"])
            )
        return
    waiting = list(others)
    for text, row in rows:
        twin = next((one for one in waiting if one[0] == text), None)
        if twin is not None:
            waiting.remove(twin)
            id = str(twin[1]["id"])
            yield Line(child.name, child.title, text, text, Difference.SAME, row_id=id)
        else:
            id = str(row["id"])
            yield Line(child.name, child.title, text, "", Difference.LEFT, row_id=id)
    for text, row in waiting:
        yield Line(child.name, child.title, "", text, Difference.RIGHT, row_id=str(row["id"]))
