"""Count what a report asks for: facts built once in memory, each source read in one pass.

The SQL is data (forms/reports). A *fact* is a temporary table made of the registers for one
period. A *source* is a SELECT with one line per counted record: `row` (code of the report's row),
`record` (rowid of the register's row) and whatever the conditions need. A figure is an aggregate
of a source; the records behind it are the lines of the same source under the same condition.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop.schema.definition import Forms
from desktop.store.driver import Connection, Stored, quoted

# Action codes of sqlite3_set_authorizer, https://www.sqlite.org/c3ref/c_alter_table.html
_CREATE_TEMP_TABLE, _CREATE_TEMP_INDEX, _DROP_TEMP_TABLE = 4, 3, 13
_INSERT, _DELETE, _UPDATE, _REINDEX, _READ, _SELECT, _FUNCTION, _RECURSIVE = (
    18, 9, 23, 27, 20, 21, 31, 33,
)  # fmt: skip
_OK, _DENY = 0, 1
_BUILDING = {_CREATE_TEMP_TABLE, _CREATE_TEMP_INDEX, _DROP_TEMP_TABLE, _INSERT, _DELETE, _UPDATE}
_BUILDING.add(_REINDEX)
_REFUSED_FUNCTIONS = frozenset({"load_extension", "randomblob", "random", "zeroblob"})
_OWN_TABLES = frozenset({"code", "json_each"})
"""Tables beside the registers that a report may read."""

Figure = int | float | str | None


class Count(StrEnum):
    """What a column does with the lines of its source."""

    RECORD = "record"
    """Distinct records."""
    TURNS = "turns"
    """Lines (lượt)."""
    SUM = "sum"
    """The sum of `value` over the lines; 0 where there are none."""
    VALUE = "value"
    """`value` is an aggregate of its own, such as a list of words; nothing to list behind it."""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A temporary table, built from registers and the facts before it."""

    name: str
    sql: str
    index: tuple[str, ...] = ()
    """Columns of its index; empty: none."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """Lines that columns count."""

    name: str
    sql: str
    register: str
    """Register whose rowid is `record`."""
    unique: bool = False
    """A record stands in a row once at most, so that lines are records and counting is quick."""


@dataclass(frozen=True, kw_only=True)
class Counting:
    """One figure per row of a source."""

    code: str
    count: Count
    where: str = ""
    value: str = ""


class Measures:
    """The facts of one period on one reading connection; call `close` when done.

    The connection sees the data as they were when this was made, until `close`.
    """

    def __init__(
        self,
        connection: Connection,
        facts: Sequence[Fact],
        parameters: Mapping[str, Stored],
        forms: Forms,
    ) -> None:
        self._connection = connection
        self.parameters = dict(parameters)
        self._query_only = connection.execute("PRAGMA query_only").fetchone()[0]
        # SQLite refuses even temporary tables on a connection that may only read.
        connection.execute("PRAGMA query_only = OFF")
        connection.execute("BEGIN")
        self._guard = _Guard(forms)
        connection.set_authorizer(self._guard)
        try:
            for fact in facts:
                self.build(fact)
        except BaseException:
            self.close()
            raise

    def build(self, fact: Fact) -> None:
        """Add a fact to those before it."""
        table = f"temp.{quoted(fact.name)}"
        self._execute(f"CREATE TEMP TABLE {table} AS {fact.sql}")
        if fact.index:
            columns = ", ".join(map(quoted, fact.index))
            index = f"temp.{quoted(fact.name + '_index')}"
            self._execute(f"CREATE INDEX {index} ON {quoted(fact.name)} ({columns})")
        self._guard.readable.add(fact.name)

    def close(self) -> None:
        """Drop the facts (they go with the transaction) and give the connection back as it came."""
        self._connection.set_authorizer(None)
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")
        self._connection.execute(f"PRAGMA query_only = {self._query_only}")

    def figures(
        self, source: Source, countings: Sequence[Counting]
    ) -> dict[str, tuple[Figure, ...]]:
        """Every counting of a source, by row, in one pass; rows without a line are left out."""
        wanted = ", ".join(_aggregate(counting, source) for counting in countings)
        sql = f"SELECT row, {wanted} FROM ({source.sql}) GROUP BY row"
        return {str(line[0]): tuple(line[1:]) for line in self._execute(sql)}

    def total(self, source: Source, counting: Counting, **extra: Stored) -> Figure:
        """One counting over all lines of a source, whatever their row."""
        sql = f"SELECT {_aggregate(counting, source)} FROM ({source.sql})"
        found: Figure = self._execute(sql, extra)[0][0]
        return found

    def value(self, sql: str) -> Figure:
        """The one value of a SELECT."""
        found: Figure = self._execute(f"SELECT ({sql})")[0][0]
        return found

    def table(self, fact: str, columns: Sequence[str]) -> list[tuple[Figure, ...]]:
        """Some columns of a fact, in the order it was built in."""
        wanted = ", ".join(map(quoted, columns))
        return self._execute(f"SELECT {wanted} FROM temp.{quoted(fact)} ORDER BY rowid")

    def lines(self, sql: str, expressions: Iterable[str]) -> list[tuple[Figure, ...]]:
        """The lines of a SELECT, one value per expression, in the order of its `row`."""
        wanted = ", ".join(f"({expression})" for expression in expressions)
        return self._execute(f"SELECT {wanted} FROM ({sql}) ORDER BY row")

    def records(
        self,
        source: Source,
        counting: Counting,
        rows: Sequence[str] | None = None,
        **extra: Stored,
    ) -> list[str]:
        """Ids of the records a figure was counted from, in the order of the register's list.

        `rows` are the codes of the rows that make the figure up; None: whatever row.
        """
        conditions = [f"({counting.where})"] if counting.where else []
        if counting.count is Count.SUM:
            conditions.append(f"({counting.value}) <> 0")
        if rows is not None:
            conditions.append("row IN (SELECT value FROM json_each(:asked_rows))")
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        sql = (
            f"SELECT id FROM main.{quoted(source.register)} WHERE rowid IN "
            f"(SELECT record FROM ({source.sql}){where}) ORDER BY sort_key, id"
        )
        asked = {**extra, "asked_rows": json.dumps(rows)}
        return [str(line[0]) for line in self._execute(sql, asked)]

    def records_of_line(self, source: Source, number: int) -> list[str]:
        """The id behind the n-th line (from 1) of a source that is a list."""
        line = f"SELECT record FROM ({source.sql}) ORDER BY row LIMIT 1 OFFSET :asked_line"
        sql = f"SELECT id FROM main.{quoted(source.register)} WHERE rowid = ({line})"
        return [str(found[0]) for found in self._execute(sql, {"asked_line": number - 1})]

    def rows(self, source: Source) -> list[str]:
        """Codes of the rows a source has lines for."""
        sql = f"SELECT DISTINCT row FROM ({source.sql})"
        return [str(found[0]) for found in self._execute(sql)]

    def _execute(
        self, sql: str, extra: Mapping[str, Stored] | None = None
    ) -> list[tuple[Figure, ...]]:
        with self._guard:
            return self._connection.execute(sql, {**self.parameters, **(extra or {})}).fetchall()


def _aggregate(counting: Counting, source: Source) -> str:
    """The SQL of one figure."""
    where = counting.where
    only = f" FILTER (WHERE {where})" if where else ""
    if counting.count is Count.VALUE:
        return f"({counting.value})"
    if counting.count is Count.SUM:
        return f"coalesce(sum({counting.value}){only}, 0)"
    if counting.count is Count.RECORD and not source.unique:
        return f"count(DISTINCT record){only}"
    return f"count(*){only}"


class _Guard:
    """Registers, code lists and facts may be read, facts built; nothing else is touched.

    Asked while SQLite compiles a statement. It stays on the connection and is switched on for the
    SQL of the report alone: changing it would have every statement compiled anew.
    """

    def __init__(self, forms: Forms) -> None:
        self.readable = {*forms.registers, *_OWN_TABLES}
        self._on = False

    def __enter__(self) -> None:
        self._on = True

    def __exit__(self, *_: object) -> None:
        self._on = False

    def __call__(
        self, action: int, first: str | None, second: str | None, base: str | None, _: str | None
    ) -> int:
        if not self._on or action in (_SELECT, _RECURSIVE):
            return _OK
        if action == _READ:
            # A read of a table made inside the statement (WITH) has no database name.
            return _OK if first in self.readable or base in ("temp", None) else _DENY
        if action == _FUNCTION:
            return _DENY if (second or "").lower() in _REFUSED_FUNCTIONS else _OK
        return _OK if action in _BUILDING and base == "temp" else _DENY
