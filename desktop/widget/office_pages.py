"""The pages of who keeps the office: people and journal, for those whose roles they are for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.base.errors import UserError
from desktop.base.translate import tr
from desktop.service.rights import Action
from desktop.widget.commands import Command

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.widget.context import PageContext
    from desktop.widget.main_window import MainWindow

PEOPLE, JOURNAL = "people", "journal"


def add_office_pages(window: MainWindow) -> None:
    """Add what the person signed in may use."""
    workspace, group = window.context.workspace, tr("System")
    window.commands.add(
        Command(
            key="own_password", menu="file", text=tr("Change my &password…"),
            act=lambda: _change_password(window), icon="key",
        )
    )  # fmt: skip
    if workspace.rights.may(Action.PEOPLE):
        window.pages.add_page(PEOPLE, tr("People"), "key", group, _people_page)
        window.sidebar.set_count(PEOPLE, None, attention=not _has_code(window))
    if workspace.rights.may(Action.JOURNAL):
        window.pages.add_page(JOURNAL, tr("Journal"), "scroll-text", group, _journal_page)


def _change_password(window: MainWindow) -> None:
    from desktop.widget.own_password_box import OwnPasswordBox

    OwnPasswordBox(window).open()


def _has_code(window: MainWindow) -> bool:
    try:
        return window.context.workspace.people.has_recovery()
    except UserError:  # the key file is away: said where it is needed
        return True


def _people_page(context: PageContext) -> QWidget:
    from desktop.widget.people_page import PeoplePage

    return PeoplePage(context)


def _journal_page(context: PageContext) -> QWidget:
    from desktop.widget.journal_page import JournalPage

    return JournalPage(context)
