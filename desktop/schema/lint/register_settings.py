"""Settings of a register that do not fit its fields."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop.base.errors import Problem
from desktop.base.translate import tr
from desktop.schema.definition import FieldType, Register
from desktop.schema.lint.material import Material, field_of
from desktop.schema.names import PERSON_FIELDS, is_identifier

_ICON = re.compile(r"[a-z0-9-]+")


def problems(material: Material) -> Iterator[Problem]:
    """Numbers, dates, people, catalogues: each asks for fields of a certain kind."""
    for register in material.registers:
        yield from _numbering(register)
        yield from _dates(register)
        yield from _people(register)
        if not register.fields:
            yield Problem(register.place, "no-fields", tr("The register has no [[field]]."))
        if register.version < 1:
            yield Problem(register.place, "bad-version", tr("“version” counts from 1."))
        if register.icon and not _ICON.fullmatch(register.icon):
            text = tr("“{name}” is not the name of an icon.").format(name=register.icon)
            yield Problem(register.place, "bad-icon", text)
        if register.catalogue and not is_identifier(register.catalogue.removesuffix(".csv")):
            text = tr("“catalogue” is the name of a file without folders, such as admin_units.")
            yield Problem(register.place, "bad-catalogue", text)


def _numbering(register: Register) -> Iterator[Problem]:
    if bool(register.number_field) is not bool(register.number_format):
        text = tr("“number_field” and “number_format” go together.")
        yield Problem(register.place, "number-incomplete", text)
    field = field_of(register, register.number_field)
    if field is not None and field.type is not FieldType.TEXT:
        text = tr("The number goes into a field of type text, not “{field}”.")
        yield Problem(register.place, "number-not-text", text.format(field=field.name))


def _dates(register: Register) -> Iterator[Problem]:
    field = field_of(register, register.date_field)
    if field is not None and field.type not in (FieldType.DATE, FieldType.DATETIME):
        text = tr("“date_field” must be a field of type date or datetime, not “{field}”.")
        yield Problem(register.place, "date-field-type", text.format(field=field.name))


def _people(register: Register) -> Iterator[Problem]:
    if not register.person:
        return
    for name in PERSON_FIELDS:
        field = field_of(register, name)
        if field is None or field.type is not FieldType.TEXT:
            text = tr("A register of people needs the field “{name}” of type text.")
            yield Problem(register.place, "person-fields", text.format(name=name))
