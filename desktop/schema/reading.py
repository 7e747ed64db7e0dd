"""Turn TOML tables into the dataclasses of `definition`, strictly: a key it does not know is wrong.

Where a value is wrong, its default takes its place, so that everything else can still be checked;
`Reader.broken` names the places where that happened, for checks that would only repeat it.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from desktop.base.errors import Problem
from desktop.base.translate import N_, tr
from desktop.schema.names import suggestion

T = TypeVar("T")

# What a TOML value is called in a message.
_KINDS = {
    bool: N_("yes/no"), int: N_("a whole number"), float: N_("a number"), str: N_("text"),
    list: N_("a list"), dict: N_("a table"),
}  # fmt: skip


class WrongValue(Exception):
    """A value is not what its key takes; the text says what it takes, `hint` what was meant."""

    def __init__(self, wanted: str, hint: str = "") -> None:
        super().__init__(wanted)
        self.hint = hint


@dataclasses.dataclass(frozen=True)
class Key:
    """One key of a table: how its value is read, and whether it may be left out."""

    read: Callable[[object], Any]
    required: bool
    text: bool


class Reader:
    """Collects the mistakes of the tables it reads."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.broken: set[str] = set()
        """Places where a default stands for a wrong value."""

    def read(
        self,
        kind: type[T],
        table: Mapping[str, object],
        address: str,
        given: Mapping[str, object] = MappingProxyType({}),
        parts: tuple[str, ...] = (),
    ) -> T:
        """An object of dataclass `kind` from a table.

        `given` are its fields known already, `parts` the keys of the file these were read from.
        """
        keys = {name: key for name, key in keys_of(kind).items() if name not in given}  # type: ignore[arg-type]
        self.refuse_unknown(table, [*keys, *parts], address)
        values = {name: self._value(table, name, key, address) for name, key in keys.items()}
        chosen = {name: value for name, value in values.items() if value is not None}
        return kind(**chosen, **given)

    def refuse_unknown(self, table: Mapping[str, object], known: Sequence[str], place: str) -> None:
        """Note every key of a table that is not known."""
        for name in table:
            if name not in known:
                text = tr("“{name}” is not a key that is known here.").format(name=name)
                self.add(place, "unknown-key", text + suggestion(name, known))

    def _value(self, table: Mapping[str, object], name: str, key: Key, place: str) -> Any:
        if name not in table:
            if not key.required:
                return None
            text = tr("The key “{name}” is missing.").format(name=name)
            self.add(place, "missing-key", text, broken=True)
            return key.read(None)
        try:
            value = key.read(table[name])
        except WrongValue as wrong:
            text = tr("“{name}” takes {wanted}; here it is {given}.")
            told = text.format(name=name, wanted=wrong, given=_spell(table[name]))
            self.add(place, "wrong-type", told + wrong.hint, broken=True)
            return key.read(None) if key.required else None
        if key.required and key.text and not value.strip():
            text = tr("“{name}” is empty; write something.").format(name=name)
            self.add(place, "empty-text", text)
        return value

    def tables(self, parent: Mapping[str, object], name: str, place: str) -> list[dict[str, Any]]:
        """The tables of `[[name]]`, none if there are none."""
        value = parent.get(name, [])
        if type(value) is list and all(type(item) is dict for item in value):
            return value
        text = tr("“{name}” must be written as [[{name}]], once for each.").format(name=name)
        self.add(place, "wrong-type", text, broken=True)
        return []

    def add(self, place: str, code: str, text: str, *, broken: bool = False) -> None:
        """Note a mistake; `broken`: a default stands for the value now."""
        self.problems.append(Problem(place, code, text))
        if broken:
            self.broken.add(place)


@cache
def keys_of(kind: type[Any]) -> dict[str, Key]:
    """The keys a TOML table may have to become an object of a dataclass."""
    hints = get_type_hints(kind)
    keys = {}
    for item in dataclasses.fields(kind):
        missing = dataclasses.MISSING
        required = item.default is missing and item.default_factory is missing
        keys[item.name] = Key(_reader(hints[item.name]), required, hints[item.name] is str)
    return keys


def _reader(hint: Any) -> Callable[[object], Any]:
    """How values of a type are read; None gives what stands for a missing required value."""
    if hint is str:
        return _read_text
    if hint is bool:
        return _read_yes_no
    if hint is int:
        return _read_integer
    if hint == float | None:
        return _read_number
    if get_origin(hint) is dict:
        return _level_reader(*get_args(hint))
    if get_origin(hint) is tuple:
        return _read_texts
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return _enum_reader(hint)
    if dataclasses.is_dataclass(hint):
        return _read_part
    raise TypeError(f"no way to read {hint} from TOML")


def _read_text(value: object) -> str:
    if value is None:
        return ""
    if type(value) is not str:
        raise WrongValue(tr("text in quotes"))
    return value


def _read_yes_no(value: object) -> bool:
    if type(value) is not bool:
        raise WrongValue(tr("true or false"))
    return value


def _read_integer(value: object) -> int:
    if type(value) is not int:
        raise WrongValue(tr("a whole number"))
    return value


def _read_number(value: object) -> float:
    if type(value) is int or (type(value) is float and math.isfinite(value)):
        return value
    raise WrongValue(tr("a number"))


def _read_texts(value: object) -> tuple[str, ...]:
    if type(value) is not list or not all(type(item) is str for item in value):
        raise WrongValue(tr('a list of texts: ["…", "…"]'))
    return tuple(value)


def _read_part(value: object) -> object:
    """A table inside a table: whoever reads the outer one hands it in (`given`)."""
    raise WrongValue(tr("a table"))


def _enum_reader(kind: type[StrEnum]) -> Callable[[object], StrEnum]:
    known = {member.value: member for member in kind}

    def read(value: object) -> StrEnum:
        if value is None:
            return next(iter(kind))
        if type(value) is not str or value not in known:
            words = ", ".join(word or '""' for word in known)
            near = suggestion(value, known) if type(value) is str else ""
            raise WrongValue(tr("one of {words}").format(words=words), near)
        return known[value]

    return read


def _level_reader(
    gate: type[StrEnum], level: type[StrEnum]
) -> Callable[[object], dict[StrEnum, StrEnum]]:
    read_gate, read_level = _enum_reader(gate), _enum_reader(level)

    def read(value: object) -> dict[StrEnum, StrEnum]:
        if type(value) is not dict:
            raise WrongValue(tr('levels by gate: { save = "error" }'))
        return {read_gate(name): read_level(word) for name, word in value.items()}

    return read


def _spell(value: object) -> str:
    kind = next((name for type_, name in _KINDS.items() if type(value) is type_), None)
    if kind is None or type(value) in (list, dict):
        return tr(kind) if kind else f"{value}"
    return f"{tr(kind)} ({str(value)[:40]})"
