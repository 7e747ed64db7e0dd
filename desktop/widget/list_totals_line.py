"""The line under a list: what its columns come to over the records shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.base.translate import tr
from desktop.model.bridge import Soon, listen
from desktop.service.list_totals import (
    MEASURES,
    ColumnTotals,
    Measure,
    measure_words,
    total_text,
    totals_work,
)
from desktop.widget import theme
from desktop.widget.column_widths import PAD

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from desktop.model.jobs import Job
    from desktop.model.list_reader import ListReader
    from desktop.service.row_list import RowList
    from desktop.widget.list_table import ListTable

TALL, SOON_MS = 28, 250
GAP = 8


class TotalsLine(QWidget):
    """Left and right, Space, or a click take the next measure; worked out beside the window."""

    measure_changed = Signal(str)
    worked_out = Signal()

    def __init__(
        self, rows: RowList, table: ListTable, reader: ListReader, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.measure = Measure.TOTAL
        self._rows = rows
        self._table = table
        self._reader = reader
        self._found: dict[str, ColumnTotals] = {}
        self._job: Job | None = None
        self._soon = Soon(self, self._work_out, SOON_MS)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(tr("Click, or ← →: another measure"))
        self.setAccessibleName(tr("Totals"))
        listen(self, rows.changed, self._ask)
        head = table.horizontalHeader()
        head.sectionResized.connect(lambda *_: self.update())
        table.horizontalScrollBar().valueChanged.connect(lambda _: self.update())
        self.hide()

    def set_measure(self, measure: str) -> None:
        """Show this one; "" hides the line."""
        self.setVisible(bool(measure))
        if measure:
            self.measure = Measure(measure) if measure in set(Measure) else Measure.TOTAL
            self._say()
            self._ask()

    def texts(self) -> list[str]:
        """What stands under each column."""
        lists = self._rows.forms.lists
        return [
            total_text(one, self._found.get(one.key), self.measure, lists)
            for one in self._rows.columns
        ]

    def sizeHint(self) -> QSize:
        return QSize(100, TALL)

    def showEvent(self, event: object) -> None:
        self._ask()

    # Working out

    def _ask(self) -> None:
        if not self.isHidden():
            self._soon.ask()

    def _work_out(self) -> None:
        if self.isHidden() or self._rows.is_waiting:
            return
        if self._job is not None:
            self._job.cancel()
        self._job = self._reader.run(self, totals_work(self._rows), self._take, _raise)

    def _take(self, found: dict[str, ColumnTotals]) -> None:
        self._job = None
        self._found = found
        self._say()
        self.update()
        self.worked_out.emit()

    def _say(self) -> None:
        titles = (one.title for one in self._rows.columns)
        told = [
            f"{title}: {text}" for title, text in zip(titles, self.texts(), strict=True) if text
        ]
        self.setAccessibleDescription("; ".join([measure_words(self.measure), *told]))

    # Another measure

    def _turn(self, by: int) -> None:
        place = (MEASURES.index(self.measure) + by) % len(MEASURES)
        self.measure = MEASURES[place]
        self._say()
        self.update()
        self.measure_changed.emit(str(self.measure))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._turn(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Space: 1}
        by = steps.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
        else:
            self._turn(by)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme.current(), QPainter(self)
        painter.fillRect(self.rect(), look.color("hover"))
        painter.setPen(look.color("accent" if self.hasFocus() else "line"))
        painter.drawLine(0, 0, self.width(), 0)
        words = measure_words(self.measure)
        bold = theme.font(600, 8.5)
        room = QFontMetrics(bold).horizontalAdvance(words) + PAD
        painter.setFont(bold)
        painter.setPen(look.color("quiet"))
        painter.drawText(QRect(PAD, 0, room, TALL), Qt.AlignmentFlag.AlignVCenter, words)
        painter.setFont(theme.font(500))
        painter.setPen(look.color("text"))
        head = self._table.horizontalHeader()
        for place, text in enumerate(self.texts()):
            left = head.sectionViewportPosition(place) + self._table.viewport().x()
            box = QRect(left, 0, head.sectionSize(place), TALL).adjusted(PAD, 0, -PAD, 0)
            box.setLeft(max(box.left(), room + GAP))
            if text and box.width() > 0:
                self._paint_text(painter, box, text, self._rows.columns[place].align)

    def _paint_text(self, painter: QPainter, box: QRect, text: str, align: str) -> None:
        metrics = QFontMetrics(painter.font())
        if metrics.horizontalAdvance(text) > box.width():
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        side = Qt.AlignmentFlag.AlignRight if align == "right" else Qt.AlignmentFlag.AlignHCenter
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, text)


def _raise(error: Exception) -> None:
    raise error
