"""Let SQLite compile each expression alone, over empty tables in memory, and ask what it reads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from desktop.base.clock import SystemClock
from desktop.base.errors import Problem
from desktop.base.translate import tr
from desktop.schema.definition import FieldType, Forms, Register
from desktop.store.authorizer import OWN_RECORD, UNSTEADY_COLUMNS, Authorizer, Reads, frozen
from desktop.store.driver import (
    Connection,
    DriverError,
    IntegrityError,
    Stored,
    connect,
    placeholders,
    quoted,
)
from desktop.store.expressions import Expression, Purpose, expressions, text_problem
from desktop.store.functions import RuleContext, register_functions
from desktop.store.own_tables import (
    make_own_table,
    own_column_types,
    own_names,
    pseudo_registers,
    row_source,
    staging_name,
)
from desktop.store.tables import OWN_TABLES, check_clauses, table_statement

READABLE_TABLES = frozenset({"code"})
"""Tables beside the registers that expressions may read."""

_OF_STORED = (Purpose.ONLY, Purpose.SUMMARY)
"""What is asked of stored records, not of one as it is typed."""

Found = dict[Expression, Reads]


def prepare_expressions(forms: Forms, *, try_rows: bool) -> tuple[Found, list[Problem]]:
    """What each expression reads, and what is wrong with those that are left out."""
    found: Found = {}
    with closing(connect(":memory:", None)) as connection:
        connection.create_function(OWN_RECORD, 0, lambda: "x", deterministic=True)
        problems = list(_make_tables(connection, forms))
        if try_rows:
            problems += _fill_tables(connection, forms)
        register_functions(connection, RuleContext(SystemClock()))
        tables = {*forms.registers, *READABLE_TABLES}
        authorizer = Authorizer(tables, own_names(forms), protect=True)
        connection.set_authorizer(authorizer)
        bench = _Bench(forms, connection, authorizer)
        for expression in expressions(forms):
            told = bench.prepare(expression)
            if isinstance(told, Problem):
                problems.append(told)
            else:
                found[expression] = told
    return found, problems


def _make_tables(connection: Connection, forms: Forms) -> Iterator[Problem]:
    for statement in OWN_TABLES:
        connection.execute(statement)
    for register in forms.registers.values():
        parent = forms.registers.get(register.parent)
        if parent is not None and parent.parent:
            text = tr("“{name}” is a child of a child; rules know only records and their rows.")
            yield Problem(register.place, "nested-child", text.format(name=register.name))
        try:
            connection.execute(table_statement(register, check_clauses(forms, register)))
        except DriverError as error:
            text = tr("The table cannot be made: {error}").format(error=error)
            yield Problem(register.place or register.name, "bad-table", text)
            connection.execute(table_statement(register, {}))
    for name in (*forms.registers, *pseudo_registers(forms)):
        make_own_table(connection, forms, name)


def _fill_tables(connection: Connection, forms: Forms) -> Iterator[Problem]:
    """A row in every table. CHECKs with an unknown function fail only now."""
    connection.execute("PRAGMA foreign_keys = OFF")
    for name in (*forms.registers, *pseudo_registers(forms)):
        row = _sample_row(forms, name)
        marks = placeholders(list(row))
        names = ", ".join(map(quoted, row))
        staged = f"INSERT INTO {staging_name(name)} ({names}) VALUES ({marks})"
        connection.execute(staged, list(row.values()))
        register = forms.registers.get(name)
        if register is None:
            continue
        try:
            connection.execute(
                f"INSERT INTO main.{quoted(name)} ({names}) VALUES ({marks})", list(row.values())
            )
        except IntegrityError:
            continue  # the made-up row breaks an invariant, which shows that it works
        except DriverError as error:
            text = tr("No row can be stored: {error}").format(error=error)
            yield Problem(register.place or register.name, "bad-table", text)


_SAMPLES: dict[FieldType, Stored] = {
    FieldType.INTEGER: 1,
    FieldType.MONEY: 1,
    FieldType.YES_NO: 1,
    FieldType.DECIMAL: 1.5,
    FieldType.DATE: "2024-02-29",
    FieldType.DATETIME: "2024-02-29T08:30",
    FieldType.CHOICES: '["A"]',
    FieldType.REFERENCE: "x",
}


def _sample_row(forms: Forms, name: str) -> dict[str, Stored]:
    types = own_column_types(forms, name)
    row: dict[str, Stored] = {n: 1 if types[n] == "INTEGER" else "x" for n in types}
    register = forms.registers.get(name)
    for field in register.fields if register else ():
        if field.type is FieldType.PARTIAL_DATE:
            row.update(zip(field.columns, (1990, 2, 28), strict=True))
        else:
            row[field.name] = _SAMPLES.get(field.type, "x")
    return row


class _Bench:
    """Compiles expressions one by one."""

    def __init__(self, forms: Forms, connection: Connection, authorizer: Authorizer) -> None:
        self._forms = forms
        self._connection = connection
        self._authorizer = authorizer
        self._sources = {name: row_source(forms, name) for name in own_names(forms)}
        self._families = {
            register.name: _family(forms, register) for register in forms.registers.values()
        }

    def prepare(self, expression: Expression) -> Reads | Problem:
        """What it reads, or what is wrong with it."""
        wrong = text_problem(expression.sql)
        if wrong is not None:
            return Problem(expression.place, *wrong)
        source = self._sources.get(expression.register)
        if source is None:
            text = tr("There is no register “{name}”.").format(name=expression.register)
            return Problem(expression.place, "unknown-register", text)
        if expression.purpose in _OF_STORED:
            name = quoted(expression.register)
            source = f"main.{name} AS {name}"
        return self._compile(expression, source)

    def _compile(self, expression: Expression, source: str) -> Reads | Problem:
        with self._authorizer.watching() as seen:
            try:
                cursor = self._connection.execute(f"SELECT (\n{expression.sql}\n) FROM {source}")
                columns = len(cursor.description)
                cursor.fetchall()
            except Exception as error:  # whatever SQLite or its driver says
                reason = "; ".join(seen.refused) or str(error)
                code = "forbidden-sql" if seen.refused else "bad-sql"
                text = tr("The expression cannot be used: {reason}").format(reason=reason)
                return Problem(expression.place, code, text)
        reads = frozen(seen)
        if columns != 1:
            text = tr("The expression gives {count} values instead of one.").format(count=columns)
            return Problem(expression.place, "not-an-expression", text)
        return self._strangers(expression, reads) or reads

    def _strangers(self, expression: Expression, reads: Reads) -> Problem | None:
        """Own rows of another record do not exist: such a name was meant as `main.x`."""
        family = self._families.get(expression.register, frozenset({expression.register}))
        if expression.purpose is Purpose.SUMMARY:
            family = frozenset()
        strange = sorted({table for table, _ in reads.own} - family)
        if strange:
            text = tr("“{name}” is not part of this record; write main.{name} for the register.")
            told = text.format(name=strange[0])
            return Problem(expression.place, "foreign-own-rows", told)
        unsteady = sorted({column for _, column in reads.record} & UNSTEADY_COLUMNS)
        if unsteady:
            text = tr("“{name}” is not known yet while a record is typed; rules may not read it.")
            return Problem(expression.place, "unsteady-column", text.format(name=unsteady[0]))
        return None


def _family(forms: Forms, register: Register) -> frozenset[str]:
    top = register.parent or register.name
    return frozenset([top, *(child.name for child in forms.children(top))])
