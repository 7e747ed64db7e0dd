"""The SQL behind a register's list: what loads it, what fills its cells, what sorts a column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from desktop.schema.definition import Field, FieldType, Forms, Register
from desktop.store.driver import quoted
from desktop.store.restricted import condition
from desktop.store.tables import sort_order

_DEEPEST = 3  # joins a searched reference is followed: assessment → case → client


@dataclass(frozen=True)
class Cell:
    """One column of a list: where its value comes from."""

    name: str
    """`ListColumn.field`."""
    field: Field | None
    """The field whose value it is; None for a count."""
    register: Register | None
    """The register `field` belongs to."""
    expressions: tuple[str, ...]
    """SQL of the field's columns, or of the count; `t` is the listed register."""
    join: str = ""

    @property
    def refers_to(self) -> str:
        """Register whose records' titles are shown, "" where the value itself is."""
        return self.field.to if self.field is not None else ""


@dataclass(frozen=True)
class ListQueries:
    """Statements for one register; made once and kept."""

    forms: Forms
    register: Register
    cells: tuple[Cell, ...] = field(default=())
    hides: bool = False
    """For who may not see restricted records: they are not there, and not counted."""

    @cached_property
    def order(self) -> list[tuple[str, bool]]:
        """(column, descending) of the list's own order."""
        return sort_order(self.register)

    @cached_property
    def load(self) -> str:
        """(id, searched text) in the list's order; with `{deleted}` to be filled in."""
        return f"{self._searched} WHERE t.deleted_at IS {{deleted}}{self.seen} {self.ordered}"

    @cached_property
    def first(self) -> str:
        """The first ids of `load`, as many as its one parameter says."""
        table = f"main.{quoted(self.register.name)} AS t"
        where = f"WHERE t.deleted_at IS {{deleted}}{self.seen}"
        return f"SELECT t.id FROM {table} {where} {self.ordered} LIMIT ?"

    @cached_property
    def seen(self) -> str:
        """AND what a record must be for this person to find it."""
        return _seen(self.forms, self.register, "t") if self.hides else ""

    @cached_property
    def ordered(self) -> str:
        """ORDER BY the list's own order; `t` is the register."""
        direction = {False: "", True: " DESC"}
        listed = ", ".join(f"t.{quoted(name)}{direction[down]}" for name, down in self.order)
        return f"ORDER BY {listed}"

    @cached_property
    def load_some(self) -> str:
        """(id, searched text, deleted_at, the columns of `order`) of `{marks}` ids."""
        extra = ", ".join(f"t.{quoted(name)}" for name, _ in self.order)
        head, tail = self._searched.split(" FROM ", 1)
        return f"{head}, t.deleted_at, {extra} FROM {tail} WHERE t.id IN ({{marks}}){self.seen}"

    @cached_property
    def sort_values(self) -> str:
        """The columns of `order` of one id."""
        listed = ", ".join(quoted(name) for name, _ in self.order)
        return f"SELECT {listed} FROM main.{quoted(self.register.name)} WHERE id = ?"

    @cached_property
    def _searched(self) -> str:
        text, joins = searched_text(self.forms, self.register)
        return f"SELECT t.id, {text} FROM main.{quoted(self.register.name)} AS t{joins}"

    @cached_property
    def page(self) -> str:
        """(id, deleted_at, every expression of every cell) of `{marks}` ids."""
        found = ["t.id", "t.deleted_at"]
        joins: dict[str, None] = {}
        for cell in self.cells:
            found += cell.expressions
            if cell.join:
                joins[cell.join] = None
        table = f"main.{quoted(self.register.name)}"
        return (
            f"SELECT {', '.join(found)} FROM {table} AS t{''.join(joins)} "
            f"WHERE t.id IN ({{marks}}){self.seen}"
        )

    @cached_property
    def restricted(self) -> str:
        """Ids among `{marks}` that are restricted, themselves or through what they are about; ""
        where none can be."""
        test = condition(self.forms, self.register)
        if not test:
            return ""
        table = f"main.{quoted(self.register.name)}"
        return f"SELECT t.id FROM {table} AS t WHERE t.id IN ({{marks}}) AND ({test})"

    def values_of(self, cell: Cell) -> str:
        """(id, every expression of the cell) of all records."""
        listed = ", ".join(("t.id", *cell.expressions))
        return f"SELECT {listed} FROM main.{quoted(self.register.name)} AS t{cell.join}"

    def values_of_some(self, cell: Cell) -> str:
        """`values_of` of `{marks}` ids."""
        return f"{self.values_of(cell)} WHERE t.id IN ({{marks}})"

    def referring(self, register: str) -> Iterator[str]:
        """Statements for the ids of records whose searched text holds that of `{marks}` ids of
        another register."""
        joins = ""
        for alias, other, join in _searched_joins(self.forms, self.register, "t", 1):
            joins += join
            if other == register:
                table = f"main.{quoted(self.register.name)}"
                yield f"SELECT t.id FROM {table} AS t{joins} WHERE {alias}.id IN ({{marks}})"

    def registers_of(self, cell: Cell) -> frozenset[str]:
        """Other registers that a cell reads: a change there may change it."""
        if cell.field is None:
            counted = self.forms.registers[cell.name[1:]]
            return frozenset({counted.name, counted.parent} - {""})
        read = {cell.refers_to, cell.register.name if cell.join and cell.register else ""}
        return frozenset(read - {""})


def list_queries(
    forms: Forms, register: str, columns: Sequence[str] | None = None, *, hides: bool = False
) -> ListQueries:
    """The statements of a register's list; `columns` instead of those of its definition. Raises
    KeyError for a column that leads nowhere."""
    defined = forms.registers[register]
    if columns is None:
        columns = [column.field for column in defined.columns]
    cells = tuple(cell_of(forms, defined, column, hides=hides) for column in columns)
    return ListQueries(forms, defined, cells, hides)


def cell_of(forms: Forms, register: Register, name: str, *, hides: bool = False) -> Cell:
    """What a column's name means: a field, `REF.FIELD`, or `#REGISTER` counted. Raises KeyError."""
    if name.startswith("#"):
        return Cell(name, None, None, (_count(forms, register, name[1:], hides=hides),))
    head, _, rest = name.partition(".")
    own = register.field(head)
    if not rest:
        return Cell(name, own, register, _columns("t", own))
    other = forms.registers[own.to]
    alias = quoted(f"of {head}")
    join = f" LEFT JOIN main.{quoted(other.name)} AS {alias} ON {alias}.id = t.{quoted(head)}"
    found = other.field(rest)
    return Cell(name, found, other, _columns(alias, found), join)


def _columns(alias: str, found: Field) -> tuple[str, ...]:
    return tuple(f"{alias}.{quoted(column)}" for column in found.columns)


def _count(forms: Forms, register: Register, name: str, *, hides: bool) -> str:
    other = forms.registers[name]
    if other.parent == register.name:
        own = f"c.{quoted(register.name)} = t.id"
        return f"(SELECT count(*) FROM main.{quoted(name)} AS c WHERE {own})"
    for one in other.fields:
        if one.type is FieldType.REFERENCE and one.to == register.name:
            return _count_referring(forms, other, one, hides=hides)
    raise KeyError(f"{name} does not refer to {register.name}")


def _count_referring(forms: Forms, other: Register, reference: Field, *, hides: bool) -> str:
    column = f"c.{quoted(reference.name)}"
    if other.parent:
        # Rows of deleted records do not count, nor do two rows of one record count twice.
        seen = _seen(forms, forms.registers[other.parent], "p") if hides else ""
        return (
            f"(SELECT count(DISTINCT p.id) FROM main.{quoted(other.name)} AS c "
            f"JOIN main.{quoted(other.parent)} AS p ON p.id = c.{quoted(other.parent)} "
            f"WHERE {column} = t.id AND p.deleted_at IS NULL{seen})"
        )
    seen = _seen(forms, other, "c") if hides else ""
    return (
        f"(SELECT count(*) FROM main.{quoted(other.name)} AS c "
        f"WHERE {column} = t.id AND c.deleted_at IS NULL{seen})"
    )


def _seen(forms: Forms, register: Register, alias: str) -> str:
    """AND that a record is not restricted. Asked in a query of its own, where the bare names of
    `restricted_if` can mean nothing else."""
    hidden = condition(forms, register, "s")
    if not hidden:
        return ""
    table = f"main.{quoted(register.name)}"
    return f" AND NOT EXISTS (SELECT 1 FROM {table} AS s WHERE s.id = {alias}.id AND ({hidden}))"


def searched_text(forms: Forms, register: Register) -> tuple[str, str]:
    """(SQL of what the search box looks in, the LEFT JOINs it needs); `t` is the register.

    A searched reference counts with the text of its record, as it is now.
    """
    found = list(_searched_joins(forms, register, "t", 1))
    texts = ["t.search_key", *(f"coalesce({alias}.search_key, '')" for alias, _, _ in found)]
    return " || ' ' || ".join(texts), "".join(join for _, _, join in found)


def _searched_joins(
    forms: Forms, register: Register, alias: str, depth: int
) -> Iterator[tuple[str, str, str]]:
    """(alias, register, LEFT JOIN) of every record whose search text counts as this record's."""
    if depth > _DEEPEST:
        return
    for number, name in enumerate(register.search):
        own = next((one for one in register.fields if one.name == name), None)
        if own is None or own.type is not FieldType.REFERENCE:
            continue
        other = forms.registers[own.to]
        if other.parent:
            continue
        inner = f"{alias}{number}"
        table = f"main.{quoted(other.name)}"
        yield (
            inner,
            other.name,
            f" LEFT JOIN {table} AS {inner} ON {inner}.id = {alias}.{quoted(name)}",
        )
        yield from _searched_joins(forms, other, inner, depth + 1)
