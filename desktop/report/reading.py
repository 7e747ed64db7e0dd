"""Turn the tables of a TOML file of forms/reports into frozen dataclasses, strictly.

A key is a field of the same name; an array of tables in the singular fills a tuple in the
plural; a trailing "_" in a field's name is left off (`from_`). Every mistake becomes a `Problem`
with its file and place, and none stops the reading.
"""

from __future__ import annotations

import tomllib
import types
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from desktop.base.errors import Problem
from desktop.base.translate import tr
from desktop.schema.names import suggestion

T = TypeVar("T")
FORMAT = 1


class TableReader:
    """Reads the tables of one file; collects its problems."""

    def __init__(self, place: str, problems: list[Problem]) -> None:
        self.place = place
        self._problems = problems

    def problem(self, at: str, code: str, text: str) -> None:
        """Note a mistake at a key of this file."""
        self._problems.append(Problem(f"{self.place}: {at}" if at else self.place, code, text))

    def read(self, kind: type[T], table: object, at: str = "") -> T | None:
        """One dataclass from one table, or None where it cannot be made."""
        if not isinstance(table, dict):
            self.problem(at, "kind", tr("A table of keys and values is wanted here."))
            return None
        known = _fields_of(kind)  # type: ignore[arg-type]
        for key in table.keys() - known.keys():
            unknown = tr("There is no key “{key}” here.").format(key=key)
            self.problem(at, "unknown-key", unknown + suggestion(key, known))
        found: dict[str, Any] = {}
        complete = True
        for key, (field, hint) in known.items():
            if key in table:
                value, good = self._value(hint, table[key], f"{at}.{key}" if at else key)
                complete &= good
                if good:
                    found[field.name] = value
            elif field.default is MISSING and field.default_factory is MISSING:
                self.problem(at, "missing-key", tr("The key “{key}” is missing.").format(key=key))
                complete = False
        return kind(**found) if complete else None

    def _value(self, hint: Any, value: object, at: str) -> tuple[Any, bool]:
        origin = get_origin(hint)
        if origin is tuple:
            return self._tuple(get_args(hint)[0], value, at)
        if origin is dict:
            return self._dict(get_args(hint)[1], value, at)
        if origin in (Union, types.UnionType):
            hint = next(kind for kind in get_args(hint) if kind is not type(None))
        if isinstance(hint, type) and is_dataclass(hint):
            made: object = self.read(hint, value, at)
            return made, made is not None
        if issubclass(hint, StrEnum) and isinstance(value, str):
            return self._choice(hint, value, at)
        if type(value) is hint or (hint is float and type(value) is int):
            return value, True
        words = {str: tr("text in quotes"), int: tr("a whole number"), float: tr("a number"),
                 bool: "true / false", date: tr("a date as 2026-06-15")}  # fmt: skip
        wanted = tr("{wanted} is wanted here.").format(wanted=words.get(hint, hint.__name__))
        self.problem(at, "kind", wanted)
        return None, False

    def _choice(self, hint: type[StrEnum], value: str, at: str) -> tuple[Any, bool]:
        if value in {member.value for member in hint}:
            return hint(value), True
        listed = ", ".join(member.value for member in hint)
        self.problem(at, "unknown-value", tr("One of these is wanted: {list}.").format(list=listed))
        return None, False

    def _tuple(self, hint: Any, value: object, at: str) -> tuple[Any, bool]:
        if not isinstance(value, list):
            self.problem(at, "kind", tr("A list is wanted here."))
            return None, False
        pairs = [
            self._value(hint, item, f"{at}[{_name_of(item, number)}]")
            for number, item in enumerate(value, 1)
        ]
        return tuple(item for item, good in pairs if good), all(good for _, good in pairs)

    def _dict(self, hint: Any, value: object, at: str) -> tuple[Any, bool]:
        if not isinstance(value, dict):
            self.problem(at, "kind", tr("A table of keys and values is wanted here."))
            return None, False
        pairs = {key: self._value(hint, item, f"{at}.{key}") for key, item in value.items()}
        return {key: item for key, (item, good) in pairs.items() if good}, all(
            good for _, good in pairs.values()
        )


def read_file(kind: type[T], path: Path, place: str, problems: list[Problem]) -> T | None:
    """A whole file as one dataclass (without its `form` number), or None with the problems."""
    reader = TableReader(place, problems)
    try:
        table = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        reader.problem("", "missing-file", tr("The file is missing."))
        return None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        reader.problem("", "syntax", tr("This is not TOML: {reason}").format(reason=error))
        return None
    if table.pop("form", None) != FORMAT:
        reader.problem("form", "form", tr("The file must begin with form = 1."))
    return reader.read(kind, table)


@cache
def _fields_of(kind: type[Any]) -> dict[str, tuple[Field[Any], Any]]:
    """Fields of a dataclass that a file fills, with their types, by key."""
    hints = get_type_hints(kind)
    taken = [field for field in fields(kind) if not field.metadata.get("own")]
    return {_key(field, hints[field.name]): (field, hints[field.name]) for field in taken}


def _key(field: Field[Any], hint: Any) -> str:
    name = field.name.rstrip("_")
    many = get_origin(hint) is tuple and is_dataclass(get_args(hint)[0])
    return name.removesuffix("s") if many else name


def _name_of(item: object, number: int) -> str:
    if isinstance(item, dict):
        for key in ("code", "name", "kind", "level"):
            if isinstance(item.get(key), str):
                return str(item[key])
    return str(number)
