"""Every command of the window, once: its words, its key, its place in the menus."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from desktop.base.translate import N_, tr
from desktop.widget import theme

MENUS = (
    ("file", N_("&File")),
    ("edit", N_("&Edit")),
    ("record", N_("&Record")),
    ("view", N_("&View")),
    ("help", N_("&Help")),
)
SEPARATOR = "-"


@dataclass(frozen=True, kw_only=True)
class Command:
    """One thing the window can be told to do."""

    key: str
    """Short name, for `Commands.action`."""
    menu: str
    """One of `MENUS`."""
    text: str
    act: Callable[[], object]
    shortcut: str = ""
    """As `Ctrl+S`."""
    also: str = ""
    """Another key that does the same and is not shown."""
    icon: str = ""
    checkable: bool = False
    begins_group: bool = False
    """A line above it in the menu."""
    listed: bool = True
    """Found by Ctrl+K."""


class Commands(QObject):
    """The window's actions and menus; pages may add theirs."""

    def __init__(self, window: QWidget, bar: QMenuBar) -> None:
        super().__init__(window)
        self._window = window
        self._menus: dict[str, QMenu] = {}
        self._actions: dict[str, QAction] = {}
        self._known: dict[str, Command] = {}
        for name, words in MENUS:
            menu = bar.addMenu(tr(words))
            menu.setToolTipsVisible(True)
            self._menus[name] = menu
        theme.when_changed(self._take_icons)

    def add(self, command: Command) -> QAction:
        """Make the action, in its menu and on its key. Raises KeyError for an unknown menu."""
        menu = self._menus[command.menu]
        if command.begins_group and not menu.isEmpty():
            menu.addSeparator()
        action = QAction(command.text, self._window)
        if command.shortcut:
            named = [name for name in (command.shortcut, command.also) if name]
            # Read as names in Vietnamese, Enter and Return would be one key, asked for twice.
            plain = QKeySequence.SequenceFormat.PortableText
            action.setShortcuts([QKeySequence.fromString(name, plain) for name in named])
        action.setCheckable(command.checkable)
        if command.icon:
            action.setIcon(theme.icon(command.icon, "quiet"))
        action.triggered.connect(lambda _=False: command.act())
        menu.addAction(action)
        self._window.addAction(action)
        self._actions[command.key] = action
        self._known[command.key] = command
        return action

    def menu(self, name: str) -> QMenu:
        """A menu of the bar. Raises KeyError."""
        return self._menus[name]

    def action(self, key: str) -> QAction:
        """An action. Raises KeyError."""
        return self._actions[key]

    def enable(self, key: str, on: bool) -> None:
        """Offer a command or not."""
        self._actions[key].setEnabled(on)

    def listed(self) -> list[tuple[str, str, str]]:
        """(key, words, shortcut) of what can be done now, for Ctrl+K."""
        return [
            (key, plain_words(action.text()), self._known[key].shortcut)
            for key, action in self._actions.items()
            if action.isEnabled() and self._known[key].listed
        ]

    def names(self) -> list[str]:
        """Keys of every command, in the order of the menus."""
        return list(self._actions)

    def with_keys(self) -> list[tuple[str, str]]:
        """(shortcut, words) of every command that has a key, in the order of the menus; no words
        for sections and related records while no form is on show."""
        return [
            (self._known[key].shortcut, plain_words(action.text()) if action.isVisible() else "")
            for key, action in self._actions.items()
            if self._known[key].shortcut
        ]

    def trigger(self, key: str) -> None:
        """Do it, as if chosen in the menu."""
        self._actions[key].trigger()

    def _take_icons(self) -> None:
        for key, action in self._actions.items():
            if self._known[key].icon:
                action.setIcon(theme.icon(self._known[key].icon, "quiet"))


def plain_words(text: str) -> str:
    """A menu's words without the mark of its letter key."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")
