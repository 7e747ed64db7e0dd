"""The programme's figures against their targets, each with its way over earlier periods."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from desktop.base.numbers import format_decimal
from desktop.base.translate import tr
from desktop.service.overview import figures
from desktop.widget import theme
from desktop.widget.parts import BarRow, Card, Paragraph

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QPaintEvent

    from desktop.service.overview import Progress112
    from desktop.service.report_data import Period, Report
    from desktop.service.trends import Trends
    from desktop.widget.home_cards import Doors

ROW, TALL_ROW, NARROW = 36, 62, 860
"""Below that width the bar goes under its title."""
NUMBER, VALUE, TREND, TARGET, BAR, GAP = 22, 118, 130, 112, 12, 12
TITLE_SHARE = 0.58
FIGURES = "B01"


@dataclass(frozen=True)
class Spark:
    """One point of the small line: which period, and its figure, None where nobody knows it."""

    period: str
    value: float | None


class TargetRow(BarRow):
    """A bar with its title in up to two lines, and a small line of earlier figures."""

    def __init__(
        self, one: Progress112, points: Sequence[Spark], parent: QWidget | None = None
    ) -> None:
        """`points`: the oldest first, the period on show last."""
        self._points = tuple(points)
        super().__init__(
            one.number, one.title, one.share, one.target, one.value, one.target_text, parent
        )
        words = [self.accessibleName(), self.trend_words()]
        self.setAccessibleName(", ".join(words))
        self.setToolTip(f"{one.title}\n{self.trend_words()}")

    def trend_words(self) -> str:
        """The way of the figure, or that nothing is known of the time before."""
        known = [one for one in self._points if one.value is not None]
        if not any(one.value is not None for one in self._points[:-1]):
            return tr("no figures of earlier periods")
        return " → ".join(f"{one.period}: {format_decimal(one.value or 0, 1)} %" for one in known)

    def sizeHint(self) -> QSize:
        return QSize(560, TALL_ROW if self.width() < NARROW else ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._begin(painter)
        if self.width() < NARROW:
            self._paint_tall(painter)
        else:
            self._paint_flat(painter)
        self._paint_rule(painter)

    def _paint_flat(self, painter: QPainter) -> None:
        width, height = self.width(), self.height()
        rest = width - NUMBER - VALUE - TREND - TARGET - 3 * GAP
        title = int(rest * TITLE_SHARE)
        bar = rest - title
        left = NUMBER + title
        self._write(painter, QRect(0, 0, NUMBER, height), self._number, "quiet")
        self._paint_title(painter, QRect(NUMBER, 0, title - GAP, height))
        self._paint_bar(painter, QRect(left, (height - BAR) // 2, bar, BAR))
        left += bar + GAP
        self._write(painter, QRect(left, 0, VALUE, height), self._value_text, "text")
        left += VALUE + GAP
        self._paint_trend(painter, QRect(left, 0, TREND, height))
        right = Qt.AlignmentFlag.AlignRight
        box = QRect(width - TARGET, 0, TARGET, height)
        self._write(painter, box, self._target_text, "quiet", right)

    def _paint_tall(self, painter: QPainter) -> None:
        width, upper, lower = self.width(), 36, 24
        right = Qt.AlignmentFlag.AlignRight
        self._write(painter, QRect(0, 2, NUMBER, upper), self._number, "quiet")
        self._paint_title(painter, QRect(NUMBER, 2, width - NUMBER - TARGET - GAP, upper))
        box = QRect(width - TARGET, 2, TARGET, upper)
        self._write(painter, box, self._target_text, "quiet", right)
        bar = width - NUMBER - VALUE - TREND - 2 * GAP
        self._paint_bar(painter, QRect(NUMBER, upper + (lower - BAR) // 2, bar, BAR))
        left = NUMBER + bar + GAP
        self._write(painter, QRect(left, upper, VALUE, lower), self._value_text, "text")
        self._paint_trend(painter, QRect(width - TREND, upper, TREND, lower))

    def _paint_title(self, painter: QPainter, box: QRect) -> None:
        """In one line if it fits, else smaller in two."""
        painter.setPen(theme.current().color("text"))
        font = theme.font()
        if QFontMetrics(font).horizontalAdvance(self.text()) > box.width():
            font = theme.font(400, 9)
        painter.setFont(font)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(box, flags, self.text())

    def _paint_trend(self, painter: QPainter, box: QRect) -> None:
        look = theme.current()
        known = [one.value for one in self._points if one.value is not None]
        if not any(one.value is not None for one in self._points[:-1]):
            painter.setFont(theme.font(400, 8.5))
            painter.setPen(look.color("quiet"))
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(box, flags, tr("no earlier figures"))
            return
        inner = box.adjusted(4, 8, -4, -8)
        low, high = min(known), max(known)
        step = inner.width() / max(1, len(self._points) - 1)

        def at(place: int, value: float) -> QPointF:
            part = (value - low) / (high - low) if high > low else 0.5
            return QPointF(inner.left() + step * place, inner.bottom() - part * inner.height())

        dots = [at(n, p.value) for n, p in enumerate(self._points) if p.value is not None]
        painter.setPen(QPen(look.color("accent"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(dots))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("accent"))
        for dot in dots:
            last = dot is dots[-1]
            painter.drawEllipse(dot, 3.2 if last else 2.0, 3.2 if last else 2.0)


class TargetsCard(Card):
    """The decision's targets, each with its bar."""

    def __init__(
        self, period: Period, today: date, doors: Doors, parent: QWidget | None = None
    ) -> None:
        until = tr("until {day}").format(day=f"{min(period.closing, today):%d/%m/%Y}")
        super().__init__(_title(period), until, parent)
        self._period = period
        self._doors = doors

    def show_words(self, words: str) -> None:
        """Why there are no figures."""
        self.clear()
        self.add(Paragraph(words, "quiet"))

    def show_targets(self, found: Sequence[Progress112], report: Report, trends: Trends) -> None:
        """Show the figures of a report, with those of the periods before it."""
        self.clear()
        now = figures(report)
        for one in found:
            before = [Spark(point.period, point.value) for point in trends.get(one.code, ())]
            while before and before[0].value is None:
                before.pop(0)
            row = TargetRow(one, [*before, Spark(self._period.title, now.get(one.code))])
            row.opened.connect(self._target_opener(one))
            self.add(row)

    def _target_opener(self, one: Progress112) -> Callable[[], None]:
        if not one.counted:
            return lambda: self._doors.open_report(FIGURES)
        return lambda: self._doors.open_figure(FIGURES, "I", one.code, "3", one.title)


def _title(period: Period) -> str:
    if period.phase is None:
        return tr("Targets")
    years = f"{period.phase.first}–{period.phase.last}"
    return tr("Targets of Decision 112, phase {years}").format(years=years)
