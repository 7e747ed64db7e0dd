"""What an officer looks at before a report leaves: none of it but the settings stops the export."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.base.translate import tr
from desktop.base.vietnamese_dates import format_date

if TYPE_CHECKING:
    from desktop.report.periods import Period
    from desktop.report.sheet import Report, Sheet
    from desktop.service.checking import Checked
    from desktop.service.workspace import Workspace

OFFICE_PAGE, CHECK_PAGE = "register.office", "check"
COVER = "00"


@dataclass(frozen=True)
class Check:
    """One line: what was looked at, how it stands, and the page that mends it."""

    text: str
    value: str
    role: str = "quiet"
    """How it is coloured: quiet, success, warning, error."""
    opens: str = ""
    """Key of a page."""


def checks_before_export(
    workspace: Workspace, period: Period, checked: Checked | None
) -> list[Check]:
    """The lines for a period; `checked`: what the rules of the close gate found, None while they
    have not been asked."""
    return [
        _settings(workspace, period),
        _closing(workspace, period),
        *_problems(checked),
        _revision(workspace, period),
    ]


def _settings(workspace: Workspace, period: Period) -> Check:
    text = tr("Office settings on the closing date")
    office = workspace.office_on(period.closing)
    if office is None:
        return Check(text, tr("there are none"), "error", OFFICE_PAGE)
    if office.missing:
        told = tr("missing: {fields}").format(fields=", ".join(office.missing))
        return Check(text, told, "error", OFFICE_PAGE)
    return Check(text, tr("complete"), "success", OFFICE_PAGE)


def _closing(workspace: Workspace, period: Period) -> Check:
    text = tr("Closing date {day}").format(day=format_date(period.closing.isoformat()))
    left = (period.closing - workspace.today).days
    if left >= 0:
        told = tr("figures may still change for {count} days").format(count=left + 1)
        return Check(text, told, "warning")
    due = workspace.reporting.due(period)
    if due is None:
        return Check(text, tr("passed"))
    told = tr("due on {day}").format(day=format_date(due.isoformat()))
    return Check(text, told, "error" if due < workspace.today else "quiet")


def _problems(checked: Checked | None) -> list[Check]:
    if checked is None:
        return [Check(tr("Check of every record"), tr("not done yet"), "warning", CHECK_PAGE)]
    errors, warnings = checked.errors, checked.open_warnings
    return [
        Check(
            tr("Errors to be corrected"), str(errors), "error" if errors else "quiet", CHECK_PAGE
        ),
        Check(
            tr("Warnings without a reason"),
            str(warnings),
            "warning" if warnings else "quiet",
            CHECK_PAGE,
        ),
    ]


def _revision(workspace: Workspace, period: Period) -> Check:
    made = [one for one in workspace.reporting.exports() if one.period == period.code]
    last = max((one.revision for one in made), default=0)
    return Check(tr("Revision"), str(last + 1))


def has_figures(sheet: Sheet) -> bool:
    """True if something is recorded for a sheet: a figure that is not 0, or a text."""
    figures = (
        cell.value
        for part in sheet.parts
        for row in part.rows
        for cell in row.cells.values()
        if not isinstance(cell.value, str)
    )
    return any(figures) or any(block.text for block in sheet.texts)


def filled_sheets(report: Report) -> tuple[int, int]:
    """(sheets something is recorded for, all sheets), the cover left out."""
    sheets = [sheet for sheet in report.sheets if sheet.code != COVER]
    return sum(has_figures(sheet) for sheet in sheets), len(sheets)
