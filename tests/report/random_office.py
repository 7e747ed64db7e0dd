"""Offices with everything in them, drawn by a seed: odd dates, merges, deaths, year-only births."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from tests.report.office import COMMUNE, OTHER_COMMUNE, Office, forms

CATEGORIES = [value.code for value in forms().lists["CAT"].values]
SUBS = [value.code for value in forms().lists["CAT_SUB"].values]
SERVICES = [value.code for value in forms().lists["DV"].values]
SOURCES = [value.code for value in forms().lists["NGUON"].values]
KINDS = [value.code for value in forms().lists["LOAIDV"].values]
POSTS = [value.code for value in forms().lists["VITRI"].values]
BENEFITS = [value.code for value in forms().lists["CHEDO"].values]


class Draw:
    """Makes an office of about `clients` people."""

    def __init__(self, seed: int, clients: int = 40) -> None:
        self.random = Random(seed)
        self.office = Office()
        self._households()
        for _ in range(clients):
            self._client()
        self._merges()
        self._staff()

    def day(self, first: str = "2025-01-01", last: str = "2026-12-31") -> str:
        start, end = date.fromisoformat(first), date.fromisoformat(last)
        # Half of the days are near the edges of periods.
        if self.random.random() < 0.5:
            near = date.fromisoformat(
                self.random.choice(["2025-12-14", "2025-12-31", "2026-06-14", "2026-06-30"])
            )
            chosen = near + timedelta(days=self.random.randint(-2, 2))
            return min(max(chosen, start), end).isoformat()
        return (start + timedelta(days=self.random.randrange((end - start).days))).isoformat()

    def maybe(self, chance: float, value: Any) -> Any:
        return value if self.random.random() < chance else None

    def _households(self) -> None:
        for number in range(5):
            house = self.office.put("household", id=f"house-{number}", head_name="Lê Văn Tư",
                                    commune=COMMUNE, members=4)  # fmt: skip
            for year in (2025, 2026):
                status = self.random.choice(["NGHEO", "CAN_NGHEO", "THOAT_NGHEO", "KHONG"])
                self.office.put("household_poverty", household=house, year=year, status=status)

    def _client(self) -> None:
        random = self.random
        year = random.choice([2009, 2010, 2010, 2011, 2015, 1965, 1966, 1990, 2024])
        month = self.maybe(0.6, random.choice([1, 6, 6, 12]))
        day = self.maybe(0.7, random.choice([1, 14, 15, 30])) if month else None
        client = self.office.client(
            sex=random.choice(["NAM", "NU", "CHUA_XD"]),
            birth_year=self.maybe(0.95, year),
            birth_month=month,
            birth_day=day,
            ethnic=random.choice(["01", "06", "55", None]),
            household=self.maybe(0.4, f"house-{random.randrange(5)}"),
            death_date=self.maybe(0.1, self.day()),
            missing_date=self.maybe(0.05, self.day()),
            moved_date=self.maybe(0.1, self.day()),
            deleted_at=self.maybe(0.05, "2026-03-01T08:00:00+07:00"),
        )
        for _ in range(random.choice([0, 1, 1, 2, 3])):
            self._category(client)
        for _ in range(random.choice([0, 0, 1, 3, 6])):
            self.office.service(
                client,
                self.day(),
                random.choice(SERVICES),
                fund_source=random.choice(SOURCES),
                value=self.maybe(0.5, random.randrange(1000) * 1000),
                deleted_at=self.maybe(0.05, "2026-03-01T08:00:00+07:00"),
            )
        self._casework(client)

    def _category(self, client: str) -> None:
        code = self.random.choice([*CATEGORIES, "01", "01", "07", "03"])
        if code == "01":
            code = self.random.choice(SUBS)
        start = self.day()
        end = self.maybe(0.3, max(start, self.day()))
        self.office.category(client, code, date_from=start, date_to=end)

    def _casework(self, client: str) -> None:
        random = self.random
        if random.random() < 0.3:
            opened = self.day()
            closed = self.maybe(0.5, max(opened, self.day()))
            self.office.put(
                "case_record", client=client, opened=opened, closed=closed, criteria=["1"],
                case_type="KHAC", status="KET_THUC" if closed else "MO", manager="worker",
                close_reason="1" if closed else None, close_result="DAT" if closed else None,
            )  # fmt: skip
        if random.random() < 0.4:
            self.office.put(
                "intake", client=client, received_at=self.day() + "T08:00", channel="TRUC_TIEP",
                reporter="KHAC", problem=["1"], urgency="THUONG", result="MO_CA", received_by="w",
            )  # fmt: skip
        if random.random() < 0.4:
            start = self.day()
            self.office.put(
                "benefit", client=client, kind=random.choice([*BENEFITS, "ND20-1", "ND20-6"]),
                date_from=start, date_to=self.maybe(0.3, max(start, self.day())),
                place=random.choice(["CONG_DONG", "CO_SO", None]),
            )  # fmt: skip
        if random.random() < 0.3:
            level = random.choice(["ĐBN", "N", "NHE", "CHUA_XD"])
            self.office.put("disability", client=client, types=["1"], level=level)

    def _merges(self) -> None:
        """Some records are the same person as another one."""
        clients = [row for row in self.office.rows["client"] if not row.get("deleted_at")]
        for row in self.random.sample(clients, len(clients) // 10):
            others = [o for o in clients if o is not row and not o.get("merged_into")]
            target = self.random.choice(others)
            if any(other.get("merged_into") == row["id"] for other in clients):
                continue
            row["merged_into"] = target["id"]
            self.office.connection.execute(
                "UPDATE client SET merged_into = ? WHERE id = ?", (target["id"], row["id"])
            )

    def _staff(self) -> None:
        random, office = self.random, self.office
        organizations = []
        for number in range(14):
            active_to = self.maybe(0.1, self.day())
            organizations.append(
                office.organization(
                    name=f"Đơn vị {number}",
                    kind=random.choice(KINDS),
                    in_scope=random.choice([0, 1, 1]),
                    in_plan=random.choice([0, 1]),
                    provides_service=random.choice([0, 1]),
                    service_since=self.maybe(0.3, self.day()),
                    active_to=active_to,
                    unit=random.choice([COMMUNE, OTHER_COMMUNE]),
                    deleted_at=self.maybe(0.05, "2026-03-01T08:00:00+07:00"),
                )
            )
        workers = []
        for _ in range(20):
            worker = office.worker(
                sex=random.choice(["NAM", "NU"]), qualified=random.choice([0, 1])
            )
            workers.append(worker)
            for _ in range(random.choice([0, 1, 1, 2, 3])):
                start = self.day()
                office.assign(
                    worker, random.choice(organizations), random.choice([*POSTS, "CTV", "CTV"]),
                    date_from=start, contract_from=start,
                    date_to=self.maybe(0.3, max(start, self.day())),
                    commune=random.choice([COMMUNE, OTHER_COMMUNE]),
                    is_main=random.choice([0, 1]),
                    full_time=random.choice(["CHUYEN_TRACH", "KIEM_NHIEM"]),
                    allowance_monthly=random.choice([None, 1_000_000, 2_340_000, 3_000_000]),
                )  # fmt: skip
        for _ in range(6):
            kind = random.choice(["DAI_HAN", "NGAN_HAN", "TAP_HUAN"])
            level = random.choice(["TC", "DH", "SC"]) if kind == "DAI_HAN" else None
            office.course(self.day(), *random.sample(workers, 5), kind=kind, level=level)
        office.put("base_salary", date_from="2024-07-01", amount=2_340_000, verified=0)
