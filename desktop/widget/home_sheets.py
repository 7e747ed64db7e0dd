"""How full each sheet of the report is: a small bar each, empty ones and problems by sign."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from desktop.base.numbers import format_integer
from desktop.base.translate import tr
from desktop.widget import theme
from desktop.widget.parts import Card, Paragraph
from desktop.widget.parts.painted_button import PaintedButton

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent

    from desktop.service.sheet_states import SheetState
    from desktop.widget.home_cards import Doors

TILE_WIDTH, TILE_HEIGHT, GAP = 70, 54, 6
_BAR = 5


class SheetTile(PaintedButton):
    """One sheet: its code, a bar, and lines filled of lines there are."""

    def __init__(self, state: SheetState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = state
        self.setText(state.code)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        words = " · ".join(self._words())
        self.setToolTip(words)
        self.setAccessibleName(words)

    def _words(self) -> list[str]:
        one = self.state
        told = tr("{filled} of {all} lines with figures")
        words = [f"{one.code} {one.name}"]
        words.append(told.format(filled=one.filled, all=one.expected))
        if one.is_empty:
            words.append(tr("nothing recorded yet"))
        if one.unknown:
            words.append(tr("{count} figures not known (…)").format(count=one.unknown))
        if one.problems:
            words.append(tr("{count} problems in its registers").format(count=one.problems))
        return words

    def sizeHint(self) -> QSize:
        return QSize(TILE_WIDTH, TILE_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(64, TILE_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, one = theme.current(), self.state
        painter = QPainter(self)
        self._begin(painter)
        if not self.hasFocus():
            painter.setPen(QPen(look.color("line"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(frame, theme.RADIUS, theme.RADIUS)
        inner = self.rect().adjusted(8, 5, -8, -5)
        painter.setFont(theme.font(600))
        painter.setPen(look.color("quiet" if one.is_empty else "text"))
        painter.drawText(QRect(inner.left(), inner.top(), inner.width(), 18), 0, one.code)
        sign, role = _sign(one)
        theme.draw_icon(painter, sign, role, inner.right() - 14, inner.top() + 1, 15)
        bar = QRectF(inner.left(), inner.top() + 21, inner.width(), _BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("hover"))
        painter.drawRoundedRect(bar, 2, 2)
        if one.filled and one.expected:
            bar.setWidth(max(3.0, bar.width() * one.filled / one.expected))
            painter.setBrush(look.color("accent"))
            painter.drawRoundedRect(bar, 2, 2)
        painter.setFont(theme.font(400, 9))
        painter.setPen(look.color("quiet"))
        told = f"{format_integer(one.filled)}/{format_integer(one.expected)}"
        painter.drawText(QRect(inner.left(), inner.top() + 28, inner.width(), 17), 0, told)


def _sign(one: SheetState) -> tuple[str, str]:
    """Icon and colour of a sheet: problems first, then nothing there, then all there."""
    if one.problems:
        return "alert-triangle", "warning"
    if one.is_empty:
        return "minus", "quiet"
    return ("info", "quiet") if one.unknown else ("check", "success")


class _Tiles(QWidget):
    """As many beside each other as there is room for; arrows go to the neighbours."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 4, 0, 2)
        self._grid.setSpacing(GAP)
        self._tiles: list[SheetTile] = []
        self._columns = 0

    def show_tiles(self, tiles: list[SheetTile]) -> None:
        """Show these in place of others."""
        focused = next((n for n, one in enumerate(self._tiles) if one.hasFocus()), -1)
        for one in self._tiles:
            one.hide()
            one.deleteLater()
        self._tiles = tiles
        self._columns = 0
        self._arrange()
        if 0 <= focused < len(tiles):
            tiles[focused].setFocus()

    def _arrange(self) -> None:
        count = len(self._tiles)
        fit = max(1, (self.width() + GAP) // (TILE_WIDTH + GAP))
        if not count:
            return
        rows = -(-count // fit)
        columns = -(-count // rows)
        if columns == self._columns:
            return
        self._columns = columns
        for place, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, place // columns, place % columns)
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Down: self._columns,
            Qt.Key.Key_Up: -self._columns,
        }
        step = steps.get(Qt.Key(event.key()))
        here = next((n for n, one in enumerate(self._tiles) if one.hasFocus()), -1)
        if step is None or here < 0 or not 0 <= here + step < len(self._tiles):
            super().keyPressEvent(event)
            return
        self._tiles[here + step].setFocus(Qt.FocusReason.TabFocusReason)


class SheetsCard(Card):
    """The sheets of the report that is due; each opens that sheet."""

    def __init__(self, doors: Doors, parent: QWidget | None = None) -> None:
        super().__init__(tr("How full the report is"), " ", parent)
        self._doors = doors
        self._tiles = _Tiles()
        self._words = Paragraph("", "quiet")
        self.body.addWidget(self._words)
        self.body.addWidget(self._tiles)
        self._tiles.hide()

    def show_words(self, words: str) -> None:
        """What stands there while there are no sheets."""
        self._words.set_text(words)
        self._words.setVisible(bool(words))
        if words:
            self._tiles.hide()
            self.set_note("")

    def show_states(self, states: tuple[SheetState, ...]) -> None:
        """Show every sheet anew."""
        self.show_words("")
        tiles = [SheetTile(one) for one in states]
        for tile in tiles:
            tile.clicked.connect(self._opener(tile.state.code))
        self._tiles.show_tiles(tiles)
        self._tiles.show()
        filled = sum(not one.is_empty for one in states)
        told = tr("{filled} of {all} sheets with figures")
        self.set_note(told.format(filled=filled, all=len(states)))

    def _opener(self, code: str) -> Callable[[], None]:
        return lambda: self._doors.open_report(code)
