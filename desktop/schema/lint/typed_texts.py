"""Defaults and examples that the field itself would refuse."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from desktop.base.errors import Problem
from desktop.base.translate import tr
from desktop.schema.definition import Field, FieldType
from desktop.schema.lint.material import Material
from desktop.schema.types import ParseProblem, parse

WORDS: dict[FieldType, tuple[str, ...]] = {
    FieldType.DATE: ("today",),
    FieldType.PARTIAL_DATE: ("today",),
    FieldType.DATETIME: ("now",),
    FieldType.REFERENCE: ("office", "me"),
}
"""Words of `Field.default` that are filled in when a record is made."""
_CHOICES = (FieldType.CHOICE, FieldType.CHOICES)
_ANY_DAY = datetime(2026, 1, 1, 8, 0)


def problems(material: Material) -> Iterator[Problem]:
    """What a form writes into a field, or shows as a model, must be possible."""
    for _, field, place in material.fields():
        if field.list not in material.list_of and field.type in _CHOICES:
            continue
        if field.default and field.default not in WORDS.get(field.type, ()):
            yield from _text(material, field, "default", place)
        if field.example and field.type is not FieldType.REFERENCE:
            yield from _text(material, field, "example", place)


def _text(material: Material, field: Field, key: str, place: str) -> Iterator[Problem]:
    if key == "default" and field.type is FieldType.REFERENCE:
        words = ", ".join(WORDS[field.type])
        told = tr("The default of a reference is one of: {words}.").format(words=words)
        yield Problem(place, "bad-default", told)
        return
    try:
        parse(field, getattr(field, key), today=_ANY_DAY, lists=material.list_of)
    except ParseProblem as problem:
        told = tr("“{key}” is refused by the field itself: {reason}")
        yield Problem(place, f"bad-{key}", told.format(key=key, reason=problem))
