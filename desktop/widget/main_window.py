"""The window: a strip at the top, the pages at the left, the page on show; commands and keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from desktop.base.errors import UserError
from desktop.base.translate import tr
from desktop.model.bridge import Soon, listen
from desktop.service.help_topics import topics
from desktop.widget import window_settings as kept
from desktop.widget.anonymising import Anonymising
from desktop.widget.ask import Ask, Asker
from desktop.widget.card_desk import CardDesk
from desktop.widget.commands import Commands
from desktop.widget.context import PageContext
from desktop.widget.draft_door import DraftDoor
from desktop.widget.go_to import COMMAND, PAGE, TOPIC, GoTo
from desktop.widget.help_box import show_topic
from desktop.widget.page_stack import REGISTER, PageStack
from desktop.widget.parts import Toast
from desktop.widget.problem_walk import ProblemWalk
from desktop.widget.recents import Recents
from desktop.widget.register_counts import RegisterCounts
from desktop.widget.sidebar import Sidebar
from desktop.widget.tab_way import tab_between
from desktop.widget.taking_back import TakingBack
from desktop.widget.title_strip import Heading, TitleStrip
from desktop.widget.trail import Trail
from desktop.widget.window_commands import add_commands, offer_commands
from desktop.widget.window_place import WindowPlace

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QResizeEvent

    from desktop.base.settings import Settings
    from desktop.model.jobs import Jobs
    from desktop.service.problems import RecordProblem
    from desktop.service.saving import Changed
    from desktop.service.workspace import Workspace


class MainWindow(QWidget):
    """The `Navigator` of its pages."""

    page_shown = Signal(str)
    closed = Signal()
    lock_asked = Signal()
    restore_asked = Signal(object)
    """Path of a backup to look into; the office is closed for it."""

    def __init__(
        self,
        workspace: Workspace,
        jobs: Jobs,
        settings: Settings,
        ask: Asker | None = None,
        heading: Callable[[], Heading] | None = None,
    ) -> None:
        """`heading` tells office, period and days left; it is asked again after each change."""
        super().__init__()
        self.setObjectName("main")
        self.context = PageContext(
            workspace=workspace, ask=ask or Ask(), jobs=jobs, settings=settings, window=self
        )
        self.leaves_quietly = False
        """Closed without a question: somebody else signs in, and the drafts are on the disk."""
        self._heading = heading or (lambda: _office_heading(workspace))
        self._build()
        self._toast = Toast(self)
        self.taking_back = TakingBack(self, self.context)
        self.anonymising = Anonymising(self, self.context)
        self.problems = ProblemWalk(self)
        self.counts = RegisterCounts(workspace, self.sidebar, self)
        add_commands(self)
        self.drafts = DraftDoor(self.context, self.commands, self.pages, self.sidebar)
        self.cards = CardDesk(self, self.context)
        self.pages.add_registers()
        listen(self, workspace.changed, self._records_changed)
        self.refresh_heading()
        self.counts.recount()
        self.place.restore()

    def _build(self) -> None:
        settings = self.context.settings
        self.sidebar: Sidebar = Sidebar(settings.get(kept.FOLDED))
        self.place: WindowPlace = WindowPlace(self, self.sidebar, settings)
        self.pages: PageStack = PageStack(self.context, self.sidebar)
        self.trail = Trail(self.pages, self._offer)
        self.recents = Recents(self.pages, settings)
        self.go_to = GoTo(
            self.context.workspace,
            lambda: [(key, title, "") for key, title in self.sidebar.titles()],
            lambda: self.commands.listed(),  # noqa: PLW0108  (made below)
            self.recents.records,
        )
        found = {one.key: one for one in topics(self.context.workspace.paths)}
        self.go_to.add_topics(
            lambda: [(key, topic.title, "") for key, topic in found.items()],
            lambda key: found[key].words,
        )
        self.strip = TitleStrip(self.go_to)
        self.commands: Commands = Commands(self, self.strip.menu_bar)
        self.go_to.picked.connect(self._go)
        self.strip.sidebar_asked.connect(self.place.toggle_sidebar)
        self.sidebar.chosen.connect(self.open_page)
        self.sidebar.folded.connect(lambda titles: settings.set(kept.FOLDED, titles))
        self.pages.turned.connect(self.place.page_turned)
        self.pages.changed.connect(self._offer)
        self.pages.page_shown.connect(self.page_shown)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.sidebar)
        body.addWidget(self.pages, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addLayout(body, 1)

    # What pages ask of the window

    def open_page(self, key: str) -> bool:
        """Show a page; False if the one on show may not be left. Raises KeyError."""
        before = self.trail.here()
        opened = self.pages.open_page(key)
        self.trail.came_from(before)
        return opened

    def open_record(self, register: str, id: str, problem: RecordProblem | None = None) -> bool:
        """Show a record on its register's page, at the field of a problem if one is given; False
        if something may not be left."""
        before = self.trail.here()
        if not self.pages.has_register(register) or not self.pages.open_page(REGISTER + register):
            return False
        page = self.pages.register_page(register)
        opened = page.open_record(self._survivor(register, id))
        self.trail.came_from(before)
        if opened and problem is not None:
            page.form.walk.go_to(problem)
        return opened

    def _survivor(self, register: str, id: str) -> str:
        """The record itself, or the one it was merged into; that is said."""
        into = self.context.workspace.look_alikes.survivor(register, id)
        if into != id:
            title = self.context.workspace.lookups.title(register, into)
            self.say(tr("Merged into “{title}”, which is shown.").format(title=title))
        return into

    def open_records(self, register: str, ids: tuple[str, ...], title: str) -> bool:
        """Show only these records of a register, those a figure was counted from."""
        if not self.open_page(REGISTER + register):
            return False
        self.pages.register_page(register).list.show_only(ids, title)
        return True

    def add_record(self, register: str, given: Mapping[str, str]) -> bool:
        """Begin a new record with these texts; False if something may not be left."""
        if not self.open_page(REGISTER + register):
            return False
        return self.pages.register_page(register).add(given)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return tab_between(self, self.pages, forward) or super().focusNextPrevChild(forward)

    def say(
        self,
        text: str,
        *,
        level: str = "done",
        action: str = "",
        key: str = "",
        act: Callable[[], None] | None = None,
    ) -> None:
        """Say what was done at the foot of the window for a moment."""
        self._toast.say(text, level=level, action=action, key=key, act=act)

    def said(self) -> str:
        """What the bar at the foot says, "" while there is none."""
        return "" if self._toast.isHidden() else self._toast.text()

    # Commands of the window

    def undo(self) -> None:
        """Take the last saved change back, by name."""
        self.taking_back.turn()

    def redo(self) -> None:
        """Make the change undone last again."""
        self.taking_back.turn(redo=True)

    def _go(self, kind: str, key: str) -> None:
        if kind == PAGE:
            self.open_page(key)
        elif kind == COMMAND:
            self.commands.trigger(key)
        elif kind == TOPIC:
            show_topic(self, key)
        else:
            register, _, id = key.partition(" ")
            self.open_record(register, id)

    def _offer(self) -> None:
        offer_commands(self)

    # Following the office

    def refresh_heading(self) -> None:
        """Say office, period and days left anew."""
        heading = self._heading()
        self.strip.show_heading(heading)
        self.setWindowTitle(heading.window_title())

    def _records_changed(self, change: Changed) -> None:
        self.counts.count_again(change.registers)
        if "office" in change.registers:
            self.refresh_heading()
        self._offer()

    # Coming and going

    def closeEvent(self, event: QCloseEvent) -> None:
        if not (self.leaves_quietly or self.pages.may_leave()):
            event.ignore()
            return
        self.place.keep()
        try:
            self.context.settings.save()
        except UserError as error:
            self.context.ask.message(self, tr("Not saved"), str(error), "error")
        for waiting in self.findChildren(Soon):
            waiting.forget()
        self.go_to.palette_names.close()
        self.taking_back.close()
        self.anonymising.close()
        self.closed.emit()
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place.resized(event.oldSize().width())

    def quit(self) -> None:
        """Close the window, if it may be."""
        if self.close():
            QApplication.closeAllWindows()


def _office_heading(workspace: Workspace) -> Heading:
    office = workspace.office_on(workspace.today)
    return Heading(office=office.name if office else "")
