"""From a broken rule at a row to a `Finding`: its message, and the values it was decided on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    children: Mapping[str, Iterable[Row]] = field(default_factory=dict)

    def rows(self, register: str, top: str) -> list[Row]:
        """The record's rows of a register of its family."""
        return [self.values] if register == top else list(self.children.get(register, ()))

    def row(self, register: str, top: str, row_id: str) -> Row:
        """One of them."""
        if register == top:
            return self.values
        return next(row for row in self.children[register] if row["id"] == row_id)


class Teller:
    """Makes findings of broken rules of one set of definitions."""

    def __init__(self, connection: Connection, forms: Forms) -> None:
        self._connection = connection
        self._forms = forms
        self._types: dict[str, dict[str, str]] = {}

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

    def stored(self, register: str, id: str) -> RecordRows:
        """A stored record and its child rows. Raises KeyError if it is not there."""
        found = self._rows(register, "id", id)
        if not found:
            raise KeyError(id)
        children = {
            child.name: self._rows(child.name, register, id)
            for child in self._forms.children(register)
        }
        return RecordRows(id, found[0], children)

    def _rows(self, register: str, column: str, value: str) -> list[Row]:
        columns = list(self._column_types(register))
        listed = ", ".join(map(quoted, columns))
        found = self._connection.execute(
            f"SELECT {listed} FROM main.{quoted(register)} WHERE {quoted(column)} = ?", (value,)
        )
        return [dict(zip(columns, row, strict=True)) for row in found]

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
        read_row: dict[str, list[str]] = {}
        for table, column in rule.reads.row:
            read_row.setdefault(table, []).append(column)
        read_own: dict[str, list[str]] = {}
        for table, column in rule.reads.own:
            read_own.setdefault(table, []).append(column)
        parts = []
        for table, columns in read_row.items():
            rows = [row] if table == rule.register else [record.values]
            parts.append(self._part(table, columns, rows, "row"))
        for table, columns in read_own.items():
            parts.append(self._part(table, columns, record.rows(table, top), "own"))
        return values_digest(parts)

    def _part(
        self, table: str, columns: Iterable[str], rows: Iterable[Row], kind: str
    ) -> tuple[str, list[str], list[Row]]:
        """Field columns only: what the program keeps beside them changes with every save."""
        types = self._column_types(table)
        register = self._forms.registers.get(table)
        fields = set(field_columns(register)) if register else set(types)
        wanted = sorted(fields.intersection(columns))
        told: list[Row] = [{c: _comparable(types[c], row.get(c)) for c in wanted} for row in rows]
        return f"{kind} {table}", wanted, told


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
