"""A framed group with a heading, and its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.widget import theme
from desktop.widget.parts.bar_row import BarRow
from desktop.widget.parts.label import heading, quiet
from desktop.widget.parts.painted_button import PaintedButton

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class Card(QWidget):
    """A panel with a heading, a quiet note at its right, and `body` for what is in it."""

    def __init__(self, title: str = "", note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 10)
        column.setSpacing(0)
        self._note = quiet(note)
        if title:
            top = QHBoxLayout()
            top.setContentsMargins(0, 0, 0, 0)
            self._title: QLabel = heading(title)
            self._title.setMinimumHeight(28)
            top.addWidget(self._title, 1)
            top.addWidget(self._note)
            column.addLayout(top)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        column.addLayout(self.body)
        column.addStretch(1)
        self.setAccessibleName(title)

    def set_note(self, text: str) -> None:
        """Another quiet note."""
        self._note.setText(text)

    def clear(self) -> None:
        """Take every widget out of the body."""
        while (item := self.body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def add(self, widget: QWidget) -> None:
        """Put a widget below the others; a line has a rule under it until another comes last."""
        before = self.body.itemAt(self.body.count() - 1)
        if before is not None and isinstance(row := before.widget(), CardRow | BarRow):
            row.set_ruled(True)
        self.body.addWidget(widget)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("line"), 1))
        painter.setBrush(look.color("panel"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)


class CardRow(PaintedButton):
    """One line: words left, a value right. `opened` when pressed, where `opens` is true.

    `strong` is written first, bold, in `role` ("error", "warning"): what makes the line urgent.
    """

    opened = Signal()

    def __init__(
        self,
        text: str,
        value: str = "",
        *,
        strong: str = "",
        role: str = "error",
        value_role: str = "quiet",
        opens: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._value = value
        self._strong = strong
        self._role = role
        self._value_role = value_role
        self._opens = opens
        self.setText(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._speak()
        if opens:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.clicked.connect(self.opened)
        else:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.setAttribute(Qt.WidgetAttribute.WA_Hover, False)
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_value(self, value: str, role: str = "") -> None:
        """Another value at the right."""
        self._value = value
        self._value_role = role or self._value_role
        self._speak()
        self.update()

    def _speak(self) -> None:
        self.setAccessibleName(
            " · ".join(part for part in (self._strong, self.text(), self._value) if part)
        )

    def sizeHint(self) -> QSize:
        return QSize(240, 29)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        self._begin(painter)
        middle = Qt.AlignmentFlag.AlignVCenter
        bold = theme.font(600)
        value_font = theme.font(600) if self._value_role in ("error", "warning") else theme.font()
        value_width = QFontMetrics(value_font).horizontalAdvance(self._value)
        left, right, height = 0, self.width(), self.height()
        painter.setFont(value_font)
        painter.setPen(look.color(self._value_role))
        painter.drawText(
            QRect(right - value_width - 2, 0, value_width + 2, height),
            middle | Qt.AlignmentFlag.AlignRight,
            self._value,
        )
        if self._strong:
            painter.setFont(bold)
            painter.setPen(look.color(self._role))
            painter.drawText(QRect(left, 0, right, height), middle, self._strong)
            left += QFontMetrics(bold).horizontalAdvance(self._strong)
        words = f" · {self.text()}" if self._strong else self.text()
        self._paint_words(painter, QRect(left, 0, right - value_width - 16 - left, height), words)
        self._paint_rule(painter)

    def _paint_words(self, painter: QPainter, box: QRect, words: str) -> None:
        painter.setFont(theme.font())
        painter.setPen(theme.current().color("text"))
        metrics = QFontMetrics(painter.font())
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        self.setToolTip(words.removeprefix(" · ") if shown != words else "")
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)
