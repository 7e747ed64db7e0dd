"""Whether records that others refer to are there, asked for many ids at once."""

from __future__ import annotations

import json
from collections.abc import Collection

from desktop.schema.definition import Forms
from desktop.store.driver import Connection, quoted


def standing_ids(
    connection: Connection, forms: Forms, register: str, ids: Collection[str]
) -> set[str]:
    """The ids that are in a register and not deleted; a child row counts with its record."""
    parent = forms.registers[register].parent
    source, deleted = f"main.{quoted(register)} AS t", "t.deleted_at"
    if parent:
        source += f" JOIN main.{quoted(parent)} AS p ON p.id = t.{quoted(parent)}"
        deleted = "p.deleted_at"
    found = connection.execute(
        f"SELECT t.id FROM {source} WHERE {deleted} IS NULL "
        "AND t.id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    return {str(row[0]) for row in found}
