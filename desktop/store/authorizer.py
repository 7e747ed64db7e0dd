"""What an expression of a definition may do, and what it reads: SQLite's authorizer.

SQLite asks it about every table, column and function while it compiles a statement. The answers
are the protection; the questions are the list of what the expression reads.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from desktop.base.translate import tr
from desktop.store.functions import DOMAIN_FUNCTIONS

# https://www.sqlite.org/c3ref/c_alter_table.html
_INSERT, _DELETE, _UPDATE = 18, 9, 23
_READ, _SELECT, _FUNCTION = 20, 21, 31
_MAKES = frozenset({1, 2, 7, 8, 10, 11, 16, 17, 29, 30})
_ATTACH, _DETACH, _ALTER, _REINDEX, _ANALYZE = 24, 25, 26, 27, 28
_OK, _DENY = 0, 1

STAGED = "~"
"""First letter of a staging table: no expression can write such a name without quotation marks."""

OWN_RECORD = "own_record_id"
"""Function of the runner that names the record which the views of own rows show."""

_SQLITE_FUNCTIONS = """
    abs avg ceil ceiling char coalesce concat concat_ws count date datetime dense_rank first_value
    floor format glob group_concat hex ifnull iif instr json json_array json_array_length
    json_extract json_type json_valid julianday lag last_value lead length like likely lower ltrim
    max min mod nullif octet_length printf rank replace round row_number rtrim sign strftime
    string_agg substr substring sum time total trim trunc typeof unicode unlikely upper -> ->>
"""
SQLITE_FUNCTIONS = frozenset(_SQLITE_FUNCTIONS.split())
"""Functions of SQLite that read nothing but their arguments."""

_TABLE_FUNCTIONS = frozenset({"json_each", "json_tree"})

UNSTEADY_COLUMNS = frozenset(
    {"created_by", "updated_at", "updated_by", "row_version", "search_key", "sort_key"}
)
"""Columns of the own row that hold something else while it is typed than once it is saved."""


@dataclass(frozen=True, slots=True)
class Reads:
    """What an expression reads: pairs of table and column; "" for the number of rows alone."""

    row: frozenset[tuple[str, str]] = frozenset()
    """Of the row it is asked of, and of that row's parent."""
    own: frozenset[tuple[str, str]] = frozenset()
    """In sub-queries over this record's own rows (a bare table name)."""
    main: frozenset[tuple[str, str]] = frozenset()
    """In the registers (`main.x`) and code lists."""
    functions: frozenset[str] = frozenset()

    def __or__(self, other: Reads) -> Reads:
        return Reads(
            self.row | other.row,
            self.own | other.own,
            self.main | other.main,
            self.functions | other.functions,
        )

    @property
    def record(self) -> frozenset[tuple[str, str]]:
        """Everything read of the record itself."""
        return self.row | self.own


@dataclass
class _Seen:
    row: set[tuple[str, str]] = field(default_factory=set)
    own: set[tuple[str, str]] = field(default_factory=set)
    main: set[tuple[str, str]] = field(default_factory=set)
    functions: set[str] = field(default_factory=set)
    refused: list[str] = field(default_factory=list)


class Authorizer:
    """The callback of one connection; install it with `connection.set_authorizer`.

    Changing the authorizer makes SQLite compile every statement anew, so one stays for the life
    of the connection and is switched by `watching` while an expression is compiled.
    """

    def __init__(self, tables: Collection[str], own_names: Collection[str], protect: bool) -> None:
        """`tables` may be read in main; `own_names` are the temporary views of own rows; with
        `protect`, nothing outside temp may be written at any time."""
        self._tables = frozenset(tables)
        self._own_names = frozenset(own_names)
        self._protect = protect
        self._seen = _Seen()
        self.guard = False
        """True while expressions are compiled or run: then only what they may do is allowed."""

    @contextmanager
    def watching(self) -> Iterator[_Seen]:
        """Guard, and note what is read."""
        self._seen, self.guard = _Seen(), True
        try:
            yield self._seen
        finally:
            self.guard = False

    def __call__(
        self,
        action: int,
        first: str | None,
        second: str | None,
        schema: str | None,
        source: str | None,
    ) -> int:
        if not self.guard:
            return _DENY if self._protect and _writes(action, schema) else _OK
        seen = self._seen
        if action == _READ:
            return self._read(seen, first or "", second or "", schema, source)
        if action == _SELECT:
            if source in self._own_names:
                seen.own.add((str(source), ""))
            return _OK
        if action == _FUNCTION:
            return self._function(seen, (second or "").lower())
        seen.refused.append(tr("it would do something other than read"))
        return _DENY

    def _read(
        self, seen: _Seen, table: str, column: str, schema: str | None, source: str | None
    ) -> int:
        if source in self._own_names and table.startswith(STAGED):
            return _OK  # the inside of one of our views; what is taken from it is asked beside
        if column in ("ROWID", "rowid"):
            seen.refused.append(tr("it reads rowid, which changes; read “id”"))
            return _DENY
        if table.startswith(STAGED):
            if column:
                seen.row.add((table[len(STAGED) :], column))
            return _OK
        if schema == "temp" and table in self._own_names:
            seen.own.add((table, column))
            return _OK
        if table in _TABLE_FUNCTIONS:
            return _OK
        if table in self._tables and schema == "main":
            seen.main.add((table, column))
            return _OK
        seen.refused.append(tr("it reads “{name}”, which rules may not see").format(name=table))
        return _DENY

    def _function(self, seen: _Seen, name: str) -> int:
        if name == OWN_RECORD:
            return _OK
        if name in DOMAIN_FUNCTIONS or name in SQLITE_FUNCTIONS:
            seen.functions.add(name)
            return _OK
        seen.refused.append(tr("it calls “{name}”, which rules may not use").format(name=name))
        return _DENY


def _writes(action: int, schema: str | None) -> bool:
    if action in (_INSERT, _DELETE, _UPDATE):
        return schema != "temp"
    if action in (_ATTACH, _DETACH, _ALTER, _REINDEX, _ANALYZE):
        return True
    return action in _MAKES and schema == "main"


def frozen(seen: _Seen) -> Reads:
    """What was seen, as a value."""
    return Reads(
        frozenset(seen.row),
        frozenset(seen.own),
        frozenset(seen.main),
        frozenset(seen.functions),
    )
