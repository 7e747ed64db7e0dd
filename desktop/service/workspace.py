"""An office that is signed in to: what pages, jobs and commands may do with it.

Reading is free; changing goes through `saving`, so that rules, journal, undo and refresh cannot
be forgotten. One `Workspace` belongs to one thread; a job on another thread takes `another()`.
"""

from __future__ import annotations

import socket
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from desktop.base.clock import Clock
from desktop.base.errors import UserError
from desktop.base.events import Signal
from desktop.base.paths import Paths
from desktop.base.translate import tr
from desktop.schema.definition import Field, Forms, Register
from desktop.service.access import Access
from desktop.service.draft import Draft
from desktop.service.folder import Person
from desktop.service.gates import Gates
from desktop.service.journal_heads import keep_head
from desktop.service.lookups import Lookups
from desktop.service.offices import OfficeOfPeriod, office_on
from desktop.service.rights import Action, Rights, roles_of
from desktop.service.row_list import RowList
from desktop.service.saving import Changed, Saving
from desktop.service.sight import Sight
from desktop.service.workspace_parts import WorkspaceParts
from desktop.store import records

if TYPE_CHECKING:
    from desktop.service.definitions import Definitions
    from desktop.store.database import Database
    from desktop.store.driver import Connection
    from desktop.store.records import StoredRecord


class Workspace(WorkspaceParts):
    """Made by `desktop.service.office.open_office`; closed by whoever opened it."""

    def __init__(
        self,
        paths: Paths,
        definitions: Definitions,
        database: Database,
        person: Person,
        clock: Clock,
        *,
        access: Access | None = None,
    ) -> None:
        """`access`: of the workspace this one is a copy of. Raises NotAllowed for somebody who
        may no longer sign in; the database is then still the caller's to close."""
        self.paths = paths
        self.definitions = definitions
        self.database = database
        self.person = person
        self.clock = clock
        self.rights = Rights(roles_of(database.connection, person.id), self.forms)
        host = socket.gethostname()
        self._owns_access = access is None
        self._closed = False
        self.access = access or Access(database, person=person.id, host=host, now=database.now)
        """The log of who looked at what, and what was opened with a reason."""
        self.reader: Connection = database.reader()
        self.sight = Sight(self.reader, self.forms, self.rights, self.access)
        self._lists: dict[str, RowList] = {}
        self.lookups = Lookups(self.reader, self.forms, self.sight)
        self.gates = Gates(definitions, database, clock, self._default_reference)
        self.gates.take_choices(self.reader)
        self.saving = Saving(
            database,
            self.gates.writing,
            person=person.id,
            host=host,
            unit=lambda: self.unit_id,
            sight=self.sight,
        )
        self.changed: Signal[Changed] = self.saving.changed
        self.changed.connect(self._on_changed)

    @property
    def forms(self) -> Forms:
        return self.definitions.forms

    @property
    def registers(self) -> Mapping[str, Register]:
        return self.forms.registers

    @property
    def today(self) -> date:
        return self.clock.today()

    @property
    def unit_id(self) -> str:
        """Id of the office's own administrative unit today, "" while it is not set up."""
        office = self.office_on(self.today)
        return office.unit_id if office else ""

    def office_on(self, day: date) -> OfficeOfPeriod | None:
        """The office's settings in force on a day (`forms/registers/office.toml`), or None."""
        return office_on(self.reader, self.forms, day)

    def rows(self, register: str) -> RowList:
        """The list of a register; kept, and kept up to date. Raises KeyError, NotAllowed."""
        self.rights.require(Action.VIEW, register)
        if register not in self._lists:
            self._lists[register] = RowList(
                self.reader, self.forms, self.registers[register], sees=self.rights,
                another=lambda: self.database.reader(any_thread=True),
            )  # fmt: skip
        return self._lists[register]

    def sees_field(self, register: str, field: Field) -> bool:
        """True unless the field is kept from this person."""
        return self.rights.sees_field(register, field)

    def counts(self) -> dict[str, int]:
        """Records of every top-level register that are not deleted."""
        return {
            name: self.lookups.count(name) for name, r in self.registers.items() if not r.parent
        }

    def new_draft(self, register: str, given: Mapping[str, str] | None = None) -> Draft:
        """An empty record with its defaults; `given`: texts by field, put in after them."""
        draft = Draft(self.gates.typing(), self.registers[register], None)
        draft.start(given or {})
        return draft

    def open_draft(self, register: str, id: str) -> Draft:
        """A draft of a stored record. Raises as `read`."""
        stored = self.read(register, id)
        return Draft(self.gates.typing(), self.registers[register], stored)

    def read(self, register: str, id: str) -> StoredRecord:
        """A stored record with its child rows, as far as this person may see it; that it was seen
        is logged. Raises NotFound, NotAllowed, ReasonNeeded (then `access.open` it first)."""
        stored = records.read(self.reader, self.forms, register, id)
        self.sight.require(register, id)
        self.sight.look(register, id)
        return self.sight.masked(stored)

    def save(self, draft: Draft) -> None:
        """Write a draft (see `Saving.save`)."""
        self.saving.save(draft)

    def another(self) -> Workspace:
        """The same office for another thread, with connections of its own; close it there."""
        copy = Workspace(
            self.paths, self.definitions, self.database.another(), self.person, self.clock,
            access=self.access,
        )  # fmt: skip
        copy.saving.began_at = self.saving.began_at
        return copy

    def close(self) -> None:
        """Close every connection; a second call does nothing."""
        if "drafts" in self.__dict__:
            self.drafts.close()
        if self._owns_access and not self._closed:
            self._closed = True
            self.access.close()
            keep_head(self.database)
        self.reader.close()
        self.gates.close()
        self.database.close()

    def _default_reference(self, field: Field) -> str:
        """Id for a default `office` (the own unit) or `me`, "" where it is not offered."""
        if field.default == "office":
            id = self.unit_id
        else:
            id = self.lookups.person_named(field.to, self.person.name)
        return id if id and self.lookups.is_offered(field, id) else ""

    def _on_changed(self, change: Changed) -> None:
        for rows in self._lists.values():
            rows.take_in(change.records)


def refuse_unknown(registers: Mapping[str, Register], name: str) -> None:
    """Raises `UserError` naming the registers there are, for one that is not a list of its own."""
    known = sorted(one.name for one in registers.values() if not one.parent)
    if name not in known:
        raise UserError(
            tr("There is no register “{name}”. There are: {known}.").format(
                name=name, known=", ".join(known)
            )
        )
