"""Child registers without a parent, without a place on its page, or their own ancestors."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.base.errors import Problem
from desktop.base.translate import tr
from desktop.schema.definition import Register
from desktop.schema.lint.material import Material, item_place


def problems(material: Material) -> Iterator[Problem]:
    """Every child stands once on the page of its own parent."""
    for register in material.registers:
        yield from _child(material, register)
        yield from _sections(material, register)


def _child(material: Material, register: Register) -> Iterator[Problem]:
    place, parent = register.place, register.parent
    if not parent:
        if register.single:
            text = tr("“single” is for registers with a “parent”.")
            yield Problem(place, "single-without-parent", text)
        return
    if _is_own_ancestor(material, register):
        text = tr("“{name}” is its own parent, over: {chain}.")
        chain = " → ".join(_ancestors(material, register))
        yield Problem(place, "parent-cycle", text.format(name=register.name, chain=chain))
        return
    for key in ("group", "person", "catalogue", "number_field", "related"):
        if getattr(register, key):
            text = tr("“{key}” is for registers without a “parent”.")
            yield Problem(place, "not-for-children", text.format(key=key))
    owner = material.register_of.get(parent)
    if owner and not any(register.name in section.children for section in owner.sections):
        text = tr("No section of “{parent}” has “{name}” in its “children”: nobody can fill it.")
        told = text.format(parent=parent, name=register.name)
        yield Problem(place, "child-not-shown", told)


def _sections(material: Material, register: Register) -> Iterator[Problem]:
    shown: set[str] = set()
    for index, section in enumerate(register.sections, 1):
        place = item_place(register.place, "section", index, section.name)
        for name in section.children:
            child = material.register_of.get(name)
            if child is not None and child.parent != register.name:
                text = tr("“{name}” does not have “{register}” as its “parent”.")
                told = text.format(name=name, register=register.name)
                yield Problem(place, "not-a-child", told)
            if name in shown:
                text = tr("“{name}” is shown in two places of the page.").format(name=name)
                yield Problem(place, "duplicate-child", text)
            shown.add(name)


def _ancestors(material: Material, register: Register) -> list[str]:
    """Names from the parent upwards, ending where there is none or one comes again."""
    names: list[str] = []
    current: Register | None = register
    while current is not None and current.parent and current.parent not in names:
        names.append(current.parent)
        current = material.register_of.get(current.parent)
    return names


def _is_own_ancestor(material: Material, register: Register) -> bool:
    return register.name in _ancestors(material, register)
