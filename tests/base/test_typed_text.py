"""Texts as they are pasted: cleaned with a note, never changed without one."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.base.legacy_text import read_legacy
from desktop.base.text import has_control
from desktop.base.typed_text import (
    clean_line,
    clean_lines,
    offer_by_font,
    one_line,
    read_cells,
    shortened,
)

ODD = (
    "\t\r\n\v\f\x00\x07\x1c\x1f\x7f\x85\x9f\u00a0\u00ad\u061c\u200b\u200d\u200e\u202e\u2028\u2029"
    "\u2066\u3000\ufeff\ufffe\U000e0041 \u0302\u0303\u0323aâeưƯ¬·¸é¹»×Þµ§®Æ'\"-.,0123456789👍"
)
TEXTS = st.one_of(st.text(max_size=40), st.text(alphabet=ODD, max_size=40))


def visible(text: str) -> str:
    """What a person sees of a text: letters, digits and signs, blanks aside."""
    seen = one_line(unicodedata.normalize("NFC", text))
    return "".join(unicodedata.normalize("NFC", seen).split())


@given(TEXTS)
@example("a\u0323\u200b\u0302")
@example("ng\u00adêi cao tuæi")
@example(" \u0301")
def test_a_cleaned_line_is_clean_and_its_own_cleaning(text: str) -> None:
    once = clean_line(text)
    again = clean_line(once.text)
    assert again.text == once.text
    assert not again.notes or again.offers, "only an offer is made again"
    assert not has_control(once.text)
    assert "\n" not in once.text
    assert "\t" not in once.text
    assert unicodedata.is_normalized("NFC", once.text)


@given(TEXTS)
def test_nothing_is_changed_without_a_note_and_nothing_noted_without_a_change(text: str) -> None:
    found = clean_line(text)
    if found.text != unicodedata.normalize("NFC", text).strip():
        assert found.notes
    else:
        assert not found.notes or found.offers


@given(TEXTS)
def test_no_letter_is_ever_lost(text: str) -> None:
    kept = "".join(char for char in clean_line(text).text if char.isalnum())
    given_letters = [char for char in visible(text) if char.isalnum()]
    assert kept == "".join(given_letters)


@given(TEXTS)
def test_cleaned_lines_are_their_own_cleaning(text: str) -> None:
    once = clean_lines(text)
    again = clean_lines(once.text)
    assert again.text == once.text
    assert not again.notes or again.offers
    assert not has_control(once.text)
    assert all(not line or "\t" not in line for line in once.text.split("\n"))


@pytest.mark.parametrize(
    ("pasted", "text", "said"),
    [
        ("Lê\tVăn\x07 Bảy\u200b\n", "Lê Văn Bảy", ["ô thành dấu cách", "không nhìn thấy"]),
        ("Thôn 1\r\nXã Bình Lục\r\n", "Thôn 1 Xã Bình Lục", ["2 dòng"]),
        ("a\u00a0 b", "a b", ["một dấu cách thường"]),
        ("Hoà\u202e", "Hoà", ["không nhìn thấy"]),
        ("Nguye\u0302\u0303n ", "Nguyễn", []),
        ("=SUM(A1) 👍", "=SUM(A1) 👍", []),
        ("Hà\u00adNam", "HàNam", ["không nhìn thấy"]),
    ],
)
def test_what_is_said(pasted: str, text: str, said: list[str]) -> None:
    found = clean_line(pasted)
    assert found.text == text
    assert len(found.notes) == len(said)
    assert all(word in note for word, note in zip(said, found.notes, strict=True))


@pytest.mark.parametrize(
    ("old", "text"),
    [
        ("céng t¸c x· héi", "cộng tác xã hội"),
        ("ng\u00adêi cao tuæi", "người cao tuổi"),
        ("COÄNG HOØA XAÕ HOÄI", "CỘNG HÒA XÃ HỘI"),
        ("céng t¸c x· héi ở Phương Trung", "cộng tác xã hội ở Phương Trung"),
    ],
)
def test_an_old_font_is_offered_in_unicode_and_stays_until_then(old: str, text: str) -> None:
    found = clean_line(old)
    assert found.text == old, "soft hyphens too: they are letters here"
    assert found.offers[0].text == text
    assert text in found.words


def test_capitals_of_an_old_font_are_offered_for_they_cannot_be_known() -> None:
    found = clean_line("céng t¸c x· héi")
    assert [offer.text for offer in found.offers] == ["cộng tác xã hội", "CỘNG TÁC XÃ HỘI"]
    assert ".VnTimeH" in found.words


@pytest.mark.parametrize(
    "text", ["Nguyễn Thị Hoà", "café", "Đà Nẵng", "cà phê", "Hoà Bình, số 5", "Krông Ana", ""]
)
def test_what_reads_as_it_stands_is_left_alone(text: str) -> None:
    assert read_legacy(text) is None
    assert clean_line(text).words == ""


@pytest.mark.parametrize(
    ("text", "font", "offered"),
    [
        ("céng t¸c x· héi", ".VnTimeH", "CỘNG TÁC XÃ HỘI"),
        ("Hoµ", ".VnTime", "Hoà"),
        ("Hoaø", "VNI-Times", "Hoà"),
        ("Lan", ".VnArial", ""),
        ("Hoà", "Times New Roman", ""),
        ("Hoà Phương", ".VnTime", ""),
    ],
)
def test_the_font_copied_with_a_text_is_the_better_witness(
    text: str, font: str, offered: str
) -> None:
    html = f"<td style='font-family:\"{font}\", serif'>x</td>"
    found = offer_by_font(clean_line(text), html)
    assert "".join(offer.text for offer in found.offers) == offered
    assert found.text == text


def test_cells_as_excel_writes_them() -> None:
    assert read_cells('Hoà\t1948\r\n"Tổ 1\nXã B"\t1950\r\n') == [
        ["Hoà", "1948"],
        ["Tổ 1\nXã B", "1950"],
    ]
    assert read_cells('ống 5"\tx\n\t\ny') == [['ống 5"', "x"], ["y"]]
    assert read_cells("một ô") == [["một ô"]]


@given(TEXTS)
def test_cells_lose_no_letter(text: str) -> None:
    cells = "".join(cell for row in read_cells(text) for cell in row)
    wanted = sorted(char for char in text if char.isalnum())
    assert sorted(char for char in cells if char.isalnum()) == wanted


def test_a_long_text_is_shortened_for_a_note() -> None:
    assert shortened("a\n" * 100, 9) == "a a a a…"
