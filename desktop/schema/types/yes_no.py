"""Yes, no, and not answered."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.base.text import fold
from desktop.base.translate import tr
from desktop.schema.definition import CodeList, Field
from desktop.schema.types.kind import Kind, ParseProblem, Reading

_YES = frozenset(("1", "co", "c", "x", "dung", "true", "yes", "y"))
_NO = frozenset(("0", "khong", "k", "sai", "false", "no", "n"))


class YesNo(Kind[int]):
    """1 or 0."""

    def parse(self, field: Field, text: str, reading: Reading) -> int:
        word = fold(text)
        if word in _YES:
            return 1
        if word in _NO:
            return 0
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
