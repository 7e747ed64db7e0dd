"""What measuring shows of a picture: words that are cut, inputs that cover each other."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QScrollArea, QWidget

from desktop.widget.inputs import Input


def cut_words(window: QWidget) -> list[str]:
    """Texts of labels, buttons and lines that do not fit where they stand."""
    cut: list[str] = []
    for label in window.findChildren(QLabel):
        if label.isVisible() and label.text() and not _label_fits(label):
            cut.append(f"label {label.text()!r}")
    for button in window.findChildren(QPushButton):
        if button.isVisible() and button.width() < button.sizeHint().width() - 1:
            cut.append(f"button {button.text()!r}")
    for field in window.findChildren(Input):
        made = getattr(field, "line", lambda: None)()
        whole = field.width() >= field.sizeHint().width()
        if made is not None and whole and field.isVisible() and not _line_fits(made):
            cut.append(f"input {made.text()!r}")
    for area in window.findChildren(QScrollArea):
        inner = area.widget()
        if area.isVisible() and inner is not None and inner.width() > area.viewport().width():
            cut.append(f"page {inner.objectName()!r} at its right")
    return cut


def _line_fits(made: QLineEdit) -> bool:
    return QFontMetrics(made.font()).horizontalAdvance(made.text()) <= made.width() + 2


def _label_fits(label: QLabel) -> bool:
    room = label.contentsRect()
    if label.wordWrap():
        return label.height() >= label.heightForWidth(label.width()) - 1
    metrics = QFontMetrics(label.font())
    ink = metrics.tightBoundingRect(label.text())
    above = room.height() / 2 + label.contentsRect().top()
    return (
        metrics.horizontalAdvance(label.text()) <= room.width() + 1
        and -ink.top() - metrics.ascent() <= above - metrics.height() / 2
    )


def overlapping(window: QWidget) -> list[str]:
    """Inputs that lie over one another or outside the window."""
    bad: list[str] = []
    boxes: list[tuple[str, QRect]] = []
    for field in window.findChildren(Input):
        if not field.isVisible() or field.visibleRegion().isEmpty():
            continue
        box = QRect(field.mapTo(window, QPoint(0, 0)), field.size())
        name = field.accessibleName()
        if not (box.left() >= 0 and box.right() <= window.width()):
            bad.append(f"{name} is outside the window")
        bad += [f"{name} lies over {other}" for other, there in boxes if there.intersects(box)]
        boxes.append((name, box))
    return bad
