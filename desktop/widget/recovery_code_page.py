"""The recovery code, shown once to be printed or written down, then asked for in part."""

from __future__ import annotations

import secrets
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase, QTextDocument
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop.base.translate import tr
from desktop.base.vietnamese_dates import format_date
from desktop.service.people import code_groups, is_group
from desktop.widget.centred_page import CentredPage
from desktop.widget.inputs import TextInput
from desktop.widget.parts import Button, quiet

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

ASKED = 2
"""Groups of the code that are asked for."""


class RecoveryCodePage(CentredPage):
    """`written` when the person has shown that the code is on paper."""

    written = Signal()

    def __init__(self, code: str, office: str, made: str, *, back: str = "") -> None:
        """`office` and `made` (an ISO date) stand on the printed sheet."""
        super().__init__(
            tr("Recovery code"),
            tr(
                "Whoever forgets the password comes in again with this code. Print it or write it "
                "down, and keep it locked away from this computer. It is shown only now."
            ),
            tr("It is on paper"),
            back,
        )
        self._groups = code_groups(code)
        self._office = office
        self._made = made
        self._asked: list[int] = []
        self.inputs: list[TextInput] = []
        self._code = _CodeSign(self._groups)
        self.body.addWidget(self._code)
        self.printing = Button(tr("Print…"), icon="printer")
        self.printing.clicked.connect(self._print)
        self.body.addWidget(self.printing, alignment=Qt.AlignmentFlag.AlignHCenter)
        self.button.setFocus()

    def go_on(self) -> None:
        """From showing to asking, and from asking on."""
        if not self._asked:
            self._ask_back()
            return
        wrong = [
            field for place, field in zip(self._asked, self.inputs, strict=True)
            if not is_group(field.value_text(), self._groups[place])
        ]  # fmt: skip
        if wrong:
            self.show_problem(tr("This group is not as on the paper. Look again, then type it."))
            wrong[0].take_focus()
            return
        self.written.emit()

    def _ask_back(self) -> None:
        self._asked = sorted(secrets.SystemRandom().sample(range(len(self._groups)), ASKED))
        self._code.hide()
        self.printing.hide()
        self.say(
            tr("Is the code on paper?"),
            tr("Type two groups of it from the paper; small letters will do."),
        )
        self.button.set_words(tr("Go on"), "Enter")
        for place in self._asked:
            field = TextInput(length=12)
            words = tr("Group {number}").format(number=place + 1)
            field.set_label(words)
            self.body.addWidget(quiet(words))
            self.body.addWidget(field)
            self.inputs.append(field)
        again = Button(tr("Show the code again"), "link")
        again.clicked.connect(self._show_again)
        self.body.addWidget(again, alignment=Qt.AlignmentFlag.AlignHCenter)
        self.inputs[0].move_on.connect(self.inputs[1].take_focus)
        self.inputs[1].move_on.connect(self.go_on)
        self.inputs[0].take_focus()

    def _show_again(self) -> None:
        self._code.setVisible(self._code.isHidden())

    def asked(self) -> list[int]:
        """Places of the groups asked for, from 0; none while the code is shown."""
        return self._asked

    def _print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec():
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        """One page with the code, the office and the day."""
        head = tr("Recovery code of the social-work register")
        made = tr("Made on {day}").format(day=format_date(self._made))
        warning = tr("Keep it locked away. Whoever has it and the data can read everything.")
        code = " – ".join(self._groups)
        lines = [
            f"<h2>{head}</h2>",
            f"<p>{escape(self._office)}<br>{made}</p>",
            f"<p style='font-family:monospace; font-size:20pt'>{code}</p>",
            f"<p>{warning}</p>",
        ]
        sheet = QTextDocument()
        sheet.setHtml("".join(lines))
        sheet.print_(printer)


class _CodeSign(QWidget):
    """Six groups in two lines, each with its number."""

    def __init__(self, groups: list[str]) -> None:
        super().__init__()
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSize(18)
        font.setWeight(QFont.Weight.DemiBold)
        grid = QGridLayout(self)
        grid.setSpacing(6)
        for place, group in enumerate(groups):
            sign = QLabel(group)
            sign.setStyleSheet(f"font: 600 18pt '{font.family()}';")
            sign.setMinimumHeight(36)
            sign.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            number = quiet(str(place + 1))
            number.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            line = 2 * (place // 3)
            grid.addWidget(number, line, place % 3)
            grid.addWidget(sign, line + 1, place % 3)
        self.setAccessibleName(tr("Recovery code: {code}").format(code=" ".join(groups)))
