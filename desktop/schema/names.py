"""Names that forms/ may use for tables and columns, and the likely word behind a misspelt one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from desktop.base.translate import tr
from desktop.schema.definition import Register

LONGEST_NAME = 60
_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")
_LIST_NAME = re.compile(r"[A-Z][A-Z0-9_]*")

# What SQLite 3.46 cannot read unquoted as a table or a column …
_UNREADABLE = """
    add all alter and as autoincrement between case cast check collate commit constraint create
    current_date current_time current_timestamp default deferrable delete distinct drop else escape
    except exists foreign from group having if in index insert intersect into is isnull join limit
    not nothing notnull null on or order primary raise references returning select set table then
    to transaction union unique update using values when where
"""
# … and what it can read in most places, where a reader of a rule would still be misled.
_MISLEADING = """
    begin cross end false filter full glob inner left like main match natural outer over regexp
    replace right rowid oid _rowid_ temp temporary true window with without
"""
SQL_KEYWORDS = frozenset((_UNREADABLE + _MISLEADING).split())

PSEUDO_REGISTERS: dict[str, tuple[str, ...]] = {
    "figure": ("indicator", "title", "numerator", "denominator", "value", "unit"),
}
"""Registers that only rules at the close gate know, with their columns."""

RESERVED_TABLES = frozenset({"code", *PSEUDO_REGISTERS})
"""Tables the program makes itself and rules may read."""

TOP_COLUMNS = (
    "id", "unit_id", "created_at", "created_by", "updated_at", "updated_by", "row_version",
    "deleted_at", "origin", "search_key", "sort_key",
)  # fmt: skip
"""Columns of every top-level table, before its fields."""

PERSON_FIELDS = ("full_name", "ho", "dem", "ten")
"""Fields a register of people must have; the last three are filled from the first."""


def common_columns(register: Register) -> tuple[str, ...]:
    """Columns every table of this kind has besides its fields; a child's hold its parent's id."""
    if register.parent:
        return ("id", register.parent, "position")
    return TOP_COLUMNS


def is_identifier(name: str) -> bool:
    """True for names of registers, fields and sections: lower-case ASCII, digits, underscores."""
    return len(name) <= LONGEST_NAME and _IDENTIFIER.fullmatch(name) is not None


def is_list_name(name: str) -> bool:
    """True for names of code lists: as identifiers, in capitals."""
    return len(name) <= LONGEST_NAME and _LIST_NAME.fullmatch(name) is not None


def is_keyword(name: str) -> bool:
    """True for words that SQL would misread where a table or a column is named."""
    return name.lower() in SQL_KEYWORDS


def suggestion(name: str, known: Iterable[str]) -> str:
    """A question to put behind a message about an unknown name, or "" if nothing is near it."""
    by_lower = {word.lower(): word for word in known}
    near = get_close_matches(name.lower(), by_lower, n=1, cutoff=0.6)
    return " " + tr("Did you mean “{name}”?").format(name=by_lower[near[0]]) if near else ""


def newest_name(name: str, renamed: Mapping[str, str]) -> str | None:
    """What a field is called after all its renames: itself where there is none, "" if dropped.

    None if the renames go round in a circle.
    """
    seen: set[str] = set()
    while name in renamed:
        if name in seen:
            return None
        seen.add(name)
        name = renamed[name]
    return name
