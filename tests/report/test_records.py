"""The records behind a figure are as many as the figure says."""

from __future__ import annotations

import pytest

from desktop.report.build import records_of
from desktop.report.definition import Builder, Reports
from desktop.store.measures import Count
from tests.report.office import Office, cell, reports
from tests.report.random_office import Draw


def counts_records(definitions: Reports, sheet: str, part: str, column: str) -> bool:
    """False for turns, amounts and other sums: fewer records stand behind them."""
    found = definitions.sheet(sheet).part(part)
    if found.build is Builder.INDICATORS:
        return True
    return found.column(column).count is Count.RECORD


@pytest.mark.parametrize("outgoing", [False, True])
def test_as_many_records_as_counted(outgoing: bool) -> None:
    office = Draw(3, clients=60).office
    settings = {"small_cells": "KHONG"}
    built = office.report("2026H1", settings, outgoing=outgoing)
    tried = 0
    with office.run("2026H1", settings, outgoing=outgoing) as run:
        for sheet in built.report.sheets:
            for part in sheet.parts:
                for row in part.rows:
                    for column, found in row.cells.items():
                        if not found.countable:
                            continue
                        register, ids = records_of(run, sheet.code, part.code, row.code, column)
                        place = (sheet.code, part.code, row.code, column)
                        assert register
                        assert len(ids) == len(set(ids))
                        turns = sheet.code == "B01" and row.code.endswith(".L")
                        if counts_records(reports(), *place[:2], column) and not turns:
                            assert len(ids) == found.value, place
                        else:
                            assert bool(ids) == bool(found.value), place
                        tried += 1
    assert tried > 700


def test_ids_are_those_of_the_register() -> None:
    office = Office()
    child = office.client("01-2", birth_year=2018)
    office.client("05", birth_year=1950)
    organization = office.organization()
    worker = office.worker()
    office.assign(worker, organization)
    with office.run("2026H1") as run:
        assert records_of(run, "B05", "I", "TONG", "6") == ("client", [child])
        assert records_of(run, "B01", "I", "G2-1", "3") == ("organization", [organization])
        assert records_of(run, "B02", "I", "1", "2") == ("worker", [worker])
        assert records_of(run, "B03", "I", "TONG", "1") == ("organization", [organization])


def test_what_was_not_counted_has_no_records() -> None:
    office = Office()
    office.put("baseline", kind="NGUOI_HCKK", scope_unit="XA.13366.20250701", as_of="2026-01-01",
               value=3, source="x", method="BAO_CAO")  # fmt: skip
    with office.run("2026H1") as run:
        for place in (
            ("B07", "I", "HIV", "5"),
            ("B05", "I", "TONG", "B"),
            ("B01", "I", "G2-3.R", "4"),
            ("B01", "I", "G2-1", "5"),
            ("B12", "I", "G2-1", "1"),
            ("00", "I", "DON_VI", "1"),
            ("B05", "I", "NO_ROW", "1"),
            ("B99", "I", "TONG", "1"),
        ):
            with pytest.raises(KeyError):
                records_of(run, *place)


def test_sources_called_unique_are() -> None:
    office = Draw(4, clients=80).office
    with office.run("2026H1") as run:
        for sheet in reports().sheets:
            for part in sheet.parts:
                for source in part.sources:
                    if source.unique:
                        lines = run.measures.lines(source.sql, ("row", "record"))
                        assert len(lines) == len(set(lines)), (sheet.code, source.name)


def test_the_connection_is_given_back_as_it_came() -> None:
    office = Office()
    with office.run("2026H1"):
        pass
    office.client("05", birth_year=1950)
    assert cell(office.report("2026H1"), "B05", "TONG", "4").value == 1
    tables = office.connection.execute("SELECT name FROM sqlite_temp_master").fetchall()
    assert tables == []
