"""The faces a type of field has; one subclass for each type."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeAlias, TypeVar

from desktop.base.errors import UserError
from desktop.base.numbers import format_integer
from desktop.base.text import clean, has_control, is_clean
from desktop.base.translate import tr
from desktop.schema.definition import CodeList, Field

Stored: TypeAlias = str | int | float | None
"""What a column holds."""
PartialValue: TypeAlias = tuple[int, int | None, int | None]
"""Year, month, day."""
Value: TypeAlias = Stored | tuple[str, ...] | PartialValue

V = TypeVar("V")


class ParseProblem(UserError):
    """What was typed or given is no value of the field; the text says why and what to do."""


def too_long(field: Field, count: int, most: int) -> ParseProblem:
    """The problem of a text of `count` characters where `most` are taken."""
    told = tr(
        "{label} takes {most} characters and this has {count}. Shorten it; nothing was cut off."
    )
    shown = {"most": format_integer(most), "count": format_integer(count)}
    return ParseProblem(told.format(label=field.label, **shown))


@dataclass(frozen=True)
class Reading:
    """What reading a text may depend on."""

    today: date
    """A datetime too: then it is now."""
    lists: Mapping[str, CodeList]


class Kind(ABC, Generic[V]):
    """One type of field; `V` is its type in Python. No face is asked about None or empty text."""

    longest_text = 4000
    """More is not even tried: whatever it is, it is no value."""

    def read(self, field: Field, text: str, reading: Reading) -> V | None:
        """The value of a text as typed, None for nothing but blanks. Raises ParseProblem."""
        if not is_clean(text):
            if has_control(text):
                told = tr(
                    "{label} has characters in it that cannot be seen, perhaps from copying. "
                    "Delete them and type the text again."
                )
                raise ParseProblem(told.format(label=field.label))
            text = clean(text)
        if len(text) > self.longest_text:
            raise too_long(field, len(text), self.longest_text)
        return self.parse(field, text, reading) if text else None

    @abstractmethod
    def parse(self, field: Field, text: str, reading: Reading) -> V | None:
        """The value of a clean text that is not empty. Raises ParseProblem."""

    @abstractmethod
    def show(self, field: Field, value: V, lists: Mapping[str, CodeList]) -> str:
        """As on screen."""

    @abstractmethod
    def to_text(self, field: Field, value: V) -> str:
        """As typed."""

    def to_json(self, field: Field, value: V) -> object:
        """What JSON holds: the value itself, unless said otherwise."""
        return value

    def from_json(self, field: Field, item: Mapping[str, object], reading: Reading) -> V | None:
        """The value in a record's JSON object. Raises ParseProblem."""
        given = item.get(field.name)
        if given is None:
            return None
        if isinstance(given, str):
            return self.read(field, given, reading)
        return self.from_json_value(field, given, reading)

    def from_json_value(self, field: Field, given: object, reading: Reading) -> V | None:
        """The value of something in JSON that is neither a text nor null. Raises ParseProblem."""
        raise ParseProblem(
            tr("{label} must be given as text, in quotes.").format(label=field.label)
        )

    def to_columns(self, field: Field, value: V) -> dict[str, Stored]:
        """By column."""
        return {field.name: value}  # type: ignore[dict-item]

    def from_columns(self, field: Field, row: Mapping[str, Any]) -> V:
        """From a row whose first column of the field is not NULL."""
        value: V = row[field.name]
        return value
