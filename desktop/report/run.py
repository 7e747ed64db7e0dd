"""What one report is built from: the facts of a period of a unit, and the choices made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType

from desktop.report.definition import Reports
from desktop.report.parameters import Unit, resolve_settings, sql_parameters
from desktop.report.periods import Period
from desktop.schema.definition import Forms
from desktop.store.driver import Connection
from desktop.store.measures import Measures


@dataclass(frozen=True)
class Run:
    """Everything the builders of sheets read; made by `start_run`, a context that closes itself."""

    reports: Reports
    forms: Forms
    period: Period
    unit: Unit
    settings: dict[str, str]
    outgoing: bool
    measures: Measures

    def __enter__(self) -> Run:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the reading connection back as it came; the connection itself stays open."""
        self.measures.close()


def start_run(
    connection: Connection,
    reports: Reports,
    forms: Forms,
    period: Period,
    unit: Unit,
    settings: Mapping[str, str],
    *,
    outgoing: bool = True,
) -> Run:
    """Build the facts of a period on a reading connection (`Database.reader()`).

    `settings` holds the office's choices by code (settings.toml), `outgoing` says whether
    restricted groups become one block. Raises UserError for a choice that is not offered.
    """
    chosen = resolve_settings(reports, settings)
    parameters = sql_parameters(reports, period, unit, chosen, outgoing=outgoing)
    measures = Measures(connection, reports.facts, parameters, forms)
    return Run(reports, forms, period, unit, chosen, outgoing, measures)
