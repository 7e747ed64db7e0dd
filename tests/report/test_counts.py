"""Every figure of B03, B05, B06 and B07 equals what a plain loop counts in the same office."""

from __future__ import annotations

import pytest

from tests.report.office import figures
from tests.report.plain import Plain, labels, some
from tests.report.random_office import Draw

PERIODS = [("2026H1", "ND09"), ("2026H2", "ND09"), ("2026", "ND09"), ("2026H1", "THONG_KE"),
           ("2025", "ND09"), ("2025H2", "THONG_KE")]  # fmt: skip


@pytest.mark.parametrize(("code", "calendar"), PERIODS)
@pytest.mark.parametrize("seed", range(4))
def test_clients_by_group(seed: int, code: str, calendar: str) -> None:
    office = Draw(seed).office
    expected = Plain(office, code, calendar).b05()
    shown = figures(office.report(code, calendar=calendar), "B05")
    rows = {"TONG", *labels("CAT")}
    wanted = {
        (row, str(column)): some(expected, row, str(column))
        for row in rows
        for column in range(1, 14)
    }
    assert {key: shown[key] for key in wanted} == wanted


@pytest.mark.parametrize("seed", range(4))
def test_restricted_groups_are_one_block_outside(seed: int) -> None:
    office = Draw(seed).office
    expected = Plain(office, "2026H1").b05(outgoing=True)
    shown = figures(office.report("2026H1", {"small_cells": "KHONG"}, outgoing=True), "B05")
    assert ("09", "1") not in shown
    wanted = {
        (row, str(column)): some(expected, row, str(column))
        for row in ("TONG", "HC", "01", "07", "24")
        for column in range(1, 14)
    }
    assert {key: shown[key] for key in wanted} == wanted


@pytest.mark.parametrize(("code", "calendar"), PERIODS)
@pytest.mark.parametrize("seed", range(4))
def test_services(seed: int, code: str, calendar: str) -> None:
    office = Draw(seed).office
    expected = Plain(office, code, calendar).b06()
    shown = figures(office.report(code, calendar=calendar), "B06")
    wanted = {
        (row, str(column)): some(expected, row, str(column))
        for row in {"TONG", *labels("DV")}
        for column in range(1, 16)
    }
    assert {key: shown[key] for key in wanted} == wanted


@pytest.mark.parametrize(("code", "calendar"), PERIODS)
@pytest.mark.parametrize("seed", range(4))
def test_children_of_six_groups(seed: int, code: str, calendar: str) -> None:
    office = Draw(seed, clients=80).office
    expected = Plain(office, code, calendar).b07()
    shown = figures(office.report(code, calendar=calendar), "B07")
    wanted = {
        (row, column): some(expected, row, column)
        for row in ("MO_COI", "BO_ROI", "HIV", "CDHH", "KT", "THIEN_TAI", "TONG")
        for column in ("1", "2", "3", "4", "6", "7", "8")
    }
    assert {key: shown[key] for key in wanted} == wanted


@pytest.mark.parametrize("seed", range(4))
def test_cases_balance(seed: int) -> None:
    office = Draw(seed, clients=60).office
    plain = Plain(office, "2026H1")
    cases = [case for client in plain.clients for case in plain.of("case_record", client)]
    shown = figures(office.report("2026H1"), "B06", "II")

    def open_on(case: dict[str, str], day: str) -> bool:
        return case["opened"] <= day and (not case.get("closed") or case["closed"] > day)

    start, end = plain.opening.isoformat(), plain.last.isoformat()
    first = plain.first.isoformat()
    assert shown["DAU_KY", "1"] == sum(open_on(case, start) for case in cases)
    assert shown["CUOI_KY", "1"] == sum(open_on(case, end) for case in cases)
    assert shown["MO_MOI", "1"] == sum(first <= case["opened"] <= end for case in cases)
    assert shown["KET_THUC", "1"] == sum(
        bool(case.get("closed")) and first <= case["closed"] <= end for case in cases
    )
    assert shown["KT-1", "1"] == shown["KET_THUC", "1"]
    balance = shown["DAU_KY", "1"] + shown["MO_MOI", "1"] - shown["KET_THUC", "1"]
    assert shown["CUOI_KY", "1"] == balance


@pytest.mark.parametrize("code", ["2026H1", "2025H2"])
@pytest.mark.parametrize("seed", range(4))
def test_staff_by_kind_of_organisation(seed: int, code: str) -> None:
    office = Draw(seed).office
    plain = Plain(office, code)
    shown = figures(office.report(code), "B03")
    posts = plain.posts(plain.last)
    kept = {o["id"]: o for o in office.rows["organization"] if not o.get("deleted_at")}
    sexes = {worker["id"]: worker["sex"] for worker in office.rows["worker"]}
    for kind in labels("LOAIDV"):
        units = [unit for unit in plain.scope() if unit["kind"] == kind]
        sizes = [len(plain.staff_of(unit)) for unit in units]
        people = {
            p["worker"] for p in posts if p["organization"] in kept
            and kept[p["organization"]]["kind"] == kind
        }  # fmt: skip
        assert shown[kind, "1"] == len(units)
        assert shown[kind, "2"] == sum(size >= 1 for size in sizes)
        assert shown[kind, "3"] == sum(size >= 2 for size in sizes)
        assert shown[kind, "10"] == len(people)
        assert shown[kind, "11"] == sum(sexes[person] == "NU" for person in people)
        assert shown[kind, "10"] == sum(shown[kind, str(column)] for column in range(5, 10))
        assert shown[kind, "10"] == shown[kind, "12"] + shown[kind, "13"]
    everybody = {p["worker"] for p in posts if p["organization"] in kept}
    assert shown["TONG", "10"] == len(everybody)
    assert shown["TONG", "1"] == len(plain.scope())
