"""Facts of a register's summary that could not be written out."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.base.errors import Problem
from desktop.base.translate import tr
from desktop.schema.definition import FieldType, Summary
from desktop.schema.lint.material import Material, item_place

VALUE = "{value}"
_WRITTEN = (
    FieldType.INTEGER,
    FieldType.DECIMAL,
    FieldType.MONEY,
    FieldType.DATE,
    FieldType.DATETIME,
    FieldType.TEXT,
)


def problems(material: Material) -> Iterator[Problem]:
    """A fact needs one place for its value, of a kind that is written without a list."""
    for register in material.registers:
        for index, one in enumerate(register.summary, 1):
            place = item_place(register.place, "summary", index, "")
            if register.parent:
                text = tr("Rows of a child register have no heading, so no summary either.")
                yield Problem(place, "not-for-children", text)
            yield from _fact(one, place)


def _fact(one: Summary, place: str) -> Iterator[Problem]:
    rest = one.text.replace(VALUE, "", 1)
    if VALUE not in one.text or "{" in rest or "}" in rest:
        text = tr("“text” must say {place} once, where the value stands.").format(place=VALUE)
        yield Problem(place, "no-value-place", text)
    if one.type not in _WRITTEN:
        text = tr("A value of type “{type}” cannot stand in a summary.")
        yield Problem(place, "summary-type", text.format(type=one.type))
