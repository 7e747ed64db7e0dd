"""What is wrong with a field, under it: an icon, the rule's number, what to do."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from desktop.base.translate import tr
from desktop.widget import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

_ICONS = {"error": "x-circle", "warning": "alert-triangle", "info": "info", "done": "check-circle"}
_ROLES = {
    "error": ("error", "error_soft"),
    "warning": ("warning", "warning_soft"),
    "info": ("quiet", "hover"),
    "done": ("success", "success_soft"),
}


class ProblemNote(QWidget):
    """`level`: "error", "warning", "info" or "done" (a warning that has its reason).

    With `link` the words end in something to press ("ghi lý do"), by key too: `reason_asked`.
    Raises KeyError for another level.
    """

    reason_asked = Signal()

    def __init__(
        self,
        level: str,
        text: str,
        *,
        number: str = "",
        link: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._level, self._text, self._number, self._link = level, text, number, link
        _ROLES[level]
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(30, 5, 10, 5)
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.RichText)
        row.addWidget(self._words, 1, Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._words.linkActivated.connect(lambda _: self.reason_asked.emit())
        theme.when_changed(self._write)
        self._write()

    def set_problem(self, level: str, text: str, *, number: str = "", link: str = "") -> None:
        """Say something else in the same place."""
        _ROLES[level]
        self._level, self._text, self._number, self._link = level, text, number, link
        self._write()
        self.update()

    def words(self) -> str:
        """What it says, without the link."""
        return f"{self._number} · {self._text}" if self._number else self._text

    def _write(self) -> None:
        ink = getattr(theme.current(), _ROLES[self._level][0])
        markup = escape(self.words()).replace("\n", "<br>")
        if self._link:
            markup += f' <a href="reason" style="color:{ink}">{escape(self._link)}</a>'
        self._words.setText(f'<div style="color:{ink}">{markup}</div>')
        flags = Qt.TextInteractionFlag.NoTextInteraction
        if self._link:
            flags = (
                Qt.TextInteractionFlag.LinksAccessibleByMouse
                | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
            )
        self._words.setTextInteractionFlags(flags)
        kind = {"error": tr("Error"), "warning": tr("Warning")}.get(self._level, tr("Note"))
        self.setAccessibleName(f"{kind}: {self.words()}")
        self._words.setAccessibleName(f"{kind}: {self.words()} {self._link}".strip())
        self._row.invalidate()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Never be higher than the words, however much room there is."""
        self.setMaximumHeight(self._row.totalHeightForWidth(self.width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        ink, ground = _ROLES[self._level]
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color(ground))
        painter.drawRoundedRect(QRectF(self.rect()), 3, 3)
        theme.draw_icon(painter, _ICONS[self._level], ink, 8, 7, 16)
