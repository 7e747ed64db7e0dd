"""The list an officer goes through before a report leaves."""

from __future__ import annotations

from datetime import date

from desktop.base.clock import FixedClock
from desktop.service.checking import Checked
from desktop.service.export_checks import Check, checks_before_export, filled_sheets, has_figures
from desktop.service.workspace import Workspace
from tests.offices import OfficeMaker, emptied, saved
from tests.service.test_saving import HOA


def roles(workspace: Workspace, code: str, checked: Checked | None) -> list[Check]:
    return checks_before_export(workspace, workspace.reporting.period(code), checked)


def test_all_is_well_in_a_checked_office_after_the_closing_date(workspace: Workspace) -> None:
    settings, closing, errors, warnings, revision = roles(workspace, "2026H1", Checked(()))
    assert (settings.role, settings.opens) == ("success", "register.office")
    assert "16/06/2026" in closing.value
    assert closing.role == "error", "the office's day is 20/06/2026: four days late"
    assert (errors.value, errors.role, errors.opens) == ("0", "quiet", "check")
    assert (warnings.value, warnings.role) == ("0", "quiet")
    assert revision.value == "1"


def test_a_period_that_still_runs_is_said(offices: OfficeMaker) -> None:
    workspace = offices.open(FixedClock(date(2026, 6, 2)))
    closing = roles(workspace, "2026H1", None)[1]
    assert (closing.role, "13" in closing.value) == ("warning", True)
    unchecked = roles(workspace, "2026H1", None)[2]
    assert (unchecked.role, unchecked.opens) == ("warning", "check")
    workspace.close()


def test_missing_settings_are_named(workspace: Workspace) -> None:
    emptied(workspace, "checker")
    settings = roles(workspace, "2026H1", None)[0]
    assert (settings.role, "Người kiểm tra" in settings.value) == ("error", True)
    assert roles(workspace, "2024H1", None)[0].role == "error", "settings begin on 01/07/2025"


def test_sheets_with_something_recorded_are_counted(workspace: Workspace) -> None:
    period = workspace.reporting.period("2026H1")
    before, of = filled_sheets(workspace.reporting.report(period))
    assert of == 13
    saved(workspace, "client", HOA)
    report = workspace.reporting.report(period)
    assert filled_sheets(report)[0] > before
    assert has_figures(next(one for one in report.sheets if one.code == "B05"))
    assert not has_figures(next(one for one in report.sheets if one.code == "B09"))


def test_the_report_due_next_is_the_one_before_until_it_is_late(offices: OfficeMaker) -> None:
    clock = FixedClock(date(2026, 6, 16))
    workspace = offices.open(clock)
    assert workspace.reporting.to_report().code == "2026H1"
    workspace.close()
    workspace = offices.open(FixedClock(date(2026, 6, 17)))
    assert workspace.reporting.to_report().code == "2026H2"
    workspace.close()
