"""Commands on the number keys: Alt+1 shows a section, Ctrl+1 adds a record that refers to this."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.base.translate import tr
from desktop.widget.commands import Command
from desktop.widget.related_keys import MOST, related_key
from desktop.widget.related_list import can_be_added

if TYPE_CHECKING:
    from desktop.schema.definition import Register
    from desktop.widget.main_window import MainWindow
    from desktop.widget.register_page import RegisterPage


def section_commands(window: MainWindow) -> list[Command]:
    """Alt+1 to Alt+9; `offer_numbered` names them."""

    def show(place: int) -> Callable[[], None]:
        def run() -> None:
            page = window.pages.current_register()
            if page is not None and page.form.state is not None:
                page.form.go_to_section(place)

        return run

    return [
        Command(
            key=f"section{place + 1}", menu="view", text="", act=show(place),
            shortcut=f"Alt+{place + 1}", begins_group=place == 0, listed=False,
        )
        for place in range(MOST)
    ]  # fmt: skip


def related_commands(window: MainWindow) -> list[Command]:
    """Ctrl+1 to Ctrl+9; `offer_numbered` names them."""

    def add(place: int) -> Callable[[], None]:
        def run() -> None:
            page = window.pages.current_register()
            if page is not None and page.form.state is not None:
                wanted = page.register.related[place]
                page.form.add_asked.emit(wanted.register, wanted.field)

        return run

    return [
        Command(
            key=f"related{place + 1}", menu="record", text="", act=add(place),
            shortcut=related_key(place), begins_group=place == 0,
        )
        for place in range(MOST)
    ]  # fmt: skip


def offer_numbered(window: MainWindow, page: RegisterPage | None) -> None:
    """Name and offer the sections and related records of the form on show; None: no form."""
    titles = page.form.sections.tabs.titles() if page is not None else []
    sections = [tr("Section {title}").format(title=title) for title in titles]
    _name_all(window, "section", sections, enabled=True)
    still = page is None or page.form.state is None or page.form.state.read_only
    registers = window.context.workspace.registers
    related = page.register.related if page is not None else ()
    words = [_adding(registers[one.register]) for one in related]
    _name_all(window, "related", words, enabled=not still)


def _adding(register: Register) -> str:
    """The command's words, "" where nothing can be added from here."""
    if not can_be_added(register):
        return ""
    one = register.one or register.title.lower()
    return tr("Add {one}").format(one=one)


def _name_all(window: MainWindow, kind: str, words: list[str], *, enabled: bool) -> None:
    for place in range(MOST):
        action = window.commands.action(f"{kind}{place + 1}")
        there = place < len(words) and bool(words[place])
        action.setVisible(there)
        action.setEnabled(there and enabled)
        if there:
            action.setText(words[place].replace("&", "&&"))
