"""Two records made one: what is taken, what leads to it, what the rules say, and the way back."""

from __future__ import annotations

from random import Random

import pytest

from desktop.base.errors import UserError
from desktop.schema.definition import Gate, Level
from desktop.service.merging import Merge, Side, older_first
from desktop.service.problems import NotSaved
from desktop.service.rights import NotAllowed, Rights, Role
from desktop.service.workspace import Workspace
from desktop.store import records
from desktop.store.driver import Stored, quoted
from desktop.store.records import Conflict, NotFound, StoredRecord
from tests.offices import saved, typed

GROUP = {"category": "06", "is_main": "1", "date_from": "01/01/2023"}
HOA: dict[str, object] = {
    "full_name": "Nguyễn Thị Hoà", "sex": "NU", "birth": "1948", "marital": "GOA",
    "no_id_reason": "CHUA_CAP", "client_category": [GROUP],
}  # fmt: skip
WHY = "Đã xem giấy tờ."
NOW = "2026-06-20T08:00:00+07:00"


def client(workspace: Workspace, **more: object) -> str:
    return saved(workspace, "client", HOA | more, reason=WHY)


def merge_of(workspace: Workspace, stays: str, other: str) -> Merge:
    return Merge(
        workspace, workspace.open_draft("client", stays), workspace.open_draft("client", other)
    )


def write(workspace: Workspace, register: str, id: str, values: dict[str, Stored]) -> None:
    """A record as a file of an older program might have left it: the rules are not asked."""
    with workspace.database.transaction() as connection:
        record = StoredRecord(register=register, id=id, values=values)
        records.write(connection, workspace.forms, record, now=NOW, by="P")


Rows = dict[str, list[tuple[Stored, ...]]]
_COUNTED = {"row_version", "updated_at", "updated_by"}


def contents(workspace: Workspace) -> Rows:
    """Every row of every register, without who wrote it last."""
    found: Rows = {}
    for name in workspace.registers:
        cursor = workspace.reader.execute(f"SELECT * FROM main.{quoted(name)} ORDER BY id")
        names = [column[0] for column in cursor.description]
        kept = [place for place, column in enumerate(names) if column not in _COUNTED]
        found[name] = [tuple(row[place] for place in kept) for row in cursor.fetchall()]
    return found


def test_empty_fields_are_filled_and_the_newer_value_wins(workspace: Workspace) -> None:
    first = client(workspace, phone="0912345678", occupation="Làm ruộng")
    second = client(workspace, birth="15/06/1948", occupation="Nội trợ", religion="01")
    merge = merge_of(workspace, first, second)
    assert merge.fields == {
        "birth": Side.OTHER, "phone": Side.STAYS, "occupation": Side.STAYS, "religion": Side.OTHER,
    }  # fmt: skip
    merge.take("occupation", Side.OTHER)
    assert merge.run() == "Gộp: Nguyễn Thị Hoà"
    texts = workspace.open_draft("client", first).row.texts
    assert (texts["birth"], texts["phone"]) == ("15/06/1948", "0912345678")
    assert (texts["occupation"], texts["religion"]) == ("Nội trợ", "01")
    assert texts["file_no"] == "13366-2026-0001"


def test_what_says_more_wins_over_what_is_newer(workspace: Workspace) -> None:
    first = client(workspace, birth="15/06/1948", occupation="Thợ may")
    second = client(workspace, full_name="Nguyen Thi Hoa", birth="06/1948", occupation="Tho may")
    merge = merge_of(workspace, first, second)
    assert set(merge.fields.values()) == {Side.STAYS}
    merge = merge_of(workspace, second, first)
    assert set(merge.fields.values()) == {Side.OTHER}


def test_the_other_is_deleted_and_leads_to_the_one_that_stays(workspace: Workspace) -> None:
    first, second = client(workspace), client(workspace)
    merge_of(workspace, first, second).run()
    gone = workspace.read("client", second)
    assert gone.deleted_at is not None
    assert gone.values["merged_into"] == first
    assert workspace.look_alikes.survivor("client", second) == first
    assert workspace.look_alikes.survivor("client", first) == first
    third = client(workspace)
    merge_of(workspace, third, first).run()
    assert workspace.look_alikes.survivor("client", second) == third


def test_rows_of_both_are_kept_and_none_is_doubled(workspace: Workspace) -> None:
    old = {"category": "10", "is_main": "0", "date_from": "01/03/2024"}
    first = client(workspace, health=[{"conditions": "Cao huyết áp"}])
    second = client(workspace, client_category=[GROUP, old], health=[{"treatment": "Uống thuốc"}])
    merge = merge_of(workspace, first, second)
    assert [(row.child, row.taken, row.known) for row in merge.rows] == [
        ("client_category", False, True),
        ("client_category", True, False),
        ("health", True, False),
    ]
    merge.run()
    draft = workspace.open_draft("client", first)
    assert [row.texts["category"] for row in draft.children["client_category"]] == ["06", "10"]
    (health,) = draft.children["health"]
    assert (health.texts["conditions"], health.texts["treatment"]) == (
        "Cao huyết áp", "Uống thuốc",
    )  # fmt: skip


def test_only_one_group_stays_the_main_one(workspace: Workspace) -> None:
    first = client(workspace)
    second = client(workspace, client_category=[GROUP | {"category": "10"}])
    merge_of(workspace, first, second).run()
    rows = workspace.open_draft("client", first).children["client_category"]
    assert [(row.texts["category"], row.texts["is_main"]) for row in rows] == [
        ("06", "1"), ("10", "0"),
    ]  # fmt: skip


def test_a_main_group_that_has_ended_gives_way(workspace: Workspace) -> None:
    ended = GROUP | {"category": "10", "date_to": "31/12/2024"}
    first = client(workspace, client_category=[ended])
    second = client(workspace)
    merge_of(workspace, first, second).run()
    draft = workspace.open_draft("client", first)
    assert [p for p in draft.check(Gate.SAVE) if p.level is Level.ERROR] == []
    now = draft.children["client_category"][1]
    assert (now.texts["category"], now.texts["is_main"]) == ("06", "1")


def test_nobody_becomes_his_own_relative(workspace: Workspace) -> None:
    first = client(workspace)
    second = client(workspace, client_relation=[{"related_client": first, "relation": "CON"}])
    with workspace.database.transaction() as connection:
        stored = records.read(connection, workspace.forms, "client", first)
        stored.children["client_relation"] = [{"related_client": second, "relation": "CON"}]
        records.write(connection, workspace.forms, stored, now=NOW, by="P")
    merge_of(workspace, first, second).run()
    assert workspace.read("client", first).children["client_relation"] == []
    workspace.saving.undo()
    assert len(workspace.read("client", first).children["client_relation"]) == 1


def test_all_that_leads_to_the_other_leads_to_the_one_that_stays(workspace: Workspace) -> None:
    first, second, third = (client(workspace) for _ in range(3))
    write(workspace, "intake", "i1", {"client": second, "received_at": "2026-01-08T09:00"})
    write(workspace, "case_record", "k1", {"client": second, "opened": "2026-01-10"})
    with workspace.database.transaction() as connection:
        stored = records.read(connection, workspace.forms, "client", third)
        stored.children["client_relation"] = [{"related_client": second, "relation": "CON"}]
        records.write(connection, workspace.forms, stored, now=NOW, by="P")
    merge_of(workspace, first, second).run()
    assert workspace.read("intake", "i1").values["client"] == first
    assert workspace.read("case_record", "k1").values["client"] == first
    (row,) = workspace.read("client", third).children["client_relation"]
    assert row["related_client"] == first
    label = "Gộp: Nguyễn Thị Hoà"
    assert workspace.saving.undoable() == label
    assert {entry.label for entry in workspace.lookups.history("intake", "i1")} == {label}


def test_undo_and_redo(workspace: Workspace) -> None:
    first = client(workspace, phone="0912345678")
    second = client(workspace, client_category=[GROUP | {"category": "10"}], religion="01")
    write(workspace, "intake", "i1", {"client": second})
    before = contents(workspace)
    merge_of(workspace, first, second).run()
    after = contents(workspace)
    assert after != before
    assert workspace.saving.undo() == "Gộp: Nguyễn Thị Hoà"
    assert contents(workspace) == before
    assert workspace.saving.redo() == "Gộp: Nguyễn Thị Hoà"
    assert without_moments(contents(workspace)) == without_moments(after)


def without_moments(rows: Rows) -> Rows:
    return {
        name: [tuple("…" if str(v).startswith("2026-06-20T") else v for v in row) for row in some]
        for name, some in rows.items()
    }


def test_a_merged_record_brought_back_stands_for_itself(workspace: Workspace) -> None:
    first, second = client(workspace), client(workspace)
    merge_of(workspace, first, second).run()
    before = contents(workspace)
    workspace.saving.restore("client", [second])
    stored = workspace.read("client", second)
    assert (stored.deleted_at, stored.values["merged_into"]) == (None, None)
    assert workspace.look_alikes.survivor("client", second) == second
    workspace.saving.undo()
    assert without_moments(contents(workspace)) == without_moments(before)


def test_both_histories_stand_in_the_one_that_stays(workspace: Workspace) -> None:
    first = client(workspace)
    second = client(workspace, religion="01")
    merge_of(workspace, first, second).run()
    labels = [entry.label for entry in workspace.lookups.history("client", first)]
    assert labels == [
        "Gộp: Nguyễn Thị Hoà",
        "Thêm: Nguyễn Thị Hoà (ở hồ sơ đã gộp)",
        "Thêm: Nguyễn Thị Hoà",
    ]
    workspace.saving.undo()
    labels = [entry.label for entry in workspace.lookups.history("client", first)]
    assert "Thêm: Nguyễn Thị Hoà (ở hồ sơ đã gộp)" not in labels


def test_the_same_number_in_both_is_no_error(workspace: Workspace) -> None:
    first = client(workspace)
    second = client(workspace, personal_no="035148000123", no_id_reason="")
    merge = merge_of(workspace, first, second)
    assert merge.fields["personal_no"] is Side.OTHER
    merge.run()
    stored = workspace.read("client", first).values
    assert (stored["personal_no"], stored["no_id_reason"]) == ("035148000123", None)


def test_what_the_rules_refuse_is_not_merged(workspace: Workspace) -> None:
    first = client(workspace)
    second = client(workspace, client_category=[GROUP | {"date_from": "01/02/2023"}])
    before = contents(workspace)
    merge = merge_of(workspace, first, second)
    with pytest.raises(NotSaved) as caught:
        merge.run()
    assert {problem.number for problem in caught.value.problems} == {"V21b"}
    assert contents(workspace) == before
    assert workspace.saving.undoable().startswith("Thêm")
    merge.take_row(merge.rows[0].id, False)
    merge.run()


def test_new_errors_of_neighbours_stop_a_merge(workspace: Workspace) -> None:
    """A case that ended after the death noted in the record that stays."""
    first = client(workspace, death_date="01/02/2025")
    second = client(workspace)
    write(workspace, "case_record", "k1", {
        "client": second, "opened": "2026-01-10", "status": "KET_THUC", "closed": "2026-03-01",
    })  # fmt: skip
    before = contents(workspace)
    merge = merge_of(workspace, first, second)
    with pytest.raises(NotSaved) as caught:
        merge.run()
    assert {problem.record_id for problem in caught.value.problems} == {"k1"}
    assert contents(workspace) == before


@pytest.mark.parametrize("changed", [0, 1])
def test_a_record_changed_meanwhile(workspace: Workspace, changed: int) -> None:
    ids = client(workspace), client(workspace)
    merge = merge_of(workspace, *ids)
    draft = workspace.open_draft("client", ids[changed])
    draft.set_text("occupation", "Thợ may")
    for problem in draft.problems:
        draft.give_reason(problem, WHY)
    workspace.save(draft)
    before = contents(workspace)
    with pytest.raises(Conflict):
        merge.run()
    assert contents(workspace) == before


@pytest.mark.parametrize("deleted", [0, 1])
def test_a_record_deleted_meanwhile(workspace: Workspace, deleted: int) -> None:
    ids = client(workspace), client(workspace)
    merge = merge_of(workspace, *ids)
    workspace.saving.delete("client", [ids[deleted]])
    before = contents(workspace)
    with pytest.raises(NotFound):
        merge.run()
    assert contents(workspace) == before


def test_a_draft_goes_into_a_stored_record(workspace: Workspace) -> None:
    first = client(workspace)
    count = workspace.counts()["client"]
    draft = typed(workspace, "client", HOA | {"phone": "0912345678", "birth": "06/1948"})
    stays, other = older_first(draft, workspace.open_draft("client", first))
    assert (stays.id, other.id) == (first, draft.id)
    before = contents(workspace)
    Merge(workspace, stays, other).run()
    assert workspace.counts()["client"] == count
    texts = workspace.open_draft("client", first).row.texts
    assert (texts["phone"], texts["birth"]) == ("0912345678", "06/1948")
    workspace.saving.undo()
    assert contents(workspace) == before


def test_what_is_typed_and_not_saved_is_merged_too(workspace: Workspace) -> None:
    first, second = client(workspace), client(workspace, religion="01")
    typed_on = workspace.open_draft("client", first)
    typed_on.set_text("phone", "0912345678")
    Merge(workspace, typed_on, workspace.open_draft("client", second)).run()
    texts = workspace.open_draft("client", first).row.texts
    assert (texts["phone"], texts["religion"]) == ("0912345678", "01")


def test_what_cannot_be_merged(workspace: Workspace, worker: str) -> None:
    first = client(workspace)
    one = workspace.open_draft("client", first)
    with pytest.raises(UserError):
        Merge(workspace, one, workspace.open_draft("client", first))
    with pytest.raises(UserError):
        Merge(workspace, one, workspace.open_draft("worker", worker))
    with pytest.raises(UserError):
        Merge(workspace, workspace.new_draft("client"), one)
    gone = client(workspace)
    workspace.saving.delete("client", [gone])
    with pytest.raises(NotFound):
        Merge(workspace, one, workspace.open_draft("client", gone))
    with pytest.raises(KeyError):
        merge_of(workspace, first, client(workspace)).take("file_no", Side.OTHER)


def test_who_only_types_in_may_not_merge(workspace: Workspace) -> None:
    first, second = client(workspace), client(workspace)
    merge = merge_of(workspace, first, second)
    workspace.rights = Rights([Role.ENTRY], workspace.forms)
    before = contents(workspace)
    with pytest.raises(NotAllowed):
        merge.run()
    assert contents(workspace) == before


CHOICES: dict[str, list[str]] = {
    "birth": ["1948", "1949", "06/1948", "15/06/1948"],
    "phone": ["", "0912345678", "0987654321"],
    "occupation": ["", "Làm ruộng", "Nội trợ"],
    "religion": ["", "00", "01"],
    "old_id_no": ["", "168123457"],
    "education": ["", "TIEU_HOC"],
}


def random_client(chance: Random) -> dict[str, object]:
    texts: dict[str, object] = {name: chance.choice(some) for name, some in CHOICES.items()}
    groups = [GROUP] if chance.random() < 0.7 else []
    for code in chance.sample(["10", "11", "20"], chance.randint(0, 2)):
        groups.append({"category": code, "is_main": "0" if groups else "1",
                       "date_from": f"01/0{chance.randint(1, 6)}/2024"})  # fmt: skip
    texts["client_category"] = groups
    texts["keeper"] = ""
    if chance.random() < 0.5:
        texts["health"] = [{"conditions": chance.choice(["Cao huyết áp", "Mắt kém"])}]
    if chance.random() < 0.5:
        texts["benefit"] = [{"kind": "ND20-5C", "date_from": f"01/0{chance.randint(1, 6)}/2024"}]
    return texts


@pytest.mark.parametrize("seed", range(12))
def test_merging_and_undoing_changes_nothing(workspace: Workspace, seed: int) -> None:
    """Whatever the two records hold: all of it is there afterwards, and undone it is as before."""
    chance = Random(seed)
    ids = []
    for number in range(3):
        texts = HOA | random_client(chance)
        if texts["old_id_no"]:
            texts["old_id_no"] = f"16812345{number}"
        ids.append(raw_client(workspace, texts))
    stays, other, third = ids
    for number in range(chance.randint(0, 4)):
        target = chance.choice([other, other, third])
        register = chance.choice(["intake", "case_record", "service_event", "referral"])
        write(workspace, register, f"{register}{number}", {"client": target})
    before = contents(workspace)
    merge = merge_of(workspace, stays, other)
    for name in merge.fields:
        if chance.random() < 0.3:
            merge.take(name, chance.choice(list(Side)))
    expected = {
        name: (CHOICES_OF[side](merge)).row.texts.get(name, "")
        for name, side in merge.fields.items()
    }
    coming = [row for row in merge.rows if row.taken]
    try:
        merge.run()
    except NotSaved:
        assert contents(workspace) == before
        return
    result = workspace.open_draft("client", stays)
    assert {name: result.row.texts[name] for name in expected} == expected
    assert leads_to(workspace, other) == []
    rows = sum(len(some) for some in result.children.values())
    merged_rows = sum(len(some) for some in merge.stays.children.values()) + len(coming)
    singles = sum(
        bool(merge.stays.children[row.child]) and workspace.registers[row.child].single
        for row in coming
    )
    assert rows == merged_rows - singles
    workspace.saving.undo()
    assert contents(workspace) == before


CHOICES_OF = {Side.STAYS: lambda merge: merge.stays, Side.OTHER: lambda merge: merge.other}


def raw_client(workspace: Workspace, texts: dict[str, object]) -> str:
    """A client with these texts whose rules are not asked."""
    draft = typed(workspace, "client", texts)
    with workspace.database.transaction() as connection:
        records.write(connection, workspace.forms, draft.to_record(), now=NOW, by="P")
    workspace.access.open("client", draft.id, WHY)
    return draft.id


def leads_to(workspace: Workspace, id: str) -> list[str]:
    """Every column of every register that holds the id, but the pointers of merged records."""
    found = []
    for name, register in workspace.registers.items():
        if register.catalogue:
            continue
        for field in register.fields:
            if field.to == "client" and field.name != "merged_into":
                column = quoted(field.name)
                count = workspace.reader.execute(
                    f"SELECT count(*) FROM main.{quoted(name)} WHERE {column} = ?", [id]
                ).fetchone()[0]
                found += [f"{name}.{field.name}"] * count
    return found
