"""Names of lists, registers, sections and fields that do not exist, with the likely word."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from desktop.base.errors import Problem
from desktop.base.translate import tr
from desktop.schema.definition import Field, FieldType, Register
from desktop.schema.lint.material import Material, columns_of, field_names, field_of, item_place
from desktop.schema.names import suggestion

_CHOICES = (FieldType.CHOICE, FieldType.CHOICES)


def problems(material: Material) -> Iterator[Problem]:
    """Whatever is named outside SQL expressions; list columns have a check of their own."""
    for register, field, place in material.fields():
        yield from _field(material, register, field, place)
    for register in material.registers:
        yield from _register(material, register)
        yield from _related(material, register)
    for code_list in material.lists:
        if code_list.parent_list:
            yield from unknown_list(material, code_list.parent_list, code_list.place)


def _field(material: Material, register: Register, field: Field, place: str) -> Iterator[Problem]:
    if field.list and field.type in _CHOICES:
        yield from unknown_list(material, field.list, place)
    if field.to and field.type is FieldType.REFERENCE:
        yield from unknown_register(material, field.to, place)
    if field.section:
        yield from _section(register, field.section, place)
    if field.within:
        yield from unknown_field(register, field.within, place)


def _register(material: Material, register: Register) -> Iterator[Problem]:
    place = register.place
    if register.parent:
        yield from unknown_register(material, register.parent, place)
    for name in (*register.search, register.number_field, register.date_field):
        if name:
            yield from unknown_field(register, name, place)
    columns = columns_of(register)
    for name in register.sort:
        if name.removeprefix("-") not in columns:
            yield unknown("column", name.removeprefix("-"), columns, place)
    for index, section in enumerate(register.sections, 1):
        address = item_place(place, "section", index, section.name)
        for child in section.children:
            yield from unknown_register(material, child, address)


def _related(material: Material, register: Register) -> Iterator[Problem]:
    for index, related in enumerate(register.related, 1):
        place = item_place(register.place, "related", index, related.register)
        if related.section:
            yield from _section(register, related.section, place)
        other = material.register_of.get(related.register)
        if other is None:
            yield from unknown_register(material, related.register, place)
            continue
        field = field_of(other, related.field)
        if field is None:
            yield unknown("field", related.field, field_names(other), place)
        elif field.type is not FieldType.REFERENCE or field.to != register.name:
            text = tr("“{field}” of “{other}” does not refer to “{register}”.")
            names = {"field": field.name, "other": other.name, "register": register.name}
            yield Problem(place, "not-a-reference", text.format(**names))


def unknown(what: str, name: str, known: Collection[str], place: str) -> Problem:
    """The problem that `name` is not among `known`; `what` is the kind of thing, in its code."""
    text = {
        "field": tr("There is no field “{name}” here."),
        "column": tr("There is no column “{name}” here."),
        "section": tr("There is no section “{name}” in this register."),
        "list": tr("There is no code list “{name}”."),
        "register": tr("There is no register “{name}”."),
        "code": tr("There is no code “{name}” in the list."),
    }[what]
    return Problem(place, f"unknown-{what}", text.format(name=name) + suggestion(name, known))


def unknown_list(material: Material, name: str, place: str) -> Iterator[Problem]:
    """Nothing, or the problem that there is no such code list."""
    if name not in material.list_of and not material.is_missing(name):
        yield unknown("list", name, material.list_of, place)


def unknown_register(material: Material, name: str, place: str) -> Iterator[Problem]:
    """Nothing, or the problem that there is no such register."""
    if name and name not in material.register_of and not material.is_missing(name):
        yield unknown("register", name, material.register_of, place)


def unknown_field(register: Register, name: str, place: str) -> Iterator[Problem]:
    """Nothing, or the problem that the register has no such field."""
    if field_of(register, name) is None:
        yield unknown("field", name, field_names(register), place)


def _section(register: Register, name: str, place: str) -> Iterator[Problem]:
    names = [section.name for section in register.sections]
    if name not in names:
        yield unknown("section", name, names, place)
