"""One line of words that gives way where there is no room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.widget import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QPaintEvent

LEAST = 60


class Elided(QWidget):
    """Ends in "…" where it does not fit; the whole of it is then the tool tip."""

    def __init__(
        self,
        text: str = "",
        *,
        role: str = "quiet",
        weight: int = 400,
        points: float = theme.POINT_SIZE,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text = text
        self._role = role
        self._weight, self._points = weight, points
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def text(self) -> str:
        """The whole text."""
        return self._text

    def setText(self, text: str) -> None:
        """Show another text."""
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self.updateGeometry()
            self.update()

    def _font(self) -> QFont:
        return theme.font(self._weight, self._points)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._font())
        return QSize(metrics.horizontalAdvance(self._text) + 2, metrics.height() + 4)

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(LEAST, hint.width()), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._font())
        painter.setPen(theme.current().color(self._role))
        shown = QFontMetrics(self._font()).elidedText(
            self._text, Qt.TextElideMode.ElideRight, self.width()
        )
        self.setToolTip(self._text if shown != self._text else "")
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, shown)
