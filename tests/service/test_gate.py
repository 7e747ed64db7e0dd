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


def test_a_new_record_begins_with_the_office_and_the_one_who_signs_in(
    workspace: Workspace, worker: str
) -> None:
    draft = workspace.new_draft("service_event")
    assert draft.row.texts.get("provider_worker", "") == ""
    named = workspace.open_draft("worker", worker)
    named.set_text("full_name", workspace.person.name)
    workspace.save(named)
    draft = workspace.new_draft("service_event")
    assert draft.row.texts["provider_worker"] == worker
    assert workspace.new_draft("client").row.texts["current_unit"] == workspace.unit_id
    assert not draft.is_dirty


def test_rules_ask_for_what_the_office_has_chosen(workspace: Workspace) -> None:
    """V25 waits `review_days`, which the office may set (forms/reports/settings.toml)."""
    assert workspace.gates.context.settings.get("review_days") is None
    workspace.reporting.choose("review_days", "30")
    assert workspace.gates.context.settings["review_days"] == 30
    workspace.reporting.choose("review_days", "")
    assert workspace.gates.context.settings.get("review_days") is None
