"""Figures of earlier periods, typed in with their source where no report of ours has them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.base.errors import UserError
from desktop.base.numbers import format_decimal, parse_decimal
from desktop.base.translate import tr
from desktop.model.sheet_table import shown
from desktop.service.report_data import Mark
from desktop.widget.inputs import ChoiceInput, NumberInput, Option, TextInput
from desktop.widget.parts import Button, Card, Paragraph, Toolbar, quiet

if TYPE_CHECKING:
    from desktop.service.report_data import Period, Report, Row
    from desktop.service.reporting import TypedFigure
    from desktop.widget.context import PageContext

SHEET, PART, FIGURE = "B01", "I", "5"
BEFORE, YEAR_AGO = "6", "7"
"""Columns of B01 with the figures of the period before and of a year ago."""
TITLE, UNIT = "B", "D"
PLACES = 2
FIELD_WIDTH = 190


@dataclass(frozen=True)
class EarlierPeriod:
    """A period whose figures can be typed in."""

    period: Period
    column: str
    """Of B01, where its figures are shown."""
    rebased: bool
    """Converted to the administrative units of today."""

    @property
    def code(self) -> str:
        return f"{self.period.code}{'/r' if self.rebased else ''}"

    @property
    def title(self) -> str:
        if not self.rebased:
            return self.period.title
        return tr("{period}, converted to the units of today").format(period=self.period.title)


class EarlierFigures(QWidget):
    """A field per indicator; one source for what is typed now."""

    changed = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._report: Report | None = None
        self._choices: list[EarlierPeriod] = []
        self._inputs: dict[str, NumberInput] = {}
        self._typed: dict[str, TypedFigure] = {}
        self._build()

    def _build(self) -> None:
        self._period = ChoiceInput(show_codes=False)
        self._period.set_label(tr("Earlier period"))
        self._period.edited.connect(self._show_rows)
        self.source = TextInput(length=200)
        self.source.set_label(tr("Source"))
        self.source.set_placeholder(tr("For example: report 12/BC-UBND of 15/12/2025"))
        self.source.edited.connect(lambda: self.source.set_problem(None))
        top = QGridLayout()
        top.setHorizontalSpacing(12)
        top.setVerticalSpacing(8)
        for place, (words, field) in enumerate(
            ((tr("Earlier period"), self._period), (tr("Source"), self.source))
        ):
            label = quiet(words)
            label.setBuddy(field)
            top.addWidget(label, place, 0)
            top.addWidget(field, place, 1)
        top.setColumnStretch(2, 1)
        self._card = Card(tr("Figures of earlier periods"))
        self._card.body.setSpacing(8)
        self._card.add(
            Paragraph(
                tr(
                    "Figures already reported with this program are taken from there. Type the "
                    "others from the old reports, with their source; what is not known is "
                    "printed as “…”."
                ),
                "quiet",
            )
        )
        self._card.body.addLayout(top)
        self._rows = QWidget()
        self._card.body.addWidget(self._rows)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 12, 16, 12)
        column.addWidget(self._card)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        inside.setAutoFillBackground(False)
        foot = Toolbar(at_top=False)
        save = Button(tr("Save the figures"), "primary")
        save.clicked.connect(self.save)
        foot.add(save)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(area, 1)
        outer.addWidget(foot)

    def show_report(self, report: Report, choices: list[EarlierPeriod]) -> None:
        """Offer the periods a report compares with."""
        self._report = report
        known = {one.code for one in choices}
        self._choices = choices
        chosen = self._period.value_text()
        self._period.set_options(Option(one.code, one.title) for one in choices)
        self._period.set_columns(58)
        if chosen not in known:
            self._period.set_value_text(choices[0].code if choices else "")
        self._show_rows()

    def earlier(self) -> EarlierPeriod | None:
        """The period on show."""
        code = self._period.value_text()
        return next((one for one in self._choices if one.code == code), None)

    def field(self, code: str) -> NumberInput:
        """The input of an indicator's figure. Raises KeyError."""
        return self._inputs[code]

    def _show_rows(self) -> None:
        earlier = self.earlier()
        rows = QWidget()
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 8, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        self._inputs.clear()
        if earlier is not None and self._report is not None:
            found = self._context.workspace.reporting.typed_figures(
                earlier.period, rebased=earlier.rebased
            )
            self._typed = {one.key[2]: one for one in found if one.key[0] == SHEET}
            for place, row in enumerate(_indicators(self._report)):
                self._add_row(grid, place, row, earlier)
        self._card.body.replaceWidget(self._rows, rows)
        self._rows.hide()
        self._rows.deleteLater()
        self._rows = rows

    def _add_row(self, grid: QGridLayout, place: int, row: Row, earlier: EarlierPeriod) -> None:
        title = f"{row.code} · {row.cells[TITLE].value or ''}"
        words = Paragraph(("     " if row.kind == "sub" else "") + title)
        unit = str(row.cells[UNIT].value or "") if UNIT in row.cells else ""
        field = NumberInput(decimals=PLACES, unit=unit)
        field.setFixedWidth(FIELD_WIDTH)
        field.set_label(title)
        words.setBuddy(field)
        typed = self._typed.get(row.code)
        told = ""
        if typed is not None:
            field.set_value_text(_text(typed.value))
            told = typed.source
        else:
            reported = None if earlier.rebased else row.cells.get(earlier.column)
            if reported is not None and reported.mark is not Mark.UNKNOWN:
                field.set_value_text(shown(reported))
                field.set_read_only(True)
                told = tr("as reported")
        self._inputs[row.code] = field
        line = QHBoxLayout()
        line.addWidget(field)
        grid.addWidget(words, place, 0)
        grid.addLayout(line, place, 1)
        note = Paragraph(told, "quiet")
        note.setFixedWidth(250)
        grid.addWidget(note, place, 2)

    def save(self) -> bool:
        """Keep what was typed or taken out; False if a figure cannot be kept, and why is said."""
        earlier = self.earlier()
        if earlier is None:
            return False
        changes: dict[str, float | None] = {}
        for code, field in self._inputs.items():
            field.commit()
            if field.is_read_only():
                continue
            if not field.is_readable():
                field.set_problem("error", field.complaint())
                field.take_focus()
                return False
            text = field.value_text()
            before = self._typed.get(code)
            value = float(parse_decimal(text)) if text else None
            if value != (before.value if before else None):
                changes[code] = value
        return self._keep(earlier, changes)

    def _keep(self, earlier: EarlierPeriod, changes: dict[str, float | None]) -> bool:
        reporting = self._context.workspace.reporting
        source = self.source.value_text()
        if not source and any(value is not None for value in changes.values()):
            words = tr("Write where the figures come from, for example a report's number.")
            self.source.set_problem("error", words)
            self.source.take_focus()
            self._context.window.say(words, level="error")
            return False
        try:
            for code, value in changes.items():
                key = (SHEET, PART, code, FIGURE)
                reporting.type_figure(earlier.period, key, value, source, rebased=earlier.rebased)
        except UserError as error:
            self._context.ask.message(self, tr("Not saved"), str(error), "error", error.hint)
            return False
        if changes:
            told = tr("{count} figures of {period} were saved.")
            self._context.window.say(told.format(count=len(changes), period=earlier.title))
            self.changed.emit()
        self._show_rows()
        return True


def _indicators(report: Report) -> list[Row]:
    """Rows of B01 that hold a figure."""
    for sheet in report.sheets:
        if sheet.code == SHEET:
            for part in sheet.parts:
                if part.code == PART:
                    return [row for row in part.rows if row.kind != "group"]
    return []


def _text(value: float) -> str:
    return format_decimal(value, PLACES).rstrip("0").rstrip(",")
