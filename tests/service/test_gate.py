"""A draft of a stored record reads to the rules as the stored record itself."""

from __future__ import annotations

from desktop.service.gate import candidate_of
from desktop.service.workspace import Workspace


def test_an_opened_draft_has_every_column_its_rules_read(workspace: Workspace, worker: str) -> None:
    """V20a asks an inherited record less; it has to know on the page too that it is one."""
    with workspace.database.transaction() as connection:
        connection.execute(
            "UPDATE main.worker SET origin = 'KE_THUA_SAP_NHAP' WHERE id = ?", (worker,)
        )
    candidate = candidate_of(workspace.open_draft("worker", worker))
    row = workspace.reader.execute(
        "SELECT created_at, origin, unit_id FROM worker WHERE id = ?", (worker,)
    ).fetchone()
    assert tuple(candidate.values[name] for name in ("created_at", "origin", "unit_id")) == row
    assert row[1] == "KE_THUA_SAP_NHAP"
