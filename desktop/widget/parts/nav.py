"""The sidebar: a line per page with its count, and headings between groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.base.translate import tr
from desktop.widget import theme
from desktop.widget.parts.painted_button import PaintedButton

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

HEIGHT = 30
WIDTH = 168
NARROW = 72
"""Below this width a page is its icon alone, its name the tool tip."""


class NavButton(PaintedButton):
    """One page of the sidebar. Arrow keys go to the neighbours; the checked one is on show."""

    def __init__(self, text: str, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = icon
        self._count = ""
        self._attention = False
        self._problems = (0, 0)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setText(text)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_count(self, count: str, *, attention: bool = False) -> None:
        """A figure at the right end; `attention` makes it stand out and adds a sign."""
        if (count, attention) == (self._count, self._attention):
            return
        self._count, self._attention = count, attention
        self._speak()
        self.update()

    def set_problems(self, errors: int, warnings: int) -> None:
        """How much is wrong on the page, shown before its figure by sign and number."""
        if (errors, warnings) == self._problems:
            return
        self._problems = (errors, warnings)
        self._speak()
        self.update()

    def problem_words(self) -> str:
        """As "2 lỗi, 5 cảnh báo", "" where nothing is wrong."""
        errors, warnings = self._problems
        told = [tr("{count} errors").format(count=errors)] if errors else []
        if warnings:
            told.append(tr("{count} warnings").format(count=warnings))
        return ", ".join(told)

    def _speak(self) -> None:
        words = self.problem_words()
        self.setAccessibleDescription(", ".join(part for part in (self._count, words) if part))
        self._show_tip()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(36, HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_tip()

    def _show_tip(self) -> None:
        named = [self.text()] if self.width() < NARROW else []
        self.setToolTip(": ".join(part for part in (*named, self.problem_words()) if part))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        self._begin(painter)
        middle = Qt.AlignmentFlag.AlignVCenter
        if self.width() < NARROW:
            self._paint_sign(painter)
            return
        role = "accent" if self.isChecked() else "text"
        left = 10
        if self._icon_name:
            sign = "accent" if self.isChecked() else "quiet"
            theme.draw_icon(painter, self._icon_name, sign, left, (self.height() - 16) / 2, 16)
            left += 26
        right = self.width() - 10 - self._paint_count(painter)
        right -= self._paint_problems(painter, right, left)
        font = theme.font(600 if self.isChecked() else 400)
        painter.setFont(font)
        painter.setPen(look.color(role if self.isEnabled() else "faint"))
        gap = 2 if any(self._problems) else 6
        room = QRect(left, 0, max(0, right - left - gap), self.height())
        words = QFontMetrics(font).elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, middle, words)

    def _paint_sign(self, painter: QPainter) -> None:
        """The icon alone, with a dot where there is something to see to."""
        role = "accent" if self.isChecked() else "quiet"
        left, top = (self.width() - 18) / 2, (self.height() - 18) / 2
        theme.draw_icon(painter, self._icon_name or "file-text", role, left, top, 18)
        if self._attention or any(self._problems):
            painter.setPen(Qt.PenStyle.NoPen)
            role = "error" if self._problems[0] else "warning"
            painter.setBrush(theme.current().color(role))
            painter.drawEllipse(QRectF(left + 13, top - 2, 7, 7))

    def _paint_problems(self, painter: QPainter, right: int, left: int) -> int:
        """Paint signs and numbers as far as the name leaves room, errors first; pixels taken."""
        font = theme.font(600, 9)
        metrics = QFontMetrics(font)
        room = right - left - QFontMetrics(theme.font(600)).horizontalAdvance(self.text()) - 12
        signs = (("x-circle", "error"), ("alert-triangle", "warning"))
        marks: list[tuple[str, str, str, int]] = []
        for (icon, role), count in zip(signs, self._problems, strict=True):
            # Where there is no room for the figure the sign stands alone: the name is not cut.
            wanted = metrics.horizontalAdvance(str(count)) + 24
            shown, wanted = (str(count), wanted) if wanted <= room else ("", 15)
            if count and (shown or not marks):
                marks.append((icon, role, shown, wanted))
                room -= wanted
        taken = sum(wanted for *_, wanted in marks)
        at = right - taken - 2
        painter.setFont(font)
        for icon, role, count_text, wanted in marks:
            theme.draw_icon(painter, icon, role, at, (self.height() - 13) / 2, 13)
            painter.setPen(theme.current().color(role))
            box = QRect(at + 16, 0, wanted - 16, self.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, count_text)
            at += wanted
        return taken + 2 if taken else 0

    def _paint_count(self, painter: QPainter) -> int:
        """Paint the figure; pixels it took."""
        if not self._count:
            return 0
        look = theme.current()
        strong = self._attention or self.isChecked()
        font = theme.font(600 if strong else 400)
        role = "warning" if self._attention else ("accent" if self.isChecked() else "quiet")
        width = QFontMetrics(font).horizontalAdvance(self._count)
        painter.setFont(font)
        painter.setPen(look.color(role))
        box = QRect(self.width() - 10 - width - 2, 0, width + 2, self.height())
        painter.drawText(
            box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._count
        )
        if self._attention:
            y = (self.height() - 14) / 2
            theme.draw_icon(painter, "alert-triangle", "warning", box.left() - 18, y, 14)
            return width + 22
        return width + 2


class NavHeading(QWidget):
    """The name of a group of pages, in small capitals; a line where there is no room for it."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text.upper()
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 26)

    def minimumSizeHint(self) -> QSize:
        return QSize(36, 26)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        if self.width() < NARROW:
            painter.setPen(look.color("line"))
            painter.drawLine(8, 13, self.width() - 8, 13)
            return
        painter.setPen(look.color("quiet"))
        painter.setFont(theme.font(600, 8))
        room = self.rect().adjusted(10, 4, -10, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self._text)
