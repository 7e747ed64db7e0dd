"""Apply the hiding of small figures to finished sheets: cells, formulas, what follows from them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.report import relations
from desktop.report.definition import RelationDefinition, Reports
from desktop.report.relations import CellKey, Relation
from desktop.report.sheet import Cell, Mark, Part, Sheet, Style
from desktop.report.suppress import Table, choose_hidden
from desktop.store.snapshots import EarlierFigure, FigureKey

_TOKEN = re.compile(r"\[(?:([^\]!]+)!)?([^\]]+)\]")
_COST_RESTRICTED, _COST_PLAIN, _COST_TOTAL, _COST_SUMMARY = 1, 5, 50, 1000
_SUMMARY_SHEETS = ("B01",)

Figures = Mapping[FigureKey, EarlierFigure]
Marks = Mapping[CellKey, Mark]


@dataclass(frozen=True)
class _Placed:
    """A cell with its place in the workbook."""

    key: CellKey
    cell: Cell
    restricted: bool
    cost: int


def hide_small(
    sheets: Sequence[Sheet], reports: Reports, before: Figures, same_period: Figures
) -> list[Sheet]:
    """The sheets as they may leave the office.

    `before` are the figures of the period before as they were sent: a closing figure shown there
    cannot be hidden as an opening figure here. `same_period` are those of an earlier revision of
    this report: what was hidden there stays hidden.
    """
    placed = [item for sheet in sheets for item in _placed(sheet)]
    values = {
        item.key: item.cell.value
        for item in placed
        if isinstance(item.cell.value, int) and item.cell.style is Style.INTEGER
    }
    known = list(_relations(sheets, reports))
    published, hidden_before = _from_before(known, values, before)
    hidden_before |= {key for key in values if _was_hidden(same_period.get(_figure_key(key)))}
    hidden = choose_hidden(
        Table(
            values=values,
            relations=[*_formula_relations(sheets), *known],
            restricted=frozenset(item.key for item in placed if item.restricted),
            published=frozenset(published),
            hidden_before=frozenset(hidden_before),
            costs={item.key: item.cost for item in placed},
        )
    )
    marks = dict.fromkeys(hidden.small, Mark.SMALL) | dict.fromkeys(hidden.hidden, Mark.HIDDEN)
    return [_marked_sheet(sheet, marks) for sheet in sheets] if marks else list(sheets)


def _figure_key(key: CellKey) -> FigureKey:
    return (key.sheet, key.part, key.row, key.column)


def _was_hidden(figure: EarlierFigure | None) -> bool:
    return figure is not None and figure.shown == str(Mark.HIDDEN)


def _placed(sheet: Sheet) -> Iterator[_Placed]:
    for part in sheet.parts:
        small_columns = {column.code for column in part.columns if column.restricted}
        for row in part.rows:
            for column, cell in row.cells.items():
                restricted = row.restricted or column in small_columns
                cost = _COST_RESTRICTED if restricted else _COST_PLAIN
                if row.kind == "total":
                    cost += _COST_TOTAL
                if sheet.code in _SUMMARY_SHEETS:
                    cost = _COST_SUMMARY
                key = CellKey(sheet.code, part.code, row.code, column)
                yield _Placed(key, cell, restricted, cost)


def _relations(sheets: Sequence[Sheet], reports: Reports) -> Iterator[Relation]:
    """What the definitions say anybody knows, spread over the rows that are there."""
    for sheet in sheets:
        definition = reports.sheet(sheet.code)
        for part in sheet.parts:
            for relation in definition.part(part.code).relations:
                yield from _spread(relation, sheet.code, part)


def _spread(relation: RelationDefinition, sheet: str, part: Part) -> Iterator[Relation]:
    sentence = relations.read(relation.is_)
    counted = [row.code for row in part.rows if row.kind != "group"]
    if relation.columns:
        data = [row.code for row in part.rows if row.kind == "data"]
        yield from relations.on_columns(sentence, sheet, part.code, relation.columns, data)
    elif all(relations.address(term.name) for term in sentence.terms):
        yield from relations.on_rows(sentence, sheet, part.code, [""])
    else:
        yield from relations.on_rows(sentence, sheet, part.code, relation.rows or counted)


def _from_before(
    known: Sequence[Relation], values: Mapping[CellKey, int], before: Figures
) -> tuple[set[CellKey], set[CellKey]]:
    """Figures that the report before gave away, and those it hid (`[1] = [earlier!4]`)."""
    published: set[CellKey] = set()
    hidden: set[CellKey] = set()
    for relation in known:
        now = [key for _, key in relation.terms if not key.sheet.startswith(relations.EARLIER)]
        then = [key for _, key in relation.terms if key.sheet.startswith(relations.EARLIER)]
        if len(now) != 1 or len(then) != 1 or now[0] not in values:
            continue
        sheet = then[0].sheet.removeprefix(f"{relations.EARLIER} ")
        figure = before.get((sheet, then[0].part, then[0].row, then[0].column))
        if _was_hidden(figure):
            hidden.add(now[0])
        elif figure is not None and figure.shown == values[now[0]]:
            published.add(now[0])
    return published, hidden


def _formula_relations(sheets: Sequence[Sheet]) -> Iterator[Relation]:
    """Sums that stand in the sheets as live formulas."""
    for sheet in sheets:
        for part in sheet.parts:
            for row in part.rows:
                for column, cell in row.cells.items():
                    if cell.formula and _is_linear(cell.formula):
                        key = CellKey(sheet.code, part.code, row.code, column)
                        terms = [(1, key)]
                        for factor, used in _used(cell.formula, key, part):
                            terms.append((-factor, used))
                        yield Relation(tuple(terms), equal=True)


def _is_linear(formula: str) -> bool:
    rest = _TOKEN.sub("", formula.replace("SUM(", "").replace(")", ""))
    return not rest.strip("+-")


def _used(formula: str, at: CellKey, part: Part) -> Iterator[tuple[int, CellKey]]:
    """The cells a formula names, with the sign before each."""
    for found in _TOKEN.finditer(formula):
        factor = -1 if formula[: found.start()].endswith("-") else 1
        rows = [found[1] or at.row]
        if found[1] == "*":
            rows = [row.code for row in part.rows if row.kind == "data"]
        for row in rows:
            yield factor, replace(at, row=row, column=found[2])


def _marked_sheet(sheet: Sheet, marks: Marks) -> Sheet:
    return replace(
        sheet, parts=tuple(_marked_part(sheet.code, part, marks) for part in sheet.parts)
    )


def _marked_part(sheet: str, part: Part, marks: Marks) -> Part:
    gone = dict(marks)
    rows = {row.code: dict(row.cells) for row in part.rows}
    changed = True
    while changed:
        changed = False
        for code, cells in rows.items():
            for column, cell in cells.items():
                key = CellKey(sheet, part.code, code, column)
                made = _marked_cell(cell, key, part, gone)
                if made != cell:
                    cells[column] = made
                    changed = True
                    if made.mark is Mark.HIDDEN:
                        gone[key] = Mark.HIDDEN
    return replace(part, rows=tuple(replace(row, cells=rows[row.code]) for row in part.rows))


def _marked_cell(cell: Cell, key: CellKey, part: Part, gone: Marks) -> Cell:
    mark = gone.get(key)
    if mark:
        return replace(cell, value=None, mark=mark, formula="")
    if cell.formula and any(used in gone for _, used in _used(cell.formula, key, part)):
        if _is_linear(cell.formula):
            return replace(cell, formula="")
        return replace(cell, value=None, mark=Mark.HIDDEN, formula="")
    return cell
