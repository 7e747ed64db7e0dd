"""What was recorded of reports sent: when they left, and when the receiver had them."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.schema.definition import Forms
from desktop.store.driver import Connection

SUBMISSIONS = "report_submission"
"""Register they are recorded in."""
_FIELDS = ("period", "version", "sent_at", "received_at")


@dataclass(frozen=True)
class Submission:
    """One report on its way, as the office recorded it."""

    id: str
    sent_at: str
    """ISO moment, "" while it was not sent."""
    received_at: str
    """ISO moment, "" while nothing was heard."""


def submissions(connection: Connection, forms: Forms) -> dict[tuple[str, int], Submission]:
    """By period and revision; empty where the office has no such register."""
    register = forms.registers.get(SUBMISSIONS)
    if register is None or not set(_FIELDS) <= {one.name for one in register.fields}:
        return {}
    rows = connection.execute(
        f"SELECT period, version, id, coalesce(sent_at, ''), coalesce(received_at, '') "
        f"FROM main.{SUBMISSIONS} WHERE deleted_at IS NULL AND version IS NOT NULL ORDER BY sent_at"
    )
    return {(str(row[0]), int(row[1])): Submission(*map(str, row[2:])) for row in rows.fetchall()}
