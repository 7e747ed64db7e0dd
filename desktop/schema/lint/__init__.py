"""What can be wrong with definitions that are well-formed: one module per kind of mistake."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from desktop.base.errors import Problem
from desktop.schema.lint import (
    bad_names,
    code_lists,
    duplicates,
    field_settings,
    formats,
    identity_cards,
    list_columns,
    look_alikes,
    parents,
    references,
    register_settings,
    renamed_fields,
    rule_settings,
    summaries,
    typed_texts,
)
from desktop.schema.lint.material import Material

CHECKS: tuple[Callable[[Material], Iterator[Problem]], ...] = (
    bad_names.problems,
    duplicates.problems,
    references.problems,
    list_columns.problems,
    parents.problems,
    register_settings.problems,
    look_alikes.problems,
    identity_cards.problems,
    renamed_fields.problems,
    field_settings.problems,
    formats.problems,
    code_lists.problems,
    rule_settings.problems,
    summaries.problems,
    typed_texts.problems,
)


def lint(material: Material, broken: Collection[str] = ()) -> list[Problem]:
    """Every mistake of the definitions, but not at `broken` places, which have theirs already."""
    return [
        problem for check in CHECKS for problem in check(material) if problem.place not in broken
    ]
