"""Many records written as one change: what `Saving.bulk` hands to whoever writes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.base.translate import tr
from desktop.service.rights import Action, NotAllowed
from desktop.store import journal, records
from desktop.store.anonymising import anonymised_among
from desktop.store.text_keys import TextKeys

if TYPE_CHECKING:
    from desktop.schema.definition import Forms
    from desktop.service.gate import RuleGate
    from desktop.service.rights import Rights
    from desktop.store.driver import Connection
    from desktop.store.findings import Finding
    from desktop.store.records import StoredRecord, Written


class Bulk:
    """An open transaction, its rules and its journal. Made by `Saving.bulk`."""

    def __init__(
        self,
        connection: Connection,
        forms: Forms,
        gate: RuleGate,
        *,
        label: str,
        now: str,
        person: str,
        host: str,
        unit: str,
        rights: Rights,
        kind: journal.Kind = journal.Kind.IMPORT,
    ) -> None:
        self.connection = connection
        self.forms = forms
        self.gate = gate
        self.now = now
        self.unit = unit
        self.touched: list[tuple[str, str]] = []
        """(register, id) of every record noted."""
        self._rights = rights
        self._label = label
        self._kind = kind
        self._person = person
        self._host = host
        self._change = 0
        self._noted = 0

    def write(
        self,
        register: str,
        new: Sequence[StoredRecord],
        changed: Sequence[tuple[StoredRecord, StoredRecord]] = (),
    ) -> list[Written]:
        """Write records that passed the rules: new ones, and (before, after) of stored ones.

        They count only when they are noted, so that a part can be taken back (`attempt`). Raises
        NotAllowed for a register this person may not change, and for an anonymised record.
        """
        self._rights.require(Action.EDIT, register)
        written: list[Written] = []
        if new:
            keys = TextKeys(self.connection, self.forms, self.forms.registers[register])
            written += records.write_new(
                self.connection, self.forms, register, new, now=self.now, by=self._person, keys=keys
            )
        if anonymised_among(self.connection, [before.id for before, _ in changed]):
            raise NotAllowed(tr("This record was anonymised: it stays as it is."))
        for before, after in changed:
            written.append(
                records.write(
                    self.connection, self.forms, after, now=self.now, by=self._person, before=before
                )
            )
        return written

    def delete(self, register: str, id: str) -> Written:
        """Delete a record softly; the caller has asked whether this person may. Raises NotFound."""
        return records.set_deleted(
            self.connection, self.forms, register, id,
            deleted_at=self.now, row_version=None, now=self.now, by=self._person,
        )  # fmt: skip

    def note(self, written: Sequence[Written]) -> None:
        """Take what was written into the journal of this change."""
        if not self._change:
            self._change = journal.open_change(
                self.connection,
                label=self._label,
                at=self.now,
                by=self._person,
                host=self._host,
                kind=self._kind,
            )
        self._noted += journal.note(self.connection, self._change, written, self._noted)
        self.touched += [(one.after.register, one.after.id) for one in written]

    def accept(self, finding: Finding, reason: str) -> None:
        """Keep why a warning was let pass."""
        self.gate.overrides.accept(finding, reason, self.now, self._person)
