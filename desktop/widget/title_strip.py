"""The strip at the top: menus, whose office this is, which period, how long it still has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QHBoxLayout, QMenuBar, QSizePolicy, QWidget

from desktop.base.translate import tr
from desktop.widget import theme
from desktop.widget.parts import Badge, Button

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

HEIGHT = 44
WIDE = 1300
"""From this width on the dates of the period stand beside its name."""
SOON_DAYS = 14
SEARCH_WIDTH, SEARCH_NARROWEST = 300, 190


@dataclass(frozen=True, kw_only=True)
class Heading:
    """What the strip and the title bar say."""

    office: str = ""
    period: str = ""
    """As "6 tháng đầu năm 2026"."""
    dates: str = ""
    """As "15/12/2025–14/06/2026"."""
    days_left: int | None = None
    """Until the report is due; None: nothing is due."""

    def days_words(self) -> str:
        """As "Còn 12 ngày"."""
        if self.days_left is None:
            return ""
        if self.days_left < 0:
            return tr("{count} days late").format(count=-self.days_left)
        return tr("{count} days left").format(count=self.days_left)

    def window_title(self) -> str:
        """For the title bar and the task bar."""
        dates = f" ({self.dates})" if self.dates else ""
        period = tr("Period {name}").format(name=self.period) + dates if self.period else ""
        parts = [tr("Sổ CTXH"), self.office, period, self.days_words().lower()]
        return " – ".join(part for part in parts if part)


class _Office(QWidget):
    """The program's name and the office's, which is shortened where there is no room."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def set_text(self, text: str) -> None:
        self._text = text
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(QFontMetrics(theme.font(500)).horizontalAdvance(self._text) + 4, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.font(500))
        painter.setPen(theme.current().color("text"))
        shown = QFontMetrics(painter.font()).elidedText(
            self._text, Qt.TextElideMode.ElideRight, self.width()
        )
        painter.drawText(QRect(0, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignVCenter,
                         shown)  # fmt: skip


class TitleStrip(QWidget):
    """`sidebar_asked` from the button at the left end."""

    sidebar_asked = Signal()

    def __init__(self, search: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self._heading = Heading()
        self._search = search
        self.sidebar_button = Button("", "flat", icon="list")
        self.sidebar_button.setAccessibleName(tr("Show or hide the pages"))
        self.sidebar_button.setToolTip(tr("Show or hide the pages (Ctrl+B)"))
        self.sidebar_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.sidebar_button.setFixedWidth(30)
        self.sidebar_button.clicked.connect(self.sidebar_asked)
        self.menu_bar = QMenuBar()
        self.menu_bar.setNativeMenuBar(False)
        self.menu_bar.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.menu_bar.setStyleSheet("QMenuBar { border: 0; }")
        self.menu_bar.setFixedHeight(30)
        self._office = _Office()
        self._period = Badge("", "accent")
        self._days = Badge("", "warning")
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 12, 0)
        row.setSpacing(10)
        row.addWidget(self.sidebar_button)
        row.addWidget(self.menu_bar)
        row.addWidget(self._office, 1)
        row.addWidget(self._period)
        row.addWidget(self._days)
        row.addSpacing(6)
        row.addWidget(self._search)
        self._search.setMinimumWidth(SEARCH_NARROWEST)
        self._search.setMaximumWidth(SEARCH_WIDTH)
        self.show_heading(self._heading)

    def show_heading(self, heading: Heading) -> None:
        """Say another office, period or day."""
        self._heading = heading
        self._office.set_text(heading.office)
        role = "error" if (heading.days_left or 0) < 0 else "quiet"
        if heading.days_left is not None and 0 <= heading.days_left <= SOON_DAYS:
            role = "warning"
        self._days.set_text(heading.days_words(), role)
        self._days.setVisible(heading.days_left is not None)
        self._show_period()

    def _show_period(self) -> None:
        words = self._heading.period
        if self._heading.dates and self.width() >= WIDE:
            words += f" · {self._heading.dates}"
        self._period.set_text(words)
        self._period.setToolTip(self._heading.dates)
        self._period.setVisible(bool(words))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_period()
        self._search.setFixedWidth(SEARCH_WIDTH if self.width() >= WIDE else SEARCH_NARROWEST)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.color("panel"))
        painter.setPen(look.color("line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
