"""Every question and message of the window, in one place that a test can replace.

Who asks is handed an `Asker`: `Ask` shows dialogs, `tests/widget/scripted_ask.py` just answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLayout,
    QVBoxLayout,
    QWidget,
)

from desktop.base.translate import N_, tr
from desktop.widget import theme
from desktop.widget.inputs import LongTextInput
from desktop.widget.parts import Button, Paragraph, ProblemNote, heading

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QShowEvent

LEAST_REASON = 5
"""Characters of a reason: enough that "ok" is none."""
WIDTH, SIDE = 460, 20
_LEVELS = {"info": "info", "warning": "alert-triangle", "error": "x-circle", "done": "check-circle"}
_ROLES = {"info": "accent", "warning": "warning", "error": "error", "done": "success"}


@dataclass(frozen=True)
class Answer:
    """One way to answer a question; its text is a verb: "Xóa", not "Có"."""

    key: str
    text: str
    kind: str = ""
    """"primary" is what Enter does, "danger" what cannot be taken back."""


KEEP_EDITING = Answer("", N_("Go back"))


class Asker(Protocol):
    """What pages may ask of the person."""

    def question(
        self, parent: QWidget | None, title: str, text: str, options: Sequence[Answer]
    ) -> str:
        """The key of the answer, "" if the question was put away with Esc."""
        ...

    def message(
        self, parent: QWidget | None, title: str, text: str, level: str = "info", details: str = ""
    ) -> None:
        """Say something that must be read before going on."""
        ...

    def reason(self, parent: QWidget | None, title: str, text: str) -> str | None:
        """A written reason, or None if it was put away."""
        ...

    def open_file(
        self, parent: QWidget | None, title: str, pattern: str, start: Path | None = None
    ) -> Path | None:
        """An existing file. `pattern` as "Sổ Excel (*.xlsx)"."""
        ...

    def save_file(
        self, parent: QWidget | None, title: str, pattern: str, start: Path | None = None
    ) -> Path | None:
        """A file to write, which may exist: the system's dialog has asked about replacing it."""
        ...

    def save_dir(
        self, parent: QWidget | None, title: str, start: Path | None = None
    ) -> Path | None:
        """A folder to write into."""
        ...


class Ask:
    """The real thing: dialogs over the window."""

    def question(
        self, parent: QWidget | None, title: str, text: str, options: Sequence[Answer]
    ) -> str:
        dialog = QuestionDialog(parent, title, text, options)
        return dialog.chosen if dialog.exec() else ""

    def message(
        self, parent: QWidget | None, title: str, text: str, level: str = "info", details: str = ""
    ) -> None:
        answer = Answer("ok", tr("I have read it"), "primary")
        QuestionDialog(parent, title, text, [answer], level=level, details=details).exec()

    def reason(self, parent: QWidget | None, title: str, text: str) -> str | None:
        dialog = ReasonDialog(parent, title, text)
        return dialog.reason() if dialog.exec() else None

    def open_file(
        self, parent: QWidget | None, title: str, pattern: str, start: Path | None = None
    ) -> Path | None:
        chosen, _ = QFileDialog.getOpenFileName(parent, title, str(start or ""), pattern)
        return Path(chosen) if chosen else None

    def save_file(
        self, parent: QWidget | None, title: str, pattern: str, start: Path | None = None
    ) -> Path | None:
        chosen, _ = QFileDialog.getSaveFileName(parent, title, str(start or ""), pattern)
        return Path(chosen) if chosen else None

    def save_dir(
        self, parent: QWidget | None, title: str, start: Path | None = None
    ) -> Path | None:
        chosen = QFileDialog.getExistingDirectory(parent, title, str(start or ""))
        return Path(chosen) if chosen else None


class _PlainDialog(QDialog):
    """A panel of words with buttons at its foot."""

    def __init__(self, parent: QWidget | None, title: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.column = QVBoxLayout(self)
        self.column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.column.setContentsMargins(SIDE, 16, SIDE, 16)
        self.column.setSpacing(8)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.buttons.addStretch(1)

    def add_words(self, title: str, text: str, left: int = 0) -> None:
        """The heading and what is said below it."""
        words = heading(title)
        words.setWordWrap(True)
        words.setContentsMargins(left, 0, 0, 0)
        self.column.addWidget(words)
        below = Paragraph(text)
        below.setContentsMargins(left, 0, 0, 0)
        below.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.column.addWidget(below)

    def add_button(self, button: Button) -> None:
        """One more at the foot."""
        self.buttons.addWidget(button)

    def finish(self) -> None:
        """Put the buttons below everything else."""
        self.column.addStretch(1)
        self.column.addSpacing(8)
        self.column.addLayout(self.buttons)

    def showEvent(self, event: QShowEvent) -> None:
        self.fit()
        super().showEvent(event)

    def fit(self) -> None:
        """Be as high as the wrapped words need at this width, not as Qt guesses."""
        self.ensurePolished()
        width = max(WIDTH, self.buttons.sizeHint().width() + 2 * SIDE)
        self.column.invalidate()
        self.setFixedSize(width, self.column.totalHeightForWidth(width))


class QuestionDialog(_PlainDialog):
    """A question with verbs for answers, or a message with one."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        text: str,
        options: Sequence[Answer],
        *,
        level: str = "",
        details: str = "",
    ) -> None:
        super().__init__(parent, title)
        self.chosen = ""
        self._level = level
        self._first: list[Button] = []
        self.add_words(title, text, left=32 if level else 0)
        if details:
            more = LongTextInput(length=1_000_000)
            more.set_value_text(details)
            more.set_read_only(True)
            more.set_label(title)
            self.column.addWidget(more)
        for option in options:
            self._offer(option)
        self.finish()
        # The last one stands for staying as it is: Enter pressed too early loses nothing.
        for button in self._first or self.findChildren(Button)[-1:]:
            button.setFocus()

    def _offer(self, option: Answer) -> None:
        button = Button(tr(option.text), option.kind)
        button.clicked.connect(lambda: self._choose(option.key))
        self.add_button(button)
        if option.kind == "primary":
            button.setAutoDefault(True)
            button.setDefault(True)
            self._first.append(button)

    def _choose(self, key: str) -> None:
        self.chosen = key
        self.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._level:
            theme.draw_icon(QPainter(self), _LEVELS[self._level], _ROLES[self._level], 20, 17, 20)


class ReasonDialog(_PlainDialog):
    """Asks for a reason in words; too short a one is not taken."""

    def __init__(self, parent: QWidget | None, title: str, text: str) -> None:
        super().__init__(parent, title)
        self.add_words(title, text)
        self.field = LongTextInput(length=500)
        self.field.set_label(tr("Reason"))
        self.field.set_placeholder(tr("For example: the card itself says so, seen on 05/09/2026"))
        self.column.addWidget(self.field)
        self._note = ProblemNote(
            "error",
            tr("Write the reason in at least {count} characters.").format(count=LEAST_REASON),
        )
        self._note.hide()
        self.column.addWidget(self._note)
        cancel = Button(tr("Go back"), key="Esc")
        cancel.clicked.connect(self.reject)
        self.add_button(cancel)
        save = Button(tr("Keep the reason"), "primary", key="Enter")
        save.clicked.connect(self.accept)
        self.add_button(save)
        self.finish()
        self.field.move_on.connect(self.accept)
        self.field.edited.connect(self._note.hide)
        self.field.take_focus()

    def reason(self) -> str:
        """What was written."""
        return self.field.value_text()

    def accept(self) -> None:
        """Close if there is a reason, else say what is missing."""
        if len(self.reason()) < LEAST_REASON:
            self._note.show()
            self.fit()
            self.field.set_problem("error", self._note.words())
            return
        super().accept()
