"""Records as typed, put where rules can see them: into the staging tables of one connection."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from desktop.store.authorizer import OWN_RECORD
from desktop.store.driver import Connection, Stored, placeholders, quoted
from desktop.store.own_tables import (
    make_own_table,
    own_column_types,
    pseudo_registers,
    staging_name,
)
from desktop.store.rulebook import RuleBook

Row = dict[str, Stored]

NOTHING_UNPARSED: frozenset[tuple[str, str]] = frozenset()


@dataclass(slots=True)
class Candidate:
    """One record as columns, to be asked about; stored or not."""

    id: str
    values: Row
    """Column → value: of the fields (`Field.columns`), and `unit_id`, `origin`, `created_at`,
    `search_key`, `sort_key` as far as known. Columns left out are NULL."""
    children: dict[str, list[Row]] = field(default_factory=dict)
    """Child register → its rows in order; each has its field columns and `id`."""
    unparsed: frozenset[tuple[str, str]] = NOTHING_UNPARSED
    """(register, column) whose text is no value: rules that read one are not asked."""


class OwnRows:
    """The staging tables of one connection, and which record their views show.

    Make it outside a transaction: tables made inside one would vanish with its rollback.
    """

    def __init__(self, connection: Connection, book: RuleBook) -> None:
        self._connection = connection
        self._book = book
        self._record = ""
        connection.create_function(OWN_RECORD, 0, lambda: self._record, deterministic=True)
        forms = book.forms
        self._shapes: dict[str, _Shape] = {}
        for name in (*forms.registers, *pseudo_registers(forms)):
            register = forms.registers.get(name)
            parent = register.parent if register else ""
            types = own_column_types(forms, name)
            read = book.staged_columns.get(name, frozenset())
            # What no expression reads need not be there; `position` is filled in where it is.
            wanted = {"id", parent} | read if name in forms.registers else set(types)
            columns = tuple(column for column in types if column in wanted)
            make_own_table(connection, forms, name, columns)
            self._shapes[name] = _Shape(name, parent, columns)

    def show(self, record_id: str) -> None:
        """Let bare table names mean the rows of this record."""
        self._record = record_id

    def columns(self, register: str) -> tuple[str, ...]:
        """Columns of a staging table."""
        return self._shapes[register].columns

    def stage(self, register: str, candidates: Sequence[Candidate]) -> None:
        """Put the records, and nothing else, into the tables of their family."""
        top, *children = self.clear(register)
        self._connection.executemany(
            top.insert,
            [
                (c.id, *map(c.values.get, top.columns[1:]))
                for c in candidates
            ],
        )  # fmt: skip
        for shape in children:
            rows = [
                shape.values(candidate.id, position, row)
                for candidate in candidates
                for position, row in enumerate(candidate.children.get(shape.name, ()))
            ]
            if rows:
                self._connection.executemany(shape.insert, rows)

    def stage_rows(self, pseudo: str, rows: Iterable[Mapping[str, Stored]]) -> None:
        """Put rows of a pseudo register into its table; their ids are their numbers from 0."""
        (shape,) = self.clear(pseudo)
        self._connection.executemany(
            shape.insert,
            [
                (str(number), *(row.get(column) for column in shape.columns[1:]))
                for number, row in enumerate(rows)
            ],
        )

    def clear(self, register: str) -> list[_Shape]:
        """Empty the tables of a family; returns their shapes, the parent first."""
        shapes = [self._shapes[name] for name in self._book.family(register)]
        for shape in shapes:
            self._connection.execute(f"DELETE FROM {shape.table}")
        return shapes

    def update(
        self, register: str, columns: tuple[str, ...], rows: Iterable[Sequence[Stored]]
    ) -> None:
        """Set columns of staged rows: each row its values, then its key (`key_of`)."""
        shape = self._shapes[register]
        sets = ", ".join(f"{quoted(column)} = ?" for column in columns)
        key = f"{quoted(shape.parent)} = ? AND id = ?" if shape.parent else "id = ?"
        self._connection.executemany(f"UPDATE {shape.table} SET {sets} WHERE {key}", rows)


class _Shape:
    """A staging table: its name, columns and statements."""

    def __init__(self, name: str, parent: str, columns: tuple[str, ...]) -> None:
        self.name = name
        self.parent = parent
        self.columns = columns
        self._parent_at = columns.index(parent) if parent else -1
        self._position_at = columns.index("position") if "position" in columns else -1
        self.table = staging_name(name)
        self.listed = ", ".join(map(quoted, columns))
        self.insert = f"INSERT INTO {self.table} ({self.listed}) VALUES ({placeholders(columns)})"

    def values(self, parent_id: str, position: int, row: Row) -> list[Stored]:
        """Values of a child row in the order of `columns`."""
        values = list(map(row.get, self.columns))
        values[self._parent_at] = parent_id
        if self._position_at >= 0:
            values[self._position_at] = position
        return values
