"""The commands of the window: what is in the menus, on which keys, and when it is offered."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.base.translate import tr
from desktop.widget import theme
from desktop.widget import window_settings as kept
from desktop.widget.commands import Command
from desktop.widget.help_box import show_field_help, show_keys, show_page_help
from desktop.widget.list_commands import (
    list_commands,
    list_file_commands,
    offer_list_commands,
)
from desktop.widget.numbered_commands import offer_numbered, related_commands, section_commands
from desktop.widget.parts import SearchBox
from desktop.widget.person_commands import offer_person_commands, person_commands
from desktop.widget.register_page import RegisterPage
from desktop.widget.rights_shown import may_add, may_delete

if TYPE_CHECKING:
    from desktop.widget.form_page import FormPage
    from desktop.widget.main_window import MainWindow

_ON_RECORD = ("save", "save_next", "cancel", "copy_previous", "keep")
_OF_PAGES = {"find": "search", "check_all": "check_all", "export": "show_export"}
"""Command → what pages that know it call it: a page without it is not offered the command."""


def add_commands(window: MainWindow) -> None:
    """Make every command of the window."""
    commands = [
        *list_file_commands(window),
        *_file_commands(window),
        *_edit_commands(window),
        *_record_commands(window),
        *_problem_commands(window),
        *_people_commands(window),
        *person_commands(window),
        *related_commands(window),
        *_view_commands(window),
        *list_commands(window),
        *_page_commands(window),
        *section_commands(window),
        *_help_commands(window),
    ]
    for command in commands:
        window.commands.add(command)
    offer_commands(window)


def offer_commands(window: MainWindow) -> None:
    """Offer what can be done now; undo and redo say what they would do."""
    page = window.pages.current_register()
    offer = window.commands.enable
    on_record = page is not None and page.form.state is not None
    changeable = on_record and page is not None and not page.form.state.read_only  # type: ignore[union-attr]
    for key in _ON_RECORD:
        offer(key, changeable)
    has_tables = page is not None and bool(page.form.sections.child_tables())
    for key in ("add_row", "add_row_next"):
        offer(key, changeable and has_tables)
    offer("new", page is not None and may_add(window.context.workspace, page.register))
    offer("delete", page is not None and page.removal.can_delete())
    people = page is not None and bool(page.register.look_alike.name)
    offer("look_alikes", people and changeable)
    deleted = page is not None and page.list.rows.shows_deleted
    may_restore = page is not None and may_delete(window.context.workspace, page.register)
    offer("restore", deleted and may_restore)
    for key in ("filter", "deleted"):
        offer(key, page is not None)
    offer("other_side", on_record or (page is not None and bool(page.list.rows.count)))
    offer("back", window.trail.can_go_back())
    window.commands.action("deleted").setChecked(deleted)
    for key, name in _OF_PAGES.items():
        offer(key, page_act(window, name) is not None)
    offer_numbered(window, page if on_record else None)
    offer_list_commands(window)
    offer_person_commands(window)
    saving = window.context.workspace.saving
    _name(window, "undo", tr("&Undo"), saving.undoable())
    _name(window, "redo", tr("&Redo"), saving.redoable())


def page_act(window: MainWindow, name: str) -> Callable[[], object] | None:
    """What the page on show does for a command; None: it does nothing of the kind."""
    page: object = window.pages.current_page()
    if isinstance(page, RegisterPage):
        page = page.list
    found = getattr(page, name, None)
    return found.take_focus if isinstance(found, SearchBox) else found


def _on_any_page(window: MainWindow, name: str) -> Callable[[], None]:
    def run() -> None:
        act = page_act(window, name)
        if act is not None:
            act()

    return run


def _name(window: MainWindow, key: str, word: str, label: str) -> None:
    action = window.commands.action(key)
    action.setText(f"{word}: {label.replace('&', '&&')}" if label else word)
    action.setEnabled(bool(label))


def _on_page(window: MainWindow, act: Callable[[RegisterPage], object]) -> Callable[[], None]:
    """Do something on the register's page on show, nothing where there is none."""

    def run() -> None:
        page = window.pages.current_register()
        if page is not None:
            act(page)

    return run


def _on_form(window: MainWindow, act: Callable[[FormPage], object]) -> Callable[[], None]:
    return _on_page(window, lambda page: act(page.form) if page.form.state else None)


def _read_card_picture(window: MainWindow) -> Callable[[], None]:
    def run() -> None:
        window.cards.read_picture()  # made behind the commands

    return run


def _file_commands(window: MainWindow) -> list[Command]:
    return [
        Command(
            key="lock", menu="file", text=tr("&Lock"), act=window.lock_asked.emit,
            shortcut="Ctrl+Alt+L", icon="lock", begins_group=True,
        ),
        Command(
            key="quit", menu="file", text=tr("E&xit"), act=window.quit, shortcut="Ctrl+Q",
            icon="log-out",
        ),
    ]  # fmt: skip


def _edit_commands(window: MainWindow) -> list[Command]:
    return [
        Command(
            key="undo", menu="edit", text=tr("&Undo"), act=window.undo, shortcut="Ctrl+Z",
            icon="undo",
        ),
        Command(
            key="redo", menu="edit", text=tr("&Redo"), act=window.redo, shortcut="Ctrl+Y",
            icon="redo",
        ),
        Command(
            key="copy_previous", menu="edit", text=tr("&Same as the record before"),
            act=_on_form(window, lambda form: form.keys.copy_previous()), shortcut="Ctrl+D",
            icon="copy", begins_group=True,
        ),
        Command(
            key="keep", menu="edit", text=tr("&Keep this field for the next record"),
            act=_on_form(window, lambda form: form.keys.toggle_keep()), shortcut="Ctrl+L",
            icon="pin",
        ),
    ]  # fmt: skip


def _record_commands(window: MainWindow) -> list[Command]:
    return [
        Command(
            key="new", menu="record", text=tr("&Add"), act=_on_page(window, lambda p: p.add()),
            shortcut="Ctrl+N", icon="plus",
        ),
        Command(
            key="save", menu="record", text=tr("&Save"),
            act=_on_form(window, lambda form: form.save()), shortcut="Ctrl+S", icon="save",
        ),
        Command(
            key="save_next", menu="record", text=tr("Save and &next"),
            act=_on_form(window, lambda form: form.save(and_next=True)), shortcut="Ctrl+Shift+S",
        ),
        Command(
            key="cancel", menu="record", text=tr("&Cancel"),
            act=_on_form(window, lambda form: form.cancel()), shortcut="Esc", icon="x",
        ),
        Command(
            key="add_row", menu="record", text=tr("Add a &row"),
            act=_on_form(window, lambda form: form.keys.add_child_row()), shortcut="Ctrl+Enter",
            also="Ctrl+Return", begins_group=True,
        ),
        Command(
            key="add_row_next", menu="record", text=tr("Add a row in the next &table"),
            act=_on_form(window, lambda form: form.keys.add_child_row(in_next=True)),
            shortcut="Ctrl+Shift+Enter", also="Ctrl+Shift+Return",
        ),
    ]  # fmt: skip


def _problem_commands(window: MainWindow) -> list[Command]:
    return [
        Command(
            key="next_problem", menu="record", text=tr("Next &problem"),
            act=lambda: window.problems.step(1), shortcut="F8", icon="alert-triangle",
            begins_group=True,
        ),
        Command(
            key="previous_problem", menu="record", text=tr("Problem &before"),
            act=lambda: window.problems.step(-1), shortcut="Shift+F8",
        ),
        Command(
            key="problems", menu="record", text=tr("&List of problems"),
            act=window.problems.listed.emit, shortcut="Ctrl+F8", icon="list",
        ),
    ]  # fmt: skip


def _people_commands(window: MainWindow) -> list[Command]:
    return [
        Command(
            key="look_alikes", menu="record", text=tr("Records like this on&e"),
            act=_on_form(window, _look_for_alikes), icon="users",
            begins_group=True,
        ),
        Command(
            key="duplicates", menu="record", text=tr("Find d&uplicates"),
            act=lambda: find_duplicates(window), icon="merge",
        ),
        Command(
            key="card_picture", menu="record", text=tr("Read a &card from a picture…"),
            act=_read_card_picture(window), icon="user-check",
        ),
        Command(
            key="delete", menu="record", text=tr("&Delete"),
            act=_on_page(window, lambda page: page.removal.delete()), shortcut="Ctrl+Del",
            icon="trash", begins_group=True,
        ),
        Command(
            key="restore", menu="record", text=tr("&Bring back"),
            act=_on_page(window, lambda page: page.removal.restore()), icon="restore",
        ),
    ]  # fmt: skip


def _look_for_alikes(form: FormPage) -> None:
    if form.draft is not None:
        form.saving.look_alikes.look(form.draft)


def find_duplicates(window: MainWindow) -> None:
    """Look for duplicates in the register on show, or in the largest register of people."""
    from desktop.widget.duplicates_box import DuplicatesBox

    page, workspace = window.pages.current_register(), window.context.workspace
    people = [one for one in workspace.registers.values() if one.look_alike.name]
    people.sort(key=lambda one: -workspace.lookups.count(one.name))
    if page is not None and page.register in people:
        people.insert(0, page.register)
    if people:
        DuplicatesBox(window, window.context, people[0]).open()


def _view_commands(window: MainWindow) -> list[Command]:
    return [
        Command(
            key="find", menu="view", text=tr("&Find in this register"),
            act=_on_any_page(window, _OF_PAGES["find"]), shortcut="Ctrl+F", icon="search",
        ),
        Command(
            key="go_to", menu="view", text=tr("&Go to…"), act=window.go_to.take_focus,
            shortcut="Ctrl+K", icon="command", listed=False,
        ),
        Command(
            key="filter", menu="view", text=tr("F&ilter"),
            act=_on_page(window, lambda p: p.list.show_filters(p.list.filter_bar.isHidden())),
            shortcut="Ctrl+Shift+F", icon="filter",
        ),
        Command(
            key="deleted", menu="view", text=tr("&Deleted records"),
            act=_on_page(window, lambda p: p.removal.show_deleted(not p.list.rows.shows_deleted)),
            checkable=True,
        ),
        Command(
            key="other_side", menu="view", text=tr("&List or form"),
            act=_on_page(window, lambda page: page.focus_other_side()), shortcut="F6",
            begins_group=True,
        ),
        Command(
            key="back", menu="view", text=tr("&Back"), act=window.trail.go_back,
            shortcut="Alt+Left", icon="arrow-left",
        ),
        Command(
            key="sidebar", menu="view", text=tr("&Pages at the left"),
            act=window.place.toggle_sidebar, shortcut="Ctrl+B",
        ),
        *(_theme_command(window, name, words) for name, words in _themes()),
    ]  # fmt: skip


def _page_commands(window: MainWindow) -> list[Command]:
    """What only some pages do."""
    return [
        Command(
            key="check_all", menu="view", text=tr("Check &everything"), icon="refresh",
            act=_on_any_page(window, _OF_PAGES["check_all"]), shortcut="F5", begins_group=True,
        ),
        Command(
            key="export", menu="view", text=tr("E&xport the report…"), icon="download",
            act=_on_any_page(window, _OF_PAGES["export"]), shortcut="Ctrl+E",
        ),
    ]  # fmt: skip


def _themes() -> list[tuple[str, str]]:
    return [
        ("system", tr("Colours of the system")),
        ("light", tr("Light")),
        ("dark", tr("Dark")),
    ]


def _theme_command(window: MainWindow, name: str, words: str) -> Command:
    def take() -> None:
        from PySide6.QtWidgets import QApplication

        app = QApplication.instance()
        window.context.settings.set(kept.THEME, name)
        if isinstance(app, QApplication):
            theme.choose(app, name)

    return Command(
        key=f"theme_{name}", menu="view", text=words, act=take, begins_group=name == "system"
    )


def _help_commands(window: MainWindow) -> list[Command]:
    return [
        Command(
            key="help", menu="help", text=tr("&Help on this field"),
            act=lambda: show_field_help(window), shortcut="F1", icon="help",
        ),
        Command(
            key="help_topics", menu="help", text=tr("&Help topics"),
            act=lambda: show_page_help(window), icon="book-open",
        ),
        Command(
            key="keys", menu="help", text=tr("&Keys"), act=lambda: show_keys(window),
            shortcut="Ctrl+F1", icon="keyboard",
        ),
    ]  # fmt: skip
