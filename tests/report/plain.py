"""The same figures, counted with plain loops over dictionaries, for comparison with the SQL."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from desktop.base.vietnamese_dates import age_counted
from tests.report.office import Office, Row, forms, period

RESTRICTED = {"08", "09", "13", "14", "15", "16", "17", "18", "19"}
RESTRICTED_SUBS = {"01-5", "01-6", "01-7", "01-11", "01-12"}
NOT_COUNTED = {"VATCHAT", "THUTUC"}
STATE = {"NSTW", "NSĐP", "CTMT"}
ASSISTANCE = {"ND20-1", "ND20-2", "ND20-3", "ND20-4", "ND20-5A", "ND20-5B", "ND20-5C", "ND20-5D",
              "ND20-6", "ND20-7", "ND20-8", "HUU_TRI_XH", "NUOI_DUONG"}  # fmt: skip
SIX = {"01-1": "MO_COI", "01-3": "MO_COI", "01-2": "BO_ROI", "01-5": "HIV", "09": "HIV",
       "02": "CDHH", "01-4": "KT", "07": "KT", "03": "THIEN_TAI", "21": "THIEN_TAI"}  # fmt: skip
BLOCKS = {"01": "5", "02": "5", "03": "5", "04": "5", "07": "6", "05": "7", "06": "7", "10": "8",
          "11": "8", "12": "8", "09": "9", "08": "10", "13": "11", "14": "11"}  # fmt: skip


def day_of(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


class Clients:
    """The clients of an office seen from one period, everything worked out day by day."""

    def __init__(self, office: Office, code: str, calendar: str = "ND09") -> None:
        self.office = office
        self.period = period(code, calendar)
        self.first, self.last = self.period.date_from, self.period.date_to
        self.opening = self.first - timedelta(days=1)
        phase = self.period.phase
        self.phase_start = date(phase.first, 1, 1) if phase else self.first
        self.second_phase = phase is not None and phase.first >= 2026
        deleted = {row["id"] for row in office.rows["client"] if row.get("deleted_at")}
        self.clients = [
            row
            for row in office.rows["client"]
            if row["id"] not in deleted and not row.get("merged_into")
        ]
        self.roots = {row["id"]: self._root(row) for row in office.rows["client"]}

    def _root(self, row: Row) -> str:
        by_id = {one["id"]: one for one in self.office.rows["client"]}
        while row.get("merged_into"):
            row = by_id[row["merged_into"]]
        return str(row["id"])

    def of(self, register: str, client: Row) -> list[Row]:
        return [
            row
            for row in self.office.rows[register]
            if row.get("client")
            and self.roots[row["client"]] == client["id"]
            and not row.get("deleted_at")
        ]

    def age(self, client: Row, on: date) -> int | None:
        if not client.get("birth_year"):
            return None
        return age_counted(
            client["birth_year"], client.get("birth_month"), client.get("birth_day"), on
        )

    def is_child(self, client: Row) -> bool:
        age = self.age(client, self.last)
        return age is not None and age < 16

    def in_care(self, client: Row, category: Row, on: date) -> bool:
        for leaving in ("death_date", "missing_date", "moved_date"):
            day = day_of(client.get(leaving))
            if day and day <= on:
                return False
        if category["category"] in ("01", "02", "03", "04"):
            age = self.age(client, on)
            if age is not None and age >= 16:
                return False
        start, end = day_of(category["date_from"]), day_of(category.get("date_to"))
        assert start is not None
        return start <= on and (end is None or on <= end)

    def days(self) -> list[date]:
        length = (self.last - self.first).days + 1
        return [self.first + timedelta(days=n) for n in range(length)]

    def care(self, client: Row, categories: list[Row]) -> tuple[bool, bool, bool]:
        """In care on the opening date, at some time of the period, on the closing date."""

        def on(day: date) -> bool:
            return any(self.in_care(client, category, day) for category in categories)

        return on(self.opening), any(map(on, self.days())), on(self.last)

    def services(self, client: Row, since: date) -> list[Row]:
        death = day_of(client.get("death_date"))
        return [
            row
            for row in self.of("service_event", client)
            if since <= date.fromisoformat(row["date"]) <= self.last
            and (death is None or date.fromisoformat(row["date"]) <= death)
        ]

    def counted(self, client: Row, since: date) -> list[Row]:
        return [s for s in self.services(client, since) if s["service"] not in NOT_COUNTED]

    def poor(self, client: Row) -> bool:
        by_house = any(
            row["household"] == client.get("household")
            and row["year"] == self.period.year
            and row["status"] in ("NGHEO", "CAN_NGHEO")
            for row in self.office.rows["household_poverty"]
        )
        by_category = any(
            row["category"] in ("10", "11", "12") and self.in_care(client, row, self.last)
            for row in self.of("client_category", client)
        )
        return by_house or by_category

    def managed(self, client: Row) -> bool:
        for case in self.of("case_record", client):
            closed = day_of(case.get("closed"))
            opened = date.fromisoformat(case["opened"])
            if opened <= self.last and (closed is None or closed >= self.first):
                return True
        return any(s["service"] == "QLTH" for s in self.services(client, self.first))

    def asked(self, client: Row) -> bool:
        return any(
            self.first <= date.fromisoformat(row["received_at"][:10]) <= self.last
            for row in self.of("intake", client)
        )

    def b05(self, *, outgoing: bool = False) -> dict[tuple[str, str], int]:
        found: dict[tuple[str, str], int] = defaultdict(int)
        for client in self.clients:
            own = self.of("client_category", client)
            by_row: dict[str, list[Row]] = defaultdict(list)
            for category in own:
                code = category["category"]
                if outgoing and (code in RESTRICTED or category.get("sub") in RESTRICTED_SUBS):
                    code = "HC"
                by_row[code].append(category)
            for row, categories in [("TONG", own), *by_row.items()]:
                opening, during, closing = self.care(client, categories)
                minority = client.get("ethnic") not in (None, "01", "55")
                age = self.age(client, self.last)
                served = self.counted(client, self.first)
                active = during or row == "TONG"
                facts = {
                    "1": opening,
                    "2": during and not opening,
                    "3": (opening or during) and not closing,
                    "4": closing,
                    "5": closing and client.get("sex") == "NU",
                    "6": closing and self.is_child(client),
                    "7": closing and age is not None and age >= 60,
                    "8": closing and minority,
                    "9": closing and self.poor(client),
                    "10": active and self.asked(client),
                    "11": active and bool(served),
                    "12": len(served) if active else 0,
                    "13": active and bool(served) and self.managed(client),
                }
                for column, value in facts.items():
                    found[row, column] += int(value)
        return found

    def b06(self) -> dict[tuple[str, str], int]:
        found: dict[tuple[str, str], int] = defaultdict(int)
        for client in self.clients:
            services = self.services(client, self.first)
            blocks = {
                BLOCKS.get(category["category"], "12")
                for category in self.of("client_category", client)
                if self.care(client, [category])[1]
            } or {"12"}
            for row in {"TONG", *(service["service"] for service in services)}:
                own = [s for s in services if row in ("TONG", s["service"])]
                if not own:
                    continue
                found[row, "1"] += 1
                found[row, "2"] += len(own)
                found[row, "3"] += client.get("sex") == "NU"
                found[row, "4"] += self.is_child(client)
                for block in blocks:
                    found[row, block] += 1
                found[row, "13"] += sum(s["fund_source"] in STATE for s in own)
                found[row, "14"] += sum(s["fund_source"] == "XHH" for s in own)
                found[row, "15"] += sum(s.get("value") or 0 for s in own)
        return found

    def benefits(self, client: Row) -> list[Row]:
        return [
            row
            for row in self.of("benefit", client)
            if row["kind"] in ASSISTANCE
            and date.fromisoformat(row["date_from"]) <= self.last
            and (not row.get("date_to") or date.fromisoformat(row["date_to"]) >= self.last)
        ]

    def b07(self) -> dict[tuple[str, str], int]:
        found: dict[tuple[str, str], int] = defaultdict(int)
        for client in self.clients:
            if not self.is_child(client):
                continue
            groups = set()
            for category in self.of("client_category", client):
                group = SIX.get(category.get("sub") or category["category"])
                if group and self.in_care(client, category, self.last):
                    groups.add(group)
            severe = any(row["level"] in ("ĐBN", "N") for row in self.of("disability", client))
            if self.second_phase and not severe:
                groups.discard("KT")
            benefits = self.benefits(client)
            served = self.counted(client, self.phase_start)
            for row in (*groups, "TONG") if groups else ():
                found[row, "1"] += 1
                found[row, "2"] += bool(benefits)
                found[row, "3"] += bool(served)
                found[row, "4"] += bool(benefits) and bool(served)
                inside = any(row.get("place") == "CO_SO" for row in benefits)
                found[row, "6"] += inside
                found[row, "7"] += not inside
                found[row, "8"] += any(s["fund_source"] == "XHH" for s in served)
        return found


class Plain(Clients):
    """Clients and staff of an office seen from one period."""

    def posts(self, on: date) -> list[Row]:
        """Assignments active on a day, volunteers left out."""
        return [
            row
            for row in self.office.rows["assignment"]
            if row["post_kind"] != "TNV"
            and date.fromisoformat(row["date_from"]) <= on
            and (not row.get("date_to") or on <= date.fromisoformat(row["date_to"]))
        ]

    def active_organizations(self) -> list[Row]:
        return [
            row
            for row in self.office.rows["organization"]
            if not row.get("deleted_at")
            and date.fromisoformat(row["active_from"]) <= self.last
            and (not row.get("active_to") or self.last <= date.fromisoformat(row["active_to"]))
        ]

    def staff_of(self, organization: Row) -> set[str]:
        return {
            p["worker"] for p in self.posts(self.last) if p["organization"] == organization["id"]
        }

    def scope(self) -> list[Row]:
        short = {"CQ", "CSTGXH", "UBNDXA"}
        return [
            row
            for row in self.active_organizations()
            if row["in_scope"] and (self.second_phase or row["kind"] in short)
        ]

    def completed(self, since: date) -> list[tuple[str, Row]]:
        """Worker and course of every completed participation that ended since a day."""
        found = []
        for row in self.office.rows["training_participant"]:
            course = next(t for t in self.office.rows["training"] if t["id"] == row["training"])
            if row["completed"] and since <= date.fromisoformat(course["date_to"]) <= self.last:
                found.append((row["worker"], course))
        return found


def labels(name: str) -> set[str]:
    """Codes of a list."""
    return {value.code for value in forms().lists[name].values}


def some(values: dict[Any, int], row: str, column: str) -> int:
    return values.get((row, column), 0)
