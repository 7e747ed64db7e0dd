"""F1: help on the field with the keyboard, else on the page; the list of keys; a topic by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.base.translate import tr
from desktop.service.help_topics import topic_for_page, topics
from desktop.widget import window_settings as kept
from desktop.widget.help_text import field_page, keys_page
from desktop.widget.help_window import HelpWindow
from desktop.widget.key_list import every_key

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.base.paths import Paths
    from desktop.schema.definition import Field, Register
    from desktop.service.definitions import Definitions
    from desktop.widget.main_window import MainWindow


def help_window(paths: Paths, parent: QWidget) -> HelpWindow:
    """The help window of a window, made when it is first needed; in front, with the keyboard."""
    found = parent.findChild(HelpWindow)
    made = found if isinstance(found, HelpWindow) else HelpWindow(topics(paths), parent)
    made.show()
    made.activateWindow()
    made.page.setFocus()
    return made


def show_field_help(window: MainWindow) -> None:
    """F1: what to enter in this field, how, who asks for it, and what is checked."""
    page = window.pages.current_register()
    section = page.form.sections.shown_section() if page is not None else None
    for group in section.groups() if section is not None else ():
        row = group.row_with_focus()
        if row is not None:
            workspace = window.context.workspace
            show_help_of(workspace.paths, workspace.definitions, group.register, row.field, window)
            return
    show_page_help(window)


def show_help_of(
    paths: Paths, definitions: Definitions, register: Register, field: Field, parent: QWidget
) -> None:
    """The help on one field, in the help window of `parent`."""
    text = field_page(definitions, register, field)
    help_window(paths, parent).show_page(field.label, text)


def show_page_help(window: MainWindow) -> None:
    """The topic of the page on show."""
    paths = window.context.workspace.paths
    page = str(window.context.settings.get(kept.LAST_PAGE))
    show_topic(window, topic_for_page(topics(paths), page).key)


def show_topic(window: MainWindow, key: str) -> None:
    """A help topic by its key."""
    help_window(window.context.workspace.paths, window).show_topic(key)


def show_keys(window: MainWindow) -> None:
    """The list of keys, those of every command too."""
    keys = every_key(window.commands)
    help_window(window.context.workspace.paths, window).show_page(tr("Keys"), keys_page(keys))
