"""One figure against its target: a bar with a tick where the target stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.widget import theme
from desktop.widget.parts.painted_button import PaintedButton

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

ROW_HEIGHT, NARROW, NARROW_HEIGHT = 30, 1000, 52
"""Below that width the bar goes under its title, so that no title is cut."""
NUMBER_WIDTH, VALUE_WIDTH, TARGET_WIDTH, BAR_HEIGHT = 34, 150, 124, 12
TITLE_SHARE = 0.53
"""Of the room that the figures leave: the title's; the rest is the bar."""


class BarRow(PaintedButton):
    """`share` and `target` are parts of the whole, 0 to 1; None where nothing is known.

    `opened` when pressed: the records the figure was counted from.
    """

    opened = Signal()

    def __init__(
        self,
        number: str,
        title: str,
        share: float | None,
        target: float | None,
        value_text: str,
        target_text: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._number = number
        self._share = share
        self._target = target
        self._value_text = value_text
        self._target_text = target_text
        self.setText(title)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(
            ", ".join(part for part in (number, title, value_text, target_text) if part)
        )
        self.clicked.connect(self.opened)

    def reaches(self) -> bool | None:
        """True if the target is reached, None where either is unknown."""
        if self._share is None or self._target is None:
            return None
        return self._share >= self._target

    def sizeHint(self) -> QSize:
        return QSize(560, NARROW_HEIGHT if self.width() < NARROW else ROW_HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if (event.oldSize().width() < NARROW) != (self.width() < NARROW):
            self.updateGeometry()

    def _columns(self) -> tuple[QRect, QRect, QRect, QRect]:
        """Title, bar, value, target: the bar takes what the words leave."""
        width, height = self.width(), self.height()
        if width < NARROW:
            line, right = height // 2, width - VALUE_WIDTH
            bar_width = right - NUMBER_WIDTH - 12
            return (
                QRect(NUMBER_WIDTH, 2, width - NUMBER_WIDTH - TARGET_WIDTH, line),
                QRect(NUMBER_WIDTH, line + (line - BAR_HEIGHT) // 2, bar_width, BAR_HEIGHT),
                QRect(right, line, VALUE_WIDTH, line),
                QRect(width - TARGET_WIDTH, 2, TARGET_WIDTH, line),
            )
        rest = max(120, width - NUMBER_WIDTH - VALUE_WIDTH - TARGET_WIDTH - 24)
        title = int(rest * TITLE_SHARE)
        bar = rest - title
        left = NUMBER_WIDTH + title
        return (
            QRect(NUMBER_WIDTH, 0, title - 12, height),
            QRect(left, (height - BAR_HEIGHT) // 2, bar, BAR_HEIGHT),
            QRect(left + bar + 12, 0, VALUE_WIDTH, height),
            QRect(width - TARGET_WIDTH, 0, TARGET_WIDTH, height),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._begin(painter)
        title, bar, value, target = self._columns()
        fits = QFontMetrics(theme.font()).horizontalAdvance(self.text()) <= title.width()
        self.setToolTip("" if fits else self.text())
        number = QRect(0, title.top(), NUMBER_WIDTH, title.height())
        self._write(painter, number, self._number, "quiet")
        self._write(painter, title, self.text(), "text")
        self._paint_bar(painter, bar)
        side = Qt.AlignmentFlag.AlignLeft
        if self.width() < NARROW:
            side = Qt.AlignmentFlag.AlignRight
        self._write(painter, value, self._value_text, "quiet", side)
        self._write(painter, target, self._target_text, "quiet", Qt.AlignmentFlag.AlignRight)
        self._paint_rule(painter)

    def _write(
        self,
        painter: QPainter,
        box: QRect,
        text: str,
        role: str,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        painter.setFont(theme.font())
        painter.setPen(theme.current().color(role))
        shown = QFontMetrics(painter.font()).elidedText(
            text, Qt.TextElideMode.ElideRight, box.width()
        )
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | side, shown)

    def _paint_bar(self, painter: QPainter, box: QRect) -> None:
        look = theme.current()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("hover"))
        painter.drawRoundedRect(QRectF(box), 2, 2)
        if self._share is not None and self._share > 0:
            filled = QRectF(box)
            filled.setWidth(max(3.0, min(1.0, self._share) * box.width()))
            painter.setBrush(look.color("accent"))
            painter.drawRoundedRect(filled, 2, 2)
        if self._target is not None:
            x = box.left() + min(1.0, max(0.0, self._target)) * (box.width() - 2)
            tick = QRectF(x, box.top() - 3, 2, box.height() + 6)
            painter.setBrush(look.color("panel"))
            painter.drawRect(tick.adjusted(-1, 0, 1, 0))
            painter.setBrush(look.color("text"))
            painter.drawRect(tick)
