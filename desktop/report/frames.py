"""The rows a part of a sheet has, before anything is counted."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from desktop.report.definition import PartDefinition, RowDefinition, RowKind, Show
from desktop.report.run import Run
from desktop.schema.definition import CodeList, CodeValue

UNSPLIT = " (chưa phân loại)"  # a code that has finer codes below it, used by itself


@dataclass(frozen=True, kw_only=True)
class Frame:
    """One row to be filled."""

    code: str
    title: str
    number: str = ""
    unit: str = ""
    kind: RowKind = RowKind.DATA
    restricted: bool = False
    columns: tuple[str, ...] = ()
    plus: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()
    distinct: bool = False

    def has(self, column: str) -> bool:
        """True where the column applies to this row."""
        return not self.columns or column in self.columns


def row_frames(part: PartDefinition, run: Run, found: Collection[str]) -> list[Frame]:
    """The rows of a part in their order, data rows numbered.

    `found` are the codes with figures: a code that left its list keeps its row while there is
    something to show in it.
    """
    frames: list[Frame] = []
    for row in part.rows:
        if not stands(row.show, run):
            continue
        if row.list:
            frames += _of_list(row, run, found)
        elif row.frame:
            frames += _of_select(row, run)
        else:
            frames.append(_frame(row, row.code, row.title))
    known = {frame.code for frame in frames}
    last = next((n for n, f in enumerate(frames) if f.kind is RowKind.TOTAL and n), len(frames))
    frames[last:last] = [Frame(code=code, title=code) for code in sorted({*found} - known)]
    return list(_numbered(frames))


def stands(show: Show, run: Run) -> bool:
    """True where something is part of this version of the report."""
    return show is Show.ALWAYS or (show is Show.OUTGOING) == run.outgoing


def _frame(row: RowDefinition, code: str, title: str, *, restricted: bool = False) -> Frame:
    return Frame(
        code=code,
        title=title,
        number=row.number,
        unit=row.unit,
        kind=row.kind,
        restricted=row.restricted or restricted,
        columns=row.columns,
        plus=row.plus,
        minus=row.minus,
        distinct=row.distinct,
    )


def _of_list(row: RowDefinition, run: Run, found: Collection[str]) -> Iterator[Frame]:
    codes = run.forms.lists[row.list]
    parents = {value.parent for value in codes.values}
    hidden = run.outgoing and bool(row.block)
    for value in codes.values:
        code = row.prefix + value.code
        wanted = _valid(value, run) or code in found
        if wanted and not (hidden and value.restricted):
            title = value.label + (UNSPLIT if value.code in parents else "")
            yield _frame(row, code, title, restricted=value.restricted)
    if hidden and _has_restricted(codes):
        yield _frame(row, row.block, row.block_title, restricted=True)


def _valid(value: CodeValue, run: Run) -> bool:
    last, first = run.period.date_to.isoformat(), run.period.date_from.isoformat()
    return (not value.valid_from or value.valid_from <= last) and (
        not value.valid_to or value.valid_to >= first
    )


def _has_restricted(codes: CodeList) -> bool:
    return any(value.restricted for value in codes.values)


def _of_select(row: RowDefinition, run: Run) -> Iterator[Frame]:
    lines = run.measures.lines(row.frame, ("code", "title", "number", "kind"))
    for code, title, number, kind in lines:
        yield Frame(
            code=str(code),
            title=str(title),
            number=str(number or ""),
            kind=RowKind(str(kind)) if kind else row.kind,
            columns=row.columns,
        )


def _numbered(frames: list[Frame]) -> Iterator[Frame]:
    number = 0
    for frame in frames:
        if frame.kind is RowKind.DATA and not frame.number:
            number += 1
            yield replace(frame, number=str(number))
        else:
            yield frame
