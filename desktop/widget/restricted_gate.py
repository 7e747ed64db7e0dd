"""What stands in the form's place before a restricted file is opened: why does somebody open it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.base.errors import UserError
from desktop.base.translate import tr
from desktop.widget import theme
from desktop.widget.inputs import TextInput
from desktop.widget.parts import Button, EmptyState, ProblemNote, quiet

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from desktop.service.access import Access

LENGTH = 200


class RestrictedGate(QWidget):
    """Asks for the reason in place, so that walking down a list never meets a dialog."""

    opened = Signal(str)
    """Id of a record that may be read now."""

    def __init__(self, register: str, access: Access) -> None:
        super().__init__()
        self._register = register
        self._access = access
        self.record = ""
        """Id of the record that waits."""
        self._words = EmptyState(
            "lock",
            tr("Restricted file"),
            tr(
                "This file belongs to a restricted group. Your name, the time and the reason go "
                "into the access log when it is opened."
            ),
        )
        self.reason = TextInput(length=LENGTH)
        self.reason.set_label(tr("Reason for opening"))
        self.reason.set_placeholder(tr("For example: monthly visit, support plan"))
        self.reason.move_on.connect(self._open)
        self._note = ProblemNote("error", "")
        self._note.hide()
        self._button = Button(tr("Open the file"), "primary", key="Enter")
        self._button.clicked.connect(self._open)
        inside = self._words.layout()
        assert isinstance(inside, QVBoxLayout)  # noqa: S101  (EmptyState is a column)
        place = inside.count() - 2
        for widget in (quiet(tr("Reason for opening")), self.reason, self._note):
            inside.insertWidget(place, widget, 0, Qt.AlignmentFlag.AlignHCenter)
            place += 1
        self._words.add(self._button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._words)

    def ask_for(self, id: str) -> None:
        """Wait for the reason of another record; the last one is offered again."""
        self.record = id
        self._note.hide()

    def take_focus(self) -> None:
        """Put the keyboard into the reason, what stands there selected."""
        self.reason.take_focus()

    def _open(self) -> None:
        try:
            self._access.open(self._register, self.record, self.reason.value_text())
        except UserError as error:
            self._note.set_problem("error", str(error))
            self._note.show()
            self.take_focus()
            return
        self._note.hide()
        self.opened.emit(self.record)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.current().color("panel"))
