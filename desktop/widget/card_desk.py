"""What happens when an identity card is scanned: the person is found, or the record filled in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from desktop.base.errors import UserError
from desktop.base.translate import N_, ntr, tr
from desktop.model.bridge import follow
from desktop.model.card_picture import codes_in
from desktop.service.card_reading import CardLine, compare, find_bearers, reads_cards
from desktop.service.identity_card import ADVICE, Card, NotACard, parse_card
from desktop.widget.ask import KEEP_EDITING, Answer
from desktop.widget.card_box import CardBox
from desktop.widget.card_scanner import CardScanner

if TYPE_CHECKING:
    from desktop.schema.definition import Register
    from desktop.service.draft import Draft
    from desktop.widget.context import PageContext
    from desktop.widget.main_window import MainWindow
    from desktop.widget.register_page import RegisterPage

OPEN = Answer("open", N_("Open that record"), "primary")


class CardDesk(QObject):
    """One per window."""

    def __init__(self, window: MainWindow, context: PageContext) -> None:
        super().__init__(window)
        self._window = window
        self._workspace = context.workspace
        self._ask = context.ask
        self._jobs = context.jobs
        self.scanner = CardScanner(window)
        self.scanner.scanned.connect(self._read)
        self.box: CardBox | None = None
        """What is asked of the card read last, while it is asked."""

    def read_picture(self) -> None:
        """Ask for a picture of a card, and go on as if the code in it had been scanned."""
        pattern = tr("Pictures (*.jpg *.jpeg *.png *.bmp *.webp)")
        path = self._ask.open_file(self._window, tr("Picture of the card"), pattern)
        if path is None:
            return
        follow(
            self,
            self._jobs.start(lambda _: codes_in(path)),
            done=self._picture_read,
            failed=self._picture_failed,
        )

    def _picture_failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self._window.say(str(error), level="error")

    def _picture_read(self, found: list[str]) -> None:
        if found:
            self._read(found[0], False)
            return
        told = tr(
            "No QR code could be read in this picture. Take it nearer, in good light, with the "
            "code straight and sharp."
        )
        self._window.say(told, level="warning")

    def _read(self, text: str, disturbed: bool) -> None:
        if QApplication.activeModalWidget() is not None:
            self._window.say(tr("Answer the question first, then scan again."), level="warning")
            return
        try:
            card = parse_card(text, disturbed=disturbed)
        except NotACard as error:
            self._window.say(str(error), level="error")
            return
        page = self._window.pages.current_register()
        if page is not None and reads_cards(page.register):
            self._check_again(page)
            if _in_form(page):
                self._into_form(page, card)
            else:
                self._find([page.register], card)
            return
        registers = [one for one in self._workspace.registers.values() if reads_cards(one)]
        self._find(sorted(registers, key=lambda one: (one.order, one.name)), card)

    def _check_again(self, page: RegisterPage) -> None:
        """Forget what the rules said of keys that were taken back."""
        if page.form.state is not None and page.form.state.unchecked:
            page.form.telling.check()

    # Whose card it is

    def _find(self, registers: Sequence[Register], card: Card) -> None:
        """From a list, or another page: the record of the person on the card, or a new one."""
        for register in registers:
            found = find_bearers(self._workspace, register, card)
            if found:
                self._open(register, found[0], card)
                return
        told = tr("Nobody in “{register}” has the number {number} ({name}).")
        titles = "”, “".join(one.title for one in registers)
        text = told.format(register=titles, number=card.any_number, name=card.name)
        kind = "primary" if len(registers) == 1 else ""
        answers = [
            Answer(one.name, tr("Add {one}").format(one=one.one or one.title.lower()), kind)
            for one in registers
        ]
        title = tr("No record of this card")
        name = self._ask.question(self._window, title, text, (KEEP_EDITING, *answers))
        if name and self._window.add_record(name, {}):
            self._compare(self._window.pages.register_page(name), card)

    def _open(self, register: Register, id: str, card: Card) -> None:
        if self._window.open_record(register.name, id):
            page = self._window.pages.register_page(register.name)
            if page.form.draft is not None and page.form.draft.id == id:
                self._compare(page, card)

    def _into_form(self, page: RegisterPage, card: Card) -> None:
        """From the form: its record, unless the number belongs to another one."""
        draft = page.form.draft
        found = find_bearers(self._workspace, page.register, card)
        if draft is None or not found or draft.id in found:
            self._compare(page, card)
            return
        title = self._workspace.lookups.title(page.register.name, found[0])
        told = tr("“{title}” has the number {number} already. The form was left as it is.")
        text = told.format(title=title, number=card.any_number)
        asked = tr("This card has a record already")
        answer = self._ask.question(self._window, asked, text, (KEEP_EDITING, OPEN))
        if answer == OPEN.key:
            self._open(page.register, found[0], card)

    # Filling in

    def _compare(self, page: RegisterPage, card: Card) -> None:
        state = page.form.state
        if state is None:
            return
        lines = compare(self._workspace, state.draft, card)
        if not any(line.differs for line in lines):
            self._window.say(tr("The card says the same as the record."))
            return
        if state.read_only:
            self._window.say(tr("The card differs from the record, which can only be read."))
            return
        draft = state.draft
        told = tr("Card of {name}, {number}").format(name=card.name, number=card.any_number)
        warning = tr(ADVICE[card.damage]) if card.damage else ""
        box = self.box = CardBox(self._window, told, lines, warning)
        box.accepted.connect(lambda: self._fill(page, draft, box.chosen()))
        box.finished.connect(self._put_away)
        box.open()

    def _put_away(self) -> None:
        self.box = None

    def _fill(self, page: RegisterPage, draft: Draft, lines: Sequence[CardLine]) -> None:
        state = page.form.state
        if state is None or state.draft is not draft or not lines:
            return
        for line in lines:
            draft.set_text(line.field.name, line.text)
            state.visit(draft.row, line.field.name)
        state.unchecked = True
        page.form.sections.show_texts([line.field.name for line in lines])
        page.form.sections.edited.emit()
        page.form.sections.settled.emit()
        words = ntr("Filled in from the card: {count} field",
                    "Filled in from the card: {count} fields", len(lines))  # fmt: skip
        self._window.say(words.format(count=len(lines)))


def _in_form(page: RegisterPage) -> bool:
    """True if the keyboard is in the form of a record that can be changed."""
    focus = page.window().focusWidget()
    state = page.form.state
    inside = focus is not None and page.form.isAncestorOf(focus)
    return inside and state is not None and not state.read_only
