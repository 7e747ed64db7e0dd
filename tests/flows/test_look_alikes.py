"""A person who is on file already, keyed again: set side by side, and each answer by its key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from desktop.model.comparison_table import LEFT, RIGHT
from desktop.service.merging import Merge
from desktop.service.workspace import Workspace
from desktop.store import records
from desktop.widget.duplicates_box import DuplicatesBox
from desktop.widget.form_page import FormPage
from desktop.widget.look_alike_box import LookAlikeBox, Mode
from tests.flows.screen import Screen
from tests.offices import OfficeMaker, saved, typed
from tests.widget.keyboard import CTRL, field, focus, key, tab, words
from tests.widget.scripted_ask import ScriptedAsk

WHY = "Đã xem giấy tờ."
HOA: dict[str, object] = {
    "full_name": "Nguyễn Thị Hoà", "sex": "NU", "birth": "1948", "marital": "GOA",
    "no_id_reason": "CHUA_CAP",
    "client_category": [{"category": "06", "is_main": "1", "date_from": "01/01/2023"}],
}  # fmt: skip


@pytest.fixture
def workspace(offices: OfficeMaker) -> Iterator[Workspace]:
    made = offices.open()
    yield made
    made.close()


@pytest.fixture
def screen(workspace: Workspace, show: Callable[[Workspace], Screen]) -> Screen:
    return show(workspace)


def client(workspace: Workspace, **more: object) -> str:
    return saved(workspace, "client", HOA | more, reason=WHY)


def put(form: FormPage, name: str, text: str) -> None:
    """Type over what a field holds, and leave it."""
    field(form, name).input.take_focus()
    key(Qt.Key.Key_A, CTRL)
    words(text)
    tab()


def type_hoa(screen: Screen, name: str = "Nguyen Thi Hoa", **more: str) -> FormPage:
    """A new client with her name and year, keyed without accents."""
    form = screen.new("client")
    texts = {"full_name": name, "sex": "nu", "birth": "1948", "no_id_reason": "chua duoc"}
    for name_of, text in (texts | {"marital": "goa"} | more).items():
        put(form, name_of, text)
    return form


def save(screen: Screen, form: FormPage) -> LookAlikeBox:
    """Ctrl+S; the question that comes."""
    key(Qt.Key.Key_S, CTRL)
    box = form.saving.look_alikes.box
    assert box is not None, screen.window.said()
    wait_for(screen, box)
    return box


def wait_for(screen: Screen, box: QWidget) -> None:
    screen.qtbot.waitUntil(box.isActiveWindow)
    screen.qtbot.waitUntil(lambda: box.isAncestorOf(focus()))


def merge(screen: Screen, box: LookAlikeBox) -> None:
    """Ctrl+Enter; until it is merged, or said why not."""
    cover = box.cover
    key(Qt.Key.Key_Return, CTRL)
    screen.qtbot.waitUntil(lambda: not isValid(cover) or not cover.is_running())


def back(screen: Screen) -> None:
    """The question is answered: the keyboard is in the window again."""
    screen.qtbot.waitUntil(screen.window.isActiveWindow)
    screen.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)


def told(box: LookAlikeBox) -> dict[str, tuple[str, str, str]]:
    """Label → (left, how they differ, right), as painted."""
    lines = box.table.lines
    return {
        line.label: (line.left, lines.sign(row), line.right) for row, line in enumerate(lines.lines)
    }


def test_the_same_person_is_opened_with_what_was_typed(
    workspace: Workspace, screen: Screen
) -> None:
    first = client(workspace)
    form = type_hoa(screen, phone="0912345678")
    box = save(screen, form)
    lines = told(box)
    assert lines["Họ và tên"] == ("Nguyen Thi Hoa", "khác dấu", "Nguyễn Thị Hoà")
    assert lines["Ngày sinh"] == ("1948", "giống nhau", "1948")
    assert lines["Điện thoại"] == ("0912345678", "chỉ bên trái", "")
    assert "cùng họ tên, khác dấu · cùng năm sinh" in box.words.text()
    key(Qt.Key.Key_1)
    assert box.mode is Mode.TAKE_OVER
    assert told(box)["Điện thoại"] == ("0912345678", "giữ bên trái", "")
    assert told(box)["Họ và tên"][1] == "giữ bên phải"
    key(Qt.Key.Key_Return, CTRL)
    assert form.draft is not None
    assert form.draft.id == first
    assert form.draft.row.texts["phone"] == "0912345678"
    assert form.draft.row.texts["full_name"] == "Nguyễn Thị Hoà"
    assert form.is_dirty, "nothing is stored before it is saved"
    back(screen)
    assert workspace.counts()["client"] == 1
    key(Qt.Key.Key_S, CTRL)
    assert workspace.read("client", first).values["phone"] == "0912345678"


def test_nothing_to_take_over_opens_at_once(workspace: Workspace, screen: Screen) -> None:
    first = client(workspace, phone="0912345678")
    form = type_hoa(screen, "Nguyễn Thị Hoà")
    box = save(screen, form)
    key(Qt.Key.Key_1)
    assert form.saving.look_alikes.box is None, told(box)
    assert form.draft is not None
    assert (form.draft.id, form.is_dirty) == (first, False)


def test_what_was_typed_can_be_had_back(workspace: Workspace, screen: Screen) -> None:
    client(workspace)
    form = type_hoa(screen, occupation="Thợ may")
    save(screen, form)
    key(Qt.Key.Key_1)
    key(Qt.Key.Key_Return, CTRL)
    (kept,) = workspace.drafts.discarded()
    assert "Thợ may" in str(kept.picture)


def test_two_people_are_saved_and_never_asked_about_again(
    workspace: Workspace, screen: Screen
) -> None:
    first = client(workspace)
    form = type_hoa(screen)
    save(screen, form)
    key(Qt.Key.Key_2)
    screen.qtbot.waitUntil(lambda: workspace.counts()["client"] == 2)
    assert form.draft is not None
    second = form.draft.id
    assert second != first
    assert workspace.look_alikes.of_record("client", first).shown == ()
    back(screen)
    put(form, "phone", "0912345678")
    key(Qt.Key.Key_S, CTRL)
    assert form.saving.look_alikes.box is None
    assert workspace.read("client", second).values["phone"] == "0912345678"
    put(form, "birth", "1949")
    save(screen, form)
    key(Qt.Key.Key_Escape)
    assert workspace.read("client", second).values["birth_year"] == 1948
    assert form.is_dirty


def test_save_and_next_goes_on_after_the_answer(workspace: Workspace, screen: Screen) -> None:
    client(workspace)
    form = type_hoa(screen)
    key(Qt.Key.Key_S, CTRL | Qt.KeyboardModifier.ShiftModifier)
    box = form.saving.look_alikes.box
    assert box is not None
    wait_for(screen, box)
    key(Qt.Key.Key_2)
    screen.qtbot.waitUntil(lambda: workspace.counts()["client"] == 2)
    assert form.draft is not None
    assert form.draft.is_new


def test_merging_what_is_typed_and_taking_it_back(workspace: Workspace, screen: Screen) -> None:
    first = client(workspace)
    form = type_hoa(screen, phone="0912345678")
    box = save(screen, form)
    key(Qt.Key.Key_3)
    assert box.mode is Mode.MERGE
    row = next(n for n, line in enumerate(box.table.lines.lines) if line.field == "full_name")
    assert (box.table.row(), box.table.lines.winner(row)) == (row, RIGHT)
    key(Qt.Key.Key_Left)
    assert box.table.lines.winner(row) == LEFT
    key(Qt.Key.Key_Space)
    assert box.table.lines.winner(row) == RIGHT
    key(Qt.Key.Key_Left)
    merge(screen, box)
    stored = workspace.read("client", first).values
    assert (stored["full_name"], stored["phone"]) == ("Nguyen Thi Hoa", "0912345678")
    assert form.draft is not None
    assert form.draft.id == first
    assert not form.is_dirty
    back(screen)
    assert screen.window.said().startswith("Gộp: Nguyen Thi Hoa")
    key(Qt.Key.Key_Z, CTRL)
    stored = workspace.read("client", first).values
    assert (stored["full_name"], stored["phone"]) == ("Nguyễn Thị Hoà", None)


def test_escape_goes_back_step_by_step(workspace: Workspace, screen: Screen) -> None:
    client(workspace)
    form = type_hoa(screen)
    box = save(screen, form)
    key(Qt.Key.Key_3)
    key(Qt.Key.Key_Escape)
    assert box.mode is Mode.ASK
    key(Qt.Key.Key_Return)
    assert box.isVisible(), "Enter alone answers nothing"
    key(Qt.Key.Key_Escape)
    assert form.saving.look_alikes.box is None
    assert form.draft is not None
    assert form.draft.is_new
    assert form.draft.row.texts["full_name"] == "Nguyen Thi Hoa"


def test_several_look_alikes_one_after_another(workspace: Workspace, screen: Screen) -> None:
    ids = [client(workspace, occupation=work) for work in ("Thợ may", "Làm ruộng", "Nội trợ")]
    form = type_hoa(screen)
    box = save(screen, form)
    assert box.count.text() == "1 / 3"
    first = box.suspect.id
    key(Qt.Key.Key_Right)
    assert box.count.text() == "2 / 3"
    assert box.suspect.id != first
    key(Qt.Key.Key_Left)
    key(Qt.Key.Key_Left)
    assert box.suspect.id == first
    key(Qt.Key.Key_2)
    assert box.count.text() == "1 / 2"
    key(Qt.Key.Key_2)
    assert box.suspect.id in ids
    key(Qt.Key.Key_2)
    screen.qtbot.waitUntil(lambda: workspace.counts()["client"] == 4)


def test_all_of_many_are_others(workspace: Workspace, screen: Screen) -> None:
    for _ in range(4):
        client(workspace)
    form = type_hoa(screen)
    box = save(screen, form)
    assert box.all_apart.isVisible()
    key(Qt.Key.Key_0)
    screen.qtbot.waitUntil(lambda: workspace.counts()["client"] == 5)
    assert form.draft is not None
    assert workspace.look_alikes.of_record("client", form.draft.id).shown == ()


def test_the_same_number_shows_whose_it_is(workspace: Workspace, screen: Screen) -> None:
    first = client(workspace, personal_no="035148000123", no_id_reason="")
    form = screen.new("client")
    for name, text in {
        "full_name": "Trần Thị Bưởi", "sex": "nu", "birth": "1948", "marital": "goa",
        "personal_no": "035148000123",
    }.items():  # fmt: skip
        put(form, name, text)
    box = save(screen, form)
    assert "trùng Số định danh/CCCD" in box.words.text()
    key(Qt.Key.Key_2)
    back(screen)
    assert workspace.counts()["client"] == 1, "one of the two numbers is wrong"
    assert form.draft is not None
    assert "V17" in [problem.number for problem in form.draft.problems]
    put(form, "personal_no", "035148000124")
    key(Qt.Key.Key_S, CTRL)
    assert workspace.counts()["client"] == 2
    assert form.draft.id != first


def test_one_that_is_deleted_meanwhile(workspace: Workspace, screen: Screen) -> None:
    first = client(workspace)
    form = type_hoa(screen)
    box = save(screen, form)
    key(Qt.Key.Key_3)
    workspace.saving.delete("client", [first])
    merge(screen, box)
    assert "vừa bị xóa" in box.note.words()
    assert box.isVisible()
    key(Qt.Key.Key_Escape)
    key(Qt.Key.Key_Escape)
    back(screen)
    key(Qt.Key.Key_S, CTRL)
    assert workspace.counts()["client"] == 1


def test_one_that_is_changed_meanwhile(workspace: Workspace, screen: Screen) -> None:
    first = client(workspace)
    form = type_hoa(screen)
    box = save(screen, form)
    key(Qt.Key.Key_3)
    draft = workspace.open_draft("client", first)
    draft.set_text("phone", "0912345678")
    workspace.save(draft)
    merge(screen, box)
    assert "người khác" in box.note.words()
    assert workspace.read("client", first).values["full_name"] == "Nguyễn Thị Hoà"


def test_a_restricted_record_shows_nothing_but_that_it_is_there(
    workspace: Workspace, screen: Screen
) -> None:
    group = {"category": "09", "is_main": "1", "date_from": "01/01/2023"}
    record = typed(workspace, "client", HOA | {"client_category": [group]}).to_record()
    with workspace.database.transaction() as connection:
        records.write(connection, workspace.forms, record, now="2026-06-20T08:00", by="P")
    form = type_hoa(screen)
    box = save(screen, form)
    assert {line[2] for line in told(box).values()} == {"Nhóm hạn chế"}
    assert not box.merge.isVisible()
    key(Qt.Key.Key_Escape)


def test_the_pairs_of_a_register(workspace: Workspace, screen: Screen) -> None:
    client(workspace)
    client(workspace, phone="0912345678")
    client(workspace, full_name="Lê Thị Mận", birth="1950")
    client(workspace, full_name="Le Thi Man", birth="1950")
    screen.go_to("doi tuong")
    screen.go_to("tim ho so trung")
    box = screen.window.findChild(DuplicatesBox)
    assert box is not None
    screen.wait()
    screen.qtbot.waitUntil(lambda: len(box.pairs.pairs) == 2)
    wait_for(screen, box)
    assert "2 cặp" in box.words.text()
    key(Qt.Key.Key_Return)
    pair = box.box
    assert pair is not None
    wait_for(screen, pair)
    key(Qt.Key.Key_3)
    merge(screen, pair)
    assert len(box.pairs.pairs) == 1
    assert workspace.counts()["client"] == 3
    wait_for(screen, box)
    key(Qt.Key.Key_Return)
    assert box.box is not None
    wait_for(screen, box.box)
    key(Qt.Key.Key_2)
    assert box.nothing.isVisible()
    assert workspace.look_alikes.pairs("client") == []


def test_a_search_for_pairs_can_be_stopped(workspace: Workspace, screen: Screen) -> None:
    client(workspace)
    screen.go_to("doi tuong")
    release = Event()
    screen.jobs.start(lambda _progress: release.wait(30))  # the search has to wait its turn
    screen.go_to("tim ho so trung")
    box = screen.window.findChild(DuplicatesBox)
    assert box is not None
    gone: list[bool] = []
    box.destroyed.connect(lambda: gone.append(True))
    screen.qtbot.waitUntil(box.busy.is_running)
    wait_for(screen, box)
    key(Qt.Key.Key_Escape)
    assert gone == []
    release.set()
    screen.qtbot.waitUntil(lambda: gone == [True])
    assert QApplication.activeModalWidget() is None


def test_an_old_reference_leads_to_the_record_that_stays(
    workspace: Workspace, screen: Screen
) -> None:
    first, second = client(workspace), client(workspace)
    drafts = [workspace.open_draft("client", id) for id in (first, second)]
    Merge(workspace, *drafts).run()
    assert screen.window.open_record("client", second)
    form = screen.form("client")
    assert form.draft is not None
    assert form.draft.id == first
    assert "đã gộp vào" in screen.window.said()


def test_looking_on_ones_own_accord(workspace: Workspace, screen: Screen, ask: ScriptedAsk) -> None:
    first, second = client(workspace), client(workspace)
    workspace.look_alikes.tell_apart("client", first, [second])
    screen.window.open_record("client", first)
    screen.go_to("xem ho so giong")
    form = screen.form("client")
    box = form.saving.look_alikes.box
    assert box is not None
    wait_for(screen, box)
    assert box.suspect.id == second
    key(Qt.Key.Key_3)
    merge(screen, box)
    assert workspace.counts()["client"] == 1
    assert form.draft is not None
    assert form.draft.id == first
    back(screen)
    screen.go_to("xem ho so giong")
    assert "Không có hồ sơ nào giống" in screen.window.said()
    assert ask.is_done()
