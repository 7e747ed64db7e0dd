"""Dates typed as digits: whole, known in part, or with the time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from desktop.base.clock import Clock, SystemClock
from desktop.base.errors import UserError
from desktop.base.translate import tr
from desktop.base.vietnamese_dates import (
    format_date,
    parse_date,
    parse_moment,
    parse_partial,
)
from desktop.widget.inputs.numeric import PlainKeysInput
from desktop.widget.inputs.text import one_line

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

_FULL_DATE = re.compile(r"\d{8}|\d{2}[/.\- ]\d{2}[/.\- ]\d{4}")
_FULL_MOMENT = re.compile(r"(\d{8}|\d{2}[/.\- ]\d{2}[/.\- ]\d{4})\s*(\d{2}):?(\d{2})")


class DateInput(PlainKeysInput):
    """A whole date. `15061980` moves on by itself; `h` is today; half a date stays half a date."""

    _full = _FULL_DATE
    _unwanted = re.compile(r"[^0-9/.\- hH]")

    def __init__(
        self, parent: QWidget | None = None, *, clock: Clock | None = None, columns: int = 11
    ) -> None:
        super().__init__(parent, columns=columns)
        self._clock: Clock = clock or SystemClock()

    def value_text(self) -> str:
        return self._line.text().strip()

    def set_value_text(self, text: str) -> None:
        if self.value_text() != text:
            shown = self._written_or_raw(text)
            if self.value_text() != shown:
                self._show_text(shown)
        self._set_unreadable(False)

    def complaint(self) -> str:
        try:
            self._written(self.value_text())
        except UserError as problem:
            return str(problem)
        return ""

    def _written(self, text: str) -> str:
        """The text as dd/mm/yyyy. Raises UserError."""
        return format_date(parse_date(text, self._clock.today())) if text else ""

    def _written_or_raw(self, text: str) -> str:
        try:
            return self._written(text)
        except UserError:
            return text

    def _settle(self, *, by_key: bool) -> None:
        self._show_text(self._written_or_raw(self.value_text()))

    def key_done(self, event: QKeyEvent) -> None:
        text = self._line.text()
        if not event.text().isdigit() or self._line.cursorPosition() != len(text):
            return
        if not self._full.fullmatch(text) or self._left_said:
            return
        if self.is_readable():
            self._finish()
        else:
            self._set_unreadable(True)
            self.noted.emit(self.complaint())

    def _accept_edit(self, text: str) -> str | None:
        kept = one_line(text)
        if self._brings_new(kept, self._unwanted) or len(kept) > max(40, len(self._good[0])):
            self.noted.emit(tr("Only a date goes here, as 15/06/1980 or 15061980; h is today."))
            return None
        return self._written(kept) if kept.lower() == "h" else kept


class PartialDateInput(DateInput):
    """A date of which only the year, or the month and the year, may be known."""

    def _written(self, text: str) -> str:
        return str(parse_partial(text, self._clock.today())) if text else ""


class DateTimeInput(DateInput):
    """A date and a time of the day: `050920261420`, `5/9/2026 14h20`; `h` is now."""

    _full = _FULL_MOMENT
    _unwanted = re.compile(r"[^0-9/.\- hHgG:T]")

    def __init__(self, parent: QWidget | None = None, *, clock: Clock | None = None) -> None:
        super().__init__(parent, clock=clock, columns=17)

    def _written(self, text: str) -> str:
        if not text:
            return ""
        whole = _FULL_MOMENT.fullmatch(text)
        if whole:
            text = f"{whole[1]} {whole[2]}:{whole[3]}"
        return format_date(parse_moment(text, self._clock.now()))
