"""What can be shown of a report: its panels, and its sheets with what is empty marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.base.translate import tr
from desktop.service.export_checks import COVER, has_figures
from desktop.widget.parts import NavButton, NavHeading

if TYPE_CHECKING:
    from desktop.service.report_data import Report

WIDTH = 218
EXPORT, SETTINGS, EARLIER = "export", "settings", "earlier"


class ReportNav(QScrollArea):
    """Says `chosen` with the code of a sheet, or EXPORT, SETTINGS, EARLIER."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[str, NavButton] = {}
        inside = QWidget()
        self._panels = QVBoxLayout()
        self._sheets = QVBoxLayout()
        column = QVBoxLayout(inside)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(0)
        column.addWidget(NavHeading(tr("The report")))
        column.addLayout(self._panels)
        column.addWidget(NavHeading(tr("Sheets")))
        column.addLayout(self._sheets)
        column.addStretch(1)
        for key, title, icon in (
            (EXPORT, tr("Export"), "download"),
            (SETTINGS, tr("How figures are counted"), "settings"),
            (EARLIER, tr("Earlier figures"), "history"),
        ):
            self._add(self._panels, key, title, icon)
        self.setFixedWidth(WIDTH)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)

    def _add(self, column: QVBoxLayout, key: str, title: str, icon: str = "") -> None:
        button = NavButton(title, icon)
        button.clicked.connect(lambda: self.chosen.emit(key))
        self._buttons[key] = button
        column.setSpacing(0)
        column.addWidget(button)

    def offer(self, report: Report) -> None:
        """Offer the sheets of a report."""
        for sheet in report.sheets:
            if sheet.code not in self._buttons:
                self._add(self._sheets, sheet.code, sheet.name)
            full = sheet.code == COVER or has_figures(sheet)
            self._buttons[sheet.code].set_count("" if full else tr("empty"))

    def set_current(self, key: str) -> None:
        """Mark what is on show."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)
