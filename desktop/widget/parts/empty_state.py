"""What stands where nothing is yet: why, and the one thing to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.widget import theme
from desktop.widget.parts.label import Paragraph, heading

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QAbstractButton

TEXT_WIDTH = 360


class _Sign(QWidget):
    """A large icon on a soft disc."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(56, 56)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().color("accent_soft"))
        painter.drawEllipse(self.rect())
        theme.draw_icon(painter, self._name, "accent", 16, 16, 24)


class EmptyState(QWidget):
    """An icon, a heading, a few words, and buttons below them."""

    def __init__(
        self, icon: str, title: str, text: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(_Sign(icon), 0, Qt.AlignmentFlag.AlignHCenter)
        words = heading(title)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words.setWordWrap(True)
        column.addWidget(words)
        if text:
            below = Paragraph(text, "quiet")
            below.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            below.setFixedWidth(TEXT_WIDTH)
            below.ensurePolished()  # the height depends on the font of the style
            below.setMinimumHeight(below.heightForWidth(TEXT_WIDTH))
            column.addWidget(below, 0, Qt.AlignmentFlag.AlignHCenter)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._buttons.addStretch(1)
        self._buttons.addStretch(1)
        column.addSpacing(4)
        column.addLayout(self._buttons)
        column.addStretch(3)
        self.setAccessibleName(title)

    def add(self, button: QAbstractButton) -> None:
        """Put a button below the words."""
        self._buttons.insertWidget(self._buttons.count() - 1, button)
