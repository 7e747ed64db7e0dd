"""Names SQL would misread, or that belong to the program."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.base.errors import Problem
from desktop.base.translate import tr
from desktop.schema.lint.material import Material, item_place
from desktop.schema.names import (
    LONGEST_NAME,
    RESERVED_TABLES,
    common_columns,
    is_identifier,
    is_keyword,
    is_list_name,
)


def problems(material: Material) -> Iterator[Problem]:
    """Registers, fields and sections in `a_b`, lists in `A_B`, none a word of SQL or of ours."""
    for register in material.registers:
        yield from _shape(register.name, register.place)
        if register.name in RESERVED_TABLES or register.name.startswith("sqlite_"):
            text = tr("“{name}” is a table of the program itself; choose another name.")
            yield Problem(register.place, "reserved-name", text.format(name=register.name))
        for index, section in enumerate(register.sections, 1):
            place = item_place(register.place, "section", index, section.name)
            yield from _shape(section.name, place, table=False)
    for register, field, place in material.fields():
        yield from _shape(field.name, place)
        for column in field.columns:
            if column in common_columns(register):
                text = tr("“{name}” is a column every table has already; choose another name.")
                yield Problem(place, "common-column", text.format(name=column))
    for code_list in material.lists:
        if code_list.name and not is_list_name(code_list.name):
            text = tr("“{name}” must be capitals A–Z, digits and _, at most {count} characters.")
            told = text.format(name=code_list.name, count=LONGEST_NAME)
            yield Problem(code_list.place, "bad-name", told)


def _shape(name: str, place: str, *, table: bool = True) -> Iterator[Problem]:
    if name and not is_identifier(name):
        text = tr("“{name}” must be small letters a–z, digits and _, at most {count} characters.")
        yield Problem(place, "bad-name", text.format(name=name, count=LONGEST_NAME))
    elif table and is_keyword(name):
        text = tr("“{name}” is a word of SQL; choose another name, such as “{name}_date”.")
        yield Problem(place, "sql-keyword", text.format(name=name))
