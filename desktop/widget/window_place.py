"""Where the window stands and whether it shows the pages at the left, from one day to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray

from desktop.widget import window_settings as kept

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.base.settings import Settings
    from desktop.widget.sidebar import Sidebar

NARROW = 1000
"""Below this width the pages at the left are shown only when asked for."""


class WindowPlace:
    """Of one window, in its settings."""

    def __init__(self, window: QWidget, sidebar: Sidebar, settings: Settings) -> None:
        self._window = window
        self._sidebar = sidebar
        self._settings = settings

    def was_kept(self) -> bool:
        """True if the window stands where it stood when it was closed last."""
        return bool(self._settings.get(kept.GEOMETRY))

    def restore(self) -> None:
        """Put the window where it stood when it was closed last."""
        geometry = self._settings.get(kept.GEOMETRY)
        if geometry:
            self._window.restoreGeometry(QByteArray.fromBase64(geometry.encode()))

    def keep(self) -> None:
        """Remember where the window stands."""
        geometry = bytes(self._window.saveGeometry().toBase64().data()).decode()
        self._settings.set(kept.GEOMETRY, geometry)

    def toggle_sidebar(self) -> None:
        """Show or hide the pages at the left."""
        shown = self._sidebar.isHidden()
        self._sidebar.setVisible(shown)
        if not self._is_narrow():
            self._settings.set(kept.SIDEBAR, shown)

    def page_turned(self) -> None:
        """In a narrow window the pages at the left go once one is chosen."""
        if self._is_narrow():
            self._sidebar.hide()

    def resized(self, was: int) -> None:
        """The window has another width than `was` pixels, -1 where it had none yet."""
        narrow = self._is_narrow()
        if was < 0 or narrow != (was < NARROW):
            self._sidebar.setVisible(not narrow and self._settings.get(kept.SIDEBAR))

    def _is_narrow(self) -> bool:
        return self._window.width() < NARROW
