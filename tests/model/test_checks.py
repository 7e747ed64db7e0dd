"""One check for the whole window: of everything once, then of what changes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop.model.checks import Checks
from desktop.model.jobs import Jobs
from desktop.service.workspace import Workspace
from tests.offices import saved
from tests.service.test_saving import HOA

DISABLED = HOA | {
    "client_category": [{"category": "07", "is_main": "1", "date_from": "01/01/2023"}]
}


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


@pytest.fixture
def checks(workspace: Workspace, jobs: Jobs) -> Checks:
    return Checks(workspace, jobs)


def numbers(checks: Checks) -> list[str]:
    assert checks.result is not None
    return [p.number for record in checks.result.records for p in record.problems]


def test_everything_is_checked_once_and_then_what_changes(
    qtbot: QtBot, workspace: Workspace, checks: Checks
) -> None:
    with qtbot.waitSignal(checks.changed, timeout=20_000):
        checks.ensure()
    assert checks.checked_at == workspace.clock.now()
    assert numbers(checks) == ["V30a"], "a commune without a collaborator"
    with qtbot.waitSignal(checks.changed, timeout=20_000):
        id = saved(workspace, "client", DISABLED, reason="Đang làm hồ sơ")
    assert sorted(numbers(checks)) == ["V14", "V30a"]
    with qtbot.waitSignal(checks.changed, timeout=20_000):
        workspace.saving.delete("client", [id])
    assert numbers(checks) == ["V30a"]


def test_a_second_start_follows_the_first(qtbot: QtBot, checks: Checks) -> None:
    job = checks.start()
    assert checks.start() is job
    with qtbot.waitSignal(job.finished, timeout=20_000):
        pass
    assert checks.job is None


def test_a_check_that_is_stopped_leaves_the_answer_before_it(qtbot: QtBot, checks: Checks) -> None:
    with qtbot.waitSignal(checks.changed, timeout=20_000):
        checks.ensure()
    before = checks.result
    job = checks.start()
    job.cancel()
    with qtbot.waitSignal(job.finished, timeout=20_000):
        pass
    assert checks.result is before


def test_a_reason_closes_a_warning_of_the_close_gate(
    qtbot: QtBot, workspace: Workspace, checks: Checks
) -> None:
    with qtbot.waitSignal(checks.changed, timeout=20_000):
        checks.ensure()
    assert checks.result is not None
    problem = checks.result.records[0].problems[0]
    assert checks.result.open_warnings == 1
    with qtbot.waitSignal(checks.changed, timeout=20_000):
        workspace.saving.give_reason(problem, "Đang tuyển cộng tác viên")
    assert (checks.result.open_warnings, checks.result.reasons) == (0, 1)
    with qtbot.waitSignal(checks.changed, timeout=20_000):
        checks.start()
    assert (checks.result.open_warnings, checks.result.reasons) == (0, 1)


def test_other_limits_for_the_rules_ask_for_another_check(qtbot: QtBot, checks: Checks) -> None:
    with qtbot.waitSignal(checks.changed, timeout=20_000):
        checks.ensure()
    checks.ensure()
    assert checks.job is None
    checks.forget()
    with qtbot.waitSignal(checks.changed, timeout=20_000):
        checks.ensure()
