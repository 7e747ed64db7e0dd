"""Every key on every page: it does its job, or is not offered; the keyboard is never lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest
from PySide6.QtCore import QKeyCombination, QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from desktop.base.clock import FixedClock
from desktop.service.access import ReasonNeeded
from desktop.service.definitions import Definitions
from desktop.service.sample import open_sample
from desktop.service.workspace import Workspace
from desktop.widget.form_page import FormPage
from desktop.widget.main_window import MainWindow
from desktop.widget.page_stack import REGISTER
from desktop.widget.register_page import RegisterPage
from desktop.widget.section_stack import RELATED_MS
from tests.flows.screen import Screen
from tests.flows.seat import AFTER_CLOSING
from tests.offices import paths_of
from tests.widget.keyboard import ALT, CTRL, SHIFT, enter, field, focus, here, key, keys, tab, words

PLAIN = Qt.KeyboardModifier.NoModifier
MOST_STOPS = 250
MOST_SECTIONS = 9
NOT_PRESSED = ("quit", "undo", "redo", "save", "save_next", "delete", "restore", "help",
               "help_topics", "keys", "problems", "next_problem", "previous_problem",
               "bring_back_draft", "lock", "print_list", "export_list", "copy_rows", "columns",
               "totals")  # fmt: skip
"""Commands that end the program, write, or open a window or file: each has a test of its own."""


@pytest.fixture(scope="module")
def workspace(
    tmp_path_factory: pytest.TempPathFactory, definitions: Definitions
) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("keys")
    made = open_sample(
        paths_of(folder), "phuong_ha_nam", clock=FixedClock(AFTER_CLOSING), definitions=definitions
    )
    yield made
    made.close()


@pytest.fixture
def screen(workspace: Workspace, show: Callable[[Workspace], Screen]) -> Screen:
    return show(workspace)


def every_page(screen: Screen) -> Iterator[str]:
    """Each page in turn, on show, its first record that may be seen without a reason open."""
    for name in screen.window.pages.page_keys():
        assert screen.window.open_page(name)
        page = screen.window.pages.current_register()
        if page is not None and page.list.rows.ids:
            page.open_record(first_plain(screen.workspace, page))
        screen.wait()
        yield name


def first_plain(workspace: Workspace, page: RegisterPage) -> str:
    """The first record of a list that is in no restricted group."""
    for id in page.list.rows.ids:
        try:
            workspace.read(page.register.name, id)
        except ReasonNeeded:
            continue
        return str(id)
    raise AssertionError(f"every record of {page.register.name} is restricted")


# Tab


def goes_round(screen: Screen, *, forward: bool) -> list[QWidget]:
    """Where Tab goes from the line of Ctrl+K until it is there again."""
    screen.window.go_to.take_focus()
    begun = focus()
    stops: list[QWidget] = []
    code, held = (Qt.Key.Key_Tab, PLAIN) if forward else (Qt.Key.Key_Backtab, SHIFT)
    for _ in range(MOST_STOPS):
        key(code, held)
        if focus() is begun:
            return stops
        stops.append(focus())
    raise AssertionError(f"Tab never came back on {screen.window.pages.current_key()}")


def test_tab_goes_round_every_page_in_reading_order_and_back(screen: Screen) -> None:
    for name in every_page(screen):
        page = screen.window.pages.current_register()
        if page is not None and page.form.state is not None:
            page.form.go_to_section(0)
            screen.qtbot.wait(2 * RELATED_MS)  # lists of related records come a little later
        stops = goes_round(screen, forward=True)
        assert len(set(stops)) == len(stops), f"{name}: a stop is come to twice"
        assert all(stop.isEnabled() and stop.window() is screen.window for stop in stops), name
        current = screen.window.pages.current_page()
        assert any(current is not None and current.isAncestorOf(stop) for stop in stops), name
        if page is not None and page.form.state is not None:
            in_order(page.form, stops, name)
            page.form.go_to_section(len(page.form.sections.plans) - 1)
        backward = goes_round(screen, forward=False)
        assert set(backward) == set(stops), f"{name}: another way back"


def in_order(form: FormPage, stops: list[QWidget], name: str) -> None:
    """Stops of a form come from top to bottom, section by section, its buttons last."""
    QApplication.processEvents()
    inside = [stop for stop in stops if form.isAncestorOf(stop)]
    places = [reading_place(form, stop) for stop in inside]
    assert places == sorted(places), name
    assert stops[-len(inside) :] == inside, f"{name}: the form is read after its list"


def reading_place(form: FormPage, stop: QWidget) -> tuple[int, int, int]:
    """(section, pixels from its top, from its left); the buttons at the foot after all sections."""
    for place in range(len(form.sections.plans)):
        section = form.sections.section(place)
        inside = section.widget()
        if inside is not None and inside.isAncestorOf(stop):
            at = stop.mapTo(inside, QPoint(0, 0))
            return place, at.y(), at.x()
    return len(form.sections.plans), 0, stop.mapTo(form, QPoint(0, 0)).x()


# Commands


class State(NamedTuple):
    """What can be seen to change when a key is pressed."""

    page: str
    record: str
    section: int
    focus: QWidget | None
    rows: int
    filters: bool
    deleted: bool
    sidebar: bool
    text: str
    kept: frozenset[str]
    said: str
    busy: bool


def state_of(screen: Screen) -> State:
    window = screen.window
    page = window.pages.current_register()
    form = page.form if page is not None and page.form.state is not None else None
    draft = form.draft if form is not None else None
    return State(
        page=window.pages.current_key(),
        record=draft.id if draft is not None else "",
        section=form.sections.current_section() if form is not None else -1,
        focus=QApplication.focusWidget(),
        rows=sum(len(rows) for rows in draft.children.values()) if draft is not None else 0,
        filters=page is not None and page.list.filter_bar.isVisible(),
        deleted=page is not None and page.list.rows.shows_deleted,
        sidebar=window.sidebar.isVisible(),
        text=form.sections.row_with_focus().input.value_text() if form and here(form) else "",  # type: ignore[union-attr]
        kept=frozenset(form.memory.kept) if form is not None else frozenset(),
        said=window.said(),
        busy=screen.jobs.is_busy(),
    )


def test_every_key_does_its_job_or_is_not_offered_on_every_page(
    screen: Screen, workspace: Workspace
) -> None:
    pressed = set()
    for name in every_page(screen):
        for command, action in commands(screen.window):
            come_back(screen, name)
            stand_where_it_matters(screen, command)
            before = state_of(screen)
            offered = action.isEnabled() and action.isVisible()
            its_own = has_its_own(screen, action.shortcuts()[0])
            press(action.shortcuts()[0])
            after = state_of(screen)
            told = f"{name}: {command}"
            assert its_own or (after != before) == offered, told
            assert QApplication.activeModalWidget() is None, told
            assert after.focus is not None, f"{told} loses the keyboard"
            assert after.focus.isVisible(), told
            assert after.focus.isEnabled(), told
            pressed |= {command} if offered else set()
            screen.wait()
    wanted = {command for command, _ in commands(screen.window)}
    assert wanted - pressed <= {f"related{n}" for n in range(6, 10)}, "somewhere each is offered"


def commands(window: MainWindow) -> list[tuple[str, QAction]]:
    """Commands with a key that are tried on each page."""
    known = [(name, window.commands.action(name)) for name in window.commands.names()]
    return [one for one in known if one[1].shortcuts() and one[0] not in NOT_PRESSED]


def come_back(screen: Screen, name: str) -> None:
    """The page as it was: its first record on show, no filter, nothing typed."""
    for kept in (screen.window.pages.current_register(), None):
        if kept is not None:
            kept.form.clear()
    screen.window.open_page(name)
    screen.window.sidebar.show()
    screen.window._toast.hide()
    page = screen.window.pages.current_register()
    if page is None:
        screen.window.pages.current_page().setFocus()  # type: ignore[union-attr]
        screen.window.sidebar.button(name).setFocus()
        return
    page.list.show_filters(on=False)
    if page.list.rows.shows_deleted:
        page.removal.show_deleted(on=False)
    if page.list.rows.ids:
        page.open_record(first_plain(screen.workspace, page))
        page.form.go_to_section(0)
    else:
        page.form.clear()
        page.list.focus_search()


def stand_where_it_matters(screen: Screen, command: str) -> None:
    """Put the keyboard where the command is not already done: Ctrl+F not into the search."""
    page = screen.window.pages.current_register()
    if page is None:
        return
    if command == "section1" and page.form.state is not None:
        page.form.go_to_section(len(page.form.sections.plans) - 1)
        if len(page.form.sections.plans) == 1:
            page.list.focus_search()
    if command == "find":
        page.list.add_button.setFocus()


def has_its_own(screen: Screen, keys_: QKeySequence) -> bool:
    """True if the page on show has something of its own on a key that no command has now."""
    page = screen.window.pages.current_page()
    found = page.findChildren(QShortcut) if page is not None else []
    return any(one.key() == keys_ and reaches(one) for one in found)


def press(keys_: QKeySequence) -> None:
    pressed = QKeyCombination.fromCombined(keys_[0].toCombined())  # type: ignore[index]
    key(pressed.key(), pressed.keyboardModifiers())


# What is where


def test_every_command_stands_in_a_menu_with_its_key_beside_it(screen: Screen) -> None:
    window = screen.window
    in_menus = {
        action for menu in window.strip.menu_bar.findChildren(QMenu) for action in menu.actions()
    }
    for name in window.commands.names():
        action = window.commands.action(name)
        assert action in in_menus, name
        assert action.isShortcutVisibleInContextMenu() or not action.shortcuts(), name


def test_no_key_is_asked_for_twice(screen: Screen) -> None:
    """By commands, by what stands on a page, and by letters behind Alt."""
    window = screen.window
    for name in every_page(screen):
        offered = [one for one in window.actions() if one.isEnabled() and one.isVisible()]
        taken = [one.toString() for action in offered for one in action.shortcuts()]
        taken += [one.key().toString() for one in window.findChildren(QShortcut) if reaches(one)]
        taken += [f"Alt+{letter}" for letter in letters_of_menus(window)]
        twice = sorted({one for one in taken if one and taken.count(one) > 1})
        assert twice == [], name


def reaches(shortcut: QShortcut) -> bool:
    owner = shortcut.parent()
    return shortcut.isEnabled() and isinstance(owner, QWidget) and owner.isVisible()


def letters_of_menus(window: MainWindow) -> list[str]:
    texts = [action.text() for action in window.strip.menu_bar.actions()]
    return [text[text.index("&") + 1].upper() for text in texts if "&" in text]


def test_no_form_has_more_sections_than_keys(screen: Screen, workspace: Workspace) -> None:
    """The history, the last of them, may go without."""
    for register in workspace.registers.values():
        assert len(register.sections) <= MOST_SECTIONS, register.name
        assert len(register.related) <= MOST_SECTIONS, register.name


# Going back


def test_alt_left_goes_back_over_records_and_pages(screen: Screen, workspace: Workspace) -> None:
    window = screen.window
    window.open_page(REGISTER + "client")
    clients = window.pages.register_page("client")
    first = first_plain(workspace, clients)
    assert window.open_record("client", first)
    key(Qt.Key.Key_2, CTRL)
    assert here(screen.form("service_event")) == "date", "the client is given"
    screen.form("service_event").clear()
    screen.go_to("trang chu")
    key(Qt.Key.Key_Left, ALT)
    assert window.pages.current_key() == REGISTER + "service_event"
    key(Qt.Key.Key_Left, ALT)
    assert window.pages.current_key() == REGISTER + "client"
    assert clients.form.draft is not None
    assert clients.form.draft.id == first
    assert clients.form.isAncestorOf(focus())


def test_back_is_offered_only_where_there_is_somewhere_to_go(screen: Screen) -> None:
    back = screen.window.commands.action("back")
    while back.isEnabled():
        key(Qt.Key.Key_Left, ALT)
    screen.go_to("bao cao ky")
    screen.wait()
    assert back.isEnabled()
    key(Qt.Key.Key_Left, ALT)
    assert not back.isEnabled()


# Keeping and copying


def test_what_is_kept_is_remembered_in_the_next_session(
    workspace: Workspace, show: Callable[[Workspace], Screen]
) -> None:
    first = show(workspace)
    form = first.new("client")
    field(form, "phone").input.take_focus()
    key(Qt.Key.Key_L, CTRL)
    assert "Điện thoại" in first.window.said()
    field(form, "ethnic").input.take_focus()
    key(Qt.Key.Key_L, CTRL)
    kept = set(form.memory.kept)
    assert "phone" in kept
    assert "ethnic" not in kept
    form.clear()
    first.window.close()
    second = show(workspace)
    form = second.new("client")
    assert form.memory.kept == kept
    pin = field(form, "phone").keep_button
    assert pin is not None
    assert pin.isChecked()
    field(form, "phone").input.take_focus()
    key(Qt.Key.Key_L, CTRL)
    assert "phone" not in form.memory.kept


def test_what_the_program_writes_itself_is_not_kept(screen: Screen) -> None:
    form = screen.new("client")
    key(Qt.Key.Key_2, ALT)
    key(Qt.Key.Key_Return, CTRL)
    assert here(form) == "category"
    key(Qt.Key.Key_L, CTRL)
    assert "không giữ lại" in screen.window.said()


def test_seldom_fields_are_passed_by_enter_and_stopped_at_by_tab(screen: Screen) -> None:
    form = screen.new("client")
    assert here(form) == "full_name", "the kind of client is nearly always the same"
    words("Nguyễn Thị Hoà")
    enter()
    assert here(form) == "sex"
    key(Qt.Key.Key_Backtab, SHIFT)
    assert here(form) == "unknown_name"
    tab()
    keys("nu")
    enter()
    assert here(form) == "birth"


def test_a_seldom_field_that_is_asked_for_is_not_passed(screen: Screen) -> None:
    form = screen.new("service_event")
    field(form, "fund_source").input.take_focus()
    keys("khac")
    enter()
    assert here(form) == "provider_worker"
    enter()
    assert here(form) == "provider_org", "one of the two is required"


# Child tables


def test_ctrl_enter_begins_a_row_from_anywhere_in_the_form(screen: Screen) -> None:
    form = screen.new("client")
    begun = []
    for held in (CTRL, CTRL | SHIFT, CTRL | SHIFT, CTRL | SHIFT):
        key(Qt.Key.Key_Return, held)
        box = form.sections.child_with_focus()
        assert box is not None
        begun.append(box.register.name)
    assert begun == ["client_category", "disability", "benefit", "health"]
    key(Qt.Key.Key_Escape)
    assert form.isAncestorOf(focus())


def test_a_section_without_fields_is_no_dead_end(screen: Screen) -> None:
    """Adding a service to a client not yet stored stores the client first, or says why not."""
    form = screen.new("client")
    key(Qt.Key.Key_7, ALT)
    assert form.isAncestorOf(focus())
    assert focus().accessibleName() == "Thêm ca"
    enter()
    assert screen.window.pages.current_key() == REGISTER + "client"
    assert "Chưa lưu" in screen.window.said()
    assert here(form) == "full_name", "the first thing that is missing"
