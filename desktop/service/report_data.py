"""What a report and an earlier export are made of, for the screens that show them."""

from __future__ import annotations

from desktop.report.periods import Period, PeriodKind
from desktop.report.sheet import (
    Cell,
    Column,
    Heading,
    Mark,
    Part,
    Report,
    Row,
    Sheet,
    Style,
    TextBlock,
)
from desktop.store.snapshots import SnapshotHead

__all__ = [
    "Cell",
    "Column",
    "Heading",
    "Mark",
    "Part",
    "Period",
    "PeriodKind",
    "Report",
    "Row",
    "Sheet",
    "SnapshotHead",
    "Style",
    "TextBlock",
]
