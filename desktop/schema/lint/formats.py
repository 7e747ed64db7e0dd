"""Placeholders in titles, numbers and messages that nothing can be put into."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from string import Formatter

from desktop.base.errors import Problem
from desktop.base.translate import tr
from desktop.schema.definition import Register, Rule
from desktop.schema.lint.material import Material, field_names
from desktop.schema.lint.references import unknown
from desktop.schema.names import PSEUDO_REGISTERS

NUMBER_PARTS = ("unit", "year", "n")
"""What a number is made of: code of the unit, year, counter."""


def problems(material: Material) -> Iterator[Problem]:
    """`{name}` must be a field, or a column of a partial date; braces must be in pairs."""
    for register in material.registers:
        names = placeholder_names(register)
        for key in ("title_format", "subtitle_format"):
            yield from _check(key, getattr(register, key), names, register.place)
        yield from _number(register)
    for rule in material.rules:
        yield from _message(material, rule)


def placeholder_names(register: Register) -> list[str]:
    """What may stand in braces: fields, and the columns of partial dates."""
    parts = [column for field in register.fields for column in field.columns]
    return list(dict.fromkeys([*field_names(register), *parts]))


def _number(register: Register) -> Iterator[Problem]:
    key, place = "number_format", register.place
    if not register.number_format:
        return
    found = list(_check(key, register.number_format, NUMBER_PARTS, place))
    yield from found
    if not found and "n" not in _placeholders(register.number_format):
        text = tr("“number_format” needs {n}, or every number would be the same.")
        yield Problem(place, "number-incomplete", text)
    if not found:
        try:
            register.number_format.format(unit="13366", year=2026, n=1)
        except (ValueError, TypeError, IndexError):
            text = tr("“{key}” cannot be filled in: {format}")
            told = text.format(key=key, format=register.number_format)
            yield Problem(place, "bad-format", told)


def _message(material: Material, rule: Rule) -> Iterator[Problem]:
    names = list(PSEUDO_REGISTERS.get(rule.on, ()))
    register = material.register_of.get(rule.on)
    parent = material.register_of.get(register.parent) if register else None
    for one in (register, parent):
        names += placeholder_names(one) if one else []
    whole = parent is not None or register is None or not register.parent
    yield from _check("message", rule.message, names if names and whole else None, rule.place)


def _check(key: str, text: str, names: Collection[str] | None, place: str) -> Iterator[Problem]:
    """`names` is None where anything may be named."""
    try:
        placeholders = _placeholders(text)
    except ValueError:
        told = tr("“{key}” has a brace without its pair; write {{{{ for a brace itself.")
        yield Problem(place, "bad-format", told.format(key=key))
        return
    for name in placeholders:
        if names is not None and name not in names:
            yield unknown("field", name, names, place)


def _placeholders(text: str) -> list[str]:
    """Names in braces. Raises ValueError for braces that do not match."""
    return [name for _, name, _, _ in Formatter().parse(text) if name is not None]
