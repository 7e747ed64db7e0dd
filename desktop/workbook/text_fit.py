"""How many lines a text takes in a column: Excel does not grow merged rows by itself."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.workbook.plan import Look

WIDE = frozenset("mwMWQOĐƯƠƠÔ—…%@")
NARROW = frozenset("iíìỉĩịjltfrI.,:;'!|()[]- ")
STANDARD_SIZE = 11
"""Point size for which a column's width counts characters."""


def text_width(text: str, size: float = STANDARD_SIZE, *, bold: bool = False) -> float:
    """Width in characters of the standard font; a little generous."""
    width = 0.0
    for char in text:
        if char in NARROW:
            width += 0.6
        elif char in WIDE or (char.isupper() and char.isalpha()):
            width += 1.32
        else:
            width += 0.95
    return width * size / STANDARD_SIZE * (1.07 if bold else 1.0)


def lines_of(text: str, width: float, look: Look) -> int:
    """Lines the text takes when wrapped at `width` characters."""
    usable = max(width - 1.2 - look.indent * 1.5, 2)
    count = 0
    for paragraph in text.split("\n"):
        count += max(1, ceil(text_width(paragraph, look.size, bold=look.bold) / usable))
    return count
