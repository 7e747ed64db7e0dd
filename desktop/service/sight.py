"""What of the records a person is shown: what is not found, needs a reason, is masked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.base.translate import tr
from desktop.service.access import ReasonNeeded
from desktop.service.rights import Action, Kind, NotAllowed
from desktop.store.restricted import condition, restricted_ids

if TYPE_CHECKING:
    from desktop.schema.definition import Forms, Register
    from desktop.service.access import Access
    from desktop.service.rights import Rights
    from desktop.store.driver import Connection
    from desktop.store.records import Row, StoredRecord

MASK = "•••"
"""Stands where a value is that this person must not see."""


def restricted_words() -> str:
    """What a restricted group is called wherever it is not opened."""
    return tr("Restricted group")


class Sight:
    """Made by `Workspace` over its reader; belongs to its thread."""

    def __init__(
        self, connection: Connection, forms: Forms, rights: Rights, access: Access
    ) -> None:
        self.rights = rights
        self.access = access
        self._connection = connection
        self._forms = forms

    def sees_all(self, register: str) -> bool:
        """True if no record of the register is kept from this person."""
        if not self.rights.may(Action.VIEW, register):
            return False
        return self.rights.sees_restricted or not condition(
            self._forms, self._forms.registers[register]
        )

    def hidden(self, register: str) -> frozenset[str]:
        """Ids this person must not even find, of the whole register; slow for a large one."""
        if self.sees_all(register):
            return frozenset()
        found = restricted_ids(self._connection, self._forms, register)
        return frozenset(id for id in found if not self.access.was_typed(register, id))

    def hidden_among(self, register: str, ids: Collection[str]) -> frozenset[str]:
        """Those of `ids` this person must not even find; all of a register not to be seen."""
        if not ids or self.sees_all(register):
            return frozenset()
        if not self.rights.may(Action.VIEW, register):
            return frozenset(ids)
        found = restricted_ids(self._connection, self._forms, register, ids)
        return frozenset(id for id in found if not self.access.was_typed(register, id))

    def is_restricted(self, register: str, id: str) -> bool:
        """True if the record belongs to a restricted group, itself or through what it is about."""
        return bool(restricted_ids(self._connection, self._forms, register, [id]))

    def require(self, register: str, id: str) -> None:
        """Raises NotAllowed where the record may not be seen, ReasonNeeded before it is opened."""
        self.rights.require(Action.VIEW, register)
        if self.access.was_typed(register, id) or not self.is_restricted(register, id):
            return
        if self.rights.sees_restricted:
            if self.access.is_open(register, id):
                return
            raise ReasonNeeded(register, id)
        raise NotAllowed(
            tr("This is a restricted file; your role ({roles}) may not open it.").format(
                roles=self.rights.words
            )
        )

    def look(self, register: str, id: str) -> None:
        """Log that a record is shown, where it has sensitive fields that are."""
        if self.rights.sees_sensitive and self.rights.kind(register) is Kind.PERSONAL:
            self.access.look(register, id)

    def masked(self, record: StoredRecord) -> StoredRecord:
        """The record without what this person must not see."""
        if self.rights.sees_sensitive:
            return record
        registers = self._forms.registers
        values = self._without(registers[record.register], record.values)
        children = {
            name: [self._without(registers[name], row) for row in rows]
            for name, rows in record.children.items()
        }
        return replace(record, values=values, children=children)

    def _without(self, register: Register, row: Mapping[str, object]) -> Row:
        kept = self.rights.masked(register)
        columns = {column for name in kept for column in register.field(name).columns}
        return {name: None if name in columns else value for name, value in row.items()}  # type: ignore[misc]
