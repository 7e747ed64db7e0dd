"""One code of a list, or several."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from desktop.base.text import fold, tone_free_key
from desktop.base.translate import tr
from desktop.schema.definition import CodeList, CodeValue, Field
from desktop.schema.names import suggestion
from desktop.schema.types.kind import Kind, ParseProblem, Reading, Stored

_SHOWN = 60


def choices_on(code_list: CodeList, on: date, within: str = "") -> tuple[CodeValue, ...]:
    """The values offered on a day, in the order of the list; `within`: of that group only."""
    day = on.isoformat()[:10]
    return tuple(
        value
        for value in code_list.values
        if _valid(value, day) and (not within or value.parent == within)
    )


def _is_called(value: CodeValue, word: str) -> bool:
    """With its accents: Xá is not Xã."""
    key = tone_free_key(word)
    return any(tone_free_key(one) == key for one in value.words)


def _valid(value: CodeValue, day: str) -> bool:
    return value.valid_from <= day and (not value.valid_to or day <= value.valid_to)


def find_code(code_list: CodeList, word: str, today: date) -> str | None:
    """The code a word means: the code itself, a label or an alias, accents left out or not.

    A code that holds no more is still read. Of several meanings those of today count; None if
    there is none. Raises ParseProblem if more than one is left.
    """
    if code_list.value(word) is not None:
        return word
    meant = code_list.values_of_word.get(fold(word), ())
    if len(meant) > 1:
        meant = tuple(v for v in meant if _is_called(v, word)) or meant
        meant = tuple(v for v in meant if _valid(v, today.isoformat()[:10])) or meant
    if len(meant) > 1:
        codes = ", ".join(value.code for value in meant)
        told = tr("“{word}” can mean several codes: {codes}. Type the code.")
        raise ParseProblem(told.format(word=word, codes=codes))
    return meant[0].code if meant else None


def _unknown(field: Field, code_list: CodeList, word: str) -> ParseProblem:
    told = tr("{label}: “{word}” is not in the list. Choose from the list.")
    labels = [value.label for value in code_list.values]
    shown = word if len(word) <= _SHOWN else word[:_SHOWN] + "…"
    return ParseProblem(told.format(label=field.label, word=shown) + suggestion(shown, labels))


def _label(field: Field, code: str, lists: Mapping[str, CodeList]) -> str:
    code_list = lists.get(field.list)
    value = code_list.value(code) if code_list else None
    return value.label if value else code


class Choice(Kind[str]):
    """One code."""

    def parse(self, field: Field, text: str, reading: Reading) -> str:
        code_list = reading.lists[field.list]
        code = find_code(code_list, text, reading.today)
        if code is None:
            raise _unknown(field, code_list, text)
        return code

    def show(self, field: Field, value: str, lists: Mapping[str, CodeList]) -> str:
        return _label(field, value, lists)

    def to_text(self, field: Field, value: str) -> str:
        return value


class Choices(Kind[tuple[str, ...]]):
    """Several codes, sorted, each once; stored as a JSON array."""

    def parse(self, field: Field, text: str, reading: Reading) -> tuple[str, ...] | None:
        codes: set[str] = set()
        for part in re.split(r"[;\n]", text):
            codes.update(_split(field, part.strip(), reading))
        return tuple(sorted(codes)) or None

    def show(self, field: Field, value: tuple[str, ...], lists: Mapping[str, CodeList]) -> str:
        return "; ".join(_label(field, code, lists) for code in value)

    def to_text(self, field: Field, value: tuple[str, ...]) -> str:
        return ", ".join(value)

    def to_json(self, field: Field, value: tuple[str, ...]) -> list[str]:
        return list(value)

    def from_json_value(
        self, field: Field, given: object, reading: Reading
    ) -> tuple[str, ...] | None:
        if not isinstance(given, list) or not all(isinstance(word, str) for word in given):
            told = tr('{label} must be a list of texts: ["…", "…"].').format(label=field.label)
            raise ParseProblem(told)
        codes = {code for word in given for code in _split(field, word.strip(), reading)}
        return tuple(sorted(codes)) or None

    def to_columns(self, field: Field, value: tuple[str, ...]) -> dict[str, Stored]:
        return {field.name: json.dumps(value, ensure_ascii=False, separators=(",", ":"))}

    def from_columns(self, field: Field, row: Mapping[str, Any]) -> tuple[str, ...]:
        return tuple(json.loads(row[field.name]))


def _split(field: Field, text: str, reading: Reading) -> list[str]:
    """Codes of words between commas; a label that has commas itself is tried as a whole first."""
    code_list = reading.lists[field.list]
    words = [word for word in (part.strip() for part in text.split(",")) if word]
    longest = 1 + max((v.label.count(",") for v in code_list.values), default=0)
    codes: list[str] = []
    start = 0
    while start < len(words):
        for end in range(min(start + longest, len(words)), start, -1):
            code = find_code(code_list, ", ".join(words[start:end]), reading.today)
            if code is not None:
                break
        else:
            raise _unknown(field, code_list, words[start])
        codes.append(code)
        start = end
    return codes
