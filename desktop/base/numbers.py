"""Numbers and money as written in Việt Nam: 1.234.567 and 1.234,5."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from desktop.base.errors import UserError
from desktop.base.translate import tr

LARGEST = 999_999_999_999_999  # 15 digits: what Excel keeps exactly
_NUMBER = re.compile(r"([+-]?)([1-9]\d{0,2}(?:\.\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?:,(\d+))?")
_MONEY_UNIT = re.compile(r"\s*(?:đồng|đ|vnđ|vnd)\.?$", re.IGNORECASE)


class InvalidNumber(UserError):
    """What was typed is no number; the message says how to type it."""


def parse_decimal(text: str) -> Decimal:
    """Read `1234,5`, `1.234,5`, `1 234,5` or `-3`. Raises InvalidNumber.

    A dot only groups thousands: `1.5` is refused, never guessed at.
    """
    text = text.replace("\u00a0", " ").replace("\u2212", "-").strip()
    found = _NUMBER.fullmatch(text)
    if not found or not text.isascii():
        raise InvalidNumber(
            tr(
                "“{text}” is not a number. Write thousands with dots and decimals after a comma, "
                "as 1.234,5."
            ).format(text=text)
        )
    digits = re.sub(r"[. ]", "", found[2])
    number = Decimal(f"{found[1]}{digits}.{found[3] or 0}")
    if abs(number) > LARGEST:
        raise InvalidNumber(tr("The number has more than 15 digits; check it."))
    return number


def parse_integer(text: str) -> int:
    """Read a whole number: `1234`, `1.234`, `-3`. Raises InvalidNumber."""
    number = parse_decimal(text)
    if number != int(number):
        raise InvalidNumber(tr("A whole number is wanted here, without a comma."))
    return int(number)


def parse_money(text: str) -> int:
    """Read an amount in đồng: `500000`, `500.000 đ`. Raises InvalidNumber, also if negative."""
    amount = parse_integer(_MONEY_UNIT.sub("", text.strip()))
    if amount < 0:
        raise InvalidNumber(tr("An amount of money cannot be negative."))
    return amount


def format_integer(number: int) -> str:
    """`1.234.567`."""
    return f"{number:,}".replace(",", ".")


def format_decimal(number: Decimal | float | int, places: int = 1) -> str:
    """`1.234,5`, rounded half up to `places`, zeros kept."""
    rounded = f"{round_half_up(number, places):,.{places}f}"
    return rounded.translate(str.maketrans(",.", ".,"))


def format_money(amount: int) -> str:
    """`1.234.567 đ`."""
    return f"{format_integer(amount)} đ"


def round_half_up(number: Decimal | float | int, places: int = 1) -> Decimal:
    """Rounded as people round, halves away from zero; a float counts as it is written."""
    exact = Decimal(str(number)) if isinstance(number, float) else Decimal(number)
    return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
