"""The sample offices hold what they are there to show, and the rules say the same in any number."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import pytest

from desktop.base.clock import FixedClock
from desktop.base.errors import UserError
from desktop.base.paths import Paths, bundled_root
from desktop.schema.definition import Gate
from desktop.service.definitions import Definitions
from desktop.service.folder import has_office
from desktop.service.sample import (
    PASSWORD,
    SAMPLES,
    SampleProblems,
    open_sample,
    sample_day,
    sample_period,
)
from desktop.service.workspace import Workspace
from desktop.store.findings import Finding
from desktop.store.records import StoredRecord
from desktop.store.rules import Candidate, FormState
from tests.offices import paths_of, read_openly

HA_NAM, BINH_LUC = SAMPLES
LEFT_TO_THE_PROGRAM = {"admin_unit", "admin_unit_successor"}


@pytest.fixture(scope="module")
def ha_nam(
    tmp_path_factory: pytest.TempPathFactory, definitions: Definitions
) -> Iterator[Workspace]:
    paths = paths_of(tmp_path_factory.mktemp("sample") / "office")
    clock = FixedClock(sample_day(paths, HA_NAM))
    workspace = open_sample(paths, HA_NAM, clock=clock, definitions=definitions)
    yield workspace
    workspace.close()


def records(workspace: Workspace, register: str) -> list[StoredRecord]:
    return [read_openly(workspace, register, id) for id in workspace.rows(register).ids]


def test_every_register_and_every_child_register_is_filled(ha_nam: Workspace) -> None:
    empty = set()
    for register in ha_nam.registers.values():
        if register.parent or register.name in LEFT_TO_THE_PROGRAM:
            continue
        found = records(ha_nam, register.name)
        if not found:
            empty.add(register.name)
        for child in ha_nam.forms.children(register.name):
            if not any(one.children[child.name] for one in found):
                empty.add(child.name)
    assert empty == set()


def test_the_cases_an_acceptance_asks_for_are_there(ha_nam: Workspace) -> None:
    clients = records(ha_nam, "client")
    assert any(one.values["no_id_reason"] for one in clients)
    assert any(one.values["former_unit"] == "XA.13285." for one in clients)
    posts = [one.children["assignment"] for one in records(ha_nam, "worker")]
    assert any(row["date_to"] == "2026-02-28" for rows in posts for row in rows)
    assert sum(row["post_kind"] == "CTV" for rows in posts for row in rows) == 3
    cases = records(ha_nam, "case_record")
    spans = {(one.values["opened"], one.values["closed"]) for one in cases}
    assert ("2024-12-12", "2024-12-20") in spans
    kinds = {str(row["kind"]) for one in clients for row in one.children["benefit"]}
    assert {"ND20-5C", "HUU_TRI_XH"} <= kinds
    turned = [r for one in clients for r in one.children["client_category"] if r["date_to"]]
    assert any(row["date_to"] == "2026-05-29" for row in turned)


def test_reasons_stand_with_the_warnings_they_answer(ha_nam: Workspace) -> None:
    clients = {str(one.values["full_name"]): one.id for one in records(ha_nam, "client")}
    draft = ha_nam.open_draft("client", clients["Nguyễn Thị Hoà"])
    assert [(p.number, bool(p.reason)) for p in draft.problems] == [("V03", True)]
    intakes = [ha_nam.open_draft("intake", one.id) for one in records(ha_nam, "intake")]
    late = [p for draft in intakes for p in draft.problems if p.number.startswith("V23")]
    assert [bool(p.reason) for p in late] == [True]


def test_a_commune_without_collaborators_is_the_other(
    tmp_path: Path, definitions: Definitions
) -> None:
    paths = paths_of(tmp_path / "office")
    assert (sample_period(paths, BINH_LUC), sample_day(paths, BINH_LUC)) == (
        "2026H1",
        date(2026, 6, 14),
    )
    with_clock = FixedClock(date(2026, 6, 14))
    workspace = open_sample(paths, BINH_LUC, clock=with_clock, definitions=definitions)
    try:
        posts = [row for one in records(workspace, "worker") for row in one.children["assignment"]]
        assert "CTV" not in {row["post_kind"] for row in posts}
        assert workspace.person.name == "Trần Thị Duyên"
    finally:
        workspace.close()
    assert PASSWORD


def test_everything_wrong_with_a_sample_is_told_and_nothing_is_left(
    tmp_path: Path, definitions: Definitions
) -> None:
    resources = tmp_path / "resources"
    (resources / "sample").mkdir(parents=True)
    bundled = bundled_root() / "resources"
    shutil.copytree(bundled / "catalogues", resources / "catalogues")
    text = (bundled / "sample" / f"{BINH_LUC}.toml").read_text(encoding="utf-8")
    text = text.replace('personal_no = "035314900601"', 'personal_no = "03531490060"')
    text = text.replace('provider_worker = "@w1"\nplace', 'provider_worker = "@w9"\nplace')
    (resources / "sample" / f"{BINH_LUC}.toml").write_text(text, encoding="utf-8")
    data = tmp_path / "office"
    paths = Paths(bundled_root() / "forms", resources, data, data / "logs", data / "s.json")
    with pytest.raises(SampleProblems) as caught:
        open_sample(paths, BINH_LUC, definitions=definitions)
    told = str(caught.value)
    assert "client c01" in told
    assert "@w9" in told
    assert not has_office(paths)
    with pytest.raises(UserError, match="xa_khac"):
        open_sample(paths, "xa_khac", definitions=definitions)


def test_a_new_office_knows_base_salaries_and_holidays(ha_nam: Workspace) -> None:
    salaries = {str(one.values["date_from"]): one for one in records(ha_nam, "base_salary")}
    assert salaries["2024-07-01"].values["amount"] == 2_340_000
    assert any(one.values["date"] == "2026-09-02" for one in records(ha_nam, "holiday"))


@pytest.mark.parametrize("seed", range(3))
def test_rules_say_the_same_of_one_record_and_of_many(ha_nam: Workspace, seed: int) -> None:
    """One statement for many records must not mix them up: damaged ones beside sound ones."""
    runner = ha_nam.gates.writing().runner
    chance = Random(seed)
    for register in ("client", "worker", "household", "service_event", "case_record", "training"):
        candidates = [damaged(one, chance) for one in records(ha_nam, register)]
        single = [runner.examine(register, one, Gate.SAVE) for one in candidates]
        many = runner.examine_batch(register, candidates, Gate.SAVE)
        assert [shape(*answer) for answer in many] == [shape(*answer) for answer in single]


def damaged(record: StoredRecord, chance: Random) -> Candidate:
    def some(row: dict[str, object]) -> dict[str, object]:
        return {
            name: None if name != "id" and chance.random() < 0.15 else v for name, v in row.items()
        }

    children = {name: [some(row) for row in rows] for name, rows in record.children.items()}
    return Candidate(record.id, some(record.values), children)  # type: ignore[arg-type]


def shape(state: FormState, found: list[Finding]) -> object:
    rows = {name: dict(rows) for name, rows in state.children.items()}
    return state.row, rows, sorted((one.rule, one.row_id, one.message) for one in found)
