"""What stands in each section of a form page."""

from __future__ import annotations

from desktop.schema.definition import Field, Forms, Register, Related, Section


def sections_of(register: Register) -> tuple[Section, ...]:
    """The sections of a page in their order; where none is defined, one for everything."""
    return register.sections or (Section(name="", title=register.title),)


def fields_of_section(register: Register, section: Section) -> tuple[Field, ...]:
    """Fields of a section in their order; those that name none stand in the first."""
    return tuple(field for field in register.fields if _is_in(field.section, register, section))


def children_of_section(forms: Forms, section: Section) -> tuple[Register, ...]:
    """Child registers edited in a section, below its fields."""
    return tuple(forms.registers[name] for name in section.children)


def related_of_section(register: Register, section: Section) -> tuple[Related, ...]:
    """Lists of referring records in a section; those that name none stand in the last."""
    sections = sections_of(register)
    return tuple(
        related
        for related in register.related
        if related.section == section.name or (not related.section and section == sections[-1])
    )


def _is_in(name: str, register: Register, section: Section) -> bool:
    return name == section.name or (not name and section == sections_of(register)[0])
