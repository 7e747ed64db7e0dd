"""Settings of a field that its type does not know, needs, or cannot keep."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.base.errors import Problem
from desktop.base.translate import tr
from desktop.schema.definition import Field, FieldType
from desktop.schema.lint.material import Material, field_of

_TEXTS = (FieldType.TEXT, FieldType.NOTE)
_NUMBERS = (FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY)
_CHOICES = (FieldType.CHOICE, FieldType.CHOICES)
MOST_CHARACTERS = 32_000
"""Of one text: a cell of Excel holds 32,767."""
MOST_DECIMALS = 9

# Which setting belongs to which types; a setting counts as given where it is not its default.
_BELONGS: dict[str, tuple[FieldType, ...]] = {
    "length": _TEXTS,
    "digits": (FieldType.TEXT,),
    "format": (FieldType.TEXT,),
    "decimals": (FieldType.DECIMAL,),
    "min": _NUMBERS,
    "max": _NUMBERS,
    "list": _CHOICES,
    "within": _CHOICES,
    "to": (FieldType.REFERENCE,),
    "only": (FieldType.REFERENCE,),
}
_DEFAULTS = {key: Field.__dataclass_fields__[key].default for key in _BELONGS}


def problems(material: Material) -> Iterator[Problem]:
    """Told at the field."""
    for register, field, place in material.fields():
        yield from _misplaced(field, place)
        yield from _needed(field, place)
        yield from _bounds(field, place)
        yield from _together(field, place)
        inside = field_of(register, field.within)
        if field.within and inside is not None:
            yield from _within(material, field, inside, place)


def _misplaced(field: Field, place: str) -> Iterator[Problem]:
    for key, types in _BELONGS.items():
        if getattr(field, key) != _DEFAULTS[key] and field.type not in types:
            text = tr("“{key}” is for fields of type {types}, not {type}.")
            named = ", ".join(types)
            told = text.format(key=key, types=named, type=field.type)
            yield Problem(place, "misplaced-setting", told)


def _needed(field: Field, place: str) -> Iterator[Problem]:
    for key, types in (("list", _CHOICES), ("to", (FieldType.REFERENCE,))):
        if field.type in types and not getattr(field, key):
            text = tr("A field of type {type} needs “{key}”.").format(type=field.type, key=key)
            yield Problem(place, "missing-setting", text)


def _bounds(field: Field, place: str) -> Iterator[Problem]:
    for key, most in (
        ("length", MOST_CHARACTERS),
        ("digits", MOST_CHARACTERS),
        ("decimals", MOST_DECIMALS),
    ):
        if not 0 <= getattr(field, key) <= most:
            text = tr("“{key}” must be between 0 and {most}.").format(key=key, most=most)
            yield Problem(place, "bad-bounds", text)
    if field.length and field.digits:
        text = tr("“digits” fixes the length; leave “length” out.")
        yield Problem(place, "bad-bounds", text)
    if field.format and field.digits:
        text = tr("“digits” are written in one way only; leave “format” out.")
        yield Problem(place, "bad-bounds", text)
    if field.min is not None and field.max is not None and field.min > field.max:
        yield Problem(place, "bad-bounds", tr("“min” is greater than “max”."))


def _together(field: Field, place: str) -> Iterator[Problem]:
    if field.required and field.required_if:
        text = tr("“required” is always, so “required_if” is never asked; keep one of them.")
        yield Problem(place, "contradiction", text)
    for key in ("required", "required_if", "default", "keep", "seldom"):
        if field.computed and getattr(field, key):
            text = tr("The field is “computed”, so “{key}” has no meaning.").format(key=key)
            yield Problem(place, "contradiction", text)


def _within(material: Material, field: Field, inside: Field, place: str) -> Iterator[Problem]:
    if inside.type is not FieldType.CHOICE or inside is field:
        text = tr("“within” names another field of type choice, not “{name}”.")
        yield Problem(place, "bad-within", text.format(name=inside.name))
        return
    code_list = material.list_of.get(field.list)
    if code_list is None:
        return
    above = code_list.parent_list or code_list.name
    if inside.list != above:
        text = tr("The groups of list “{list}” are codes of “{above}”, but “{name}” has “{other}”.")
        names = {"list": field.list, "above": above, "name": inside.name, "other": inside.list}
        yield Problem(place, "bad-within", text.format(**names))
