"""What each type of field makes of a value: as typed, as shown, as stored, as JSON.

Conversions happen here and nowhere else. Values in Python: str, int, float; dates and moments as
ISO text; yes/no as 1 and 0; several codes as a sorted tuple; a partial date as (year, month or
None, day or None); nothing as None, whatever the type.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from desktop.schema.definition import CodeList, Field, FieldType
from desktop.schema.types.choices import Choice, Choices, choices_on
from desktop.schema.types.dates import Date, Moment, PartialDateKind
from desktop.schema.types.kind import Kind, ParseProblem, Reading, Stored, Value
from desktop.schema.types.numbers import DecimalKind, Integer, Money, is_year
from desktop.schema.types.references import Reference
from desktop.schema.types.texts import Note, Text
from desktop.schema.types.yes_no import YesNo

__all__ = [
    "ParseProblem",
    "Stored",
    "Value",
    "choices_on",
    "column_reader",
    "from_columns",
    "from_json",
    "is_year",
    "json_keys",
    "parse",
    "show",
    "to_columns",
    "to_json",
    "to_text",
]

_KINDS: dict[FieldType, Kind[Any]] = {
    FieldType.TEXT: Text(),
    FieldType.NOTE: Note(),
    FieldType.INTEGER: Integer(),
    FieldType.DECIMAL: DecimalKind(),
    FieldType.MONEY: Money(),
    FieldType.DATE: Date(),
    FieldType.DATETIME: Moment(),
    FieldType.PARTIAL_DATE: PartialDateKind(),
    FieldType.YES_NO: YesNo(),
    FieldType.CHOICE: Choice(),
    FieldType.CHOICES: Choices(),
    FieldType.REFERENCE: Reference(),
}


def parse(field: Field, text: str, *, today: date, lists: Mapping[str, CodeList]) -> Value:
    """The value of what was typed, None for nothing but blanks.

    `today` may be a datetime: then `h` means now in a field of moments. Raises ParseProblem, whose
    text says what to do.
    """
    value: Value = _KINDS[field.type].read(field, text, Reading(today, lists))
    return value


def show(field: Field, value: Value, lists: Mapping[str, CodeList]) -> str:
    """The value as on screen and on paper, without the field's unit; "" for None.

    A reference is shown by its id: its title is in another register. A code that is in no list
    any more is shown itself.
    """
    return "" if value is None else _KINDS[field.type].show(field, value, lists)


def to_text(field: Field, value: Value) -> str:
    """The value as it can be typed: `parse` makes the same value of it."""
    return "" if value is None else _KINDS[field.type].to_text(field, value)


def to_json(field: Field, value: Value) -> object:
    """What stands under the field's name in a JSON object; dates as far as known, ISO."""
    return None if value is None else _KINDS[field.type].to_json(field, value)


def from_json(
    field: Field, item: Mapping[str, object], *, today: date, lists: Mapping[str, CodeList]
) -> Value:
    """The field's value in the JSON object of a record; None where it is absent or null.

    Texts are read as if typed; numbers, booleans and arrays as what they are. Raises ParseProblem.
    """
    value: Value = _KINDS[field.type].from_json(field, item, Reading(today, lists))
    return value


def column_reader(
    field: Field, *, today: date, lists: Mapping[str, CodeList]
) -> Callable[[Mapping[str, object]], dict[str, Stored]]:
    """`from_json` and `to_columns` in one, for reading the field in many objects."""
    kind, reading, nothing = _KINDS[field.type], Reading(today, lists), dict.fromkeys(field.columns)

    def read(item: Mapping[str, object]) -> dict[str, Stored]:
        value = kind.from_json(field, item, reading)
        return nothing if value is None else kind.to_columns(field, value)

    return read


def json_keys(field: Field) -> tuple[str, ...]:
    """Keys of a JSON object that `from_json` reads for the field."""
    return tuple(dict.fromkeys((field.name, *field.columns)))


def to_columns(field: Field, value: Value) -> dict[str, Stored]:
    """The value by column of the table."""
    if value is None:
        return dict.fromkeys(field.columns)
    return _KINDS[field.type].to_columns(field, value)


def from_columns(field: Field, row: Mapping[str, Any]) -> Value:
    """The value from a row that has at least the field's columns."""
    if row[field.columns[0]] is None:
        return None
    value: Value = _KINDS[field.type].from_columns(field, row)
    return value
