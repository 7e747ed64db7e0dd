"""Text typed with the fonts of before Unicode: TCVN3 (ABC) and VNI-Windows.

An old Excel file stores the Latin-1 look of the bytes and the name of the font; the font is the
better witness, the letters themselves (`looks_legacy`) the second. Always show a preview: short
words can be right in two readings.

Sources of the tables: TCVN 5712:1993 third set (VN3, the same letters as glibc's TCVN5712-1);
VNI-Windows by its own rule of letter + mark.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from desktop.base.text import letters_and_tones

Encoding = Literal["tcvn3", "vni"]

# Bytes A1–FE that are letters, in order; holes (BA, BF, …) are punctuation or unused.
_TCVN3 = (
    "A1ĂA2ÂA3ÊA4ÔA5ƠA6ƯA7ĐA8ăA9âAAêABôACơADưAEđB5àB6ảB7ãB8áB9ạBBằBCẳBDẵBEắC6ặC7ầC8ẩC9ẫCAấCBậCCèCEẻ"
    "CFẽD0éD1ẹD2ềD3ểD4ễD5ếD6ệD7ìD8ỉDCĩDDíDEịDFòE1ỏE2õE3óE4ọE5ồE6ổE7ỗE8ốE9ộEAờEBởECỡEDớEEợEFùF1ủF2ũ"
    "F3úF4ụF5ừF6ửF7ữF8ứF9ựFAỳFBỷFCỹFDýFEỵ"
)
TCVN3_LETTERS = {chr(int(_TCVN3[i : i + 2], 16)): _TCVN3[i + 2] for i in range(0, len(_TCVN3), 3)}
_TCVN3_TABLE = str.maketrans(TCVN3_LETTERS)
# ư is byte AD, the soft hyphen, which copying drops or turns into a hyphen: ng-êi, ph-¬ng.
_BROKEN_U_HORN = re.compile("(?<=[A-Za-z®§])-(?=[¬êëìíî])|(?<=[®§])-(?=[a-z])")

# VNI: a plain vowel and the sign after it that carries tone, or vowel mark and tone.
_VNI_TONES = "ùøûõï"  # sắc huyền hỏi ngã nặng
_VNI_VOWELS = (
    (_VNI_TONES, {"a": "áàảãạ", "e": "éèẻẽẹ", "o": "óòỏõọ", "u": "úùủũụ", "y": "ýỳỷỹỵ"}),
    ("âáàåãä", {"a": "âấầẩẫậ", "e": "êếềểễệ", "o": "ôốồổỗộ"}),
    ("êéèúüë", {"a": "ăắằẳẵặ"}),
    (_VNI_TONES, {"ô": "ớờởỡợ", "ö": "ứừửữự"}),
)
_VNI_SINGLE = {
    "ô": "ơ",
    "ö": "ư",
    "í": "í",
    "ì": "ì",
    "æ": "ỉ",
    "ó": "ĩ",
    "ò": "ị",
    "î": "ỵ",
    "ñ": "đ",
}


def _vni_letters() -> dict[str, str]:
    lower = dict(_VNI_SINGLE)
    for signs, results in _VNI_VOWELS:
        for vowel, letters in results.items():
            lower.update({vowel + sign: c for sign, c in zip(signs, letters, strict=True)})
    mixed = {key[0].upper() + key[1:]: letter.upper() for key, letter in lower.items()}
    return lower | mixed | {key.upper(): letter.upper() for key, letter in lower.items()}


VNI_LETTERS = _vni_letters()
_VNI_PATTERN = re.compile("|".join(sorted(map(re.escape, VNI_LETTERS), key=len, reverse=True)))

# What may follow the first consonant, by its letters without tone (spelling of today).
_RIMES = frozenset(
    """a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu
    iêc iêm iên iêng iêp iêt iêu o oc oi om on ong op ot oa oac oach oai oam oan oang oanh
    oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uêt uy uya uych uyên uyêt uyn uynh uyt
    uyu uơ uôc uôi uôm uôn uông uôt ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    y yêm yên yêng yêt yêu yn ynh yt""".split()  # noqa: SIM905 - a list of 150 strings says less
)
_ONSETS = frozenset(
    [*"bcdđghklmnprstvx", "", *"ch gh gi kh ng ngh nh ph qu th tr".split()]  # noqa: SIM905
)
_ENOUGH = 0.75  # a name may hold one word of another language
_FRONT = "eêiy"  # c, g, ng are written k, gh, ngh before these
_MARKED = frozenset(VNI_LETTERS.values())
# A tone never stands on the closing o or u; in VNI, a and e followed by these are letters.
_MISPLACED_TONE = re.compile("(?:a[òỏõóọùủũúụ]|e[òỏõóọ])$")
_STOPS = ("c", "ch", "p", "t")  # a syllable that ends in one has tone sắc or nặng
_OLD_FONT = re.compile(r"(?:font-family:|face=)\s*[\"']?(?:(\.Vn\w+)|VNI[-\w ]+)", re.IGNORECASE)
_NOT_LATIN_1 = re.compile("[\u0100-\u1fff]")
_LETTER_RUN = re.compile(r"[^\s!-@\[-`{-~…“”‘’–—]+")


def from_tcvn3(text: str, capitals: bool = False) -> str:
    """The Unicode (NFC) of a text with a TCVN3 font; `capitals` for .VnTimeH and the like."""
    converted = _BROKEN_U_HORN.sub("ư", text).translate(_TCVN3_TABLE)
    return converted.upper() if capitals else converted


def from_vni(text: str) -> str:
    """The Unicode (NFC) of a text with a VNI-Windows font."""
    return _VNI_PATTERN.sub(lambda found: VNI_LETTERS[found[0]], text)


def looks_legacy(text: str) -> Encoding | None:
    """Which old encoding the letters themselves speak for; None: neither, or it cannot be told.

    A text that reads as Vietnamese as it stands is never called legacy.
    """
    if text.isascii() or _NOT_LATIN_1.search(text):
        return None
    as_is = _share_of_syllables(text)
    if as_is >= _ENOUGH:
        return None
    tcvn3 = _share_of_syllables(from_tcvn3(text))
    vni = _share_of_syllables(from_vni(text))
    if max(tcvn3, vni) < _ENOUGH or tcvn3 == vni:
        return None
    return "tcvn3" if tcvn3 > vni else "vni"


@dataclass(frozen=True)
class LegacyReading:
    """What a text says if it was written with an old font."""

    encoding: Encoding
    text: str
    """Unicode, NFC."""


def read_legacy(text: str) -> LegacyReading | None:
    """The Unicode of a text that looks written with an old font, None where it does not.

    Words that are Unicode already stay: a cell may hold both, and its other words are judged
    together, so that a word that could be read in two ways follows its neighbours.
    """
    whole = looks_legacy(text)
    if whole is not None:
        return LegacyReading(whole, _convert(text, whole))
    if text.isascii() or not _NOT_LATIN_1.search(text):
        return None
    pieces = re.split(r"(\s+)", text)
    old = [piece for piece in pieces if not _NOT_LATIN_1.search(piece)]
    encoding = looks_legacy(" ".join(old))
    if encoding is None or not any(_is_only_legacy(piece, encoding) for piece in old):
        return None
    read = (p if _NOT_LATIN_1.search(p) else _convert(p, encoding) for p in pieces)
    return LegacyReading(encoding, "".join(read))


def read_by_font(text: str, html: str) -> LegacyReading | None:
    """The Unicode of a text by the fonts of the HTML that was copied with it, as Excel and Word do.

    The font is the better witness: it tells short words, and capitals (.VnTimeH) too. None where
    there is no old font, or nothing would change.
    """
    found = _OLD_FONT.search(html)
    if found is None or _NOT_LATIN_1.search(text):
        return None
    if found[1]:
        converted = from_tcvn3(text, capitals=found[1].endswith("H"))
        return LegacyReading("tcvn3", converted) if converted != text else None
    converted = from_vni(text)
    return LegacyReading("vni", converted) if converted != text else None


def _convert(text: str, encoding: Encoding) -> str:
    return from_tcvn3(text) if encoding == "tcvn3" else from_vni(text)


def _is_only_legacy(word: str, encoding: Encoding) -> bool:
    """True for a word that is no syllable as it stands and is one once converted."""
    if word.isascii():
        return False
    return _share_of_syllables(word) == 0 < _share_of_syllables(_convert(word, encoding))


def _share_of_syllables(text: str) -> float:
    """How many of the words with marks are Vietnamese syllables, 0.0 to 1.0."""
    words = [word for word in _LETTER_RUN.findall(text.lower()) if not word.isascii()]
    return sum(map(_is_syllable, words)) / len(words) if words else 0.0


def _is_syllable(word: str) -> bool:
    word = unicodedata.normalize("NFC", word)
    if any(not c.isascii() and c not in _MARKED for c in word) or _MISPLACED_TONE.search(word):
        return False
    letters, tones = letters_and_tones(word)
    if len(tones) > 1 or (letters.endswith(_STOPS) and tones not in ("4", "5")):
        return False
    return any(_is_spelt_so(letters[:n], letters[n:]) for n in range(4))


def _is_spelt_so(onset: str, rime: str) -> bool:
    if onset not in _ONSETS or rime not in _RIMES:
        return False
    if rime[0] == "y":
        return onset in ("", "qu") or (rime == "y" and onset in tuple("hklmstv"))
    if rime[0] in _FRONT:
        return onset not in ("c", "ng") and (onset != "g" or rime[0] == "i")
    return onset not in ("k", "gh", "ngh")
