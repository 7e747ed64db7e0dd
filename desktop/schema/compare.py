"""What one version of the definitions has that another has not."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from desktop.schema.definition import Field, Forms, Register
from desktop.schema.names import newest_name

_NOT_SETTINGS = frozenset(("name", "fields", "renamed", "place"))


@dataclass(frozen=True)
class Added:
    """A register or a field that is new."""

    register: str
    field: str = ""
    """Empty: the register as a whole."""


@dataclass(frozen=True)
class Removed:
    """A register or a field that is there no more."""

    register: str
    field: str = ""
    declared: bool = False
    """True if `[renamed]` says that the field was dropped on purpose."""


@dataclass(frozen=True)
class Renamed:
    """A field that has another name now."""

    register: str
    old: str
    new: str


@dataclass(frozen=True)
class Changed:
    """A register or a field whose settings differ; both sides are in the definitions."""

    register: str
    field: str
    """Name of today; empty: the register as a whole."""
    settings: tuple[str, ...]
    """Keys of the definition, in its order: type, label, length, …"""


Difference: TypeAlias = Added | Removed | Renamed | Changed


def compare(old: Forms, new: Forms) -> tuple[Difference, ...]:
    """All differences of registers and fields, in the order of the new definitions."""
    found: list[Difference] = []
    for name, register in new.registers.items():
        before = old.registers.get(name)
        found += [Added(name)] if before is None else _in_register(before, register)
    found += [Removed(name) for name in old.registers if name not in new.registers]
    return tuple(found)


def _in_register(old: Register, new: Register) -> Iterator[Difference]:
    settings = _different(old, new)
    if settings:
        yield Changed(new.name, "", settings)
    kept: dict[str, Field] = {}
    for field in old.fields:
        today = newest_name(field.name, dict(new.renamed))
        if today in new.field_of_name:
            kept[today] = field
            if today != field.name:
                yield Renamed(new.name, field.name, today)
        else:
            yield Removed(new.name, field.name, declared=today == "")
    for field in new.fields:
        if field.name not in kept:
            yield Added(new.name, field.name)
            continue
        settings = _different(kept[field.name], field)
        if settings:
            yield Changed(new.name, field.name, settings)


def _different(old: Field | Register, new: Field | Register) -> tuple[str, ...]:
    names = (item.name for item in dataclasses.fields(new) if item.name not in _NOT_SETTINGS)
    return tuple(name for name in names if getattr(old, name) != getattr(new, name))
