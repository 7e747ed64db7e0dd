"""What a broken rule is told as: where, what, and which values it was decided on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from desktop.schema.definition import Level
from desktop.store.driver import Stored

Row = Mapping[str, Stored]

_DIGEST_LETTERS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One broken rule at one row of one record."""

    rule: str
    """Number of the rule; `rulebook.MISSING` for a required field that is empty."""
    level: Level
    """ERROR or WARNING, at the gate that was asked."""
    register: str
    """Register of the record."""
    record_id: str
    row_register: str
    """Register of the row: `register`, or one of its children."""
    row_id: str
    fields: tuple[str, ...]
    """As `Rule.fields`, the first to jump to."""
    message: str
    values_digest: str
    """Of the record's own values that the rule read; a reason given for them lapses with them."""
    legal: str = ""


def values_digest(parts: Iterable[tuple[str, Sequence[str], Sequence[Row]]]) -> str:
    """Digest of values read: (table, columns, rows) each, whatever order the rows are in."""
    read = [
        (table, sorted(columns), sorted(_written(columns, row) for row in rows))
        for table, columns, rows in parts
    ]
    text = json.dumps(sorted(read), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST_LETTERS]


def _written(columns: Sequence[str], row: Row) -> str:
    return json.dumps([row[column] for column in sorted(columns)], ensure_ascii=False)
