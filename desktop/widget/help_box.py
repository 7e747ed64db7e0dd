"""Help where one is: on the field with the keyboard, and the list of keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.base.translate import tr
from desktop.schema.definition import FieldType
from desktop.widget.field_input import help_of

if TYPE_CHECKING:
    from desktop.schema.definition import Field, Rule
    from desktop.widget.main_window import MainWindow


def show_field_help(window: MainWindow) -> None:
    """F1: what to enter in this field, how, who asks for it, and what is checked."""
    page = window.pages.current_register()
    row = page.form.sections.row_with_focus() if page is not None else None
    if row is None:
        show_keys(window)
        return
    register = page.form.register.name if page is not None else ""
    rules = window.context.workspace.forms.rules_on(register)
    text = field_help(row.field, rules)
    window.context.ask.message(window, row.field.label, text)


def field_help(field: Field, rules: tuple[Rule, ...]) -> str:
    """The words of F1."""
    told = [help_of(field), how_to_type(field)]
    if field.legal:
        told.append(tr("Asked for by: {source}").format(source=field.legal))
    numbers = [rule.number for rule in rules if field.name in rule.fields]
    if numbers:
        told.append(tr("Checked by rules: {numbers}").format(numbers=", ".join(numbers)))
    return "\n".join(part for part in told if part)


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


def show_keys(window: MainWindow) -> None:
    """The list of keys."""
    lines = [
        tr("Enter, Tab: next field; Enter on the last field saves"),
        tr("Shift+Tab: the field before"),
        *(f"{key}: {words}" for key, words in window.commands.with_keys()),
    ]
    window.context.ask.message(window, tr("Keys"), tr("Everything has a key."), "info",
                               "\n".join(lines))  # fmt: skip
