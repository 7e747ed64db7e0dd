"""The line under a record's name: facts the definitions name, less what the person may not see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.schema import types
from desktop.schema.definition import Field
from desktop.schema.lint.summaries import VALUE
from desktop.store import summary
from desktop.store.expressions import Purpose
from desktop.store.functions import RuleContext, register_functions

if TYPE_CHECKING:
    from desktop.base.clock import Clock
    from desktop.schema.definition import Register, Summary
    from desktop.service.definitions import Definitions
    from desktop.service.rights import Rights
    from desktop.store.driver import Connection, Stored


def make_summaries(
    connection: Connection, definitions: Definitions, rights: Rights, clock: Clock
) -> Summaries:
    """Summaries over a connection, which learns the functions of the rule language."""
    register_functions(connection, RuleContext(clock))
    return Summaries(connection, definitions, rights)


@dataclass(frozen=True)
class Summaries:
    """Of one workspace."""

    connection: Connection
    definitions: Definitions
    rights: Rights

    def of(self, register: Register, id: str) -> list[str]:
        """The facts of a stored record in words, in their order; empty ones left out."""
        seen = [one for place, one in enumerate(register.summary, 1) if self._may(register, place)]
        found = summary.values(self.connection, register.name, id, [one.value for one in seen])
        words = (self._words(*pair) for pair in zip(seen, found, strict=False))
        return [one for one in words if one]

    def _may(self, register: Register, place: int) -> bool:
        """True unless the expression reads a field that this person must not see."""
        reads = self.definitions.book.reads[Purpose.SUMMARY, register.name, str(place)]
        registers = self.definitions.forms.registers
        for table, column in reads.main | reads.record:
            field = registers[table].field_of_column(column) if table in registers else None
            if field is not None and not self.rights.sees_field(table, field):
                return False
        return True

    def _words(self, one: Summary, value: Stored) -> str:
        if value is None or value == "":
            return ""
        field = Field(name="value", type=one.type, label="")
        return one.text.replace(VALUE, types.show(field, value, self.definitions.forms.lists))
