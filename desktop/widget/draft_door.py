"""The way back to what was typed and not saved: offered after signing in, gone on with, discarded,
brought back. What is asked on that way is asked here."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.base.errors import UserError
from desktop.base.translate import N_, tr
from desktop.model.bridge import listen
from desktop.model.draft_table import when_words
from desktop.service import draft_restoring
from desktop.service.draft_restoring import Look, Outlook
from desktop.service.kept_drafts import KEPT_DAYS
from desktop.widget.ask import KEEP_EDITING, Answer
from desktop.widget.commands import Command
from desktop.widget.page_stack import REGISTER

if TYPE_CHECKING:
    from desktop.service.draft_picture import KeptDraft, Place
    from desktop.widget.commands import Commands
    from desktop.widget.context import PageContext
    from desktop.widget.page_stack import PageStack
    from desktop.widget.sidebar import Sidebar

DRAFTS = "drafts"
"""Key of the page."""
BRING_BACK = "bring_back_draft"
BRING_BACK_KEY = "Ctrl+Shift+Z"
MOST_TOLD = 6
"""Fields named in a question; the page shows all."""

DISCARD = Answer("discard", N_("Discard"), "danger")
GO_ON = Answer("go_on", N_("Go on"), "primary")
RESTORE = Answer("restore", N_("Bring it back and go on"), "primary")
AS_NEW = Answer("new", N_("Go on as a new record"), "primary")
COMPARE = Answer("compare", N_("Compare field by field"))


class DraftDoor(QObject):
    """One per main window."""

    def __init__(
        self, context: PageContext, commands: Commands, pages: PageStack, sidebar: Sidebar
    ) -> None:
        super().__init__(pages)
        self._ask = context.ask
        self._window = context.window
        self._workspace = context.workspace
        self._drafts = self._workspace.drafts
        self._commands = commands
        self._pages = pages
        self._sidebar = sidebar
        commands.add(
            Command(
                key=BRING_BACK,
                menu="edit",
                text=tr("&Bring back the draft discarded last"),
                act=self.bring_back,
                shortcut=BRING_BACK_KEY,
                icon="restore",
            )
        )
        listen(self, self._drafts.changed, self.count)

    def count(self) -> None:
        """Show how many drafts there are, and offer what can be done."""
        number = len(self._drafts.offered())
        self._sidebar.set_count(DRAFTS, number or None)
        self._commands.enable(BRING_BACK, bool(self._drafts.discarded()))

    def has_offer(self) -> bool:
        """True if there is something to be said of drafts as the office opens."""
        draft_restoring.drop_saved(self._workspace)
        self.count()
        return bool(self._drafts.offered() or self._drafts.trouble)

    # Going on

    def go_on(self, id: str, take_stored: Collection[Place] | None = None) -> bool:
        """Open a draft in its form, the keyboard where it was; False if something kept it.

        `take_stored`: of the fields that somebody else changed too, those whose stored answer is
        to stand, chosen on the page of drafts; None: nobody has seen them yet.
        """
        kept = self._drafts.find(id)
        if kept is None:
            return False
        if self._is_on_show(kept):
            return self._window.open_page(REGISTER + kept.register)
        look = draft_restoring.look_at(self._workspace, kept)
        if not (self._may_go_on(look) and self._clashes_settled(look, take_stored)):
            return False
        if not self._window.open_page(REGISTER + kept.register):
            return False
        page = self._pages.register_page(kept.register)
        if not page.may_leave():
            return False
        self._drafts.bring_back(id)
        try:
            draft, fitted = draft_restoring.go_on(self._workspace, kept, take_stored or ())
        except UserError as error:
            self._refuse(str(error))
            return False
        page.go_on(draft, fitted)
        return True

    def _is_on_show(self, kept: KeptDraft) -> bool:
        page = self._pages.made_page(REGISTER + kept.register)
        state = getattr(getattr(page, "form", None), "state", None)
        return (
            state is not None
            and state.is_dirty
            and state.kept is not None
            and bool(state.kept.id == kept.id)
        )

    def _may_go_on(self, look: Look) -> bool:
        """Ask what becomes of a record that is deleted or gone; False if it is to stay so."""
        kept = look.kept
        if look.outlook is Outlook.CLOSED or not self._pages.has_register(kept.register):
            told = tr(
                "“{title}” cannot be opened: {why} What was typed stays in the list of drafts."
            )
            self._refuse(told.format(title=kept.title, why=look.why))
            return False
        if look.outlook is Outlook.DELETED:
            told = tr("“{title}” was deleted since you typed in it. To go on, it is brought back.")
            return self._asked(kept, told, RESTORE) and self._restored(kept)
        if look.outlook is Outlook.GONE:
            told = tr(
                "“{title}” is not in the data any more. What was typed can become a new record."
            )
            return self._asked(kept, told, AS_NEW)
        return True

    def _asked(self, kept: KeptDraft, told: str, answer: Answer) -> bool:
        text = told.format(title=kept.title)
        answers = (KEEP_EDITING, answer)
        given = self._ask.question(self._pages, tr("Go on?"), text, answers)
        return given == answer.key

    def _restored(self, kept: KeptDraft) -> bool:
        try:
            self._workspace.saving.restore(kept.register, [kept.record_id])
        except UserError as error:
            self._refuse(str(error))
            return False
        return True

    def _clashes_settled(self, look: Look, take_stored: Collection[Place] | None) -> bool:
        """Show what somebody else changed too; False if it is to be looked at first."""
        if not look.clashes:
            return True
        chosen = take_stored or ()
        told = tr("“{title}” was changed by {name} at {when}, after you began. Changed by both:")
        name = next((n for id, n in self.people() if id == look.changed_by), look.changed_by)
        when = when_words(look.changed_at, self._workspace.today)
        lines = [told.format(title=look.kept.title, name=name or "–", when=when), ""]
        row = tr("{field}: you typed “{typed}”, stored is “{stored}” → {stands} will stand.")
        for line in look.clashes[:MOST_TOLD]:
            stands = tr("what is stored") if line.place in chosen else tr("what I typed")
            lines.append(
                row.format(field=line.label, typed=line.typed, stored=line.stored, stands=stands)
            )
        if len(look.clashes) > MOST_TOLD:
            lines.append(tr("… and {count} more").format(count=len(look.clashes) - MOST_TOLD))
        lines += ["", tr("Nothing is written before you save.")]
        answers = (KEEP_EDITING, COMPARE, GO_ON)
        title = tr("Somebody else changed it too")
        text = "\n".join(lines)
        given = self._ask.question(self._pages, title, text, answers)
        if given == COMPARE.key:
            self.compare(look.kept.id)
        return given == GO_ON.key

    def compare(self, id: str) -> None:
        """The page of drafts, at one of them, the keyboard in what it holds."""
        from desktop.widget.drafts_page import DraftsPage

        if self._window.open_page(DRAFTS):
            page = self._pages.page(DRAFTS)
            assert isinstance(page, DraftsPage)  # noqa: S101  (made by `MainPages`)
            page.show_draft(id)

    def people(self) -> list[tuple[str, str]]:
        """(id, name) of everybody who may sign in; empty where the key file cannot be read."""
        from desktop.service.folder import people

        try:
            return [(one.id, one.name) for one in people(self._workspace.paths)]
        except UserError:
            return []

    # Discarding

    def discard(self, id: str) -> bool:
        """Ask once, then put a draft away; it can be brought back."""
        kept = self._drafts.find(id)
        if kept is None:
            return False
        told = tr("What was typed in “{title}” goes to the discarded drafts for {days} days.")
        text = told.format(title=kept.title, days=KEPT_DAYS)
        title, answers = tr("Discard the draft?"), (KEEP_EDITING, DISCARD)
        if self._ask.question(self._pages, title, text, answers) != "discard":
            return False
        self._drafts.discard(id)
        self.say_discarded(kept)
        return True

    def say_discarded(self, kept: KeptDraft) -> None:
        """Say what was discarded, and offer it back."""
        self._window.say(
            tr("Discarded: {title}").format(title=kept.title),
            action=tr("Undo"),
            key=BRING_BACK_KEY,
            act=lambda: self.bring_back(kept.id),
        )

    def bring_back(self, id: str = "") -> None:
        """Go on with a discarded draft, the last one if none is named."""
        last = next(iter(self._drafts.discarded()), None)
        wanted = id or (last.id if last is not None else "")
        if wanted:
            self.go_on(wanted)

    def _refuse(self, text: str) -> None:
        self._ask.message(self._pages, tr("Not opened"), text, "error")
