"""The pages of the window, one on show: made when first shown, left only if they may be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.service.rights import Action
from desktop.widget import window_settings as kept
from desktop.widget.context import PageContext
from desktop.widget.register_page import RegisterPage
from desktop.widget.tab_way import keep_keyboard

if TYPE_CHECKING:
    from desktop.widget.sidebar import Sidebar

REGISTER = "register."
"""Before a register's name: the key of its page."""

Factory = Callable[[PageContext], QWidget]


@dataclass
class _Page:
    """A page and how to make it."""

    factory: Factory
    widget: QWidget | None = None


class PageStack(QStackedWidget):
    """A page is any widget; it may have `may_leave() -> bool` (asked before another page comes)
    and `entered()` (called when it is brought to the front)."""

    turned = Signal()
    """Another page is at the front; it has not been entered yet."""
    page_shown = Signal(str)
    changed = Signal()
    """What can be done on a page may be different."""

    def __init__(self, context: PageContext, sidebar: Sidebar) -> None:
        super().__init__()
        self._context = context
        self._sidebar = sidebar
        self._pages: dict[str, _Page] = {}
        self._current = ""

    def add_page(self, key: str, title: str, icon: str, group: str, factory: Factory) -> None:
        """One more page, made when first shown. Without a group it stands at the top."""
        self._pages[key] = _Page(factory)
        self._sidebar.add_page(key, title, icon, group)

    def add_registers(self) -> None:
        """The page of each register that has a group, group by group."""
        registers = [
            one
            for one in self._context.workspace.registers.values()
            if one.group
            and not one.parent
            and self._context.workspace.rights.may(Action.VIEW, one.name)
        ]
        first: dict[str, int] = {}
        for one in registers:
            first[one.group] = min(one.order, first.get(one.group, one.order))
        for one in sorted(registers, key=lambda r: (first[r.group], r.group, r.order, r.name)):
            key = REGISTER + one.name
            self._pages[key] = _Page(partial(RegisterPage, one))
            self._sidebar.add_register(key, one.title, one.group)

    def page(self, key: str) -> QWidget:
        """A page, made if need be. Raises KeyError."""
        known = self._pages[key]
        if known.widget is None:
            known.widget = known.factory(self._context)
            self.addWidget(known.widget)
            if isinstance(known.widget, RegisterPage):
                known.widget.changed.connect(self.changed)
        return known.widget

    def made_page(self, key: str) -> QWidget | None:
        """A page if it has been made. Raises KeyError."""
        return self._pages[key].widget

    def has_register(self, register: str) -> bool:
        """True if a register has a page of its own."""
        return REGISTER + register in self._pages

    def register_page(self, register: str) -> RegisterPage:
        """The page of a register. Raises KeyError."""
        page = self.page(REGISTER + register)
        assert isinstance(page, RegisterPage)  # noqa: S101  (made by `add_registers`)
        return page

    def current_page(self) -> QWidget | None:
        """The page on show."""
        return self.currentWidget()

    def current_key(self) -> str:
        """Key of the page on show, "" before the first."""
        return self._current

    def current_register(self) -> RegisterPage | None:
        """The page on show if it is a register's."""
        page = self.current_page()
        return page if isinstance(page, RegisterPage) else None

    def page_keys(self) -> list[str]:
        """Keys of every page, in the order of the sidebar."""
        return [key for key, _ in self._sidebar.titles()]

    def open_page(self, key: str) -> bool:
        """Show a page; False if the one on show may not be left. Raises KeyError."""
        if key == self._current:
            return True
        if not self.may_leave():
            return False
        page = self.page(key)
        self._current = key
        self.setCurrentWidget(page)
        self._sidebar.set_current(key)
        self._context.settings.set(kept.LAST_PAGE, key)
        self.turned.emit()
        entered = getattr(page, "entered", None)
        if entered is not None:
            entered()
        keep_keyboard(page)
        self.changed.emit()
        self.page_shown.emit(key)
        return True

    def may_leave(self) -> bool:
        """Ask the page on show; True if another may come."""
        may = getattr(self.current_page(), "may_leave", None)
        return may is None or bool(may())
