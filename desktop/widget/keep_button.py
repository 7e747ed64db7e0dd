"""The pin behind an input: its answer is kept for the next record, or not."""

from __future__ import annotations

from PySide6.QtCore import Qt

from desktop.base.translate import tr
from desktop.widget import theme
from desktop.widget.parts import Button

WIDTH = 30


class KeepButton(Button):
    """Pressed while the answer is kept. Ctrl+L presses it: Tab goes past it."""

    def __init__(self, label: str, on: bool) -> None:
        """`label`: of the field it stands behind."""
        super().__init__("", "flat")
        self._label = label
        self.setCheckable(True)
        self.setChecked(on)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedWidth(WIDTH)
        self.toggled.connect(self._show_kept)
        theme.when_changed(self._follow_theme)
        self._show_kept(on)

    def _follow_theme(self) -> None:
        self._show_kept(self.isChecked())

    def _show_kept(self, on: bool) -> None:
        words = tr("Kept for the next record") if on else tr("Keep for the next record")
        self.setIcon(theme.icon("pin" if on else "pin-off", "accent" if on else "quiet"))
        self.setToolTip(f"{words} (Ctrl+L)")
        self.setAccessibleName(f"{words}: {self._label}")
