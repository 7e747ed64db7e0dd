"""What [look_alike] names: fields of the right kind, so that people can be compared and merged."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from desktop.base.errors import Problem
from desktop.base.translate import tr
from desktop.schema.definition import Field, FieldType, Gate, Level, LookAlike, Register
from desktop.schema.lint.material import Material, field_of, refers_to
from desktop.schema.lint.references import unknown_field, unknown_register

_DATES = (FieldType.DATE, FieldType.PARTIAL_DATE)
_NAMED: tuple[tuple[str, tuple[FieldType, ...]], ...] = (
    ("name", (FieldType.TEXT,)),
    ("birth", _DATES),
    ("papers", (FieldType.TEXT,)),
    ("places", (FieldType.REFERENCE,)),
    ("same", (FieldType.CHOICE, FieldType.YES_NO)),
    ("unnamed_if", (FieldType.YES_NO,)),
    ("merged_into", (FieldType.REFERENCE,)),
)


def problems(material: Material) -> Iterator[Problem]:
    """Names that lead nowhere, and fields that cannot be compared in that way."""
    for register in material.registers:
        said = register.look_alike
        if said != LookAlike():
            place = f"{register.place}, [look_alike]"
            yield from _whole(register, said, place)
            yield from _fields(register, said, place)
            yield from _neighbours(material, register, said, place)
            yield from _only_one(material, register, said, place)
            yield from _rule(material, register, said, place)


def _whole(register: Register, said: LookAlike, place: str) -> Iterator[Problem]:
    if not register.person:
        text = tr("Only a register of people (“person”) has look-alikes.")
        yield Problem(place, "no-people", text)
    if not said.name or register.search[:1] != (said.name,):
        text = tr("“name” must be the field that stands first in “search”.")
        yield Problem(place, "name-not-searched", text)


def _fields(register: Register, said: LookAlike, place: str) -> Iterator[Problem]:
    for key, kinds in _NAMED:
        value = getattr(said, key)
        for name in (value,) if isinstance(value, str) else value:
            if not name:
                continue
            yield from unknown_field(register, name, place)
            field = field_of(register, name)
            if field is not None and not _fits(register, key, field, kinds):
                text = tr("“{key}” cannot be the field “{field}”, which is of another kind.")
                told = text.format(key=key, field=name)
                yield Problem(place, "look-alike-kind", told)


def _fits(register: Register, key: str, field: Field, kinds: Collection[FieldType]) -> bool:
    if key == "merged_into":
        return refers_to(field, register.name)
    return field.type in kinds


def _neighbours(
    material: Material, register: Register, said: LookAlike, place: str
) -> Iterator[Problem]:
    if not said.neighbours:
        return
    yield from unknown_register(material, said.neighbours, place)
    other = material.register_of.get(said.neighbours)
    fields = (field_of(register, name) for name in said.places)
    kinds = {field.to for field in fields if field is not None}
    if other is not None and not any(
        sum(refers_to(field, kind) for field in other.fields) >= 2 for kind in kinds
    ):
        text = tr("“{other}” needs two references to one of the places compared.")
        yield Problem(place, "no-neighbours", text.format(other=other.name))


def _only_one(
    material: Material, register: Register, said: LookAlike, place: str
) -> Iterator[Problem]:
    children = {child.name: child for child in material.children_of.get(register.name, [])}
    for path in said.only_one:
        name, _, column = path.partition(".")
        field = field_of(children[name], column) if name in children else None
        if field is None or field.type is not FieldType.YES_NO:
            text = tr("“{path}” is no yes/no field of a child of this register.")
            yield Problem(place, "not-a-child-field", text.format(path=path))


def _rule(material: Material, register: Register, said: LookAlike, place: str) -> Iterator[Problem]:
    if not said.rule:
        return
    rule = next((rule for rule in material.rules if rule.number == said.rule), None)
    if rule is None or rule.on != register.name or rule.level.get(Gate.SAVE) is not Level.WARNING:
        text = tr("“{rule}” is no rule of this register that warns when it is saved.")
        yield Problem(place, "no-such-warning", text.format(rule=said.rule))
