"""The functions that rules and measures may call: the one list, and where they are registered.

Nothing here raises inside SQLite: what is no date, no number or no pattern gives NULL.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from desktop.base.clock import Clock
from desktop.base.legacy_text import looks_legacy
from desktop.base.paper_numbers import is_placeholder
from desktop.base.text import fold, has_control
from desktop.store.ages import (
    counted_age,
    days_between,
    hours_between,
    oldest_age,
    year_of,
    youngest_age,
)
from desktop.store.driver import Connection, Stored
from desktop.store.person_numbers import cccd_sex, cccd_year, has_identity_number, phone_form

Function = Callable[..., Stored]

_REMEMBERED_CALLS = 1 << 12


class RuleContext:
    """What the functions know of the world. One per connection; its attributes may be changed.

    `settings` is read at each call. `closing_date` (ISO) is set while a period is being closed.
    """

    def __init__(
        self,
        clock: Clock,
        settings: Mapping[str, Stored] | None = None,
        closing_date: str | None = None,
    ) -> None:
        self.clock = clock
        self.settings: Mapping[str, Stored] = {} if settings is None else settings
        self.closing_date = closing_date

    def today(self) -> str:
        """ISO date of the office's clock."""
        return self.clock.today().isoformat()

    def now(self) -> str:
        """ISO moment to the minute, as date-time fields hold it."""
        return self.clock.now().strftime("%Y-%m-%dT%H:%M")

    def closing(self) -> str:
        """The closing date of the period at the close gate, else today."""
        return self.closing_date or self.today()

    def setting(self, name: str) -> Stored:
        """Value of a setting, NULL if there is none of that name."""
        return self.settings.get(name)


def register_functions(connection: Connection, context: RuleContext) -> None:
    """Make every function of the rule language known to a connection.

    All are declared deterministic: SQLite asks that of one statement only, and within one the
    clock and the settings stand still.
    """
    of_context: dict[str, tuple[int, Function]] = {
        "today": (0, context.today),
        "now": (0, context.now),
        "closing_date": (0, context.closing),
        "setting": (1, context.setting),
    }
    for name, (count, function) in {**of_context, **_REMEMBERED}.items():
        connection.create_function(name, count, function, deterministic=True)


def _of_text(function: Callable[[str], Stored]) -> Function:
    """The function over one text; NULL for NULL. A number counts as the text it is written as."""

    def over_text(text: Stored) -> Stored:
        if text is None:
            return None
        return function(text if isinstance(text, str) else str(text))

    return over_text


def _of_birth(function: Callable[..., int | None]) -> Function:
    """An age function that also takes numbers written as text, as `substr` gives them."""

    def over_birth(year: Stored, month: Stored, day: Stored, on: Stored) -> Stored:
        if year is None or on is None:
            return None
        if not (type(year) is int and type(month) is type(day) is int):
            try:
                year, month, day = _whole(year), _whole(month), _whole(day)
            except (TypeError, ValueError, OverflowError):
                return None
        return function(year, month, day, on)

    return over_birth


def _whole(value: Stored) -> int | None:
    if value is None:
        return None
    number = int(value)
    if isinstance(value, float) and number != value:
        raise ValueError(value)
    return number


@lru_cache(maxsize=256)
def compiled_pattern(pattern: str) -> re.Pattern[str] | None:
    r"""The pattern as `matches` understands it, or None if it is none. `\d` and `\w` are ASCII."""
    try:
        return re.compile(pattern, re.ASCII)
    except re.error:
        return None


def matches(text: Stored, pattern: Stored) -> Stored:
    """1 if the whole text fits the regular expression, 0 if not, NULL without a text or pattern."""
    if text is None or not isinstance(pattern, str):
        return None
    compiled = compiled_pattern(pattern)
    if compiled is None:
        return None
    return int(compiled.fullmatch(text if isinstance(text, str) else str(text)) is not None)


def _legacy_text(text: str) -> int:
    return int(not text.isascii() and looks_legacy(text) is not None)


def _has_control(text: str) -> int:
    return int(has_control(text))


def _has_identity_number(text: str) -> int:
    return int(has_identity_number(text))


def _placeholder_number(text: str) -> int:
    return int(is_placeholder(text))


_PLAIN: dict[str, tuple[int, Function]] = {
    "age": (4, _of_birth(counted_age)),
    "age_min": (4, _of_birth(youngest_age)),
    "age_max": (4, _of_birth(oldest_age)),
    "cccd_sex": (1, _of_text(cccd_sex)),
    "cccd_year": (1, _of_text(cccd_year)),
    "fold": (1, _of_text(fold)),
    "matches": (2, matches),
    "has_control": (1, _of_text(_has_control)),
    "legacy_text": (1, _of_text(_legacy_text)),
    "has_identity_number": (1, _of_text(_has_identity_number)),
    "phone_form": (1, _of_text(phone_form)),
    "placeholder_number": (1, _of_text(_placeholder_number)),
    "days_between": (2, days_between),
    "hours_between": (2, hours_between),
    "year_of": (1, year_of),
}

# The same birth date and the same text are asked about by many rules of a record; what is
# remembered is answered without running Python code.
_REMEMBERED: dict[str, tuple[int, Function]] = {
    name: (count, lru_cache(maxsize=_REMEMBERED_CALLS)(function))
    for name, (count, function) in _PLAIN.items()
}

_CONTEXT_FUNCTIONS = ("today", "now", "closing_date", "setting")
DOMAIN_FUNCTIONS: frozenset[str] = frozenset({*_PLAIN, *_CONTEXT_FUNCTIONS})
"""Names of our own functions; `authorizer` adds SQLite's own that read nothing."""
