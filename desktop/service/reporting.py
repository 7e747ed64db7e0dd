"""Periods and figures of an office: what a page shows before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from desktop.base.errors import UserError
from desktop.base.progress import Progress, silent
from desktop.base.translate import tr
from desktop.report.parameters import Unit, resolve_settings
from desktop.report.periods import Period, PeriodKind
from desktop.report.run import start_run
from desktop.service.access import Act
from desktop.service.offices import OfficeOfPeriod
from desktop.service.rights import Action, Kind, NotAllowed
from desktop.store import journal, office_choices, office_rows, snapshots
from desktop.store.snapshots import FigureKey, SnapshotHead

if TYPE_CHECKING:
    from desktop.report.definition import Reports
    from desktop.report.definition import Setting as SettingDefinition
    from desktop.report.run import Run
    from desktop.report.sheet import Report
    from desktop.service.workspace import Workspace
    from desktop.store.driver import Connection

YEARS_BACK = 5


@dataclass(frozen=True)
class Setting:
    """A choice the texts leave open, with what the office has chosen."""

    definition: SettingDefinition
    value: str
    is_default: bool


@dataclass(frozen=True)
class TypedFigure:
    """A figure of an earlier period that was typed in."""

    key: FigureKey
    """Sheet, part, row, column."""
    value: float
    source: str


class Reporting:
    """Made for one workspace; belongs to its thread."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    @property
    def reports(self) -> Reports:
        return self._workspace.definitions.reports

    # Periods

    def calendar_on(self, day: date) -> str:
        """Code of the calendar the office reports by on a day (`office.calendar`)."""
        office = self._workspace.office_on(day)
        code = office.values.get("calendar") if office else None
        return str(code or self.reports.periods.calendars[0].code)

    def current(self) -> Period:
        """The half year today falls into."""
        today = self._workspace.today
        found = self.reports.periods.containing(today, self.calendar_on(today))
        return next(period for period in found if period.half)

    def to_report(self) -> Period:
        """The half year whose report is due next: the one before until its report is late."""
        current = self.current()
        before = self.reports.periods.previous(current)
        due = self.due(before) if before else None
        return before if before and due and self._workspace.today <= due else current

    def period(self, code: str, calendar: str = "") -> Period:
        """The period of a code such as 2026H1. Raises `UnknownPeriod`."""
        return self.reports.periods.parse(code, calendar or self.calendar_on(self._workspace.today))

    def choices(self) -> list[Period]:
        """Periods to choose from, the newest first: halves and years, then parts of phases."""
        today = self._workspace.today
        calendar, periods = self.calendar_on(today), self.reports.periods
        found: list[Period] = []
        for year in range(today.year + 1, today.year - YEARS_BACK, -1):
            for code in (f"{year}", f"{year}H2", f"{year}H1"):
                period = periods.parse(code, calendar)
                if period.date_from <= today:
                    found.append(period)
        known = {period.code for period in found}
        for period in periods.containing(today, calendar):
            if period.code not in known:
                found.append(period)
        return found

    def due(self, period: Period) -> date | None:
        """The day by which the office must send the period's report, None where none is set."""
        office = self._workspace.office_on(period.closing)
        level = office.unit.level if office else "XA"
        days = office_rows.holidays(self._workspace.reader)
        return self.reports.periods.due(period, level, days)

    # Figures

    def office_of(self, period: Period) -> OfficeOfPeriod:
        """The settings in force on the closing date.

        Raises `UserError` naming what is missing: no report goes out without it.
        """
        office = self._workspace.office_on(period.closing)
        if office is None:
            raise UserError(
                tr(
                    "The office's settings do not reach back to {day}, so there is no report of "
                    "{period}. Add a row that is valid from then under “Office settings”."
                ).format(day=f"{period.closing:%d/%m/%Y}", period=period.title)
            )
        if office.missing:
            raise UserError(
                tr("Fill in under “Office settings” before exporting: {fields}.").format(
                    fields=", ".join(office.missing)
                )
            )
        return office

    def report(
        self,
        period: Period,
        progress: Progress = silent,
        *,
        outgoing: bool = False,
    ) -> Report:
        """Every sheet of a period. `outgoing`: as it leaves the office, small cells hidden; always
        so for who may not see sensitive facts. Raises NotAllowed."""
        self._workspace.rights.require(Action.REPORT)
        from desktop.service.exporting import report_of

        progress(tr("Counting"), 0.0)
        office = self._office_near(period)
        hides_small = not self._workspace.rights.sees_sensitive
        with self.run(period, outgoing=outgoing or hides_small) as run:
            return report_of(self._workspace, run, office, period)

    def records_of(
        self, period: Period, sheet: str, part: str, row: str, column: str
    ) -> tuple[str, list[str]]:
        """Register and ids of the records one figure was counted from, as far as this person may
        find them; that they were looked up is logged.

        Raises KeyError for a cell that is not counted, NotAllowed.
        """
        from desktop.report.build import records_of

        workspace = self._workspace
        workspace.rights.require(Action.REPORT)
        with self.run(period, outgoing=False) as run:
            register, ids = records_of(run, sheet, part, row, column)
        workspace.rights.require(Action.VIEW, register)
        if not workspace.rights.sees_sensitive and workspace.rights.kind(register) is Kind.PERSONAL:
            raise NotAllowed(
                tr("Your role ({roles}) may not see whom a figure counts.").format(
                    roles=workspace.rights.words
                )
            )
        hidden = workspace.sight.hidden_among(register, ids)
        found = [id for id in ids if id not in hidden]
        if workspace.rights.kind(register) is Kind.PERSONAL:
            cell = f"{period.code} {sheet}/{part} {row}:{column}"
            workspace.access.note(Act.LIST, register, count=len(found), what=cell)
        return register, found

    @contextmanager
    def run(self, period: Period, *, outgoing: bool) -> Iterator[Run]:
        """The facts of a period, on a reading connection of their own."""
        office = self._office_near(period)
        connection = self._workspace.database.reader()
        try:
            with start_run(
                connection,
                self.reports,
                self._workspace.forms,
                period,
                unit_of(office),
                self._chosen(),
                outgoing=outgoing,
            ) as run:
                yield run
        finally:
            connection.close()

    def _office_near(self, period: Period) -> OfficeOfPeriod:
        """The settings in force on the closing date, else today's: a page may look back further."""
        workspace = self._workspace
        office = workspace.office_on(period.closing) or workspace.office_on(workspace.today)
        if office is None:
            raise UserError(tr("Fill in “Office settings” first."))
        return office

    # Choices

    def settings(self) -> list[Setting]:
        """Every choice with its value, in the order of the file."""
        given = self._chosen()
        values = resolve_settings(self.reports, given)
        return [
            Setting(one, values[one.code], one.code not in given) for one in self.reports.settings
        ]

    def choose(self, code: str, value: str) -> None:
        """Set a choice; "" goes back to the default. Raises `UserError` for one not offered, and
        NotAllowed."""
        self._workspace.rights.require(Action.SETTINGS)
        resolve_settings(self.reports, {code: value} if value else {})
        title = next(one.title for one in self.reports.settings if one.code == code)
        with self._changing(tr("Choose: {title}").format(title=title)) as (connection, now, by):
            office_choices.choose(connection, code, value, at=now, by=by)
        self._workspace.gates.take_choices(self._workspace.reader)

    def _chosen(self) -> Mapping[str, str]:
        return office_choices.choices(self._workspace.reader)

    # Earlier figures and exports

    def typed_figures(self, period: Period, *, rebased: bool = False) -> list[TypedFigure]:
        """Figures of an earlier period that were typed in."""
        found = snapshots.typed_figures(
            self._workspace.reader, period.calendar, period.code, rebased=rebased
        )
        return [TypedFigure(key, float(str(one.shown)), one.source) for key, one in found.items()]

    def type_figure(
        self, period: Period, key: FigureKey, value: float | None, source: str, *,
        rebased: bool = False,
    ) -> None:  # fmt: skip
        """Keep a figure of an earlier period with its source; None takes it back.

        Raises `UserError` without a source, NotAllowed.
        """
        self._workspace.rights.require(Action.SETTINGS)
        if value is not None and not source.strip():
            raise UserError(tr("Write where the figure comes from, for example a report number."))
        label = tr("Earlier figure of {period}").format(period=period.title)
        with self._changing(label) as (connection, now, by):
            if value is None:
                snapshots.forget_figure(
                    connection, period.calendar, period.code, key, rebased=rebased
                )
            else:
                snapshots.type_figure(
                    connection, period.calendar, period.code, key, value, source,
                    entered_at=now, entered_by=by, rebased=rebased,
                )  # fmt: skip

    def exports(self) -> Sequence[SnapshotHead]:
        """Every export made here, the newest first."""
        return snapshots.snapshots(self._workspace.reader)

    @contextmanager
    def _changing(self, label: str) -> Iterator[tuple[Connection, str, str]]:
        """A change of the office's own data, with its line in the journal."""
        database = self._workspace.database
        now, by = database.now(), self._workspace.person.id
        with database.transaction() as connection:
            journal.open_change(connection, label=label, at=now, by=by, kind=journal.Kind.SETTING)
            yield connection, now, by


def unit_of(office: OfficeOfPeriod) -> Unit:
    """The reporting unit as reports read it."""
    unit = office.unit
    return Unit(
        id=unit.id,
        level=unit.level,
        code=unit.code,
        valid_from=unit.valid_from,
        name=unit.name,
    )


def is_half(period: Period) -> bool:
    """True for the six-month periods, whose reports are due by law (S1: định kỳ 06 tháng)."""
    return period.kind in (PeriodKind.FIRST_HALF, PeriodKind.SECOND_HALF)
