"""The chain through the journal: one link per change over its line, its rows, and the link before.

A link is written at the end of the transaction that wrote the change (`seal`), so that none can be
forgotten; triggers refuse to change or delete what is written. `faults` reads everything again and
names what was changed, taken out or put in. A journal of before gets its links when it is opened.

Besides its hash a link keeps the first bytes of each row's digest: they prove nothing, they tell
which row of a change it was. A row that was made empty for ever (`redact`) keeps its digest aside,
and so does a label (`redact_label`), by which alone it stands in the link.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from itertools import chain as chain_of

from desktop.store import chain
from desktop.store.driver import Connection
from desktop.store.journal import PER_CHANGE

_SHORT = 4  # bytes of a row's digest kept to find it again

_REFUSED = "SELECT RAISE(ABORT, 'the journal is append-only')"
OWN_TABLES: tuple[str, ...] = (
    """CREATE TABLE IF NOT EXISTS chain (
  change_id INTEGER NOT NULL PRIMARY KEY,
  hash BLOB NOT NULL,
  rows BLOB NOT NULL
) STRICT""",
    """CREATE TABLE IF NOT EXISTS redaction (
  journal_id INTEGER NOT NULL PRIMARY KEY,
  digest BLOB NOT NULL,
  change_id INTEGER NOT NULL
) STRICT""",
    f"""CREATE TRIGGER IF NOT EXISTS journal_kept BEFORE UPDATE ON journal
WHEN NOT EXISTS (SELECT 1 FROM redaction WHERE journal_id = OLD.id)
  OR NEW.id <> OLD.id OR NEW.change_id <> OLD.change_id
  OR NEW.register <> OLD.register OR NEW.record_id <> OLD.record_id
BEGIN {_REFUSED}; END""",
    "DROP TRIGGER IF EXISTS change_kept",  # of before labels could be redacted
    f"""CREATE TRIGGER IF NOT EXISTS change_line_kept
BEFORE UPDATE OF id, at, "by", host, kind, undoes ON change
BEGIN {_REFUSED}; END""",
    f"""CREATE TRIGGER IF NOT EXISTS change_label_kept BEFORE UPDATE OF label ON change
WHEN NOT EXISTS (SELECT 1 FROM redaction WHERE journal_id = -OLD.id)
BEGIN {_REFUSED}; END""",
    *(
        f"CREATE TRIGGER IF NOT EXISTS {table}_whole BEFORE DELETE ON {table}\n"
        f"BEGIN {_REFUSED}; END"
        for table in ("journal", "change", "chain", "redaction")
    ),
    *(
        f"CREATE TRIGGER IF NOT EXISTS {table}_kept BEFORE UPDATE ON {table}\nBEGIN {_REFUSED}; END"
        for table in ("chain", "redaction")
    ),
)

_ChangeRow = tuple[int, str, str, str, str, str, int | None]
_LinkedRow = tuple[int, str, str, str, str, str, int | None, bytes | None, bytes | None]
_JournalRow = tuple[int, str, str, str | None, str]

_CHANGES = (
    'SELECT id, at, "by", host, label, kind, undoes FROM main.change WHERE id > ? ORDER BY id'
)
_ROWS = "SELECT id, register, record_id, before, after FROM main.journal WHERE id >= ? ORDER BY id"


def _change_bytes(row: _ChangeRow | _LinkedRow, label_digest: bytes | None = None) -> bytes:
    """The line of a change with a digest in its label's place: of the label there is, unless it is
    given as kept from one that is there no more."""
    id, at, by, host, label, kind, undoes = row[:7]
    lengths = f"{id}|{undoes}|{len(at)}|{len(by)}|{len(host)}|{len(kind)}|"
    text = f"{lengths}{at}{by}{host}{kind}".encode()
    return text + (label_digest or sha256(label.encode()).digest())


def _whole_change_bytes(row: _LinkedRow) -> bytes:
    """The same as links of before labels could be redacted have it."""
    id, at, by, host, label, kind, undoes = row[:7]
    return (
        f"{id}|{undoes}|{len(at)}|{len(by)}|{len(host)}|{len(label)}|{len(kind)}|"
        f"{at}{by}{host}{label}{kind}"
    ).encode()


def _row_digest(row: _JournalRow) -> bytes:
    id, register, record_id, before, after = row
    if before is None:
        head = f"{id}|{len(register)}|{len(record_id)}|-|{len(after)}|{register}{record_id}{after}"
    else:
        head = (
            f"{id}|{len(register)}|{len(record_id)}|{len(before)}|{len(after)}|"
            f"{register}{record_id}{before}{after}"
        )
    return sha256(head.encode()).digest()


# Writing


def seal(connection: Connection) -> None:
    """Link every change that has no link yet, inside the transaction that wrote it."""
    last = head(connection)
    waiting = connection.execute(
        "SELECT 1 FROM main.change WHERE id > ? LIMIT 1", (last.change,)
    ).fetchone()
    if waiting:
        connection.executemany("INSERT INTO main.chain VALUES (?, ?, ?)", _links(connection, last))


def _links(connection: Connection, last: Head) -> Iterator[tuple[int, bytes, bytes]]:
    before = last.hash
    rows = _Rows(connection, last.change + 1)
    for change in connection.execute(_CHANGES, (last.change,)):
        # One after another: a change of a hundred thousand rows is not held in memory.
        digests = [_row_digest(row) for row in rows.each(change[0])]
        before = chain.link(before, _change_bytes(change), *digests)
        yield change[0], before, b"".join(one[:_SHORT] for one in digests)


class _Rows:
    """Journal rows read once, change by change."""

    def __init__(self, connection: Connection, first_change: int) -> None:
        found: Iterator[_JournalRow] = connection.execute(_ROWS, (first_change * PER_CHANGE,))
        self._cursor = iter(found)
        self._next: _JournalRow | None = next(self._cursor, None)

    def only(self, change: int) -> _JournalRow | None:
        """The row of a change that has but one, in its place; None for any other, which stays."""
        row = self._next
        if row is None or row[0] != change * PER_CHANGE:
            return None
        following = next(self._cursor, None)
        if following is not None and following[0] < row[0] + PER_CHANGE:
            self._cursor = chain_of((following,), self._cursor)
            return None
        self._next = following
        return row

    def take(self, row: _JournalRow) -> _Rows:
        """Put the row back that `only` gave last."""
        if self._next is not None:
            self._cursor = chain_of((self._next,), self._cursor)
        self._next = row
        return self

    def of(self, change: int) -> list[_JournalRow]:
        """The rows of a change; those of changes before it that were not asked for are dropped."""
        return list(self.each(change))

    def each(self, change: int) -> Iterator[_JournalRow]:
        """As `of`, one by one; to be gone through to its end."""
        first, end = change * PER_CHANGE, (change + 1) * PER_CHANGE
        row = self._next
        while row is not None and row[0] < end:
            if row[0] >= first:
                yield row
            row = next(self._cursor, None)
        self._next = row

    def before(self, change: int) -> list[_JournalRow]:
        """The rows that belong to changes before this one, and were not asked for."""
        first = change * PER_CHANGE
        found: list[_JournalRow] = []
        row = self._next
        while row is not None and row[0] < first:
            found.append(row)
            row = next(self._cursor, None)
        self._next = row
        return found


def redact(connection: Connection, journal_ids: Iterable[int], change: int) -> int:
    """Empty rows for ever, inside the transaction of the change that says why; returns how many.

    The chain stays whole: their digests are kept, their values are not.
    """
    count = 0
    for id in journal_ids:
        row = connection.execute(
            "SELECT id, register, record_id, before, after FROM main.journal WHERE id = ?", (id,)
        ).fetchone()
        known = connection.execute(
            "SELECT 1 FROM main.redaction WHERE journal_id = ?", (id,)
        ).fetchone()
        if row is None or known:
            continue
        connection.execute(
            "INSERT INTO main.redaction VALUES (?, ?, ?)", (id, _row_digest(row), change)
        )
        connection.execute(
            "UPDATE main.journal SET before = CASE WHEN before IS NULL THEN NULL ELSE '{}' END, "
            "after = '{}' WHERE id = ?",
            (id,),
        )
        count += 1
    return count


def redact_label(connection: Connection, id: int, words: str, change: int) -> None:
    """Put other words in the place of a change's label for ever, as `redact` does with rows."""
    known = connection.execute(
        "SELECT 1 FROM main.redaction WHERE journal_id = ?", (-id,)
    ).fetchone()
    (label,) = connection.execute("SELECT label FROM main.change WHERE id = ?", (id,)).fetchone()
    if not known:
        digest = sha256(label.encode()).digest()
        connection.execute("INSERT INTO main.redaction VALUES (?, ?, ?)", (-id, digest, change))
    connection.execute("UPDATE main.change SET label = ? WHERE id = ?", (words, id))


# Reading again


@dataclass(frozen=True, slots=True)
class Head:
    """Where a journal ends: kept outside of it, it proves that the end was not cut off."""

    change: int
    hash: bytes


def head(connection: Connection) -> Head:
    """The newest link; change 0 where there is none."""
    row = connection.execute(
        "SELECT change_id, hash FROM main.chain ORDER BY change_id DESC LIMIT 1"
    ).fetchone()
    return Head(*row) if row else Head(0, chain.START)


class Harm(StrEnum):
    """What happened to a row of the journal."""

    CHANGED = "changed"
    REMOVED = "removed"
    INSERTED = "inserted"


@dataclass(frozen=True, slots=True)
class Fault:
    """One row of the journal that is not as it was written."""

    harm: Harm
    change: int
    row: int | None = None
    """Id of the journal row; None: the line of the change itself, or all of it."""
    last: int = 0
    """Last of several changes that are gone together; 0: only `change`."""


class Checker:
    """Reads the whole journal once; `rows` and `changes` count what was read."""

    def __init__(self, connection: Connection, heads: Mapping[int, bytes] | None = None) -> None:
        """`heads`: hash by change, as kept outside."""
        self._connection = connection
        self._heads = dict(heads or {})
        self.changes = 0
        self.rows = 0
        self._before = chain.START
        self._expected = 1
        self._undone: dict[int, int | None] = {}
        self._redacted: dict[int, bytes] = dict(
            connection.execute("SELECT journal_id, digest FROM main.redaction").fetchall()
        )

    def faults(self) -> Iterator[Fault]:
        """Everything that is not as it was written, in the order of the changes."""
        rows = _Rows(self._connection, 0)
        lines = self._connection.execute(
            'SELECT c.id, c.at, c."by", c.host, c.label, c.kind, c.undoes, k.hash, k.rows '
            "FROM main.change AS c LEFT JOIN main.chain AS k ON k.change_id = c.id ORDER BY c.id"
        )
        plain = not self._redacted
        for line in lines:
            # Nearly every change is one edit of one record: no list is made for it.
            row = rows.only(line[0]) if plain and line[6] is None else None
            if row is None or not self._is_right(line, row):
                yield from self._faults_of(line, rows.take(row) if row else rows)
        yield from self._orphans(rows.before(1 << 39))
        yield from self._cut_off()
        yield from self._wrongly_undone()

    def _is_right(self, line: _LinkedRow, row: _JournalRow) -> bool:
        """True for a change of one row that is as it was written; then it counts as read."""
        id, kept = line[0], line[7]
        digest = _row_digest(row)
        if (
            id != self._expected
            or sha256(self._before + _change_bytes(line) + digest).digest() != kept
            or digest[:_SHORT] != line[8]
            or (self._heads and self._heads.get(id, kept) != kept)
        ):
            return False
        self._heads.pop(id, None)
        self._before = kept
        self._expected += 1
        self.changes += 1
        self.rows += 1
        return True

    def _faults_of(self, line: _LinkedRow, journal: _Rows) -> Sequence[Fault]:
        id, kept, short = line[0], line[7], line[8] or b""
        found = self._orphans(journal.before(id))
        rows = journal.of(id)
        self.changes += 1
        self.rows += len(rows)
        if line[6] is not None:
            self._undone[line[6]] = id if line[5] == "undo" else None
        gap, self._expected = id - self._expected, id + 1
        if gap:
            found.append(Fault(Harm.REMOVED, id - gap, last=id - 1))
        if kept is None:
            return [*found, Fault(Harm.INSERTED, id)]
        digests = [self._digest_of(row) for row in rows]
        right = self._is_link(line, kept, digests)
        self._before = kept
        known = self._heads.pop(id, kept)
        if right and known == kept and b"".join(d[:_SHORT] for d in digests) == short:
            return found
        named = list(_rows_at_fault(id, short, rows, digests))
        if not named and not gap:
            named = [Fault(Harm.CHANGED, id)]
        return found + named

    def _digest_of(self, row: _JournalRow) -> bytes:
        """Of what a redacted row held, so long as it is as empty as it was made."""
        kept = self._redacted.get(row[0])
        empty = row[3] in (None, "{}") and row[4] == "{}"
        return kept if kept is not None and empty else _row_digest(row)

    def _is_link(self, line: _LinkedRow, kept: bytes, digests: list[bytes]) -> bool:
        """True if a link was made of this line and these rows, in either writing."""
        lines = (_change_bytes(line, self._redacted.get(-line[0])), _whole_change_bytes(line))
        return any(chain.link(self._before, one, *digests) == kept for one in lines)

    def _orphans(self, rows: list[_JournalRow]) -> list[Fault]:
        """Rows of changes that are not there."""
        self.rows += len(rows)
        return [Fault(Harm.INSERTED, row[0] // PER_CHANGE, row[0]) for row in rows]

    def _cut_off(self) -> Iterator[Fault]:
        """Changes at the end that a link, or a head kept outside, still knows."""
        linked = head(self._connection).change
        last = max([linked, *self._heads])
        if last >= self._expected:
            yield Fault(Harm.REMOVED, self._expected, last=last)

    def _wrongly_undone(self) -> Iterator[Fault]:
        found = dict(
            self._connection.execute(
                "SELECT id, undone_by FROM main.change WHERE undone_by IS NOT NULL"
            ).fetchall()
        )
        for id in sorted({*found, *self._undone}):
            if found.get(id) != self._undone.get(id):
                yield Fault(Harm.CHANGED, id)


def _rows_at_fault(
    change: int, short: bytes, rows: list[_JournalRow], digests: list[bytes]
) -> Iterator[Fault]:
    """Which rows of a change are not those its link was made of."""
    first = change * PER_CHANGE
    found = {row[0] - first: digest for row, digest in zip(rows, digests, strict=True)}
    linked = len(short) // _SHORT
    for place in range(linked):
        here = found.pop(place, None)
        if here is None:
            yield Fault(Harm.REMOVED, change, first + place)
        elif here[:_SHORT] != short[place * _SHORT : (place + 1) * _SHORT]:
            yield Fault(Harm.CHANGED, change, first + place)
    for place in sorted(found):
        yield Fault(Harm.INSERTED, change, first + place)
