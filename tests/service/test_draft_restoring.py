"""Going on with a draft: as it was typed, over what is stored by now, under the forms of today."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.base.paths import bundled_root
from desktop.service.definitions import Definitions, load_definitions
from desktop.service.draft import Draft
from desktop.service.draft_picture import KeptDraft, differences
from desktop.service.draft_restoring import Outlook, drop_saved, go_on, look_at
from desktop.service.kept_drafts import as_kept
from desktop.service.workspace import Workspace
from tests.offices import OfficeMaker, saved, typed

CLIENT = {
    "full_name": "Nguyễn Thị Hoà",
    "sex": "NU",
    "birth": "1948",
    "no_id_reason": "KHAC",
    "marital": "GOA",
    "note": "ở một mình",
    "client_category": [{"category": "05", "is_main": "1", "date_from": "01/01/2026"}],
}
WHY = "đã xem sổ cũ"


def put_away(workspace: Workspace, draft: Draft, field: str = "full_name") -> KeptDraft:
    """The draft as the next start finds it."""
    kept = as_kept(workspace, draft, title="Hoà", place=(draft.register.name, draft.id, field))
    workspace.drafts.put(kept)
    assert workspace.drafts.wait()
    found = workspace.drafts.find(kept.id)
    assert found is not None
    return found


def restart(offices: OfficeMaker, workspace: Workspace) -> Workspace:
    workspace.close()
    return offices.reopen(workspace.paths.data)


@pytest.fixture
def again(offices: OfficeMaker) -> Iterator[Callable[[Workspace], Workspace]]:
    """The same office after a restart."""
    made: list[Workspace] = []

    def reopen(workspace: Workspace) -> Workspace:
        made.append(restart(offices, workspace))
        return made[-1]

    yield reopen
    for one in made:
        one.close()


def test_a_new_record_comes_back_as_it_was_typed(
    workspace: Workspace, again: Callable[[Workspace], Workspace]
) -> None:
    draft = typed(workspace, "client", CLIENT)
    draft.set_text("birth", "1948x")
    draft.set_text("no_id_reason", "")
    reasons = {("V03", "client", draft.id): WHY}
    draft.reasons.update(reasons)
    before, rows = draft.picture(), [row.id for row in draft.rows()]
    put_away(workspace, draft, "birth")
    workspace = again(workspace)
    (kept,) = workspace.drafts.offered()
    assert look_at(workspace, kept).outlook is Outlook.NEW
    found, fitted = go_on(workspace, kept)
    assert list(differences(before, found.picture())) == []
    assert [row.id for row in found.rows()] == rows
    assert found.is_new
    assert found.is_dirty
    assert found.row.unread.keys() == {"birth"}
    assert found.reasons == reasons
    assert (fitted.place, fitted.place_label) == (("client", found.id, "birth"), "Ngày sinh")


def test_answers_set_aside_are_set_aside_again(workspace: Workspace) -> None:
    draft = typed(workspace, "client", CLIENT)
    name = "no_id_reason"
    draft.set_text("personal_no", "035148000123")
    draft.set_text(name, "KHAC")
    draft.check()
    assert name in draft.row.set_aside()
    found, _ = go_on(workspace, put_away(workspace, draft))
    assert found.row.set_aside() == draft.row.set_aside()
    found.set_text("personal_no", "")
    found.check()
    assert found.row.texts[name] == "KHAC"
    assert name not in found.row.set_aside()


def test_it_is_saved_like_any_other_and_leaves_no_trace(workspace: Workspace) -> None:
    draft, _ = go_on(workspace, put_away(workspace, typed(workspace, "client", CLIENT)))
    for problem in draft.problems:
        draft.give_reason(problem, WHY)
    workspace.save(draft)
    assert workspace.read("client", draft.id).values["full_name"] == "Nguyễn Thị Hoà"


def test_what_others_changed_elsewhere_in_the_record_stays(workspace: Workspace) -> None:
    id = saved(workspace, "client", CLIENT, WHY)
    mine = workspace.open_draft("client", id)
    mine.set_text("note", "đã dọn về với con")
    kept = put_away(workspace, mine, "note")
    change(workspace, id, phone="0912345678")
    look = look_at(workspace, kept)
    assert (look.outlook, look.clashes) == (Outlook.CHANGED, ())
    assert look.changed_by == workspace.person.id
    draft, fitted = go_on(workspace, kept)
    assert draft.row.texts["note"] == "đã dọn về với con"
    assert draft.row.texts["phone"] == "0912345678"
    assert fitted.row_version == 2
    save_with_reasons(workspace, draft)


def test_what_both_changed_is_shown_and_chosen(workspace: Workspace) -> None:
    id = saved(workspace, "client", CLIENT, WHY)
    mine = workspace.open_draft("client", id)
    mine.set_text("note", "đã dọn về với con")
    mine.set_text("phone", "0987654321")
    kept = put_away(workspace, mine, "note")
    change(workspace, id, note="đã mất", phone="0912345678")
    look = look_at(workspace, kept)
    shown = [(one.label, one.typed, one.stored) for one in look.clashes]
    assert shown == [
        ("Điện thoại", "0987654321", "0912345678"),
        ("Ghi chú", "đã dọn về với con", "đã mất"),
    ]
    both, _ = go_on(workspace, kept)
    assert (both.row.texts["note"], both.row.texts["phone"]) == ("đã dọn về với con", "0987654321")
    one, _ = go_on(workspace, kept, [("", id, "note")])
    assert (one.row.texts["note"], one.row.texts["phone"]) == ("đã mất", "0987654321")
    assert workspace.read("client", id).values["note"] == "đã mất", "nothing is written by looking"


def test_choices_and_dates_are_shown_as_on_the_form(workspace: Workspace) -> None:
    id = saved(workspace, "client", CLIENT, WHY)
    mine = workspace.open_draft("client", id)
    mine.set_text("sex", "NAM")
    mine.set_text("birth", "5/3/1948")
    lines = {one.label: one for one in look_at(workspace, put_away(workspace, mine)).lines}
    assert (lines["Giới tính"].typed, lines["Giới tính"].stored) == ("Nam", "Nữ")
    assert lines["Ngày sinh"].typed == "05/03/1948"


def test_a_record_deleted_meanwhile_is_said(workspace: Workspace) -> None:
    id = saved(workspace, "client", CLIENT, WHY)
    mine = workspace.open_draft("client", id)
    mine.set_text("note", "mới")
    kept = put_away(workspace, mine)
    workspace.saving.delete("client", [id])
    assert look_at(workspace, kept).outlook is Outlook.DELETED
    workspace.saving.restore("client", [id])
    draft, _ = go_on(workspace, kept)
    save_with_reasons(workspace, draft)
    assert workspace.read("client", id).values["note"] == "mới"


def test_a_record_that_is_gone_becomes_a_new_one(workspace: Workspace) -> None:
    id = saved(workspace, "client", CLIENT, WHY)
    mine = workspace.open_draft("client", id)
    mine.set_text("note", "mới")
    kept = put_away(workspace, mine)
    with workspace.database.transaction() as connection:
        connection.execute("DELETE FROM main.client_category")
        connection.execute("DELETE FROM main.client WHERE id = ?", (id,))
    assert look_at(workspace, kept).outlook is Outlook.GONE
    draft, fitted = go_on(workspace, kept)
    assert draft.is_new
    assert draft.id not in ("", id)
    assert fitted.record_id == draft.id
    assert draft.row.texts["note"] == "mới"
    assert draft.row.texts["full_name"] == "Nguyễn Thị Hoà"


def test_a_record_saved_in_the_last_moment_is_not_offered_again(workspace: Workspace) -> None:
    draft = typed(workspace, "client", CLIENT)
    draft.set_text("personal_no", "035148000123")
    draft.check()
    new = put_away(workspace, draft)
    save_with_reasons(workspace, draft)
    id = saved(workspace, "client", {**CLIENT, "full_name": "Lê Thị Bưởi"}, WHY)
    mine = workspace.open_draft("client", id)
    mine.set_text("note", "mới")
    edit = put_away(workspace, mine)
    save_with_reasons(workspace, mine)
    other = workspace.open_draft("client", id)
    other.set_text("note", "chưa lưu")
    open_still = put_away(workspace, other)
    drop_saved(workspace)
    assert [one.id for one in workspace.drafts.offered()] == [open_still.id]
    assert {new.id, edit.id}.isdisjoint({open_still.id})


def test_half_typed_words_are_no_reference(workspace: Workspace) -> None:
    draft = typed(workspace, "client", CLIENT)
    draft.set_text("keeper", "hoa")
    found, _ = go_on(workspace, put_away(workspace, draft))
    assert found.row.texts["keeper"] == "hoa"
    assert found.row.unread.keys() == {"keeper"}


# Under other definitions


@pytest.fixture
def without_religion(tmp_path: Path) -> Definitions:
    """The shipped forms without the field `religion` of clients."""
    forms = tmp_path / "forms"
    shutil.copytree(bundled_root() / "forms", forms)
    file = forms / "registers" / "client.toml"
    head, *fields = file.read_text(encoding="utf-8").split("[[field]]")
    kept = [one for one in fields if '\nname = "religion"\n' not in one]
    assert len(kept) == len(fields) - 1
    file.write_text("[[field]]".join([head, *kept]), encoding="utf-8")
    return load_definitions(forms)


def test_what_has_no_field_any_more_is_listed_and_the_rest_goes_on(
    workspace: Workspace, offices: OfficeMaker, without_religion: Definitions
) -> None:
    draft = typed(workspace, "client", {**CLIENT, "religion": "Phật giáo"})
    put_away(workspace, draft, "religion")
    workspace.close()
    newer = offices.reopen(workspace.paths.data, definitions=without_religion)
    (kept,) = newer.drafts.offered()
    lost = [one for one in look_at(newer, kept).lines if not one.fits]
    assert [(one.label, one.typed) for one in lost] == [("Tôn giáo", "Phật giáo")]
    draft, fitted = go_on(newer, kept)
    assert draft.row.texts["full_name"] == "Nguyễn Thị Hoà"
    assert [(one.label, one.text) for one in fitted.lost] == [("Tôn giáo", "Phật giáo")]
    newer.close()


def test_a_draft_of_a_register_that_is_gone_is_kept_and_said(
    workspace: Workspace, offices: OfficeMaker
) -> None:
    kept = put_away(workspace, typed(workspace, "client", CLIENT))
    workspace.drafts.put(replace(kept, register="former_register"))
    (found,) = workspace.drafts.offered()
    look = look_at(workspace, found)
    assert look.outlook is Outlook.CLOSED
    assert look.why


def change(workspace: Workspace, id: str, **texts: str) -> None:
    """Somebody else edits and saves the record."""
    draft = workspace.open_draft("client", id)
    for name, text in texts.items():
        draft.set_text(name, text)
    save_with_reasons(workspace, draft)


def save_with_reasons(workspace: Workspace, draft: Draft) -> None:
    draft.check()
    for problem in draft.problems:
        draft.give_reason(problem, WHY)
    workspace.save(draft)
