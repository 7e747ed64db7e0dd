"""What is done with the data of one person beside editing: the extract of all that is held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.base.translate import tr
from desktop.service.anonymising import can_anonymise
from desktop.service.consents import CLIENT, without_consent
from desktop.service.extract import extract, extract_paper, may_extract, note_extract
from desktop.service.rights import Action
from desktop.widget.commands import Command
from desktop.widget.journal_paper import JournalPaper

if TYPE_CHECKING:
    from desktop.base.progress import Progress
    from desktop.service.extract import Extract
    from desktop.service.list_output import ListPaper
    from desktop.service.workspace import Workspace
    from desktop.widget.main_window import MainWindow


def person_commands(window: MainWindow) -> list[Command]:
    """Those of the menu “Hồ sơ”."""
    return [
        Command(
            key="extract", menu="record", text=tr("E&xtract of the person's data…"),
            act=lambda: print_extract(window), icon="printer", begins_group=True,
        ),
        Command(
            key="anonymise", menu="record", text=tr("&Anonymise…"),
            act=lambda: anonymise_person(window), icon="shield",
        ),
        Command(
            key="without_consent", menu="record", text=tr("Clients &without consent, or withdrawn"),
            act=lambda: show_without_consent(window), icon="filter",
        ),
    ]  # fmt: skip


def offer_person_commands(window: MainWindow) -> None:
    """Offer what can be done with the person on show."""
    window.commands.enable("extract", bool(_person(window)))
    window.commands.enable("anonymise", bool(_anonymous(window)))
    workspace = window.context.workspace
    may = CLIENT in workspace.registers and workspace.rights.may(Action.VIEW, CLIENT)
    window.commands.enable("without_consent", may)


def show_without_consent(window: MainWindow) -> None:
    """Only the clients whose consent is missing or was taken back."""
    found = without_consent(window.context.workspace)
    if found:
        window.open_records(CLIENT, found, tr("No consent, or withdrawn"))
    else:
        window.say(tr("Every client has given consent."))


def print_extract(window: MainWindow) -> JournalPaper | None:
    """Ask why, then lay out everything held about the person on show and show the pages."""
    person = _person(window)
    if not person:
        return None
    why = tr(
        "Everything the program holds about this person is put on paper. Who asks for it, and "
        "why? The reason is kept in the access log."
    )
    context = window.context
    reason = context.ask.reason(window, tr("Extract of the data about one person"), why)
    if reason is None:
        return None
    made: list[Extract] = []

    def make(workspace: Workspace, progress: Progress) -> ListPaper:
        made.append(extract(workspace, *person, progress))
        return extract_paper(workspace, made[-1], reason)

    paper = JournalPaper(
        window, context, lambda workspace, _: note_extract(workspace, made[-1], reason)
    )
    paper.print_paper(make)
    return paper


def anonymise_person(window: MainWindow) -> None:
    """Ask about the person on show, or those chosen in the list, then make them nobody's."""
    page, chosen = window.pages.current_register(), _anonymous(window)
    if page is None or not chosen or not page.may_leave():
        return
    window.anonymising.ask(page.register.name, chosen)


def _anonymous(window: MainWindow) -> list[str]:
    """Ids of the people chosen, or of the one on show, who may be anonymised."""
    page = window.pages.current_register()
    if page is None or not can_anonymise(window.context.workspace, page.register.name):
        return []
    several = page.list.choice.chosen_ids()
    if len(several) > 1:
        return several
    state = page.form.state
    return [] if state is None or state.draft.is_new else [state.draft.id]


def _person(window: MainWindow) -> tuple[str, str] | tuple[()]:
    """(register, id) of the stored person on show, () where there is none."""
    page = window.pages.current_register()
    state = page.form.state if page is not None else None
    if page is None or state is None or state.draft.is_new:
        return ()
    name = page.register.name
    return (name, state.draft.id) if may_extract(window.context.workspace, name) else ()
