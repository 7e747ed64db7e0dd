"""The pages “Người dùng” and “Nhật ký”, by keyboard, on a real office."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.base.errors import WrongPassword
from desktop.service import folder
from desktop.service.rights import Role
from desktop.service.workspace import Workspace
from desktop.widget.journal_page import LOOKS, JournalPage
from desktop.widget.main_pages import make_main_window
from desktop.widget.main_window import MainWindow
from desktop.widget.office_pages import JOURNAL, PEOPLE
from desktop.widget.own_password_box import OwnPasswordBox
from desktop.widget.people_page import PeoplePage
from tests.offices import PASSWORD, OfficeMaker, saved
from tests.widget.conftest import WindowMaker
from tests.widget.scripted_ask import ScriptedAsk

PATIENCE = 30_000


@pytest.fixture
def window(
    workspace: Workspace, windows: WindowMaker, ask: ScriptedAsk, on_screen: list[MainWindow]
) -> MainWindow:
    made = make_main_window(workspace, windows.jobs, ask)
    on_screen.append(made)
    made.resize(1366, 768)
    made.show()
    return made


def people_page(window: MainWindow) -> PeoplePage:
    window.open_page(PEOPLE)
    page = window.pages.page(PEOPLE)
    assert isinstance(page, PeoplePage)
    return page


def journal_page(window: MainWindow) -> JournalPage:
    window.open_page(JOURNAL)
    page = window.pages.page(JOURNAL)
    assert isinstance(page, JournalPage)
    return page


def test_a_person_is_added_with_a_first_password_that_is_told_once(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, ask: ScriptedAsk
) -> None:
    page = people_page(window)
    page.begin()
    page.name.set_value_text("Trần Văn Bình")
    page.name.move_on.emit()
    assert page.roles[Role.ENTRY].isChecked()
    page.roles[Role.LEADER].setFocus()
    QTest.keyClick(page.roles[Role.LEADER], Qt.Key.Key_Space)
    page.save()
    qtbot.waitUntil(lambda: bool(ask.asked), timeout=PATIENCE)
    title, told = ask.asked[-1]
    password = told.split("\n\n")[1]
    added = next(one for one in workspace.people.all() if one.name == "Trần Văn Bình")
    assert added.roles == {Role.ENTRY, Role.LEADER}
    assert added.must_change
    who = folder.Person(added.id, added.name)
    assert folder.unlock(workspace.paths, who, password) == workspace.database.key
    assert password not in title


def test_somebody_shut_out_gets_in_again_with_a_first_password(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, ask: ScriptedAsk
) -> None:
    id = workspace.people.add("Trần Văn Bình", [Role.ENTRY], "mật khẩu đầu 1")
    page = people_page(window)
    page.choose(id)
    ask.then("out")
    page.shut_out()
    assert next(one for one in workspace.people.all() if one.id == id).disabled
    page.choose(id)
    assert page.out_button.isHidden()
    page.give_password()
    qtbot.waitUntil(lambda: bool(ask.asked) and "Trần" in ask.asked[-1][1], timeout=PATIENCE)
    qtbot.waitUntil(
        lambda: next(one for one in workspace.people.all() if one.id == id).has_password,
        timeout=PATIENCE,
    )
    with pytest.raises(WrongPassword):
        folder.unlock(workspace.paths, folder.Person(id, ""), "mật khẩu đầu 1")


def test_what_cannot_be_is_said_under_the_form(window: MainWindow, workspace: Workspace) -> None:
    page = people_page(window)
    page.choose(workspace.person.id)
    assert page.password_button.isHidden()
    page.roles[Role.ADMIN].setChecked(False)
    page.save()
    assert not page._note.isHidden()
    assert "quản trị" in page._note.words()


def test_the_lock_takes_one_to_sixty_minutes(window: MainWindow) -> None:
    page = people_page(window)
    for typed, kept in (("25", 25), ("0", 25), ("600", 25), ("1", 1)):
        page.minutes.set_value_text(typed)
        page.minutes.left.emit()
        assert window.context.settings.get("lock.minutes") == kept
        assert page.minutes.value_text() == str(kept)


def test_a_new_recovery_code_counts_once_it_is_typed_back(
    qtbot: QtBot, window: MainWindow, workspace: Workspace
) -> None:
    page = people_page(window)
    page.new_code()
    assert page.dialog is not None
    assert not workspace.people.has_recovery()
    page.dialog.reject()
    assert not workspace.people.has_recovery()


def test_the_journal_shows_changes_and_opens_their_record(
    qtbot: QtBot, window: MainWindow, workspace: Workspace
) -> None:
    draft = workspace.new_draft("hamlet", {"name": "Thôn Một", "valid_from": "01/07/2025"})
    workspace.save(draft)
    page = journal_page(window)
    qtbot.waitUntil(lambda: bool(page.model.lines), timeout=PATIENCE)
    first = page.model.lines[0]
    assert "Thôn Một" in first.about
    assert first.who == "Đỗ Thị Ngọc Ánh"
    page.filters.register.set_value_text("worker")
    page.filters.register.left.emit()
    qtbot.waitUntil(lambda: not page.model.lines, timeout=PATIENCE)
    page.filters.register.set_value_text("hamlet")
    page.filters.register.left.emit()
    qtbot.waitUntil(lambda: len(page.model.lines) == 1, timeout=PATIENCE)
    page.table.opened.emit(0)
    assert window.pages.current_key() == "register.hamlet"


def test_the_access_log_is_filtered_by_what_was_done(
    qtbot: QtBot, window: MainWindow, workspace: Workspace
) -> None:
    texts = {"full_name": "Lê Văn Ba", "sex": "NAM", "birth": "1980", "education": "DH"}
    worker = saved(workspace, "worker", texts | {"study_field": "CTXH"}, "Chưa rõ")
    workspace.open_draft("worker", worker)
    page = journal_page(window)
    page.tabs.setCurrentIndex(LOOKS)
    qtbot.waitUntil(
        lambda: any("Lê Văn Ba" in one.about for one in page.model.lines), timeout=PATIENCE
    )
    page.filters.kind.set_value_text("export")
    page.filters.kind.left.emit()
    qtbot.waitUntil(lambda: not page._loading, timeout=PATIENCE)
    assert not page.model.lines


def test_the_journal_is_exported_and_that_is_logged(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, ask: ScriptedAsk, tmp_path: Path
) -> None:
    page = journal_page(window)
    qtbot.waitUntil(lambda: bool(page.model.lines), timeout=PATIENCE)
    path = tmp_path / "nhật ký.xlsx"
    ask.then(path)
    page.export()
    qtbot.waitUntil(path.exists, timeout=PATIENCE)
    page.tabs.setCurrentIndex(LOOKS)
    qtbot.waitUntil(
        lambda: any("nhật ký.xlsx" in one.about for one in page.model.lines), timeout=PATIENCE
    )


def test_verifying_from_the_page_says_the_numbers(
    qtbot: QtBot, window: MainWindow, ask: ScriptedAsk
) -> None:
    page = journal_page(window)
    page.verify()
    qtbot.waitUntil(lambda: bool(ask.asked), timeout=PATIENCE)
    assert "còn nguyên" in ask.asked[-1][0]


@pytest.mark.parametrize(
    ("role", "adds", "writes", "pages"),
    [
        (Role.ENTRY, True, True, {"check", "report", "register.client"}),
        (Role.LEADER, False, False, {"check", "journal", "register.client"}),
        (Role.ADMIN, False, False, {"people", "journal", "register.client"}),
        (Role.SUMMARY, False, False, {"report", "register.office"}),
    ],
)
def test_the_window_offers_what_the_role_is_for(
    workspace: Workspace,
    windows: WindowMaker,
    offices: OfficeMaker,
    ask: ScriptedAsk,
    on_screen: list[MainWindow],
    role: Role,
    adds: bool,
    writes: bool,
    pages: set[str],
) -> None:
    texts = {"full_name": "Lê Văn Ba", "sex": "NAM", "birth": "1980", "education": "DH"}
    worker = saved(workspace, "worker", texts | {"study_field": "CTXH"})
    workspace.database.connection.execute("UPDATE office_person SET roles = ?", (str(role),))
    somebody = workspace.another()
    window = make_main_window(somebody, windows.jobs, ask)
    on_screen.append(window)
    window.show()
    keys = set(window.pages.page_keys())
    assert pages <= keys
    assert ("people" in keys) == (role is Role.ADMIN)
    if role is Role.SUMMARY:
        assert not window.pages.has_register("client")
        assert not window.open_record("worker", worker)
        return
    page = window.pages.register_page("worker")
    assert page.list.add_button.isHidden() != adds
    assert page.add() == adds
    assert page.open_record(worker)
    assert page.form.state is not None
    assert page.form.state.read_only != writes
    assert not page.removal.can_delete()


def test_the_own_password_is_changed_from_the_menu(
    qtbot: QtBot, window: MainWindow, workspace: Workspace
) -> None:
    window.commands.trigger("own_password")
    box = window.findChild(OwnPasswordBox)
    assert box is not None
    box.old.setText("không phải mật khẩu")
    for line in (box.fields._first, box.fields._second):
        line.setText("mật khẩu mới toanh 3")
    box.change()
    qtbot.waitUntil(lambda: not box._note.isHidden(), timeout=PATIENCE)
    box.old.setText(PASSWORD)
    box.change()
    qtbot.waitUntil(lambda: not box.isVisible(), timeout=PATIENCE)
    key = folder.unlock(workspace.paths, workspace.person, "mật khẩu mới toanh 3")
    assert key == workspace.database.key
