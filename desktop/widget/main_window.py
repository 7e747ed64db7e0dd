"""The window: a strip at the top, the pages at the left, the page on show; commands and keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.base.errors import UserError
from desktop.base.translate import tr
from desktop.model.bridge import Soon, listen
from desktop.widget import window_settings as kept
from desktop.widget.ask import Ask, Asker
from desktop.widget.commands import Commands
from desktop.widget.context import PageContext
from desktop.widget.go_to import COMMAND, PAGE, GoTo
from desktop.widget.parts import Toast
from desktop.widget.register_page import RegisterPage
from desktop.widget.sidebar import Sidebar
from desktop.widget.title_strip import Heading, TitleStrip
from desktop.widget.window_commands import add_commands, offer_commands

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QResizeEvent

    from desktop.base.settings import Settings
    from desktop.model.jobs import Jobs
    from desktop.service.problems import RecordProblem
    from desktop.service.saving import Changed
    from desktop.service.workspace import Workspace

REGISTER = "register."
"""Before a register's name: the key of its page."""
NARROW = 1000
"""Below this width the pages at the left are shown only when asked for."""

Factory = Callable[[PageContext], QWidget]


@dataclass
class _Page:
    """A page and how to make it."""

    key: str
    title: str
    factory: Factory
    widget: QWidget | None = None


class MainWindow(QWidget):
    """The `Navigator` of its pages. A page is any widget; it may have `may_leave() -> bool`
    (asked before another page comes) and `entered()` (called when it is brought to the front)."""

    page_shown = Signal(str)
    closed = Signal()

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
        self._heading = heading or self._office_heading
        self._pages: dict[str, _Page] = {}
        self._current = ""
        self._build()
        self._toast = Toast(self)
        self._counting = Soon(self, self._count, 60)
        self._stale_counts: set[str] = set()
        add_commands(self)
        self._add_registers()
        listen(self, workspace.changed, self._records_changed)
        self.refresh_heading()
        self.recount()
        self._restore_geometry()

    def _build(self) -> None:
        settings = self.context.settings
        self.go_to = GoTo(self.context.workspace, self._listed_pages, self._listed_commands)
        self.go_to.picked.connect(self._go)
        self.strip = TitleStrip(self.go_to)
        self.strip.sidebar_asked.connect(self.toggle_sidebar)
        self.commands = Commands(self, self.strip.menu_bar)
        self.sidebar = Sidebar(settings.get(kept.FOLDED))
        self.sidebar.chosen.connect(self.open_page)
        self.sidebar.folded.connect(lambda titles: settings.set(kept.FOLDED, titles))
        self.stack = QStackedWidget()
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.sidebar)
        body.addWidget(self.stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addLayout(body, 1)

    # Pages

    def add_page(self, key: str, title: str, icon: str, group: str, factory: Factory) -> None:
        """One more page, made when first shown. Without a group it stands at the top."""
        self._pages[key] = _Page(key, title, factory)
        self.sidebar.add_page(key, title, icon, group)

    def _add_registers(self) -> None:
        registers = [
            one for one in self.context.workspace.registers.values() if one.group and not one.parent
        ]
        first: dict[str, int] = {}
        for one in registers:
            first[one.group] = min(one.order, first.get(one.group, one.order))
        for one in sorted(registers, key=lambda r: (first[r.group], r.group, r.order, r.name)):
            key = REGISTER + one.name
            self._pages[key] = _Page(key, one.title, partial(RegisterPage, one))
            self.sidebar.add_register(key, one.title, one.group)

    def page(self, key: str) -> QWidget:
        """A page, made if need be. Raises KeyError."""
        known = self._pages[key]
        if known.widget is None:
            known.widget = known.factory(self.context)
            self.stack.addWidget(known.widget)
            if isinstance(known.widget, RegisterPage):
                known.widget.changed.connect(self._offer)
        return known.widget

    def made_page(self, key: str) -> QWidget | None:
        """A page if it has been made. Raises KeyError."""
        return self._pages[key].widget

    def register_page(self, register: str) -> RegisterPage:
        """The page of a register. Raises KeyError."""
        page = self.page(REGISTER + register)
        assert isinstance(page, RegisterPage)  # noqa: S101  (made by `_add_registers`)
        return page

    def current_page(self) -> QWidget | None:
        """The page on show."""
        return self.stack.currentWidget()

    def current_register(self) -> RegisterPage | None:
        """The page on show if it is a register's."""
        page = self.current_page()
        return page if isinstance(page, RegisterPage) else None

    def page_keys(self) -> list[str]:
        """Keys of every page, in the order of the sidebar."""
        return [key for key, _ in self.sidebar.titles()]

    # What pages ask of the window

    def open_page(self, key: str) -> bool:
        """Show a page; False if the one on show may not be left. Raises KeyError."""
        if key == self._current:
            return True
        if not self._may_leave():
            return False
        page = self.page(key)
        self._current = key
        self.stack.setCurrentWidget(page)
        self.sidebar.set_current(key)
        self.context.settings.set(kept.LAST_PAGE, key)
        if self.width() < NARROW:
            self.sidebar.hide()
        entered = getattr(page, "entered", None)
        if entered is not None:
            entered()
        self._offer()
        self.page_shown.emit(key)
        return True

    def open_record(self, register: str, id: str, problem: RecordProblem | None = None) -> bool:
        """Show a record on its register's page, at the field of a problem if one is given; False
        if something may not be left."""
        if REGISTER + register not in self._pages or not self.open_page(REGISTER + register):
            return False
        page = self.register_page(register)
        if not page.open_record(id):
            return False
        if problem is not None:
            page.form.walk.go_to(problem)
        return True

    def open_records(self, register: str, ids: tuple[str, ...], title: str) -> bool:
        """Show only these records of a register, those a figure was counted from."""
        if not self.open_page(REGISTER + register):
            return False
        self.register_page(register).list.show_only(ids, title)
        return True

    def add_record(self, register: str, given: Mapping[str, str]) -> bool:
        """Begin a new record with these texts; False if something may not be left."""
        return self.open_page(REGISTER + register) and self.register_page(register).add(given)

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

    def set_count(self, key: str, count: int | None, *, attention: bool = False) -> None:
        """The figure behind a page in the sidebar."""
        self.sidebar.set_count(key, count, attention=attention)

    # Commands of the window

    def undo(self) -> None:
        """Take the last saved change back, by name."""
        self._turn(self.context.workspace.saving.undo, tr("Undone: {label}"))

    def redo(self) -> None:
        """Make the change undone last again."""
        self._turn(self.context.workspace.saving.redo, tr("Done again: {label}"))

    def _turn(self, turn: Callable[[], str], told: str) -> None:
        try:
            label = turn()
        except UserError as error:
            self.context.ask.message(self, tr("Not done"), str(error), "error")
            return
        if label:
            self.say(told.format(label=label))

    def toggle_sidebar(self) -> None:
        """Show or hide the pages at the left."""
        shown = self.sidebar.isHidden()
        self.sidebar.setVisible(shown)
        if self.width() >= NARROW:
            self.context.settings.set(kept.SIDEBAR, shown)

    def _go(self, kind: str, key: str) -> None:
        if kind == PAGE:
            self.open_page(key)
        elif kind == COMMAND:
            self.commands.trigger(key)
        else:
            register, _, id = key.partition(" ")
            self.open_record(register, id)

    def _listed_pages(self) -> list[tuple[str, str, str]]:
        return [(key, title, "") for key, title in self.sidebar.titles()]

    def _listed_commands(self) -> list[tuple[str, str, str]]:
        return self.commands.listed()

    def _offer(self) -> None:
        offer_commands(self)

    # Following the office

    def refresh_heading(self) -> None:
        """Say office, period and days left anew."""
        heading = self._heading()
        self.strip.show_heading(heading)
        self.setWindowTitle(heading.window_title())

    def _office_heading(self) -> Heading:
        workspace = self.context.workspace
        office = workspace.office_on(workspace.today)
        return Heading(office=office.name if office else "")

    def recount(self) -> None:
        """Count every register again, after the window has been painted."""
        registers = self.context.workspace.registers.values()
        self._stale_counts = {one.name for one in registers if one.group and not one.parent}
        self._counting.ask()

    def is_counting(self) -> bool:
        """True while figures of the sidebar are still to come."""
        return bool(self._stale_counts)

    def _records_changed(self, change: Changed) -> None:
        self._stale_counts |= change.registers
        self._counting.ask()
        if "office" in change.registers:
            self.refresh_heading()
        self._offer()

    def _count(self) -> None:
        """Count one register, then give the window a turn."""
        if not self._stale_counts:
            return
        name = self._stale_counts.pop()
        count = self.context.workspace.lookups.count(name)
        self.sidebar.set_count(REGISTER + name, count or None)
        if self._stale_counts:
            self._counting.ask()

    # Coming and going

    def _may_leave(self) -> bool:
        may = getattr(self.current_page(), "may_leave", None)
        return may is None or bool(may())

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_leave():
            event.ignore()
            return
        settings = self.context.settings
        settings.set(kept.GEOMETRY, bytes(self.saveGeometry().toBase64().data()).decode())
        try:
            settings.save()
        except UserError as error:
            self.context.ask.message(self, tr("Not saved"), str(error), "error")
        for waiting in self.findChildren(Soon):
            waiting.forget()
        self.closed.emit()
        event.accept()

    def was_placed(self) -> bool:
        """True if it stands where it stood when it was closed last."""
        return bool(self.context.settings.get(kept.GEOMETRY))

    def _restore_geometry(self) -> None:
        geometry = self.context.settings.get(kept.GEOMETRY)
        if geometry:
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        was = event.oldSize().width()
        narrow = self.width() < NARROW
        if was < 0 or narrow != (was < NARROW):
            self.sidebar.setVisible(not narrow and self.context.settings.get(kept.SIDEBAR))

    def quit(self) -> None:
        """Close the window, if it may be."""
        if self.close():
            QApplication.closeAllWindows()
