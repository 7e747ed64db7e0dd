"""Days on the edge of a window and lives that change inside it (`domain.md` §8.7)."""

from __future__ import annotations

from desktop.report.sheet import Mark
from tests.report.office import Office, cell, figures, part_of


def test_case_of_december_2024_lies_in_the_first_half_of_2025() -> None:
    office = Office()
    client = office.client("07")
    office.put("case_record", client=client, opened="2024-12-12", closed="2024-12-20",
               criteria=["1"], case_type="KHAC", status="KET_THUC", close_reason="1",
               close_result="DAT", manager="w")  # fmt: skip
    first_half = figures(office.report("2025H1"), "B06", "II")
    assert first_half["DAU_KY", "1"] == 1  # open on 14/12/2024
    assert first_half["KET_THUC", "1"] == first_half["KT-1", "1"] == 1
    assert first_half["CUOI_KY", "1"] == 0
    calendar_year = figures(office.report("2025H1", calendar="THONG_KE"), "B06", "II")
    assert calendar_year["DAU_KY", "1"] == calendar_year["KET_THUC", "1"] == 0
    before = figures(office.report("2024H2"), "B06", "II")
    assert before["MO_MOI", "1"] == before["CUOI_KY", "1"] == 1


def test_first_and_last_day_belong_to_the_period() -> None:
    office = Office()
    client = office.client("05", birth_year=1950)
    for day in ("2025-12-14", "2025-12-15", "2026-06-14", "2026-06-15"):
        office.service(client, day)
    assert cell(office.report("2026H1"), "B05", "TONG", "12").value == 2
    assert cell(office.report("2025H2"), "B05", "TONG", "12").value == 1
    assert cell(office.report("2026H2"), "B05", "TONG", "12").value == 1


def test_child_who_turns_16_leaves_the_child_groups() -> None:
    office = Office()
    office.client("01-2", birth_year=2010, birth_month=6, birth_day=14)
    office.client("01-2", birth_year=2010, birth_month=6, birth_day=15)
    both = figures(office.report("2026H1"), "B05")
    assert both["01", "1"] == 2
    assert both["01", "3"] == 1
    assert both["01", "4"] == both["TONG", "4"] == 1
    assert figures(office.report("2026H1"), "B07")["BO_ROI", "1"] == 1
    assert figures(office.report("2026H2"), "B05")["01", "1"] == 1


def test_child_who_turns_16_stays_in_other_groups() -> None:
    office = Office()
    office.client("01-4", "07", birth_year=2010, birth_month=1, birth_day=1)
    shown = figures(office.report("2026H1"), "B05")
    assert shown["01", "3"] == 1
    assert shown["07", "3"] == 0
    assert shown["TONG", "3"] == 0
    assert shown["TONG", "4"] == 1
    assert shown["TONG", "6"] == 0


def test_service_after_death_is_not_counted() -> None:
    office = Office()
    client = office.client("05", birth_year=1940, death_date="2026-03-01")
    office.service(client, "2026-02-28")
    office.service(client, "2026-03-01")
    office.service(client, "2026-03-02")
    shown = figures(office.report("2026H1"), "B05")
    assert (shown["TONG", "11"], shown["TONG", "12"]) == (1, 2)
    assert (shown["TONG", "1"], shown["TONG", "3"], shown["TONG", "4"]) == (1, 1, 0)


def test_dead_on_the_closing_date_is_no_longer_in_care() -> None:
    office = Office()
    office.client("05", birth_year=1940, death_date="2026-06-14")
    office.client("05", birth_year=1940, death_date="2026-06-15")
    assert cell(office.report("2026H1"), "B05", "05", "4").value == 1


def test_category_that_ends_on_the_closing_date_is_still_active() -> None:
    office = Office()
    client = office.client()
    office.category(client, "20", date_from="2026-06-14", date_to="2026-06-14")
    other = office.client()
    office.category(other, "20", date_from="2026-06-15")
    shown = figures(office.report("2026H1"), "B05")
    assert (shown["20", "1"], shown["20", "2"], shown["20", "4"]) == (0, 1, 1)


def test_leaving_and_coming_back_is_neither_new_nor_gone() -> None:
    office = Office()
    client = office.client()
    office.category(client, "20", date_from="2025-01-01", date_to="2026-02-01")
    office.category(client, "20", date_from="2026-04-01")
    shown = figures(office.report("2026H1"), "B05")
    assert [shown["20", str(n)] for n in range(1, 5)] == [1, 0, 0, 1]


def test_coming_and_going_in_one_period_is_both() -> None:
    office = Office()
    client = office.client()
    office.category(client, "20", date_from="2026-01-01", date_to="2026-02-01")
    shown = figures(office.report("2026H1"), "B05")
    assert [shown["20", str(n)] for n in range(1, 5)] == [0, 1, 1, 0]


def test_merged_records_are_one_person() -> None:
    office = Office()
    kept = office.client("05", birth_year=1940)
    merged = office.client("06", birth_year=1940, merged_into=kept)
    again = office.client("06", birth_year=1940, merged_into=merged)
    office.service(kept, "2026-01-01")
    office.service(merged, "2026-01-02")
    office.service(again, "2026-01-03")
    shown = figures(office.report("2026H1"), "B05")
    assert (shown["TONG", "4"], shown["TONG", "11"], shown["TONG", "12"]) == (1, 1, 3)
    assert shown["06", "4"] == 1


def test_a_ring_of_merges_ends() -> None:
    office = Office()
    first = office.client("05", id="a", birth_year=1940, merged_into="b")
    office.client("05", id="b", birth_year=1940, merged_into=first)
    assert cell(office.report("2026H1"), "B05", "TONG", "4").value == 0


def test_worker_who_changes_post_counts_where_she_is_on_the_closing_date() -> None:
    office = Office()
    commune, school = office.organization(), office.organization(kind="TRUONGHOC")
    worker = office.worker(sex="NU")
    office.assign(worker, commune, "CTV", date_to="2026-03-31", is_main=1)
    office.assign(worker, school, "VC", date_from="2026-04-01", is_main=1)
    shown = figures(office.report("2026H1"), "B03")
    assert (shown["UBNDXA", "10"], shown["TRUONGHOC", "10"]) == (0, 1)
    assert (shown["TRUONGHOC", "7"], shown["TRUONGHOC", "11"]) == (1, 1)
    before = figures(office.report("2025H2"), "B03")
    assert (before["UBNDXA", "9"], before["TRUONGHOC", "10"]) == (1, 0)
    assert not part_of(office.report("2026H1"), "B02").rows
    assert len(part_of(office.report("2025H2"), "B02").rows) == 1


def test_worker_of_two_places_stands_once_in_the_total() -> None:
    office = Office()
    commune, school = office.organization(), office.organization(kind="TRUONGHOC")
    worker = office.worker()
    office.assign(worker, commune, "CTV", is_main=0)
    office.assign(worker, school, "VC", is_main=1)
    shown = figures(office.report("2026H1"), "B03")
    assert (shown["UBNDXA", "9"], shown["TRUONGHOC", "7"]) == (1, 1)
    assert (shown["TONG", "10"], shown["TONG", "7"], shown["TONG", "9"]) == (1, 1, 0)


def test_volunteers_do_not_count() -> None:
    office = Office()
    office.assign(office.worker(), office.organization(), "TNV")
    built = office.report("2026H1")
    assert cell(built, "B01", "G2-1", "3").value == 0
    assert cell(built, "B01", "G2-1", "4").value == 1
    assert cell(built, "B03", "TONG", "10").value == 0


def test_emergency_after_13_hours_is_late() -> None:
    office = Office()
    for action in ("2026-02-02T08:00", "2026-02-02T08:01", "2026-02-02T09:00", None):
        office.put("intake", received_at="2026-02-01T20:00", channel="DIEN_THOAI", reporter="KHAC",
                   problem=["1"], urgency="KHAN_CAP", result="MO_CA", received_by="w",
                   action_at=action)  # fmt: skip
    shown = figures(office.report("2026H1"), "B06", "IIA")
    assert (shown["DUNG_HAN", "1"], shown["QUA_HAN", "1"], shown["TONG", "1"]) == (1, 3, 4)
    notes = next(s for s in office.report("2026H1").report.sheets if s.code == "B05").notes
    assert any("4 phiếu tiếp nhận" in note for note in notes)


def test_review_is_due_by_its_next_date_or_after_90_days() -> None:
    office = Office()
    client = office.client("07")

    def case(**review: str) -> None:
        made = office.put("case_record", client=client, opened="2026-01-01", criteria=["1"],
                          case_type="KHAC", status="MO", manager="w")  # fmt: skip
        if review:
            office.put("review", case_record=made, kind="THAM_HO", **review)

    case()
    case(date="2026-05-01")
    case(date="2026-05-01", next_date="2026-06-01")
    case(date="2026-02-01", next_date="2026-07-01")
    shown = figures(office.report("2026H1"), "B06", "II")
    assert (shown["CUOI_KY", "1"], shown["QUA_HAN", "1"]) == (4, 2)


def test_plan_counts_once_it_is_approved() -> None:
    office = Office()
    client = office.client("07")
    for approved in ("2026-06-14", "2026-06-15", None):
        case = office.put("case_record", client=client, opened="2026-06-01", criteria=["1"],
                          case_type="KHAC", status="MO", manager="w")  # fmt: skip
        office.put("plan", case_record=case, date="2026-06-10", approved_on=approved)
    assert cell(office.report("2026H1"), "B06", "CO_KE_HOACH", "1", "II").value == 1


def test_communes_with_no_one_two_and_three_collaborators() -> None:
    from tests.report.office import COMMUNE, OTHER_COMMUNE, PROVINCE_UNIT

    office = Office()
    organization = office.organization()
    for _ in range(3):
        office.assign(office.worker(), organization, commune=COMMUNE)
    built = office.report("2026H1", unit=PROVINCE_UNIT)
    assert (cell(built, "B01", "HN-4", "3").value, cell(built, "B01", "HN-4", "4").value) == (0, 2)
    office.assign(office.worker(), organization, commune=OTHER_COMMUNE)
    office.assign(office.worker(qualified=0), organization, commune=OTHER_COMMUNE)
    built = office.report("2026H1", unit=PROVINCE_UNIT)
    assert cell(built, "B01", "HN-4", "3").value == 1
    by_commune = figures(built, "B03", "II")
    assert (by_commune["13366", "9"], by_commune["13285", "9"], by_commune["TONG", "9"]) == (
        3,
        2,
        5,
    )


def test_confirmed_by_hand_and_contract_that_ended() -> None:
    office = Office()
    organization = office.organization()
    office.assign(office.worker(), organization, contract_to="2026-06-13")
    office.assign(office.worker(qualified=0, qualified_manual=1, qualified_reason="Bằng cũ"),
                  organization)  # fmt: skip
    built = office.report("2026H1")
    assert cell(built, "B02", "DU_TC", "1", "II").value == 1
    listed = figures(built, "B02")
    assert (listed["1", "11"], listed["2", "11"]) == ("Không", "Có")
    assert listed["2", "17"] == "Xác nhận thủ công"


def test_deleted_records_never_count() -> None:
    office = Office()
    gone = "2026-07-01T08:00:00+07:00"
    client = office.client("05", birth_year=1940, deleted_at=gone)
    office.service(client, "2026-02-01")
    other = office.client("05", birth_year=1940)
    office.service(other, "2026-02-01", deleted_at=gone)
    shown = figures(office.report("2026H1"), "B05")
    assert (shown["TONG", "4"], shown["TONG", "11"]) == (1, 0)


def test_funding_by_task_and_source() -> None:
    office = Office()
    funding = office.put("funding", year=2026, task_no="4", source="XHH", date="2026-01-10",
                         planned=10_000_000, allocated=8_000_000)  # fmt: skip
    for day, amount in (("2026-03-01", 1_000_000), ("2026-06-14", 3_000_000), ("2026-06-15", 9)):
        office.put("expenditure", funding=funding, date=day, amount=amount)
    office.put("funding", year=2025, task_no="4", source="XHH", date="2025-01-10", planned=1)
    shown = figures(office.report("2026H1"), "B11")
    assert [shown["4-XHH", str(n)] for n in range(1, 5)] == [10_000_000, 8_000_000, 4_000_000, 50]
    assert shown["TONG", "1"] == 10_000_000
    assert shown["1-XHH", "4"] == str(Mark.UNDEFINED)
    whole = figures(office.report("2021-2025"), "B11")
    assert whole["TONG", "1"] == 1


def test_courses_count_a_person_once_in_the_phase() -> None:
    office = Office()
    worker = office.worker(sex="NU")
    office.assign(worker, office.organization(), date_from="2026-07-01")
    office.course("2026-02-01", worker, cost=500_000)
    office.course("2026-08-01", worker, cost=700_000, source="XHH")
    first = figures(office.report("2026H1"), "B08")
    assert [first["TAP_HUAN", str(n)] for n in range(1, 8)] == [
        1, 1, 1, 1, 0, "Ngân sách địa phương", 500_000
    ]  # fmt: skip
    second = office.report("2026H2")
    now, year = figures(second, "B08"), figures(second, "B08", "II")
    assert [now["TAP_HUAN", str(n)] for n in (1, 2, 3, 4, 5)] == [1, 1, 0, 0, 0]
    assert [year["TAP_HUAN", str(n)] for n in (1, 2, 3)] == [2, 2, 1]
    assert year["TONG", "7"] == 1_200_000
    assert year["TONG", "3"] == 1


def test_ethnic_group_of_collaborators_is_left_out_unless_asked_for() -> None:
    office = Office()
    office.assign(office.worker(ethnic="06"), office.organization())
    assert figures(office.report("2026H1"), "B02")["1", "5"] is None
    shown = figures(office.report("2026H1", {"b02_ethnic": "CO"}), "B02")
    assert shown["1", "5"] == "Mường"


def test_activities_documents_and_cooperation_of_the_period() -> None:
    office = Office()
    for day in ("2025-12-14", "2026-01-05"):
        office.put("communication", title="Phát thanh", form="PHAT_THANH", topic=["1"], turns=100,
                   date_from=day, airtime_min=15, cost=200_000)  # fmt: skip
        office.put("document", number="1", date=day, issuer="UBND", kind="KE_HOACH", subject="x")
        office.put("cooperation", partner="Hội", scope="TRONG_NUOC", date_from=day,
                   date_to="2026-02-01", content="x", value=1_000)  # fmt: skip
        office.put("group_event", topic="Nhóm", date=day, commune="x", form="CLB", turns_total=20,
                   turns_female=12, turns_child=3)  # fmt: skip
        office.put("survey_inspection", title="Khảo sát", kind="KIEM_TRA", date_from=day,
                   unit_count=3, ethics_breaches=1)  # fmt: skip
        office.put("task_progress", task_no="6", work="Khảo sát", date=day, status="XONG")
    built = office.report("2026H1")
    assert [cell(built, "B09", "PHAT_THANH", c).value for c in "1245"] == [1, 100, 15, 200_000]
    assert [cell(built, "B09", "CLB", c, "II").value for c in "1234"] == [1, 20, 12, 3]
    assert [cell(built, "B10", "KE_HOACH", c).value for c in "123"] == [1, 1, 1]
    assert [cell(built, "B10", "KIEM_TRA", c, "II").value for c in "124"] == [1, 3, 1]
    assert [cell(built, "B10", "TRONG_NUOC", c, "III").value for c in "123"] == [1, 2, 1_000]
    assert [cell(built, "B10", "6", c, "IV").value for c in "12"] == [1, 1]


def test_referrals_in_and_out() -> None:
    office = Office()
    client = office.client("07")
    for direction, accepted in (("DI", "DA_NHAN"), ("DI", "CHO"), ("DEN", "TU_CHOI")):
        office.put("referral", client=client, direction=direction, date="2026-03-01",
                   accepted=accepted)  # fmt: skip
    shown = figures(office.report("2026H1"), "B06", "III")
    assert [shown["DI", str(n)] for n in range(1, 5)] == [2, 1, 0, 1]
    assert [shown["TONG", str(n)] for n in range(1, 5)] == [3, 1, 1, 1]
