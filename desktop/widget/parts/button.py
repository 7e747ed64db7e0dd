"""A push button of one kind, with an icon that follows the theme and its key beside the word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.widget import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_ICON_ROLES = {"primary": "on_accent", "danger": "error", "link": "accent"}


_WITH_OTHERS = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier


class Button(QPushButton):
    """`kind`: "", "primary" (one per page), "danger", "flat" or "link". `key` is only shown."""

    def __init__(
        self,
        text: str,
        kind: str = "",
        *,
        icon: str = "",
        key: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon
        self._kind = kind
        self.setProperty("kind", kind)
        self.setIconSize(theme.ICON_SIZE)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_words(text, key)
        if icon:
            self._take_icon()
            theme.when_changed(self._take_icon)

    def set_words(self, text: str, key: str = "") -> None:
        """Other words, and the key shown behind them."""
        # Qt puts an icon so close to the word that they touch.
        shown = f"{' ' if self._icon_name and text else ''}{text.replace('&', '&&')}"
        self.setText(f"{shown}  {key}" if key else shown)
        self.setAccessibleName(text)
        if not text and key:
            self.setToolTip(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the keyboard, as Space does; Qt does so in dialogs."""
        if event.modifiers() & _WITH_OTHERS:
            event.ignore()  # Qt takes Alt+Left for Left, which goes to the button beside
            return
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def _take_icon(self) -> None:
        self.setIcon(theme.icon(self._icon_name, _ICON_ROLES.get(self._kind, "quiet")))
