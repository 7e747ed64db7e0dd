"""The groups of clients (list CAT): how common, how old, what goes with them."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.service.invented.chance import Weighted


@dataclass(frozen=True)
class Group:
    """One group, or one kind of children in special circumstances."""

    code: str
    weight: float
    youngest: int
    oldest: int
    """Ages on the day the client comes into the group, in whole years."""
    sub: str = ""
    women: float = 0.5
    restricted: bool = False
    disabled: float = 0.0
    """How many of ten have a disability row, over ten."""
    poor: str = ""
    """Status of the household by list NGHEO; empty: as chance has it."""


_CHILD, _GROWN = (0, 15), (18, 75)

GROUPS = (
    Group("01", 1.2, *_CHILD, sub="01-1"),
    Group("01", 0.4, 0, 3, sub="01-2"),
    Group("01", 1.2, *_CHILD, sub="01-3"),
    Group("01", 1.8, 1, 15, sub="01-4", disabled=1.0),
    Group("01", 0.2, *_CHILD, sub="01-5", restricted=True),
    Group("01", 0.3, 12, 15, sub="01-6", restricted=True),
    Group("01", 0.6, 10, 15, sub="01-8"),
    Group("01", 0.2, 5, 15, sub="01-11", restricted=True),
    Group("01", 0.6, *_CHILD, sub="01-13", poor="NGHEO"),
    Group("02", 0.5, *_CHILD, disabled=0.8),
    Group("03", 0.6, *_CHILD),
    Group("04", 3.5, *_CHILD),
    Group("05", 6.0, 60, 92, women=0.7),
    Group("06", 24.0, 60, 95, women=0.6),
    Group("07", 16.0, 16, 80, disabled=1.0),
    Group("08", 4.0, 18, 70, restricted=True, disabled=0.7),
    Group("09", 0.7, *_GROWN, restricted=True),
    Group("10", 13.0, *_GROWN, poor="NGHEO"),
    Group("11", 10.0, *_GROWN, poor="CAN_NGHEO"),
    Group("12", 3.0, 20, 50, women=0.9, poor="NGHEO"),
    Group("13", 1.0, 18, 55, women=0.1, restricted=True),
    Group("14", 1.2, 18, 60, women=0.1, restricted=True),
    Group("15", 0.2, 18, 45, women=0.9, restricted=True),
    Group("16", 1.2, 18, 70, women=0.9, restricted=True),
    Group("17", 1.2, 20, 65, women=0.1, restricted=True),
    Group("18", 0.2, 16, 40, women=0.9, restricted=True),
    Group("19", 0.2, 16, 40, women=0.9, restricted=True),
    Group("20", 0.6, 18, 75),
    Group("21", 1.5, *_GROWN),
    Group("22", 1.6, 16, 75, disabled=0.6),
    Group("23", 0.4, 16, 80),
    Group("99", 1.5, *_GROWN),
)

PICK = Weighted({group: group.weight for group in GROUPS})

SERVICES = {
    "child": Weighted({"TV": 20, "GD": 25, "GDKN": 15, "CSSK": 10, "THV": 10, "VATCHAT": 20}),
    "old": Weighted({"TV": 25, "CSSK": 30, "VATCHAT": 25, "THUTUC": 15, "KETNOI": 5}),
    "disabled": Weighted({"CSSK": 35, "TV": 20, "VATCHAT": 15, "NGHE": 10, "THUTUC": 20}),
    "poor": Weighted({"SK": 20, "NGHE": 15, "TV": 20, "VATCHAT": 25, "THUTUC": 20}),
    "hidden": Weighted({"TV": 35, "THV": 20, "HNHAP": 15, "PHAPLY": 12, "CSSK": 10, "TLY": 8}),
}  # fmt: skip
"""Codes of list DV by what a group mostly needs."""


def needs_of(code: str) -> str:
    """Key of `SERVICES` for a group."""
    if code in ("01", "02", "03", "04"):
        return "child"
    if code in ("05", "06"):
        return "old"
    if code in ("07", "22"):
        return "disabled"
    return "poor" if code in ("10", "11", "12", "20", "21", "23", "99") else "hidden"
