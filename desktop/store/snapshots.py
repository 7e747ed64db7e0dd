"""What was exported, figure by figure, and figures of earlier periods that were typed in.

A report compares with what was sent, not with what the registers say about the past today. Where
nothing was sent, a figure may be typed in with its source; where there is none, it is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop.base.identity import new_id
from desktop.store.driver import Connection

Exact = int | float | str | None
FigureKey = tuple[str, str, str, str]
"""Sheet, part, row, column."""

OWN_TABLES: tuple[str, ...] = (
    """CREATE TABLE IF NOT EXISTS snapshot (
  id TEXT NOT NULL PRIMARY KEY,
  unit_id TEXT NOT NULL,
  calendar TEXT NOT NULL,
  period TEXT NOT NULL,
  revision INTEGER NOT NULL,
  made_at TEXT NOT NULL,
  made_by TEXT NOT NULL,
  digest TEXT NOT NULL,
  file_name TEXT NOT NULL,
  UNIQUE (calendar, period, revision)
) STRICT""",
    # exact: as counted; shown: as it stands in the workbook, "<5" and "*" included.
    """CREATE TABLE IF NOT EXISTS snapshot_figure (
  snapshot TEXT NOT NULL REFERENCES snapshot(id) ON DELETE CASCADE,
  sheet TEXT NOT NULL,
  part TEXT NOT NULL,
  row TEXT NOT NULL,
  col TEXT NOT NULL,
  exact ANY,
  shown ANY,
  PRIMARY KEY (snapshot, sheet, part, row, col)
) STRICT, WITHOUT ROWID""",
    # rebased 1: converted to the administrative units of today (quy đổi).
    """CREATE TABLE IF NOT EXISTS typed_figure (
  calendar TEXT NOT NULL,
  period TEXT NOT NULL,
  sheet TEXT NOT NULL,
  part TEXT NOT NULL,
  row TEXT NOT NULL,
  col TEXT NOT NULL,
  rebased INTEGER NOT NULL,
  value REAL NOT NULL,
  source TEXT NOT NULL,
  entered_at TEXT NOT NULL,
  entered_by TEXT NOT NULL,
  PRIMARY KEY (calendar, period, sheet, part, row, col, rebased)
) STRICT, WITHOUT ROWID""",
)


@dataclass(frozen=True, kw_only=True)
class SnapshotHead:
    """Which export a snapshot is of."""

    unit_id: str
    calendar: str
    period: str
    revision: int
    made_at: str
    """ISO moment with offset."""
    made_by: str
    digest: str
    """SHA-256 of the figures, as printed on the cover."""
    file_name: str


@dataclass(frozen=True)
class KeptFigure:
    """One figure of a report as counted and as shown."""

    key: FigureKey
    exact: Exact
    shown: Exact


@dataclass(frozen=True)
class EarlierFigure:
    """A figure of an earlier period and where it comes from."""

    shown: Exact
    source: str
    """"" for a report of ours, else what was typed in as the source."""


def next_revision(connection: Connection, calendar: str, period: str) -> int:
    """The number of the next export of a period: 1 for the first."""
    found = connection.execute(
        "SELECT coalesce(max(revision), 0) + 1 FROM snapshot WHERE calendar = ? AND period = ?",
        (calendar, period),
    ).fetchone()
    return int(found[0])


def keep_snapshot(connection: Connection, head: SnapshotHead, figures: Iterable[KeptFigure]) -> str:
    """Keep an export; inside a transaction of the caller. The id of the snapshot."""
    made = new_id()
    connection.execute(
        "INSERT INTO snapshot VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            made,
            head.unit_id,
            head.calendar,
            head.period,
            head.revision,
            head.made_at,
            head.made_by,
            head.digest,
            head.file_name,
        ),
    )
    connection.executemany(
        "INSERT INTO snapshot_figure VALUES (?, ?, ?, ?, ?, ?, ?)",
        ((made, *figure.key, figure.exact, figure.shown) for figure in figures),
    )
    return made


def snapshots(connection: Connection) -> list[SnapshotHead]:
    """Every export kept, newest first."""
    lines = connection.execute(
        "SELECT unit_id, calendar, period, revision, made_at, made_by, digest, file_name "
        "FROM snapshot ORDER BY made_at DESC, revision DESC"
    )
    names = SnapshotHead.__dataclass_fields__
    return [SnapshotHead(**dict(zip(names, line, strict=True))) for line in lines]


def type_figure(
    connection: Connection,
    calendar: str,
    period: str,
    key: FigureKey,
    value: float,
    source: str,
    *,
    entered_at: str,
    entered_by: str,
    rebased: bool = False,
) -> None:
    """Keep a figure of an earlier period that this program did not count; replaces an older one.

    Inside a transaction of the caller. Raises ValueError without a source.
    """
    if not source.strip():
        raise ValueError("a typed figure needs its source")
    connection.execute(
        "INSERT OR REPLACE INTO typed_figure VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (calendar, period, *key, int(rebased), value, source.strip(), entered_at, entered_by),
    )


def forget_figure(
    connection: Connection,
    calendar: str,
    period: str,
    key: FigureKey,
    *,
    rebased: bool = False,
) -> None:
    """Take a typed figure back; inside a transaction of the caller."""
    connection.execute(
        "DELETE FROM typed_figure WHERE calendar = ? AND period = ? AND sheet = ? AND part = ? "
        "AND row = ? AND col = ? AND rebased = ?",
        (calendar, period, *key, int(rebased)),
    )


def typed_figures(
    connection: Connection, calendar: str, period: str, *, rebased: bool = False
) -> dict[FigureKey, EarlierFigure]:
    """The figures of a period that were typed in."""
    lines = connection.execute(
        "SELECT sheet, part, row, col, value, source FROM typed_figure "
        "WHERE calendar = ? AND period = ? AND rebased = ?",
        (calendar, period, int(rebased)),
    )
    return {(line[0], line[1], line[2], line[3]): EarlierFigure(line[4], line[5]) for line in lines}


def figures_of(
    connection: Connection, calendar: str, period: str
) -> Mapping[FigureKey, EarlierFigure]:
    """Figures of a period as reported: of its last export, else as typed in."""
    found = typed_figures(connection, calendar, period)
    lines = connection.execute(
        "SELECT sheet, part, row, col, shown FROM snapshot_figure WHERE snapshot = ("
        "SELECT id FROM snapshot WHERE calendar = ? AND period = ? "
        "ORDER BY revision DESC LIMIT 1) AND shown IS NOT NULL",
        (calendar, period),
    )
    found.update(
        {(line[0], line[1], line[2], line[3]): EarlierFigure(line[4], "") for line in lines}
    )
    return found
