"""What is wrong with how a page looks and reads: cut words, scroll bars inside scroll bars, things
beyond the edge, what has no name, words too faint, a keyboard that cannot be seen.

Run as a program it looks at every page at one scale in one theme, and writes what it finds.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QScrollArea,
    QWidget,
)

from desktop.widget import theme
from desktop.widget.field_row import FieldRow
from desktop.widget.form_section import FormSection
from tests.widget.looks import cut_words, too_wide

LEAST_CONTRAST = 4.5
LEAST_RING = 20
"""Pixels that must look different once the keyboard is there."""


def audit(page: QWidget) -> list[str]:
    """Everything that is wrong with a page on show."""
    return [
        *cut_words(page),
        *scroll_bars_inside_scroll_bars(page),
        *beyond_the_edge(page),
        *(f"{one.plan.title} is too wide" for one in shown(page, FormSection) if too_wide(one) > 0),
        *without_a_name(page),
        *faint_words(page),
    ]


T = TypeVar("T", bound=QWidget)


def shown(page: QWidget, kind: type[T]) -> list[T]:
    """Widgets of a kind that can be seen, or scrolled to."""
    return [one for one in page.findChildren(kind) if one.isVisibleTo(page)]


def told(widget: QWidget) -> str:
    """A widget by its kind, name and ancestors, for a message."""
    words = getattr(widget, "text", None)
    said = words() if callable(words) else ""
    above = widget.parentWidget()
    around = f" in {type(above).__name__}" if above is not None else ""
    return f"{type(widget).__name__} {said or widget.accessibleName()!r}{around}"


def scroll_bars_inside_scroll_bars(page: QWidget) -> Iterator[str]:
    """Areas with a bar inside an area with the same bar; a form that scrolls sideways."""
    for area in shown(page, QAbstractScrollArea):
        if isinstance(area, FormSection) and area.horizontalScrollBar().maximum() > 0:
            yield f"{told(area)} scrolls sideways"
        for bar_of in ("verticalScrollBar", "horizontalScrollBar"):
            bar = getattr(area, bar_of)()
            if not bar.isVisibleTo(area):
                continue
            around = area.parentWidget()
            while around is not None and around is not page:
                if isinstance(around, QScrollArea) and getattr(around, bar_of)().isVisible():
                    yield f"{told(area)} has a {bar_of} inside that of {told(around)}"
                around = around.parentWidget()


def beyond_the_edge(page: QWidget) -> Iterator[str]:
    """Widgets of which a part lies outside their parent, where nothing scrolls them into view."""
    for one in page.findChildren(QWidget):
        parent = one.parentWidget()
        if parent is None or not one.isVisible() or one.isWindow() or one.size().isEmpty():
            continue
        area = parent.parentWidget()
        if isinstance(area, QAbstractScrollArea) and parent is area.viewport():
            continue
        if not parent.rect().adjusted(-1, -1, 1, 1).contains(one.geometry()):
            yield f"{told(one)} at {one.geometry().getRect()} is beyond {parent.size().toTuple()}"


def without_a_name(page: QWidget) -> Iterator[str]:
    """What takes the keyboard and has no name; inputs without a label that leads to them."""
    for one in page.findChildren(QWidget):
        takes = one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.focusProxy() is None
        if not takes or not one.isVisibleTo(page) or not one.isEnabled():
            continue
        if isinstance(one, QScrollArea) or one.parent() is None:
            continue
        text = one.text() if isinstance(one, QAbstractButton) else ""
        if not (one.accessibleName() or text):
            yield f"{told(one)} has no name"
    for row in shown(page, FieldRow):
        if row.label.buddy() is not row.input or not row.input.editor().accessibleName():
            yield f"{row.field.name} is not led to by its label"


def luminance(color: QColor) -> float:
    """Relative luminance, WCAG 2.1."""
    parts = (color.redF(), color.greenF(), color.blueF())
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: QColor, other: QColor) -> float:
    """Contrast of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def faint_words(page: QWidget) -> Iterator[str]:
    """Labels and buttons whose words, as painted, stand out too little from their ground."""
    picture = page.grab().toImage()
    ratio = picture.devicePixelRatio()
    widgets: list[QLabel | QAbstractButton] = [*shown(page, QLabel), *shown(page, QAbstractButton)]
    for one in widgets:
        text = one.text()
        seen = one.visibleRegion().boundingRect()
        if not text or not one.isEnabled() or seen != one.rect() or seen.height() < 12:
            continue
        if page.childAt(one.mapTo(page, seen.center())) is not one:
            continue  # something lies over it
        corner = one.mapTo(page, seen.topLeft())
        box = QRect(corner * ratio, seen.size() * ratio)
        found = painted_contrast(picture.copy(box))
        if found < LEAST_CONTRAST:
            yield f"{told(one)}: contrast {found:.1f}"


def painted_contrast(picture: QImage) -> float:
    """Between the commonest colour of a picture and the one that stands out most from it."""
    colours = Counter(pixels(picture))
    ground = QColor(colours.most_common(1)[0][0])
    return max(contrast(ground, QColor(one)) for one in colours)


def pixels(picture: QImage) -> list[int]:
    """Every pixel, row by row, as 0xffrrggbb."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    return memoryview(plain.constBits()).cast("I").tolist()


def unseen_keyboards(page: QWidget, tried: set[str]) -> Iterator[str]:
    """Widgets that look the same with the keyboard as without: one of each kind in each place,
    those in `tried` left out."""
    for one in page.findChildren(QWidget):
        kind = f"{type(one.parent()).__name__}: {type(one).__name__} {one.property('kind') or ''}"
        takes = one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.focusProxy() is None
        if not takes or not one.isVisible() or not one.isEnabled() or kind in tried:
            continue
        if isinstance(one, QScrollArea) or one.visibleRegion().boundingRect().height() < 12:
            continue
        tried.add(kind)
        if ring(page, one) < LEAST_RING:
            yield f"{told(one)} ({kind}) shows no keyboard"


def ring(page: QWidget, one: QWidget) -> int:
    """Pixels in and around a widget that change when the keyboard comes."""
    away = page.focusWidget()
    if away is not None:
        away.clearFocus()
    QApplication.processEvents()
    before = page.grab().toImage()
    one.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    after = page.grab().toImage()
    ratio = before.devicePixelRatio()
    box = QRect(one.mapTo(page, QPoint(0, 0)), one.size()).adjusted(-14, -6, 40, 6)
    inside = QRect(box.topLeft() * ratio, box.size() * ratio).intersected(before.rect())
    pairs = zip(pixels(before.copy(inside)), pixels(after.copy(inside)), strict=True)
    return sum(one != other for one, other in pairs)


def main() -> None:
    """Look at every page: the scale is that of the process, the theme its first argument."""
    import scenes
    from studio import Studio

    folder = Path(sys.argv[2])
    scale = float(os.environ["QT_SCALE_FACTOR"])
    studio = Studio(folder, scale, theme.DARK if sys.argv[1] == "dark" else theme.LIGHT)
    studio.patience = 0.05
    tried: set[str] = set()
    for name, page in scenes.before_the_office(studio):
        report(name, page, tried)
    with studio.window() as window:
        for name, page in scenes.every_page(studio, window):
            report(name, page, tried)
    print(f"looked at {len(tried)} places of the keyboard")


def report(name: str, page: QWidget, tried: set[str]) -> None:
    """Write what is wrong with one page."""
    for one in dict.fromkeys([*audit(page), *unseen_keyboards(page, tried)]):
        print(f"{name}: {one}")


if __name__ == "__main__":
    main()
