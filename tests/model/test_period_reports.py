"""Reports are worked out once, shown while they are stale, and asked for anew."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop.model.jobs import Jobs
from desktop.model.period_reports import PeriodReports
from desktop.service.workspace import Workspace
from tests.offices import saved
from tests.service.test_saving import HOA

CODE = "2026H1"


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


@pytest.fixture
def reports(workspace: Workspace, jobs: Jobs) -> PeriodReports:
    return PeriodReports(workspace, jobs)


def clients(reports: PeriodReports) -> object:
    report = reports.report(CODE)
    assert report is not None
    sheet = next(one for one in report.sheets if one.code == "B05")
    return sheet.parts[0].rows[0].cells["4"].value


def test_a_report_is_kept_until_something_changes(
    qtbot: QtBot, workspace: Workspace, reports: PeriodReports
) -> None:
    with qtbot.waitSignal(reports.ready, timeout=20_000):
        assert reports.ask(CODE) is not None
    assert clients(reports) == 0
    assert reports.is_fresh(CODE)
    assert reports.ask(CODE) is None
    with qtbot.waitSignal(reports.stale):
        saved(workspace, "client", HOA)
    assert not reports.is_fresh(CODE)
    assert clients(reports) == 0, "the old one is there while the new one is worked out"
    with qtbot.waitSignal(reports.ready, timeout=20_000):
        reports.ask(CODE)
    assert clients(reports) == 1


def test_why_there_is_no_report_is_said_in_words(
    qtbot: QtBot, workspace: Workspace, reports: PeriodReports
) -> None:
    office = workspace.rows("office").ids[0]
    workspace.saving.delete("office", [office])
    with qtbot.waitSignal(reports.ready, timeout=20_000):
        reports.ask(CODE)
    assert reports.report(CODE) is None
    assert reports.problem(CODE)
    workspace.saving.undo()
    with qtbot.waitSignal(reports.ready, timeout=20_000):
        reports.ask(CODE)
    assert reports.problem(CODE) == ""
    assert reports.report(CODE) is not None


def test_a_report_that_is_stopped_can_be_asked_for_again(
    qtbot: QtBot, reports: PeriodReports
) -> None:
    job = reports.ask(CODE)
    assert job is not None
    job.cancel()
    with qtbot.waitSignal(job.finished, timeout=20_000):
        pass
    if reports.report(CODE) is None:
        assert not reports.is_fresh(CODE)
        with qtbot.waitSignal(reports.ready, timeout=20_000):
            reports.ask(CODE)
    assert reports.report(CODE) is not None
