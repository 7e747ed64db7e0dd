"""Texts of TCVN3 and VNI fonts: the tables, and when they are suspected."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.base.legacy_text import (
    TCVN3_LETTERS,
    VNI_LETTERS,
    from_tcvn3,
    from_vni,
    looks_legacy,
)

ACCENTED = set("àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ")


def test_tables_are_complete() -> None:
    assert len(TCVN3_LETTERS) == 74
    assert set(TCVN3_LETTERS.values()) == ACCENTED | set("ĂÂÊÔƠƯĐ")
    assert set(VNI_LETTERS.values()) == ACCENTED | {letter.upper() for letter in ACCENTED}
    assert all(unicodedata.is_normalized("NFC", c) for c in VNI_LETTERS.values())


@pytest.mark.parametrize(
    ("old", "text"),
    [
        ("hép møt tÕt", "hộp mứt tết"),
        ("céng t¸c x· héi", "cộng tác xã hội"),
        ("ng\u00adêi cao tuæi", "người cao tuổi"),
        ("ng-êi ph-¬ng ®-îc", "người phương được"),
        ("x· - ph-êng", "xã - phường"),
        ("§Æng ThÞ Hoµ", "Đặng Thị Hoà"),
    ],
)
def test_tcvn3(old: str, text: str) -> None:
    assert from_tcvn3(old) == text
    assert looks_legacy(old) == "tcvn3"


def test_tcvn3_of_a_capital_font() -> None:
    assert from_tcvn3("céng hßa x· héi", capitals=True) == "CỘNG HÒA XÃ HỘI"


@pytest.mark.parametrize(
    ("old", "text"),
    [
        ("COÄNG HOØA XAÕ HOÄI", "CỘNG HÒA XÃ HỘI"),
        ("Nguyeãn Thò Hueä", "Nguyễn Thị Huệ"),
        ("coâng taùc xaõ hoäi", "công tác xã hội"),
        ("ñöôïc höôûng trôï caáp", "được hưởng trợ cấp"),
    ],
)
def test_vni(old: str, text: str) -> None:
    assert from_vni(old) == text
    assert looks_legacy(old) == "vni"


@pytest.mark.parametrize(
    "text",
    [
        *["", "Nguyen Van A", "Nguyễn Thị Hoà", "Trần Thị Hoà", "Lê Hà", "Bé Tý", "xã Hòa An"],
        *["José Müller", "Y Bih Êban", "050%", "100 m²", "năm 2026 – quý I", "“Lá lành”"],
        "Quê: Hà Nam, hết",
    ],
)
def test_what_reads_as_it_is_is_not_suspected(text: str) -> None:
    assert looks_legacy(text) is None


@given(st.text(max_size=60))
def test_any_text_can_be_asked_about(text: str) -> None:
    assert looks_legacy(text) in (None, "tcvn3", "vni")


SYLLABLES = ["cộng", "tác", "xã", "hội", "người", "khuyết", "tật", "trợ", "giúp", "nghèo", "quản"]
TO_TCVN3 = {letter: old for old, letter in TCVN3_LETTERS.items()}
TO_VNI = {letter: old for old, letter in VNI_LETTERS.items()}


@given(st.lists(st.sampled_from(SYLLABLES), min_size=4, max_size=8, unique=True))
def test_what_was_written_in_an_old_font_comes_back(words: list[str]) -> None:
    text = " ".join(words)
    for table, back, name in ((TO_TCVN3, from_tcvn3, "tcvn3"), (TO_VNI, from_vni, "vni")):
        old = "".join(table.get(c, c) for c in text)
        assert back(old) == text
        assert looks_legacy(old) == name
