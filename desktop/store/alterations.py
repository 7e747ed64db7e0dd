"""Bring the tables of an existing database up to newer definitions, keeping every value.

Only what a definition adds or renames is applied; columns it no longer names stay where they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from desktop.base.errors import DefinitionError, Problem
from desktop.base.translate import tr
from desktop.schema.definition import FieldType, Forms, Register
from desktop.store.driver import Connection, OperationalError, quoted, sqlite_utils_database
from desktop.store.tables import (
    check_clauses,
    column_definitions,
    column_types,
    index_statements,
    table_statement,
)


@dataclass
class _Found:
    """A register's table as it is in the database."""

    columns: dict[str, str]
    """Name → type."""
    refers: dict[str, str]
    """Column → table."""
    checks: dict[str, str]
    """Rule number → expression."""


@dataclass
class Plan:
    """What has to happen; all lists empty: nothing."""

    statements: list[str] = field(default_factory=list)
    """Renamed and added columns, new tables, in the order to run."""
    rebuild: list[Register] = field(default_factory=list)
    """Tables whose CHECKs or references changed: made anew and filled from the old."""
    drop_indices: list[str] = field(default_factory=list)
    make_indices: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.statements or self.rebuild or self.drop_indices or self.make_indices)


def plan(connection: Connection, forms: Forms) -> Plan:
    """What the tables lack. Raises DefinitionError where a column's type would change."""
    found = _read_tables(connection)
    result = Plan()
    problems: list[Problem] = []
    for register in forms.registers.values():
        checks = check_clauses(forms, register)
        table = found.get(register.name)
        if table is None:
            result.statements.append(table_statement(register, checks))
            continue
        _plan_columns(register, table, result)
        problems += _changed_types(register, table)
        if checks != table.checks or _references(register) != _of_fields(register, table):
            result.rebuild.append(register)
    if problems:
        raise DefinitionError(problems)
    _plan_indices(connection, forms, result)
    return result


def apply(connection: Connection, forms: Forms, what: Plan) -> None:
    """Carry out the plan, inside a transaction with foreign keys off.

    Raises DefinitionError if a row would refer to a record that does not exist.
    """
    for name in what.drop_indices:
        connection.execute(f"DROP INDEX {quoted(name)}")
    for statement in what.statements:
        connection.execute(statement)
    for register in what.rebuild:
        _rebuild(connection, forms, register)
    for statement in what.make_indices:
        connection.execute(statement)
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if broken:
        text = tr("Rows of “{table}” refer to records that “{to}” does not have.")
        text = text.format(table=broken[0], to=broken[2])
        raise DefinitionError([Problem(str(broken[0]), "bad-reference", text)])


def _read_tables(connection: Connection) -> dict[str, _Found]:
    database = sqlite_utils_database(connection)
    found = {}
    for name in database.table_names():
        table = database.table(name)
        found[name] = _Found(
            columns={column.name: column.type for column in table.columns},
            refers={str(key.column): key.other_table for key in table.foreign_keys},
            checks=dict(_checks_in(table.schema)),
        )
    return found


def _checks_in(statement: str) -> Iterator[tuple[str, str]]:
    """(rule number, expression) of the CHECKs `table_statement` wrote, one on each line."""
    for line in statement.splitlines():
        if line.startswith("  CONSTRAINT "):
            _, number, rest = line.strip().rstrip(",").split(" ", 2)
            yield number.strip('"'), rest.removeprefix("CHECK (").removesuffix(")")


def _plan_columns(register: Register, table: _Found, result: Plan) -> None:
    """Renames first, so that a renamed field is not added empty; updates `table` to match."""
    name = quoted(register.name)
    definitions = column_definitions(register)
    for old, new in _renames(register):
        if old in table.columns and new not in table.columns:
            result.statements.append(
                f"ALTER TABLE {name} RENAME COLUMN {quoted(old)} TO {quoted(new)}"
            )
            table.columns = {new if c == old else c: t for c, t in table.columns.items()}
            table.refers = {new if c == old else c: t for c, t in table.refers.items()}
    for column, said in definitions.items():
        if column not in table.columns:
            result.statements.append(f"ALTER TABLE {name} ADD COLUMN {quoted(column)} {said}")
            table.columns[column] = said.split()[0]
            owner = register.field_of_column(column)
            if owner and owner.to:
                table.refers[column] = owner.to


def _renames(register: Register) -> Iterator[tuple[str, str]]:
    """(old column, new column), every part of a partial date."""
    for old, new in register.renamed:
        owner = next((one for one in register.fields if one.name == new), None)
        if owner:
            for column in owner.columns:
                yield old + column.removeprefix(new), column


def _changed_types(register: Register, table: _Found) -> Iterator[Problem]:
    for column, wanted in column_types(register).items():
        if table.columns[column] != wanted:
            text = tr(
                "The field keeps {wanted} now, and this office's data holds {found}. "
                "Give the changed field a new name."
            ).format(wanted=wanted, found=table.columns[column])
            yield Problem(f"{register.place or register.name}, {column}", "changed-type", text)


def _references(register: Register) -> dict[str, str]:
    kept = {one.name: one.to for one in register.fields if one.type is FieldType.REFERENCE}
    return kept | ({register.parent: register.parent} if register.parent else {})


def _of_fields(register: Register, table: _Found) -> dict[str, str]:
    """The references of the table without those of columns that no field owns any more."""
    known = column_definitions(register)
    return {column: to for column, to in table.refers.items() if column in known}


def _plan_indices(connection: Connection, forms: Forms, result: Plan) -> None:
    rows = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    )
    existing = {str(name): str(sql) for name, sql in rows if "__" in name}
    wanted: dict[str, str] = {}
    rebuilt: set[str] = set()
    for register in forms.registers.values():
        indices = index_statements(register)
        wanted |= indices
        if register in result.rebuild:
            rebuilt |= indices.keys()  # dropped together with the old table
    result.drop_indices += [name for name, sql in existing.items() if wanted.get(name) != sql]
    result.make_indices += [
        sql for name, sql in wanted.items() if existing.get(name) != sql or name in rebuilt
    ]


def _rebuild(connection: Connection, forms: Forms, register: Register) -> None:
    columns = _read_tables(connection)[register.name].columns
    known = column_definitions(register)
    extra = {name: kind for name, kind in columns.items() if name not in known}
    checks = {
        number: check
        for number, check in check_clauses(forms, register).items()
        if not _is_broken(connection, register.name, check)
    }
    aside = quoted(f"{register.name}__old")
    table = quoted(register.name)
    # Other tables, and the expressions of this one, go on naming it as before.
    connection.execute("PRAGMA legacy_alter_table = ON")
    connection.execute(f"ALTER TABLE {table} RENAME TO {aside}")
    connection.execute("PRAGMA legacy_alter_table = OFF")
    connection.execute(table_statement(register, checks, extra=extra))
    listed = ", ".join(quoted(name) for name in columns)
    connection.execute(f"INSERT INTO {table} ({listed}) SELECT {listed} FROM {aside}")
    connection.execute(f"DROP TABLE {aside}")


def _is_broken(connection: Connection, table: str, check: str) -> bool:
    """True if rows stand against it: old rows never keep an office from opening its data."""
    try:
        found = connection.execute(f"SELECT 1 FROM {quoted(table)} WHERE NOT ({check}) LIMIT 1")
        return found.fetchone() is not None
    except OperationalError:
        return True
