"""Cases for the rules on cases and services, organisations, activities, money and figures."""

from __future__ import annotations

from tests.forms.office import HA_NAM, NINH_BINH, QUANG_TRUNG, StoredRow
from tests.forms.rule_case import Case, FigureCase, Row, child, record

SERVICE: Row = {
    "client": "c1", "case_record": "k1", "plan": "p1", "date": "2026-02-01", "service": "TV",
    "fund_source": "NSĐP", "provider_worker": "w1",
}  # fmt: skip
CLOSED: Row = {
    "client": "c1", "opened": "2026-01-10", "status": "KET_THUC", "closed": "2026-05-01",
    "close_reason": "1", "close_result": "DAT", "intake": "i1",
}  # fmt: skip
OPEN: Row = {"client": "c1", "opened": "2026-01-10", "status": "MO", "intake": "i1"}
URGENT: Row = {
    "received_at": "2026-06-10T08:00", "urgency": "KHAN_CAP", "action_at": "2026-06-10T20:00",
}  # fmt: skip
REFERRAL: Row = {
    "client": "c1", "case_record": "k1", "direction": "DI", "date": "2026-02-01",
}  # fmt: skip
SHARE: Row = {
    "indicator": "G2-4", "title": "Nhân sự được đào tạo", "numerator": 4, "denominator": 10,
    "value": 40.0, "unit": "%",
}  # fmt: skip


def service(change: Row) -> Case:
    return record("service_event", SERVICE, change)


def collaborators(count: int) -> list[StoredRow]:
    """So many collaborators of phường Hà Nam."""
    rows: list[StoredRow] = []
    for number in range(count):
        rows.append(("worker", {"id": f"x{number}", "full_name": "Phạm Thị Lan"}))
        rows.append(
            (
                "assignment",
                {
                    "id": f"y{number}", "worker": f"x{number}", "post_kind": "CTV",
                    "commune": HA_NAM, "date_from": "2025-07-01",
                },
            )
        )  # fmt: skip
    return rows


def visit(register: str, day: str) -> StoredRow:
    return register, {"id": "z1", "case_record": "this", "date": day}


def own_office(passing: int, broken: int) -> Case:
    return record(
        "office",
        {"unit": HA_NAM, "valid_from": "2025-07-01"},
        beside=collaborators(passing),
        beside_broken=collaborators(broken),
    )


def figure(change: Row) -> FigureCase:
    return FigureCase("figure", SHARE, SHARE | change)


PROJECT: Row = {"commune": HA_NAM, "date_from": "2026-01-01", "date_to": "2026-12-31"}
OLD_DAYS: Row = {"date_from": "2024-01-01", "date_to": "2024-12-31"}

WORK: dict[str, Case] = {
    "V20f": record(
        "organization", {"unit": HA_NAM}, {"unit": QUANG_TRUNG, "created_at": "2026-01-01T08:00"}
    ),
    "V20g": record(
        "organization", {"unit": HA_NAM}, {"unit": QUANG_TRUNG, "created_at": "2025-06-01T08:00"}
    ),
    "V20j": record("model_project", PROJECT, OLD_DAYS),
    "V20k": record("group_event", {"commune": HA_NAM, "date": "2026-03-01"},
                   {"commune": QUANG_TRUNG}),
    "V20l": record("communication", {"place": NINH_BINH, "date_from": "2025-08-01"},
                   {"date_from": "2025-06-30"}),
    "V20m": record("office", {"unit": HA_NAM, "valid_from": "2025-07-01"}, {"unit": QUANG_TRUNG}),
    "V20n": record("hamlet", {"commune": HA_NAM}, {"commune": QUANG_TRUNG}),
    "V22a": record("case_record", OPEN, {"opened": "2026-01-07"}),
    "V22b": record("assessment", {"case_record": "k1", "date": "2026-01-10"},
                   {"date": "2026-01-09"}),
    "V22c": record("plan", {"case_record": "k1", "date": "2026-01-12"}, {"date": "2026-01-11"}),
    "V22d": service({"date": "2026-01-14"}),
    "V22e": record("case_record", CLOSED, {"closed": "2026-01-09"}),
    "V22f": record("assessment", {"case_record": "k2", "date": "2026-03-01"},
                   {"date": "2026-03-02"}),
    "V22g": record("plan", {"case_record": "k2", "date": "2026-03-01"}, {"date": "2026-03-02"}),
    "V22h": record("review", {"case_record": "k2", "date": "2026-03-01"}, {"date": "2025-12-19"}),
    "V22i": record("plan", {"date": "2026-01-15", "approved_on": "2026-01-15"},
                   {"approved_on": "2026-01-14"}),
    "V22j": service({"date": "2026-01-19"}),
    "V23a": record("intake", URGENT, {"action_at": None}),
    "V23b": record("intake", URGENT, {"action_at": "2026-06-10T21:00"}),
    "V24a": service({"case_record": "k2", "date": "2026-03-02"}),
    "V24b": service({"client": "c2"}),
    "V24c": record("referral", REFERRAL, {"client": "c2"}),
    "V25": record(
        "case_record",
        OPEN,
        beside=[visit("review", "2026-03-16")],
        beside_broken=[visit("service_event", "2026-03-15")],
    ),
    "V26a": record("case_record", CLOSED, {"closed": None}),
    "V26b": record("case_record", CLOSED, {"close_reason": None}),
    "V26c": record("case_record", CLOSED, {"close_result": None}),
    "V26d": record("case_record", CLOSED | {"client": "c2", "closed": "2026-03-10"},
                   {"closed": "2026-03-11"}),
    "V26e": record("case_record", OPEN, {"client": "c2"}),
    "V26f": record("case_record", CLOSED | {"client": "c2", "close_reason": "8"},
                   {"client": "c1"}),
    "V27": record("referral", REFERRAL, {"date": "2026-01-04"}),
    "V30a": own_office(1, 0),
    "V30b": own_office(2, 3),
    "V31a": record("training", {"date_from": "2026-05-01", "date_to": "2026-05-01"},
                   {"date_to": "2026-04-30"}),
    "V31b": child(
        "training",
        "training_participant",
        {"worker": "w1", "completed": 1},
        of={"date_from": "2026-06-01", "date_to": "2026-06-14"},
        of_change={"date_to": "2026-06-15"},
    ),
    "V32a": record("group_event", {"turns_total": 30, "turns_female": 30}, {"turns_female": 31}),
    "V32b": record("group_event", {"turns_total": 30, "turns_child": 5}, {"turns_child": 31}),
    "V32d": record("organization", {"capacity": 50, "residents": 50}, {"residents": 51}),
    "V33a": record("funding", {"allocated": 100, "spent": 100}, {"spent": 101}),
    "V33b": record("funding", {"planned": 100, "allocated": 100}, {"allocated": 101}),
    "V37a": figure({"numerator": 11}),
    "V37b": figure({"value": 100.1}),
    "V43": record("organization", {"in_plan": 1, "provides_service": 1}, {"in_plan": 0}),
    "V44": service({"fund_source": None}),
    "V59": record("organization", {"code": "UB02"}, {"code": "UB01"}),
}  # fmt: skip
