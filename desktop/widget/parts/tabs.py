"""The sections of a record, numbered for Alt+1 … Alt+9."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabBar, QWidget

from desktop.base.translate import tr
from desktop.widget import theme


class SectionTabs(QTabBar):
    """A tab per section. The page binds the keys; they are only shown here."""

    def __init__(self, titles: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles: tuple[str, ...] = ()
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setUsesScrollButtons(True)
        self.setIconSize(theme.ICON_SIZE)
        theme.when_changed(self._take_icons)
        self._problems: dict[int, tuple[str, int]] = {}
        self.setAccessibleName(tr("Parts"))
        self.set_titles(titles)

    def set_titles(self, titles: Sequence[str]) -> None:
        """Show other sections."""
        while self.count():
            self.removeTab(0)
        self._titles = tuple(titles)
        self._problems = {}
        for place, text in enumerate(titles):
            number = place + 1
            shown = text.replace("&", "&&")
            self.addTab(f"{number} {shown}" if number <= 9 else shown)
            self.setTabToolTip(place, f"Alt+{number}" if number <= 9 else "")
            self.setAccessibleTabName(place, text)

    def set_problems(self, place: int, level: str, count: int) -> None:
        """Show by a sign that a section has problems: "error" or "warning"; 0 takes it off."""
        before = self._problems.get(place)
        if count:
            self._problems[place] = (level, count)
        else:
            self._problems.pop(place, None)
        if self._problems.get(place) != before:
            self._take_icon(place)

    def _take_icons(self) -> None:
        for place in self._problems:
            self._take_icon(place)

    def _take_icon(self, place: int) -> None:
        level, count = self._problems.get(place, ("", 0))
        signs = {"error": "x-circle", "warning": "alert-triangle"}
        sign = signs.get(level, "")
        self.setTabIcon(place, theme.icon(sign, level) if sign else theme.no_icon())
        name = self._titles[place]
        self.setAccessibleTabName(place, f"{name} ({count})" if count else name)
