"""The first page: who signs in, and the password. It must paint at once, so it imports little."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.base.translate import tr
from desktop.widget import theme
from desktop.widget.parts.button import Button
from desktop.widget.parts.label import Paragraph, quiet, title

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QWheelEvent

CARD_WIDTH = 400


class PeopleBox(QComboBox):
    """Who there is to choose from; draws its own arrow: a style sheet could only show a file's."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.current().color("quiet"), 1.5))
        x, y = self.width() - 20, self.height() / 2 - 2
        painter.drawPolyline([QPointF(x, y), QPointF(x + 4, y + 4), QPointF(x + 8, y)])

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class SignInPage(QWidget):
    """Asks for the person and the password; whoever opens the office listens to `asked`."""

    asked = Signal(str, str)
    """Id of the person, password."""
    folder_asked = Signal()
    restore_asked = Signal()

    forgotten = Signal(str)
    """Id of the person whose password is lost."""

    def __init__(
        self, office: str, people: Sequence[tuple[str, str]], *, locked_by: str = ""
    ) -> None:
        """`locked_by`: id of who is signed in behind the lock; "" at the start."""
        super().__init__()
        self._is_lock = bool(locked_by)
        self.setObjectName("sign-in")
        self.setWindowTitle(tr("Sổ CTXH – sign in"))
        self._people = PeopleBox()
        for id, name in people:
            self._people.addItem(name, id)
        self._people.setCurrentIndex(max(0, self._people.findData(locked_by)))
        self._people.setAccessibleName(tr("Person"))
        self._password = QLineEdit()
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._password.setAccessibleName(tr("Password"))
        self._password.returnPressed.connect(self._ask)
        self._enter = Button(tr("Open the register"), "primary")
        self._enter.clicked.connect(self._ask)
        self._note: QWidget | None = None
        self._lay_out(office)
        self._password.setFocus()

    def _lay_out(self, office: str) -> None:
        card = QFrame()
        card.setObjectName("card")
        card.setFixedWidth(CARD_WIDTH)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(32, 28, 32, 28)
        inside.setSpacing(8)
        inside.addWidget(title(tr("Sổ CTXH")))
        inside.addWidget(quiet(office))
        inside.addSpacing(12)
        form = QFormLayout()
        form.setSpacing(8)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.addRow(_label(tr("Person"), self._people), self._people)
        form.addRow(_label(tr("Password"), self._password), self._password)
        inside.addLayout(form)
        self._notes = QVBoxLayout()
        inside.addLayout(self._notes)
        inside.addSpacing(8)
        inside.addWidget(self._enter)
        if self._is_lock:
            inside.addWidget(quiet(tr("Locked. What was typed is kept.")))
        else:
            inside.addLayout(self._links())
        around = QVBoxLayout(self)
        around.addStretch(2)
        around.addWidget(card, alignment=Qt.AlignmentFlag.AlignHCenter)
        promise = Paragraph(
            tr("The data stays encrypted on this computer; the program never uses the network."),
            "quiet",
        )
        around.addSpacing(12)
        promise.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        around.addWidget(promise)
        around.addStretch(3)

    def _links(self) -> QVBoxLayout:
        forgotten = Button(tr("Forgotten password…"), "link")
        forgotten.clicked.connect(lambda: self.forgotten.emit(self._people.currentData() or ""))
        folder = Button(tr("Another data folder…"), "link")
        folder.clicked.connect(self.folder_asked)
        restore = Button(tr("Restore a backup…"), "link")
        restore.clicked.connect(self.restore_asked)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(forgotten, alignment=Qt.AlignmentFlag.AlignHCenter)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(folder)
        line.addWidget(restore)
        line.addStretch(1)
        lines.addLayout(line)
        return lines

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.current().color("background"))

    def _ask(self) -> None:
        if not self._enter.isEnabled():
            return
        self.set_busy(True)
        self.asked.emit(self._people.currentData(), self._password.text())

    def set_busy(self, busy: bool) -> None:
        """While the password is tried nothing else can be asked."""
        self._enter.setEnabled(not busy)
        self._password.setReadOnly(busy)
        self._enter.setText(tr("Opening…") if busy else tr("Open the register"))

    def show_problem(self, text: str) -> None:
        """Say why the office did not open; the password is typed again."""
        from desktop.widget.parts.problem_note import ProblemNote

        self.set_busy(False)
        if self._note is not None:
            self._note.deleteLater()
        self._note = ProblemNote("error", text)
        self._notes.addWidget(self._note)
        self._password.selectAll()
        self._password.setFocus()


def _label(text: str, buddy: QWidget) -> QLabel:
    label = QLabel(text)
    label.setBuddy(buddy)
    return label
