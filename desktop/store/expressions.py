"""The SQL expressions of the definitions, and what can be told from their text alone.

What SQLite itself says about them is asked in `rulebook`; here is only what it would let pass
although it means something else than it seems to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from desktop.base.translate import tr
from desktop.schema.definition import Forms, Register
from desktop.store.authorizer import OWN_RECORD
from desktop.store.functions import compiled_pattern


class Purpose(StrEnum):
    """Which key of a definition an expression stands in."""

    CHECK = "check"
    WHEN = "when"
    SHOW = "show_if"
    REQUIRED = "required_if"
    COMPUTED = "computed"
    RESTRICTED = "restricted_if"
    ONLY = "only"
    SUMMARY = "summary"


@dataclass(frozen=True, slots=True)
class Expression:
    """One SQL expression and where it stands."""

    purpose: Purpose
    register: str
    """Whose rows it is asked of; for `only`, the register referred to."""
    name: str
    """Number of the rule, or name of the field; for `restricted_if`, of the register; for
    `summary`, the place of the fact, from 1."""
    sql: str
    place: str
    """For messages: file, field or rule, key."""


def expressions(forms: Forms) -> Iterator[Expression]:
    """Every expression of the registers and rules, in their order."""
    for register in forms.registers.values():
        yield from _of_register(register)
    for rule in forms.rules:
        at = f"{rule.place or 'rules'}, {rule.number}"
        if rule.when:
            yield Expression(Purpose.WHEN, rule.on, rule.number, rule.when, f"{at}.when")
        yield Expression(Purpose.CHECK, rule.on, rule.number, rule.check, f"{at}.check")


def _of_register(register: Register) -> Iterator[Expression]:
    at = register.place or register.name
    for field in register.fields:
        for purpose in (Purpose.SHOW, Purpose.REQUIRED, Purpose.COMPUTED, Purpose.ONLY):
            sql = getattr(field, purpose.value)
            owner = field.to if purpose is Purpose.ONLY else register.name
            if sql:
                place = f"{at}, {field.name}.{purpose.value}"
                yield Expression(purpose, owner, field.name, sql, place)
    if register.restricted_if:
        place = f"{at}, restricted_if"
        sql = register.restricted_if
        yield Expression(Purpose.RESTRICTED, register.name, register.name, sql, place)
    for index, one in enumerate(register.summary, 1):
        place = f"{at}, [[summary]] {index}.value"
        yield Expression(Purpose.SUMMARY, register.name, str(index), one.value, place)


_STRING = re.compile(r"'(?:[^']|'')*'")
_PARENTHESIS = re.compile(r"[()]")
_COMMENT = re.compile(r"--|/\*")
_QUOTED_NAME = re.compile(r"[\"`\[\]]")
_PARAMETER = re.compile(rf"[?@$#]|:\w|\b{OWN_RECORD}\b", re.IGNORECASE)
_CLOCK_STRING = re.compile(r"'\s*(?:now|localtime|utc)\s*'", re.IGNORECASE)
_CLOCK_CALL = re.compile(
    r"\b(?:date|time|datetime|julianday|unixepoch)\s*\(\s*\)|\bstrftime\s*\(\s*''\s*\)",
    re.IGNORECASE,
)
_MATCHES = re.compile(r"\bmatches\s*\([^()']*,\s*('(?:[^']|'')*')", re.IGNORECASE)


def text_problem(sql: str) -> tuple[str, str] | None:
    """(code, words) for what is wrong with the text of an expression, or None.

    An expression that passes, put in parentheses, can only be one expression: nothing in it ends
    the parentheses, a statement or the line.
    """
    if not sql.strip():
        return "empty-sql", tr("The expression is empty.")
    # Every string to '' so that what stands in one is not taken for SQL.
    bare = _STRING.sub("''", sql)
    if "'" in bare.replace("''", ""):
        return "bad-sql", tr("A text in the expression has no closing quotation mark (').")
    if _QUOTED_NAME.search(bare):
        return "quoted-name", tr(
            "Texts stand in single quotation marks: 'NAM'. Double ones, backquotes and brackets "
            "would quietly mean a column or a text."
        )
    if not _is_balanced(bare):
        return "bad-sql", tr("The parentheses of the expression do not match.")
    if ";" in bare or _COMMENT.search(bare):
        return "not-an-expression", tr("A semicolon or a comment (--, /*) cannot stand here.")
    if _PARAMETER.search(bare) or not sql.replace("\n", "").replace("\t", "").isprintable():
        return "bad-sql", tr("A character stands in the expression that SQL has no use for here.")
    return _clock_problem(sql, bare) or _pattern_problem(sql)


def _is_balanced(bare: str) -> bool:
    depth = 0
    for found in _PARENTHESIS.finditer(bare):
        depth += 1 if found[0] == "(" else -1
        if depth < 0:
            return False
    return depth == 0


def _clock_problem(sql: str, bare: str) -> tuple[str, str] | None:
    if _CLOCK_STRING.search(sql) or _CLOCK_CALL.search(bare):
        return "other-clock", tr("Ask for the time with today() or now(), never 'now'.")
    return None


def _pattern_problem(sql: str) -> tuple[str, str] | None:
    for found in _MATCHES.finditer(sql):
        pattern = found[1][1:-1].replace("''", "'")
        if compiled_pattern(pattern) is None:
            words = tr("“{pattern}” is not a regular expression.").format(pattern=pattern)
            return "bad-pattern", words
    return None
