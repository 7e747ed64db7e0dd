"""A small office written by hand: rows go into the tables and stay as plain dictionaries.

The tests count the dictionaries with loops, the program counts the tables with SQL.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from desktop.report.build import BuiltReport, Request, build_report
from desktop.report.definition import Reports
from desktop.report.earlier import Earlier
from desktop.report.loader import load_reports
from desktop.report.parameters import Unit
from desktop.report.periods import Period
from desktop.report.run import Run, start_run
from desktop.report.sheet import Cell, Heading, Part
from desktop.schema.definition import Forms
from desktop.schema.loader import load_forms
from desktop.store import tables
from desktop.store.blank import blank_database
from desktop.store.snapshots import EarlierFigure, FigureKey

FORMS_FOLDER = Path(__file__).parents[2] / "forms"
PROVINCE = "TINH.37.20250701"
COMMUNE = "XA.13366.20250701"
OTHER_COMMUNE = "XA.13285.20250701"
UNIT = Unit(id=COMMUNE, level="XA", code="13366", valid_from="2025-07-01", name="Phường Hà Nam")
PROVINCE_UNIT = Unit(
    id=PROVINCE, level="TINH", code="37", valid_from="2025-07-01", name="Tỉnh Ninh Bình"
)

Row = dict[str, Any]


@cache
def forms() -> Forms:
    return load_forms(FORMS_FOLDER)


@cache
def reports() -> Reports:
    return load_reports(FORMS_FOLDER / "reports", forms())


def period(code: str, calendar: str = "ND09") -> Period:
    return reports().periods.parse(code, calendar)


class NothingBefore:
    """No figure of an earlier period is known."""

    def reported(self, period: Period) -> Mapping[FigureKey, EarlierFigure]:
        return {}

    def rebased(self, period: Period) -> Mapping[FigureKey, EarlierFigure]:
        return {}


class SomethingBefore:
    """Every indicator stood at 40 in every earlier period, and at 30 on today's units."""

    def reported(self, period: Period) -> Mapping[FigureKey, EarlierFigure]:
        return self._all(40)

    def rebased(self, period: Period) -> Mapping[FigureKey, EarlierFigure]:
        return self._all(30.5)

    def _all(self, value: float) -> Mapping[FigureKey, EarlierFigure]:
        return {
            ("B01", "I", indicator.code, "5"): EarlierFigure(value, "")
            for indicator in reports().indicators.indicators
        }


class Office:
    """Tables in memory and the same rows as dictionaries."""

    def __init__(self) -> None:
        self.connection = blank_database(forms())
        self.connection.execute("PRAGMA foreign_keys = OFF")
        self.rows: dict[str, list[Row]] = defaultdict(list)
        self._number = 0
        self.put("admin_unit", id=PROVINCE, code="37", level="TINH", type="TINH", name="Ninh Bình",
                 valid_from="2025-07-01")  # fmt: skip
        for unit, code, name in (
            (COMMUNE, "13366", "Phường Hà Nam"),
            (OTHER_COMMUNE, "13285", "Phường Phủ Lý"),
        ):
            self.put("admin_unit", id=unit, code=code, level="XA", type="PHUONG", name=name,
                     parent=PROVINCE, valid_from="2025-07-01")  # fmt: skip

    def put(self, register: str, **values: Any) -> str:
        """Store a row; its id."""
        self._number += 1
        values.setdefault("id", f"{register}-{self._number:05}")
        self.rows[register].append(values)
        stored = {name: json.dumps(v) if isinstance(v, list) else v for name, v in values.items()}
        for name in tables.column_types(forms().registers[register]):
            if name in ("created_at", "created_by", "updated_at", "updated_by"):
                stored.setdefault(name, "2026-01-01T00:00:00+07:00")
            elif name in ("search_key", "sort_key"):
                stored.setdefault(name, f"{self._number:05}")
            elif name in ("row_version", "position"):
                stored.setdefault(name, self._number)
        names = ", ".join(f'"{name}"' for name in stored)
        marks = ", ".join("?" * len(stored))
        self.connection.execute(
            f'INSERT INTO "{register}" ({names}) VALUES ({marks})', list(stored.values())
        )
        return str(values["id"])

    def client(self, *categories: str, **values: Any) -> str:
        """A person with categories such as "01-5" or "07", all since 2024."""
        values = {"kind": "CA_NHAN", "full_name": "Nguyễn Thị Hoà", "sex": "NU",
                  "birth_year": 1980, **values}  # fmt: skip
        made = self.put("client", **values)
        for category in categories:
            self.category(made, category)
        return made

    def category(self, client: str, category: str, **values: Any) -> str:
        """A category of a client; "01-5" is the fifth group of 01."""
        sub = category if "-" in category else None
        values = {"date_from": "2024-03-01", "is_main": 1, **values}
        return self.put("client_category", client=client, category=category[:2], sub=sub, **values)

    def service(self, client: str, day: str, service: str = "TV", **values: Any) -> str:
        values = {"fund_source": "NSĐP", **values}
        return self.put("service_event", client=client, date=day, service=service, **values)

    def worker(self, **values: Any) -> str:
        values = {"full_name": "Trần Văn Bình", "sex": "NAM", "birth_year": 1985,
                  "education": "DH", "study_field": "CTXH", "clean_record": "CO_XAC_NHAN",
                  "qualified": 1, **values}  # fmt: skip
        return self.put("worker", **values)

    def organization(self, **values: Any) -> str:
        values = {"name": "UBND phường Hà Nam", "kind": "UBNDXA", "ownership": "CONG_LAP",
                  "level": "XA", "unit": COMMUNE, "active_from": "2020-01-01", "in_scope": 1,
                  "in_plan": 0, "provides_service": 0, **values}  # fmt: skip
        return self.put("organization", **values)

    def assign(self, worker: str, organization: str, post: str = "CTV", **values: Any) -> str:
        values = {"date_from": "2024-01-01", "contract_from": "2024-01-01",
                  "full_time": "KHONG_CHUYEN_TRACH", "commune": COMMUNE, **values}  # fmt: skip
        return self.put(
            "assignment", worker=worker, organization=organization, post_kind=post, **values
        )

    def course(self, day: str, *workers: str, **values: Any) -> str:
        values = {"name": "Tập huấn", "kind": "TAP_HUAN", "date_from": day, "date_to": day,
                  "source": "NSĐP", **values}  # fmt: skip
        made = self.put("training", **values)
        for worker in workers:
            self.put("training_participant", training=made, worker=worker, completed=1)
        return made

    def run(
        self,
        code: str = "2026H1",
        settings: Mapping[str, str] | None = None,
        *,
        unit: Unit = UNIT,
        calendar: str = "ND09",
        outgoing: bool = False,
    ) -> Run:
        return start_run(
            self.connection,
            reports(),
            forms(),
            period(code, calendar),
            unit,
            settings or {},
            outgoing=outgoing,
        )

    def report(
        self,
        code: str = "2026H1",
        settings: Mapping[str, str] | None = None,
        *,
        earlier: Earlier | None = None,
        unit: Unit = UNIT,
        calendar: str = "ND09",
        outgoing: bool = False,
    ) -> BuiltReport:
        run = self.run(code, settings, unit=unit, calendar=calendar, outgoing=outgoing)
        with run:
            return build_report(run, _request(run.period), earlier or NothingBefore())


def _request(of: Period) -> Request:
    heading = Heading(
        superior="ỦY BAN NHÂN DÂN TỈNH NINH BÌNH",
        issuer="ỦY BAN NHÂN DÂN PHƯỜNG HÀ NAM",
        receiver="Sở Y tế tỉnh Ninh Bình",
        place="Hà Nam",
        number="05/BC-UBND",
        period_title=of.title,
        date_from=of.date_from,
        date_to=of.date_to,
        signed_on=date(2026, 6, 16),
        preparer="Đỗ Thị Ngọc Ánh",
        checker="Vũ Đức Hoà",
        signer="Nguyễn Văn Ất",
        authority="TM. ỦY BAN NHÂN DÂN",
        position="CHỦ TỊCH",
        legal="",
    )
    return Request(heading=heading, revision=1, made_at="2026-06-16T08:00:00+07:00", manifest={})


def part_of(built: BuiltReport, sheet: str, part: str = "I") -> Part:
    found = next(one for one in built.report.sheets if one.code == sheet)
    return next(one for one in found.parts if one.code == part)


def cell(built: BuiltReport, sheet: str, row: str, column: str, part: str = "I") -> Cell:
    for one in part_of(built, sheet, part).rows:
        if one.code == row:
            return one.cells[column]
    raise KeyError((sheet, part, row, column))


def figures(built: BuiltReport, sheet: str, part: str = "I") -> dict[tuple[str, str], Any]:
    """What is shown, by row and column."""
    return {
        (row.code, column): found.shown
        for row in part_of(built, sheet, part).rows
        for column, found in row.cells.items()
    }
