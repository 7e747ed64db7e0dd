"""A word on a soft ground, and a key as printed on a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.widget import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QPaintEvent, QResizeEvent

SHORT = 16
"""Characters that are always shown; a longer text may end in dots."""
_GROUNDS = {
    "accent": ("accent", "accent_soft"),
    "success": ("success", "success_soft"),
    "warning": ("warning", "warning_soft"),
    "error": ("error", "error_soft"),
    "quiet": ("quiet", "hover"),
}


def draw_badge(painter: QPainter, box: QRectF, text: str, role: str, font: QFont) -> None:
    """Paint a badge into a box: for lists that paint their cells. Raises KeyError for a role."""
    ink, ground = _GROUNDS[role]
    look = theme.current()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color(ground))
    painter.drawRoundedRect(box, 3, 3)
    painter.setPen(look.color(ink))
    painter.setFont(font)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


class Badge(QWidget):
    """A short word that says a state: "Còn 12 ngày"."""

    def __init__(self, text: str = "", role: str = "quiet", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self._role = role
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set_text(text, role)

    def set_text(self, text: str, role: str = "") -> None:
        """Another word, and another role if one is given. Raises KeyError for an unknown role."""
        self._text = text
        self._role = role or self._role
        _GROUNDS[self._role]
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = QFontMetrics(theme.font(500)).horizontalAdvance(self._text)
        return QSize(width + 16, 24)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint() if len(self._text) <= SHORT else QSize(64, 24)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setToolTip(self._text if self.width() < self.sizeHint().width() else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        font = theme.font(500)
        shown = QFontMetrics(font).elidedText(
            self._text, Qt.TextElideMode.ElideRight, self.width() - 14
        )
        draw_badge(QPainter(self), QRectF(self.rect()), shown, self._role, font)


class KeyHint(QWidget):
    """The name of a key in a small frame."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(key)

    def sizeHint(self) -> QSize:
        return QSize(key_hint_width(self._key), 18)

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_key_hint(QPainter(self), QRectF(self.rect()), self._key)


def key_hint_width(key: str) -> int:
    """Pixels of a key hint."""
    return QFontMetrics(theme.font(500, 8)).horizontalAdvance(key) + 10


def draw_key_hint(painter: QPainter, box: QRectF, key: str) -> None:
    """Paint a key hint into a box."""
    look = theme.current()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.color("line"), 1))
    painter.setBrush(look.color("panel"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.setPen(look.color("quiet"))
    painter.setFont(theme.font(500, 8))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, key)
