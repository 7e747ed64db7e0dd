"""A page with one card in its middle: a question before the window opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.base.translate import tr
from desktop.widget import theme
from desktop.widget.parts import Button, Paragraph, ProblemNote, title

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

CARD_WIDTH, SIDE = 520, 32


class CentredPage(QWidget):
    """A heading, words, `body` for what is asked, a button that goes on and one that goes back."""

    cancelled = Signal()

    def __init__(self, heading: str, words: str, go_on: str, back: str = "") -> None:
        super().__init__()
        self.setWindowTitle(tr("Sổ CTXH – {what}").format(what=heading))
        card = QFrame()
        card.setObjectName("card")
        card.setFixedWidth(CARD_WIDTH)
        self._inside = QVBoxLayout(card)
        self._inside.setContentsMargins(SIDE, 28, SIDE, 28)
        self._inside.setSpacing(10)
        self._title = title(heading)
        self._words = Paragraph(words, "quiet")
        self._fit()
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        self._note = ProblemNote("error", "")
        self._note.hide()
        self.button = Button(go_on, "primary", key="Enter")
        self.button.clicked.connect(self.go_on)
        for widget in (self._title, self._words):
            self._inside.addWidget(widget)
        self._inside.addLayout(self.body)
        self._inside.addWidget(self._note)
        self._inside.addSpacing(4)
        self._inside.addWidget(self.button)
        if back:
            link = Button(back, "link")
            link.clicked.connect(self.cancelled)
            self._inside.addWidget(link, alignment=Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(card, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def go_on(self) -> None:
        """What the button does; nothing while it is busy."""
        raise NotImplementedError

    def say(self, heading: str, words: str) -> None:
        """Another heading and other words: the next step of the same page."""
        self._title.setText(heading)
        self._words.setText(words)
        self._fit()

    def _fit(self) -> None:
        """Room for every line: a layout inside a layout does not ask for it."""
        width = CARD_WIDTH - 2 * SIDE
        self._words.setMinimumHeight(self._words.heightForWidth(width))

    def show_problem(self, text: str) -> None:
        """Say what keeps it from going on; "" takes that away."""
        self._note.setVisible(bool(text))
        if text:
            self._note.set_problem("error", text)

    def problem(self) -> str:
        """What it says, "" for nothing."""
        return "" if self._note.isHidden() else self._note.words()

    def set_busy(self, busy: bool) -> None:
        """While something slow is done nothing else can be asked."""
        self.button.setEnabled(not busy)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.current().color("background"))
