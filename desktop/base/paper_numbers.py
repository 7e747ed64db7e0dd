"""Numbers of papers (CCCD, CMND, BHXH, BHYT): how they are compared, and numbers that are none."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

_SEPARATORS = str.maketrans("", "", " .-\u00a0\u2010\u2011\u2012\u2013")
LEAST_DIGITS = 6
"""Shorter numbers are not looked at: a run of four digits is nothing unusual."""
_INVENTED_TAIL = "000000"


def plain_number(text: str) -> str:
    """The number without blanks, dots and hyphens, in capitals."""
    return text.translate(_SEPARATORS).upper()


@lru_cache(maxsize=1 << 14)
def is_placeholder(text: str) -> bool:
    """True for a number written only so that the field is not empty: 000…, 111…, 123456789,
    123456789012, 987654321, 000000000001, 035148000000.

    Such numbers say nothing about who somebody is: two of them are never equal.
    """
    number = plain_number(text)
    if len(number) < LEAST_DIGITS or not (number.isascii() and number.isdigit()):
        return False
    if _is_run(number, 1) or _is_run(number, -1) or number[2:] == number[:-2]:
        return True
    # Counted on by hand: 000000000001, 000000000002 … Nobody's card begins like that.
    if len(number) >= 9 and len(set(number[:-2])) == 1:
        return True
    # Province, sex and year as on a card, then nothing.
    return len(number) == 12 and number.endswith(_INVENTED_TAIL)


def _is_run(number: str, step: int) -> bool:
    """Every digit follows the one before it, or begins the run again."""
    first = number[0]
    return all(
        digit == first or int(digit) == (int(before) + step) % 10
        for before, digit in pairwise(number)
    )
