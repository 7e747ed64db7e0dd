"""What a card says beside what the record says: chosen line by line, filled in with Enter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout

from desktop.base.translate import ntr, tr
from desktop.widget import theme
from desktop.widget.parts import Button, Paragraph, ProblemNote, heading, quiet
from desktop.widget.parts.tick import Tick

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QWidget

    from desktop.service.card_reading import CardLine

WIDTH, SIDE, BOX = 620, 20, 16
_ARROW = "→"


class CardBox(QDialog):
    """Stands over the window while it is open; `chosen` says what to take once it is accepted."""

    def __init__(
        self, parent: QWidget, title: str, lines: Sequence[CardLine], warning: str = ""
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Identity card"))
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._lines = [line for line in lines if line.differs]
        self._boxes: list[QCheckBox] = []
        self._column = QVBoxLayout(self)
        self._column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        self._column.setContentsMargins(SIDE, 16, SIDE, 16)
        self._column.setSpacing(10)
        words = heading(title)
        words.setWordWrap(True)
        self._column.addWidget(words)
        same = [line.field.label for line in lines if not line.differs]
        if same:
            told = tr("The same already: {labels}.").format(labels=", ".join(same))
            self._column.addWidget(Paragraph(told))
        if warning:
            self._column.addWidget(ProblemNote("warning", warning))
        self._column.addLayout(self._make_grid())
        self._column.addLayout(self._make_foot())
        self._count()

    def showEvent(self, event: QShowEvent) -> None:
        """As high as the wrapped words need at this width, not as Qt guesses."""
        self.ensurePolished()
        self._column.invalidate()
        self.setFixedSize(WIDTH, self._column.totalHeightForWidth(WIDTH))
        super().showEvent(event)

    def chosen(self) -> list[CardLine]:
        """The lines to take over."""
        return [line for line, box in zip(self._lines, self._boxes, strict=True) if box.isChecked()]

    def boxes(self) -> list[QCheckBox]:
        """One per line that differs, in the form's order."""
        return list(self._boxes)

    def _make_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        for column, word in enumerate((tr("In the record now"), tr("On the card")), 1):
            grid.addWidget(quiet(word), 0, column)
        row = 1
        for line in self._lines:
            box = Tick(line.field.label)
            box.setChecked(line.take)
            box.setAccessibleDescription(f"{line.now} {_ARROW} {line.card} {line.why}".strip())
            box.toggled.connect(self._count)
            self._boxes.append(box)
            grid.addWidget(box, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(_value(line.now or tr("(nothing yet)"), faint=not line.now), row, 1)
            grid.addWidget(_value(line.card, strong=True), row, 2)
            row += 1
            if line.why:
                grid.addWidget(ProblemNote("warning", line.why), row, 1, 1, 2)
                row += 1
        return grid

    def _make_foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        leave = Button(tr("Leave the record as it is"), key="Esc")
        leave.clicked.connect(self.reject)
        foot.addWidget(leave)
        self.fill = Button("", "primary", key="Enter")
        self.fill.clicked.connect(self.accept)
        self.fill.setAutoDefault(True)
        self.fill.setDefault(True)
        self.fill.setFocus()
        foot.addWidget(self.fill)
        return foot

    def _count(self) -> None:
        count = sum(box.isChecked() for box in self._boxes)
        words = ntr("Fill in {count} field", "Fill in {count} fields", count).format(count=count)
        self.fill.set_words(words, "Enter")
        self.fill.setEnabled(count > 0)


def _value(text: str, *, faint: bool = False, strong: bool = False) -> QLabel:
    label = quiet(text) if faint else QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    if strong:
        label.setFont(theme.font(weight=500))
    return label
