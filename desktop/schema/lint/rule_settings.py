"""Rules about registers or fields that do not exist, or that are never asked."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.base.errors import Problem
from desktop.base.translate import tr
from desktop.schema.definition import Gate, Level, Register, Rule
from desktop.schema.lint.material import Material, field_names
from desktop.schema.lint.references import unknown
from desktop.schema.names import PSEUDO_REGISTERS


def problems(material: Material) -> Iterator[Problem]:
    """Told at the rule; its SQL is looked into by `store`."""
    for rule in material.rules:
        register = material.register_of.get(rule.on)
        if register is not None:
            yield from _fields(material, rule, register)
        elif rule.on in PSEUDO_REGISTERS:
            yield from _closing_only(rule)
        elif rule.on and not material.is_missing(rule.on):
            known = [*material.register_of, *PSEUDO_REGISTERS]
            yield unknown("register", rule.on, known, rule.place)
        yield from _levels(rule)


def _fields(material: Material, rule: Rule, register: Register) -> Iterator[Problem]:
    known = fields_for(material, register)
    for name in rule.fields:
        if name not in known and not material.is_missing(name.partition(".")[0]):
            yield unknown("field", name, known, rule.place)


def fields_for(material: Material, register: Register) -> list[str]:
    """What `Rule.fields` may name.

    A field of the register; one of its parent as `parent.field`; a child register, for a problem
    with its rows as a whole, or one of its fields as `child.field`.
    """
    children = material.children_of.get(register.name, [])
    names = [*field_names(register), *(child.name for child in children)]
    parent = material.register_of.get(register.parent)
    for other in (*children, *([parent] if parent else [])):
        names += [f"{other.name}.{name}" for name in field_names(other)]
    return names


def _closing_only(rule: Rule) -> Iterator[Problem]:
    columns = PSEUDO_REGISTERS[rule.on]
    for name in rule.fields:
        if name not in columns:
            yield unknown("field", name, columns, rule.place)
    awake = (gate for gate, level in rule.level.items() if level is not Level.OFF)
    if any(gate is not Gate.CLOSE for gate in awake):
        text = tr("“{on}” exists only when a period is closed; give a level for “close” only.")
        yield Problem(rule.place, "gate-without-rows", text.format(on=rule.on))


def _levels(rule: Rule) -> Iterator[Problem]:
    if all(level is Level.OFF for level in rule.level.values()):
        yield Problem(rule.place, "never-asked", tr("The rule is off at every gate."))
    if rule.invariant and (rule.on in PSEUDO_REGISTERS or rule.level[Gate.SAVE] is not Level.ERROR):
        text = tr("An “invariant” is an error at the saving of a register's rows.")
        yield Problem(rule.place, "bad-invariant", text)
