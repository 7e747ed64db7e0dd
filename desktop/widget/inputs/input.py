"""What all inputs share: the painted frame, the signals, problems, names, widths."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.widget import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QHelpEvent, QMouseEvent, QPaintEvent, QResizeEvent

PAD = 8
"""Between the frame and the text."""
ICON_ROOM = 26
LEVELS = ("error", "warning", "info")


@dataclass(frozen=True)
class FrameIcon:
    """A small sign at the right end of an input that can be clicked; the same is on a key."""

    name: str
    title: str
    """What it does, with its key, for the tool tip."""
    act: Callable[[], None]
    changes: bool = True
    """Serves to change the value: not there while the input is read-only."""


class Input(QWidget):
    """One field on the screen: a painted frame around an editor that holds the focus.

    Subclasses call `_adopt` once and implement `value_text`, `set_value_text` and `complaint`.
    """

    edited = Signal()
    left = Signal()
    move_on = Signal()
    noted = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, columns: int = 20) -> None:
        super().__init__(parent)
        self._columns = columns
        self._unit = ""
        self._icons: tuple[FrameIcon, ...] = ()
        self._level: str | None = None
        self._problem = ""
        self._help = ""
        self._unreadable = False
        self._left_said = True
        self._read_only = False
        self._editor: QWidget = self
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    # What pages call

    def value_text(self) -> str:
        """The value as text; text that is no value comes back as it was typed."""
        raise NotImplementedError

    def set_value_text(self, text: str) -> None:
        """Show a value without a signal; the same text again moves no cursor."""
        raise NotImplementedError

    def complaint(self) -> str:
        """Why the text is no value of this kind, in words for the officer; "" if it is one."""
        return ""

    def is_readable(self) -> bool:
        """True if the text is empty or a value of this kind."""
        return not self.complaint()

    def is_empty(self) -> bool:
        """True if nothing is answered and nothing half typed."""
        return not self.value_text()

    def commit(self) -> None:
        """Settle what is being typed, as leaving does: before a save by key, before closing."""
        self._settle(by_key=False)
        self._say_left()

    def set_problem(self, level: str | None, text: str = "") -> None:
        """Mark the frame with "error", "warning" or "info"; None takes the mark away.

        Raises ValueError for another level.
        """
        if level is not None and level not in LEVELS:
            raise ValueError(f"unknown problem level {level!r}")
        if (level, text) == (self._level, self._problem):
            return
        self._level, self._problem = level, text
        self._describe()
        self.update()

    def problem(self) -> tuple[str | None, str]:
        """The mark set last, as (level, text)."""
        return self._level, self._problem

    def set_read_only(self, on: bool) -> None:
        """Show the value but take no change; it can still be focused, read aloud and copied."""
        self._read_only = on
        self._show_read_only(on)
        self._place_editor()
        self.update()

    def is_read_only(self) -> bool:
        return self._read_only

    def _signs(self) -> tuple[FrameIcon, ...]:
        """The signs on show."""
        if not self._read_only:
            return self._icons
        return tuple(sign for sign in self._icons if not sign.changes)

    def set_label(self, text: str) -> None:
        """The accessible name."""
        self.setAccessibleName(text)
        self._editor.setAccessibleName(text)

    def set_help(self, text: str) -> None:
        """What to enter here: tool tip, and read aloud after the name."""
        self._help = text
        self._describe()

    def set_placeholder(self, text: str) -> None:
        """A quiet word inside the empty field, where the kind has room for one."""

    def set_columns(self, count: int) -> None:
        """Be wide enough for about `count` characters."""
        self._columns = count
        self.updateGeometry()

    def set_unit(self, text: str) -> None:
        """A quiet word behind the text inside the frame: "đ", "người"."""
        self._unit = text
        self._place_editor()
        self.updateGeometry()

    def editor(self) -> QWidget:
        """The widget that has the keyboard."""
        return self._editor

    def take_focus(self) -> None:
        """Focus as the Tab key does, everything selected."""
        self._editor.setFocus(Qt.FocusReason.TabFocusReason)

    # What subclasses use

    def _adopt(self, editor: QWidget) -> None:
        self._editor = editor
        editor.setParent(self)
        self.setFocusProxy(editor)
        self._place_editor()

    def _set_icons(self, *icons: FrameIcon) -> None:
        self._icons = icons
        self._place_editor()
        self.update()

    def _settle(self, *, by_key: bool) -> None:
        """Bring the text into its final form. `by_key`: left with Tab or Enter."""

    def _show_read_only(self, on: bool) -> None:
        """Tell the editor."""

    def _focus_came(self) -> None:
        self._left_said = False
        self.update()

    def _focus_went(self, reason: Qt.FocusReason) -> None:
        """Settle and say so, but not for a menu of this field or another program in front."""
        passing = (
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.MenuBarFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        )
        if reason not in passing:
            keys = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
            self._settle(by_key=reason in keys)
            self._say_left()
        self.update()

    def _say_edited(self) -> None:
        self._left_said = False
        if self._unreadable:
            self._set_unreadable(False)
        self.edited.emit()

    def _say_left(self) -> None:
        self._set_unreadable(not self.is_readable())
        if not self._left_said:
            self._left_said = True
            self.left.emit()

    def _finish(self) -> None:
        """Enter, or full: settle, say left, ask the page to go on."""
        self._settle(by_key=True)
        self._say_left()
        self.move_on.emit()

    def _set_unreadable(self, unreadable: bool) -> None:
        if unreadable != self._unreadable:
            self._unreadable = unreadable
            self.update()

    def _describe(self) -> None:
        words = "\n".join(part for part in (self._problem, self._help) if part)
        self._editor.setAccessibleDescription(words)
        self.setToolTip(self._help)

    # Geometry and painting

    def sizeHint(self) -> QSize:
        width = self._columns * digit_width() + self._left_room() + PAD + 6 + self._right_room()
        return QSize(width, theme.INPUT_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 64), self.sizeHint().height())

    def _right_room(self) -> int:
        room = ICON_ROOM * len(self._signs())
        if self._unit:
            room += text_width(self._unit) + 8
        return room

    def _left_room(self) -> int:
        """Pixels before the text, for a sign that is no button."""
        return PAD

    def _editor_rect(self) -> QRect:
        return self.rect().adjusted(self._left_room(), 2, -max(PAD, self._right_room() + 4), -2)

    def _place_editor(self) -> None:
        if self._editor is not self:
            self._editor.setGeometry(self._editor_rect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place_editor()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.EnabledChange:
            self.update()
        super().changeEvent(event)

    def has_focus(self) -> bool:
        return self._editor.hasFocus()

    def frame_role(self) -> str:
        """The colour role of the frame as it stands."""
        if self._level == "error" or (self._unreadable and self._level is None):
            return "error"
        if self._level == "warning":
            return "warning"
        return "accent" if self.has_focus() or self._level == "info" else "field_line"

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter)
        self._paint_right(painter)

    def _paint_frame(self, painter: QPainter) -> None:
        look = theme.current()
        still = self._read_only or not self.isEnabled()
        line = look.color(self.frame_role() if self.isEnabled() else "line")
        if still and self.frame_role() == "field_line":
            line = look.color("line")
        thick = 2.0 if self.has_focus() else 1.0
        half = thick / 2
        painter.setPen(QPen(line, thick))
        painter.setBrush(look.color("field_still" if still else "field"))
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(half, half, -half, -half), theme.RADIUS, theme.RADIUS
        )

    def _paint_right(self, painter: QPainter) -> None:
        look = theme.current()
        right = self.width() - 4
        for sign in reversed(self._signs()):
            right -= ICON_ROOM
            role = "quiet" if self.isEnabled() else "faint"
            theme.draw_icon(painter, sign.name, role, right + 5, self._middle() - 8, 16)
        if self._unit:
            painter.setPen(look.color("quiet"))
            painter.setFont(self.font())
            width = text_width(self._unit)
            box = QRect(right - width - 4, 0, width + 4, theme.INPUT_HEIGHT)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self._unit)

    def _middle(self) -> int:
        return theme.INPUT_HEIGHT // 2

    def _unseen_text(self) -> str:
        """The text where it is longer than its room, to be read under the mouse."""
        return ""

    def _icon_at(self, x: int) -> FrameIcon | None:
        for place, sign in enumerate(reversed(self._signs())):
            right = self.width() - 4 - place * ICON_ROOM
            if right - ICON_ROOM <= x < right:
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

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            help_event: QHelpEvent = event  # type: ignore[assignment]
            sign = self._icon_at(help_event.pos().x())
            words = sign.title if sign is not None else self._unseen_text()
            if words:
                QToolTip.showText(help_event.globalPos(), words, self)
                return True
        return super().event(event)


@lru_cache(maxsize=8)
def _metrics(key: str) -> QFontMetrics:
    font = QFont()
    font.fromString(key)
    return QFontMetrics(font)


def text_width(text: str) -> int:
    """Pixels of a text in the program's font."""
    return _metrics(QGuiApplication.font().toString()).horizontalAdvance(text)


def digit_width() -> int:
    """Pixels of the widest digit: the fonts' digits are not all of one width."""
    return _digit_width(QGuiApplication.font().toString())


@lru_cache(maxsize=8)
def _digit_width(key: str) -> int:
    return max(_metrics(key).horizontalAdvance(digit) for digit in "0123456789")
