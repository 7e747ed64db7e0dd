"""A bar at the foot of the window that says what was done and offers to undo it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop.base.translate import tr
from desktop.widget import theme
from desktop.widget.parts.button import Button

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

SECONDS = 8
_SIGNS = {
    "done": ("check-circle", "success"),
    "info": ("info", "accent"),
    "warning": ("alert-triangle", "warning"),
    "error": ("x-circle", "error"),
}


class Toast(QWidget):
    """One per window. It never takes the keyboard: what it offers is on a key too (`key`)."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._level = "done"
        self._act: Callable[[], None] | None = None
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(40, 6, 8, 6)
        row.setSpacing(12)
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        row.addWidget(self._words)
        self._button = Button("", "flat")
        self._button.clicked.connect(self._pressed)
        self._close = Button("", "flat", icon="x")
        self._close.setAccessibleName(tr("Close"))
        self._close.setToolTip(tr("Close"))
        self._close.clicked.connect(self.hide)
        for button in (self._button, self._close):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.addWidget(button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._time_is_up)
        window.installEventFilter(self)
        self.hide()

    def say(
        self,
        text: str,
        *,
        level: str = "done",
        action: str = "",
        key: str = "",
        act: Callable[[], None] | None = None,
        seconds: float = SECONDS,
    ) -> None:
        """Show words for some seconds; 0 seconds: until closed. Raises KeyError for a level.

        `level`: "done", "info", "warning" or "error". `action` with its `key` and `act`:
        "Hoàn tác  Ctrl+Z".
        """
        _SIGNS[level]
        self._level, self._act = level, act
        self._words.setText(text)
        self.setAccessibleName(text)
        self._button.set_words(action, key)
        self._button.setVisible(bool(action))
        self._timer.stop()
        if seconds:
            self._timer.start(int(seconds * 1000))
        self._place()
        self.show()
        self.raise_()

    def text(self) -> str:
        """What it says."""
        return self._words.text()

    def _pressed(self) -> None:
        self.hide()
        if self._act is not None:
            self._act()

    def _time_is_up(self) -> None:
        """Stay while the mouse is on it: it is being read."""
        if self.underMouse():
            self._timer.start(1000)
        else:
            self.hide()

    def _place(self) -> None:
        window = self.parentWidget()
        if window is None:
            return
        self._row.activate()
        hint = self.sizeHint()
        width = min(hint.width(), window.width() - 32)
        self.setGeometry(
            (window.width() - width) // 2,
            window.height() - hint.height() - 24,
            width,
            hint.height(),
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        sign, role = _SIGNS[self._level]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("field_line"), 1))
        painter.setBrush(look.color("panel"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        theme.draw_icon(painter, sign, role, 14, (self.height() - 18) / 2, 18)
