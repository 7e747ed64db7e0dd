"""Vietnamese numbers and money, typed and shown."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.base.numbers import (
    LARGEST,
    InvalidNumber,
    format_decimal,
    format_integer,
    format_money,
    parse_decimal,
    parse_integer,
    parse_money,
    round_half_up,
)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1234", "1234"),
        ("1.234.567", "1234567"),
        ("1 234 567", "1234567"),
        ("1.234,5", "1234.5"),
        ("0,05", "0.05"),
        ("-3", "-3"),
        ("\u22123,5", "-3.5"),
        (" 12 ", "12"),
        ("1.500", "1500"),
    ],
)
def test_ways_to_type_a_number(typed: str, number: str) -> None:
    assert parse_decimal(typed) == Decimal(number)


@pytest.mark.parametrize(
    "typed",
    ["", "1.5", "1,234,567", "12.34.567", "1.2345", "1..000", "abc", "1e5", "٣", "1,", ",5", "--1"],
)
def test_what_could_be_misread_is_refused(typed: str) -> None:
    with pytest.raises(InvalidNumber, match="không phải là số"):
        parse_decimal(typed)


def test_whole_numbers_and_limits() -> None:
    assert parse_integer("12,0") == 12
    with pytest.raises(InvalidNumber, match="số nguyên"):
        parse_integer("12,5")
    assert parse_integer(format_integer(LARGEST)) == LARGEST
    with pytest.raises(InvalidNumber, match="15 chữ số"):
        parse_integer(str(LARGEST + 1))


@pytest.mark.parametrize("typed", ["500000", "500.000", "500.000 đ", "500.000đồng", "500000 VND"])
def test_ways_to_type_money(typed: str) -> None:
    assert parse_money(typed) == 500_000


def test_negative_money_is_refused() -> None:
    with pytest.raises(InvalidNumber, match="không được âm"):
        parse_money("-1")


def test_rounding_is_the_one_of_people() -> None:
    assert round_half_up(0.25) == Decimal("0.3")
    assert round_half_up(2.675, 2) == Decimal("2.68")
    assert round_half_up(-0.25) == Decimal("-0.3")
    assert round_half_up(5, 0) == Decimal("5")
    assert format_decimal(1234.45) == "1.234,5"
    assert format_decimal(Decimal("66.6666")) == "66,7"
    assert format_decimal(7) == "7,0"
    assert format_decimal(1234567.5, 0) == "1.234.568"


@given(st.integers(-LARGEST, LARGEST))
def test_whole_numbers_read_back_as_shown(number: int) -> None:
    assert parse_integer(format_integer(number)) == number


@given(st.integers(0, LARGEST))
def test_money_reads_back_as_shown(amount: int) -> None:
    assert parse_money(format_money(amount)) == amount


@given(st.decimals(-(10**9), 10**9, places=2))
def test_decimals_read_back_as_shown(number: Decimal) -> None:
    assert parse_decimal(format_decimal(number, 2)) == number
