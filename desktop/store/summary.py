"""The facts of a record's summary, asked of the stored record in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.store.driver import quoted

if TYPE_CHECKING:
    from desktop.store.driver import Connection, Stored


def values(
    connection: Connection, register: str, id: str, expressions: Sequence[str]
) -> tuple[Stored, ...]:
    """Value of each SQL expression over a stored record; none where there is no such record.

    The connection must know the functions of the rule language.
    """
    if not expressions:
        return ()
    name = quoted(register)
    listed = ", ".join(f"(\n{one}\n)" for one in expressions)
    found = connection.execute(
        f"SELECT {listed} FROM main.{name} AS {name} WHERE {name}.id = ?", (id,)
    ).fetchone()
    return tuple(found) if found is not None else ()
