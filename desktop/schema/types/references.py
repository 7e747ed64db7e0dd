"""The id of a record of another register; whether it exists is for the store to say."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.base.translate import tr
from desktop.schema.definition import CodeList, Field
from desktop.schema.types.kind import Kind, ParseProblem, Reading

LONGEST_ID = 60


class Reference(Kind[str]):
    """An id as text: UUIDv7, or LEVEL.CODE.DATE of an administrative unit."""

    def parse(self, field: Field, text: str, reading: Reading) -> str:
        if len(text) > LONGEST_ID or not text.isascii() or text.split() != [text]:
            told = tr("{label}: choose a record from the list.").format(label=field.label)
            raise ParseProblem(told)
        return text

    def show(self, field: Field, value: str, lists: Mapping[str, CodeList]) -> str:
        return value

    def to_text(self, field: Field, value: str) -> str:
        return value
