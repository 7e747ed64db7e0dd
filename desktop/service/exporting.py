"""Write the workbook of a period: figures, file, self-check, and a snapshot of what was sent."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop import __version__
from desktop.base.errors import translate_os_error
from desktop.base.progress import Progress, share, silent
from desktop.base.translate import tr
from desktop.report.build import BuiltReport, Request, build_report
from desktop.report.earlier import StoredEarlier
from desktop.report.sheet import Heading
from desktop.service.access import Act
from desktop.service.closing import figure_problems
from desktop.service.rights import Action
from desktop.store import snapshots
from desktop.store.overrides import Overrides
from desktop.store.snapshots import SnapshotHead
from desktop.workbook.names import file_name
from desktop.workbook.write import write_workbook

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from desktop.report.periods import Period
    from desktop.report.run import Run
    from desktop.report.sheet import Report
    from desktop.service.offices import OfficeOfPeriod
    from desktop.service.problems import RecordProblem
    from desktop.service.reporting import Reporting
    from desktop.service.workspace import Workspace

INDICATORS = ("B01", "I")
LEGAL = "Quyết định số 112/QĐ-TTg ngày 22/01/2021 của Thủ tướng Chính phủ"
"""The programme the forms answer; in Vietnamese wherever it stands, as the form itself."""
SINGLE_DIGIT = 10


@dataclass(frozen=True)
class Exported:
    """A workbook that was written and read back the same."""

    path: Path
    revision: int
    cells: int
    """Cells compared with what was meant."""
    report: Report
    problems: tuple[RecordProblem, ...] = ()
    """What the rules on figures say of it (V37): written all the same, so that it can be seen."""

    def indicator_figures(self) -> list[tuple[str, str, str]]:
        """(code, title, figure) of the indicators, as in the file."""
        sheet, part = INDICATORS
        found = next(one for one in self.report.sheets if one.code == sheet)
        rows = next(one for one in found.parts if one.code == part).rows
        told = []
        for row in rows:
            figure = row.cells.get("5")
            if figure is not None and row.kind != "group":
                told.append((row.code, str(row.cells["B"].shown), _said(figure.shown)))
        return told


def _said(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.1f}".replace(".", ",")
    return "" if value is None else str(value)


def export(
    workspace: Workspace,
    period_code: str,
    folder: Path,
    progress: Progress = silent,
) -> Exported:
    """Write the report of a period into a folder, prove it, and keep its figures.

    A snapshot is kept only of a file that was read back the same. Raises `UserError` in words:
    settings missing, unknown period, target open in Excel, disk full, `NotAsMeant`, `Cancelled`.
    """
    workspace.rights.require(Action.EXPORT)
    reporting = workspace.reporting
    period = reporting.period(period_code)
    office = reporting.office_of(period)
    built = _build(workspace, reporting, office, period, share(progress, 0.0, 0.5))
    _make_folder(folder)
    path = folder / file_name(built.report)
    workspace.access.note(Act.EXPORT, "", what=path.name)
    cells = write_workbook(built.report, path, share(progress, 0.5, 0.95))
    _keep(workspace, period, built, path)
    progress(tr("Done"), 1.0)
    problems = figure_problems(workspace, period, built)
    return Exported(path, built.report.revision, cells, built.report, problems)


def _build(
    workspace: Workspace,
    reporting: Reporting,
    office: OfficeOfPeriod,
    period: Period,
    progress: Progress,
) -> BuiltReport:
    progress(tr("Counting"), 0.0)
    revision = snapshots.next_revision(workspace.reader, period.calendar, period.code)
    with reporting.run(period, outgoing=True) as run:
        request = Request(
            heading=heading_of(workspace, office, period),
            revision=revision,
            made_at=workspace.database.now(),
            manifest=_manifest(workspace, revision),
        )
        return build_report(run, request, StoredEarlier(workspace.reader))


def report_of(workspace: Workspace, run: Run, office: OfficeOfPeriod, period: Period) -> Report:
    """The sheets of a run as a page shows them, nothing written or kept."""
    request = Request(
        heading=heading_of(workspace, office, period),
        revision=snapshots.next_revision(workspace.reader, period.calendar, period.code),
        made_at=workspace.database.now(),
        manifest={},
    )
    return build_report(run, request, StoredEarlier(workspace.reader)).report


def _manifest(workspace: Workspace, revision: int) -> Mapping[str, str]:
    """Lines for the head of _DULIEU: which program, which revision, which reasons."""
    reasons = Counter(one.rule for one in Overrides(workspace.reader).all())
    counted = {f"reasons_{rule}": str(count) for rule, count in sorted(reasons.items())}
    return {
        "program": f"so-ctxh {__version__}",
        "revision": str(revision),
        "reasons": str(reasons.total()),
        **counted,
    }


def heading_of(workspace: Workspace, office: OfficeOfPeriod, period: Period) -> Heading:
    """Head and foot of every sheet, from the settings in force on the closing date."""
    values = {name: str(value or "") for name, value in office.values.items()}
    return Heading(
        superior=values["superior_body"],
        issuer=values["body_name"] or office.unit.name,
        receiver=values["receiving_department"],
        place=values["place_name"],
        number=_number(values["document_number"], values["document_symbol"]),
        period_title=period.title,
        date_from=period.date_from,
        date_to=period.date_to,
        signed_on=workspace.today,
        preparer=values["preparer"],
        checker=values["checker"],
        signer=values["signer"],
        authority=_authority(workspace, values),
        position=values["signer_position"].upper(),
        legal=LEGAL,
        recipients=tuple(line for line in values["recipients"].splitlines() if line.strip()),
    )


def _number(number: str, symbol: str) -> str:
    """ "05/BC-UBND": a number below 10 gets a leading 0, no blanks around / and - (NĐ 30/2020)."""
    if number.isdigit() and int(number) < SINGLE_DIGIT:
        number = f"{int(number):02}"
    return f"{number}/{symbol}"


def _authority(workspace: Workspace, values: Mapping[str, str]) -> str:
    """ "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", or nothing where the head signs in person."""
    code = values["authority"]
    if code in ("", "KY"):
        return ""
    whom = values.get("authority_for", "").upper()
    return f"{code}. {whom}".strip()


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise translate_os_error(error, folder) from error


def _keep(workspace: Workspace, period: Period, built: BuiltReport, path: Path) -> None:
    report = built.report
    head = SnapshotHead(
        unit_id=workspace.unit_id,
        calendar=period.calendar,
        period=period.code,
        revision=report.revision,
        made_at=workspace.database.now(),
        made_by=workspace.person.id,
        digest=built.digest,
        file_name=path.name,
    )
    with workspace.database.transaction() as connection:
        snapshots.keep_snapshot(connection, head, built.figures)
