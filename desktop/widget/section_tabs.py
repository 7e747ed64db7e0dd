"""The sections of a form as tabs, in as many lines as they need: none is ever hidden."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.base.translate import tr
from desktop.widget import theme
from desktop.widget.parts.painted_button import PaintedButton

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

HEIGHT = 34
WAYS = ((9, True), (7, True), (5, True), (4, True), (3, True), (7, False), (5, False), (3, False))
"""Room beside the words, and whether they are numbered: what is tried before a second line."""
SIDE = 6
GAP = 4
MOST_KEYS = 9
_SIGNS = {"error": "x-circle", "warning": "alert-triangle"}
_SIGN = 14


class _Tab(PaintedButton):
    """Its number is its key: Alt+1."""

    def __init__(self, number: int, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._number = str(number) if number <= MOST_KEYS else ""
        self._level = ""
        self._pad, self._numbered = WAYS[0]
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setText(title)
        self.setAccessibleName(title)
        if self._number:
            self.setToolTip(f"Alt+{self._number}")

    def set_level(self, level: str) -> None:
        """Say that a problem stands in this section: "error", "warning" or ""."""
        if level != self._level:
            self._level = level
            words = {"error": tr("has errors"), "warning": tr("has warnings")}
            self.setAccessibleDescription(words.get(level, ""))
            self.update()

    def level(self) -> str:
        return self._level

    def stand(self, pad: int, numbered: bool) -> None:
        """With this room at both sides, in pixels, and with its number or without."""
        if (pad, numbered) != (self._pad, self._numbered):
            self._pad, self._numbered = pad, numbered
            self.update()

    def width_with(self, pad: int, numbered: bool) -> int:
        """How wide it is then."""
        wide = QFontMetrics(theme.font(600)).horizontalAdvance(self.text())
        return wide + self._room_before(numbered) + 2 * pad

    def _room_before(self, numbered: bool) -> int:
        """For the sign of a problem, else for the number, which is on the tool tip too."""
        if self._level:
            return _SIGN + GAP
        number = QFontMetrics(theme.font(500, 8)).horizontalAdvance(self._number)
        return number + GAP if self._number and numbered else 0

    def sizeHint(self) -> QSize:
        return QSize(self.width_with(self._pad, self._numbered), HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        on = self.isChecked()
        if self.underMouse() and not on:
            painter.fillRect(self.rect().adjusted(1, 5, -1, -5), look.color("hover"))
        middle = Qt.AlignmentFlag.AlignVCenter
        left = self._pad
        if self._level:
            top = (HEIGHT - _SIGN) / 2
            theme.draw_icon(painter, _SIGNS[self._level], self._level, left, top, _SIGN)
        elif self._number and self._numbered:
            painter.setFont(theme.font(500, 8))
            painter.setPen(look.color("accent" if on else "quiet"))
            painter.drawText(QRect(left, 1, 20, self.height()), middle, self._number)
        left += self._room_before(self._numbered)
        painter.setFont(theme.font(600 if on else 500))
        painter.setPen(look.color("accent" if on else "quiet"))
        painter.drawText(QRect(left, 0, self.width(), self.height()), middle, self.text())
        if on:
            line = QRect(2, self.height() - 2, self.width() - 4, 2)
            painter.fillRect(line, look.color("accent"))


class SectionTabs(QWidget):
    """`chosen(place)` when another section is asked for."""

    chosen = Signal(int)

    def __init__(self, titles: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._tabs = [_Tab(n + 1, title, self) for n, title in enumerate(titles)]
        for place, tab in enumerate(self._tabs):
            tab.clicked.connect(lambda _=False, place=place: self.chosen.emit(place))
        self._flow()

    def set_current(self, place: int) -> None:
        """Mark a section as the one on show; nothing is said."""
        self._tabs[place].setChecked(True)

    def set_offered(self, place: int, offered: bool) -> None:
        """Hide or show one tab."""
        if self._tabs[place].isHidden() == offered:
            self._tabs[place].setVisible(offered)
            self._flow()

    def set_level(self, place: int, level: str) -> None:
        """Mark a section that has problems."""
        if self._tabs[place].level() != level:
            self._tabs[place].set_level(level)
            self._flow()

    def level(self, place: int) -> str:
        """The mark of a section."""
        return self._tabs[place].level()

    def titles(self) -> list[str]:
        """Titles of the tabs that are offered."""
        return [tab.text() for tab in self._tabs if not tab.isHidden()]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._flow()

    def _flow(self) -> None:
        """Put the tabs in lines and take the height they need."""
        x, y = SIDE, 0
        shown = [tab for tab in self._tabs if not tab.isHidden()]
        room = self.width() - 2 * SIDE
        fits = (way for way in WAYS if sum(tab.width_with(*way) for tab in shown) <= room)
        way = next(fits, WAYS[0])
        for tab in shown:
            tab.stand(*way)
            width = tab.sizeHint().width()
            if x > SIDE and x + width > self.width() - SIDE:
                x, y = SIDE, y + HEIGHT - 3
            tab.setGeometry(x, y, width, HEIGHT)
            x += width
        height = y + HEIGHT + 1
        if self.height() != height or self.minimumHeight() != height:
            self.setFixedHeight(height)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.color("panel"))
        painter.setPen(look.color("line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
