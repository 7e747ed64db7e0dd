"""What a report and an earlier export are made of, under the names that screens know them by."""

from __future__ import annotations

from desktop.report.periods import Period as Period
from desktop.report.periods import PeriodKind as PeriodKind
from desktop.report.sheet import Cell as Cell
from desktop.report.sheet import Column as Column
from desktop.report.sheet import Mark as Mark
from desktop.report.sheet import Part as Part
from desktop.report.sheet import Report as Report
from desktop.report.sheet import Row as Row
from desktop.report.sheet import Sheet as Sheet
from desktop.report.sheet import Style as Style
from desktop.store.snapshots import SnapshotHead as SnapshotHead
