"""The Qt binding that is installed is fit for long hours on this Python."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot


def test_a_call_that_returns_nothing_costs_no_reference_to_none(qtbot: QtBot) -> None:
    """PySide6 6.12.0 lost one with each call on Python 3.11; at the last one the process dies."""
    widget = QWidget()
    qtbot.addWidget(widget)
    before = sys.getrefcount(None)
    for _ in range(2000):
        widget.update()
    assert sys.getrefcount(None) > before - 1000
