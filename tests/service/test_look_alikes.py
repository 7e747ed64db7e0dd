"""Look-alikes as the window asks for them: of a draft, of a record, answered and remembered."""

from __future__ import annotations

import pytest

from desktop.schema.definition import Gate
from desktop.service.checking import check_all
from desktop.service.comparing import Difference, compare
from desktop.service.look_alikes import likeness_words
from desktop.service.putting import put_records
from desktop.service.rights import NotAllowed, Rights, Role
from desktop.service.workspace import Workspace
from desktop.store import records
from tests.offices import saved, typed

WHY = "Đã xem giấy tờ."
HOA: dict[str, object] = {
    "full_name": "Nguyễn Thị Hoà", "sex": "NU", "birth": "1948", "marital": "GOA",
    "no_id_reason": "CHUA_CAP",
    "client_category": [{"category": "06", "is_main": "1", "date_from": "01/01/2023"}],
}  # fmt: skip


def client(workspace: Workspace, **more: object) -> str:
    return saved(workspace, "client", HOA | more, reason=WHY)


def numbers(workspace: Workspace, id: str) -> list[str]:
    """Open rules of a stored record at saving."""
    draft = workspace.open_draft("client", id)
    return [problem.number for problem in draft.check(Gate.SAVE) if problem.is_open]


def test_a_new_record_is_compared_with_all(workspace: Workspace) -> None:
    first = client(workspace)
    found = workspace.look_alikes.of_draft(typed(workspace, "client", HOA | {"birth": "1949"}))
    assert [one.id for one in found.shown] == [first]
    assert (found.more, found.same_paper) == (0, False)
    (one,) = found.shown
    assert one.title == "Nguyễn Thị Hoà"
    words = likeness_words(one.likeness, workspace.registers["client"])
    assert words == "cùng họ tên · năm sinh lệch 1 · cùng nơi ở"


def test_a_stored_record_only_where_who_it_is_has_changed(workspace: Workspace) -> None:
    client(workspace)
    second = client(workspace, full_name="Nguyễn Thị Hòe")
    draft = workspace.open_draft("client", second)
    assert workspace.look_alikes.of_draft(draft).shown == ()
    draft.set_text("occupation", "Làm ruộng")
    assert workspace.look_alikes.of_draft(draft).shown == ()
    draft.set_text("full_name", "Nguyễn Thị Hòa")
    assert len(workspace.look_alikes.of_draft(draft).shown) == 1


def test_other_registers_have_none(workspace: Workspace) -> None:
    assert not workspace.look_alikes.compares("household")
    assert workspace.look_alikes.of_draft(workspace.new_draft("household")).shown == ()
    assert workspace.look_alikes.pairs("household") == []


def test_told_apart_is_remembered_and_answers_the_rule(workspace: Workspace) -> None:
    first = client(workspace)
    draft = typed(workspace, "client", HOA)
    assert "V18" in [problem.number for problem in draft.check(Gate.SAVE) if problem.is_open]
    workspace.look_alikes.answered(draft)
    workspace.save(draft)
    told = []
    workspace.changed.connect(told.append)
    workspace.look_alikes.tell_apart("client", draft.id, [first])
    assert [change.label for change in told] == [
        "Hai người khác nhau: Nguyễn Thị Hoà, Nguyễn Thị Hoà"
    ]
    assert workspace.look_alikes.of_record("client", first).shown == ()
    assert workspace.look_alikes.pairs("client") == []
    assert numbers(workspace, first) == numbers(workspace, draft.id) == []
    label = workspace.reader.execute("SELECT label FROM change ORDER BY id DESC").fetchone()[0]
    assert label.startswith("Hai người khác nhau")
    again = workspace.look_alikes.of_record("client", first, told_apart=True)
    assert [one.id for one in again.shown] == [draft.id]


def test_the_rule_stays_open_while_another_is_not_told_apart(workspace: Workspace) -> None:
    items = [
        {"kind": "CA_NHAN", "full_name": "Nguyễn Thị Hoà", "sex": "NU", "birth": "1948",
         "current_unit": workspace.unit_id, "marital": "GOA", "no_id_reason": "CHUA_CAP"}
    ] * 3  # fmt: skip
    ids = put_records(workspace, "client", items, reason=WHY).ids
    with workspace.database.transaction() as connection:
        connection.execute("DELETE FROM main.override")
    workspace.look_alikes.tell_apart("client", ids[0], [ids[1]])
    assert [numbers(workspace, id) for id in ids] == [["V18"]] * 3
    workspace.look_alikes.tell_apart("client", ids[0], [ids[2]])
    assert [numbers(workspace, id) for id in ids] == [[], ["V18"], ["V18"]]
    assert len(workspace.look_alikes.pairs("client")) == 1


def test_asked_again_when_the_name_changes(workspace: Workspace) -> None:
    first, second = client(workspace), client(workspace)
    workspace.look_alikes.tell_apart("client", first, [second])
    draft = workspace.open_draft("client", second)
    draft.set_text("full_name", "Nguyen Thi Hoa")
    assert [one.id for one in workspace.look_alikes.of_draft(draft).shown] == [first]


def test_one_deleted_meanwhile(workspace: Workspace) -> None:
    first, second = client(workspace), client(workspace)
    workspace.saving.delete("client", [first])
    assert workspace.look_alikes.of_record("client", second).shown == ()
    workspace.look_alikes.tell_apart("client", second, [first, "nobody"])


def test_who_may_not_see_restricted_records(workspace: Workspace) -> None:
    group = {"category": "09", "is_main": "1", "date_from": "01/01/2023"}
    record = typed(workspace, "client", HOA | {"client_category": [group]}).to_record()
    with workspace.database.transaction() as connection:
        records.write(connection, workspace.forms, record, now="2026-06-20T08:00", by="P")
    hidden = record.id
    workspace.rights = workspace.sight.rights = Rights([Role.ENTRY], workspace.forms)
    found = workspace.look_alikes.of_draft(typed(workspace, "client", HOA))
    (one,) = found.shown
    assert (one.id, one.title, one.hidden) == (hidden, "Nhóm hạn chế", True)
    client(workspace)
    assert workspace.look_alikes.pairs("client") == []


def test_side_by_side(workspace: Workspace) -> None:
    first = client(workspace, phone="0912345678", birth="15/06/1948")
    draft = typed(workspace, "client", HOA | {"full_name": "Nguyen Thi Hoa", "occupation": "May"})
    lines = compare(workspace, draft.to_record(), workspace.read("client", first))
    told = {line.field: (line.left, line.right, line.difference) for line in lines}
    assert told["full_name"] == ("Nguyen Thi Hoa", "Nguyễn Thị Hoà", Difference.MARKS)
    assert told["birth"] == ("1948", "15/06/1948", Difference.OTHER)
    assert told["phone"] == ("", "0912345678", Difference.RIGHT)
    assert told["occupation"][2] is Difference.LEFT
    assert told["sex"] == ("Nữ", "Nữ", Difference.SAME)
    assert told["client_category"][2] is Difference.SAME
    assert [line.field for line in lines if line.telling][:2] == ["full_name", "birth"]
    assert not {"ho", "dem", "ten", "merged_into"} & told.keys()


def test_side_by_side_with_what_may_not_be_seen(workspace: Workspace) -> None:
    first = client(workspace)
    draft = typed(workspace, "client", HOA)
    lines = compare(workspace, draft.to_record(), workspace.read("client", first), hidden=True)
    assert {(line.right, line.difference) for line in lines} == {
        ("Nhóm hạn chế", Difference.HIDDEN)
    }


@pytest.mark.parametrize("number", ["000000000000", "111111111111", "123456789012"])
def test_placeholders_are_put_but_warned_of(workspace: Workspace, number: str) -> None:
    item = {
        "kind": "CA_NHAN", "full_name": "Lê Văn Ba", "sex": "NAM", "birth": "1970",
        "current_unit": workspace.unit_id, "marital": "CO", "personal_no": number,
    }  # fmt: skip
    other = item | {"full_name": "Trần Văn Tư"}
    refused = put_records(workspace, "client", [item, other])
    told = [{p.number for place, p in refused.problems if place == one} for one in (0, 1)]
    assert all("V02c" in some and "V17" not in some for some in told)
    done = put_records(workspace, "client", [item, other], reason="Chép từ sổ cũ.")
    assert (done.added, done.refused) == (2, 0)
    checked = check_all(workspace)
    numbers = [problem.number for record in checked.records for problem in record.problems]
    assert numbers.count("V02c") == 2
    assert "V17" not in numbers


def test_put_warns_of_look_alikes(workspace: Workspace) -> None:
    client(workspace)
    item = {
        "kind": "CA_NHAN", "full_name": "Nguyễn Thị Hòa", "sex": "NU", "birth": "1948",
        "current_unit": workspace.unit_id, "marital": "GOA", "no_id_reason": "CHUA_CAP",
    }  # fmt: skip
    result = put_records(workspace, "client", [item])
    assert (result.refused, [p.number for _, p in result.problems]) == (1, ["V18"])


def test_who_only_looks_tells_nobody_apart(workspace: Workspace) -> None:
    first, second = client(workspace), client(workspace)
    workspace.rights = Rights([Role.LEADER], workspace.forms)
    with pytest.raises(NotAllowed):
        workspace.look_alikes.tell_apart("client", first, [second])
    assert len(workspace.look_alikes.pairs("client")) == 1
