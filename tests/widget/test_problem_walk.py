"""F8 from problem to problem and from record to record, and the list of problems by scope."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.schema.definition import Gate
from desktop.service.checking import check_all
from desktop.service.workspace import Workspace
from desktop.widget.check_page import CheckPage
from desktop.widget.main_pages import make_main_window
from desktop.widget.main_window import MainWindow
from desktop.widget.problem_filters import PERIOD, RECORD, REGISTER
from tests.offices import saved
from tests.service.test_saving import HOA
from tests.widget.conftest import WindowMaker
from tests.widget.keyboard import CTRL, SHIFT, enter, field, key, tab, words
from tests.widget.scripted_ask import ScriptedAsk

DISABLED = {"client_category": [{"category": "07", "is_main": "1", "date_from": "01/01/2023"}]}
"""An error when the period closes: no level of the disability (V14)."""
NAMES = {"Nguyễn Thị Hoà": "035148000123", "Trần Thị Lan": "035148000124"}
F8 = Qt.Key.Key_F8


@pytest.fixture
def clients(workspace: Workspace) -> list[str]:
    """Two people, each with an error of the closing gate."""
    return [
        saved(
            workspace,
            "client",
            HOA | DISABLED | {"full_name": name, "personal_no": number},
            reason="Đang làm hồ sơ",
        )
        for name, number in NAMES.items()
    ]


@pytest.fixture
def open_window(
    qtbot: QtBot,
    workspace: Workspace,
    windows: WindowMaker,
    ask: ScriptedAsk,
    on_screen: list[MainWindow],
) -> Callable[[], MainWindow]:
    def make() -> MainWindow:
        window = make_main_window(workspace, windows.jobs, ask)
        on_screen.append(window)
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        qtbot.waitUntil(lambda: not windows.jobs.is_busy(), timeout=30_000)
        return window

    return make


def here(window: MainWindow) -> tuple[str, str, str]:
    """(register, name of the record, field with the keyboard)."""
    page = window.pages.current_register()
    assert page is not None
    row = page.form.sections.row_with_focus()
    return page.register.name, page.form.head.words()[0], row.field.name if row else ""


def test_f8_goes_on_into_the_next_record_and_around(
    clients: list[str], open_window: Callable[[], MainWindow]
) -> None:
    window = open_window()
    key(F8)
    first = here(window)
    key(F8)
    second = here(window)
    key(F8)
    third = here(window)
    people = [("client", name, "category") for name in NAMES]
    assert sorted([first, second, third])[:2] == people
    assert {first[0], second[0], third[0]} == {"client", "office"}
    assert "V14" in window.said() or "V30a" in window.said()
    key(F8)
    assert here(window) == first, "around"
    key(F8, SHIFT)
    assert here(window) == third
    key(F8, SHIFT)
    assert here(window) == second


def test_a_record_with_more_problems_is_walked_to_its_end_first(
    workspace: Workspace, clients: list[str], open_window: Callable[[], MainWindow]
) -> None:
    workspace.saving.delete("client", clients[1:])
    draft = workspace.open_draft("client", clients[0])
    draft.set_text("personal_no", "035048900123")
    for problem in draft.check(Gate.SAVE):
        draft.give_reason(problem, "Thẻ gốc ghi vậy")
    workspace.save(draft)
    for problem in workspace.open_draft("client", clients[0]).problems:
        workspace.saving.give_reason(problem, "")
    window = open_window()
    window.open_record("client", clients[0])
    seen = []
    for _ in range(3):
        key(F8)
        seen.append(here(window)[::2])
    assert seen[0] == ("client", "personal_no")
    assert ("client", "category") in seen
    assert seen[-1][0] == "office"


def test_what_is_not_saved_is_not_left(
    clients: list[str], open_window: Callable[[], MainWindow], ask: ScriptedAsk
) -> None:
    window = open_window()
    window.open_record("client", clients[0])
    form = window.pages.register_page("client").form
    field(form, "full_name").input.take_focus()
    words("Nguyễn Thị Hoà Bình")
    tab()
    assert form.is_dirty
    key(F8)
    key(F8)
    assert here(window)[1] == "Nguyễn Thị Hoà Bình"
    assert ask.is_done()


def test_a_solved_problem_leaves_list_and_counts_at_once(
    qtbot: QtBot,
    workspace: Workspace,
    clients: list[str],
    open_window: Callable[[], MainWindow],
) -> None:
    window = open_window()
    button = window.sidebar.button("register.client")
    assert button.problem_words() == "2 lỗi"
    assert "2 lỗi" in button.accessibleDescription()
    key(F8, CTRL)
    page = window.pages.current_page()
    assert isinstance(page, CheckPage)
    assert page.scope.place == PERIOD
    window.open_record("client", clients[0])
    draft = workspace.open_draft("client", clients[0])
    row = draft.add_row("disability")
    for one in workspace.forms.registers["disability"].fields:
        if one.name in ("types", "level"):
            draft.set_text(one.name, workspace.forms.lists[one.list].values[0].code, row)
    for problem in draft.check(Gate.SAVE):
        draft.give_reason(problem, "đúng như vậy")
    workspace.save(draft)
    qtbot.waitUntil(lambda: button.problem_words() == "1 lỗi", timeout=20_000)
    left = [page.model.row(n) for n in range(page.model.rowCount())]
    assert [row.record.id for row in left if row and row.record.register == "client"] == [
        clients[1]
    ]
    wanted = check_all(workspace, Gate.CLOSE)
    assert (wanted.errors, wanted.open_warnings) == (1, page.model.count_open() - 1)
    key(F8)
    assert here(window)[1] == "Trần Thị Lan", "the one behind the solved one"


def test_each_scope_lists_what_it_counts(
    clients: list[str], open_window: Callable[[], MainWindow]
) -> None:
    window = open_window()
    window.open_record("client", clients[1])
    key(F8, CTRL)
    page = window.pages.current_page()
    assert isinstance(page, CheckPage)
    assert page.scope.place == RECORD
    for scope in (RECORD, REGISTER, PERIOD):
        page.scope.choose(scope)
        assert page.model.rowCount() == page.scope.counts()[scope]
    assert page.scope.counts() == [1, 2, 3]
    page.scope.choose(RECORD)
    page.table.set_row(0)
    page.table.setFocus()
    enter()
    assert here(window) == ("client", "Trần Thị Lan", "category")
