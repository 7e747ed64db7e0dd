"""Cases of invented clients from intake to closing, one step after the other in time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from desktop.service.invented.chance import Item, Weighted, day_between, stream
from desktop.service.invented.groups import SERVICES, needs_of
from desktop.service.invented.people import written
from desktop.service.invented.world import Client, World

SHARE = 0.06
"""Clients with a case."""
_SILENT_DAYS = 80
"""An open case is looked at again within so many days (rule V25 asks after 90)."""
_CHANNEL = Weighted({"TRUC_TIEP": 50, "DIEN_THOAI": 20, "PHAT_HIEN": 25, "TONG_DAI_111": 5})
_REPORTER = Weighted({"BAN_THAN": 35, "GIA_DINH": 30, "HANG_XOM": 15, "CTV": 20})
_REASON = Weighted({"1": 70, "2": 10, "7": 10, "11": 5, "99": 5})
_RESULT = Weighted({"DAT": 70, "MOT_PHAN": 25, "KHONG_DAT": 5})
_PROBLEM = {
    "child": "HOC_TAP", "old": "SUC_KHOE", "disabled": "SUC_KHOE", "poor": "DOI_SONG",
    "hidden": "HOA_NHAP",
}  # fmt: skip
_DOMAIN = {"child": "3", "old": "2", "disabled": "2", "poor": "1", "hidden": "6"}


@dataclass(slots=True)
class Case:
    """The steps of one case; a step that has not come yet is None."""

    client: Client
    manager: str
    opened: date
    closed: date | None
    assessed: date | None
    planned: date | None
    approved: date | None
    reviews: list[date] = field(default_factory=list)
    by_intake: bool = False
    urgent: bool = False
    intake: str | None = None
    id: str = ""


def put_casework(world: World) -> list[Case]:
    """Intakes, cases, assessments, plans, reviews and referrals; returns the cases."""
    chance = stream(world.seed, "cases")
    cases = list(_draw(world, chance))
    reported = [case for case in cases if case.by_intake]
    intakes = world.put("intake", (_intake(world, chance, case) for case in reported))
    for case, id in zip(reported, intakes, strict=True):
        case.intake = id
    ids = world.put("case_record", [_case(chance, case) for case in cases])
    for case, id in zip(cases, ids, strict=True):
        case.id = id
    world.put("assessment", (_assessment(case) for case in cases if case.assessed))
    world.put("plan", (_plan(world, chance, case) for case in cases if case.planned))
    world.put("review", (one for case in cases for one in _reviews(chance, case)))
    world.put("referral", _referrals(world, chance))
    return cases


def _draw(world: World, chance: Random) -> Iterator[Case]:
    yesterday = world.today - timedelta(days=1)  # what today's clock may not have reached yet
    for client in world.clients:
        first, last = max(client.since, world.first_day), min(client.until, yesterday)
        if chance.random() < SHARE and first <= last:
            opened = day_between(chance, first, last)
            yield _steps(world, chance, client, opened)


def _steps(world: World, chance: Random, client: Client, opened: date) -> Case:
    """Each step some days behind the one before, none after the client's last day."""
    last = client.until
    closed: date | None = opened + timedelta(days=chance.randint(30, 300))
    if closed is not None and closed > last:
        closed = None if client.in_care else last
    end = closed or world.today

    def later(day: date | None, most: int) -> date | None:
        found = None if day is None else day + timedelta(days=chance.randint(0, most))
        return found if found is not None and found <= end else None

    assessed = later(opened, 10)
    planned = later(assessed, 7)
    case = Case(
        client=client, manager=chance.choice(world.workers), opened=opened, closed=closed,
        assessed=assessed, planned=planned, approved=later(planned, 5),
        by_intake=chance.random() < 0.7, urgent=chance.random() < 0.1,
    )  # fmt: skip
    day = opened
    while (day := day + timedelta(days=chance.randint(40, _SILENT_DAYS))) <= end:
        case.reviews.append(day)
    return case


def _intake(world: World, chance: Random, case: Case) -> Item:
    needs = needs_of(case.client.category)
    day, hour = case.opened.isoformat(), chance.randint(7, 11)
    item: Item = {
        "received_at": f"{day} {hour:02}:{chance.randint(0, 59):02}", "result": "MO_CA",
        "channel": _CHANNEL.pick(chance), "reporter": _REPORTER.pick(chance),
        "client": case.client.id, "problem": [_PROBLEM[needs]], "received_by": case.manager,
        "urgency": "KHAN_CAP" if case.urgent else "THUONG",
    }  # fmt: skip
    if case.urgent:
        item["action_at"] = f"{day} {hour + chance.randint(1, 5):02}:30"
    return item


def _case(chance: Random, case: Case) -> Item:
    item: Item = {
        "client": case.client.id, "opened": written(case.opened), "manager": case.manager,
        "criteria": ["KHAN_CAP"] if case.urgent else ["LAU_DAI", "TU_NGUYEN"],
        "case_type": _type(case.client), "status": "KET_THUC" if case.closed else "MO",
    }  # fmt: skip
    if case.intake:
        item["intake"] = case.intake
    if case.closed:
        item |= {
            "closed": written(case.closed), "close_reason": _REASON.pick(chance),
            "close_result": _RESULT.pick(chance), "minutes_no": f"{chance.randint(1, 90)}/BB",
        }  # fmt: skip
    return item


def _type(client: Client) -> str:
    if client.category == "07":
        return "NGUOI_KHUYET_TAT_TT01"
    return "TRE_EM" if needs_of(client.category) == "child" else "KHAC"


def _assessment(case: Case) -> Item:
    return {
        "case_record": case.id, "date": written(case.assessed or case.opened),
        "kind": "BAN_DAU", "assessor": case.manager, "conclusion": "CAN_QLTH",
        "risk": "CAO" if case.urgent else "TRUNG_BINH",
        "assessment_domain": [
            {"domain": _DOMAIN[needs_of(case.client.category)], "score": 3}
        ],
    }  # fmt: skip


def _plan(world: World, chance: Random, case: Case) -> Item:
    needs = needs_of(case.client.category)
    planned = case.planned or case.opened
    item: Item = {
        "case_record": case.id, "version": 1, "date": written(planned),
        "goals": "Ổn định đời sống, được hưởng đủ chính sách.",
        "plan_item": [
            {
                "domain": _DOMAIN[needs], "service": SERVICES[needs].pick(chance),
                "responsible": case.manager, "due": written(planned + timedelta(days=90)),
                "resource": "NSĐP", "status": "XONG" if case.closed else "DANG",
            }
        ],
    }  # fmt: skip
    if case.approved:
        item |= {"approved_by": world.people.name("NAM"), "approved_on": written(case.approved)}
    return item


def _reviews(chance: Random, case: Case) -> Iterator[Item]:
    for day in case.reviews:
        yield {
            "case_record": case.id, "date": written(day), "plan_change": chance.random() < 0.1,
            "kind": "THAM_HO" if chance.random() < 0.7 else "DIEN_THOAI",
            "satisfied": "HAI_LONG" if chance.random() < 0.8 else "BINH_THUONG",
            "next_date": written(day + timedelta(days=60)),
        }  # fmt: skip


def _referrals(world: World, chance: Random) -> Iterator[Item]:
    facility = world.organizations["CSTGXH"][0]
    for client in world.clients:
        first = max(client.since, world.first_day)
        if chance.random() > 0.02 or first > client.until:
            continue
        day = day_between(chance, first, client.until)
        answered = day + timedelta(days=chance.randint(1, 20))
        known = answered <= world.today
        item: Item = {
            "client": client.id, "direction": "DI", "date": written(day),
            "to_organization": facility, "service": "CSSK", "legal_basis": "NGHIA_VU",
            "accepted": "CHO",
        }  # fmt: skip
        if known:
            item["accepted"] = "DA_NHAN" if chance.random() < 0.9 else "TU_CHOI"
            item["feedback_date"] = written(answered)
        yield item
