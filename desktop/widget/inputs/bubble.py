"""What a field says of a paste or a key where it stands alone: a note that floats below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.widget import theme
from desktop.widget.parts.problem_note import ProblemNote

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from desktop.widget.inputs.input import Input

SHOWN_MS = 8000
LEAST_WIDTH, GAP = 280, 4


class Bubble(QWidget):
    """One per field, made at its first note; takes neither keyboard nor mouse."""

    def __init__(self, field: Input) -> None:
        super().__init__(field.window())
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._field = field
        self._note = ProblemNote("info", "")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.addWidget(self._note)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        field.left.connect(self.hide)
        field.destroyed.connect(self.deleteLater)
        self.hide()

    @classmethod
    def of(cls, field: Input) -> Bubble:
        """The bubble of a field, in the window the field is in now."""
        found: Bubble | None = getattr(field, "_bubble", None)
        if found is None or found.parentWidget() is not field.window():
            if found is not None:
                found.deleteLater()
            found = cls(field)
            field._bubble = found  # type: ignore[attr-defined]
        return found

    def say(self, words: str) -> None:
        """Show words below the field, above it where the window ends."""
        window = self.parentWidget()
        if window is None or window is self._field:
            return
        self._note.set_problem("info", words)
        corner = self._field.mapTo(window, QPoint(0, self._field.height() + GAP))
        width = min(max(self._field.width(), LEAST_WIDTH), window.width() - 2 * GAP)
        height = self._column.totalHeightForWidth(width)
        left = max(GAP, min(corner.x(), window.width() - width - GAP))
        top = corner.y()
        if top + height > window.height():
            top = max(GAP, corner.y() - self._field.height() - height - 2 * GAP)
        self.setGeometry(left, top, width, height)
        self.show()
        self.raise_()
        self._timer.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setPen(look.color("field_line"))
        painter.setBrush(look.color("panel"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 3, 3)

    def words(self) -> str:
        """What it says."""
        return self._note.words()
