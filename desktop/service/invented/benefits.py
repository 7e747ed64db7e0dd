"""Monthly benefits that go with a group and an age (Nghị định 20/2021, Nghị định 176/2025)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from desktop.service.invented.chance import Item, age_on, years_before
from desktop.service.invented.groups import Group
from desktop.service.invented.people import written

_ND20 = date(2021, 7, 1)
_PENSION = date(2025, 7, 1)
"""Social pensions take the place of clause 5c."""
_STANDARD = 500_000
"""Đồng a month at coefficient 1, since 1/7/2024."""

_BY_GROUP = {"12": ("ND20-4", 1.0), "09": ("ND20-8", 1.5), "07": ("ND20-6", 1.5)}
_BY_SUB = {"01-1": ("ND20-1", 1.5), "01-3": ("ND20-1", 1.5), "01-5": ("ND20-3", 2.0)}


def benefits_of(
    chance: Random, group: Group, birth: date, since: date, until: date | None, today: date
) -> Iterator[Item]:
    """Rows of register benefit; none for most groups."""
    known = _BY_SUB.get(group.sub) or _BY_GROUP.get(group.code)
    if known is not None and chance.random() < 0.85:
        start = max(since, _ND20)
        if start <= today and (group.code != "01" or age_on(birth, start) < 16):
            yield _row(chance, *known, start, until)
    elif group.code in ("05", "06"):
        yield from _of_old_age(chance, birth, since, until, today)


def _of_old_age(
    chance: Random, birth: date, since: date, until: date | None, today: date
) -> Iterator[Item]:
    from_80 = max(years_before(birth, -80), since, _ND20)
    from_75 = max(years_before(birth, -75), since, _PENSION)
    last = until or today
    change = _PENSION - timedelta(days=1)
    if from_80 <= min(change, last):
        yield _row(chance, "ND20-5C", 1.0, from_80, min(change, last))
    if from_75 <= last:
        yield _row(chance, "HUU_TRI_XH", 0, from_75, until)


def _row(chance: Random, kind: str, coefficient: float, start: date, end: date | None) -> Item:
    row: Item = {
        "kind": kind, "date_from": written(start), "place": "CONG_DONG",
        "amount_month": int(_STANDARD * (coefficient or 1)),
        "decision_no": f"{chance.randint(1, 900)}/QĐ-UBND",
    }  # fmt: skip
    if coefficient:
        row["coefficient"] = coefficient
    if end is not None:
        row["date_to"] = written(max(end, start))
    return row
