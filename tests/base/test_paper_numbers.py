"""Numbers that only fill a field, and numbers that may be somebody's."""

from __future__ import annotations

import pytest

from desktop.base.paper_numbers import is_placeholder, plain_number


@pytest.mark.parametrize(
    "text",
    [
        "000000000000", "111111111111", "999999999", "000000000", "123456789", "123456789012",
        "012345678", "0123456789", "012345678901", "987654321", "123123123123", "123456789123",
        "010101010101", "050505050505", "121212121", "000000000001", "000000012", "111111111112",
        "035148000000", "123 456 789 012", "000.000.000", "098765432109",
    ],
)  # fmt: skip
def test_placeholders(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "0", "11111", "035148000123", "001080000001", "168123457", "162000123",
        "HN4350123456789", "0123456798", "035200112233", "abcdefgh", "١١١١١١١١١",
    ],
)  # fmt: skip
def test_other_numbers(text: str) -> None:
    assert not is_placeholder(text)


def test_separators_do_not_count() -> None:
    assert plain_number("hn4 35-0123.456\u00a0789") == "HN4350123456789"
