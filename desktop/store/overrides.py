"""Reasons for warnings that were let pass: of one rule, one row, and the values the rule read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.schema.definition import Level
from desktop.store.driver import Connection, placeholders
from desktop.store.findings import Finding

OWN_TABLES: tuple[str, ...] = (
    """CREATE TABLE IF NOT EXISTS override (
  register TEXT NOT NULL,
  record_id TEXT NOT NULL,
  row_id TEXT NOT NULL,
  rule TEXT NOT NULL,
  values_digest TEXT NOT NULL,
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  "by" TEXT NOT NULL,
  PRIMARY KEY (record_id, row_id, rule)
) STRICT""",
)

_CHUNK = 500

Key = tuple[str, str, str]
"""Record, row, rule."""


@dataclass(frozen=True, slots=True)
class Override:
    """A reason as it was given."""

    rule: str
    values_digest: str
    """Of the values at that time: with other values the reason has lapsed."""
    reason: str
    at: str
    by: str


class Overrides:
    """Reads and writes reasons over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def reasons_for(self, record_ids: Iterable[str]) -> dict[Key, Override]:
        """Every reason of these records, lapsed ones too, by (record, row, rule)."""
        found: dict[Key, Override] = {}
        ids = list(dict.fromkeys(record_ids))
        for start in range(0, len(ids), _CHUNK):
            chunk = ids[start : start + _CHUNK]
            rows = self._connection.execute(
                'SELECT record_id, row_id, rule, values_digest, reason, at, "by" '
                f"FROM main.override WHERE record_id IN ({placeholders(chunk)})",
                chunk,
            )
            for record_id, row_id, rule, *kept in rows.fetchall():
                found[record_id, row_id, rule] = Override(rule, *kept)
        return found

    def all(self) -> list[Override]:
        """Every reason that was given, lapsed ones too, the oldest first."""
        rows = self._connection.execute(
            'SELECT rule, values_digest, reason, at, "by" FROM main.override ORDER BY at'
        )
        return [Override(*row) for row in rows.fetchall()]

    def accept(self, finding: Finding, reason: str, at: str, by: str) -> None:
        """Keep a reason, inside the caller's transaction; it takes the place of an older one."""
        self._connection.execute(
            "INSERT INTO main.override VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (record_id, row_id, rule) DO UPDATE SET "
            "values_digest = excluded.values_digest, reason = excluded.reason, "
            'at = excluded.at, "by" = excluded."by"',
            (
                finding.register,
                finding.record_id,
                finding.row_id,
                finding.rule,
                finding.values_digest,
                reason,
                at,
                by,
            ),
        )

    def with_reasons(self, findings: Iterable[Finding]) -> list[tuple[Finding, str]]:
        """Each finding with the reason that still holds for it, or ""."""
        findings = list(findings)
        kept = self.reasons_for(f.record_id for f in findings if f.level is Level.WARNING)
        told = []
        for finding in findings:
            override = kept.get((finding.record_id, finding.row_id, finding.rule))
            holds = override is not None and override.values_digest == finding.values_digest
            told.append((finding, override.reason if override and holds else ""))
        return told
