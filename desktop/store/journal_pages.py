"""The journal of everybody, the newest first, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.store.driver import Connection
from desktop.store.journal import PER_CHANGE, Change, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which lines are wanted; empty: all of them."""

    by: str = ""
    register: str = ""
    kind: str = ""
    """Kind of change, or act of the access log."""
    first_day: str = ""
    """ISO date."""
    last_day: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One change and what it was about."""

    change: Change
    records: tuple[tuple[str, str], ...]
    """(register, id) of its first records."""
    count: int
    """How many records there were."""


_MOST_RECORDS = 50


def lines(connection: Connection, asked: Asked, *, before: int = 0, limit: int = 200) -> list[Line]:
    """The newest changes that are wanted; `before`: only those with a smaller id."""
    tests, values = conditions(asked, before)
    if asked.register:
        tests.append(
            "EXISTS (SELECT 1 FROM main.journal AS j WHERE j.id >= t.id * ? "
            "AND j.id < (t.id + 1) * ? AND j.register = ?)"
        )
        values += [PER_CHANGE, PER_CHANGE, asked.register]
    where = f"WHERE {' AND '.join(tests)} " if tests else ""
    found = connection.execute(
        'SELECT t.id, t.at, t."by", t.host, t.label, t.kind, t.undoes, t.undone_by '
        f"FROM main.change AS t {where}ORDER BY t.id DESC LIMIT ?",
        (*values, limit),
    ).fetchall()
    return [_line(connection, row) for row in found]


def conditions(asked: Asked, before: int) -> tuple[list[str], list[str | int]]:
    """(tests over `t`, their values) that the journal and the access log share."""
    tests: list[str] = []
    values: list[str | int] = []
    for test, value in (
        ("t.id < ?", before),
        ('t."by" = ?', asked.by),
        ("substr(t.at, 1, 10) >= ?", asked.first_day),
        ("substr(t.at, 1, 10) <= ?", asked.last_day),
    ):
        if value:
            tests.append(test)
            values.append(value)
    if asked.kind:
        tests.append("t.kind = ?")
        values.append(asked.kind)
    return tests, values


def _line(connection: Connection, row: tuple[int, str, str, str, str, str, int, int]) -> Line:
    id, *rest, kind, undoes, undone_by = row
    at, by, host, label = rest
    change = Change(id, str(at), str(by), str(host), str(label), Kind(kind), undoes, undone_by)
    first, end = id * PER_CHANGE, (id + 1) * PER_CHANGE
    records = connection.execute(
        "SELECT register, record_id FROM main.journal WHERE id >= ? AND id < ? LIMIT ?",
        (first, end, _MOST_RECORDS),
    ).fetchall()
    count = len(records)
    if count == _MOST_RECORDS:
        count = connection.execute(
            "SELECT count(*) FROM main.journal WHERE id >= ? AND id < ?", (first, end)
        ).fetchone()[0]
    return Line(change, tuple((register, record) for register, record in records), int(count))
