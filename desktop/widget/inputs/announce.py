"""What a screen reader is to say at once, though the keyboard is elsewhere or stays where it is."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def say_aloud(widget: QWidget, words: str, *, urgent: bool = False) -> None:
    """Have `words` read, on behalf of a widget; `urgent` may interrupt what is being read."""
    if words and QAccessible.isActive():
        event = QAccessibleAnnouncementEvent(widget, words)
        if urgent:
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)
