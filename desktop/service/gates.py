"""The rules of an office over its two connections: one for typing, one inside a save."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.base.clock import Clock
from desktop.schema.definition import Field
from desktop.service.gate import RuleGate
from desktop.store import office_choices
from desktop.store.functions import RuleContext
from desktop.store.rules import RuleRunner

if TYPE_CHECKING:
    from desktop.service.definitions import Definitions
    from desktop.store.database import Database
    from desktop.store.driver import Connection


class Gates:
    """Makes each gate when it is first asked for; made and closed by `Workspace`."""

    def __init__(
        self,
        definitions: Definitions,
        database: Database,
        clock: Clock,
        default_of: Callable[[Field], str],
    ) -> None:
        self.context = RuleContext(clock)
        """What the rules know of the world; a period being closed sets its date here."""
        self._definitions = definitions
        self._database = database
        self._clock = clock
        self._default_of = default_of
        self._typing: RuleGate | None = None
        self._writing: RuleGate | None = None

    def typing(self) -> RuleGate:
        """For drafts being typed, and for checks over what is stored."""
        if self._typing is None:
            # Rules shadow register names with temp views: they get a connection of their own.
            self._typing = self._made(self._database.rules_connection(), protect=True)
        return self._typing

    def writing(self) -> RuleGate:
        """On the writing connection, for a save's own transaction. Not to be made inside one."""
        if self._writing is None:
            self._writing = self._made(self._database.connection, protect=False)
        return self._writing

    def take_choices(self, connection: Connection) -> None:
        """Let the rules know what the office has chosen (`setting('review_days')`)."""
        chosen = office_choices.choices(connection)
        self.context.settings = {
            code: int(value) if value.isdigit() else value for code, value in chosen.items()
        }

    def close(self) -> None:
        """Close the typing connection; the writing one is the database's own."""
        if self._typing is not None:
            self._typing.connection.close()
            self._typing = None

    def _made(self, connection: Connection, *, protect: bool) -> RuleGate:
        runner = RuleRunner(connection, self._definitions.book, self.context, protect=protect)
        return RuleGate(self._definitions.forms, connection, runner, self._clock, self._default_of)
