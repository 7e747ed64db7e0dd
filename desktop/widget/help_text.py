"""Help as a page to read: of a field from its definition and its rules, of the window's keys."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from desktop.base.translate import tr
from desktop.schema.definition import FieldType
from desktop.service.field_help import RuleWords, rules_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from desktop.schema.definition import Field, Register
    from desktop.service.definitions import Definitions


def field_page(definitions: Definitions, register: Register, field: Field) -> str:
    """HTML: what to enter, an example, how it is keyed, what is checked, who asks for it."""
    parts = [_paragraph(field.help)]
    if field.example:
        parts += [_heading(tr("For example")), _paragraph(field.example)]
    how = how_to_type(field)
    if how and not field.computed and field.name != register.number_field:
        parts += [_heading(tr("How to type it")), _paragraph(how)]
    rules = rules_at(definitions, register, field)
    if rules:
        parts += [_heading(tr("What is checked")), _rule_list(rules)]
    if field.legal:
        parts += [_heading(tr("Asked for by")), _paragraph(field.legal)]
    return "".join(parts)


def keys_page(keys: Iterable[tuple[str, str]]) -> str:
    """HTML: a table of (key, words)."""
    rows = (
        f"<tr><td><b>{escape(key)}</b></td><td>{escape(words)}</td></tr>" for key, words in keys
    )
    return f"<table>{''.join(rows)}</table>"


def how_to_type(field: Field) -> str:
    """How a value of this kind is keyed."""
    date = tr("Type only digits: 15061980 is 15/06/1980; h is today.")
    pick = tr("Type the code or part of the words, without accents; F4 shows the list.")
    words = {
        FieldType.DATE: date,
        FieldType.PARTIAL_DATE: tr(
            "Type only digits: 15061980 is 15/06/1980; 1980 alone where only the year is known."
        ),
        FieldType.DATETIME: tr("Type only digits: 050920261420 is 05/09/2026 14:20; h is now."),
        FieldType.YES_NO: tr("C is yes, K is no, Delete takes the answer back."),
        FieldType.CHOICE: pick,
        FieldType.CHOICES: pick,
        FieldType.REFERENCE: tr(
            "Type part of the name, without accents; Ctrl+O opens the record chosen."
        ),
        FieldType.NOTE: tr("Alt+Enter starts a new line."),
        FieldType.MONEY: tr("Type only digits: 1500000 is 1.500.000 đ."),
    }
    return words.get(field.type, "")


def _rule_list(rules: Sequence[RuleWords]) -> str:
    lines = []
    for rule in rules:
        kind = tr("warning") if rule.is_warning else tr("error")
        legal = f" ({escape(rule.legal)})" if rule.legal else ""
        lines.append(f"<li><b>{escape(rule.number)}</b> ({kind}): {escape(rule.text)}{legal}</li>")
    return f"<ul>{''.join(lines)}</ul>"


def _heading(text: str) -> str:
    return f"<h2>{escape(text)}</h2>"


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>"
