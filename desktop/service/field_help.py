"""Which rules look at a field, in words: what F1 tells beside what the field itself says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.schema.definition import Gate, Level

if TYPE_CHECKING:
    from desktop.schema.definition import Field, Register, Rule
    from desktop.service.definitions import Definitions

_PLACE = re.compile(r"\{[^{}]*\}")
_BROKEN_BY_A_VALUE = "…"


@dataclass(frozen=True, slots=True)
class RuleWords:
    """One rule as it is told before it is broken."""

    number: str
    text: str
    is_warning: bool
    legal: str = ""


def rules_at(definitions: Definitions, register: Register, field: Field) -> list[RuleWords]:
    """Rules that read a field of a record, or show what is wrong at it, by number."""
    own = {(register.name, column) for column in field.columns}
    found = []
    for rule in definitions.forms.rules:
        read = definitions.book.reads_own(rule.number)
        shown = rule.on == register.name and field.name in rule.fields
        if own & read or shown:
            found.append(_in_words(rule))
    return sorted(found, key=lambda one: one.number)


def _in_words(rule: Rule) -> RuleWords:
    level = next(
        (rule.level[gate] for gate in (Gate.SAVE, Gate.CLOSE) if rule.level[gate] is not Level.OFF),
        Level.ERROR,
    )
    text = _PLACE.sub(_BROKEN_BY_A_VALUE, rule.message).replace("….", "…")
    return RuleWords(rule.number, text, level is Level.WARNING, rule.legal)
