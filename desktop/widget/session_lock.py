"""When the window is to be locked: nobody touched it for a while, or Windows itself was locked."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractNativeEventFilter, QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog

from desktop.widget import window_settings as kept

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.base.settings import Settings

SHORTEST_MINUTES, LONGEST_MINUTES = 1, 60
LOOK_MS = 5_000
_TOUCHED = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
    QEvent.Type.TouchBegin, QEvent.Type.InputMethod,
})  # fmt: skip

# https://learn.microsoft.com/windows/win32/termserv/wm-wtssession-change
WM_WTSSESSION_CHANGE = 0x02B1
WTS_SESSION_LOCK = 0x7
_THIS_SESSION = 0


def lock_minutes(settings: Settings) -> int:
    """Minutes without a touch until the window locks; never off."""
    return max(SHORTEST_MINUTES, min(LONGEST_MINUTES, int(settings.get(kept.LOCK_MINUTES))))


class SessionLock(QObject):
    """Watches one window from its first showing on."""

    due = Signal()
    """The window is to be locked now."""

    def __init__(
        self,
        window: QWidget,
        minutes: Callable[[], int],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(window)
        self._minutes = minutes
        self._now = now
        self._touched = now()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        self._of_windows = watch_windows(window, self.due.emit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHED:
            self._touched = self._now()
        return False

    def look(self) -> None:
        """Say so if nobody touched anything for too long."""
        if self._now() - self._touched >= 60 * self._minutes():
            self._touched = self._now()
            self.due.emit()


def close_what_is_open(but: QWidget) -> None:
    """Put away menus, lists and dialogs: they show what is behind the lock."""
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
        if QApplication.activePopupWidget() is popup:
            break
    for widget in QApplication.topLevelWidgets():
        if widget is but or not widget.isVisible():
            continue
        if isinstance(widget, QDialog):
            widget.reject()
        else:
            widget.hide()


def is_session_lock(message: int, what: int) -> bool:
    """True for the message by which Windows says that its session was locked."""
    return message == WM_WTSSESSION_CHANGE and what == WTS_SESSION_LOCK


class _OfWindows(QAbstractNativeEventFilter):
    """Hears of it from Windows."""

    def __init__(self, locked: Callable[[], object]) -> None:
        super().__init__()
        self._locked = locked

    def nativeEventFilter(self, kind: Any, message: Any) -> tuple[bool, int]:
        if sys.platform == "win32":
            from ctypes import wintypes

            said = wintypes.MSG.from_address(int(message))
            if is_session_lock(said.message, said.wParam):
                QTimer.singleShot(0, self._locked)
        return False, 0


def watch_windows(window: QWidget, locked: Callable[[], object]) -> object | None:
    """Be told when Windows locks; what is returned must be kept. None elsewhere."""
    if sys.platform == "win32":
        import ctypes

        heard = _OfWindows(locked)
        app = QApplication.instance()
        if app is not None:
            app.installNativeEventFilter(heard)
        ctypes.windll.wtsapi32.WTSRegisterSessionNotification(int(window.winId()), _THIS_SESSION)
        return heard
    return None
