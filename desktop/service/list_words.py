"""Filters and orders in words, and as JSON for those that are kept under a name."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from desktop.base.translate import N_, tr
from desktop.schema import types
from desktop.schema.definition import FieldType
from desktop.service.list_fields import field_of, shown_column, small_first
from desktop.store.filters import Filter, Operator

if TYPE_CHECKING:
    from desktop.schema.definition import Field, Forms, Register
    from desktop.store.column_keys import Order
    from desktop.store.driver import Stored

OPERATOR_WORDS = {
    Operator.IS: N_("is"),
    Operator.IS_NOT: N_("is not"),
    Operator.CONTAINS: N_("contains"),
    Operator.FROM: N_("from"),
    Operator.TO: N_("up to"),
    Operator.BETWEEN: N_("between"),
    Operator.FILLED: N_("is filled in"),
    Operator.EMPTY: N_("is empty"),
}
ALONE = (Operator.FILLED, Operator.EMPTY)
"""Asked without a value."""

TitleOf = Callable[[str, str], str]
"""(register, id) → how the record is called."""


def filter_words(
    forms: Forms, register: Register, one: Filter, title_of: TitleOf, *, value: bool = True
) -> str:
    """As on a chip: "Ngày sinh từ 1948 đến 1960". `value` False: the field and how alone."""
    found = field_of(forms, register, one.field)
    words = f"{found.label} {tr(OPERATOR_WORDS[one.operator])}"
    if one.operator in ALONE or not value:
        return words
    shown = [_value(forms, found.field, each, title_of, one.operator) for each in one.values]
    if one.operator is Operator.CONTAINS:
        return f"{words} “{shown[0]}”"
    if one.operator is Operator.BETWEEN:
        return tr("{field} from {first} to {last}").format(
            field=found.label, first=shown[0], last=shown[1]
        )
    return f"{words} {', '.join(shown)}"


def order_words(forms: Forms, register: Register, orders: Sequence[Order]) -> str:
    """As on paper: "xếp theo năm sinh, họ và tên (giảm dần)"; "" for the register's own order."""
    if not orders:
        return ""
    named = []
    for one in orders:
        title = small_first(shown_column(forms, register, one.column).title)
        named.append(tr("{column} (descending)").format(column=title) if one.descending else title)
    return tr("Sorted by {columns}").format(columns=", ".join(named))


def _value(
    forms: Forms, field: Field | None, value: Stored, title_of: TitleOf, operator: Operator
) -> str:
    if field is None or operator is Operator.CONTAINS:
        return str(value)
    if field.type is FieldType.REFERENCE:
        return title_of(field.to, str(value)) or "…"
    if field.type is FieldType.CHOICES:
        return types.show(field, (str(value),), forms.lists)
    if field.type is FieldType.PARTIAL_DATE:
        return str(value)
    if field.type is FieldType.DATETIME and len(str(value)) == len("2026-06-14"):
        year, month, day = str(value).split("-")
        return f"{day}/{month}/{year}"
    return types.show(field, value, forms.lists)


def filters_to_json(filters: Iterable[Filter]) -> str:
    """As kept in the database."""
    listed = [[one.field, str(one.operator), list(one.values)] for one in filters]
    return json.dumps(listed, ensure_ascii=False)


def filters_from_json(
    forms: Forms, register: Register, text: str
) -> tuple[tuple[Filter, ...], int]:
    """(the filters, how many were left out): one of a field that is no more asks nothing."""
    found, lost = [], 0
    for field, operator, values in json.loads(text):
        try:
            field_of(forms, register, field)
            found.append(Filter(field, Operator(operator), tuple(values)))
        except (KeyError, ValueError):
            lost += 1
    return tuple(found), lost
