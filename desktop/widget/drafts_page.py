"""The page "Bản nháp": what was typed and is not saved, and what was discarded lately.

Above the drafts, below what the chosen one holds, beside what is stored where it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.base.translate import ntr, tr
from desktop.model.bridge import Soon, listen
from desktop.model.draft_table import DraftLines, DraftTable, when_words
from desktop.service.draft_restoring import Look, Outlook, look_at
from desktop.service.kept_drafts import KEPT_DAYS
from desktop.widget import theme
from desktop.widget.column_widths import measured
from desktop.widget.parts import Button, EmptyState, ProblemNote, SectionTabs, Toolbar
from desktop.widget.plain_table import HEAD, ROW_HEIGHT, PlainTable
from desktop.widget.tab_way import keep_keyboard

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from desktop.service.draft_picture import KeptDraft
    from desktop.widget.context import PageContext

LOOK_MS = 40
MOST_ROWS, FRAME = 8, 6
NARROWEST, WIDEST, SPARE = 720, 980, 80
"""Pixels of the tables, which are as wide as their words: in wider ones the eye loses the line."""
OFFERED, DISCARDED = 0, 1


class DraftsPage(QWidget):
    """Of the person signed in; others' drafts are only named."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._drafts = context.workspace.drafts
        self._look: Look | None = None
        self._build()
        self._later = Soon(self, self._show_look, LOOK_MS)
        listen(self, self._drafts.changed, self.refresh)
        self.refresh()

    def _build(self) -> None:
        self.head = Toolbar(tr("Drafts"))
        self.trouble = ProblemNote("warning", "")
        self.tabs = SectionTabs()
        self.tabs.currentChanged.connect(lambda _: self.refresh())
        self.model = DraftTable(self._context.workspace.registers, self)
        self.table = PlainTable()
        self.table.setAccessibleName(tr("Drafts"))
        self.table.setModel(self.model)
        self.table.opened.connect(lambda _: self.go_on())
        self.table.delete_asked.connect(self.discard)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._later.ask())
        self._stack = QStackedWidget()
        self._none = EmptyState(
            "check-circle", tr("No drafts"), tr("Everything that was typed is saved.")
        )
        told = tr("What is discarded can be brought back for {days} days.")
        self._none_gone = EmptyState("trash", tr("Nothing discarded"), told.format(days=KEPT_DAYS))
        self._held = QWidget()
        for widget in (self._held, self._none, self._none_gone):
            self._stack.addWidget(widget)
        self._build_held()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.head, self.trouble, self.tabs):
            column.addWidget(part)
        column.addWidget(self._stack, 1)
        column.addWidget(self._build_foot())
        for place in (OFFERED, DISCARDED):
            QShortcut(QKeySequence(f"Alt+{place + 1}"), self, lambda at=place: self._turn(at))

    def _build_held(self) -> None:
        self.lines = DraftLines(self)
        self.details = PlainTable()
        self.details.setAccessibleName(tr("What the draft holds"))
        self.details.setModel(self.lines)
        self.details.opened.connect(self._toggle)
        self.note = ProblemNote("info", "")
        column = QVBoxLayout(self._held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table)
        words = QVBoxLayout()
        words.setContentsMargins(16, 12, 16, 8)
        words.addWidget(self.note)
        column.addLayout(words)
        column.addWidget(self.details, 1)
        QShortcut(
            QKeySequence(Qt.Key.Key_Space), self.details, lambda: self._toggle(self.details.row())
        )

    def _build_foot(self) -> QWidget:
        self.foot = Toolbar(at_top=False)
        self._discard = Button(tr("Discard"), "danger", key="Del")
        self._discard.clicked.connect(self.discard)
        self._go_on = Button(tr("Go on"), "primary", key="Enter")
        self._go_on.clicked.connect(self.go_on)
        self.foot.add(self._discard)
        self.foot.add(self._go_on)
        return self.foot

    # What the window calls

    def entered(self) -> None:
        """The page was brought to the front."""
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_draft(self, id: str) -> None:
        """Choose a draft, the keyboard in what it holds."""
        self.table.set_row(self.model.find(id))
        self._later.now()
        self.details.setFocus(Qt.FocusReason.OtherFocusReason)
        self.details.set_row(0)

    def current(self) -> KeptDraft | None:
        """The chosen draft."""
        return self.model.draft(self.table.row())

    def go_on(self) -> None:
        """Open the chosen draft in its form."""
        kept = self.current()
        if kept is None:
            return
        self._later.now()
        seen = frozenset(self.lines.take_stored) if self._look and self._look.clashes else None
        self._context.window.drafts.go_on(kept.id, seen)

    def discard(self) -> None:
        """Put the chosen draft away, after asking."""
        kept = self.current()
        if kept is not None and not kept.discarded_at:
            self._context.window.drafts.discard(kept.id)

    # Showing

    def refresh(self) -> None:
        """Show the drafts there are now; the chosen one stays chosen."""
        before, row = self.current(), self.table.row()
        offered, discarded = self._drafts.offered(), self._drafts.discarded()
        self._show_tabs(len(offered), len(discarded))
        gone = self.tabs.currentIndex() == DISCARDED
        shown = discarded if gone else offered
        self.model.show(shown, self._context.workspace.today)
        self.table.setFixedHeight(min(max(len(shown), 1), MOST_ROWS) * ROW_HEIGHT + HEAD + FRAME)
        self._fit()
        at = self.model.find(before.id) if before is not None else -1
        self.table.set_row(at if at >= 0 else max(0, min(row, len(shown) - 1)))
        self._stack.setCurrentIndex(0 if shown else 2 if gone else 1)
        self.foot.setVisible(bool(shown))
        self._discard.setVisible(not gone)
        self._go_on.set_words(tr("Bring back and go on") if gone else tr("Go on"), "Enter")
        self._show_head(len(offered))
        self._later.ask()

    def _show_tabs(self, offered: int, discarded: int) -> None:
        titles = (
            tr("Not saved ({count})").format(count=offered),
            tr("Discarded drafts ({count})").format(count=discarded),
        )
        if titles == tuple(self.tabs.accessibleTabName(n) for n in range(self.tabs.count())):
            return
        before = max(0, self.tabs.currentIndex())
        self.tabs.blockSignals(True)
        self.tabs.set_titles(titles)
        self.tabs.setCurrentIndex(before)
        self.tabs.blockSignals(False)

    def _show_head(self, offered: int) -> None:
        told = ntr(
            "{count} record was typed in and not saved",
            "{count} records were typed in and not saved",
            offered,
        )
        words = [told.format(count=offered)] if offered else []
        names = dict(self._context.window.drafts.people())
        for person, count in self._drafts.others().items():
            other = tr("{name} has {count} of her own, shown when she signs in")
            words.append(other.format(name=names.get(person, "–"), count=count))
        self.head.set_title(tr("Drafts"), " · ".join(words))
        self.trouble.set_problem("warning", self._drafts.trouble or self._drafts.failure)
        self.trouble.setVisible(bool(self._drafts.trouble or self._drafts.failure))

    def _show_look(self) -> None:
        """What the chosen draft holds; read a moment later, so that arrows stay quick."""
        kept = self.current()
        if kept is None:
            self._look = None
            self.lines.show((), stored=False)
            return
        if self._look is not None and self._look.kept == kept and self._is_fresh(self._look):
            return
        self._look = look = look_at(self._context.workspace, kept)
        self.lines.show(look.lines, stored=look.outlook not in (Outlook.NEW, Outlook.GONE))
        self._fit()
        level, words = self._outlook_words(look)
        self.note.set_problem(level, words)

    def _fit(self) -> None:
        """Make both tables as wide as the words of either need."""
        needs = [measured(self.model), measured(self.lines)]
        natural = max(sum(max(one.wanted, one.heading) for one in need) for need in needs)
        width = max(NARROWEST, min(WIDEST, natural + SPARE))
        for table in (self.table, self.details):
            table.setMaximumWidth(width)
            table.measure()
        self.note.setMaximumWidth(width - 32)

    def _is_fresh(self, look: Look) -> bool:
        """True if nothing can have changed in the record since it was looked at."""
        return self.isVisible() and look.outlook is Outlook.NEW

    def _outlook_words(self, look: Look) -> tuple[str, str]:
        names = dict(self._context.window.drafts.people())
        who = names.get(look.changed_by, "–")
        when = when_words(look.changed_at, self._context.workspace.today)
        if look.outlook is Outlook.NEW:
            return "info", tr("A new record, not saved yet.")
        if look.outlook is Outlook.STORED:
            return "info", tr("The record is stored as it was when you began.")
        if look.outlook is Outlook.DELETED:
            told = tr("The record was deleted since, by {name} at {when}.")
            return "warning", told.format(name=who, when=when)
        if look.outlook is Outlook.GONE:
            return "warning", tr("The record is not in the data any more.")
        if look.outlook is Outlook.CLOSED:
            return "warning", look.why
        if not look.clashes:
            told = tr("The record was changed since, by {name} at {when}, in other fields.")
            return "info", told.format(name=who, when=when)
        told = tr(
            "The record was changed since, by {name} at {when}. Of the fields changed by both, "
            "Enter or Space chooses which answer will stand."
        )
        return "warning", told.format(name=who, when=when)

    def _toggle(self, place: int) -> None:
        if not self.lines.toggle(place):
            self.go_on()

    def _turn(self, place: int) -> None:
        self.tabs.setCurrentIndex(place)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        keep_keyboard(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.current().color("panel"))
