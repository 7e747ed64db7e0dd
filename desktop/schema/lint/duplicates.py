"""The same name, column, code or number given twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desktop.base.errors import Problem
from desktop.base.translate import tr
from desktop.schema.definition import Register
from desktop.schema.lint.material import Material, item_place


def problems(material: Material) -> Iterator[Problem]:
    """Told at the second and every later place, with the address of the first."""
    yield from _doubles("register", ((r.name, r.place) for r in material.registers))
    yield from _doubles("list", ((lst.name, lst.place) for lst in material.lists))
    yield from _doubles("rule", ((rule.number, rule.place) for rule in material.rules))
    for register in material.registers:
        yield from _in_register(register)
    for code_list in material.lists:
        codes = [value.code for value in code_list.values]
        yield from _doubles("code", _addresses(code_list.place, "value", codes))


def _in_register(register: Register) -> Iterator[Problem]:
    place = register.place
    sections = [section.name for section in register.sections]
    yield from _doubles("section", _addresses(place, "section", sections))
    names = [field.name for field in register.fields]
    addresses = list(_addresses(place, "field", names))
    yield from _doubles("field", addresses)
    # A field of its own that is called like a part of a partial date.
    columns = (
        (column, address)
        for field, (_, address) in zip(register.fields, addresses, strict=True)
        for column in field.columns
        if names.count(field.name) == 1
    )
    yield from _doubles("column", columns)
    shown = [column.field for column in register.columns]
    yield from _doubles("list-column", _addresses(place, "column", shown))
    for key, words in (("search", register.search), ("sort", register.sort)):
        yield from _doubles(key, ((word.lstrip("-"), place) for word in words))


def _addresses(place: str, kind: str, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((name, item_place(place, kind, i, name)) for i, name in enumerate(names, 1))


def _doubles(what: str, named: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for name, place in named:
        if name and name in first:
            text = tr("“{name}” is there already: {place}.").format(name=name, place=first[name])
            yield Problem(place, f"duplicate-{what}", text)
        first.setdefault(name, place)
