"""Digits kept as text, numbers and money."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from desktop.base.errors import UserError
from desktop.base.numbers import (
    format_decimal,
    format_integer,
    parse_decimal,
    parse_integer,
    parse_money,
)
from desktop.base.translate import tr
from desktop.base.typed_values import clean_digits, clean_number
from desktop.widget.inputs.line import LineInput
from desktop.widget.inputs.text import one_line

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

# "4,12E+11": what Excel leaves of a long number once it has taken it for a quantity.
_CUT_BY_EXCEL = re.compile(r"\s*\d(?:[.,]\d+)?[eE]\+\d+\s*")
_SEPARATORS = re.compile(r"[ .\-\u00a0]")


class PlainKeysInput(LineInput):
    """A line into which no syllables go: the input method is switched off for it."""

    selects_on_click = True

    def __init__(self, parent: QWidget | None = None, *, columns: int = 20) -> None:
        super().__init__(parent, columns=columns)
        self._line.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def _brings_new(self, text: str, unwanted: re.Pattern[str]) -> bool:
        """True if an edit brings characters that do not belong and were not there before."""
        return bool(set(unwanted.findall(text)) - set(unwanted.findall(self._good[0])))


class DigitsInput(PlainKeysInput):
    """Exactly `digits` digits, kept as text. Typing the last one asks to move on.

    `groups`: how many digits stand together while the field is not being edited, as (3, 1, 2, 6).
    """

    _unwanted = re.compile(r"[^0-9]")

    def __init__(
        self, parent: QWidget | None = None, *, digits: int = 12, groups: tuple[int, ...] = ()
    ) -> None:
        super().__init__(parent, columns=digits + max(0, len(groups) - 1))
        self._digits = digits
        self._groups = groups if sum(groups) == digits else ()
        self.cleaner = partial(clean_digits, digits=digits)

    def value_text(self) -> str:
        text = self._line.text().strip()
        bare = _SEPARATORS.sub("", text)
        return bare if not self._unwanted.search(bare) else text

    def set_value_text(self, text: str) -> None:
        if self.value_text() != text:
            self._show_text(text)
            if not self._line.hasFocus():
                self._settle(by_key=False)
        self._set_unreadable(False)

    def complaint(self) -> str:
        text = self.value_text()
        if not text or (len(text) == self._digits and not self._unwanted.search(text)):
            return ""
        return tr("{count} digits are wanted here.").format(count=self._digits)

    def line_entered(self, reason: Qt.FocusReason) -> None:
        self._show_text(self.value_text())
        super().line_entered(reason)

    def key_done(self, event: QKeyEvent) -> None:
        full = len(self._line.text()) == self._digits == self._line.cursorPosition()
        if event.text().isdigit() and full and self.is_readable() and not self._left_said:
            self._finish()

    def _settle(self, *, by_key: bool) -> None:
        text = self.value_text()
        if not self._groups or not self.is_readable():
            return
        parts, rest = [], text
        for size in self._groups:
            parts.append(rest[:size])
            rest = rest[size:]
        self._show_text(" ".join(parts).strip())

    def _accept_edit(self, text: str) -> str | None:
        if _CUT_BY_EXCEL.fullmatch(text):
            self.noted.emit(
                tr("Excel has cut digits off this number. Copy it from a cell kept as text.")
            )
            return None
        kept = _SEPARATORS.sub("", one_line(text))
        if self._brings_new(kept, self._unwanted):
            self.noted.emit(tr("Only digits go here."))
            return None
        if len(kept) > self._digits and len(kept) > len(self._good[0]):
            self.noted.emit(
                tr("{count} digits fit here; {size} are too many. Nothing was changed.").format(
                    count=self._digits, size=len(kept)
                )
            )
            return None
        return kept


class NumberInput(PlainKeysInput):
    """A number in Vietnamese writing. Settled when left: "1234,5" becomes "1.234,5".

    `grouped` False leaves thousands without a dot, for years and house numbers.
    """

    _unwanted = re.compile(r"[^0-9.,+\-\u2212 \u00a0]")

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        decimals: int = 0,
        unit: str = "",
        grouped: bool = True,
        columns: int = 8,
    ) -> None:
        super().__init__(parent, columns=columns)
        self._decimals = decimals
        self._grouped = grouped
        self.cleaner = partial(clean_number, decimals=decimals)
        self.set_unit(unit)

    def value_text(self) -> str:
        return self._line.text().strip()

    def set_value_text(self, text: str) -> None:
        if not self._is_same(text):
            self._show_text(text)
            if not self._line.hasFocus():
                self._settle(by_key=False)
        self._set_unreadable(False)

    def _is_same(self, text: str) -> bool:
        """True if the line shows this value, grouped or not."""
        try:
            return self._written(self.value_text()) == self._written(text)
        except UserError:
            return self.value_text() == text

    def complaint(self) -> str:
        try:
            self._written(self.value_text())
        except UserError as problem:
            return str(problem)
        return ""

    def _written(self, text: str) -> str:
        """The text as it is written out. Raises UserError."""
        if not text:
            return ""
        if self._decimals:
            number = parse_decimal(text)
            written = format_decimal(number, max(0, -int(number.normalize().as_tuple().exponent)))
        else:
            written = format_integer(parse_integer(text))
        return written if self._grouped else written.replace(".", "")

    def _settle(self, *, by_key: bool) -> None:
        if self.is_readable():
            self._show_text(self._written(self.value_text()))

    def _accept_edit(self, text: str) -> str | None:
        kept = one_line(text)
        if self._brings_new(kept, self._unwanted):
            self.noted.emit(tr("Only a number goes here."))
            return None
        return kept


class MoneyInput(NumberInput):
    """An amount in whole đồng: typed "1234567", shown "1.234.567".

    Whether it may be negative is the page's to say.
    """

    _unwanted = re.compile(r"[^0-9.,+\-\u2212 \u00a0đĐvVnNdD₫ồ]")

    def __init__(self, parent: QWidget | None = None, *, unit: str = "đ") -> None:
        super().__init__(parent, unit=unit, columns=16)

    def _written(self, text: str) -> str:
        if not text:
            return ""
        minus = text.startswith(("-", "\u2212"))
        written = format_integer(parse_money(text[1:] if minus else text))
        return f"-{written}" if minus else written
