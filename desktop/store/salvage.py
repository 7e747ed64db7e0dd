"""Save what can be read of a damaged database into a good one: its journal first, then its rows.

Every page has its own seal, so a damaged one is never taken for data: it cannot be read at all.
What is on it is made again from the journal where that can be read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from desktop.base.errors import UserError
from desktop.base.progress import Progress, silent
from desktop.base.translate import tr
from desktop.schema.definition import Forms
from desktop.store import journal
from desktop.store.driver import (
    Connection,
    DriverError,
    Stored,
    connect,
    placeholders,
    quoted,
)
from desktop.store.records import NotFound, StoredRecord, read, set_deleted, write
from desktop.store.shapes import shape_of
from desktop.store.undo import with_face

_BATCH = 256
_FARTHEST = 1 << 48  # beyond any row id of ours: change ids times 2^24 stay below
_APPENDED = ("change", "journal", "chain", "redaction", "access_log")
"""Own tables that only grow, in an order that their references allow."""
_MADE_ANEW = ("meta", "code", "counter")
"""Own tables that are filled from the definitions and the records."""

_Line = tuple[Stored, ...]


@dataclass
class Salvaged:
    """What came of it."""

    changes: int = 0
    """Changes of the journal that were made again."""
    records: int = 0
    """Records taken as they stood in the damaged file."""
    gaps: dict[str, int] = field(default_factory=dict)
    """Stretches that could not be read, by table."""

    @property
    def is_whole(self) -> bool:
        """True if every row of every table could be read."""
        return not self.gaps


class DamagedFile:
    """Reads the tables of a database as far as they go, around what is damaged."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key
        self._connection: Connection | None = None
        self.gaps: dict[str, int] = {}

    def close(self) -> None:
        """Let go of the file; a second call does nothing."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def columns(self, table: str) -> tuple[str, ...]:
        """Names of a table's columns; none where there is no such table, or it cannot be read."""
        rows = self._ask(f"PRAGMA main.table_info({quoted(table)})", ()) or []
        return tuple(str(row[1]) for row in rows)

    def tables(self) -> set[str]:
        """Names of the tables that the file says it has."""
        rows = self._ask("SELECT name FROM main.sqlite_master WHERE type = 'table'", ()) or []
        return {str(row[0]) for row in rows}

    def lines(self, table: str, columns: tuple[str, ...], after: int = -1) -> Iterator[_Line]:
        """Every row that can be read, in the order of the row ids; gaps are counted."""
        listed = ", ".join(map(quoted, columns))
        if not self._has_row_ids(table):
            yield from self._all_or_none(table, listed)
            return
        sql = (
            f"SELECT rowid, {listed} FROM main.{quoted(table)} "
            "WHERE rowid > ? ORDER BY rowid LIMIT ?"
        )
        batch = _BATCH
        while True:
            found = self._ask(sql, (after, batch))
            if found is None and batch > 1:
                batch = batch // 4 or 1
            elif found is None:
                self.gaps[table] = self.gaps.get(table, 0) + 1
                beyond = self._beyond(sql, after)
                if beyond is None:
                    return
                after, batch = beyond, _BATCH
            elif not found:
                return
            else:
                yield from (row[1:] for row in found)
                after = int(str(found[-1][0]))

    def _has_row_ids(self, table: str) -> bool:
        sql = "SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = ?"
        return self._ask(sql, (table,)) != [(1,)]

    def _all_or_none(self, table: str, listed: str) -> list[_Line]:
        found = self._ask(f"SELECT {listed} FROM main.{quoted(table)}", ())
        if found is None:
            self.gaps[table] = 1
        return found or []

    def _beyond(self, sql: str, stuck: int) -> int | None:
        """The lowest row id from which reading goes on; None where nothing more can be read."""
        step = 1
        while stuck + step < _FARTHEST and self._ask(sql, (stuck + step, 1)) is None:
            step *= 2
        if stuck + step >= _FARTHEST:
            return None
        low, high = stuck + step // 2, stuck + step
        while high - low > 1:
            middle = (low + high) // 2
            if self._ask(sql, (middle, 1)) is None:
                low = middle
            else:
                high = middle
        return high

    def _ask(self, sql: str, values: tuple[object, ...]) -> list[_Line] | None:
        """The rows of a statement, None if it meets what is damaged: then the connection, which
        would refuse everything from now on, is made anew."""
        try:
            if self._connection is None:
                self._connection = connect(self._path, self._key, read_only=True)
            return self._connection.execute(sql, values).fetchall()
        except (UserError, DriverError):
            self.close()
            return None


def salvage(
    damaged: DamagedFile, target: Connection, forms: Forms, progress: Progress = silent
) -> Salvaged:
    """Bring everything readable into `target`, inside its transaction, newer over older.

    `target` is the newest backup or an empty office, opened. First the journal since: what it says
    was changed is changed again. Then every record that stands in the damaged file in a newer
    version than that. References are not checked here.
    """
    result = Salvaged()
    since = journal.newest_change(target)
    there = damaged.tables()
    if not there:  # without the list of tables none can be reached
        damaged.gaps["sqlite_master"] = 1
    progress(tr("Reading the journal"), 0.1)
    for table in _APPENDED:
        if table in there:
            _copy_new(damaged, target, table, "IGNORE")
    for table in sorted(_own_tables(target, forms) & there):
        _copy_new(damaged, target, table, "REPLACE")
    progress(tr("Making the changes since again"), 0.3)
    result.changes = _replay(target, forms, since)
    tops = [one.name for one in forms.registers.values() if not one.parent and one.name in there]
    for place, name in enumerate(tops):
        progress(tr("Saving what can be read"), 0.5 + 0.5 * place / len(tops))
        result.records += _take_newer(damaged, target, forms, name)
    result.gaps = dict(damaged.gaps)
    return result


def _own_tables(target: Connection, forms: Forms) -> set[str]:
    """Tables of the program itself that hold what people decided."""
    rows = target.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall()
    known = {str(name) for (name,) in rows if not str(name).startswith("sqlite_")}
    return known - set(forms.registers) - set(_APPENDED) - set(_MADE_ANEW)


def _shared(damaged: DamagedFile, target: Connection, table: str) -> tuple[str, ...]:
    """Columns that both have; the program's computed ones are not among them."""
    rows = target.execute(f"PRAGMA main.table_info({quoted(table)})").fetchall()
    has = set(damaged.columns(table))
    return tuple(str(row[1]) for row in rows if row[1] in has)


def _insert(table: str, columns: tuple[str, ...], otherwise: str) -> str:
    return (
        f"INSERT OR {otherwise} INTO main.{quoted(table)} "
        f"({', '.join(map(quoted, columns))}) VALUES ({placeholders(columns)})"
    )


def _copy_new(damaged: DamagedFile, target: Connection, table: str, otherwise: str) -> None:
    columns = _shared(damaged, target, table)
    if columns:
        target.executemany(_insert(table, columns, otherwise), damaged.lines(table, columns))


def _replay(target: Connection, forms: Forms, since: int) -> int:
    """Do again what the journal says was done after a change; returns how many changes."""
    done = 0
    ids = target.execute("SELECT id FROM main.change WHERE id > ? ORDER BY id", (since,)).fetchall()
    for (id,) in ids:
        for entry in journal.entries(target, id):
            with suppress(NotFound, KeyError):  # of a record or register that is not there
                _apply(target, forms, entry)
        done += 1
    return done


def _apply(target: Connection, forms: Forms, entry: journal.Entry) -> None:
    at, by = entry.change.at, entry.change.by
    if entry.before is None:
        made = with_face(_blank(forms, entry), entry.after)
        with suppress(DriverError):  # it is there already
            write(target, forms, made, now=at, by=by)
        return
    current = read(target, forms, entry.register, entry.record_id)
    if "deleted_at" in entry.after:
        set_deleted(
            target, forms, entry.register, entry.record_id,
            deleted_at=entry.after["deleted_at"], row_version=None, now=at, by=by,
        )  # fmt: skip
        return
    write(target, forms, with_face(current, entry.after), now=at, by=by, before=current)


def _blank(forms: Forms, entry: journal.Entry) -> StoredRecord:
    shape = shape_of(forms, entry.register)
    return StoredRecord(
        register=entry.register,
        id=entry.record_id,
        values=dict(shape.blank),
        children={child.name: [] for child in shape.children},
    )


def _take_newer(damaged: DamagedFile, target: Connection, forms: Forms, register: str) -> int:
    """Records whose version in the damaged file is above that of the target; with their rows."""
    columns = _shared(damaged, target, register)
    if "id" not in columns or "row_version" not in columns:
        return 0
    versions = dict(target.execute(f"SELECT id, row_version FROM main.{quoted(register)}"))
    id_at, version_at = columns.index("id"), columns.index("row_version")
    newer = {
        line[id_at]: line
        for line in damaged.lines(register, columns)
        if int(line[version_at] or 0) > int(versions.get(line[id_at], 0))
    }
    target.executemany(_insert(register, columns, "REPLACE"), newer.values())
    for child in forms.children(register):
        _take_children(damaged, target, child.name, register, newer.keys())
    return len(newer)


def _take_children(
    damaged: DamagedFile, target: Connection, child: str, parent: str, parents: Collection[Stored]
) -> None:
    """The child rows of records just taken: those that can be read, in the place of the others."""
    wanted = set(parents)
    columns = _shared(damaged, target, child)
    if not wanted or parent not in columns:
        return
    gaps = damaged.gaps.get(child, 0)
    at = columns.index(parent)
    lines = [line for line in damaged.lines(child, columns) if line[at] in wanted]
    if damaged.gaps.get(child, 0) == gaps:  # nothing of them is missing
        target.executemany(
            f"DELETE FROM main.{quoted(child)} WHERE {quoted(parent)} = ?",
            [(id,) for id in wanted],
        )
    target.executemany(_insert(child, columns, "REPLACE"), lines)
