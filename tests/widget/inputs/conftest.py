"""A window with one input and a field after it, and a record of what the input says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.widget.inputs import Input


class Bench:
    """The window. `heard` is the list of signals in order: "edited", "left", "move_on", "noted"."""

    def __init__(self, qtbot: QtBot, field: Input) -> None:
        self.field = field
        self.window = QWidget()
        self.window.resize(640, 480)
        column = QVBoxLayout(self.window)
        self.other = QLineEdit()
        column.addWidget(field)
        column.addWidget(self.other)
        column.addStretch(1)
        qtbot.addWidget(self.window)
        self.heard: list[str] = []
        self.notes: list[str] = []
        field.edited.connect(lambda: self.heard.append("edited"))
        field.left.connect(lambda: self.heard.append("left"))
        field.move_on.connect(lambda: self.heard.append("move_on"))
        field.noted.connect(self.notes.append)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        field.take_focus()
        assert field.has_focus()

    @property
    def editor(self) -> Any:
        """Where keys go."""
        return self.field.editor()

    def leave(self) -> None:
        """Click into the next field."""
        self.other.setFocus()


@pytest.fixture
def bench(qtbot: QtBot) -> Callable[[Input], Bench]:
    """Put an input on a window, focused."""
    return lambda field: Bench(qtbot, field)
