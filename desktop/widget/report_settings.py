"""The choices that the texts leave open (A1 to A7 and others): what each means, what is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.base.errors import UserError
from desktop.base.translate import tr
from desktop.widget.inputs import ChoiceInput, Option
from desktop.widget.parts import Card, Paragraph, quiet

if TYPE_CHECKING:
    from desktop.service.reporting import Setting
    from desktop.widget.context import PageContext

COLUMNS = 58


class ReportSettings(QScrollArea):
    """Each choice is kept as soon as it is made; every report counts by it from then on."""

    changed = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._fields: dict[str, tuple[ChoiceInput, Paragraph]] = {}
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(12)
        self._card = Card(tr("How figures are counted"))
        self._card.body.setSpacing(4)
        self._card.add(
            Paragraph(
                tr(
                    "The documents leave these points open. A choice counts for every report from "
                    "now on; reports already exported keep their figures."
                ),
                "quiet",
            )
        )
        for setting in context.workspace.reporting.settings():
            self._add(setting)
        column.addWidget(self._card)
        column.addStretch(1)
        self.setWidget(inside)
        inside.setAutoFillBackground(False)

    def _add(self, setting: Setting) -> None:
        definition = setting.definition
        field = ChoiceInput(
            (Option(one.code, one.title) for one in definition.choices), show_codes=False
        )
        field.set_columns(COLUMNS)
        field.set_label(definition.title)
        field.set_help(definition.help)
        code = definition.code
        numbered = f"{code} · " if code[:1] == "A" and code[1:].isdigit() else ""
        words = Paragraph(numbered + definition.title)
        words.setBuddy(field)
        told = Paragraph("", "quiet")
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(field)
        line.addWidget(told, 1)
        self._card.body.addSpacing(8)
        self._card.add(words)
        self._card.body.addLayout(line)
        if definition.help:
            self._card.add(quiet(definition.help))
        self._fields[code] = (field, told)
        self._show(setting)
        field.edited.connect(lambda: self._choose(code))

    def field(self, code: str) -> ChoiceInput:
        """The input of a choice. Raises KeyError."""
        return self._fields[code][0]

    def _show(self, setting: Setting) -> None:
        field, told = self._fields[setting.definition.code]
        field.set_value_text(setting.value)
        if setting.is_default:
            told.set_text(tr("as proposed"))
            return
        proposed = next(
            one.title
            for one in setting.definition.choices
            if one.code == setting.definition.default
        )
        told.set_text(tr("proposed: {choice}").format(choice=proposed))

    def _choose(self, code: str) -> None:
        field, _ = self._fields[code]
        if not field.is_readable():
            return
        reporting = self._context.workspace.reporting
        before = {one.definition.code: one for one in reporting.settings()}[code]
        value = field.value_text()
        if value == before.value:
            return
        try:
            reporting.choose(code, "" if value == before.definition.default else value)
        except UserError as error:
            self._context.ask.message(self, tr("Not saved"), str(error), "error", error.hint)
        for setting in reporting.settings():
            if setting.definition.code == code:
                self._show(setting)
        self.changed.emit()
