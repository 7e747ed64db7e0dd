"""Sample offices and invented people keep every rule, and a seed makes the same people again."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.service.checking import check_all
from desktop.service.definitions import Definitions
from desktop.service.invented import invent
from desktop.service.sample import SAMPLES, open_sample
from desktop.service.workspace import Workspace
from tests.offices import OfficeMaker, paths_of, read_openly


def people(workspace: Workspace) -> list[tuple[object, ...]]:
    columns = ("full_name", "birth_year", "personal_no", "main_category")
    stored = (read_openly(workspace, "client", id) for id in workspace.rows("client").ids)
    return sorted(tuple(str(one.values[name]) for name in columns) for one in stored)


def test_invented_people_keep_every_rule_or_say_why(offices: OfficeMaker) -> None:
    workspace = offices.open()
    try:
        invent(workspace, 80, services_per_client=3)
        counts = workspace.counts()
        assert counts["client"] == 80
        assert counts["service_event"] == 240
        filled = {name for name, count in counts.items() if count}
        assert {"household", "intake", "case_record", "assessment", "plan", "training"} <= filled
        checked = check_all(workspace)
        assert [(r.title, [p.message for p in r.problems if p.is_open])
                for r in checked.records if r.errors] == []  # fmt: skip
    finally:
        workspace.close()


def test_a_seed_makes_the_same_people_and_another_seed_others(offices: OfficeMaker) -> None:
    made = []
    for seed in (1, 1, 2):
        workspace = offices.open()
        invent(workspace, 20, seed=seed, services_per_client=1)
        made.append(people(workspace))
        workspace.close()
    assert made[0] == made[1]
    assert made[0] != made[2]


@pytest.mark.parametrize("which", SAMPLES)
def test_a_sample_office_has_no_error_and_one_of_every_group(
    which: str, tmp_path: Path, definitions: Definitions
) -> None:
    workspace = open_sample(paths_of(tmp_path / which), which)
    try:
        assert check_all(workspace).errors == 0
        if which == SAMPLES[0]:
            groups = {
                str(row["category"])
                for id in workspace.rows("client").ids
                for row in read_openly(workspace, "client", id).children["client_category"]
            }
            assert groups == {value.code for value in definitions.forms.lists["CAT"].values}
    finally:
        workspace.close()
