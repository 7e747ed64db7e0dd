"""The main job, shown on invented people: two sample offices, checked, exported and read again."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from desktop.base.errors import UserError
from desktop.base.paths import Paths
from desktop.base.translate import tr
from desktop.service.checking import check_all
from desktop.service.exporting import export
from desktop.service.invented import invent
from desktop.service.sample import PASSWORD, SAMPLES, open_sample, sample_period

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.service.workspace import Workspace

MARK = "mau.txt"
"""Lies in a folder that `demo` made: only such a folder is emptied before the next run."""


@dataclass
class DemoOffice:
    """What the demo did in one office."""

    name: str
    data: str
    workbook: str = ""
    cells: int = 0
    records: dict[str, int] = field(default_factory=dict)
    errors: int = 0
    warnings: int = 0
    reasons: int = 0
    figures: list[tuple[str, str, str]] = field(default_factory=list)
    """(indicator, its name, the figure) of B01, as written and read back."""


@dataclass
class Demo:
    """The whole run."""

    offices: list[DemoOffice]
    password: str = PASSWORD

    def as_data(self) -> dict[str, Any]:
        """For --json."""
        return {"password": self.password, "offices": [asdict(one) for one in self.offices]}

    def as_text(self) -> str:
        """For a person."""
        lines = []
        for one in self.offices:
            lines += ["", one.name]
            lines += [f"  {code:7} {name}: {figure}" for code, name, figure in one.figures]
            lines.append(tr("  Data: {path}").format(path=one.data))
            lines.append(tr("  Workbook: {path}").format(path=one.workbook))
        lines += ["", tr("Sample password: {password}").format(password=self.password)]
        return "\n".join(lines)


def first_office(out: Path) -> Path:
    """The data folder of the larger sample office of a demo in `out`."""
    return out / next(iter(SAMPLES)).replace("_", "-")


def run_demo(
    paths: Paths, out: Path, *, clients: int = 0, say: Callable[[str], None] = print
) -> Demo:
    """Make the sample offices anew under `out`, check and export each.

    `clients`: so many invented clients go into the first one as well. Raises `UserError` where
    `out` holds something that no demo made.
    """
    _empty(out)
    offices = []
    for number, which in enumerate(SAMPLES):
        data = out / which.replace("_", "-")
        say(tr("Making the sample office “{name}”…").format(name=which))
        workspace = open_sample(
            Paths(paths.forms, paths.resources, data, data / "logs", data / "settings.json"), which
        )
        try:
            if clients and number == 0:
                say(tr("Inventing {count} clients…").format(count=clients))
                invent(workspace, clients)
            offices.append(_use(workspace, data, out, sample_period(paths, which), say))
        finally:
            workspace.close()
    return Demo(offices)


def _use(
    workspace: Workspace, data: Path, out: Path, period: str, say: Callable[[str], None]
) -> DemoOffice:
    office = workspace.office_on(workspace.today)
    done = DemoOffice(name=office.name if office else "", data=str(data.resolve()))
    done.records = {name: count for name, count in workspace.counts().items() if count}
    say(tr("Checking every record…"))
    checked = check_all(workspace)
    done.errors, done.warnings, done.reasons = (
        checked.errors,
        checked.open_warnings,
        checked.reasons,
    )
    say(
        tr("{errors} errors, {warnings} warnings without a reason, {reasons} with one.").format(
            errors=done.errors, warnings=done.warnings, reasons=done.reasons
        )
    )
    say(tr("Writing the workbook of {period} and reading it again…").format(period=period))
    exported = export(workspace, period, out)
    done.workbook = str(exported.path.resolve())
    done.cells = exported.cells
    done.figures = exported.indicator_figures()
    return done


def _empty(out: Path) -> None:
    """Make `out` an empty folder of the demo's own; never touch anybody else's."""
    if out.exists() and any(out.iterdir()):
        if not (out / MARK).exists():
            raise UserError(
                tr("“{folder}” holds other files; name an empty folder.").format(folder=out)
            )
        shutil.rmtree(out)
    out.mkdir(parents=True, exist_ok=True)
    (out / MARK).write_text(tr("Made by the demo; emptied by the next one.\n"), encoding="utf-8")
