"""Saving is one transaction with rules, journal and reasons; undo takes it back."""

from __future__ import annotations

import pytest

from desktop.schema.definition import Level
from desktop.service.problems import DEAD_REFERENCE, MISSING, UNREADABLE, NotSaved
from desktop.service.saving import Changed
from desktop.service.workspace import Workspace
from desktop.store.records import Conflict
from tests.offices import TODAY, OfficeMaker, saved, typed

HOA = {
    "full_name": "Nguyễn Thị Hoà",
    "sex": "NU",
    "birth": "1948",
    "personal_no": "035148900123",
    "marital": "GOA",
    "client_category": [{"category": "06", "is_main": "1", "date_from": "01/01/2023"}],
}


def refused(workspace: Workspace, register: str, texts: dict[str, object]) -> set[str]:
    """Numbers of the rules that keep a record from being saved."""
    before = workspace.counts()[register]
    with pytest.raises(NotSaved) as caught:
        workspace.save(typed(workspace, register, texts))
    assert workspace.counts()[register] == before
    return {problem.number for problem in caught.value.problems}


def test_a_saved_record_reads_back_as_it_was_typed(workspace: Workspace) -> None:
    id = saved(workspace, "client", HOA)
    draft = workspace.open_draft("client", id)
    assert draft.row.texts["full_name"] == "Nguyễn Thị Hoà"
    assert draft.row.texts["birth"] == "1948"
    assert draft.row.texts["file_no"] == "13366-2026-0001"
    assert (draft.row.texts["ho"], draft.row.texts["dem"], draft.row.texts["ten"]) == (
        "Nguyễn",
        "Thị",
        "Hoà",
    )
    assert [row.texts["category"] for row in draft.children["client_category"]] == ["06"]
    assert not draft.is_dirty


def test_numbers_go_up_and_are_never_given_twice(workspace: Workspace) -> None:
    first = saved(workspace, "client", HOA)
    workspace.saving.delete("client", [first])
    second = saved(workspace, "client", HOA)
    assert workspace.read("client", second).values["file_no"] == "13366-2026-0002"


def test_names_are_stored_composed(workspace: Workspace) -> None:
    id = saved(workspace, "client", HOA | {"full_name": "Nguye\u0302\u0303n Thi\u0323 Hoa\u0300"})
    assert workspace.read("client", id).values["full_name"] == "Nguyễn Thị Hoà"


@pytest.mark.parametrize(
    ("change", "number"),
    [
        ({"full_name": ""}, MISSING),
        ({"birth": "31/02/1950"}, UNREADABLE),
        ({"birth": "00/00/1948"}, UNREADABLE),
        ({"birth": "29/02/1950"}, UNREADABLE),
        ({"personal_no": "03514890012"}, UNREADABLE),
        ({"personal_no": "0351489A0123"}, UNREADABLE),
        ({"full_name": "Nguyễn\x07Thị Hoà"}, UNREADABLE),
        ({"full_name": "ă" * 40_000}, UNREADABLE),
        ({"birth": "1980"}, "V12"),
        ({"household": "khong-co", "relation_to_head": "CON"}, DEAD_REFERENCE),
    ],
)
def test_what_is_wrong_is_refused_and_nothing_is_written(
    workspace: Workspace, change: dict[str, object], number: str
) -> None:
    assert number in refused(workspace, "client", HOA | change)


def test_a_number_typed_with_spaces_is_read(workspace: Workspace) -> None:
    id = saved(workspace, "client", HOA | {"personal_no": "035 1 48 900123"})
    assert workspace.read("client", id).values["personal_no"] == "035148900123"


def test_text_that_looks_like_a_formula_is_kept_as_text(workspace: Workspace) -> None:
    id = saved(workspace, "client", HOA | {"full_name": "=HYPERLINK Hoà"})
    assert workspace.read("client", id).values["full_name"] == "=HYPERLINK Hoà"


def test_a_warning_needs_a_reason_which_is_kept_until_the_value_changes(
    workspace: Workspace,
) -> None:
    odd = HOA | {"personal_no": "035048900123"}
    assert refused(workspace, "client", odd) == {"V03"}
    id = saved(workspace, "client", odd, reason="Thẻ gốc ghi như vậy")
    draft = workspace.open_draft("client", id)
    kept = [(p.number, p.level, p.reason) for p in draft.problems]
    assert kept == [("V03", Level.WARNING, "Thẻ gốc ghi như vậy")]
    draft.set_text("current_address", "Tổ dân phố 4")
    workspace.save(draft)
    again = workspace.open_draft("client", id)
    again.set_text("personal_no", "035048900999")
    with pytest.raises(NotSaved):
        workspace.save(again)


def test_the_same_paper_number_twice_is_an_error(workspace: Workspace) -> None:
    saved(workspace, "client", HOA)
    other = HOA | {"full_name": "Trần Thị Lan"}
    assert "V17" in refused(workspace, "client", other)


def test_a_deleted_reference_is_refused_in_words(workspace: Workspace, worker: str) -> None:
    client = saved(workspace, "client", HOA)
    workspace.saving.delete("client", [client])
    texts: dict[str, object] = {
        "client": client,
        "date": "01/06/2026",
        "service": "TV",
        "fund_source": "NSĐP",
        "provider_worker": worker,
    }
    with pytest.raises(NotSaved) as caught:
        workspace.save(typed(workspace, "service_event", texts))
    said = [p.message for p in caught.value.problems if p.number == DEAD_REFERENCE]
    assert len(said) == 1
    assert "Nguyễn Thị Hoà" in said[0]


def test_somebody_elses_change_is_not_overwritten(workspace: Workspace) -> None:
    id = saved(workspace, "client", HOA)
    mine, theirs = workspace.open_draft("client", id), workspace.open_draft("client", id)
    theirs.set_text("current_address", "Tổ 1")
    workspace.save(theirs)
    mine.set_text("current_address", "Tổ 2")
    with pytest.raises(Conflict):
        workspace.save(mine)
    assert workspace.read("client", id).values["current_address"] == "Tổ 1"


def test_undo_and_redo_name_what_they_do(workspace: Workspace) -> None:
    id = saved(workspace, "client", HOA)
    draft = workspace.open_draft("client", id)
    draft.set_text("full_name", "Nguyễn Thị Hoà Bình")
    workspace.save(draft)
    assert "Nguyễn Thị Hoà Bình" in workspace.saving.undoable()
    workspace.saving.undo()
    assert workspace.read("client", id).values["full_name"] == "Nguyễn Thị Hoà"
    workspace.saving.redo()
    assert workspace.read("client", id).values["full_name"] == "Nguyễn Thị Hoà Bình"
    workspace.saving.undo()
    workspace.saving.undo()
    assert workspace.read("client", id).deleted_at is not None


def test_deleting_is_soft_and_can_be_taken_back(workspace: Workspace) -> None:
    id = saved(workspace, "client", HOA)
    rows = workspace.rows("client")
    assert rows.ids == [id]
    workspace.saving.delete("client", [id])
    assert rows.ids == []
    rows.show_deleted(True)
    assert rows.ids == [id]
    workspace.saving.restore("client", [id])
    rows.show_deleted(False)
    assert rows.ids == [id]


def test_every_save_is_told_once_with_what_changed(workspace: Workspace) -> None:
    told: list[Changed] = []
    workspace.changed.connect(told.append)
    id = saved(workspace, "client", HOA)
    assert [(change.records) for change in told] == [(("client", id),)]


def test_history_says_which_field_in_words(workspace: Workspace) -> None:
    id = saved(workspace, "client", HOA)
    draft = workspace.open_draft("client", id)
    draft.set_text("marital", "CO")
    workspace.save(draft)
    newest = workspace.lookups.history("client", id)[0]
    assert [(d.label, d.before, d.after) for d in newest.differences] == [
        ("Hôn nhân", "Góa", "Đang có vợ hoặc chồng")
    ]


def test_an_edit_that_breaks_a_neighbour_is_refused(workspace: Workspace, worker: str) -> None:
    """A case may not be closed before a service that names it (V24)."""
    client = saved(workspace, "client", HOA)
    case = saved(
        workspace,
        "case_record",
        {
            "client": client,
            "opened": "01/03/2026",
            "criteria": "LAU_DAI",
            "manager": worker,
            "case_type": "KHAC",
            "status": "MO",
        },
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
            "case_record": case,
        },
    )
    draft = workspace.open_draft("case_record", case)
    for name, text in {
        "status": "KET_THUC",
        "closed": "01/05/2026",
        "close_reason": "1",
        "close_result": "DAT",
    }.items():
        draft.set_text(name, text)
    with pytest.raises(NotSaved) as caught:
        workspace.save(draft)
    assert {p.number for p in caught.value.problems if p.level is Level.ERROR} == {"V24a"}
    assert workspace.read("case_record", case).values["status"] == "MO"


def test_what_was_saved_is_there_after_a_restart(offices: OfficeMaker) -> None:
    first = offices.open()
    id = saved(first, "client", HOA)
    folder = first.paths.data
    first.close()
    again = offices.reopen(folder)
    assert again.rows("client").ids == [id]
    assert again.today == TODAY
    again.close()
