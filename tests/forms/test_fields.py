"""What the registers ask for, when, and what they work out."""

from __future__ import annotations

import csv
import re
import sqlite3
import unicodedata
from datetime import datetime

import pytest

from desktop.schema import types
from desktop.schema.definition import Forms
from desktop.store.driver import Stored
from tests.forms.conftest import FORMS, Bench

ROOT = FORMS.parent
PERSON: dict[str, Stored] = {"kind": "CA_NHAN", "full_name": "Nguyễn Văn An", "sex": "NAM"}
KEYWORDS = {"today", "now", "office", "me"}

CODES = {
    "CAP": "TINH HUYEN XA",
    "VITRI": "CTV CT KCT CB CC VC NV TNV",
    "CHUCDANH": "V.09.04.01 V.09.04.02 V.09.04.03 KHAC",
    "TDCM": "CHUA SC TC CD DH THS TS",
    "LOAIDV": "CQ CSTGXH CSCN TRAIGIAM TGD TUPHAP TRUONGHOC BENHVIEN UBNDXA LQ",
    "CAT": " ".join([*(f"{n:02}" for n in range(1, 25)), "99"]),
    "CAT_SUB": " ".join(f"01-{n}" for n in range(1, 15)),
    "DANGTAT": "1 2 3 4 5 6",
    "MUCDO": "ĐBN N NHE CHUA_XD",
    "DV": "BVKC BVKC-TL BVKC-YT BVKC-KHAC TV THV TLY CSTT CSSK GDKN PNGUA GD NGHE SK PHAPLY "
    "THUTUC VATCHAT KETNOI QLTH PTCD HNHAP KHAC",
    "LINHVUC": "1 2 3 4 5 6 7 8",
    "CLOSE": "1 2 3 4 5 6 7 8 9 10 11 99",
    "NGUON": "NSTW NSĐP CTMT XHH NN KHAC",
    "KY": "H1 H2 NAM GIUA_KY GIAI_DOAN",
}
RESTRICTED = {
    "CAT": "08 09 13 14 15 16 17 18 19",
    "CAT_SUB": "01-5 01-6 01-7 01-11 01-12",
}


@pytest.mark.parametrize("name", sorted(CODES))
def test_codes_are_those_of_the_data_model(forms: Forms, name: str) -> None:
    assert [value.code for value in forms.lists[name].values] == CODES[name].split()


@pytest.mark.parametrize("name", sorted(RESTRICTED))
def test_groups_whose_members_are_kept_private(forms: Forms, name: str) -> None:
    found = [value.code for value in forms.lists[name].values if value.restricted]
    assert found == RESTRICTED[name].split()


def test_every_group_has_one_block_of_sheet_b06(forms: Forms) -> None:
    blocks = {"child", "elder", "disability", "poor", "hiv", "mental", "drug", "other"}
    for value in forms.lists["CAT"].values:
        assert len(blocks & set(value.tags)) == 1, value.code


def test_services_that_are_not_counted(forms: Forms) -> None:
    uncounted = {v.code for v in forms.lists["DV"].values if "counted" not in v.tags}
    assert uncounted == {"VATCHAT", "THUTUC"}


def test_ethnic_groups_are_the_official_ones(forms: Forms) -> None:
    with (ROOT / "resources" / "catalogues" / "ethnic_groups.csv").open(encoding="utf-8") as file:
        official = {line["code"]: line["name"] for line in csv.DictReader(file)}
    values = forms.lists["DANTOC"].values
    assert {value.code: value.label for value in values} == official
    assert {v.code for v in values if "minority" not in v.tags} == {"01", "55"}


def test_icons_exist(forms: Forms) -> None:
    icons = ROOT / "resources" / "icons"
    missing = {r.icon for r in forms.registers.values() if r.icon} - {
        path.stem for path in icons.glob("*.svg")
    }
    assert not missing


def test_defaults_and_examples_can_be_typed(forms: Forms) -> None:
    now = datetime(2026, 6, 14, 10, 0)
    for register in forms.registers.values():
        for one in register.fields:
            for text in (one.default, one.example):
                if text and text not in KEYWORDS:
                    assert types.parse(one, text, today=now, lists=forms.lists) is not None


def test_every_table_and_column_name_needs_no_quotes(forms: Forms) -> None:
    connection = sqlite3.connect(":memory:")
    for register in forms.registers.values():
        columns = [column for one in register.fields for column in one.columns]
        connection.execute(f"CREATE TABLE {register.name} ({', '.join(columns)})")
        listed = ", ".join(f"{register.name}.{column}, {column}" for column in columns)
        connection.execute(f"SELECT {listed} FROM {register.name}")
    connection.close()


def test_every_word_on_screen_is_in_both_languages_and_nfc(forms: Forms) -> None:
    for register in forms.registers.values():
        titles = [(register.title, register.title_en)]
        titles += [(section.title, section.title_en) for section in register.sections]
        for pair in [*titles, *((one.label, one.label_en) for one in register.fields)]:
            assert all(pair), register.name
        for one in register.fields:
            assert unicodedata.is_normalized("NFC", one.label + one.help)
    for rule in forms.rules:
        assert rule.message.endswith(".")
        assert not re.search(r"\b[a-z]+_[a-z_]+\b(?!\})", re.sub(r"\{\w+\}", "", rule.message))


def test_registers_in_the_sidebar(forms: Forms) -> None:
    groups: dict[str, list[str]] = {}
    for register in sorted(forms.registers.values(), key=lambda r: r.order):
        assert bool(register.parent) != bool(register.group), register.name
        if register.group:
            groups.setdefault(register.group, []).append(register.name)
    assert groups["Con người"] == ["worker", "client", "household"]
    assert groups["Ca và dịch vụ"] == [
        "intake", "case_record", "assessment", "plan", "service_event", "referral", "review",
        "group_event",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("born", "required"),
    [
        ({"birth_year": 1948}, {"personal_no", "marital"}),
        ({"birth_year": 2012, "birth_month": 6, "birth_day": 14}, {"personal_no"}),
        ({"birth_year": 2018}, {"education", "guardian_name"}),
        ({"birth_year": 2024}, {"guardian_name"}),
    ],
)
def test_what_is_asked_by_age(bench: Bench, born: dict[str, Stored], required: set[str]) -> None:
    by_age = {"personal_no", "marital", "education", "guardian_name"}
    row = bench.state("client", PERSON | born).row
    found = row.required & by_age
    if born["birth_year"] == 2012:  # 14 today: still a child, already in need of a number
        required = required | {"education", "guardian_name"}
    assert found == required


def test_reason_stands_for_the_number(bench: Bench) -> None:
    row = bench.state("client", PERSON | {"birth_year": 1948, "no_id_reason": "CHUA_CAP"}).row
    assert "personal_no" not in row.required
    row = bench.state("client", PERSON | {"birth_year": 1948, "personal_no": "035048000777"}).row
    assert "no_id_reason" not in row.visible


def test_groups_are_not_asked_what_persons_are(bench: Bench) -> None:
    row = bench.state("client", {"kind": "CONG_DONG", "full_name": "Tổ dân phố 4"}).row
    assert not row.visible & {"sex", "birth", "personal_no", "marital", "household"}
    assert row.required == {"kind", "full_name", "current_unit"}


@pytest.mark.parametrize(
    ("category", "restricted"),
    [
        ({"category": "09"}, True),
        ({"category": "09", "date_to": "2020-01-01"}, True),
        ({"category": "01", "sub": "01-11"}, True),
        ({"category": "01", "sub": "01-1"}, False),
        ({"category": "10"}, False),
    ],
)
def test_restricted_by_group(bench: Bench, category: dict[str, Stored], restricted: bool) -> None:
    state = bench.state("client", dict(PERSON), {"client_category": [category]})
    assert state.row.values["restricted"] == int(restricted)
    assert state.restricted is restricted


def test_main_group_is_the_one_in_force(bench: Bench) -> None:
    rows: list[dict[str, Stored]] = [
        {"category": "10", "is_main": 1, "date_from": "2026-02-01", "date_to": "2026-03-01"},
        {"category": "20", "is_main": 1, "date_from": "2025-01-01"},
        {"category": "24", "is_main": 0, "date_from": "2026-05-01"},
    ]
    state = bench.state("client", dict(PERSON), {"client_category": rows})
    assert state.row.values["main_category"] == "20"


@pytest.mark.parametrize(
    ("change", "qualified"),
    [
        ({}, 1),
        ({"education": "SC", "sw_cert": 1}, 0),
        ({"study_field": "KHAC"}, 0),
        ({"clean_record": "CHUA_XAC_NHAN"}, 0),
        ({"clean_record": None}, 0),
        ({"sw_cert": 1, "education": "TC"}, 1),
    ],
)
def test_standard_of_collaborators(bench: Bench, change: dict[str, Stored], qualified: int) -> None:
    """Thông tư 07/2013/TT-BLĐTBXH, Art. 4, without the contract."""
    worker: dict[str, Stored] = {
        "full_name": "Lê Văn Ba", "education": "DH", "study_field": "CTXH",
        "clean_record": "CO_XAC_NHAN",
    }  # fmt: skip
    assert bench.state("worker", worker | change).row.values["qualified"] == qualified


def test_collaborators_need_more(bench: Bench) -> None:
    post: dict[str, Stored] = {"post_kind": "CTV"}
    state = bench.state("worker", {"full_name": "Lê Văn Ba"}, {"assignment": [post]})
    (row,) = state.children["assignment"].values()
    assert {"commune", "allowance_monthly"} <= row.required
    assert "clean_record" in state.row.required


def test_money_spent_is_the_sum_of_the_payments(bench: Bench) -> None:
    rows: list[dict[str, Stored]] = [{"amount": 2_000_000}, {"amount": 500_000}]
    assert bench.state("funding", {}, {"expenditure": rows}).row.values["spent"] == 2_500_000
    assert bench.state("funding", {}).row.values["spent"] == 0


def test_service_needs_a_client_or_an_event_and_somebody_who_gave_it(bench: Bench) -> None:
    empty = bench.state("service_event", {}).row
    assert {"client", "provider_worker", "provider_org", "fund_source"} <= empty.required
    full = bench.state("service_event", {"group_event": "g", "provider_org": "o1"}).row
    assert not full.required & {"client", "provider_worker"}
