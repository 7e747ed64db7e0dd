"""Rules that are asked only when a period is closed."""

from __future__ import annotations

from pathlib import Path

from desktop.schema.definition import Level
from desktop.service.checking import check_all
from desktop.service.closing import check_period
from desktop.service.exporting import export
from desktop.service.workspace import Workspace
from tests.offices import HA_NAM, saved
from tests.service.test_saving import HOA


def test_a_disabled_client_without_a_certificate_is_a_warning_now_and_an_error_at_closing(
    workspace: Workspace,
) -> None:
    texts = HOA | {
        "client_category": [{"category": "07", "is_main": "1", "date_from": "01/01/2023"}]
    }
    saved(workspace, "client", texts, reason="Đang làm hồ sơ xác định mức độ khuyết tật")
    now = {p.number: p.level for r in check_all(workspace).records for p in r.problems}
    assert now["V14"] is Level.WARNING
    period = workspace.reporting.period("2026H1")
    then = {p.number: p.level for r in check_period(workspace, period).records for p in r.problems}
    assert then["V14"] is Level.ERROR


def test_a_commune_without_collaborators_is_told_at_closing(workspace: Workspace) -> None:
    period = workspace.reporting.period("2026H1")
    numbers = {p.number for r in check_period(workspace, period).records for p in r.problems}
    assert numbers & {"V30a", "V30b"}
    assert workspace.gates.context.closing_date is None


def test_more_people_served_than_there_are_is_told_of_the_figure(
    workspace: Workspace, worker: str, tmp_path: Path
) -> None:
    for number, name in enumerate(("Trần Thị Lan", "Vũ Thị Tơ")):
        client = saved(
            workspace,
            "client",
            HOA | {"full_name": name, "personal_no": f"03514890012{number}"},
        )
        saved(
            workspace,
            "service_event",
            {
                "client": client,
                "date": "01/06/2026",
                "service": "TV",
                "fund_source": "NSĐP",
                "provider_worker": worker,
            },
        )
    saved(
        workspace,
        "baseline",
        {
            "kind": "NGUOI_HCKK",
            "scope_unit": HA_NAM,
            "as_of": "14/06/2026",
            "value": "1",
            "source": "Rà soát",
        },
    )
    done = export(workspace, "2026H1", tmp_path)
    assert {problem.number for problem in done.problems} == {"V37a", "V37b"}
    assert all(problem.level is Level.ERROR for problem in done.problems)
    assert "2" in next(p.message for p in done.problems if p.number == "V37a")
