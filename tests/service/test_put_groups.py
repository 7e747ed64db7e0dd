"""Records of one file see each other and the office as if they had been saved one by one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from desktop.base.progress import Cancelled
from desktop.service import putting
from desktop.service.problems import DEAD_REFERENCE, UNREADABLE
from desktop.service.putting import put_records
from desktop.service.workspace import Workspace
from desktop.store import journal
from tests.offices import saved
from tests.service.test_putting import person, rules
from tests.service.test_saving import HOA


@pytest.fixture(params=[(2000, 500), (3, 2), (1, 1)], ids=str)
def sizes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of any size are cut into groups and batches; where must not matter."""
    group, batch = request.param
    monkeypatch.setattr(putting, "GROUP", group)
    monkeypatch.setattr(putting, "BATCH", batch)


@pytest.mark.usefixtures("sizes")
def test_of_records_that_exclude_each_other_the_first_stays(workspace: Workspace) -> None:
    items = [person(1), person(2), person(1), person(3), person(2), person(1)]
    result = put_records(workspace, "client", items, good_only=True, reason="Đã đối chiếu")
    assert {index for index, number in rules(result) if number == "V17"} == {2, 4, 5}
    assert (result.added, result.refused) == (3, 3)
    assert [bool(id) for id in result.ids] == [True, True, False, True, False, False]


@pytest.mark.usefixtures("sizes")
def test_numbers_given_to_a_file_have_no_gaps(workspace: Workspace) -> None:
    items = [person(1), person(1), person(2), person(3, birth="1990"), person(4)]
    put_records(workspace, "client", items, good_only=True)
    numbers = {r.values["file_no"] for r in stored(workspace, "client")}
    assert numbers == {"13366-2026-0001", "13366-2026-0002", "13366-2026-0003"}


@pytest.mark.usefixtures("sizes")
def test_a_namesake_in_the_same_file_needs_a_reason_of_its_own(workspace: Workspace) -> None:
    twins = [person(number, full_name="Trần Văn Bình", sex="NAM") for number in (1, 2)]
    twins = [one | {"personal_no": f"03504890000{n}"} for n, one in enumerate(twins)]
    assert rules(put_records(workspace, "client", twins)) == {(1, "V18")}
    twins[1]["_reasons"] = {"V18": "Hai anh em họ, đã xem giấy tờ"}
    result = put_records(workspace, "client", twins)
    assert result.added == 2
    kept = workspace.open_draft("client", result.ids[1])
    assert {p.reason for p in kept.problems if p.number == "V18"} == {
        "Hai anh em họ, đã xem giấy tờ"
    }


def test_every_problem_of_a_refused_record_is_told_at_once(workspace: Workspace) -> None:
    saved(workspace, "client", HOA)
    bad = person(1, personal_no="035148900123", birth="1990", phone="12345678")
    told = rules(put_records(workspace, "client", [person(2), bad]))
    assert {(1, "V17"), (1, "V12"), (1, "V04"), (1, "V09c")} <= told


def test_what_it_would_break_elsewhere_refuses_a_record(workspace: Workspace, worker: str) -> None:
    client = saved(workspace, "client", HOA)
    case = {
        "client": client,
        "opened": "10/01/2026",
        "criteria": "LAU_DAI",
        "manager": worker,
        "case_type": "KHAC",
        "status": "KET_THUC",
        "closed": "10/05/2026",
        "close_reason": "1",
        "close_result": "DAT",
    }
    saved(workspace, "case_record", case)
    items = [{"id": client, "death_date": "2026-05-01"}, person(1)]
    result = put_records(workspace, "client", items, good_only=True)
    assert (0, "V26d") in rules(result)
    assert (result.added, result.changed) == (1, 0)
    assert workspace.read("client", client).values["death_date"] is None


def test_what_was_wrong_elsewhere_before_stops_nobody(workspace: Workspace, worker: str) -> None:
    client = saved(workspace, "client", HOA)
    case = {
        "client": client,
        "opened": "10/01/2026",
        "criteria": "LAU_DAI",
        "manager": worker,
        "case_type": "KHAC",
        "status": "KET_THUC",
        "closed": "10/05/2026",
        "close_reason": "1",
        "close_result": "DAT",
    }
    saved(workspace, "case_record", case)
    with workspace.database.transaction() as connection:
        connection.execute("UPDATE main.client SET death_date = '2026-05-01'")
    result = put_records(workspace, "client", [{"id": client, "death_date": "2026-05-02"}])
    assert (result.changed, result.problems) == (1, [])


def test_child_rows_are_kept_changed_added_and_taken_out_by_their_ids(
    workspace: Workspace,
) -> None:
    rows = [
        {"category": "05", "is_main": "0", "date_from": "01/01/2020", "date_to": "01/01/2021"},
        {"category": "06", "is_main": "1", "date_from": "01/01/2023"},
    ]
    id = saved(workspace, "client", HOA | {"client_category": rows})
    first, second = (str(r["id"]) for r in workspace.read("client", id).children["client_category"])
    put_records(workspace, "client", [{"id": id, "note": "Không đổi nhóm"}])
    assert len(workspace.read("client", id).children["client_category"]) == 2
    changed = [{"id": second, "evidence": "Giấy khai sinh"}, {"category": "10", "is_main": False,
               "date_from": "2026-01-01"}]  # fmt: skip
    result = put_records(workspace, "client", [{"id": id, "client_category": changed}])
    assert result.problems == []
    now = workspace.read("client", id).children["client_category"]
    assert [(row["category"], row["evidence"]) for row in now] == [
        ("06", "Giấy khai sinh"),
        ("10", None),
    ]
    assert first not in {row["id"] for row in now}
    assert len(workspace.lookups.history("client", id)) == 3


def test_a_record_named_twice_in_a_file_is_changed_twice(workspace: Workspace) -> None:
    id = saved(workspace, "client", HOA)
    items = [{"id": id, "note": "Một"}, person(1), {"id": id, "current_address": "Tổ 4"}]
    result = put_records(workspace, "client", items)
    assert (result.added, result.changed) == (1, 2)
    values = workspace.read("client", id).values
    assert (values["note"], values["current_address"]) == ("Một", "Tổ 4")


@pytest.mark.parametrize(
    "item",
    [
        [],
        "Hoà",
        {"id": "không-có"},
        person(1, client_category={"category": "06"}),
        person(1, client_category=["06"]),
        person(1, client_category=[{"id": "không-có", "category": "06"}]),
        person(1, disability=[{"types": ["1"], "level": "N"}, {"types": ["2"], "level": "N"}]),
        person(1, _reasons="Đúng"),
        person(1, birth_year=1948),
        person(1, income_month=-5),
        person(1, note="x" * 40_000),
        person(1, note="a\x00b"),
        person(1, sex=1),
    ],
    ids=repr,
)
def test_what_cannot_be_read_is_refused_in_words(workspace: Workspace, item: Any) -> None:
    result = put_records(workspace, "client", [person(9), item])
    assert (1, UNREADABLE) in rules(result)
    assert all(problem.message for _, problem in result.problems)
    assert workspace.counts()["client"] == 0


def test_a_deleted_record_is_neither_changed_nor_referred_to(workspace: Workspace) -> None:
    household = saved(workspace, "household", {"head_name": "Nguyễn Văn Tám", "members": "3"})
    client = saved(workspace, "client", HOA)
    workspace.saving.delete("household", [household])
    workspace.saving.delete("client", [client])
    told = put_records(workspace, "client", [{"id": client, "note": "Sửa"}])
    assert rules(told) == {(0, UNREADABLE)}
    lives = person(1, household=household, relation_to_head="CON")
    assert (0, DEAD_REFERENCE) in rules(put_records(workspace, "client", [lives]))


def test_an_old_dead_reference_does_not_stop_another_change(workspace: Workspace) -> None:
    household = saved(workspace, "household", {"head_name": "Nguyễn Văn Tám", "members": "3"})
    lives = HOA | {"household": household, "relation_to_head": "CON"}
    client = saved(workspace, "client", lives)
    workspace.saving.delete("household", [household])
    result = put_records(workspace, "client", [{"id": client, "note": "Sửa"}])
    assert result.changed == 1


def test_an_answer_to_what_is_not_asked_is_told_and_left_out(workspace: Workspace) -> None:
    child = person(1, birth="2020-05-01", personal_no=None, no_id_reason="TRE_EM")
    child |= {
        "guardian_name": "Bà Hoà",
        "guardian_relation": "Bà ngoại",
        "education": "TIEU_HOC",
        "client_category": [{"category": "04", "is_main": True, "date_from": "2025-01-01"}],
    }
    result = put_records(workspace, "client", [child])
    assert result.problems == []
    assert result.set_aside == [(0, workspace.registers["client"].field("marital").label)]
    assert workspace.read("client", result.ids[0]).values["marital"] is None


def test_defaults_are_filled_in_but_no_date_is_made_up(workspace: Workspace) -> None:
    item = person(1)
    del item["current_unit"]
    item["client_category"] = [{"category": "06"}]
    told = put_records(workspace, "client", [item])
    assert {problem.fields for _, problem in told.problems} == {("date_from",)}
    item["client_category"][0]["date_from"] = "2023-01-01"
    record = workspace.read("client", put_records(workspace, "client", [item]).ids[0])
    assert (record.values["kind"], record.values["current_unit"]) == ("CA_NHAN", workspace.unit_id)
    assert record.children["client_category"][0]["is_main"] == 1


def test_one_change_of_kind_import_holds_all_rows(workspace: Workspace) -> None:
    put_records(workspace, "client", [person(n) for n in range(5)])
    connection = workspace.reader
    change = journal.change_of(connection, journal.newest_change(connection))
    assert change.kind is journal.Kind.IMPORT
    assert len(journal.entries(connection, change.id)) == 5


def test_stopping_in_the_middle_leaves_nothing_and_the_office_goes_on(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(putting, "GROUP", 2)

    def stop(text: str, done: float, /) -> None:
        if done >= 0.5:
            raise Cancelled

    with pytest.raises(Cancelled):
        put_records(workspace, "client", [person(n) for n in range(8)], stop)
    assert workspace.counts()["client"] == 0
    assert put_records(workspace, "client", [person(1)]).added == 1


def test_a_source_that_fails_in_the_middle_leaves_nothing(workspace: Workspace) -> None:
    def items() -> Iterator[dict[str, Any]]:
        yield person(1)
        raise OSError("the stick was pulled out")

    with pytest.raises(OSError, match="stick"):
        put_records(workspace, "client", items())
    assert workspace.counts()["client"] == 0


def stored(workspace: Workspace, register: str) -> list[Any]:
    return [workspace.read(register, id) for id in workspace.rows(register).ids]
