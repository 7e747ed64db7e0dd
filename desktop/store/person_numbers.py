"""What the numbers people carry say: CCCD, telephone, and such numbers inside free text.

Sources: TT 07/2016/TT-BCA (CCCD); QĐ 798/QĐ-BTTTT and the change of 2018 from 11 to 10 digits
(telephones).
"""

from __future__ import annotations

import re

_CCCD = re.compile(r"[0-9]{12}")
_SEPARATORS = str.maketrans("", "", " .-()\u00a0")
_MOBILE = re.compile(r"0(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9[0-9])[0-9]{7}")
_LANDLINE = re.compile(r"02[0-9]{9}")
_OLD_MOBILE = re.compile(r"0(?:12[0-9]|16[2-9]|18[68]|199)[0-9]{7}")
# Numbers of services (111, 1022, 1800 1567) and area codes of before 2017.
_OTHER = re.compile(r"1[0-9]{2,3}|1[89]00[0-9]{4,6}|0[0-9]{9,10}")

_MONEY = re.compile(
    r"\b[1-9][0-9]{0,2}(?:[. ][0-9]{3})+(?:,[0-9]+)?\s*(?:đ|₫|vn[đd]|tr|tỷ|nghìn|ngàn)",
    re.IGNORECASE,
)
_DATE = re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b|\b[0-9]{1,2}([./-])[0-9]{1,2}\1[0-9]{4}\b")
_DIGITS = re.compile(r"(?<![0-9])[0-9]{2,}(?:[ .-][0-9]{2,})*(?![0-9])")
_IDENTITY_LENGTHS = (9, 10, 12)  # CMND, old BHXH or telephone, CCCD


def cccd_sex(number: str) -> str | None:
    """NAM or NU, by the fourth digit of a CCCD; None if it has not 12 digits."""
    if not _CCCD.fullmatch(number):
        return None
    return "NU" if int(number[3]) % 2 else "NAM"


def cccd_year(number: str) -> int | None:
    """Year of birth by digits 4 to 6 of a CCCD; None if it has not 12 digits."""
    if not _CCCD.fullmatch(number):
        return None
    return 1900 + 100 * (int(number[3]) // 2) + int(number[4:6])


def phone_form(text: str) -> str:
    """`mobile`, `landline`, `old` (11 digits of before 2018), `unknown` prefix or service, `bad`.

    Blanks, dots, hyphens and +84 or 0084 for the leading 0 are accepted.
    """
    digits = text.translate(_SEPARATORS)
    for prefix in ("+84", "0084"):
        if digits.startswith(prefix):
            digits = "0" + digits.removeprefix(prefix).removeprefix("0")
    if _MOBILE.fullmatch(digits):
        return "mobile"
    if _LANDLINE.fullmatch(digits):
        return "landline"
    if _OLD_MOBILE.fullmatch(digits):
        return "old"
    return "unknown" if _OTHER.fullmatch(digits) else "bad"


def has_identity_number(text: str) -> bool:
    """True if 9, 10 or 12 digits, or a telephone, stand in it as one number.

    Dates and sums of money with their unit are not taken for one.
    """
    if len(text) < min(_IDENTITY_LENGTHS) or not any("0" <= c <= "9" for c in text):
        return False
    rest = _DATE.sub("|", _MONEY.sub("|", text))
    return any(_is_identity(found[0]) for found in _DIGITS.finditer(rest))


def _is_identity(number: str) -> bool:
    digits = number.translate(_SEPARATORS)
    if len(digits) in _IDENTITY_LENGTHS:
        return True
    if len(digits) == 11 and digits.startswith("84"):
        digits = "0" + digits[2:]
    return phone_form(digits) in ("mobile", "landline", "old")
