"""A text that was pasted or comes from another program, cleaned as its field needs it."""

from __future__ import annotations

from desktop.base.typed_text import Cleaned, clean_line, clean_lines
from desktop.base.typed_values import clean_date, clean_digits, clean_number, clean_phone
from desktop.schema.definition import Field, FieldType, TextFormat

_DATES = (FieldType.DATE, FieldType.PARTIAL_DATE, FieldType.DATETIME)
_WHOLE = (FieldType.INTEGER, FieldType.MONEY)


def clean(field: Field, text: str) -> Cleaned:
    """The text as `desktop.schema.types.parse` can read it, with what was changed, in words.

    What is no value of the field is left for `parse` to refuse, or refused here with a better
    reason. Never raises.
    """
    if field.type is FieldType.NOTE:
        return clean_lines(text)
    if field.type in _WHOLE:
        return clean_number(text)
    if field.type is FieldType.DECIMAL:
        return clean_number(text, decimals=field.decimals)
    if field.type in _DATES:
        return clean_date(text, with_time=field.type is FieldType.DATETIME)
    if field.digits:
        return clean_digits(text, field.digits)
    if field.format is TextFormat.PHONE:
        return clean_phone(text)
    return clean_line(text)
