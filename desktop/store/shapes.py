"""What storing a register's records needs, worked out once per register: columns and statements."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from desktop.schema.definition import Forms, Register
from desktop.schema.names import TOP_COLUMNS
from desktop.store.driver import Stored, quoted
from desktop.store.tables import field_columns

RECORD_COLUMNS = tuple(name for name in TOP_COLUMNS if name not in ("search_key", "sort_key"))
"""Common columns a `StoredRecord` carries, in the order they are selected."""


@dataclass(frozen=True)
class ChildShape:
    """Statements for the rows of one child register."""

    register: Register
    columns: tuple[str, ...]

    @cached_property
    def name(self) -> str:
        return self.register.name

    @cached_property
    def blank(self) -> dict[str, Stored]:
        """A row of which nothing is filled in: `id` and `columns`."""
        return dict.fromkeys(("id", *self.columns))

    @cached_property
    def select(self) -> str:
        """Rows of one parent: id, then `columns`."""
        return f"{self._selected} WHERE {quoted(self.register.parent)} = ? ORDER BY position, id"

    @cached_property
    def insert(self) -> str:
        """id, parent, position, then `columns`."""
        names = ("id", self.register.parent, "position", *self.columns)
        return _insert(self.name, names)

    @cached_property
    def _selected(self) -> str:
        return f"SELECT {_listed(('id', *self.columns))} FROM main.{quoted(self.name)}"


@dataclass(frozen=True)
class Shape:
    """Statements for the records of one top-level register."""

    forms: Forms
    register: Register
    columns: tuple[str, ...]
    children: tuple[ChildShape, ...]

    @property
    def name(self) -> str:
        return self.register.name

    @cached_property
    def blank(self) -> dict[str, Stored]:
        """`columns` of which nothing is filled in."""
        return dict.fromkeys(self.columns)

    @cached_property
    def select(self) -> str:
        """One record: RECORD_COLUMNS, then `columns`."""
        listed = _listed((*RECORD_COLUMNS, *self.columns))
        return f"SELECT {listed} FROM main.{quoted(self.name)} WHERE id = ?"

    @cached_property
    def insert(self) -> str:
        """TOP_COLUMNS, then `columns`."""
        return _insert(self.name, (*TOP_COLUMNS, *self.columns))


_known: tuple[Forms, dict[str, Shape]] | None = None


def shape_of(forms: Forms, register: str) -> Shape:
    """The shape of a top-level register. Raises KeyError for an unknown one, ValueError for a
    child register: its rows are stored with their parent."""
    global _known  # noqa: PLW0603 - one set of definitions is in use at a time
    known = _known
    if known is None or known[0] is not forms:
        known = _known = (forms, {})
    shape = known[1].get(register)
    if shape is None:
        shape = known[1][register] = _shape(forms, forms.registers[register])
    return shape


def _shape(forms: Forms, register: Register) -> Shape:
    if register.parent:
        raise ValueError(f"{register.name} is a child of {register.parent}")
    children = tuple(
        ChildShape(child, field_columns(child)) for child in forms.children(register.name)
    )
    return Shape(forms, register, field_columns(register), children)


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(quoted(name) for name in names)


def _insert(table: str, names: tuple[str, ...]) -> str:
    marks = ", ".join("?" * len(names))
    return f"INSERT INTO main.{quoted(table)} ({_listed(names)}) VALUES ({marks})"
