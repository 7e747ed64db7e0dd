"""Answers that are not asked any more: where they were, what they are, how they come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.base.numbers import format_integer
from desktop.base.translate import ntr, tr
from desktop.base.typed_text import shortened
from desktop.schema import types
from desktop.schema.definition import FieldType
from desktop.widget import theme
from desktop.widget.parts import Button, Paragraph

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from desktop.service.draft import Draft, RowDraft
    from desktop.widget.field_input import Desk

KEY = "Ctrl+."
LONGEST_VALUE = 40


class SetAsideLine(QWidget):
    """A quiet line in place of hidden fields."""

    asked = Signal()
    """The person wants the answers back."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(30, 4, 8, 4)
        row.setSpacing(8)
        self._words = Paragraph(kind="quiet")
        self.button = Button(tr("Bring back"), "link", key=KEY)
        self.button.clicked.connect(self.asked)
        row.addWidget(self._words, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)

    def tell(self, words: str, *, can_return: bool) -> None:
        """Say which answers; `can_return`: they can be brought back from here."""
        if self._words.text() != words:
            self._words.set_text(words)
        self.button.setVisible(can_return)
        self.show()

    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().color("hover"))
        painter.drawRoundedRect(QRectF(self.rect()), 3, 3)
        theme.draw_icon(painter, "inbox", "quiet", 8, 7, 16)


def line_words(row: RowDraft, names: list[str], desk: Desk) -> str:
    """“2 answers set aside, dropped when saved: …”, with what they are."""
    told = ntr(
        "{count} answer set aside, dropped when saved: {answers}.",
        "{count} answers set aside, dropped when saved: {answers}.",
        len(names),
    )
    answers = "; ".join(_answer(row, name, desk) for name in names)
    return told.format(count=format_integer(len(names)), answers=answers)


def _answer(row: RowDraft, name: str, desk: Desk) -> str:
    one = row.register.field(name)
    value, text = row.values.get(name), row.texts[name]
    if one.type is FieldType.REFERENCE and value:
        text = desk.lookups.title(one.to, str(value)) or text
    elif value is not None:
        text = types.show(one, value, desk.forms.lists)
    return f"{one.label} “{shortened(text, LONGEST_VALUE)}”"


def set_aside_names(row: RowDraft) -> list[str]:
    """Fields of a row with an answer that is not asked, in the form's order."""
    return [name for name in row.set_aside() if not row.register.field(name).computed]


def dropped_words(draft: Draft) -> str:
    """Which answers saving has dropped, "" for none."""
    labels = [
        row.register.field(name).label for row in draft.rows() for name in set_aside_names(row)
    ]
    if not labels:
        return ""
    told = ntr(
        "{count} answer that is not asked any more was dropped: {labels}.",
        "{count} answers that are not asked any more were dropped: {labels}.",
        len(labels),
    )
    return told.format(count=format_integer(len(labels)), labels=", ".join(labels))
