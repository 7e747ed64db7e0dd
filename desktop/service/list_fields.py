"""What a list can show and be filtered by: every field, those of referred records, counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from desktop.base.translate import tr
from desktop.schema.definition import DataClass, Field, FieldType
from desktop.store.list_queries import cell_of

if TYPE_CHECKING:
    from desktop.schema.definition import Forms, Register

_RIGHT = (FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY)
_CENTRE = (FieldType.DATE, FieldType.DATETIME, FieldType.YES_NO)


class Sees(Protocol):
    """What a person may see; `desktop.service.rights.Rights`."""

    def sees_field(self, register: str, field: Field) -> bool:
        """False for a sensitive field that is no business of this person's."""
        ...

    @property
    def sees_restricted(self) -> bool:
        """True if records of restricted groups are found."""
        ...


class SeesAll:
    """Nothing is hidden: for what the program itself counts."""

    sees_restricted = True

    def sees_field(self, register: str, field: Field) -> bool:
        del register, field
        return True


@dataclass(frozen=True)
class ListField:
    """One thing about a record that a list can show or be filtered by."""

    key: str
    """A field's name, `REF.FIELD`, `CHILD.FIELD` or `#REGISTER`."""
    title: str
    group: str
    """The register it is of, "" for the listed one."""
    field: Field | None
    """None for a count."""

    @property
    def label(self) -> str:
        """The title, and of which register it is: "Ngày sinh (đối tượng)"."""
        return f"{self.title} ({small_first(self.group)})" if self.group else self.title

    @property
    def is_sensitive(self) -> bool:
        return self.field is not None and self.field.data_class is DataClass.SENSITIVE


@dataclass(frozen=True)
class ShownColumn:
    """One column of a list."""

    key: str
    """As in `ListColumn.field`."""
    title: str
    align: str
    """"left", "right" or "center"."""
    field: Field | None = None
    """None for a count."""

    @property
    def is_sensitive(self) -> bool:
        return self.field is not None and self.field.data_class is DataClass.SENSITIVE


def column_choices(forms: Forms, register: Register, sees: Sees) -> list[ListField]:
    """Everything that can be a column, in the order of the forms: own fields, counts, then the
    fields of each record referred to."""
    return [
        *_own(register, sees),
        *_counts(forms, register),
        *_referred(forms, register, sees),
    ]


def filter_choices(forms: Forms, register: Register, sees: Sees) -> list[ListField]:
    """Everything a list can be filtered by: what can be a column, and the fields of child rows."""
    return [
        *_own(register, sees),
        *_children(forms, register, sees),
        *_counts(forms, register),
        *_referred(forms, register, sees),
    ]


def default_columns(register: Register, sees: Sees, forms: Forms) -> tuple[str, ...]:
    """The columns of the definition, as far as this person sees them."""
    return visible_columns(forms, register, [one.field for one in register.columns], sees)


def visible_columns(
    forms: Forms, register: Register, keys: Sequence[str], sees: Sees
) -> tuple[str, ...]:
    """Those of `keys` that lead somewhere and may be seen: a kept choice may be older than the
    definitions."""
    found = []
    for key in dict.fromkeys(keys):
        try:
            cell = cell_of(forms, register, key)
        except KeyError:
            continue
        owner = cell.register.name if cell.register else register.name
        if cell.field is None or sees.sees_field(owner, cell.field):
            found.append(key)
    return tuple(found)


def sees_key(forms: Forms, register: Register, key: str, sees: Sees) -> bool:
    """True if a person may be told anything by this field. Raises KeyError."""
    if key.startswith("#"):
        return True
    head, _, rest = key.partition(".")
    if not rest:
        return sees.sees_field(register.name, register.field(head))
    child = forms.registers.get(head)
    if child is None or child.parent != register.name:
        child = forms.registers[register.field(head).to]
    return sees.sees_field(child.name, child.field(rest))


def shown_column(forms: Forms, register: Register, key: str) -> ShownColumn:
    """How a column stands in the list. Raises KeyError."""
    given = next((one.title for one in register.columns if one.field == key), "")
    cell = cell_of(forms, register, key)
    one = cell.field
    if one is None:
        return ShownColumn(key, given or _count_title(forms, key), "right")
    align = "right" if one.type in _RIGHT else "center" if one.type in _CENTRE else "left"
    if not given:
        given = one.label
        if "." in key:
            of = register.field(key.partition(".")[0]).label
            given = f"{one.label} ({small_first(of)})"
    return ShownColumn(key, given, align, one)


def field_of(forms: Forms, register: Register, key: str) -> ListField:
    """What a filter's key means. Raises KeyError."""
    if key.startswith("#"):
        return ListField(key, _count_title(forms, key), "", None)
    head, _, rest = key.partition(".")
    if not rest:
        own = register.field(head)
        return ListField(key, own.label, "", own)
    child = forms.registers.get(head)
    if child is not None and child.parent == register.name:
        return ListField(key, child.field(rest).label, child.title, child.field(rest))
    reference = register.field(head)
    found = forms.registers[reference.to].field(rest)
    return ListField(key, found.label, reference.label, found)


def small_first(label: str) -> str:
    """A label inside a sentence: "họ và tên", but "CCCD"."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _own(register: Register, sees: Sees) -> Iterator[ListField]:
    for one in register.fields:
        if sees.sees_field(register.name, one):
            yield ListField(one.name, one.label, "", one)


def _referred(forms: Forms, register: Register, sees: Sees) -> Iterator[ListField]:
    for reference in register.fields:
        if reference.type is not FieldType.REFERENCE:
            continue
        other = forms.registers[reference.to]
        for one in other.fields:
            if sees.sees_field(other.name, one):
                yield ListField(f"{reference.name}.{one.name}", one.label, reference.label, one)


def _children(forms: Forms, register: Register, sees: Sees) -> Iterator[ListField]:
    for child in forms.children(register.name):
        for one in child.fields:
            if sees.sees_field(child.name, one):
                yield ListField(f"{child.name}.{one.name}", one.label, child.title, one)


def _counts(forms: Forms, register: Register) -> Iterator[ListField]:
    for other in forms.registers.values():
        refers = any(
            one.type is FieldType.REFERENCE and one.to == register.name for one in other.fields
        )
        if (other.parent == register.name and not other.single) or refers:
            key = f"#{other.name}"
            yield ListField(key, _count_title(forms, key), "", None)


def _count_title(forms: Forms, key: str) -> str:
    return tr("Number: {title}").format(title=small_first(forms.registers[key[1:]].title))
