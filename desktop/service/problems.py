"""Problems as people meet them: what a record may not be saved with, or needs a reason for."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.base.errors import UserError
from desktop.base.translate import tr
from desktop.schema.definition import Level

MISSING = "BB"
"""Number of the pseudo rule "this field must be filled in"."""
UNREADABLE = "KĐ"
"""Number of the pseudo rule "what is typed is not a value of this kind"."""

DEAD_REFERENCE = "TC"
"""Number of the pseudo rule "what is referred to is there"."""


@dataclass(frozen=True, kw_only=True)
class RecordProblem:
    """One broken rule of one record."""

    number: str
    """Rule number, or `MISSING`, `UNREADABLE`."""
    level: Level
    register: str
    record_id: str
    row_register: str
    """Register of the row it stands in: `register` itself or a child."""
    row_id: str
    fields: tuple[str, ...]
    """Fields it is shown at, the first to jump to; empty: the whole record."""
    message: str
    values_digest: str = ""
    """Of the values the rule read: a reason holds as long as they do."""
    reason: str = ""
    legal: str = ""

    @property
    def is_open(self) -> bool:
        """True for an error, and for a warning that nobody has given a reason for."""
        return self.level is Level.ERROR or (self.level is Level.WARNING and not self.reason)

    @property
    def key(self) -> tuple[str, str, str]:
        """What a reason belongs to, beside the values: rule, row register, row."""
        return (self.number, self.row_register, self.row_id)


class NotSaved(UserError):
    """A record was not saved; `problems` says why. What was typed is kept in its draft."""

    def __init__(self, problems: tuple[RecordProblem, ...]) -> None:
        self.problems = problems
        errors = [p for p in problems if p.level is Level.ERROR]
        if errors:
            message = tr("Not saved: {count} errors must be corrected first.").format(
                count=len(errors)
            )
        else:
            message = tr("Not saved yet: {count} warnings need a reason.").format(
                count=len(problems)
            )
        super().__init__("\n".join([message, *(f"{p.number} · {p.message}" for p in problems)]))
