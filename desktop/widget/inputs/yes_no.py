"""Yes, no, or not answered: two halves that take C and K."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QPainter, QPen

from desktop.base.translate import tr
from desktop.base.typed_text import shortened
from desktop.base.typed_values import yes_or_no
from desktop.widget import theme
from desktop.widget.inputs.frame import draw_frame, text_width
from desktop.widget.inputs.input import Input

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QFocusEvent,
        QKeyEvent,
        QMouseEvent,
        QPaintEvent,
    )
    from PySide6.QtWidgets import QWidget

YES, NO, NONE = "1", "0", ""
_YES_KEYS = (Qt.Key.Key_C, Qt.Key.Key_1, Qt.Key.Key_Y)
_NO_KEYS = (Qt.Key.Key_K, Qt.Key.Key_0, Qt.Key.Key_N)
_EMPTY_KEYS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_READ = {"1": YES, "có": YES, "co": YES, "true": YES, "0": NO, "không": NO, "false": NO, "": NONE}


class YesNoInput(Input):
    """Có / Không; with `two_state` a single box to tick that is never unanswered."""

    def __init__(self, parent: QWidget | None = None, *, two_state: bool = False) -> None:
        super().__init__(parent)
        self._two_state = two_state
        self._value = NO if two_state else NONE
        self._raw: str | None = None
        self._help_words = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._speak()

    def value_text(self) -> str:
        return self._value if self._raw is None else self._raw

    def set_value_text(self, text: str) -> None:
        value = _READ.get(text.strip().lower())
        self._raw = text if value is None else None
        self._value = value or (NO if self._two_state else NONE)
        self._set_unreadable(False)
        self._speak()
        self.update()

    def complaint(self) -> str:
        return "" if self._raw is None else tr("Choose yes or no (C or K).")

    def set_label(self, text: str) -> None:
        super().set_label(text)
        self._speak()

    def _describe(self) -> None:
        super()._describe()
        self._speak()

    def _speak(self) -> None:
        """The answer itself is read aloud too: this widget has no text of its own."""
        answer = {YES: tr("Yes"), NO: tr("No"), NONE: tr("not answered")}[self._value]
        words = "\n".join(part for part in (answer, self._problem, self._help) if part)
        self.setAccessibleDescription(words)

    def _choose(self, value: str) -> None:
        if self._two_state and value == NONE:
            value = NO
        if self._read_only or (value == self._value and self._raw is None):
            return
        self._value, self._raw = value, None
        self._speak()
        self._say_edited()
        self.update()

    # Keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        strange = event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        key = event.key()
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste(QGuiApplication.clipboard().text())
        elif strange:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._finish()
        elif key in _YES_KEYS or key == Qt.Key.Key_Left:
            self._choose(YES)
        elif key in _NO_KEYS or key == Qt.Key.Key_Right:
            self._choose(NO)
        elif key in _EMPTY_KEYS:
            self._choose(NONE)
        elif key == Qt.Key.Key_Space:
            self._choose(NO if self._value == YES else YES)
        else:
            super().keyPressEvent(event)

    def _paste(self, text: str) -> None:
        answer = yes_or_no(text)
        if answer:
            self._choose(answer)
        else:
            told = tr("“{text}” is neither yes nor no; nothing was changed.")
            self.noted.emit(told.format(text=shortened(text)))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._focus_came()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._focus_went(event.reason())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self.isEnabled():
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if self._two_state:
            self._choose(NO if self._value == YES else YES)
            return
        chosen = YES if event.position().x() < self._half() else NO
        self._choose(NONE if chosen == self._value else chosen)

    # Geometry and painting

    def sizeHint(self) -> QSize:
        if self._two_state:
            return QSize(theme.INPUT_HEIGHT, theme.INPUT_HEIGHT)
        return QSize(2 * self._half(), theme.INPUT_HEIGHT)

    def _half(self) -> int:
        return max(text_width(tr("Yes")), text_width(tr("No"))) + 28

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._two_state:
            self._paint_tick(painter)
            return
        draw_frame(painter, self, self.frame_role(), still=self._read_only)
        half = self.width() // 2
        self._paint_half(painter, QRect(0, 0, half, self.height()), YES, tr("Yes"))
        self._paint_half(painter, QRect(half, 0, half, self.height()), NO, tr("No"))
        look = theme.current()
        if self._value == NONE:
            painter.setPen(QPen(look.color("line"), 1))
            painter.drawLine(QPointF(half, 6), QPointF(half, self.height() - 6))

    def _paint_half(self, painter: QPainter, box: QRect, value: str, word: str) -> None:
        look = theme.current()
        chosen = self._value == value
        role = "text" if chosen else "quiet"
        if chosen:
            painter.setPen(QPen(look.color("accent"), 1))
            painter.setBrush(look.color("accent_soft"))
            painter.drawRoundedRect(QRectF(box).adjusted(3.5, 3.5, -3.5, -3.5), 3, 3)
            role = "accent"
        painter.setPen(look.color(role if self.isEnabled() else "faint"))
        painter.setFont(theme.font(600 if chosen else 400))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)

    def _paint_tick(self, painter: QPainter) -> None:
        look = theme.current()
        box = QRectF(5.5, (self.height() - 19) / 2 + 0.5, 18, 18)
        on = self._value == YES
        role = self.frame_role()
        thick = 2 if self.has_focus() else 1
        edge = "text" if on and self.has_focus() else ("accent" if on else role)
        if not self.isEnabled() or self._read_only:
            edge = "line"
        painter.setPen(QPen(look.color(edge), thick))
        fill = "accent" if on and self.isEnabled() else "field"
        painter.setBrush(look.color(fill))
        painter.drawRoundedRect(box, 3, 3)
        if on:
            theme.draw_icon(painter, "check", "on_accent", box.x() + 1, box.y() + 1, 16)
