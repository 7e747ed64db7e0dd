"""Whole numbers, decimal numbers and amounts of đồng."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeVar

from desktop.base.errors import UserError
from desktop.base.numbers import (
    LARGEST,
    format_decimal,
    format_integer,
    parse_decimal,
    parse_integer,
    parse_money,
)
from desktop.base.translate import tr
from desktop.schema.definition import CodeList, Field, FieldType
from desktop.schema.types.kind import Kind, ParseProblem, Reading

N = TypeVar("N", int, float)
R = TypeVar("R")

FIRST_YEAR, LAST_YEAR = 1800, 2200
"""Bounds within which a whole number is taken for a year."""


def is_year(field: Field) -> bool:
    """True for a whole number that can only be a year: written without dots."""
    if field.type is not FieldType.INTEGER or field.min is None or field.max is None:
        return False
    return field.min >= FIRST_YEAR and field.max <= LAST_YEAR


class Integer(Kind[int]):
    """A whole number, not negative unless the field's `min` is."""

    def parse(self, field: Field, text: str, reading: Reading) -> int:
        return _within_bounds(field, _read(parse_integer, text))

    def show(self, field: Field, value: int, lists: Mapping[str, CodeList]) -> str:
        return str(value) if is_year(field) else format_integer(value)

    def to_text(self, field: Field, value: int) -> str:
        return str(value)

    def from_json_value(self, field: Field, given: object, reading: Reading) -> int:
        number = _json_number(field, given)
        if number != int(number):
            told = tr("{label} is a whole number, without decimals.").format(label=field.label)
            raise ParseProblem(told)
        return _within_bounds(field, int(number))


class Money(Integer):
    """Whole đồng; “đ” may stand behind the number."""

    def parse(self, field: Field, text: str, reading: Reading) -> int:
        negative = text.startswith(("-", "\u2212"))
        amount = _read(parse_money, text[1:] if negative else text)
        return _within_bounds(field, -amount if negative else amount)


class DecimalKind(Kind[float]):
    """A number with at most the field's `decimals` behind the comma."""

    def parse(self, field: Field, text: str, reading: Reading) -> float:
        return _decimal(field, _read(parse_decimal, text))

    def show(self, field: Field, value: float, lists: Mapping[str, CodeList]) -> str:
        return show_number(value)

    def to_text(self, field: Field, value: float) -> str:
        return f"{Decimal(str(value)):f}".replace(".", ",")

    def from_json_value(self, field: Field, given: object, reading: Reading) -> float:
        return _decimal(field, Decimal(str(_json_number(field, given))))

    def from_columns(self, field: Field, row: Mapping[str, object]) -> float:
        return float(row[field.name])  # type: ignore[arg-type]


def show_number(number: float) -> str:
    """`1.234,5`: as many decimals as there are."""
    exact = Decimal(str(number))
    return format_decimal(exact, _places(exact))


def _places(number: Decimal) -> int:
    """How many digits there are behind the comma, zeros at the end not counted."""
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _read(read: Callable[[str], R], text: str) -> R:
    try:
        return read(text)
    except UserError as error:
        raise ParseProblem(str(error)) from error


def _decimal(field: Field, number: Decimal) -> float:
    if _places(number) > field.decimals:
        told = tr("{label} takes at most {count} digits after the comma.")
        raise ParseProblem(told.format(label=field.label, count=field.decimals))
    return _within_bounds(field, float(number) or 0.0)


def _json_number(field: Field, given: object) -> int | float:
    if isinstance(given, bool) or not isinstance(given, (int, float)) or given != given:
        raise ParseProblem(tr("{label} must be a number.").format(label=field.label))
    if abs(given) > LARGEST:
        raise ParseProblem(tr("The number has more than 15 digits; check it."))
    return given


def _within_bounds(field: Field, number: N) -> N:
    if number < 0 and (field.min is None or field.min >= 0):
        raise ParseProblem(tr("{label} cannot be negative.").format(label=field.label))
    least, most = field.min, field.max
    if least is not None and number < least:
        told = tr("{label} is at least {least}.")
        raise ParseProblem(told.format(label=field.label, least=show_number(least)))
    if most is not None and number > most:
        told = tr("{label} is at most {most}.")
        raise ParseProblem(told.format(label=field.label, most=show_number(most)))
    return number
