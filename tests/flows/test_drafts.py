"""What is typed and not saved: kept at each field, offered after a cut, discarded and brought back,
by keys alone."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop.base.clock import FixedClock
from desktop.service.draft_restoring import Outlook
from desktop.service.draft_writing import FILE
from desktop.service.workspace import Workspace
from desktop.widget.draft_door import DRAFTS
from desktop.widget.drafts_page import DraftsPage
from desktop.widget.form_page import FormPage
from desktop.widget.main_pages import HOME
from tests.flows.screen import Screen, put
from tests.offices import OfficeMaker, saved
from tests.widget.keyboard import ALT, CTRL, SHIFT, enter, field, focus, here, key, tab, words
from tests.widget.scripted_ask import ScriptedAsk

OLD_WOMAN = {
    "full_name": "Nguyễn Thị Hoà",
    "sex": "NU",
    "birth": "1948",
    "no_id_reason": "KHAC",
    "marital": "GOA",
    "client_category": [{"category": "05", "is_main": "1", "date_from": "01/01/2026"}],
}
WHY = "đã xem sổ cũ"
NAME = "Trần Thị Hoa"


@pytest.fixture
def workspace(offices: OfficeMaker) -> Iterator[Workspace]:
    made = offices.open()
    yield made
    made.close()


@pytest.fixture
def screen(workspace: Workspace, show: Callable[[Workspace], Screen]) -> Screen:
    return show(workspace)


@pytest.fixture(autouse=True)
def reopened() -> Iterator[list[Workspace]]:
    """Offices opened again; made before any window, so that they are closed after the last."""
    opened: list[Workspace] = []
    yield opened
    for one in opened:
        one.close()


@pytest.fixture
def cut(
    offices: OfficeMaker,
    workspace: Workspace,
    show: Callable[[Workspace], Screen],
    tmp_path: Path,
    reopened: list[Workspace],
) -> Callable[[], Screen]:
    """The power goes: the window as it comes up at the next start, from what was on disk."""

    def start_again() -> Screen:
        assert workspace.drafts.wait()
        left = tmp_path / f"after cut {len(reopened)}"
        shutil.copytree(workspace.paths.data, left)
        reopened.append(offices.reopen(left))
        return show(reopened[-1])

    return start_again


def page_of(screen: Screen) -> DraftsPage:
    page = screen.window.pages.current_page()
    assert isinstance(page, DraftsPage)
    return page


def rows_of(page: DraftsPage) -> list[list[str]]:
    model = page.model
    return [
        [model.index(row, n).data() for n in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def texts_of(form: FormPage) -> dict[str, str]:
    assert form.draft is not None
    return {name: text for name, text in form.draft.row.texts.items() if text}


def settle(screen: Screen) -> None:
    screen.qtbot.waitUntil(lambda: not screen.jobs.is_busy())
    QApplication.processEvents()


def key_in_a_client(screen: Screen) -> FormPage:
    form = screen.new("client")
    put(form, "full_name", NAME)
    put(form, "sex", "nu")
    put(form, "birth", "1948")
    tab()
    return form


def test_each_field_left_is_on_disk_and_said_quietly(screen: Screen, workspace: Workspace) -> None:
    form = screen.new("client")
    put(form, "full_name", NAME)
    assert workspace.drafts.offered() == []
    tab()
    assert workspace.drafts.wait()
    (kept,) = workspace.drafts.offered()
    assert (kept.title, kept.place_label) == (NAME, "Họ và tên")
    screen.qtbot.waitUntil(lambda: form.foot.status.text() == "Đã lưu nháp 08:00")
    put(form, "birth", "1948")
    tab()
    assert workspace.drafts.wait()
    (kept,) = workspace.drafts.offered()
    assert dict(kept.picture[""])[kept.record_id]["birth"] == "1948"
    assert kept.place_label == "Ngày sinh"


def test_a_pause_and_another_window_in_front_keep_it_too(
    screen: Screen, workspace: Workspace
) -> None:
    form = screen.new("client")
    put(form, "full_name", "Trần")
    screen.qtbot.waitUntil(lambda: bool(workspace.drafts.offered()))
    words(" Thị")
    in_front = QLineEdit()
    screen.qtbot.addWidget(in_front)
    in_front.show()
    in_front.activateWindow()
    in_front.setFocus()
    screen.qtbot.waitUntil(in_front.isActiveWindow)
    (kept,) = workspace.drafts.offered()
    assert dict(kept.picture[""])[kept.record_id]["full_name"] == "Trần Thị"


def test_after_a_cut_it_is_offered_and_goes_on_where_it_was(
    screen: Screen, cut: Callable[[], Screen]
) -> None:
    form = key_in_a_client(screen)
    key(Qt.Key.Key_2, ALT)
    key(Qt.Key.Key_Return, CTRL)
    words("05")
    tab()
    before = form.draft
    assert before is not None
    after = cut()
    page = page_of(after)
    (row,) = rows_of(page)
    assert row == [NAME, "Đối tượng", "Nhóm", "08:00 hôm nay"]
    assert focus() is page.table
    enter()
    form = after.form("client")
    draft = form.draft
    assert draft is not None
    assert draft.id == before.id
    assert draft.picture() == before.picture()
    assert form.is_dirty
    assert here(form) == "category"


def test_several_drafts_of_several_registers_wait_at_once(
    screen: Screen, cut: Callable[[], Screen], ask: ScriptedAsk
) -> None:
    key_in_a_client(screen)
    ask.then("draft")
    form = screen.new("worker")
    assert screen.window.said() == f"Đã để lại nháp: {NAME}"
    put(form, "full_name", "Vũ Thị Lan")
    tab()
    ask.then("draft")
    screen.window.open_page(DRAFTS)
    assert sorted(row[0] for row in rows_of(page_of(screen))) == [NAME, "Vũ Thị Lan"]
    assert screen.window.sidebar.button(DRAFTS).text() == "Bản nháp"
    after = cut()
    page = page_of(after)
    assert {row[1] for row in rows_of(page)} == {"Đối tượng", "Cộng tác viên, nhân viên"}
    page.table.set_row([row[0] for row in rows_of(page)].index(NAME))
    enter()
    assert texts_of(after.form("client"))["full_name"] == NAME
    assert ask.is_done()


def test_left_as_a_draft_the_form_shows_what_is_stored(
    screen: Screen, workspace: Workspace, ask: ScriptedAsk
) -> None:
    id = saved(workspace, "client", OLD_WOMAN, WHY)
    screen.window.open_record("client", id)
    form = screen.form("client")
    put(form, "phone", "0912345678")
    ask.then("draft")
    screen.window.open_page(HOME)
    settle(screen)
    assert not form.is_dirty
    assert "phone" not in texts_of(form)
    screen.window.open_record("client", id)
    assert "Bạn đã gõ vào bản ghi này mà chưa lưu" in " ".join(form.notices.words())
    form.notices.draft_asked.emit(workspace.drafts.offered()[0].id)
    assert texts_of(form)["phone"] == "0912345678"
    assert here(form) == "phone"


def test_saving_leaves_no_draft(screen: Screen, workspace: Workspace, ask: ScriptedAsk) -> None:
    id = saved(workspace, "client", OLD_WOMAN, WHY)
    screen.window.open_record("client", id)
    put(screen.form("client"), "phone", "0912345678")
    tab()
    assert len(workspace.drafts.offered()) == 1
    key(Qt.Key.Key_S, CTRL)
    assert workspace.drafts.offered() == []
    assert workspace.drafts.wait()
    assert workspace.read("client", id).values["phone"] == "0912345678"


def test_what_is_typed_back_is_no_draft(screen: Screen, workspace: Workspace) -> None:
    id = saved(workspace, "client", OLD_WOMAN, WHY)
    screen.window.open_record("client", id)
    form = screen.form("client")
    put(form, "phone", "0912345678")
    tab()
    assert len(workspace.drafts.offered()) == 1
    field(form, "phone").input.take_focus()
    key(Qt.Key.Key_A, CTRL)
    key(Qt.Key.Key_Delete)
    tab()
    assert workspace.drafts.offered() == []
    assert form.foot.status.text() == ""


def test_escape_asks_once_and_is_undone_by_a_key(
    screen: Screen, workspace: Workspace, ask: ScriptedAsk
) -> None:
    form = key_in_a_client(screen)
    before = texts_of(form)
    ask.then("discard")
    key(Qt.Key.Key_Escape)
    assert form.draft is None
    assert screen.window.said() == f"Đã bỏ bản nháp: {NAME}"
    assert workspace.drafts.offered() == []
    key(Qt.Key.Key_Z, CTRL | SHIFT)
    assert texts_of(form) == before
    assert form.is_dirty
    assert here(form) == "birth"
    assert ask.is_done()


def test_discarded_drafts_are_brought_back_after_a_restart(
    screen: Screen, cut: Callable[[], Screen], ask: ScriptedAsk
) -> None:
    before = texts_of(key_in_a_client(screen))
    ask.then("discard")
    key(Qt.Key.Key_Escape)
    after = cut()
    assert not isinstance(after.window.pages.current_page(), DraftsPage), "nothing is offered"
    after.go_to("ban nhap")
    key(Qt.Key.Key_2, ALT)
    page = page_of(after)
    assert rows_of(page)[0][0] == NAME
    enter()
    assert texts_of(after.form("client")) == before
    assert after.workspace.drafts.discarded() == []


def test_delete_on_the_page_asks_and_keeps_it_for_a_while(
    screen: Screen, cut: Callable[[], Screen], ask: ScriptedAsk
) -> None:
    key_in_a_client(screen)
    after = cut()
    ask.then("")
    key(Qt.Key.Key_Delete)
    assert len(after.workspace.drafts.offered()) == 1
    ask.then("discard")
    key(Qt.Key.Key_Delete)
    assert after.workspace.drafts.offered() == []
    assert rows_of(page_of(after)) == []
    key(Qt.Key.Key_Z, CTRL | SHIFT)
    assert texts_of(after.form("client"))["full_name"] == NAME


def changed_by_another(workspace: Workspace, id: str, **texts: str) -> None:
    draft = workspace.open_draft("client", id)
    for name, text in texts.items():
        draft.set_text(name, text)
    draft.check()
    for problem in draft.problems:
        draft.give_reason(problem, WHY)
    workspace.save(draft)


def test_what_somebody_else_changed_is_shown_field_by_field(
    screen: Screen, workspace: Workspace, ask: ScriptedAsk
) -> None:
    id = saved(workspace, "client", OLD_WOMAN, WHY)
    screen.window.open_record("client", id)
    form = screen.form("client")
    put(form, "phone", "0912345678")
    put(form, "note", "đã dọn đi")
    ask.then("draft")
    screen.window.open_page(HOME)
    changed_by_another(workspace, id, phone="0987654321", note="đã mất")
    screen.window.open_page(DRAFTS)
    page = page_of(screen)
    screen.qtbot.waitUntil(lambda: page.lines.rowCount() == 2)
    ask.then("compare")
    enter()
    assert focus() is page.details
    assert [page.lines.index(n, 3).data() for n in (0, 1)] == ["nội dung đã gõ"] * 2
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Space)
    assert page.lines.index(1, 3).data() == "nội dung đang lưu"
    page.table.setFocus()
    ask.then("go_on")
    enter()
    title, text = ask.asked[-1]
    assert title == "Bản ghi đã được sửa ở nơi khác"
    assert "0987654321" in text
    assert "0912345678" in text
    assert texts_of(form)["phone"] == "0912345678"
    assert texts_of(form)["note"] == "đã mất"
    key(Qt.Key.Key_S, CTRL)
    stored = workspace.read("client", id).values
    assert (stored["phone"], stored["note"]) == ("0912345678", "đã mất")


def test_a_record_deleted_meanwhile_is_brought_back_only_if_wanted(
    screen: Screen, workspace: Workspace, ask: ScriptedAsk
) -> None:
    id = saved(workspace, "client", OLD_WOMAN, WHY)
    screen.window.open_record("client", id)
    put(screen.form("client"), "phone", "0912345678")
    ask.then("draft")
    screen.window.open_page(HOME)
    settle(screen)
    workspace.saving.delete("client", [id])
    screen.window.open_page(DRAFTS)
    ask.then("")
    enter()
    assert workspace.read("client", id).deleted_at is not None
    ask.then("restore")
    enter()
    assert workspace.read("client", id).deleted_at is None
    assert texts_of(screen.form("client"))["phone"] == "0912345678"


def test_closing_the_window_can_leave_a_draft(
    screen: Screen, workspace: Workspace, ask: ScriptedAsk
) -> None:
    key_in_a_client(screen)
    ask.then("draft")
    screen.window.close()
    assert not screen.window.isVisible()
    assert [one.title for one in workspace.drafts.offered()] == [NAME]


def test_a_damaged_file_of_drafts_is_said_and_stops_nobody(
    workspace: Workspace, show: Callable[[Workspace], Screen]
) -> None:
    (workspace.paths.data / FILE).write_bytes(b"\0" * 8192)
    screen = show(workspace)
    page = page_of(screen)
    assert "đã được cất riêng" in page.trouble.words()
    form = screen.new("client")
    put(form, "full_name", NAME)
    tab()
    assert workspace.drafts.wait()
    assert [one.title for one in workspace.drafts.offered()] == [NAME]


def test_no_typed_value_can_be_read_in_the_folder(screen: Screen, workspace: Workspace) -> None:
    planted = "Bùi Thị Khế 1234"
    form = screen.new("client")
    put(form, "full_name", planted)
    put(form, "note", "gặp riêng ở nhà văn hoá")
    tab()
    assert workspace.drafts.wait()
    drafts = [one for one in workspace.paths.data.iterdir() if one.name.startswith("nhap")]
    assert drafts
    for one in workspace.paths.data.rglob("*"):
        content = one.read_bytes() if one.is_file() else b""
        for secret in (planted, "gặp riêng ở nhà văn hoá"):
            for coding in ("utf-8", "utf-16-le", "utf-16-be"):
                assert secret.encode(coding) not in content, one.name


def test_words_of_a_look_back_are_those_of_the_office(
    screen: Screen, workspace: Workspace, ask: ScriptedAsk
) -> None:
    clock = workspace.clock
    assert isinstance(clock, FixedClock)
    key_in_a_client(screen)
    ask.then("draft")
    screen.window.open_page(DRAFTS)
    page = page_of(screen)
    screen.qtbot.waitUntil(lambda: page.lines.rowCount() > 0)
    assert page.note.words() == "Bản ghi mới, chưa lưu lần nào."
    shown = {
        page.lines.index(n, 0).data(): page.lines.index(n, 1).data()
        for n in range(page.lines.rowCount())
    }
    assert shown["Họ và tên"] == NAME
    assert shown["Giới tính"] == "Nữ"
    assert page._look is not None
    assert page._look.outlook is Outlook.NEW


def test_drafts_of_others_are_named_and_not_shown(screen: Screen, workspace: Workspace) -> None:
    key_in_a_client(screen)
    (mine,) = workspace.drafts.offered()
    workspace.drafts.put(replace(mine, id="other", person="somebody", title="Hồ sơ kín"))
    assert len(workspace.drafts.offered()) == 1
    page = screen.window.pages.page(DRAFTS)
    assert isinstance(page, DraftsPage)
    assert [row[0] for row in rows_of(page)] == [NAME]
    assert "có 1 bản nháp riêng, chỉ hiện khi người đó đăng nhập" in page.head._note.text()
    assert "Hồ sơ kín" not in page.head._note.text()
