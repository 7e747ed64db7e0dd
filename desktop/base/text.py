"""Vietnamese text: cleaning, search keys, sort keys, names. The only place that computes them.

SQLite's own LOWER, LIKE and FTS folding know nothing of đ or of the order of the alphabet, so the
keys made here are stored beside the text and compared byte by byte.

Alphabet and order of tones: as ICU's `vi` collation; letters are the first level, tones the second.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# a ă â b c d đ e ê … : a letter that follows another of the same shape gets a mark that sorts after
# every plain letter, so that “az” < “ă” < “b”. Source: ICU 78 `vi`, CLDR root for f j w z.
_LETTER_CODES = {
    "ă": "a{", "â": "a|", "đ": "d{", "ê": "e{", "ô": "o{", "ơ": "o|", "ư": "u{",
}  # fmt: skip
# No tone < huyền < hỏi < ngã < sắc < nặng.
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_TONE_SIGNS = {"1": "₁", "2": "₂", "3": "₃", "4": "₄", "5": "₅"}
_HYPHENS = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_APOSTROPHES = "\u2018\u2019\u02bc`\u00b4"
_D_STROKES = "đð"  # the second is the Icelandic letter some keyboards give for Đ
# Characters XML 1.0 cannot hold, the C1 range, and the ones that turn the direction of writing.
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
_BLANKS = re.compile(r"[ \t]{2,}|\t")
_PRECOMPOSED = [*range(0x00C0, 0x0250), *range(0x1E00, 0x1F00)]

# Word separator and level separator of a sort key; both sort before every letter and digit, and the
# end of a name before another word of it.
_WORD_END = "!"
_LEVEL_END = " "


def clean(text: str) -> str:
    """NFC, U+00A0 → space, runs of blanks → one, trimmed. Line ends inside stay."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).replace("\u00a0", " ")
    if "  " in text or "\t" in text:
        text = _BLANKS.sub(" ", text)
    return text.strip()


def is_clean(text: str) -> bool:
    """True if `clean` would change nothing and no character is in it that nobody types; False for
    several lines."""
    return (
        text.isprintable()
        and unicodedata.is_normalized("NFC", text)
        and "  " not in text
        and text.strip() == text
    )


def has_control(text: str) -> bool:
    """True if a character is in it that nobody types: control, half a surrogate, text direction.

    Tab and line ends are not counted.
    """
    return not text.isprintable() and _CONTROL.search(text) is not None


def _strip(text: str) -> str:
    """Lower case without any mark, character by character."""
    lowered = unicodedata.normalize("NFD", unicodedata.normalize("NFD", text).lower())
    return "".join("d" if c in _D_STROKES else c for c in lowered if not "\u0300" <= c <= "\u036f")


def _folding_table() -> dict[int, str | None]:
    table: dict[int, str | None] = {code: _strip(chr(code)) for code in _PRECOMPOSED}
    table.update({code: chr(code).lower() for code in range(0x41, 0x5B)})
    table.update(dict.fromkeys(range(0x0300, 0x0370)))
    table.update({ord(hyphen): " " for hyphen in _HYPHENS})
    table.update({ord(mark): "'" for mark in _APOSTROPHES})
    table.update({0x00A0: " ", 0x00AD: None})
    return table


_FOLDING = _folding_table()


def fold(text: str) -> str:
    """The search key: lower case, no marks, đ → d, blanks and hyphens → one space, trimmed."""
    folded = text.translate(_FOLDING)
    if not folded.isascii():
        folded = unicodedata.normalize("NFC", _strip(text).translate(_FOLDING))
    return " ".join(folded.split())


_D_STROKE = str.maketrans("đĐðÐ", "dDdD")


def without_marks(text: str) -> str:
    """The text without marks, upper and lower case kept: “Đặng Hòa” → `Dang Hoa`."""
    parts = unicodedata.normalize("NFD", text.translate(_D_STROKE))
    return "".join(c for c in parts if not "\u0300" <= c <= "\u036f")


def _letters_and_tone(char: str) -> tuple[str, str]:
    """A lower-case NFC character as (letter of the alphabet, tone digit or "")."""
    marks = unicodedata.normalize("NFD", char)
    if marks[0] in _TONES:
        return "", _TONES[marks[0]]
    tone = next((_TONES[mark] for mark in marks[1:] if mark in _TONES), "")
    rest = "".join(mark for mark in marks[1:] if mark not in _TONES)
    letter = unicodedata.normalize("NFC", marks[0] + rest)
    return (letter if letter in _LETTER_CODES else marks[0]), tone


_LETTERS = {chr(code): _letters_and_tone(chr(code).lower()) for code in _PRECOMPOSED}
_LETTERS.update({mark: ("", tone) for mark, tone in _TONES.items()})


@lru_cache(maxsize=1 << 16)
def _word_key(word: str) -> tuple[str, str]:
    """Sort key of a word without blanks: (letters, one tone digit for each syllable)."""
    letters: list[str] = []
    tones: list[str] = []
    for syllable in re.findall(r"[^\W\d_]+|\d+", _apart(word)):
        plain, tone = letters_and_tones(syllable)
        if plain.isdigit():
            # The number of digits first, so that 2 < 10.
            plain = plain.lstrip("0") or "0"
            plain = f"{min(len(plain), 9)}{plain}"
        else:
            plain = "".join(_LETTER_CODES.get(letter, letter) for letter in plain)
        letters.append(plain)
        tones.append(tone[-1:] or "0")
    return _WORD_END.join(letters), "".join(tones)


def _apart(word: str) -> str:
    """Lower-case NFC word without apostrophes and marks that belong to no Vietnamese letter."""
    word = unicodedata.normalize("NFC", word.lower()).replace("ð", "đ")
    return "".join(c for c in word if c not in _APOSTROPHES and c != "'" and c != "\u00ad")


def letters_and_tones(word: str) -> tuple[str, str]:
    """A lower-case NFC word as (letters without tone, tone digits 1–5 in writing order)."""
    pairs = [_LETTERS.get(char) or _letters_and_tone(char) for char in word]
    return "".join(pair[0] for pair in pairs), "".join(pair[1] for pair in pairs)


def text_sort_key(text: str) -> str:
    """Key of any text in Vietnamese order, words as written, numbers by value.

    ASCII for Vietnamese; compare byte by byte (SQLite BINARY). Letters of all words count before
    the tones of any, so that “mà b” < “ma c”; case and punctuation do not count.
    """
    keys = [_word_key(word) for word in text.split()]
    letters = _WORD_END.join(key[0] for key in keys if key[0])
    return letters + _LEVEL_END + "".join(key[1] for key in keys)


def sort_key(full_name: str) -> str:
    """Key of a person's name: tên (the last word) first, then họ and đệm in writing order."""
    words = full_name.split()
    if not words:
        return ""
    return text_sort_key(words[-1]) + _LEVEL_END + text_sort_key(" ".join(words[:-1]))


def tone_free_key(text: str) -> str:
    """Key that is the same wherever in its syllable a tone is placed: hoà = hòa, thuỷ = thủy.

    Lower case; vowel marks and tones still count (hòa ≠ hóa); blanks and hyphens are one space.
    """
    spaced = text.lower().translate({ord(hyphen): " " for hyphen in _HYPHENS})
    return " ".join(_tone_at_end(word) for word in spaced.split())


@lru_cache(maxsize=1 << 16)
def _tone_at_end(word: str) -> str:
    def moved(match: re.Match[str]) -> str:
        plain, tones = letters_and_tones(match[0])
        return plain + "".join(_TONE_SIGNS[tone] for tone in tones)

    return re.sub(r"[^\W\d_]+", moved, unicodedata.normalize("NFC", word))


def split_name(full: str) -> tuple[str, str, str]:
    """(họ, đệm, tên) of a full name; a name of one word is all tên, and that is legal."""
    words = clean(full).split()
    if len(words) < 2:
        return "", "", "".join(words)
    return words[0], " ".join(words[1:-1]), words[-1]
