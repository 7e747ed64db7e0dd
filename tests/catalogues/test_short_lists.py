"""The short lists that ship: provinces of personal numbers, peoples, salary, holidays."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from desktop.base.text import clean, fold

CATALOGUES = Path(__file__).parents[2] / "resources" / "catalogues"


def rows(name: str) -> list[dict[str, str]]:
    with (CATALOGUES / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_files_are_utf_8_nfc_with_line_feeds() -> None:
    for path in CATALOGUES.glob("*.csv"):
        text = path.read_bytes().decode("utf-8")
        assert "\r" not in text
        assert text.endswith("\n")
        assert clean(text) + "\n" == text, path


def test_province_codes_of_personal_numbers() -> None:
    codes = {row["code"]: row["name"] for row in rows("cccd_province_codes.csv")}
    assert len(codes) == 63
    assert codes["001"] == "Hà Nội"
    assert codes["035"] == "Hà Nam"
    assert codes["046"] == "Thừa Thiên Huế"
    assert codes["079"] == "Hồ Chí Minh"
    assert codes["096"] == "Cà Mau"
    assert all(code.startswith("0") and len(code) == 3 for code in codes)


def test_54_peoples_and_foreigners() -> None:
    peoples = rows("ethnic_groups.csv")
    assert [row["code"] for row in peoples] == [f"{number:02}" for number in range(1, 56)]
    by_code = {row["code"]: row["name"] for row in peoples}
    assert by_code["01"] == "Kinh"
    assert by_code["15"] == "Sán Chay"
    assert by_code["54"] == "Rơ-măm"
    assert by_code["55"] == "Người nước ngoài"


def test_a_name_or_other_name_means_one_people() -> None:
    meaning: dict[str, str] = {}
    for row in rows("ethnic_groups.csv"):
        for name in [row["name"], *filter(None, row["aliases"].split("|"))]:
            assert meaning.setdefault(fold(name).replace(" ", ""), row["code"]) == row["code"], name
    assert meaning["meo"] == meaning["h'mong"] == "08"
    assert meaning["caolan"] == "15"
    assert meaning["cadong"] == "14"
    assert meaning["khome"] == "05"


def test_base_salary_only_rises() -> None:
    steps = [(row["date_from"], int(row["amount"])) for row in rows("base_salary.csv")]
    assert steps == sorted(steps)
    assert [amount for _, amount in steps] == sorted({amount for _, amount in steps})
    assert ("2024-07-01", 2_340_000) in steps
    assert all(row["document"] and row["verified"] in "01" for row in rows("base_salary.csv"))


def test_holidays_are_those_of_the_law() -> None:
    holidays = rows("holidays.csv")
    days = [date.fromisoformat(row["date"]) for row in holidays]
    assert days == sorted(set(days))
    assert {day.year for day in days} == set(range(2021, 2028))
    for year in range(2021, 2028):
        of_year = {day for day in days if day.year == year}
        assert {date(year, 1, 1), date(year, 4, 30), date(year, 5, 1), date(year, 9, 2)} <= of_year
        assert (date(year, 11, 24) in of_year) == (year >= 2026)
        names = [row["name"] for row in holidays if row["date"].startswith(str(year))]
        assert sum(name == "Tết Nguyên đán" for name in names) == 5
        assert sum(name == "Giỗ Tổ Hùng Vương" for name in names) == 1


def test_a_holiday_on_a_weekend_gives_a_working_day_off_in_lieu() -> None:
    holidays = {date.fromisoformat(row["date"]): row["name"] for row in rows("holidays.csv")}
    for year in range(2021, 2028):
        of_year = {day: name for day, name in holidays.items() if day.year == year}
        lost = [day for day, name in of_year.items() if day.weekday() >= 5 and "(" not in name]
        in_lieu = [day for day, name in of_year.items() if name.endswith("(nghỉ bù)")]
        assert len(lost) == len(in_lieu), year
        assert all(day.weekday() < 5 for day in in_lieu)


def test_what_no_notice_confirms_is_marked() -> None:
    unverified = {row["date"] for row in rows("holidays.csv") if row["verified"] == "0"}
    assert unverified
    assert all(day.startswith("2027-") for day in unverified)
