"""What stands around the sections of a form: the record's name above, help and buttons below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.base.translate import tr
from desktop.widget import theme
from desktop.widget.parts import Button, Elided
from desktop.widget.parts.painted_button import PaintedButton

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

MARGIN = 16
WIDE = 600
"""From this width on there is room for words and keys in the foot."""
_SIGNS = {"error": "x-circle", "warning": "alert-triangle"}


class FormHead(QWidget):
    """Title and quiet line, painted: they change with each letter typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ""
        self._note = ""
        self.setFixedHeight(60)

    def set_words(self, title: str, note: str) -> None:
        """Another title and quiet line."""
        if (title, note) != (self._title, self._note):
            self._title, self._note = title, note
            self.setAccessibleName(title)
            self.setAccessibleDescription(note)
            self.setToolTip("\n".join(part for part in (title, note) if part))
            self.update()

    def words(self) -> tuple[str, str]:
        """(title, quiet line)."""
        return self._title, self._note

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.color("panel"))
        width = self.width() - 2 * MARGIN
        top = 10 if self._note else 18
        _write(painter, QRect(MARGIN, top, width, 24), self._title, "text", 600, 12)
        if self._note:
            _write(painter, QRect(MARGIN, 33, width, 20), self._note, "quiet", 400, 9.5)


def _write(painter: QPainter, box: QRect, text: str, role: str, weight: int, points: float) -> None:
    painter.setFont(theme.font(weight, points))
    painter.setPen(theme.current().color(role))
    metrics = QFontMetrics(painter.font())
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)


class HelpLine(QWidget):
    """What to enter in the field that has the keyboard; a line, so that nothing ever jumps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self.setFixedHeight(28)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_text(self, text: str) -> None:
        """Show another text, "" for none."""
        if text != self._text:
            self._text = text
            self.setToolTip(text)
            self.update()

    def text(self) -> str:
        return self._text

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.color("panel"))
        if not self._text:
            return
        theme.draw_icon(painter, "info", "quiet", MARGIN, 6, 15)
        box = QRect(MARGIN + 22, 0, self.width() - 2 * MARGIN - 22, self.height())
        _write(painter, box, self._text, "quiet", 400, 9.5)


class ProblemCount(PaintedButton):
    """How many problems are open; pressed, it goes to the next (F8)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts = (0, 0)
        self._short = False
        self._parts: tuple[tuple[str, str], ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(tr("Next problem (F8)"))
        self.hide()

    def set_counts(self, errors: int, warnings: int) -> None:
        """Show the counts; nothing where there is nothing wrong."""
        if (errors, warnings) != self._counts:
            self._counts = (errors, warnings)
            self._show_counts()

    def set_short(self, on: bool) -> None:
        """Show signs and figures only, where there is little room."""
        if on != self._short:
            self._short = on
            self._show_counts()

    def _show_counts(self) -> None:
        errors, warnings = self._counts
        told = {
            "error": tr("{count} errors").format(count=errors) if errors else "",
            "warning": tr("{count} warnings").format(count=warnings) if warnings else "",
        }
        figures = {"error": str(errors), "warning": str(warnings)}
        self.setAccessibleName(", ".join(words for words in told.values() if words))
        shown = figures if self._short else told
        self._parts = tuple((level, shown[level]) for level, words in told.items() if words)
        self.setVisible(bool(self._parts))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font(500))
        widths = [metrics.horizontalAdvance(words) + 34 for _, words in self._parts]
        return QSize(sum(widths), 30)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._begin(painter)
        painter.setFont(theme.font(500))
        left = 6
        for level, words in self._parts:
            theme.draw_icon(painter, _SIGNS[level], level, left, 7, 16)
            painter.setPen(theme.current().color(level))
            width = QFontMetrics(painter.font()).horizontalAdvance(words)
            painter.drawText(
                QRect(left + 21, 0, width + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, words
            )
            left += width + 34


class FormFoot(QWidget):
    """Help and what has been saved, then how many problems there are, and what can be done."""

    cancel_asked = Signal()
    next_asked = Signal()
    save_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.status = Elided()
        self.count = ProblemCount()
        self.cancel = Button("")
        self.save_next = Button("")
        self.save = Button("", "primary")
        self.cancel.clicked.connect(self.cancel_asked)
        self.save_next.clicked.connect(self.next_asked)
        self.save.clicked.connect(self.save_asked)
        row = QHBoxLayout()
        row.setContentsMargins(10, 9, 12, 9)
        row.setSpacing(8)
        row.addWidget(self.count)
        row.addStretch(1)
        for button in self.buttons():
            row.addWidget(button)
        self.help = HelpLine()
        told = QHBoxLayout()
        told.setContentsMargins(0, 0, MARGIN, 0)
        told.addWidget(self.help, 1)
        told.addWidget(self.status)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 0)
        column.setSpacing(0)
        column.addLayout(told)
        column.addLayout(row)
        self._show_keys(True)

    def buttons(self) -> tuple[Button, Button, Button]:
        """In the order of Tab."""
        return self.cancel, self.save_next, self.save

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_keys(self.width() >= WIDE)
        self.count.set_short(self.width() < WIDE)

    def _show_keys(self, on: bool) -> None:
        self.cancel.set_words(tr("Cancel"), "Esc" if on else "")
        self.save_next.set_words(tr("Save and next"), "Ctrl+Shift+S" if on else "")
        self.save.set_words(tr("Save"), "Ctrl+S" if on else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.color("panel"))
        painter.setPen(look.color("line"))
        painter.drawLine(0, 0, self.width(), 0)
