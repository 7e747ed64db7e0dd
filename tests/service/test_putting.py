"""Many records at once: the same rules as the window, all or nothing, one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from desktop.base.errors import UserError
from desktop.base.progress import Cancelled
from desktop.service.problems import DEAD_REFERENCE, MISSING, UNREADABLE
from desktop.service.putting import PutResult, put_records
from desktop.service.saving import Changed
from desktop.service.workspace import Workspace
from tests.offices import HA_NAM, saved
from tests.service.test_saving import HOA


def person(number: int, **changed: Any) -> dict[str, Any]:
    """A client as JSON gives one; the personal number ends in `number`."""
    return {
        "full_name": f"Nguyễn Thị Hoà {'ABCDEFGH'[number % 8]}",
        "sex": "NU",
        "birth": "1948",
        "personal_no": f"0351489{number:05}",
        "marital": "GOA",
        "current_unit": HA_NAM,
        "client_category": [{"category": "06", "is_main": True, "date_from": "2023-01-01"}],
    } | changed


def rules(result: PutResult) -> set[tuple[int, str]]:
    return {(index, problem.number) for index, problem in result.problems}


def test_good_records_are_added_with_numbers_child_rows_and_history(workspace: Workspace) -> None:
    result = put_records(workspace, "client", [person(1), person(2)])
    assert (result.added, result.changed, result.refused) == (2, 0, 0)
    rows = workspace.rows("client")
    stored = [workspace.read("client", id) for id in rows.ids]
    assert {one.values["file_no"] for one in stored} == {"13366-2026-0001", "13366-2026-0002"}
    assert [len(one.children["client_category"]) for one in stored] == [1, 1]
    assert [len(workspace.lookups.history("client", one.id)) for one in stored] == [1, 1]


@pytest.mark.parametrize(
    ("changed", "number"),
    [
        ({"full_name": None}, MISSING),
        ({"birth": "31/02/1950"}, UNREADABLE),
        ({"personal_no": "0351489"}, UNREADABLE),
        ({"sex": "NAM"}, "V03"),
        ({"birth": "1990"}, "V12"),
        ({"household": "khong-co", "relation_to_head": "CON"}, DEAD_REFERENCE),
    ],
)
def test_one_bad_record_keeps_the_whole_file_out(
    workspace: Workspace, changed: Mapping[str, Any], number: str
) -> None:
    result = put_records(workspace, "client", [person(1), person(2, **changed)])
    assert (1, number) in rules(result)
    assert (result.added, result.refused) == (0, 1)
    assert workspace.counts()["client"] == 0


def test_the_window_says_the_same_of_the_same_text(workspace: Workspace) -> None:
    bad = {"birth": "1990", "personal_no": "035048900123"}
    draft = workspace.new_draft("client")
    for name, text in {**HOA, **bad}.items():
        if isinstance(text, str):
            draft.set_text(name, text)
    row = draft.add_row("client_category")
    for name, text in {"category": "06", "is_main": "1", "date_from": "01/01/2023"}.items():
        draft.set_text(name, text, row)
    typed = {problem.number for problem in draft.check()}
    result = put_records(workspace, "client", [person(1, **bad)])
    assert {number for _, number in rules(result)} == typed


def test_good_only_writes_the_good_ones(workspace: Workspace) -> None:
    result = put_records(
        workspace, "client", [person(1), person(2, birth="1990"), person(3)], good_only=True
    )
    assert (result.added, result.refused) == (2, 1)
    assert workspace.counts()["client"] == 2


def test_the_same_number_twice_in_one_file_is_found(workspace: Workspace) -> None:
    twin = person(1, full_name="Trần Thị Lan")
    result = put_records(workspace, "client", [person(1), person(2), twin])
    assert "V17" in {number for _, number in rules(result)}
    assert workspace.counts()["client"] == 0


def test_a_warning_takes_its_own_reason_or_one_for_all(workspace: Workspace) -> None:
    odd = person(1, sex="NAM")
    assert (0, "V03") in rules(put_records(workspace, "client", [odd]))
    own = odd | {"_reasons": {"V03": "Thẻ gốc ghi như vậy"}}
    assert put_records(workspace, "client", [own]).added == 1
    other = person(2, sex="NAM")
    assert put_records(workspace, "client", [other], reason="Đã đối chiếu thẻ").added == 1


def test_a_record_with_a_known_id_is_changed_and_keeps_what_is_left_out(
    workspace: Workspace,
) -> None:
    id = saved(workspace, "client", HOA)
    result = put_records(workspace, "client", [{"id": id, "current_address": "Tổ dân phố 4"}])
    assert (result.added, result.changed) == (0, 1)
    values = workspace.read("client", id).values
    assert (values["current_address"], values["full_name"]) == ("Tổ dân phố 4", "Nguyễn Thị Hoà")


def test_unknown_fields_and_registers_are_refused_in_words(workspace: Workspace) -> None:
    result = put_records(workspace, "client", [person(1, nickname="Hoa")])
    assert result.refused == 1
    assert workspace.counts()["client"] == 0
    with pytest.raises(UserError):
        put_records(workspace, "clients", [person(1)])


def test_one_news_tells_all(workspace: Workspace) -> None:
    told: list[Changed] = []
    workspace.changed.connect(told.append)
    put_records(workspace, "client", [person(number) for number in range(5)])
    assert [len(change.ids("client")) for change in told] == [5]


def test_stopping_writes_nothing(workspace: Workspace) -> None:
    def stop(text: str, done: float, /) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        put_records(workspace, "client", [person(number) for number in range(5)], stop)
    assert workspace.counts()["client"] == 0


def test_texts_of_other_programs_are_cleaned_and_that_is_told(workspace: Workspace) -> None:
    odd = person(
        1,
        full_name="Nguyễn\u00a0Thị Ho\u200bà",
        birth="1948-05-02 00:00:00",
        personal_no="'0351489.00001",
        phone="+84 912 345 678",
        income_month="1,500,000",
    )
    result = put_records(workspace, "client", [person(2), odd])
    assert (result.added, result.refused) == (2, 0), result.problems
    values = workspace.read("client", result.ids[1]).values
    assert (values["full_name"], values["personal_no"]) == ("Nguyễn Thị Hoà", "035148900001")
    assert (values["birth_day"], values["income_month"]) == (2, 1_500_000)
    told = {label: words for index, label, words in result.cleaned if index == 1}
    assert set(told) >= {"Họ và tên", "Ngày sinh", "Số định danh/CCCD"}
    assert "không nhìn thấy" in told["Họ và tên"]
    assert not [one for one in result.cleaned if one[0] == 0]


def test_a_power_of_ten_is_no_identity_number(workspace: Workspace) -> None:
    result = put_records(workspace, "client", [person(1, personal_no="4,12E+11")])
    assert rules(result) == {(0, UNREADABLE)}
    assert "Excel" in result.problems[0][1].message
