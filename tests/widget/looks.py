"""Finds words that are cut off and widgets that stand beyond the edge of their page."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QWidget

from desktop.widget.field_label import FieldLabel
from desktop.widget.form_section import FormSection


def cut_words(widget: QWidget) -> list[str]:
    """Texts of the labels and buttons on screen that have less room than they need."""
    found = []
    for label in widget.findChildren(QLabel):
        if label.isVisibleTo(widget) and label.text() and not _fits(label):
            found.append(f"{type(label).__name__} {label.text()!r}: {label.size().toTuple()}")
    for button in widget.findChildren(QPushButton):
        wanted = button.sizeHint()
        if (
            button.text()
            and button.isVisibleTo(widget)
            and (button.width() < wanted.width() or button.height() < wanted.height() - 2)
        ):
            found.append(f"button {button.text()!r}: {button.width()} of {wanted.width()}")
    return found


def _fits(label: QLabel) -> bool:
    if label.wordWrap():
        return label.height() >= label.heightForWidth(label.width()) and _longest_word_fits(label)
    return label.width() >= label.sizeHint().width() or label.sizePolicy().horizontalPolicy() == (
        label.sizePolicy().Policy.Ignored
    )


def _longest_word_fits(label: QLabel) -> bool:
    if not isinstance(label, FieldLabel):
        return True
    margins = label.contentsMargins()
    room = label.width() - margins.left() - margins.right()
    longest = max(label.fontMetrics().horizontalAdvance(word) for word in label.text().split())
    return longest <= room


def too_wide(section: FormSection) -> int:
    """Pixels by which what is in a section is wider than what is seen of it."""
    body = section.widget()
    return 0 if body is None else body.minimumSizeHint().width() - section.viewport().width()


def unscrollable(area: QScrollArea) -> bool:
    """True if a part of the content can neither be seen nor scrolled to."""
    body = area.widget()
    layout = body.layout() if body is not None else None
    if body is None or layout is None:
        return False
    if layout.hasHeightForWidth():
        return body.height() < layout.heightForWidth(body.width())
    return body.height() < body.minimumSizeHint().height()
