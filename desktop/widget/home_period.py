"""The period whose report is due: how many days are left, and where today stands in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.base.numbers import format_integer
from desktop.base.translate import N_, tr
from desktop.widget import theme
from desktop.widget.parts import Card
from desktop.widget.parts.painted_button import PaintedButton
from desktop.widget.title_strip import SOON_DAYS

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QPaintEvent

    from desktop.service.report_data import Period
    from desktop.widget.home_cards import Doors

WEEKDAYS = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"),
    N_("Sunday"),
)  # fmt: skip
HEIGHT = 88
_LINE_TOP, _LINE_HEIGHT, _LABELS_TOP, _SIDE = 53, 8, 65, 8


class PeriodLine(PaintedButton):
    """The days left in large figures, over a line from the first day to the due date."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._period: Period | None = None
        self._today: date | None = None
        self._due: date | None = None
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_period(self, period: Period, today: date, due: date | None) -> None:
        """Another period, day or due date."""
        self._period, self._today, self._due = period, today, due
        words = " · ".join((" ".join(self.words()), self._closing_words()))
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def words(self) -> tuple[str, str]:
        """(the figure, what it counts): ("2", "ngày đến hạn gửi thứ Ba 16/06/2026")."""
        assert self._period is not None  # noqa: S101  (shown before it is painted)
        assert self._today is not None  # noqa: S101
        if self._due is None:
            left = max(0, (self._period.closing - self._today).days)
            told = tr("days until the figures close on {day}")
            return format_integer(left), told.format(day=_named(self._period.closing))
        left = (self._due - self._today).days
        told = tr("days until the report is due on {day}")
        if left < 0:
            told = tr("days late: the report was due on {day}")
        elif left == 0:
            told = tr("days left: the report is due today, {day}")
        return format_integer(abs(left)), told.format(day=_named(self._due))

    def _closing_words(self) -> str:
        assert self._period is not None  # noqa: S101
        assert self._today is not None  # noqa: S101
        left = (self._period.closing - self._today).days
        if left >= 0:
            return tr("Records count until {day}").format(day=f"{self._period.closing:%d/%m/%Y}")
        return tr("Figures closed on {day}").format(day=f"{self._period.closing:%d/%m/%Y}")

    def _role(self) -> str:
        if self._due is None or self._today is None:
            return "accent"
        left = (self._due - self._today).days
        if left < 0:
            return "error"
        return "warning" if left <= SOON_DAYS else "accent"

    def sizeHint(self) -> QSize:
        return QSize(320, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._period is None:
            return
        painter = QPainter(self)
        self._begin(painter)
        self._paint_words(painter)
        self._paint_line(painter)

    def _paint_words(self, painter: QPainter) -> None:
        look = theme.current()
        figure, told = self.words()
        large, plain = theme.font(600, 22), theme.font(500)
        painter.setFont(large)
        painter.setPen(look.color(self._role()))
        width = QFontMetrics(large).horizontalAdvance(figure)
        painter.drawText(QRect(_SIDE, 2, width + 4, 44), Qt.AlignmentFlag.AlignVCenter, figure)
        left = _SIDE + width + 12
        painter.setFont(plain)
        painter.setPen(look.color("text"))
        box = QRect(left, 5, self.width() - left - _SIDE, 20)
        shown = QFontMetrics(plain).elidedText(told, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.setFont(theme.font(400, 9))
        painter.setPen(look.color("quiet"))
        box = QRect(left, 25, self.width() - left - _SIDE, 18)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self._closing_words())

    def _paint_line(self, painter: QPainter) -> None:
        assert self._period is not None  # noqa: S101
        assert self._today is not None  # noqa: S101
        look = theme.current()
        first, closing = self._period.date_from, self._period.closing
        last = max(self._due or closing, closing)
        whole = max(1, (last - first).days)

        def at(day: date) -> float:
            part = min(1.0, max(0.0, (day - first).days / whole))
            return _SIDE + (self.width() - 2 * _SIDE) * part

        box = QRectF(_SIDE, _LINE_TOP, self.width() - 2 * _SIDE, _LINE_HEIGHT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("hover"))
        painter.drawRoundedRect(box, 4, 4)
        passed = QRectF(box)
        passed.setWidth(max(_LINE_HEIGHT, at(self._today) - _SIDE))
        painter.setBrush(look.color(self._role()))
        painter.drawRoundedRect(passed, 4, 4)
        if last > closing:
            tick = QRectF(at(closing) - 1, _LINE_TOP - 4, 2, _LINE_HEIGHT + 8)
            painter.setBrush(look.color("text"))
            painter.drawRect(tick)
        self._paint_dates(painter, first, closing)

    def _paint_dates(self, painter: QPainter, first: date, closing: date) -> None:
        painter.setFont(theme.font(400, 9))
        painter.setPen(theme.current().color("quiet"))
        box = QRect(_SIDE, _LABELS_TOP, self.width() - 2 * _SIDE, 18)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, middle, f"{first:%d/%m/%Y}")
        end = tr("closing {closing}").format(closing=f"{closing:%d/%m/%Y}")
        if self._due is not None:
            end += " · " + tr("due {due}").format(due=f"{self._due:%d/%m/%Y}")
        painter.drawText(box, middle | Qt.AlignmentFlag.AlignRight, end)


class PeriodCard(Card):
    """Which report is due; it opens the panel that exports it."""

    def __init__(self, doors: Doors, parent: QWidget | None = None) -> None:
        super().__init__(tr("Report that is due"), " ", parent)
        self.line = PeriodLine()
        self.line.clicked.connect(lambda: doors.open_report("export"))
        self.add(self.line)

    def show_period(self, period: Period, today: date, due: date | None) -> None:
        """Say period, days left and dates anew."""
        self.set_note(period.title)
        self.line.show_period(period, today, due)


def _named(day: date) -> str:
    return f"{tr(WEEKDAYS[day.weekday()])} {day:%d/%m/%Y}"
