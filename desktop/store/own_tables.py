"""The temporary tables that hold records as typed, so that rules see them by their bare names.

For a register `client` there is a staging table `~client`, which holds a whole batch, and a view
`client` over it, narrowed to one record at a time. A rule's own row comes from the staging
table under the register's name; a bare table name inside a sub-query finds the view: SQLite looks
into temp before main. Other SQL on such a connection therefore has to say `main.client`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from desktop.schema.definition import Forms
from desktop.schema.names import PSEUDO_REGISTERS
from desktop.store.authorizer import OWN_RECORD, STAGED
from desktop.store.driver import Connection, quoted
from desktop.store.tables import column_types

# A figure may be text ("…"), a count or a ratio: no type of its own.
_PSEUDO_TYPE = "ANY"


def own_names(forms: Forms) -> frozenset[str]:
    """Bare table names an expression may use: registers and what only the close gate knows."""
    return frozenset([*forms.registers, *pseudo_registers(forms)])


def pseudo_registers(forms: Forms) -> dict[str, tuple[str, ...]]:
    """Columns of the registers that only rules know, by name; a real register goes before."""
    return {
        name: ("id", *columns)
        for name, columns in PSEUDO_REGISTERS.items()
        if name not in forms.registers and columns
    }


def staging_name(register: str) -> str:
    """Quoted name of the staging table of a register."""
    return f"temp.{quoted(STAGED + register)}"


def own_column_types(forms: Forms, register: str) -> dict[str, str]:
    """Columns of a register's own rows with the types of its table."""
    if register in forms.registers:
        return column_types(forms.registers[register])
    return dict.fromkeys(pseudo_registers(forms)[register], _PSEUDO_TYPE)


def make_own_table(
    connection: Connection, forms: Forms, register: str, columns: Iterable[str] | None = None
) -> None:
    """Make the staging table and the view of one register; `columns`: not all but these.

    Types are the register's own, so that a value compares as it will once stored; NOT NULL and
    CHECK are left out, because what is typed may be incomplete.
    """
    types: Mapping[str, str] = own_column_types(forms, register)
    names = list(types) if columns is None else [name for name in types if name in set(columns)]
    found = forms.registers.get(register)
    parent = found.parent if found else ""
    # Rows of one record lie together, and the key is the table: nothing else to keep up.
    key = f"{quoted(parent)}, id" if parent else "id"
    body = ", ".join(f"{quoted(name)} {types[name]}" for name in names)
    table = quoted(STAGED + register)
    connection.execute(
        f"CREATE TEMP TABLE {table} ({body}, PRIMARY KEY ({key})) STRICT, WITHOUT ROWID"
    )
    narrowed = ""
    if found:
        narrowed = f" WHERE {quoted(parent or 'id')} = {OWN_RECORD}()"
    connection.execute(
        f"CREATE TEMP VIEW {quoted(register)} AS SELECT * FROM temp.{table}{narrowed}"
    )


def row_source(forms: Forms, register: str) -> str:
    """FROM clause over the batch: the register's rows under its name, a child's with its parent."""
    return _source(forms, register, "temp", STAGED)


def stored_source(forms: Forms, register: str) -> str:
    """The same FROM clause over the stored rows."""
    return _source(forms, register, "main", "")


def _source(forms: Forms, register: str, schema: str, prefix: str) -> str:
    name = quoted(register)
    clause = f"{schema}.{quoted(prefix + register)} AS {name}"
    found = forms.registers.get(register)
    if found and found.parent:
        parent = quoted(found.parent)
        clause += (
            f" JOIN {schema}.{quoted(prefix + found.parent)} AS {parent}"
            f" ON {parent}.id = {name}.{parent}"
        )
    return clause
