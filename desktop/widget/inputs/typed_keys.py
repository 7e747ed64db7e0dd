"""The keys behind letters that an input method made, to find a code typed while it was on."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

_TELEX = {
    "ă": "aw", "â": "aa", "đ": "dd", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw",
    "\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j",
}  # fmt: skip
_VNI = {
    "ă": "a8", "â": "a6", "đ": "d9", "ê": "e6", "ô": "o6", "ơ": "o7", "ư": "u7",
    "\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5",
}  # fmt: skip


def keys_behind(typed: str) -> Iterator[str]:
    """Keys that may have been pressed for a text with Vietnamese letters, small ones: in Telex and
    VNI, the tone right behind its letter ("as1" for "á1") or at the end of the word. Nothing for a
    text without such letters."""
    text = unicodedata.normalize("NFC", typed.strip().lower())
    if text.isascii():
        return
    for table in (_TELEX, _VNI):
        for tone_last in (False, True):
            yield " ".join(_word(word, table, tone_last=tone_last) for word in text.split())


def _word(word: str, table: dict[str, str], *, tone_last: bool) -> str:
    keys, tones = "", ""
    for char in word:
        marks = unicodedata.normalize("NFD", char)
        tone = "".join(table[mark] for mark in marks if mark in table)
        letter = unicodedata.normalize("NFC", "".join(m for m in marks if m not in table))
        keys += table.get(letter, letter) + ("" if tone_last else tone)
        tones += tone if tone_last else ""
    return keys + tones
