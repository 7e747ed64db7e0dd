"""Short fields on one line, one under the other where there is no room or something is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QBoxLayout, QLabel, QWidget

from desktop.widget.field_row import width_behind_label

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from desktop.widget.field_row import FieldRow

GAP = 16
_BESIDE, _BELOW = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom


class FieldLine(QWidget):
    """Rows of fields that belong together: from, to."""

    def __init__(self, rows: Sequence[FieldRow], below: int) -> None:
        """`below`: pixels between rows that stand one under the other."""
        super().__init__()
        self._rows = tuple(rows)
        self._below = below
        self._lay = QBoxLayout(_BELOW, self)
        self._lay.setContentsMargins(0, 0, 0, 0)
        self._lay.setSpacing(below)
        for row in rows:
            self._lay.addWidget(row)
        self._lay.setStretch(len(rows) - 1, 1)

    def arrange(self) -> None:
        """Stand beside each other if all of it fits and nothing has to be said below."""
        shown = [row for row in self._rows if not row.isHidden()]
        self.setVisible(bool(shown))
        calm = not any(row.problems() for row in shown)
        beside = calm and self._width_of(shown) <= self.width()
        if beside == (self._lay.direction() == _BESIDE):
            self._set_labels(shown, beside=beside)
            return
        self._lay.setDirection(_BESIDE if beside else _BELOW)
        self._lay.setSpacing(GAP if beside else self._below)
        self._set_labels(shown, beside=beside)

    def _width_of(self, shown: Sequence[FieldRow]) -> int:
        wide = GAP * (len(shown) - 1)
        for place, row in enumerate(shown):
            wide += row.label.width_beside(place > 0) + width_behind_label(row)
        return wide

    def _set_labels(self, shown: Sequence[FieldRow], *, beside: bool) -> None:
        for place, row in enumerate(shown):
            row.label.stand_beside(beside and place > 0)

    def minimumSizeHint(self) -> QSize:
        """It can always give way: one under the other."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.arrange()


class GroupHeading(QLabel):
    """Over fields that belong together; gone while none of them is asked."""

    def __init__(self, text: str, rows: Sequence[FieldRow]) -> None:
        super().__init__(text)
        self.setProperty("kind", "group")
        self._rows = tuple(rows)

    def follow(self) -> None:
        """Show or hide it with its fields."""
        wanted = any(not row.isHidden() for row in self._rows)
        if self.isHidden() == wanted:
            self.setVisible(wanted)
