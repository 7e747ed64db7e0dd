"""The stored rows that rules read: invented people of phường Hà Nam, tỉnh Ninh Bình.

The day is 14/06/2026. Ids say what they are: `c1` a client, `w1` a worker, `k1` a case.
"""

from __future__ import annotations

from desktop.store.driver import Stored

StoredRow = tuple[str, dict[str, Stored]]

HA_NAM = "XA.13366.20250701"
PHU_LY = "XA.13285.20250701"
DUY_TIEN = "XA.13324.20250701"
QUANG_TRUNG = "XA.13285."
NINH_BINH = "TINH.37.20250701"

PERSON_NO = "035148000123"
"""Of `c1`: a woman born in 1948."""
WORKER_NO = "035180000456"
"""Of `w1`: a woman born in 1980."""


def unit(id: str, name: str, valid_from: str | None, valid_to: str | None) -> StoredRow:
    level, code, _ = id.split(".")
    values = {"id": id, "level": level, "code": code, "name": name}
    return "admin_unit", {**values, "valid_from": valid_from, "valid_to": valid_to}


def moved(old: str, new: str) -> StoredRow:
    return "admin_unit_successor", {
        "id": f"{old}-{new}", "old_unit": old, "new_unit": new, "kind": "PARTIAL",
        "people": "PART", "effective": "2025-07-01",
    }  # fmt: skip


OFFICE: tuple[StoredRow, ...] = (
    unit(NINH_BINH, "Tỉnh Ninh Bình", "2025-07-01", None),
    unit(HA_NAM, "Phường Hà Nam", "2025-07-01", None),
    unit(PHU_LY, "Phường Phủ Lý", "2025-07-01", None),
    unit(DUY_TIEN, "Phường Duy Tiên", "2025-07-01", None),
    unit(QUANG_TRUNG, "Phường Quang Trung", None, "2025-06-30"),
    moved(QUANG_TRUNG, HA_NAM),
    moved(QUANG_TRUNG, PHU_LY),
    ("hamlet", {"id": "h1", "name": "Tổ dân phố 4", "commune": HA_NAM}),
    ("base_salary", {"id": "b1", "date_from": "2023-07-01", "amount": 1_800_000}),
    ("base_salary", {"id": "b2", "date_from": "2024-07-01", "amount": 2_340_000}),
    ("office", {"id": "f1", "unit": HA_NAM, "valid_from": "2025-07-01"}),
    ("organization", {"id": "o1", "name": "UBND phường Hà Nam", "code": "UB01"}),
    ("worker", {"id": "w1", "full_name": "Lê Thị Mai", "personal_no": WORKER_NO}),
    ("household", {"id": "hh1", "head_name": "Nguyễn Văn Tư"}),
    ("household_poverty", {"id": "hp1", "household": "hh1", "year": 2026, "status": "NGHEO"}),
    (
        "client",
        {
            "id": "c1", "kind": "CA_NHAN", "full_name": "Nguyễn Thị Hoà", "sex": "NU",
            "birth_year": 1948, "personal_no": PERSON_NO, "current_unit": HA_NAM, "hamlet": "h1",
        },
    ),
    ("client", {"id": "c2", "kind": "CA_NHAN", "full_name": "Trần Văn Bình", "birth_year": 1950,
                "death_date": "2026-03-10"}),
    ("consent", {"id": "cs1", "client": "c1", "date": "2026-01-05", "given_by": "BAN_THAN",
                 "scope": '["CHUYEN_TUYEN", "LAP_HO_SO"]'}),
    ("intake", {"id": "i1", "client": "c1", "received_at": "2026-01-08T09:00"}),
    ("case_record", {"id": "k1", "client": "c1", "opened": "2026-01-10", "status": "MO"}),
    ("case_record", {"id": "k2", "client": "c1", "opened": "2025-12-20", "status": "KET_THUC",
                     "closed": "2026-03-01"}),
    ("assessment", {"id": "a1", "case_record": "k1", "date": "2026-01-12"}),
    ("plan", {"id": "p1", "case_record": "k1", "date": "2026-01-15", "approved_on": "2026-01-20"}),
)  # fmt: skip
