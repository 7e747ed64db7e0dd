"""Yes, no, and not answered."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.base.translate import tr
from desktop.base.typed_values import yes_or_no
from desktop.schema.definition import CodeList, Field
from desktop.schema.types.kind import Kind, ParseProblem, Reading


class YesNo(Kind[int]):
    """1 or 0."""

    def parse(self, field: Field, text: str, reading: Reading) -> int:
        answer = yes_or_no(text)
        if answer:
            return int(answer)
        told = tr("{label}: type yes or no, or leave it empty.").format(label=field.label)
        raise ParseProblem(told)

    def show(self, field: Field, value: int, lists: Mapping[str, CodeList]) -> str:
        return tr("Yes") if value else tr("No")

    def to_text(self, field: Field, value: int) -> str:
        return str(value)

    def to_json(self, field: Field, value: int) -> bool:
        return bool(value)

    def from_json_value(self, field: Field, given: object, reading: Reading) -> int:
        if not isinstance(given, int) or given not in (0, 1):
            raise ParseProblem(tr("{label} must be true or false.").format(label=field.label))
        return int(given)
