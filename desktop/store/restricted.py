"""Which records belong to a restricted group, themselves or through the record they are about.

`Register.restricted_if` says it of a client; a case, a service or a plan of such a client is
restricted with them, however many references lie between.
"""

from __future__ import annotations

from collections.abc import Collection

from desktop.schema.definition import FieldType, Forms, Register
from desktop.store.driver import Connection, placeholders, quoted

_DEEPEST = 4  # plan → case → client
_CHUNK = 500


def condition(forms: Forms, register: Register, alias: str = "t") -> str:
    """SQL that is true where a record is restricted, "" if none can be; `alias` is the register's,
    whose columns a bare name must mean."""
    return _condition(forms, register, alias, frozenset({register.name}))


def _condition(forms: Forms, register: Register, alias: str, above: frozenset[str]) -> str:
    parts = [f"({register.restricted_if})"] if register.restricted_if else []
    if len(above) <= _DEEPEST:
        for one in register.fields:
            if one.type is not FieldType.REFERENCE or one.to in above:
                continue
            there = f"r{len(above)}"
            inner = _condition(forms, forms.registers[one.to], there, above | {one.to})
            if inner:
                parts.append(
                    f"EXISTS (SELECT 1 FROM main.{quoted(one.to)} AS {there} "
                    f"WHERE {there}.id = {alias}.{quoted(one.name)} AND ({inner}))"
                )
    return " OR ".join(parts)


def restricted_ids(
    connection: Connection, forms: Forms, register: str, ids: Collection[str] | None = None
) -> set[str]:
    """Those of `ids` (None: of all records) that are restricted."""
    test = condition(forms, forms.registers[register])
    if not test:
        return set()
    sql = f"SELECT t.id FROM main.{quoted(register)} AS t WHERE ({test})"
    if ids is None:
        return {row[0] for row in connection.execute(sql).fetchall()}
    found: set[str] = set()
    listed = list(ids)
    for start in range(0, len(listed), _CHUNK):
        part = listed[start : start + _CHUNK]
        rows = connection.execute(f"{sql} AND t.id IN ({placeholders(part)})", part)
        found.update(row[0] for row in rows.fetchall())
    return found
