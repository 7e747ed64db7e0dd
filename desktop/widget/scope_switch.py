"""How far a list reaches: one of a few scopes, side by side, each with its number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop.base.numbers import format_integer
from desktop.widget import theme
from desktop.widget.parts.painted_button import PaintedButton

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

HEIGHT = 30
_PAD, _GAP = 12, 8


class _Scope(PaintedButton):
    """One scope; checked while it is chosen."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._count = 0
        self.setCheckable(True)
        self.setText(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_count(0)

    def set_count(self, count: int) -> None:
        self._count = count
        self.setAccessibleName(f"{self.text()}, {format_integer(count)}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font(600))
        words = metrics.horizontalAdvance(self.text())
        count = metrics.horizontalAdvance(format_integer(self._count))
        return QSize(words + count + _GAP + 2 * _PAD, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        self._begin(painter)
        if not self.hasFocus():
            painter.setPen(QPen(look.color("accent" if self.isChecked() else "line"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(frame, theme.RADIUS, theme.RADIUS)
        role = "accent" if self.isChecked() else "text"
        painter.setFont(theme.font(600 if self.isChecked() else 400))
        painter.setPen(look.color(role if self.isEnabled() else "faint"))
        inner = self.rect().adjusted(_PAD, 0, -_PAD, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, middle, self.text())
        painter.setPen(look.color("accent" if self.isChecked() else "quiet"))
        count = format_integer(self._count)
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, count)


class ScopeSwitch(QWidget):
    """`chosen(place)` when another is pressed; Left and Right go to the neighbours."""

    chosen = Signal(int)

    def __init__(self, scopes: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scopes = [_Scope(words) for words in scopes]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for place, one in enumerate(self._scopes):
            one.clicked.connect(lambda _=False, place=place: self.choose(place))
            row.addWidget(one)
        self._place = 0
        self._mark()

    @property
    def place(self) -> int:
        """The scope chosen."""
        return self._place

    def set_place(self, place: int) -> None:
        """Choose without a word."""
        self._place = place
        self._mark()

    def choose(self, place: int) -> None:
        """Choose as a press does."""
        self.set_place(place)
        self.chosen.emit(place)

    def show_counts(self, counts: Sequence[int | None]) -> None:
        """The number of each; None: there is no such scope now."""
        for one, count in zip(self._scopes, counts, strict=True):
            one.setEnabled(count is not None)
            one.set_count(count or 0)

    def counts(self) -> list[int]:
        """The numbers on show."""
        return [one._count for one in self._scopes]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        here = next((n for n, one in enumerate(self._scopes) if one.hasFocus()), -1)
        if step is None or here < 0:
            super().keyPressEvent(event)
            return
        place = here + step
        if 0 <= place < len(self._scopes) and self._scopes[place].isEnabled():
            self._scopes[place].setFocus(Qt.FocusReason.TabFocusReason)
            self.choose(place)

    def _mark(self) -> None:
        for place, one in enumerate(self._scopes):
            one.setChecked(place == self._place)
