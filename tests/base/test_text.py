"""The keys by which Vietnamese text is found, sorted and compared."""

from __future__ import annotations

import sqlite3
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.base.text import (
    clean,
    fold,
    has_control,
    sort_key,
    split_name,
    text_sort_key,
    tone_free_key,
    without_marks,
)

VIETNAMESE = (
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệfghiìỉĩíịjklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvwxyỳỷỹýỵz"
)
names = st.text(VIETNAMESE + VIETNAMESE.upper() + " -'", max_size=40)
texts = st.one_of(names, st.text(max_size=40))


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


# clean


def test_clean_makes_nfc_and_single_spaces() -> None:
    assert clean("  Nguye\u0302\u0303n\u00a0 Thi\u0323  \tHoa\u0300 ") == "Nguyễn Thị Hoà"


def test_clean_keeps_line_ends_and_everything_else() -> None:
    assert clean("dòng một\ndòng  hai ﬁ ²") == "dòng một\ndòng hai ﬁ ²"


@given(texts)
def test_clean_is_idempotent_and_blind_to_the_form(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean(nfd(text)) == clean(nfc(text))


@pytest.mark.parametrize(
    "text", ["a\x00b", "\x07", "a\x7f", "a\x85b", "\ud800", "a\ufffe", "a\u202eb", "\u2066"]
)
def test_control_characters_are_seen(text: str) -> None:
    assert has_control(text)


@pytest.mark.parametrize(
    "text", ["", "Đặng Thị Hoà", "hai\ndòng\tcột\r\n", "“–…”", "a\u00a0b", "😀"]
)
def test_ordinary_text_has_no_control_character(text: str) -> None:
    assert not has_control(text)


# fold


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("NGUYỄN THỊ HOÀ", "nguyen thi hoa"),
        ("Đào Đức Ðệ", "dao duc de"),
        ("Y-Bih  Êban", "y bih eban"),
        ("H’Hen Niê", "h'hen nie"),
        ("Bru–Vân Kiều", "bru van kieu"),
        ("  ", ""),
        ("ngu\u00adời", "nguoi"),
    ],
)
def test_fold_gives_the_search_key(text: str, key: str) -> None:
    assert fold(text) == key


@given(texts)
def test_fold_is_idempotent_and_blind_to_form_and_case(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(nfd(text)) == fold(nfc(text))


@given(names)
def test_fold_of_vietnamese_is_plain_lower_ascii(name: str) -> None:
    assert fold(name).isascii()
    assert fold(name.upper()) == fold(name.lower())


def test_marks_go_and_capitals_stay() -> None:
    assert without_marks("Đặng Hòa, phường Hà Nam") == "Dang Hoa, phuong Ha Nam"


# sort keys

# ICU's order for `vi`, written out by hand: letters, then within a letter the tones.
ICU_ORDER = [
    *["a", "à", "ả", "ã", "á", "ạ", "ă", "ằ", "ẳ", "ẵ", "ắ", "ặ", "â", "ầ", "ẩ", "ẫ", "ấ", "ậ"],
    *["b", "c", "d", "đ", "e", "è", "ẻ", "ẽ", "é", "ẹ", "ê", "ề", "ể", "ễ", "ế", "ệ", "f", "g"],
    *["h", "i", "ì", "ỉ", "ĩ", "í", "ị", "j", "k", "l", "m", "n", "o", "ò", "ỏ", "õ", "ó", "ọ"],
    *["ô", "ồ", "ổ", "ỗ", "ố", "ộ", "ơ", "ờ", "ở", "ỡ", "ớ", "ợ", "p", "q", "r", "s", "t", "u"],
    *["ù", "ủ", "ũ", "ú", "ụ", "ư", "ừ", "ử", "ữ", "ứ", "ự", "v", "w", "x", "y", "ỳ", "ỷ", "ỹ"],
    *["ý", "ỵ", "z"],
]
WORDS_IN_ORDER = [
    *["an", "An Giang", "ăn", "ân", "ba", "bà", "bá a", "ba b", "Ca Dong", "Cơ-ho", "da", "đa"],
    *["Hà Nam", "Hà Nội", "ma", "mà", "má", "mạ", "mà b", "ma c", "Thôn 2", "Thôn 10", "Thôn 10A"],
    *["tong", "tòng", "tông", "ước", "Vũ", "xã", "Ý Yên"],
]


def test_letters_and_tones_follow_icu() -> None:
    keys = [text_sort_key(text) for text in ICU_ORDER]
    assert keys == sorted(set(keys))


def test_words_follow_icu_letters_before_tones() -> None:
    keys = [text_sort_key(text) for text in WORDS_IN_ORDER]
    assert keys == sorted(set(keys))


def test_names_are_sorted_by_their_last_word_first() -> None:
    people = [
        *["Lê Ái", "Trần Văn An", "Lý Văn Ân", "Đỗ Thị Bình", "Bùi Văn Đức", "Ngô Hoa"],
        *["Lê Thị Hòa", "Nguyễn An Hoà", "Nguyễn Bá Hòa", "Trần Hoá", "Phạm Ước", "Xuân"],
    ]
    keys = [sort_key(text) for text in people]
    assert keys == sorted(set(keys))


def test_namesakes_stay_together_whatever_the_family_name() -> None:
    assert sorted(["Vũ Hà", "An Hạ", "Bế Hà"], key=sort_key) == ["Bế Hà", "Vũ Hà", "An Hạ"]


def test_sort_keys_order_in_sqlite_as_in_python() -> None:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE t(name TEXT, key TEXT) STRICT")
    rows = [(name, text_sort_key(name)) for name in reversed([*ICU_ORDER, *WORDS_IN_ORDER])]
    database.executemany("INSERT INTO t VALUES (?, ?)", rows)
    found = [row[0] for row in database.execute("SELECT name FROM t ORDER BY key, rowid")]
    database.close()
    assert found == [name for name, _ in sorted(rows, key=lambda row: row[1])]


@given(texts)
def test_sort_keys_are_blind_to_the_form_and_storable(text: str) -> None:
    assert text_sort_key(nfd(text)) == text_sort_key(nfc(text))
    assert sort_key(nfd(text)) == sort_key(nfc(text))
    assert "\x00" not in sort_key(text)


@given(names)
def test_sort_keys_of_vietnamese_are_printable_ascii(name: str) -> None:
    assert sort_key(name).isascii()
    assert all(" " <= char <= "~" for char in sort_key(name))
    assert sort_key(name.upper()) == sort_key(name.lower())


@given(st.lists(names, max_size=6))
def test_a_word_more_comes_after(words: list[str]) -> None:
    shorter = " ".join(words)
    letters = text_sort_key(shorter).split(" ")[0]
    assert not letters or text_sort_key(shorter) < text_sort_key(f"{shorter} a")


# tone placement


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoà Bình", "Hòa Bình"),
        ("hoá", "hóa"),
        ("Thuỷ", "THỦY"),
        ("uý", "úy"),
        ("khoẻ", "khỏe"),
        ("Bru-Vân Kiều", "Bru Vân Kiều"),
    ],
)
def test_tone_placement_does_not_count(one: str, other: str) -> None:
    assert tone_free_key(one) == tone_free_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("hòa", "hóa"), ("Hoa", "Hòa"), ("dao", "đao"), ("an", "ân")]
)
def test_tones_and_letters_count(one: str, other: str) -> None:
    assert tone_free_key(one) != tone_free_key(other)


@given(texts)
def test_tone_free_key_is_blind_to_the_form(text: str) -> None:
    assert tone_free_key(nfd(text)) == tone_free_key(nfc(text))


# names


@pytest.mark.parametrize(
    ("full", "parts"),
    [
        ("Nguyễn Thị Hoà", ("Nguyễn", "Thị", "Hoà")),
        ("Lê  Nguyễn Bảo Anh", ("Lê", "Nguyễn Bảo", "Anh")),
        ("Trần Đức", ("Trần", "", "Đức")),
        ("Y-Bih", ("", "", "Y-Bih")),
        ("", ("", "", "")),
    ],
)
def test_a_name_is_split(full: str, parts: tuple[str, str, str]) -> None:
    assert split_name(full) == parts


def test_keys_of_100000_names_take_no_noticeable_time() -> None:
    people = [f"{a} {b}{i % 97} {c}" for i in range(400) for a, b, c in _NAME_PARTS]
    start = time.perf_counter()
    for name in people:
        fold(name)
        sort_key(name)
    assert len(people) == 100_000
    assert time.perf_counter() - start < 3.0  # ten times what it takes; a slow path takes more


_NAME_PARTS = [
    (family, middle, given)
    for family in ("Nguyễn", "Trần", "Lê", "Phạm", "Đặng")
    for middle in ("Thị", "Văn", "Hữu", "Ngọc", "Quỳnh")
    for given in ("Hòa", "Thủy", "Đức", "Ánh", "Nguyệt", "Uyên", "Ưng", "Yến", "Trường", "Hưởng")
]
