"""How good a password is, in words. Only too short a one is refused."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from enum import IntEnum

from desktop.base.errors import UserError
from desktop.base.text import fold
from desktop.base.translate import tr

SHORTEST_PASSWORD = 8
_LONG = 14
_FEW_DIFFERENT = 5
_OFTEN_TRIED = (
    "0123456789", "9876543210", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "matkhau",
    "password", "admin", "congtacxahoi", "ctxh", "iloveyou",
)  # fmt: skip
_SMALLEST_RUN = 4
_PLAIN_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are mixed up when they are read out."""


class Grade(IntEnum):
    """From refused to strong."""

    TOO_SHORT = 0
    WEAK = 1
    FAIR = 2
    STRONG = 3


@dataclass(frozen=True)
class Strength:
    """A grade and what to do about it."""

    grade: Grade
    words: str


def first_password() -> str:
    """A password to hand to somebody, strong enough until it is changed at once."""
    while True:
        groups = ("".join(secrets.choice(_PLAIN_SIGNS) for _ in range(4)) for _ in range(3))
        made = "-".join(groups)
        if strength(made).grade is Grade.STRONG:
            return made


def refuse_short(password: str) -> None:
    """Raises UserError for a password that is not taken at all."""
    if len(password) < SHORTEST_PASSWORD:
        raise UserError(
            tr("The password needs at least {count} characters.").format(count=SHORTEST_PASSWORD)
        )


def strength(password: str, person: str = "") -> Strength:
    """Grade a password; one made of the person's name or of what everybody tries first is weak."""
    if len(password) < SHORTEST_PASSWORD:
        missing = SHORTEST_PASSWORD - len(password)
        return Strength(Grade.TOO_SHORT, tr("Too short: {count} more.").format(count=missing))
    if len(set(password)) < _FEW_DIFFERENT:
        return Strength(Grade.WEAK, tr("Weak: too few different characters."))
    if _is_often_tried(password) or _is_name(password, person):
        return Strength(Grade.WEAK, tr("Weak: this is among the first that anybody tries."))
    if len(password) >= _LONG or (_kinds(password) >= 3 and len(password) > SHORTEST_PASSWORD):
        return Strength(Grade.STRONG, tr("Strong."))
    if _kinds(password) == 1:
        return Strength(Grade.WEAK, tr("Weak: mix letters and digits, or write several words."))
    return Strength(Grade.FAIR, tr("Fair: several words, or signs among them, are stronger."))


def _kinds(password: str) -> int:
    """Small letters, capitals, digits, other signs: how many of the four it has."""
    tests = (str.islower, str.isupper, str.isdigit, lambda c: not c.isalnum())
    return sum(any(test(char) for char in password) for test in tests)


def _is_often_tried(password: str) -> bool:
    """True if little is left of it without the well-known runs."""
    rest = fold(password).replace(" ", "")
    for known in _OFTEN_TRIED:
        for size in range(len(known), _SMALLEST_RUN - 1, -1):
            for start in range(len(known) - size + 1):
                rest = rest.replace(known[start : start + size], "")
    return len(rest) < _FEW_DIFFERENT


def _is_name(password: str, person: str) -> bool:
    rest = fold(password)
    for word in fold(person).split():
        rest = rest.replace(word, "")
    return len(rest.replace(" ", "")) < _FEW_DIFFERENT
