"""The report as a whole: sheets, cover, words, fingerprint, nothing private in it."""

from __future__ import annotations

import re

import pytest

from desktop.base.errors import UserError
from desktop.report.sheet import Mark, Style
from tests.report.office import UNIT, Office, figures, forms, part_of, reports
from tests.report.random_office import Draw

SHEETS = ["00", *(f"B{number:02}" for number in range(1, 14))]


def test_every_sheet_in_its_order_and_every_row_complete() -> None:
    built = Draw(1).office.report("2026H1", outgoing=True)
    assert [sheet.code for sheet in built.report.sheets] == SHEETS
    for sheet in built.report.sheets:
        assert len(sheet.name) <= 31
        for part in sheet.parts:
            codes = [row.code for row in part.rows]
            assert len(codes) == len(set(codes)), (sheet.code, part.code)
            for row in part.rows:
                assert set(row.cells) == {column.code for column in part.columns}


def test_columns_of_the_forms_are_those_of_the_design() -> None:
    built = Office().report("2026H1")
    wanted = {
        "B01": "A B C D 1 2 3 4 5 6 7 8 9",
        "B02": "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17",
        "B03": "A B C 1 2 3 4 5 6 7 8 9 10 11 12 13",
        "B04": "A B C 1 2 3 4 5 6 7 8 9",
        "B05": "A B C 1 2 3 4 5 6 7 8 9 10 11 12 13",
        "B06": "A B C 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15",
        "B07": "A B C 1 2 3 4 5 6 7 8",
        "B08": "A B C 1 2 3 4 5 6 7",
        "B11": "A B C 1 2 3 4",
        "B12": "A B C D 1 2 3 4 5 6 7 8 9 10 11 12",
    }
    for sheet, codes in wanted.items():
        assert [column.code for column in part_of(built, sheet).columns] == codes.split(), sheet
    outside = [column.code for column in part_of(Office().report(outgoing=True), "B06").columns]
    assert " ".join(outside) == "A B C 1 2 3 4 5 6 7 8 HC 12 13 14 15"


def test_rows_of_the_forms() -> None:
    built = Office().report("2026H1", outgoing=True)

    def rows(sheet: str, part: str = "I") -> list[str]:
        return [row.code for row in part_of(built, sheet, part).rows]

    assert rows("B03") == [*(value.code for value in forms().lists["LOAIDV"].values), "TONG"]
    assert rows("B03", "II") == ["13366", "TONG"]
    assert rows("B05")[0] == "TONG"
    assert rows("B05")[-1] == "HC"
    assert not {"08", "09", "13", "19"} & set(rows("B05"))
    assert rows("B07") == ["MO_COI", "BO_ROI", "HIV", "CDHH", "KT", "THIEN_TAI", "TONG"]
    assert len([code for code in rows("B11") if "-" in code]) == 8 * 6
    assert {"DAU_KY", "MO_MOI", "KET_THUC", "KT-1", "KT-99", "CUOI_KY"} <= set(rows("B06", "II"))
    assert rows("B02", "II")[:2] == ["TONG", "NAM"]
    assert rows("B02", "II")[-2:] == ["GOC", "TANG"]


def test_the_cover_says_who_when_and_how() -> None:
    office = Office()
    office.put("holiday", date="2026-06-15", name="Nghỉ")
    built = office.report("2026H1", {"A4": "2"})
    shown = figures(built, "00")
    assert shown["DON_VI", "1"] == "Phường Hà Nam"
    assert shown["MA_DVHC", "1"] == "13366"
    assert shown["TU_NGAY", "1"] == "15/12/2025"
    assert shown["DEN_NGAY", "1"] == "14/06/2026"
    assert shown["HAN_GUI", "1"] == "17/06/2026"
    assert shown["MA_KY", "1"] == "2026H1 (202606)"
    assert shown["CD_A4", "1"] == "02 người"
    assert shown["MA_BAM", "1"] == built.digest
    assert built.report.manifest["digest"] == built.digest
    assert built.report.manifest["setting_A4"] == "2"


def test_the_fingerprint_changes_with_any_figure_and_with_nothing_else() -> None:
    office = Office()
    first = office.report("2026H1").digest
    assert office.report("2026H1").digest == first
    assert re.fullmatch(r"[0-9a-f]{64}", first)
    office.client("05", birth_year=1950)
    assert office.report("2026H1").digest != first


def test_words_of_the_officer_under_their_headings() -> None:
    office = Office()
    for heading, text in (("I.1", "Đã làm"), ("I.1", "Làm tiếp"), ("I.2.b", "Thêm hai cơ sở")):
        office.put("narrative", period="2026H1", heading=heading, text=text)
    office.put("narrative", period="2025H2", heading="II", text="Kỳ khác")
    built = office.report("2026H1")
    sheet = next(sheet for sheet in built.report.sheets if sheet.code == "B13")
    said = {block.heading: block.text for block in sheet.texts}
    assert said["I.1. Kết quả thực hiện các chỉ tiêu"] == "Đã làm\nLàm tiếp"
    assert said["I.2.b. Phát triển mạng lưới cơ sở và đội ngũ"] == "Thêm hai cơ sở"
    assert said["II. Tồn tại, hạn chế và nguyên nhân"] == ""
    assert not any(heading.startswith("I.2.c") for heading in said)


def test_list_of_collaborators() -> None:
    office = Office()
    office.put("base_salary", date_from="2024-07-01", amount=2_340_000)
    organization = office.organization(short_name="UBND P. Hà Nam")
    worker = office.worker(
        full_name="Trần Thị Bích Ngọc", sex="NU", birth_year=1990, birth_month=5,
        personal_no="035190000001", phone="0912345678", address="Số 1 đường Lê Lợi",
    )  # fmt: skip
    office.assign(
        worker, organization, allowance_monthly=2_340_000, contract_no="01/HĐ",
        date_from="2025-01-02", title_code="V.09.04.03", salary_coefficient=2.34,
    )  # fmt: skip
    office.course("2026-02-02", worker)
    built = office.report("2026H1")
    row = part_of(built, "B02").rows[0]
    shown = {code: cell.shown for code, cell in row.cells.items()}
    assert shown == {
        "1": 1, "2": "Trần Thị Bích Ngọc", "3": None, "4": "1990", "5": None,
        "6": "UBND P. Hà Nam", "7": "Cộng tác viên", "8": "V.09.04.03", "9": 2.34,
        "10": "Đại học – Công tác xã hội", "11": "Có", "12": shown["12"], "13": "01/HĐ",
        "14": 2_340_000, "15": "Đạt", "16": "Có", "17": None,
    }  # fmt: skip
    assert str(shown["12"]) == "2025-01-02"
    assert row.cells["8"].style is row.cells["13"].style is Style.CODE
    footer = figures(built, "B02", "II")
    counted = {code: footer[code, "1"] for code in ("TONG", "NAM", "NU", "DU_TC", "PHU_CAP")}
    assert counted == {"TONG": 1, "NAM": 0, "NU": 1, "DU_TC": 1, "PHU_CAP": 1}
    assert footer["TAP_HUAN", "1"] == 1
    assert footer["X-13366", "1"] == 1
    assert footer["GOC", "1"] == str(Mark.UNKNOWN)


def test_no_client_leaves_with_the_report() -> None:
    office = Office()
    client = office.client(
        "07", full_name="Phạm Thị Riêng Tư", personal_no="035190000002", phone="0987654321",
        current_address="Ngõ 9 phố Kín",
    )  # fmt: skip
    office.service(client, "2026-02-01", detail="Chuyện riêng")
    office.assign(
        office.worker(personal_no="035190000003", phone="0911111111", address="Số 2 Lê Lợi"),
        office.organization(),
    )
    for outgoing in (True, False):
        text = repr(office.report("2026H1", outgoing=outgoing))
        for private in ("Riêng Tư", "035190000002", "0987654321", "phố Kín", "Chuyện riêng",
                        "035190000003", "0911111111", "Lê Lợi"):  # fmt: skip
            assert private not in text


def test_a_choice_that_is_not_offered_is_refused() -> None:
    with pytest.raises(UserError, match="01 đến 02"):
        Office().report("2026H1", {"A4": "3"})


def test_a_code_that_left_its_list_keeps_its_figure() -> None:
    office = Office()
    office.put("communication", title="Cũ", form="LOA_CU", topic=["1"], date_from="2026-02-01")
    shown = figures(office.report("2026H1"), "B09")
    assert shown["LOA_CU", "1"] == 1
    assert shown["TONG", "1"] == 1


def test_codes_are_listed_as_they_stand_at_export() -> None:
    built = Office().report("2026H1")
    lines = {(line.list, line.code): line for line in built.report.lists}
    assert lines["CAT", "09"].label == "Người nhiễm HIV/AIDS"
    assert lines["CHEDO", "HUU_TRI_XH"].valid_from == "2025-07-01"


def test_every_kind_of_period_can_be_reported() -> None:
    office = Draw(2, clients=15).office
    for code in ("2026H1", "2026H2", "2026", "2026-2028", "2021-2025", "2016-2020", "2015H1"):
        for calendar in ("ND09", "THONG_KE"):
            built = office.report(code, calendar=calendar, outgoing=True)
            assert built.report.period == code
    assert UNIT.code == "13366"
    assert len(reports().sheets) == len(SHEETS)
