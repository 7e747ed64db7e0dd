"""The indicators against plain loops, and that every choice the texts leave open counts."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.report.sheet import Mark
from tests.report.office import (
    COMMUNE,
    OTHER_COMMUNE,
    PROVINCE_UNIT,
    Office,
    cell,
    figures,
    reports,
)
from tests.report.plain import Plain
from tests.report.random_office import Draw

PHASES = {"2026H1": "G2", "2025H2": "G1", "2026": "G2"}


def percent(part: int, whole: int) -> float | str:
    """One decimal, half up, by whole numbers alone."""
    if whole == 0:
        return "không tính được"
    return ((2000 * part + whole) // (2 * whole)) / 10


@pytest.mark.parametrize("code", PHASES)
@pytest.mark.parametrize("seed", range(5))
def test_staff_facilities_and_children(seed: int, code: str) -> None:
    office = Draw(seed, clients=80).office
    plain = Plain(office, code)
    shown = figures(office.report(code), "B01")
    goal = PHASES[code]

    units = plain.scope()
    staffed = [unit for unit in units if plain.staff_of(unit)]
    assert (shown[f"{goal}-1", "3"], shown[f"{goal}-1", "4"]) == (len(staffed), len(units))
    assert shown[f"{goal}-1", "5"] == percent(len(staffed), len(units))

    planned = [
        unit
        for unit in plain.active_organizations()
        if unit["in_plan"] and unit["kind"] in ("CSTGXH", "BENHVIEN", "TRUONGHOC", "LQ")
    ]
    serving = [
        unit
        for unit in planned
        if unit["provides_service"] and (unit.get("service_since") or "") <= plain.last.isoformat()
    ]
    assert (shown[f"{goal}-2", "3"], shown[f"{goal}-2", "4"]) == (len(serving), len(planned))

    kept = {unit["id"]: unit for unit in office.rows["organization"] if not unit.get("deleted_at")}
    posts = [post for post in plain.posts(plain.last) if post["organization"] in kept]
    provides = {
        unit["id"]
        for unit in plain.active_organizations()
        if unit["provides_service"] and (unit.get("service_since") or "") <= plain.last.isoformat()
    }
    if goal == "G2":
        posts = [
            post
            for post in posts
            if kept[post["organization"]]["kind"] in ("UBNDXA", "CQ", "LQ")
            or post["organization"] in provides
        ]
    staff = {post["worker"] for post in posts}
    trained = {worker for worker, _ in plain.completed(plain.phase_start)} & staff
    assert (shown[f"{goal}-4", "3"], shown[f"{goal}-4", "4"]) == (len(trained), len(staff))

    children = plain.b07()
    assert shown[f"{goal}-5", "3"] == children["TONG", "4"]
    assert shown[f"{goal}-5", "4"] == children["TONG", "1"]
    assert shown[f"{goal}-5", "5"] == percent(children["TONG", "4"], children["TONG", "1"])


@pytest.mark.parametrize("seed", range(5))
def test_second_phase_counts_one_two_and_paid(seed: int) -> None:
    office = Draw(seed).office
    plain = Plain(office, "2026H1")
    shown = figures(office.report("2026H1"), "B01")
    sizes = [(unit, plain.staff_of(unit)) for unit in plain.scope()]
    assert shown["G2-1a", "3"] == sum(len(staff) >= 1 for _, staff in sizes)
    assert shown["G2-1b", "3"] == sum(len(staff) >= 2 for _, staff in sizes)

    paid = 0
    for unit, _ in sizes:
        own = [
            post
            for post in plain.posts(plain.last)
            if post["organization"] == unit["id"] and post["post_kind"] == "CTV"
        ]
        paid += bool(own) and all((post["allowance_monthly"] or 0) >= 2_340_000 for post in own)
    assert shown["G2-1c", "3"] == paid


@pytest.mark.parametrize("seed", range(5))
def test_served_people_in_a_year_are_not_the_sum_of_the_halves(seed: int) -> None:
    office = Draw(seed, clients=60).office

    def served(code: str) -> int:
        plain = Plain(office, code)
        shown = figures(office.report(code), "B01")["G2-3.R", "3"]
        expected = sum(
            bool(plain.counted(client, plain.first)) or plain.managed(client)
            for client in plain.clients
        )
        assert shown == expected
        return int(shown)

    assert served("2026") < served("2026H1") + served("2026H2")


@pytest.mark.parametrize("seed", range(5))
def test_plan_of_ha_nam(seed: int) -> None:
    office = Draw(seed).office
    plain = Plain(office, "2026H1")
    office.put("baseline", kind="CTV_GOC", scope_unit=PROVINCE_UNIT.id, as_of="2020-12-31",
               value=3, source="Báo cáo 01/BC-UBND", method="BAO_CAO")  # fmt: skip
    shown = figures(office.report("2026H1", unit=PROVINCE_UNIT), "B01")
    kept = {unit["id"]: unit for unit in office.rows["organization"] if not unit.get("deleted_at")}
    posts = [post for post in plain.posts(plain.last) if post["organization"] in kept]
    collaborators = {post["worker"] for post in posts if post["post_kind"] == "CTV"}
    assert shown["HN-1", "3"] == len(collaborators)
    assert shown["HN-1", "4"] == 3
    assert shown["HN-1", "5"] == pytest.approx(
        round((len(collaborators) - 3) / 3 * 100, 1), abs=0.05
    )
    trained = {worker for worker, _ in plain.completed(plain.phase_start)}
    assert shown["HN-3", "5"] == len(trained)

    qualified = {
        worker["id"]
        for worker in office.rows["worker"]
        if worker["qualified"] and any(post["worker"] == worker["id"] for post in posts)
    }
    communes = 0
    for commune in (COMMUNE, OTHER_COMMUNE):
        own = {
            post["worker"]
            for post in posts
            if post["post_kind"] == "CTV" and post["commune"] == commune
        } & qualified
        communes += 1 <= len(own) <= 2
    assert (shown["HN-4", "3"], shown["HN-4", "4"]) == (communes, 2)


def growing_office() -> Office:
    """Ten of forty needy people served in 2026; a quarter less rate, but more heads, in 2025."""
    office = Office()
    for number in range(12):
        client = office.client("05", birth_year=1950)
        if number < 10:
            office.service(client, "2026-02-01")
    for kind, value in (
        ("NGUOI_HCKK", 40),
        ("TY_LE_HCKK_2025", 20),
        ("TRO_GIUP_2025", 8),
    ):
        office.put("baseline", kind=kind, scope_unit=COMMUNE, as_of="2025-12-31", value=value,
                   source="Báo cáo 12/BC-UBND", method="BAO_CAO")  # fmt: skip
    return office


def test_growth_is_shown_in_all_three_readings() -> None:
    shown = figures(growing_office().report("2026"), "B01")
    assert shown["G2-3.R", "5"] == 25
    assert shown["G2-3.G", "5"] == 20
    assert shown["G2-3.TL", "5"] == 25
    assert shown["G2-3.DIEM", "5"] == 5
    assert shown["G2-3.SN", "5"] == 25
    assert "Báo cáo 12/BC-UBND" in str(shown["G2-3.R", "9"])


def a1(choice: str) -> Any:
    office = growing_office()
    office.put("target", indicator="G2-3", scope_unit=COMMUNE, year=2026, value=10,
               measure_unit="%", document="KH 5/KH-UBND", date="2026-01-02")  # fmt: skip
    built = office.report("2026", {"A1": choice})
    return cell(built, "B01", "G2-3", "5").value, cell(built, "B01", "G2-3", "8").value


def test_a1_chooses_the_reading_that_is_compared() -> None:
    assert a1("TY_LE") == (25, 250)
    assert a1("DIEM") == (5, 50)


def test_a1_growth_of_heads() -> None:
    office = growing_office()
    office.put("baseline", kind="TRO_GIUP_2025", scope_unit=COMMUNE, as_of="2026-01-01", value=5,
               source="Sửa", method="BAO_CAO")  # fmt: skip
    assert cell(office.report("2026", {"A1": "SO_NGUOI"}), "B01", "G2-3", "5").value == 100


def test_a2_counts_the_needy_in_the_files() -> None:
    office = growing_office()
    assert cell(office.report("2026"), "B01", "G2-3.R", "4").value == 40
    built = office.report("2026", {"A2": "HO_SO"})
    assert cell(built, "B01", "G2-3.R", "4").value == 12
    assert cell(built, "B01", "G2-3.R", "5").value == 83.3


def helped_child(office: Office, source: str) -> str:
    child = office.client("01-2", birth_year=2018)
    office.put("benefit", client=child, kind="ND20-1", date_from="2024-01-01", place="CONG_DONG")
    office.service(child, "2026-03-01", fund_source=source)
    return child


def test_a3_may_ask_for_socialised_money() -> None:
    office = Office()
    helped_child(office, "NSĐP")
    helped_child(office, "XHH")
    assert cell(office.report(), "B01", "G2-5", "3").value == 2
    built = office.report("2026H1", {"A3": "CO"})
    assert cell(built, "B01", "G2-5", "3").value == 1
    assert cell(built, "B07", "TONG", "8").value == 1


def test_a4_one_or_two_people() -> None:
    office = Office()
    organization = office.organization()
    office.assign(office.worker(), organization)
    assert cell(office.report(), "B01", "G2-1", "3").value == 1
    assert cell(office.report("2026H1", {"A4": "2"}), "B01", "G2-1", "3").value == 0


def test_a5_base_salary_by_date() -> None:
    office = Office()
    organization = office.organization()
    office.assign(office.worker(), organization, allowance_monthly=2_000_000)
    assert cell(office.report(), "B01", "G2-1c", "3").mark is Mark.UNKNOWN
    office.put("base_salary", date_from="2023-07-01", amount=1_800_000, verified=1)
    assert cell(office.report(), "B01", "G2-1c", "3").value == 1
    office.put("base_salary", date_from="2024-07-01", amount=2_340_000, verified=0)
    assert cell(office.report(), "B01", "G2-1c", "3").value == 0
    verified = office.report("2026H1", {"A5": "DA_KIEM_CHUNG"})
    assert cell(verified, "B01", "G2-1c", "3").value == 1
    # A salary that is not in force yet does not count.
    office.put("base_salary", date_from="2026-07-01", amount=1_000_000, verified=1)
    assert cell(office.report(), "B01", "G2-1c", "3").value == 0


def test_a6_training_in_the_phase_or_in_the_year() -> None:
    office = Office()
    organization = office.organization()
    for _ in range(3):
        office.assign(office.worker(), organization)
    first, second, third = (worker["id"] for worker in office.rows["worker"])
    office.course("2026-03-01", first)
    office.course("2027-03-01", second)
    office.course("2025-12-20", third)  # inside the window 2026H1, before the phase
    assert cell(office.report("2027H1"), "B01", "G2-4", "3").value == 2
    assert cell(office.report("2027H1", {"A6": "NAM"}), "B01", "G2-4", "3").value == 1
    assert cell(office.report("2026H1"), "B01", "G2-4", "3").value == 1
    assert cell(office.report("2026H1"), "B01", "G2-4.K", "3").value == 2
    by_report_year = office.report("2026H1", {"phase_start": "KY_BAO_CAO"})
    assert cell(by_report_year, "B01", "G2-4", "3").value == 2


@pytest.mark.parametrize(("choice", "children"), [("DAU_NAM", 0), ("GIUA_NAM", 1), ("CUOI_NAM", 1)])
def test_a7_year_only_births(choice: str, children: int) -> None:
    office = Office()
    office.client("04", birth_year=2010)
    built = office.report("2026H1", {"A7": choice})
    assert cell(built, "B05", "TONG", "6").value == children
    sheet = next(sheet for sheet in built.report.sheets if sheet.code == "B05")
    told = any("chỉ biết năm sinh" in note for note in sheet.notes)
    assert told == bool(children)  # who is 16 by the convention has left category 04 by it


def test_a7_half_known_month_by_the_middle() -> None:
    office = Office()
    office.client("07", birth_year=2010, birth_month=6)
    for choice, children in (("DAU_NAM", 0), ("GIUA_NAM", 1), ("CUOI_NAM", 1)):
        assert cell(office.report("2026H1", {"A7": choice}), "B05", "TONG", "6").value == children
    last = office.report("2026H1", {"A7": "CUOI_NAM"}, calendar="THONG_KE")
    assert cell(last, "B05", "TONG", "6").value == 0  # the last day of June is 30/6, the closing


def test_counted_services_choice() -> None:
    office = Office()
    client = office.client("05", birth_year=1950)
    office.service(client, "2026-02-01", "VATCHAT")
    office.service(client, "2026-02-01", "THUTUC")
    assert cell(office.report(), "B05", "TONG", "11").value == 0
    built = office.report("2026H1", {"counted_services": "TAT_CA"})
    assert cell(built, "B05", "TONG", "11").value == 1
    assert cell(built, "B05", "TONG", "12").value == 2


def test_scope_of_the_first_phase() -> None:
    office = Office()
    office.organization(kind="TRAIGIAM")
    office.organization(kind="CQ")
    assert cell(office.report("2025H1"), "B01", "G1-1", "4").value == 1
    built = office.report("2025H1", {"scope_phase1": "DU"})
    assert cell(built, "B01", "G1-1", "4").value == 2
    assert cell(built, "B03", "TRAIGIAM", "1").value == 1
    assert cell(office.report("2026H1"), "B01", "G2-1", "4").value == 2


def test_review_days_choice() -> None:
    office = Office()
    client = office.client("07")
    office.put("case_record", client=client, opened="2026-04-15", criteria=["1"], case_type="KHAC",
               status="MO", manager="w")  # fmt: skip
    assert cell(office.report(), "B06", "QUA_HAN", "1", "II").value == 0
    built = office.report("2026H1", {"review_days": "30"})
    assert cell(built, "B06", "QUA_HAN", "1", "II").value == 1


def test_every_setting_is_tried_above() -> None:
    tried = {"A1", "A2", "A3", "A4", "A5", "A6", "A7", "phase_start", "counted_services",
             "scope_phase1", "review_days", "b02_ethnic", "small_cells"}  # fmt: skip
    assert {setting.code for setting in reports().settings} == tried


def test_plans_of_the_unit_come_before_those_above_and_the_nation() -> None:
    office = Office()
    built = office.report("2026H1")
    assert cell(built, "B01", "G2-1", "1").value == 90
    assert cell(built, "B01", "G2-1", "2").mark is Mark.UNKNOWN
    office.put("target", indicator="G2-1", scope_unit=PROVINCE_UNIT.id, phase="2026-2030", value=95,
               measure_unit="%", document="KH 96/KH-UBND", date="2025-10-08")  # fmt: skip
    office.put("target", indicator="G2-1", scope_unit=PROVINCE_UNIT.id, year=2026, value=70,
               measure_unit="%", document="KH 97/KH-UBND", date="2026-01-08")  # fmt: skip
    office.put("target", indicator="G2-1", scope_unit=COMMUNE, year=2026, value=72.5,
               measure_unit="%", document="KH 3/KH-UBND", date="2026-01-20")  # fmt: skip
    built = office.report("2026H1")
    assert cell(built, "B01", "G2-1", "1").value == 95
    assert cell(built, "B01", "G2-1", "2").value == 72.5
    assert "KH 3/KH-UBND" in str(cell(built, "B01", "G2-1", "9").value)


def test_a_half_year_of_a_yearly_flow_is_not_compared() -> None:
    office = growing_office()
    office.put("target", indicator="G2-3", scope_unit=COMMUNE, year=2026, value=10,
               measure_unit="%", document="KH 5/KH-UBND", date="2026-01-02")  # fmt: skip
    half = office.report("2026H1")
    assert cell(half, "B01", "G2-3", "8").value is None
    assert cell(half, "B01", "G2-3", "8").mark is Mark.NONE
    assert "không so với kế hoạch năm" in str(cell(half, "B01", "G2-3", "9").value)


def test_models_and_upgrades_by_phase() -> None:
    office = Office()
    for phase, start in (("2021-2025", "2023-05-01"), ("2026-2030", "2026-02-01")):
        office.put("model_project", name="Mô hình", kind="CONG_DONG", date_from=start, phase=phase,
                   status="HOAT_DONG", persons=10, cost=5_000_000)  # fmt: skip
    office.put("model_project", name="Chưa mở", kind="CONG_DONG", date_from="2026-05-01",
               phase="2026-2030", status="CHUAN_BI")  # fmt: skip
    facility = office.organization(kind="CSTGXH", in_plan=1, provides_service=1)
    for finish, good in (("2026-03-01", 1), ("2022-03-01", 1), ("2026-04-01", 0)):
        office.put("upgrade_project", organization=facility, content="Sửa nhà", start="2021-02-01",
                   finish=finish, cost=1_000_000, meets_standard=good)  # fmt: skip
    built = office.report("2026H1")
    assert cell(built, "B01", "O-4", "5").value == 1
    assert cell(built, "B01", "O-4.CONG_DONG", "5").value == 1
    assert cell(built, "B01", "O-2", "5").value == 1  # one facility, two projects
    assert cell(built, "B04", "CSTGXH", "2", "II").value == 1
    assert cell(built, "B04", "CSTGXH", "5", "II").value == 2_000_000
    assert cell(built, "B04", "CONG_DONG", "1", "III").value == 2
    assert cell(built, "B04", "CONG_DONG", "2", "III").value == 1
    assert cell(built, "B04", "CSTGXH", "4").value == 100
    assert cell(office.report("2025H2"), "B01", "O-3", "5").value == 1


def test_training_counts_persons_and_turns_apart() -> None:
    office = Office()
    workers = [office.worker() for _ in range(3)]
    office.course("2022-05-01", *workers, kind="TAP_HUAN")
    office.course("2026-02-01", workers[0], kind="TAP_HUAN")
    office.course("2026-03-01", workers[0], kind="DAI_HAN", level="DH")
    office.course("2026-03-01", workers[1], kind="DAI_HAN", level="SC")
    built = office.report("2026H1")
    assert cell(built, "B01", "O-1", "5").value == 3
    assert cell(built, "B01", "O-1.L", "5").value == 6
    assert cell(built, "B01", "O-1a", "5").value == 1
    assert cell(built, "B01", "O-1b", "5").value == 3
    assert cell(built, "B01", "O-1b.L", "5").value == 4
    assert cell(built, "B12", "O-1b", "4").value == 1  # since the year began
    assert cell(built, "B12", "O-1b", "5").value == 1  # since the phase began
