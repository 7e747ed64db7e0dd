"""Numbers, digits, dates and telephones as other programs paste them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.base.numbers import format_decimal, parse_decimal
from desktop.base.typed_values import clean_date, clean_digits, clean_number, clean_phone

FIGURES = st.text(alphabet="0123456789.,-+()eE đ'\u00a0\u2212/: TMay", max_size=24)


@pytest.mark.parametrize(
    ("pasted", "decimals", "text", "other"),
    [
        ("1.234,5", 1, "1.234,5", ""),
        ("1,234.5", 1, "1.234,5", ""),
        ("1,234,567", 0, "1.234.567", ""),
        ("1,234,567 VND", 0, "1.234.567", ""),
        ("-1,234.5", 1, "-1.234,5", ""),
        ("(1.500)", 0, "-1.500", ""),
        ("5.0", 0, "5", ""),
        ("1.5", 2, "1,5", ""),
        ("'1234", 0, "1234", ""),
        ("1,234", 0, "1.234", ""),
        ("1.234", 0, "1.234", ""),
        ("1.234", 3, "1.234", "1,234"),
        ("1,234", 2, "1,234", "1.234"),
        ("1.234", 2, "1.234", ""),
        ("0.125", 3, "0,125", ""),
        ("\u00a05\u00a0000", 0, "5 000", ""),
    ],
)
def test_numbers(pasted: str, decimals: int, text: str, other: str) -> None:
    found = clean_number(pasted, decimals=decimals)
    assert found.text == text
    assert "".join(offer.text for offer in found.offers) == other
    assert bool(found.notes) == (
        text != pasted or bool(other) or (pasted, decimals) == ("1.234", 2)
    )


@pytest.mark.parametrize(
    "pasted", ["1,234.5", "1.5", "12.34.567", "50%", "năm", "1/2", "12.345,678.9"]
)
def test_what_is_no_whole_number_is_left_for_the_field_to_refuse(pasted: str) -> None:
    assert clean_number(pasted).text == pasted


@pytest.mark.parametrize("pasted", ["4E+11", "4,12E+11", "1.2e3"])
def test_a_power_of_ten_is_refused(pasted: str) -> None:
    for found in (clean_number(pasted, decimals=2), clean_digits(pasted, 12)):
        assert found.text == pasted
        assert "Excel" in found.refused


@pytest.mark.parametrize(
    ("pasted", "text", "offer"),
    [
        ("035.148.000.123", "035148000123", ""),
        ("035 148-000 123", "035148000123", ""),
        ("'035148000123", "035148000123", ""),
        ("035148000123.0", "035148000123", ""),
        ("35148000123", "35148000123", "035148000123"),
        ("35148000123.0", "35148000123", "035148000123"),
        ("1148000123", "1148000123", "001148000123"),
        ("035148000123", "035148000123", ""),
        ("03514800012A", "03514800012A", ""),
        ("148000123", "148000123", ""),
    ],
)
def test_identity_numbers(pasted: str, text: str, offer: str) -> None:
    found = clean_digits(pasted, 12)
    assert found.text == text
    assert "".join(one.text for one in found.offers) == offer
    assert bool(found.notes) == (text != pasted or bool(offer))


@pytest.mark.parametrize(
    ("pasted", "text"),
    [
        ("+84 912 345 678", "0912345678"),
        ("0084912345678", "0912345678"),
        ("+84 (0)912345678", "0912345678"),
        ("84912345678", "0912345678"),
        ("0912.345.678", "0912345678"),
        ("(0225) 3846314", "02253846314"),
    ],
)
def test_telephones_can_be_left_as_they_were(pasted: str, text: str) -> None:
    found = clean_phone(pasted)
    assert found.text == text
    assert found.notes
    assert [offer.text for offer in found.offers] == [pasted]


@pytest.mark.parametrize("pasted", ["0912345678", "không có", "113", "gọi con gái 0912"])
def test_other_telephones_stay(pasted: str) -> None:
    assert clean_phone(pasted).text == pasted
    assert not clean_phone(pasted).words


@pytest.mark.parametrize(
    ("pasted", "text", "other"),
    [
        ("1948-05-02 00:00:00", "02/05/1948", ""),
        ("02/05/1948 00:00:00", "02/05/1948", ""),
        ("1948-05-02T13:45", "02/05/1948", ""),
        ("5/2/1948", "05/02/1948", "02/05/1948"),
        ("5/22/1948", "22/05/1948", ""),
        ("17655", "02/05/1948", ""),
        ("17655.5", "02/05/1948", ""),
        ("2-May-1948", "02/05/1948", ""),
        ("May 2, 1948", "02/05/1948", ""),
        ("'02/05/1948", "02/05/1948", ""),
        ("02/05/1948", "02/05/1948", ""),
        ("1948", "1948", ""),
        ("5/1948", "5/1948", ""),
        ("31/02/1948", "31/02/1948", ""),
        ("99999", "99999", ""),
        ("2-May-48", "2-May-48", ""),
        ("h", "h", ""),
    ],
)
def test_dates(pasted: str, text: str, other: str) -> None:
    found = clean_date(pasted)
    assert found.text == text
    assert "".join(offer.text for offer in found.offers) == other
    assert bool(found.notes) == (text != pasted)


@pytest.mark.parametrize(
    ("pasted", "text"),
    [
        ("2026-06-15 08:30:00", "15/06/2026 08:30"),
        ("46188.354166667", "15/06/2026 08:30"),
        ("15/06/2026 08:30", "15/06/2026 08:30"),
    ],
)
def test_moments(pasted: str, text: str) -> None:
    assert clean_date(pasted, with_time=True).text == text


CLEANERS = [
    clean_number,
    lambda text: clean_number(text, decimals=3),
    lambda text: clean_digits(text, 12),
    clean_phone,
    clean_date,
    lambda text: clean_date(text, with_time=True),
]


@given(FIGURES, st.sampled_from(CLEANERS))
def test_what_was_cleaned_is_not_cleaned_again(text: str, cleaner) -> None:
    once = cleaner(text)
    again = cleaner(once.text)
    assert again.text == once.text
    if once.text != text.strip():
        assert once.words


@given(st.decimals(min_value=0, max_value=10**12, places=2, allow_nan=False))
def test_english_numbers_keep_their_value(number: Decimal) -> None:
    english = f"{number:,.2f}"
    found = clean_number(english, decimals=2)
    assert parse_decimal(found.text) == number, (english, found.text)


@given(st.integers(min_value=0, max_value=10**14))
def test_numbers_of_the_office_stay(number: int) -> None:
    written = format_decimal(number, 0)
    assert parse_decimal(clean_number(written).text) == number
    assert clean_number(written).text == written
