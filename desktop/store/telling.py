"""From a broken rule at a row to a `Finding`: its message, and the values it was decided on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from string import Formatter

from desktop.base.translate import tr
from desktop.schema.definition import Field, FieldType, Forms, Gate, Level, Register
from desktop.store.driver import Connection, Stored, quoted
from desktop.store.findings import Finding, values_digest
from desktop.store.own_tables import own_column_types
from desktop.store.rulebook import MISSING, PreparedRule
from desktop.store.settling import as_stored
from desktop.store.tables import field_columns
from desktop.store.titles import Titles, shown_value

Row = Mapping[str, Stored]


@dataclass(slots=True)
class RecordRows:
    """The rows of one record, as the rules read them."""

    id: str
    values: Row
    children: Mapping[str, Sequence[Row]] = field(default_factory=dict)

    def rows(self, register: str, top: str) -> Sequence[Row]:
        """The record's rows of a register of its family."""
        return [self.values] if register == top else self.children.get(register, ())

    def row(self, register: str, top: str, row_id: str) -> Row:
        """One of them."""
        if register == top:
            return self.values
        return next(row for row in self.children[register] if row["id"] == row_id)


@dataclass(frozen=True, slots=True)
class _Part:
    """What a rule reads of one table: of its row (or that row's record), or of all own rows."""

    name: str
    table: str
    of_row: bool
    columns: tuple[tuple[str, str], ...]
    """Names and types, of fields only: what the program keeps beside them changes by itself."""


class Teller:
    """Makes findings of broken rules of one set of definitions."""

    def __init__(self, connection: Connection, forms: Forms) -> None:
        self._connection = connection
        self._forms = forms
        self._types: dict[str, dict[str, str]] = {}
        self._selects: dict[tuple[str, str], str] = {}
        self._parts: dict[int, tuple[PreparedRule, list[_Part]]] = {}

    def tell(
        self, rule: PreparedRule, gate: Gate, top: str, record: RecordRows, row_id: str
    ) -> Finding:
        """The finding of one rule at one row."""
        row = record.row(rule.register, top, row_id)
        return Finding(
            rule=rule.number,
            level=rule.level.get(gate, Level.ERROR),
            register=top,
            record_id=record.id,
            row_register=rule.register,
            row_id=row_id,
            fields=rule.fields,
            message=self._message(rule, top, record, row),
            values_digest=self._digest(rule, top, record, row),
            legal=rule.legal,
        )

    def stored(self, register: str, id: str, children: Iterable[str]) -> RecordRows:
        """A stored record and its rows of these child registers. Raises KeyError without it."""
        found = self._rows(register, "id", id)
        if not found:
            raise KeyError(id)
        rows = {child: self._rows(child, register, id) for child in children}
        return RecordRows(id, found[0], rows)

    def _rows(self, register: str, column: str, value: str) -> list[Row]:
        columns = self._column_types(register)
        select = self._selects.get((register, column))
        if select is None:
            listed = ", ".join(map(quoted, columns))
            select = f"SELECT {listed} FROM main.{quoted(register)} WHERE {quoted(column)} = ?"
            self._selects[register, column] = select
        found = self._connection.execute(select, (value,)).fetchall()
        return [dict(zip(columns, row, strict=True)) for row in found]

    def children_read(self, rule: PreparedRule, top: str) -> set[str]:
        """Child registers whose rows `tell` will want."""
        tables = {table for table, _ in rule.reads.own} | {rule.register}
        return tables - {top}

    def _column_types(self, register: str) -> dict[str, str]:
        types = self._types.get(register)
        if types is None:
            types = self._types[register] = own_column_types(self._forms, register)
        return types

    def _message(self, rule: PreparedRule, top: str, record: RecordRows, row: Row) -> str:
        register = self._forms.registers.get(rule.register)
        if register is None:
            plain = {name: _plain(row.get(name)) for name in _names(rule.message)}
            return rule.message.format_map(plain)
        if rule.number == MISSING:
            return _missing_message(register.field(rule.fields[0]))
        shown = {
            name: self._shown(name, ((register, row), (self._forms.registers[top], record.values)))
            for name in _names(rule.message)
        }
        return rule.message.format_map(shown)

    def _shown(self, name: str, rows: Iterable[tuple[Register, Row]]) -> str:
        """A field, or a column of one, as on screen: of the row, else of the record."""
        for register, row in rows:
            for one in register.fields:
                if one.name == name:
                    return self._shown_field(one, row) or tr("(empty)")
                if name in one.columns:
                    return _plain(row.get(name))
        return "{" + name + "}"

    def _shown_field(self, one: Field, row: Row) -> str:
        known = {column: row.get(column) for column in one.columns}
        value = known[one.columns[0]]
        if one.type is FieldType.REFERENCE and value is not None:
            titles = Titles(self._connection, self._forms).of(one.to, [str(value)])
            return titles[str(value)].title if str(value) in titles else ""
        return shown_value(self._forms, one, known)

    def _digest(self, rule: PreparedRule, top: str, record: RecordRows, row: Row) -> str:
        read = []
        for part in self._parts_of(rule):
            rows: Sequence[Row]
            if part.of_row:
                rows = [row] if part.table == rule.register else [record.values]
            else:
                rows = record.rows(part.table, top)
            told: list[Row] = [
                {name: _comparable(type, row.get(name)) for name, type in part.columns}
                for row in rows
            ]
            read.append((part.name, [name for name, _ in part.columns], told))
        return values_digest(read)

    def _parts_of(self, rule: PreparedRule) -> list[_Part]:
        known = self._parts.get(id(rule))
        if known is None or known[0] is not rule:
            parts = [*self._part(rule.reads.row, True), *self._part(rule.reads.own, False)]
            known = self._parts[id(rule)] = (rule, parts)
        return known[1]

    def _part(self, reads: Iterable[tuple[str, str]], of_row: bool) -> Iterator[_Part]:
        read: dict[str, set[str]] = {}
        for table, column in reads:
            read.setdefault(table, set()).add(column)
        for table, columns in sorted(read.items()):
            types = self._column_types(table)
            register = self._forms.registers.get(table)
            fields = field_columns(register) if register else tuple(types)
            named = tuple((name, types[name]) for name in sorted(columns.intersection(fields)))
            yield _Part(f"{'row' if of_row else 'own'} {table}", table, of_row, named)


def _comparable(type: str, value: Stored) -> Stored:
    """The value as its column would hold it, so that 5 typed and 5.0 stored are the same."""
    try:
        return as_stored(type, value)
    except (TypeError, ValueError):
        return value


def _plain(value: Stored) -> str:
    return tr("(empty)") if value is None else str(value)


def _missing_message(one: Field) -> str:
    name = one.label[:1].lower() + one.label[1:] if one.label[1:2].islower() else one.label
    if one.help:
        return tr("Not filled in: {label}. {help}").format(label=name, help=one.help)
    return tr("Not filled in: {label}.").format(label=name)


@lru_cache(maxsize=1024)
def _names(message: str) -> tuple[str, ...]:
    return tuple(name for _, name, _, _ in Formatter().parse(message) if name)
