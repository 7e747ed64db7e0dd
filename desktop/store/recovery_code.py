"""The printed recovery code: signs nobody mixes up, in groups, with a check at the end.

Crockford's alphabet has no I, L, O, U; whoever types them is understood all the same. 24 signs are
110 bits drawn at random and 10 bits of their SHA-256, so that a slip is told before the slow try.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SIGNS = 24
GROUP = 4
_CHECK_SIGNS = 2
_BITS = 5
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
# What the Telex input method makes of two letters, back to both: nobody turns it off for a code.
_TELEX = str.maketrans({
    "Đ": "DD", "Â": "AA", "Ê": "EE", "Ô": "OO", "Ă": "AW", "Ư": "W", "Ơ": "OW",
    "\u0301": "S", "\u0300": "F", "\u0309": "R", "\u0303": "X", "\u0323": "J",
})  # fmt: skip
_TONES = "\u0301\u0300\u0309\u0303\u0323"


def new_code() -> str:
    """A code as it is printed: “7K3M-…”, six groups of four."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(SIGNS - _CHECK_SIGNS))
    return grouped(drawn + _check(drawn))


def grouped(signs: str) -> str:
    """In groups of four with hyphens between."""
    return "-".join(signs[start : start + GROUP] for start in range(0, len(signs), GROUP))


def groups(code: str) -> list[str]:
    """The groups of a code."""
    return grouped(_signs(code)).split("-")


def understood(typed: str) -> str:
    """The code as printed, however it was typed; "" for what cannot be one."""
    signs = _signs(typed)
    if len(signs) != SIGNS or any(sign not in ALPHABET for sign in signs):
        return ""
    drawn, check = signs[:-_CHECK_SIGNS], signs[-_CHECK_SIGNS:]
    return grouped(signs) if _check(drawn) == check else ""


def same_group(typed: str, group: str) -> bool:
    """True if what was typed reads as this group."""
    return _signs(typed) == group


def _signs(typed: str) -> str:
    """Capitals and digits only, as they were struck."""
    struck = []
    for letter in unicodedata.normalize("NFC", typed.upper()):
        apart = unicodedata.normalize("NFD", letter)
        tone = "".join(mark for mark in apart if mark in _TONES)
        bare = "".join(mark for mark in apart if mark not in _TONES)
        struck.append(unicodedata.normalize("NFC", bare).translate(_TELEX) + tone.translate(_TELEX))
    return "".join(sign for sign in "".join(struck) if sign.isalnum()).translate(_READ_AS)


def _check(drawn: str) -> str:
    value = int.from_bytes(hashlib.sha256(drawn.encode()).digest()[:4], "big")
    return "".join(ALPHABET[(value >> (_BITS * n)) & 31] for n in range(_CHECK_SIGNS))
