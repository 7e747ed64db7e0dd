"""What holds above a list, each a small button that takes it back, in as many lines as it takes."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from desktop.base.translate import tr
from desktop.widget.parts import Button

LONGEST = 58
"""Characters of a chip; the whole is its tool tip."""
GAP = 4


class ChipRow(QWidget):
    """`taken_back(place)`: by click, Enter, Space or Delete."""

    taken_back = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = Flow(self)
        self._chips: list[Button] = []
        self.hide()

    def show_chips(self, words: list[str]) -> None:
        """Show these, in this order; the keyboard stays where it stood among them."""
        had = next((n for n, one in enumerate(self._chips) if one.hasFocus()), -1)
        for chip in self._chips:
            chip.hide()
            chip.deleteLater()
        self._flow.clear()
        self._chips = [self._chip(place, text) for place, text in enumerate(words)]
        self.setVisible(bool(words))
        if had >= 0 and self._chips:
            self._chips[min(had, len(words) - 1)].setFocus(Qt.FocusReason.TabFocusReason)
        self.updateGeometry()

    def words(self) -> list[str]:
        """What holds."""
        return [chip.toolTip() for chip in self._chips]

    def _chip(self, place: int, words: str) -> Button:
        shown = words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + "…"
        chip = Button(shown, icon="x", parent=self)
        chip.setToolTip(words)
        chip.setAccessibleName(tr("Take back: {words}").format(words=words))
        chip.clicked.connect(lambda: self.taken_back.emit(place))
        chip.show()
        self._flow.addWidget(chip)
        return chip


class Flow(QLayout):
    """Side by side, the next line where there is no room."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def clear(self) -> None:
        """Let go of everything."""
        self._items.clear()
        self.invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), really=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, really=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        sizes = [item.minimumSize() for item in self._items]
        widest = min(max((one.width() for one in sizes), default=0), 200)
        return QSize(widest, max((one.height() for one in sizes), default=0))

    def _place(self, rect: QRect, *, really: bool) -> int:
        left, top, tall = rect.left(), rect.top(), 0
        for item in self._items:
            size = item.sizeHint()
            if left > rect.left() and left + size.width() > rect.right() + 1:
                left, top, tall = rect.left(), top + tall + GAP, 0
            if really:
                item.setGeometry(QRect(QPoint(left, top), size))
            left += size.width() + GAP
            tall = max(tall, size.height())
        return top + tall - rect.top()
