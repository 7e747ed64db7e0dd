"""What [card] names: fields that can hold what an identity card says."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from desktop.base.errors import Problem
from desktop.base.text import fold
from desktop.base.translate import N_, tr
from desktop.schema.definition import Field, FieldType, IdentityCard, Register
from desktop.schema.lint.material import Material, field_of, refers_to
from desktop.schema.lint.references import unknown_field

UNITS = "admin_unit"
"""The register of administrative units."""
SEXES = ("Nam", "Nữ")
"""As printed on the card (Thông tư 17/2024/TT-BCA, Điều 3)."""
_DATES = (FieldType.DATE, FieldType.PARTIAL_DATE)


def problems(material: Material) -> Iterator[Problem]:
    """Names that lead nowhere, and fields of another kind than the card's words."""
    for register in material.registers:
        said = register.card
        if said == IdentityCard():
            continue
        place = f"{register.place}, [card]"
        if not said.number or not register.person:
            text = tr("A card is read by its “number”, in a register of people (“person”).")
            yield Problem(place, "card-without-number", text)
        for key, (wanted, fits) in _WANTED.items():
            yield from _field(material, register, key, wanted, fits, place)


def _field(
    material: Material, register: Register, key: str, wanted: str, fits: _Fits, place: str
) -> Iterator[Problem]:
    name = getattr(register.card, key)
    if not name:
        return
    yield from unknown_field(register, name, place)
    field = field_of(register, name)
    if field is not None and not fits(material, field):
        text = tr("“{key}” of a card needs {wanted}; “{field}” is none.")
        yield Problem(place, "card-kind", text.format(key=key, wanted=tr(wanted), field=name))


def _is_hamlet(material: Material, field: Field) -> bool:
    other = material.register_of.get(field.to)
    return other is not None and any(refers_to(inner, UNITS) for inner in other.fields)


def _has_sexes(material: Material, field: Field) -> bool:
    codes = material.list_of.get(field.list)
    if field.type is not FieldType.CHOICE or codes is None:
        return False
    return all(fold(word) in codes.values_of_word for word in SEXES)


_Fits = Callable[[Material, Field], bool]
_TEXT = (N_("a text without “digits”"), lambda _, f: f.type is FieldType.TEXT and not f.digits)
_WANTED: dict[str, tuple[str, _Fits]] = {
    "number": (N_("a text of 12 digits"), lambda _, f: f.digits == 12),
    "old_number": (N_("a text of 9 digits"), lambda _, f: f.digits == 9),
    "name": _TEXT,
    "birth": (N_("a date"), lambda _, f: f.type in _DATES),
    "sex": (N_("a choice that has the words “Nam” and “Nữ”"), _has_sexes),
    "unit": (N_("a reference to administrative units"), lambda _, f: refers_to(f, UNITS)),
    "hamlet": (N_("a reference to places in such a unit"), _is_hamlet),
    "address": _TEXT,
    "residence": _TEXT,
    "issued": (N_("a date"), lambda _, f: f.type in _DATES),
}
