"""The painted frame of an input: its editor, the signs and the unit at its right, its size."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.widget import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent

PAD = 8
"""Between the frame and the text."""
SIGN_ROOM = 26
MIDDLE = theme.INPUT_HEIGHT // 2
"""Height of the first line's middle."""


@dataclass(frozen=True)
class FrameIcon:
    """A small sign at the right end of an input that can be clicked; the same is on a key."""

    name: str
    title: str
    """What it does, with its key, for the tool tip."""
    act: Callable[[], None]
    changes: bool = True
    """Serves to change the value: not there while the input is read-only."""


class Frame(QWidget):
    """A frame around an editor that has the keyboard; knows no value."""

    def __init__(self, parent: QWidget | None = None, *, columns: int = 20) -> None:
        super().__init__(parent)
        self._columns = columns
        self._unit = ""
        self._icons: tuple[FrameIcon, ...] = ()
        self._read_only = False
        self._editor: QWidget = self
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def editor(self) -> QWidget:
        """The widget that has the keyboard."""
        return self._editor

    def has_focus(self) -> bool:
        """True while keys go here."""
        return self._editor.hasFocus()

    def take_focus(self) -> None:
        """Focus as the Tab key does, everything selected."""
        self._editor.setFocus(Qt.FocusReason.TabFocusReason)

    def set_columns(self, count: int) -> None:
        """Be wide enough for about `count` characters."""
        self._columns = count
        self.updateGeometry()

    def set_unit(self, text: str) -> None:
        """A quiet word behind the text inside the frame: "đ", "người"."""
        self._unit = text
        self._place_editor()
        self.updateGeometry()

    def _adopt(self, editor: QWidget) -> None:
        self._editor = editor
        editor.setParent(self)
        self.setFocusProxy(editor)
        self._place_editor()

    def _set_icons(self, *icons: FrameIcon) -> None:
        self._icons = icons
        self._place_editor()
        self.update()

    def _signs(self) -> tuple[FrameIcon, ...]:
        """The signs on show."""
        if not self._read_only:
            return self._icons
        return tuple(sign for sign in self._icons if not sign.changes)

    def sizeHint(self) -> QSize:
        room = self._left_room() + PAD + 6 + self._right_room()
        return QSize(self._columns * digit_width() + room, theme.INPUT_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), 64), hint.height())

    def _left_room(self) -> int:
        """Pixels before the text, for a sign that is no button."""
        return PAD

    def _right_room(self) -> int:
        room = SIGN_ROOM * len(self._signs())
        return room + text_width(self._unit) + 8 if self._unit else room

    def _editor_rect(self) -> QRect:
        right = max(PAD, self._right_room() + 4)
        return self.rect().adjusted(self._left_room(), 2, -right, -2)

    def _place_editor(self) -> None:
        if self._editor is not self:
            self._editor.setGeometry(self._editor_rect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place_editor()
        super().resizeEvent(event)

    def frame_role(self) -> str:
        """The colour role of the frame as it stands."""
        return "accent" if self.has_focus() else "field_line"

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_frame(painter, self, self.frame_role(), still=self._read_only)
        right = self.width() - 4
        for sign in reversed(self._signs()):
            right -= SIGN_ROOM
            role = "quiet" if self.isEnabled() else "faint"
            theme.draw_icon(painter, sign.name, role, right + 5, MIDDLE - 8, 16)
        if self._unit:
            width = text_width(self._unit) + 4
            painter.setPen(theme.current().color("quiet"))
            painter.setFont(self.font())
            box = QRect(right - width, 0, width, theme.INPUT_HEIGHT)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self._unit)

    def _icon_at(self, x: int) -> FrameIcon | None:
        for place, sign in enumerate(reversed(self._signs())):
            right = self.width() - 4 - place * SIGN_ROOM
            if right - SIGN_ROOM <= x < right:
                return sign
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the frame is a click on the editor; on a sign, what the sign does."""
        sign = self._icon_at(int(event.position().x()))
        if event.button() == Qt.MouseButton.LeftButton and self.isEnabled():
            self._editor.setFocus(Qt.FocusReason.MouseFocusReason)
            if sign is not None:
                sign.act()
        event.accept()


def draw_frame(painter: QPainter, frame: Frame, role: str, *, still: bool) -> None:
    """Paint the ground and the edge of an input: 2 pixels thick where the keyboard is."""
    look = theme.current()
    still = still or not frame.isEnabled()
    if not frame.isEnabled() or (still and role == "field_line"):
        role = "line"
    thick = 2.0 if frame.has_focus() else 1.0
    half = thick / 2
    painter.setPen(QPen(look.color(role), thick))
    painter.setBrush(look.color("field_still" if still else "field"))
    box = QRectF(frame.rect()).adjusted(half, half, -half, -half)
    painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)


@lru_cache(maxsize=8)
def _metrics(key: str) -> QFontMetrics:
    font = QFont()
    font.fromString(key)
    return QFontMetrics(font)


def text_width(text: str) -> int:
    """Pixels of a text in the program's font."""
    return _metrics(QGuiApplication.font().toString()).horizontalAdvance(text)


def digit_width() -> int:
    """Pixels of the widest digit: the font's digits are not all of one width."""
    return _digit_width(QGuiApplication.font().toString())


@lru_cache(maxsize=8)
def _digit_width(key: str) -> int:
    return max(_metrics(key).horizontalAdvance(digit) for digit in "0123456789")
