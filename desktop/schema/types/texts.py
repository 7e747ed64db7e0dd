"""Text in one line, text in several, and numbers that are kept as text because of their zeros."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping

from desktop.base.text import clean
from desktop.base.translate import tr
from desktop.schema.definition import CodeList, Field, FieldType
from desktop.schema.types.kind import Kind, ParseProblem, Reading, too_long

_DEFAULT_LENGTH = {FieldType.TEXT: 500, FieldType.NOTE: 2000}
_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029]")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[ .]+(?=\d)")


def longest(field: Field) -> int:
    """The most characters a field takes."""
    return field.digits or field.length or _DEFAULT_LENGTH[field.type]


class Text(Kind[str]):
    """One line. A leading `=` is a letter like any other."""

    longest_text = sys.maxsize  # told by the field

    def parse(self, field: Field, text: str, reading: Reading) -> str:
        if not text.isprintable() and (_LINE_ENDS.search(text) or "\n" in text):
            raise ParseProblem(
                tr("{label} is one line; put the lines together.").format(label=field.label)
            )
        if field.digits:
            return _digits(field, text)
        _refuse_long(field, text)
        return text

    def show(self, field: Field, value: str, lists: Mapping[str, CodeList]) -> str:
        return value

    def to_text(self, field: Field, value: str) -> str:
        return value


class Note(Text):
    """Several lines."""

    def parse(self, field: Field, text: str, reading: Reading) -> str:
        text = clean(_LINE_ENDS.sub("\n", text))
        _refuse_long(field, text)
        return text


def _digits(field: Field, text: str) -> str:
    """Digits only; blanks and points between them are how people group them."""
    digits = _BETWEEN_DIGITS.sub("", text)
    wrong = next((char for char in digits if char not in "0123456789"), None)
    if wrong is not None:
        told = tr("{label} has digits only; take “{wrong}” out.")
        raise ParseProblem(told.format(label=field.label, wrong=wrong))
    if len(digits) != field.digits:
        told = tr("{label} must have {digits} digits, here there are {count}.")
        raise ParseProblem(told.format(label=field.label, digits=field.digits, count=len(digits)))
    return digits


def _refuse_long(field: Field, text: str) -> None:
    if len(text) > longest(field):
        raise too_long(field, len(text), longest(field))
