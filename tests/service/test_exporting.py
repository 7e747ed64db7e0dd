"""Exporting: refuses in words what is missing, keeps what was sent, and counts revisions."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from desktop.base.clock import FixedClock
from desktop.base.errors import UserError
from desktop.report.periods import UnknownPeriod
from desktop.service.exporting import export
from desktop.service.workspace import Workspace
from tests.offices import OfficeMaker, emptied, saved
from tests.service.test_saving import HOA

INDICATORS = "B01 Tổng hợp chỉ tiêu"


def served(workspace: Workspace, worker: str, day: str) -> str:
    client = saved(workspace, "client", HOA)
    saved(
        workspace,
        "service_event",
        {
            "client": client,
            "date": day,
            "service": "TV",
            "fund_source": "NSĐP",
            "provider_worker": worker,
        },
    )
    return client


def test_the_workbook_is_written_and_its_figures_are_kept(
    workspace: Workspace, worker: str, tmp_path: Path
) -> None:
    served(workspace, worker, "01/06/2026")
    done = export(workspace, "2026H1", tmp_path)
    assert done.path.name == "BC-CTXH_2026H1_XA_13366_Phuong-Ha-Nam_v1.xlsx"
    assert done.cells > 3000
    kept = workspace.reporting.exports()
    assert [(one.period, one.revision, one.file_name) for one in kept] == [
        ("2026H1", 1, done.path.name)
    ]


def test_sending_again_is_the_next_revision_and_keeps_the_first_file(
    workspace: Workspace, worker: str, tmp_path: Path
) -> None:
    first = export(workspace, "2026H1", tmp_path)
    second = export(workspace, "2026H1", tmp_path)
    assert (first.revision, second.revision) == (1, 2)
    assert first.path.exists()
    assert second.path.name.endswith("_v2.xlsx")


def test_the_next_period_compares_with_what_was_sent(offices: OfficeMaker, tmp_path: Path) -> None:
    workspace = offices.open(FixedClock(date(2026, 12, 20)))
    try:
        export(workspace, "2026H1", tmp_path)
        unknown = column_six(export(workspace, "2026H2", tmp_path).path)
        assert "…" not in {unknown[code] for code in ("O-1", "O-2")}
        none = column_six(export(workspace, "2026H1", tmp_path).path)
        assert none["O-1"] == "…"
    finally:
        workspace.close()


def column_six(path: Path) -> dict[str, object]:
    """Figures of the period before, by code."""
    sheet = openpyxl.load_workbook(path, data_only=True)[INDICATORS]
    rows = sheet.iter_rows(values_only=True)
    heads = next(row for row in rows if "6" in row and "C" in row)
    code, six = heads.index("C"), heads.index("6")
    return {str(row[code]): row[six] for row in rows if row[code]}


@pytest.mark.parametrize("field", ["preparer", "signer", "receiving_department", "document_symbol"])
def test_export_is_refused_in_words_while_a_setting_is_missing(
    offices: OfficeMaker, tmp_path: Path, field: str
) -> None:
    workspace = offices.open()
    try:
        emptied(workspace, field)
        label = workspace.registers["office"].field(field).label
        with pytest.raises(UserError, match=label):
            export(workspace, "2026H1", tmp_path)
        assert not list(tmp_path.iterdir())
        assert workspace.reporting.exports() == []
    finally:
        workspace.close()


def test_a_period_before_the_office_began_is_refused_in_words(
    workspace: Workspace, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match="14/06/2024"):
        export(workspace, "2024H1", tmp_path)


def test_an_unknown_period_is_refused_in_words(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(UnknownPeriod):
        export(workspace, "2026Q7", tmp_path)


def test_a_figure_opens_the_records_it_was_counted_from(workspace: Workspace, worker: str) -> None:
    client = served(workspace, worker, "01/06/2026")
    reporting = workspace.reporting
    period = reporting.period("2026H1")
    assert reporting.records_of(period, "B05", "I", "06", "11") == ("client", [client])


def test_choices_are_kept_and_go_back_to_the_default(workspace: Workspace) -> None:
    reporting = workspace.reporting
    reporting.choose("A4", "2")
    chosen = {one.definition.code: (one.value, one.is_default) for one in reporting.settings()}
    assert chosen["A4"] == ("2", False)
    reporting.choose("A4", "")
    chosen = {one.definition.code: (one.value, one.is_default) for one in reporting.settings()}
    assert chosen["A4"] == ("1", True)
    with pytest.raises(UserError):
        reporting.choose("A4", "ba")


def test_a_figure_of_an_earlier_period_needs_its_source(
    workspace: Workspace, tmp_path: Path
) -> None:
    reporting = workspace.reporting
    before = reporting.period("2025H2")
    key = ("B01", "I", "O-1", "5")
    with pytest.raises(UserError):
        reporting.type_figure(before, key, 7, "  ")
    reporting.type_figure(before, key, 7, "Báo cáo số 12/BC-UBND")
    assert column_six(export(workspace, "2026H1", tmp_path).path)["O-1"] == 7
    reporting.type_figure(before, key, None, "")
    assert column_six(export(workspace, "2026H1", tmp_path).path)["O-1"] == "…"


def test_the_deadline_is_two_working_days_after_closing(workspace: Workspace) -> None:
    """14/6/2026 is a Sunday; communes send within two working days (`domain.md` §3)."""
    assert workspace.reporting.due(workspace.reporting.period("2026H1")) == date(2026, 6, 16)
