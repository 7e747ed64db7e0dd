"""Labels of each kind, and wrapped text."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


def _label(text: str, kind: str) -> QLabel:
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("kind", kind)
    return made


def title(text: str) -> QLabel:
    """The name of a page or a record."""
    return _label(text, "title")


def heading(text: str) -> QLabel:
    """The name of a part."""
    return _label(text, "heading")


def quiet(text: str) -> QLabel:
    """What is read second."""
    return _label(text, "quiet")


def caption(text: str) -> QLabel:
    """A small heading in capitals, over a group."""
    return _label(text.upper(), "caption")


class Paragraph(QLabel):
    """Plain text in as many lines as it needs."""

    def __init__(self, text: str = "", kind: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", kind)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show another text."""
        self.setText(text)
        self.setAccessibleName(text)
