"""Cases for the rules on workers, households, clients and their child rows."""

from __future__ import annotations

from tests.forms.office import DUY_TIEN, HA_NAM, PERSON_NO, QUANG_TRUNG, WORKER_NO
from tests.forms.rule_case import Case, Row, child, record

NGUYEN_VAN_AN: Row = {
    "kind": "CA_NHAN", "full_name": "Nguyễn Văn An", "sex": "NAM", "birth_year": 1948,
    "personal_no": "035048000777", "current_unit": HA_NAM,
}  # fmt: skip
LE_VAN_BA: Row = {
    "full_name": "Lê Văn Ba", "sex": "NAM", "birth_year": 1980, "personal_no": "035080000777",
    "education": "DH", "study_field": "CTXH",
}  # fmt: skip
CHILD: Row = {"birth_year": 2014, "birth_month": 6, "birth_day": 15}
MAIN: Row = {"category": "10", "is_main": 1, "date_from": "2026-01-01"}


def client(change: Row, **more: object) -> Case:
    return record("client", NGUYEN_VAN_AN, change, **more)  # type: ignore[arg-type]


def client_with(kept: Row, change: Row) -> Case:
    return record("client", NGUYEN_VAN_AN | kept, change)


def worker(kept: Row, change: Row) -> Case:
    return record("worker", LE_VAN_BA | kept, change)


def category(passing: Row, change: Row | None = None, **more: object) -> Case:
    return child("client", "client_category", passing, change, **more)  # type: ignore[arg-type]


def benefit(kind: str, born: int, born_wrong: int) -> Case:
    row: Row = {"kind": kind, "date_from": "2024-08-01", "date_to": "2024-12-31"}
    return child(
        "client", "benefit", row, of={"birth_year": born}, of_change={"birth_year": born_wrong}
    )


def assignment(passing: Row, change: Row, **more: object) -> Case:
    base: Row = {
        "organization": "o1", "post_kind": "CTV", "commune": HA_NAM,
        "full_time": "CHUYEN_TRACH", "date_from": "2025-07-01",
    }  # fmt: skip
    return child("worker", "assignment", base | passing, change, **more)  # type: ignore[arg-type]


MERGED: Row = {"origin": "KE_THUA_SAP_NHAP"}

PEOPLE: dict[str, Case] = {
    "V02": client({"personal_no": "03504800077"}),
    "V02b": worker({}, {"personal_no": "0350800007A7"}),
    "V02c": client({"personal_no": "000000000000"}),
    "V02d": worker({}, {"personal_no": "123456789012"}),
    "V03": client({"personal_no": "035148000777"}),
    "V03b": worker({}, {"personal_no": "035280000777"}),
    "V04": client({"personal_no": "035047000777"}),
    "V04b": worker({}, {"birth_year": 1981}),
    "V05": client({"personal_no": "003048000777"}),
    "V05b": worker({}, {"personal_no": "999080000777"}),
    "V06a": client_with({"old_id_no": "168123456"}, {"old_id_no": "16812345"}),
    "V06b": client_with({"old_id_no": "168123456"}, {"personal_no": None}),
    "V06c": worker({"old_id_no": "168123456"}, {"old_id_no": "16812345X"}),
    "V06d": worker({"old_id_no": "168123456"}, {"personal_no": None}),
    "V06e": client_with({"old_id_no": "168123456"}, {"old_id_no": "123456789"}),
    "V06f": worker({"old_id_no": "168123456"}, {"old_id_no": "111111111"}),
    "V07a": client_with({"bhxh": "3512345678"}, {"bhxh": "35123456789"}),
    "V07b": client_with({"bhyt": "HN4353512345678"}, {"bhyt": "HN9353512345678"}),
    "V07c": client_with({"bhxh": "3512345678"}, {"bhxh": "0123456789"}),
    "V07d": client_with({"bhyt": "HN4353512345678"}, {"bhyt": "HN4350000000000"}),
    "V08": client_with({"bhxh": "3512345678", "bhyt": "HN4353512345678"}, {"bhxh": "3512345679"}),
    "V11a": category(
        {"category": "01", "date_from": "2026-01-01"},
        of=CHILD,
        of_change={"birth_year": 2010, "birth_month": 1, "birth_day": 1},
    ),
    "V11b": category(
        {"category": "04", "date_from": "2026-01-01"},
        of=CHILD,
        of_change={"birth_year": 2010, "birth_month": 6, "birth_day": 14},
    ),
    "V12": category(
        {"category": "05", "date_from": "2026-01-01"},
        of={"birth_year": 1966},
        of_change={"birth_year": 1966, "birth_month": 1, "birth_day": 2},
    ),
    "V13a": benefit("ND20-1", 2008, 2007),
    "V13b": benefit("ND20-2", 2008, 2000),
    "V13c": benefit("ND20-5C", 1944, 1945),
    "V13d": benefit("ND20-7", 2021, 2020),
    "V13e": child(
        "client",
        "benefit",
        {"kind": "ND20-5C", "date_from": "2022-01-01", "date_to": "2025-06-30"},
        {"date_to": None},
    ),
    "V14": category(
        {"category": "01", "sub": "01-4", "date_from": "2026-01-01"},
        rows={"disability": [{"level": "N", "types": '["1"]'}]},
        rows_broken={},
    ),
    "V15": category(
        {"category": "01", "sub": "01-13", "date_from": "2026-01-01"},
        {"date_from": "2025-01-01"},
        of={"household": "hh1"},
    ),
    "V16": record(
        "client",
        NGUYEN_VAN_AN | {"restricted": 1, "keeper": "w1"},
        {"keeper": None},
        rows={"client_category": [MAIN | {"category": "09"}]},
    ),
    "V17": client({"personal_no": PERSON_NO}),
    "V17b": worker({}, {"personal_no": WORKER_NO}),
    "V17c": record(
        "client",
        NGUYEN_VAN_AN | {"old_id_no": "168123456"},
        {"old_id_no": "168123457"},
        beside=[("client", {"id": "c9", "full_name": "Lê Tư", "old_id_no": "168123457"})],
    ),
    "V17d": record(
        "worker",
        LE_VAN_BA | {"old_id_no": "168123456"},
        {"old_id_no": "168123457"},
        beside=[("worker", {"id": "w9", "full_name": "Lê Tư", "old_id_no": "168123457"})],
    ),
    "V18": client({"full_name": "Nguyen Thi Hoa"}),
    "V19": client({"personal_no": WORKER_NO}),
    "V19b": worker({}, {"personal_no": PERSON_NO}),
    "V20a": client({"current_unit": QUANG_TRUNG}),
    "V20b": client({"current_unit": QUANG_TRUNG, "created_at": "2025-03-01T08:00"}),
    "V20c": client_with({"former_unit": QUANG_TRUNG}, {"current_unit": DUY_TIEN}),
    "V20d": record("household", {"commune": HA_NAM}, {"commune": QUANG_TRUNG}),
    "V20e": record("household", {"commune": HA_NAM}, {"commune": QUANG_TRUNG, **MERGED}),
    "V20h": assignment({}, {"commune": QUANG_TRUNG}),
    "V20i": assignment({}, {"commune": QUANG_TRUNG, "date_from": "2023-01-01"}),
    "V20o": child(
        "client",
        "client_address_history",
        {"unit": HA_NAM, "date_from": "2025-07-01", "date_to": "2025-12-31"},
        {"unit": QUANG_TRUNG},
    ),
    "V21a": record(
        "client",
        NGUYEN_VAN_AN,
        rows={"client_category": [MAIN]},
        rows_broken={"client_category": [MAIN, MAIN | {"category": "20"}]},
    ),
    "V21b": category(
        {"category": "20", "date_from": "2026-01-01"},
        {"category": "10"},
        rows={"client_category": [MAIN]},
    ),
    "V21c": record("client", NGUYEN_VAN_AN, rows={"client_category": [MAIN]}, rows_broken={}),
    "V28": assignment(
        {"date_to": "2025-12-31"},
        {"date_to": None},
        rows={
            "assignment": [
                {"full_time": "CHUYEN_TRACH", "date_from": "2026-01-01", "post_kind": "VC"}
            ]
        },
    ),
    "V29": assignment({"allowance_monthly": 2_340_000}, {"allowance_monthly": 2_339_999}),
    "V32c": record("household", {"members": 4, "dependants": 2}, {"dependants": 5}),
    "V51a": worker({}, {"full_name": "Lê Văn Ba 2"}),
    "V51b": worker({}, {"full_name": "Ba"}),
    "V52a": worker({}, {"birth_year": 2010, "birth_month": 6, "birth_day": 15}),
    "V52b": worker({}, {"birth_year": 1949}),
    "V53a": worker({"degree_year": 2002}, {"degree_year": 1995}),
    "V53b": worker({"degree_year": 2002}, {"degree_year": 2027}),
    "V54": worker({"practice_cert_date": "2025-02-01"}, {"practice_cert_date": "2024-10-14"}),
    "V55": assignment({"salary_coefficient": 2.34}, {"salary_coefficient": 23.4}),
    "V56": record("household", {"members": 15}, {"members": 16}),
    "V57": client({"birth_year": 1914}),
    "V58a": client_with({"death_date": "2026-05-01"}, {"death_date": "1947-12-31"}),
    "V58b": client_with({"missing_date": "2026-05-01"}, {"missing_date": "1947-12-31"}),
    "V58c": client_with({"moved_date": "2026-05-01"}, {"moved_date": "1947-12-31"}),
}
