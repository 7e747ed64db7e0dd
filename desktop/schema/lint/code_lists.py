"""Code lists whose values cannot be told apart, never hold, or belong to no group."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from desktop.base.errors import Problem
from desktop.base.text import tone_free_key
from desktop.base.translate import tr
from desktop.schema.definition import CodeList, CodeValue
from desktop.schema.lint.material import Material, item_place
from desktop.schema.lint.references import unknown

LONGEST_CODE = 40
_SEPARATORS = frozenset(",;\"' \u00a0")
_NEVER, _FOREVER = "0000-00-00", "9999-99-99"


def problems(material: Material) -> Iterator[Problem]:
    """Told at the value."""
    for code_list in material.lists:
        if not code_list.values:
            text = tr("The list has no [[value]].")
            yield Problem(code_list.place, "no-values", text)
        for index, value in enumerate(code_list.values, 1):
            place = item_place(code_list.place, "value", index, value.code)
            yield from _code(value, place)
            yield from _validity(value, place)
            yield from _tags(value, place)
            yield from _parent(material, code_list, value, place)
        yield from _same_words(code_list)


def _code(value: CodeValue, place: str) -> Iterator[Problem]:
    plain = value.code.isprintable() and not set(value.code) & _SEPARATORS
    if not plain or len(value.code) > LONGEST_CODE:
        text = tr("A code is at most {count} letters, digits, hyphens and points.")
        yield Problem(place, "bad-code", text.format(count=LONGEST_CODE))


def _validity(value: CodeValue, place: str) -> Iterator[Problem]:
    for key, text in (("valid_from", value.valid_from), ("valid_to", value.valid_to)):
        if text and not _is_date(text):
            told = tr('“{key}” must be a date such as "2025-07-01", in quotes.').format(key=key)
            yield Problem(place, "bad-date", told)
    if value.valid_from and value.valid_to and value.valid_from > value.valid_to:
        yield Problem(place, "bad-date", tr("“valid_to” is before “valid_from”."))


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _tags(value: CodeValue, place: str) -> Iterator[Problem]:
    for tag in value.tags:
        if not tag or tag.split() != [tag]:
            text = tr("A tag is one word without blanks, not “{tag}”.").format(tag=tag)
            yield Problem(place, "bad-tag", text)


def _parent(
    material: Material, code_list: CodeList, value: CodeValue, place: str
) -> Iterator[Problem]:
    above = code_list
    if code_list.parent_list:
        found = material.list_of.get(code_list.parent_list)
        if found is None:
            return
        above = found
    if not value.parent:
        return
    if above is code_list and value.parent == value.code:
        yield Problem(place, "parent-cycle", tr("A code cannot be its own group."))
    elif above.value(value.parent) is None:
        yield unknown("code", value.parent, [v.code for v in above.values], place)


def _same_words(code_list: CodeList) -> Iterator[Problem]:
    """Two values a typed word could mean at the same time and in the same group."""
    meanings: dict[str, list[tuple[int, CodeValue, str]]] = {}
    for index, value in enumerate(code_list.values, 1):
        for key, word in {tone_free_key(word): word for word in value.words}.items():
            meanings.setdefault(key, []).append((index, value, word))
    for key, values in meanings.items():
        for (_, first, _), (index, second, word) in combinations(values, 2):
            same_group = first.parent == second.parent and first.code != second.code
            if key and same_group and _overlap(first, second):
                place = item_place(code_list.place, "value", index, second.code)
                text = tr("“{word}” would mean both code {first} and code {second}.")
                told = text.format(word=word, first=first.code, second=second.code)
                yield Problem(place, "ambiguous-word", told)


def _overlap(one: CodeValue, other: CodeValue) -> bool:
    starts = max(one.valid_from or _NEVER, other.valid_from or _NEVER)
    return starts <= min(one.valid_to or _FOREVER, other.valid_to or _FOREVER)
