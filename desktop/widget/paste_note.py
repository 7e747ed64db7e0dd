"""What was cleaned in a paste, under its field, with what else can be made of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.widget.parts import Button, ProblemNote
from desktop.widget.set_aside import KEY

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

MOST_CHOICES = 4
LEFT = 26


class PasteNote(QWidget):
    """Stays until the field is edited again; Ctrl+. in the field goes to its choices."""

    left = Signal()
    """Esc, or a choice was taken: the keyboard goes back to the field."""

    def __init__(self) -> None:
        super().__init__()
        self._note = ProblemNote("info", "")
        self._choices: list[Button] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._note)
        self._list = QVBoxLayout()
        self._list.setContentsMargins(LEFT, 0, 0, 0)
        self._list.setSpacing(0)
        column.addLayout(self._list)

    def tell(self, words: str, choices: Sequence[tuple[str, Callable[[], None]]]) -> None:
        """Say something else; each choice is (words, what it does)."""
        self._note.set_problem("info", words)
        for old in self._choices:
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._choices = []
        for place, (said, act) in enumerate(choices[:MOST_CHOICES]):
            button = Button(said, "link", key=KEY if place == 0 else "")
            button.clicked.connect(lambda _=False, act=act: self._do(act))
            self._list.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            self._choices.append(button)
        self.show()

    def words(self) -> str:
        """What it says."""
        return self._note.words()

    def choices(self) -> list[Button]:
        """What can be chosen."""
        return list(self._choices)

    def take_focus(self) -> None:
        """Put the keyboard on the first choice."""
        if self._choices:
            self._choices[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _do(self, act: Callable[[], None]) -> None:
        act()
        self.left.emit()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes from choice to choice, and after the last back to the field."""
        here = next((n for n, one in enumerate(self._choices) if one.hasFocus()), -1)
        place = here + (1 if forward else -1)
        if 0 <= place < len(self._choices):
            self._choices[place].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.left.emit()
        return True

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            key: QKeyEvent = event  # type: ignore[assignment]
            if key.key() == Qt.Key.Key_Escape:  # the window's Esc would drop the record
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
