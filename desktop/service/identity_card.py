"""The QR code of a citizen's identity card (CCCD), as a scanner types it.

    number|old number|full name|ddmmyyyy|sex|residence|issue date

Newer cards have more fields behind these; cards of people who never had a CMND leave the old number
empty. Read strictly: what does not fit is refused in words, and letters that a scanner or a typing
program has spoilt are noticed, for they must not get into a name.

Source: the code printed on cards since 2021 (Thông tư 06/2021/TT-BCA; 17/2024/TT-BCA).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop.base.errors import UserError
from desktop.base.text import clean
from desktop.base.translate import N_, tr
from desktop.base.typed_text import one_line
from desktop.base.vietnamese_dates import parse_partial

SEPARATOR = "|"
START = re.compile(r"\s*(?:\d{12}|\d{9})\|")
"""How the text of a card begins; nobody types this by hand."""
LONGEST = 600
"""Characters of a card's text; more is none."""
_LEAST_PARTS = 5
_LETTERS = re.compile(r"[^\W\d_]")
_LOST = re.compile("[?\ufffd\u00bf]")
# UTF-8 read as the letters of a Western code page: “Nguyá»…n Thá»‹ Hoà”.
_TWICE_CODED = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u017e\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)
_FIRST_YEAR = 1900


class NotACard(UserError):
    """The text is no card's; the message says what is wrong with it."""


class Damage(StrEnum):
    """What happened to the letters on their way."""

    NONE = ""
    LOST = "lost"
    """Marks are gone, or question marks stand in their place."""
    CODED = "coded"
    """Read in another encoding."""
    TYPED = "typed"
    """A Vietnamese typing program took the letters for its own."""


ADVICE: dict[Damage, str] = {
    Damage.LOST: N_(
        "The scanner loses Vietnamese marks. In its manual look for “Unicode” or “UTF-8 output, "
        "keyboard US, Alt + numpad” and scan that setting's code; then scan the card again."
    ),
    Damage.CODED: N_(
        "The scanner sends another encoding. In its manual look for “UTF-8 output” or "
        "“code page 65001” and scan that setting's code; then scan the card again."
    ),
    Damage.TYPED: N_(
        "Unikey or the Vietnamese keyboard was on and changed letters while the card was read. "
        "Turn it to E (English) while scanning; then scan the card again."
    ),
}
"""What to do about it."""


@dataclass(frozen=True)
class Card:
    """What a card says."""

    number: str
    """12 digits, "" where the code is of an old card of 9."""
    old_number: str
    name: str
    birth: str
    """As typed: 02/05/1948, or 1948 where only the year is known."""
    sex: str
    """As printed: Nam, Nữ; "" where it cannot be read."""
    residence: str
    issued: str
    """02/05/2021, "" where it is not there."""
    damage: Damage = Damage.NONE

    @property
    def any_number(self) -> str:
        """What the person is looked for by."""
        return self.number or self.old_number


def is_card_text(text: str) -> bool:
    """True for a text of the shape of a card's code, whether or not it can be read."""
    return START.match(text) is not None and text.count(SEPARATOR) >= _LEAST_PARTS - 1


def parse_card(text: str, *, disturbed: bool = False) -> Card:
    """Read the text of a QR code. Raises NotACard.

    `disturbed`: the keys came with Backspace or as a composition, as from Unikey.
    """
    parts = [clean(one_line(part)) for part in text.strip().split(SEPARATOR)]
    if not START.match(text.strip()) or not _LEAST_PARTS < len(text) <= LONGEST:
        raise NotACard(tr("This is not the code of an identity card: it begins with no number."))
    first, rest = parts[0], parts[1:]
    # Some cards leave the old number out together with its place.
    old = rest.pop(0) if rest and not _LETTERS.search(rest[0]) else ""
    if old and not re.fullmatch(r"\d{9}|\d{12}", old):
        raise NotACard(tr("The old number “{text}” on the card has not 9 digits.").format(text=old))
    if len(rest) < _LEAST_PARTS - 2:
        raise NotACard(tr("The code of the card is cut off. Scan it again."))
    name, birth, sex, residence, issued, *_ = [*rest, "", ""]
    if not _LETTERS.search(name):
        raise NotACard(tr("The card has no name. Scan it again."))
    number = first if len(first) == 12 else ""
    return Card(
        number=number,
        old_number=old if number and len(old) == 9 else ("" if number else first),
        name=_in_order(name),
        birth=_date(birth),
        sex=_sex(sex),
        residence=residence,
        issued=_date(issued, strict=False),
        damage=_damage(name, sex, residence, disturbed=disturbed),
    )


def _date(digits: str, *, strict: bool = True) -> str:
    """`02051948` as 02/05/1948, `00001948` and `1948` as 1948. Raises NotACard."""
    text = digits.removeprefix("0000") if len(digits) == 8 else digits
    try:
        if re.fullmatch(r"\d{8}|\d{4}|\d{2}/\d{2}/\d{4}", text):
            return str(parse_partial(text, date.max))
    except UserError as error:
        if strict:
            raise NotACard(tr("The card's date cannot be read. {why}").format(why=error)) from error
    if strict:
        told = tr("“{text}” on the card is no date of birth. Scan it again.")
        raise NotACard(told.format(text=digits))
    return ""


def _sex(word: str) -> str:
    known = {"nam": "Nam", "nữ": "Nữ", "nu": "Nữ", "male": "Nam", "female": "Nữ"}
    return known.get(word.lower(), "")


def _in_order(name: str) -> str:
    """A name in capitals as it is written in a file; any other as it stands."""
    return name.title() if name.isupper() and len(name) > 1 else name


def _damage(name: str, sex: str, residence: str, *, disturbed: bool) -> Damage:
    words = f"{name} {sex} {residence}"
    if disturbed:
        return Damage.TYPED
    if _TWICE_CODED.search(words):
        return Damage.CODED
    # A residence has marks somewhere; with none in it and none in the name they were lost.
    bare = name.isascii() and (residence.isascii() if residence else sex.isascii())
    if _LOST.search(words) or bare or sex.lower() == "nu":
        return Damage.LOST
    return Damage.TYPED if any(char.isdigit() for char in name) else Damage.NONE
