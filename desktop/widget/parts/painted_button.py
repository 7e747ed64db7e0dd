"""The base of parts that paint themselves and can be pressed: keys, focus frame, hover."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from desktop.widget import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


_WITH_OTHERS = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier


class PaintedButton(QAbstractButton):
    """Subclasses paint; Space and Enter press."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._ruled = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & _WITH_OTHERS:
            event.ignore()  # Qt takes Alt+Left for Left, which goes to the button beside
            return
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def set_ruled(self, on: bool) -> None:
        """Draw a line below, between this and the next."""
        self._ruled = on
        self.update()

    def _paint_rule(self, painter: QPainter) -> None:
        if self._ruled and not self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setPen(QPen(theme.current().color("line"), 1))
            painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)

    def _begin(self, painter: QPainter, *, radius: float = theme.RADIUS) -> None:
        """Ground for hover and press, frame for focus."""
        look = theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        role = "accent_soft" if self.isChecked() or self.isDown() else ""
        if not role and self.underMouse() and self.isEnabled():
            role = "hover"
        if role:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color(role))
            painter.drawRoundedRect(box, radius, radius)
        if self.hasFocus():
            painter.setPen(QPen(look.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius, radius)
