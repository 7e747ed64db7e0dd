"""An input's name, its problem, and whether it can be changed: shown, and read aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QToolTip, QWidget

from desktop.widget.inputs.announce import say_aloud
from desktop.widget.inputs.frame import Frame

if TYPE_CHECKING:
    from PySide6.QtGui import QHelpEvent

LEVELS = ("error", "warning", "info")


class Marked(Frame):
    """A frame that shows a problem by its colour and tells it to screen readers."""

    def __init__(self, parent: QWidget | None = None, *, columns: int = 20) -> None:
        super().__init__(parent, columns=columns)
        self._level: str | None = None
        self._problem = ""
        self._help = ""
        self._unreadable = False

    def set_problem(self, level: str | None, text: str = "") -> None:
        """Mark the frame with "error", "warning" or "info"; None takes the mark away.

        Raises ValueError for another level.
        """
        if level is not None and level not in LEVELS:
            raise ValueError(f"unknown problem level {level!r}")
        if (level, text) == (self._level, self._problem):
            return
        new = bool(text) and text != self._problem
        self._level, self._problem = level, text
        self._describe()
        if new:
            say_aloud(self._editor, f"{self.accessibleName()}: {text}", urgent=level == "error")
        self.update()

    def problem(self) -> tuple[str | None, str]:
        """The mark set last, as (level, text)."""
        return self._level, self._problem

    def set_read_only(self, on: bool) -> None:
        """Show the value but take no change; it can still be focused, read aloud and copied."""
        self._read_only = on
        self._show_read_only(on)
        self._place_editor()
        self.update()

    def is_read_only(self) -> bool:
        """True if the value cannot be changed here."""
        return self._read_only

    def set_label(self, text: str) -> None:
        """The accessible name."""
        self.setAccessibleName(text)
        self._editor.setAccessibleName(text)

    def set_help(self, text: str) -> None:
        """What to enter here: tool tip, and read aloud after the name."""
        self._help = text
        self._describe()

    def frame_role(self) -> str:
        if self._level == "error" or (self._unreadable and self._level is None):
            return "error"
        if self._level == "warning":
            return "warning"
        return "accent" if self._level == "info" else super().frame_role()

    def _show_read_only(self, on: bool) -> None:
        """Tell the editor."""

    def _set_unreadable(self, unreadable: bool) -> None:
        """Mark text that is no value, until something is typed."""
        if unreadable != self._unreadable:
            self._unreadable = unreadable
            self.update()

    def _describe(self) -> None:
        words = "\n".join(part for part in (self._problem, self._help) if part)
        self._editor.setAccessibleDescription(words)
        self.setToolTip(self._help)

    def _unseen_text(self) -> str:
        """The text where it is longer than its room, to be read under the mouse."""
        return ""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            help_event: QHelpEvent = event  # type: ignore[assignment]
            sign = self._icon_at(help_event.pos().x())
            words = sign.title if sign is not None else self._unseen_text()
            if words:
                QToolTip.showText(help_event.globalPos(), words, self)
                return True
        return super().event(event)
