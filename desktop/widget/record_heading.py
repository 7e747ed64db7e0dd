"""How a record is called above its form, as it is typed: title, age, counts."""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING

from desktop.base.numbers import format_integer
from desktop.base.translate import tr
from desktop.schema.definition import FieldType
from desktop.schema.types import show
from desktop.widget.field_group import age_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.service.draft import Draft, RowDraft
    from desktop.service.lookups import RelatedRecords
    from desktop.service.workspace import Workspace

SEPARATOR = " · "
Titles = dict[tuple[str, str], str]
"""(register, id) → title: the head is written anew with each letter, the records it names stay."""


def title_of(draft: Draft, workspace: Workspace, titles: Titles) -> str:
    """The record's title from what is typed; "Đối tượng mới" while there is none."""
    register = draft.register
    title = rendered(register.title_format, draft.row, workspace, titles)
    if title:
        return title
    one = register.one or register.title.lower()
    return tr("New {one}").format(one=one) if draft.is_new else one[:1].upper() + one[1:]


def subtitle_of(
    draft: Draft, workspace: Workspace, titles: Titles, facts: Sequence[str] = ()
) -> str:
    """Age, the register's quiet line, and what is known of the stored record."""
    parts = []
    for one in draft.register.fields if draft.register.person else ():
        if one.type is FieldType.PARTIAL_DATE:
            parts.append(age_words(draft.row.values.get(one.name), workspace.today))
    parts.append(rendered(draft.register.subtitle_format, draft.row, workspace, titles))
    return SEPARATOR.join(part for part in (*parts, *facts) if part)


def counts_of(related: Sequence[RelatedRecords]) -> list[str]:
    """How many records refer to one, for a register whose definition names no facts."""
    return [
        f"{found.related.title} {format_integer(len(found.titles))}"
        for found in related
        if found.titles
    ]


def rendered(text: str, row: RowDraft, workspace: Workspace, titles: Titles) -> str:
    """A format of the definition filled in; parts whose fields are all empty are left out."""
    parts = []
    for segment in text.split(SEPARATOR):
        shown, named, filled = "", False, False
        for literal, name, _, _ in Formatter().parse(segment):
            value = _shown(row, name, workspace, titles) if name else ""
            named = named or bool(name)
            filled = filled or bool(value)
            shown += literal + value
        if shown.strip() and (filled or not named):
            parts.append(shown.strip())
    return SEPARATOR.join(parts)


def _shown(row: RowDraft, name: str, workspace: Workspace, titles: Titles) -> str:
    field = row.register.field_of_name.get(name)
    value = row.values.get(name)
    if field is None or value is None or name in row.hidden:
        return ""
    if field.type is FieldType.REFERENCE:
        key = (field.to, str(value))
        if key not in titles:
            titles[key] = workspace.lookups.title(*key)
        return titles[key]
    return show(field, value, workspace.forms.lists)
