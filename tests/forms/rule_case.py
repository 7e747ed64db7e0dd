"""What a rule is tried on: a record that keeps it, and the change that breaks it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop.store.driver import Stored
from tests.forms.office import StoredRow

Row = dict[str, Stored]
Rows = dict[str, list[Row]]


@dataclass(frozen=True)
class FigureCase:
    """A row that exists only when a period is closed."""

    on: str
    passing: Row
    broken: Row


@dataclass(frozen=True)
class RecordCase:
    """A record, or a child row with its parent; ids are made by the bench ("this")."""

    top: str
    on: str
    passing: Row
    broken: Row
    rows: Rows = field(default_factory=dict)
    """Child rows of the record; those of `on` come behind the row itself."""
    rows_broken: Rows | None = None
    parent: Row = field(default_factory=dict)
    parent_broken: Row | None = None
    beside: Sequence[StoredRow] = ()
    """Stored rows needed besides those of the office."""
    beside_broken: Sequence[StoredRow] = ()


Case = FigureCase | RecordCase


def record(
    register: str,
    passing: Row,
    change: Row | None = None,
    *,
    rows: Rows | None = None,
    rows_broken: Rows | None = None,
    beside: Sequence[StoredRow] = (),
    beside_broken: Sequence[StoredRow] | None = None,
) -> RecordCase:
    """A case about a record; `change` is what breaks it."""
    return RecordCase(
        register,
        register,
        passing,
        passing | (change or {}),
        rows=rows or {},
        rows_broken=rows_broken,
        beside=beside,
        beside_broken=beside if beside_broken is None else beside_broken,
    )


def child(
    parent: str,
    register: str,
    passing: Row,
    change: Row | None = None,
    *,
    of: Row | None = None,
    of_change: Row | None = None,
    rows: Rows | None = None,
    rows_broken: Rows | None = None,
) -> RecordCase:
    """A case about a row of a child register; `of` is its parent, `of_change` what breaks that."""
    return RecordCase(
        parent,
        register,
        passing,
        passing | (change or {}),
        rows=rows or {},
        rows_broken=rows_broken,
        parent=of or {},
        parent_broken=None if of_change is None else (of or {}) | of_change,
    )
