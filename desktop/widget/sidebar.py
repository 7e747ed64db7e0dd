"""The left column: every page, with its count; groups fold, and stay folded."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop.base.numbers import format_integer
from desktop.base.translate import tr
from desktop.widget import theme
from desktop.widget.inputs.frame import text_width
from desktop.widget.parts import NavButton
from desktop.widget.parts.painted_button import PaintedButton

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

MARGIN = 8
NARROWEST, WIDEST = 176, 232
_COUNT_ROOM = 64
"""For a figure, and the sign of a problem before it."""


class _Fold(PaintedButton):
    """The heading of a group: pressed, it folds or opens."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setText(title)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._speak)
        self._speak()

    def _speak(self) -> None:
        state = tr("folded") if self.isChecked() else tr("open")
        self.setAccessibleName(f"{self.text()}, {state}")

    def sizeHint(self) -> QSize:
        return QSize(NARROWEST, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = theme.current()
        painter.setFont(theme.font(600, 8))
        painter.setPen(look.color("text" if self.underMouse() else "quiet"))
        box = QRect(10, 4, self.width() - 36, self.height() - 4)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self.text().upper())
        sign = "chevron-right" if self.isChecked() else "chevron-down"
        theme.draw_icon(painter, sign, "quiet", self.width() - 24, 10, 13)


class _Group(QWidget):
    """A heading and its pages."""

    def __init__(self, title: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.fold = _Fold(title)
        column.addWidget(self.fold)
        self._pages = QWidget()
        self.pages = QVBoxLayout(self._pages)
        self.pages.setContentsMargins(0, 0, 0, 0)
        self.pages.setSpacing(0)
        column.addWidget(self._pages)
        self.fold.toggled.connect(lambda on: self._pages.setVisible(not on))


class Sidebar(QWidget):
    """Pages without a group stand at the top, registers in the middle, other groups at the foot."""

    chosen = Signal(str)
    folded = Signal(list)
    """Titles of the groups that are folded now."""

    def __init__(self, folded: list[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folded = set(folded)
        self._buttons: dict[str, NavButton] = {}
        self._at_top: list[str] = []
        self._group_of: dict[str, _Group] = {}
        self._groups: dict[str, _Group] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, MARGIN, 1, MARGIN)
        self._column.setSpacing(0)
        self._top = self._strip()
        self._column.addLayout(self._top)
        self._column.addWidget(self._make_middle(), 1)
        self._foot = self._strip()
        self._column.addLayout(self._foot)
        self.setFixedWidth(NARROWEST)

    def _strip(self) -> QVBoxLayout:
        strip = QVBoxLayout()
        strip.setContentsMargins(MARGIN, 0, MARGIN, 0)
        strip.setSpacing(0)
        return strip

    def _make_middle(self) -> QScrollArea:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.verticalScrollBar().setStyleSheet("QScrollBar:vertical { width: 8px; }")
        holder = QWidget()
        self._middle = QVBoxLayout(holder)
        self._middle.setContentsMargins(MARGIN, 0, MARGIN, 0)
        self._middle.setSpacing(0)
        self._middle.addStretch(1)
        area.setWidget(holder)
        self._area = area
        return area

    def add_page(self, key: str, title: str, icon: str = "", group: str = "") -> None:
        """One more page; those of a group stand at the foot, those of none at the top."""
        if not group:
            self._top.addWidget(self._make_button(key, title, icon))
            self._at_top.append(key)
            self._put_in_order()
            return
        if group not in self._groups:
            self._groups[group] = self._make_group(group)
            self._foot.addWidget(self._groups[group])
        self._add_to_group(self._groups[group], key, title, icon)

    def _put_in_order(self) -> None:
        """The keyboard goes from the top to the foot, whichever page was added first."""
        order = [*self._at_top, *(key for key in self._buttons if key not in self._at_top)]
        self._buttons = {key: self._buttons[key] for key in order}
        for before, after in pairwise(self._buttons.values()):
            QWidget.setTabOrder(before, after)

    def add_register(self, key: str, title: str, group: str) -> None:
        """One more register, in the scrolled middle."""
        if group not in self._groups:
            self._groups[group] = self._make_group(group)
            self._middle.insertWidget(self._middle.count() - 1, self._groups[group])
        self._add_to_group(self._groups[group], key, title, "")

    def _add_to_group(self, group: _Group, key: str, title: str, icon: str) -> None:
        group.pages.addWidget(self._make_button(key, title, icon))
        self._group_of[key] = group

    def _make_group(self, title: str) -> _Group:
        group = _Group(title)
        group.fold.setChecked(title in self._folded)
        group.fold.toggled.connect(lambda on: self._keep_folded(title, on))
        return group

    def _make_button(self, key: str, title: str, icon: str) -> NavButton:
        button = NavButton(title, icon)
        button.setAutoExclusive(False)
        button.clicked.connect(lambda: self._clicked(key))
        self._buttons[key] = button
        wanted = text_width(title) + _COUNT_ROOM + 2 * MARGIN + (26 if icon else 0)
        self.setFixedWidth(max(self.width(), min(WIDEST, max(NARROWEST, wanted))))
        return button

    def _clicked(self, key: str) -> None:
        # Whether the page comes is for the window to say: it may have to ask first.
        self._buttons[key].setChecked(not self._buttons[key].isChecked())
        self.chosen.emit(key)

    def set_current(self, key: str) -> None:
        """Mark the page on show and bring it into view."""
        for name, button in self._buttons.items():
            button.setChecked(name == key)
        group = self._group_of.get(key)
        if group is not None:
            group.fold.setChecked(False)
        shown = self._buttons.get(key)
        if shown is not None and self._area.isAncestorOf(shown):
            self._area.ensureWidgetVisible(shown, 0, 40)
            self._snap()

    def _snap(self) -> None:
        """Begin with a whole line: half a word under the pages at the top looks broken."""
        bar, holder = self._area.verticalScrollBar(), self._area.widget()
        if holder is None:
            return
        lines = [*self._buttons.values(), *(one.fold for one in self._groups.values())]
        tops = sorted(
            one.mapTo(holder, QPoint(0, 0)).y()
            for one in lines
            if holder.isAncestorOf(one) and one.isVisibleTo(holder)
        )
        bar.setValue(next((top for top in tops if top >= bar.value()), bar.value()))

    def set_count(self, key: str, count: int | None, *, attention: bool = False) -> None:
        """The figure behind a page, None for none."""
        if key in self._buttons:
            shown = "" if count is None else format_integer(count)
            self._buttons[key].set_count(shown, attention=attention)

    def set_problems(self, key: str, errors: int, warnings: int) -> None:
        """What is wrong with the records of a page, beside its figure."""
        if key in self._buttons:
            self._buttons[key].set_problems(errors, warnings)

    def titles(self) -> list[tuple[str, str]]:
        """(key, title) of every page."""
        return [(key, button.text()) for key, button in self._buttons.items()]

    def button(self, key: str) -> NavButton:
        """The button of a page. Raises KeyError."""
        return self._buttons[key]

    def _keep_folded(self, title: str, on: bool) -> None:
        (self._folded.add if on else self._folded.discard)(title)
        self.folded.emit(sorted(self._folded))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go to the neighbour that is on screen."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        shown = [button for button in self._buttons.values() if button.isVisible()]
        here = next((n for n, button in enumerate(shown) if button.hasFocus()), -1)
        if step is None or here < 0:
            super().keyPressEvent(event)
            return
        shown[max(0, min(len(shown) - 1, here + step))].setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.color("panel"))
        painter.setPen(look.color("line"))
        painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())
