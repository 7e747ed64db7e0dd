"""Columns of a register's list that show nothing."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.base.errors import Problem
from desktop.base.translate import tr
from desktop.schema.definition import FieldType, ListColumn, Register
from desktop.schema.lint.material import Material, field_names, field_of, item_place, refers_to
from desktop.schema.lint.references import unknown, unknown_field, unknown_register


def problems(material: Material) -> Iterator[Problem]:
    """`FIELD`, `REF.FIELD` and `#REGISTER` must lead somewhere; a count needs a title."""
    for register in material.registers:
        for index, column in enumerate(register.columns, 1):
            place = item_place(register.place, "column", index, column.field)
            if column.field.startswith("#"):
                yield from _count(material, register, column, place)
            elif "." in column.field:
                yield from _through(material, register, column.field, place)
            elif column.field:
                yield from unknown_field(register, column.field, place)
            if column.width < 0:
                yield Problem(place, "bad-width", tr("A width cannot be negative."))


def _count(
    material: Material, register: Register, column: ListColumn, place: str
) -> Iterator[Problem]:
    name = column.field[1:]
    other = material.register_of.get(name)
    if not column.title:
        yield Problem(place, "no-title", tr("A column that counts needs a “title”."))
    if other is None:
        yield from unknown_register(material, name, place)
    elif other.parent != register.name and not any(
        refers_to(field, register.name) for field in other.fields
    ):
        text = tr("“{other}” is no child of “{register}” and has no reference to it.")
        told = text.format(other=name, register=register.name)
        yield Problem(place, "not-a-reference", told)


def _through(material: Material, register: Register, path: str, place: str) -> Iterator[Problem]:
    first, _, rest = path.partition(".")
    field = field_of(register, first)
    if first == register.parent:
        target = first
    elif field is None:
        yield unknown("field", first, field_names(register), place)
        return
    elif field.type is not FieldType.REFERENCE:
        text = tr("“{field}” is not a reference, so nothing can be shown through it.")
        yield Problem(place, "not-a-reference", text.format(field=first))
        return
    else:
        target = field.to
    if target in material.register_of:
        yield from unknown_field(material.register_of[target], rest, place)
