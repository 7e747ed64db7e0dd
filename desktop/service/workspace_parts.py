"""The parts of a workspace that are loaded when first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from desktop.base.clock import Clock
    from desktop.base.paths import Paths
    from desktop.service.backups import Backups
    from desktop.service.definitions import Definitions
    from desktop.service.folder import Person
    from desktop.service.kept_drafts import KeptDrafts
    from desktop.service.look_alikes import LookAlikeService
    from desktop.service.people import People
    from desktop.service.record_summary import Summaries
    from desktop.service.reporting import Reporting
    from desktop.service.rights import Rights
    from desktop.service.workspace import Workspace
    from desktop.store.database import Database
    from desktop.store.driver import Connection


class WorkspaceParts:
    """What `Workspace` is besides its own."""

    paths: Paths
    definitions: Definitions
    database: Database
    person: Person
    clock: Clock
    rights: Rights
    reader: Connection

    @property
    def _whole(self) -> Workspace:
        return cast("Workspace", self)

    @cached_property
    def reporting(self) -> Reporting:
        """Periods, figures, choices; loaded when first asked for."""
        from desktop.service.reporting import Reporting

        return Reporting(self._whole)

    @cached_property
    def look_alikes(self) -> LookAlikeService:
        """Records that may be of one person; loaded when first asked for."""
        from desktop.service.look_alikes import LookAlikeService

        return LookAlikeService(self._whole)

    @cached_property
    def drafts(self) -> KeptDrafts:
        """What was typed and is not saved, on disk; opened when first asked for."""
        from desktop.service.kept_drafts import KeptDrafts

        key = self.database.key_for("drafts")
        return KeptDrafts(self.paths.data, key, self.person.id, self.clock)

    @cached_property
    def backups(self) -> Backups:
        """Backups of this office; loaded when first asked for. Raises `UserError`."""
        from desktop.service.backups import Backups

        office = self._whole.office_on(self._whole.today)
        name = office.name if office else ""
        return Backups(self.paths, self.database, self.clock, name)

    @cached_property
    def summaries(self) -> Summaries:
        """The line under a record's name."""
        from desktop.service.record_summary import make_summaries

        return make_summaries(self.reader, self.definitions, self.rights, self.clock)

    @cached_property
    def people(self) -> People:
        """Who may sign in, and with which roles."""
        from desktop.service.people import People

        return People(self._whole)
