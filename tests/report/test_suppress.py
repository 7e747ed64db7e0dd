"""Nobody can work a small figure out: an attacker tries, with everything a reader knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from desktop.report.relations import CellKey, Relation, holds, on_columns, on_rows, read
from desktop.report.sheet import Cell, Mark
from desktop.report.suppress import Hidden, Table, choose_hidden
from desktop.store.snapshots import EarlierFigure, FigureKey
from tests.report.office import NothingBefore, Office, cell, figures, part_of, period
from tests.report.random_office import Draw

TOP = 60  # larger than every figure the small tables can hold

Domain = dict[CellKey, set[int]]
Sum = tuple[list[tuple[int, CellKey]], bool]


# The attacker: sets of possible values, pulled together by every relation, then searched through.
# It shares no code with the program: values are enumerated, not repaired.


def narrowed(domains: Domain, sums: list[Sum]) -> Domain | None:
    """Bounds consistency; None where nothing fits."""
    domains = dict(domains)
    again = True
    while again:
        again = False
        for terms, equal in sums:
            lows = [f * (min(domains[k]) if f > 0 else max(domains[k])) for f, k in terms]
            highs = [f * (max(domains[k]) if f > 0 else min(domains[k])) for f, k in terms]
            for number, (factor, key) in enumerate(terms):
                rest_low, rest_high = sum(lows) - lows[number], sum(highs) - highs[number]
                kept = {
                    value
                    for value in domains[key]
                    if factor * value + rest_low <= 0
                    and (not equal or factor * value + rest_high >= 0)
                }
                if kept != domains[key]:
                    if not kept:
                        return None
                    domains[key] = kept
                    lows[number] = factor * (min(kept) if factor > 0 else max(kept))
                    highs[number] = factor * (max(kept) if factor > 0 else min(kept))
                    again = True
    return domains


def possible(domains: Domain, sums: list[Sum]) -> bool:
    """Whether any whole table fits; complete, by trying every value."""
    found = narrowed(domains, sums)
    if found is None:
        return False
    open_ = [key for key, values in found.items() if len(values) > 1]
    if not open_:
        return True
    key = min(open_, key=lambda key: len(found[key]))
    return any(possible({**found, key: {value}}, sums) for value in sorted(found[key]))


def what_the_attacker_learns(
    table: Table, hidden: Hidden, *, thorough: bool
) -> dict[CellKey, set[int]]:
    """Values each figure that is not shown may still have."""
    domains: Domain = {}
    for key, value in table.values.items():
        if key in hidden.small:
            domains[key] = {1, 2, 3, 4}
        elif key in hidden.hidden:
            domains[key] = set(range(TOP)) - ({1, 2, 3, 4} if key in table.restricted else set())
        else:
            domains[key] = {value}
    sums: list[Sum] = [(list(relation.terms), relation.equal) for relation in table.relations]
    first = narrowed(domains, sums)
    assert first is not None
    unknown = hidden.small | hidden.hidden
    if not thorough:
        return {key: first[key] for key in unknown}
    return {
        key: {
            value
            for value in (first[key] if key in hidden.small else sorted(first[key])[:8])
            if possible({**first, key: {value}}, sums)
        }
        for key in unknown
    }


def what_the_marks_say(table: Table, hidden: Hidden) -> dict[CellKey, set[int]]:
    """Values of restricted figures that fit if no figure is shown at all, only which are "<5".

    Two groups apart, each "<5", make at least 2 of the group they are in, and a figure that reads
    "*" is none of 1-4: that is in the marks themselves.
    """
    values = {place: table.values[place] for place in table.restricted}
    own = [r for r in table.relations if all(place in values for _, place in r.terms)]
    bare = Table(values=values, relations=own, restricted=table.restricted)
    rest = table.restricted - hidden.small
    found = what_the_attacker_learns(bare, Hidden(hidden.small, rest), thorough=True)
    return found


def assert_safe(table: Table, hidden: Hidden, *, thorough: bool = True) -> None:
    small = {k for k in table.restricted if 1 <= table.values[k] <= 4}
    assert hidden.small == small
    marks = what_the_marks_say(table, hidden)
    for key, values in what_the_attacker_learns(table, hidden, thorough=thorough).items():
        if key in hidden.small:
            assert values == marks[key], (key, values)
            assert len(values) > 1
        else:
            assert len(values) > 1 or values == marks.get(key), (key, values)


# Small tables of the shape of B05 and B07: a balance across, overlapping rows down.


def key(row: str, column: str) -> CellKey:
    return CellKey("T", "I", row, column)


def relations_of(rows: list[str]) -> list[Relation]:
    sentences = ["[4] = [1] + [2] - [3]", "[5] <= [4]", "[6] <= [4]", "[5] + [6] <= [4]"]
    found = [
        relation
        for text in sentences
        for relation in on_rows(read(text), "T", "I", [*rows, "TONG"])
    ]
    for text in ("[TONG] <= sum", "each <= [TONG]"):
        found += on_columns(read(text), "T", "I", ["1", "4", "5", "6"], rows)
    return found


@st.composite
def tables(draw: st.DrawFn) -> Table:
    rows = ["a", "b", "HC"][: draw(st.integers(2, 3))]
    if "HC" not in rows:
        rows[-1] = "HC"
    values: dict[CellKey, int] = {}
    for row in rows:
        opening = draw(st.integers(0, 9))
        new = draw(st.integers(0, 6))
        gone = draw(st.integers(0, opening + new))
        closing = opening + new - gone
        women = draw(st.integers(0, closing))
        figures = (opening, new, gone, closing, women, draw(st.integers(0, closing - women)))
        values.update({key(row, str(n)): figure for n, figure in enumerate(figures, 1)})
    for column in ("1", "4", "5", "6", "2"):
        own = [values[key(row, column)] for row in rows]
        values[key("TONG", column)] = draw(st.integers(max(own), sum(own)))
    values[key("TONG", "3")] = (
        values[key("TONG", "1")] + values[key("TONG", "2")] - values[key("TONG", "4")]
    )
    relations = relations_of(rows)
    assume(values[key("TONG", "3")] >= 0)
    assume(all(holds(relation, values) for relation in relations))
    restricted = frozenset(key("HC", str(n)) for n in range(1, 7))
    costs = {place: 50 for place in values if place.row == "TONG"}
    return Table(values=values, relations=relations, restricted=restricted, costs=costs)


@settings(max_examples=150)
@given(table=tables())
def test_a_small_table_tells_nothing(table: Table) -> None:
    assert_safe(table, choose_hidden(table))


@st.composite
def partitions(draw: st.DrawFn) -> Table:
    """Rows that add up exactly, as B03 would with a restricted row, in two directions."""
    rows, columns = ["a", "b", "HC"], ["1", "2"]
    values = {key(row, column): draw(st.integers(0, 9)) for row in rows for column in columns}
    for row in rows:
        values[key(row, "3")] = sum(values[key(row, column)] for column in columns)
    for column in [*columns, "3"]:
        values[key("TONG", column)] = sum(values[key(row, column)] for row in rows)
    relations = [*on_rows(read("[3] = [1] + [2]"), "T", "I", [*rows, "TONG"])]
    relations += on_columns(read("[TONG] = sum"), "T", "I", [*columns, "3"], rows)
    restricted = frozenset(key("HC", column) for column in [*columns, "3"])
    return Table(values=values, relations=relations, restricted=restricted)


@settings(max_examples=150)
@given(table=partitions())
def test_a_table_that_adds_up_both_ways_tells_nothing(table: Table) -> None:
    assert_safe(table, choose_hidden(table))


def test_the_attacker_is_no_fool() -> None:
    """Without complementary hiding the very same attacker finds the figure."""
    values = {key("HC", "1"): 7, key("HC", "2"): 3, key("HC", "3"): 2, key("HC", "4"): 8}
    table = Table(
        values=values,
        relations=list(on_rows(read("[4] = [1] + [2] - [3]"), "T", "I", ["HC"])),
        restricted=frozenset(values),
    )
    naive = Hidden(frozenset({key("HC", "2"), key("HC", "3")}), frozenset())
    found = what_the_attacker_learns(table, naive, thorough=True)
    assert found[key("HC", "2")] == {2, 3, 4}
    assert_safe(table, choose_hidden(table))


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    values = {key("HC", "1"): 7, key("HC", "2"): 0, key("a", "1"): 2}
    table = Table(values=values, relations=[], restricted=frozenset({key("HC", "1")}))
    assert choose_hidden(table) == Hidden(frozenset(), frozenset())


# Whole reports.

KNOWN_ON_ROWS: Mapping[str, list[str]] = {
    "B05": ["[4] = [1] + [2] - [3]", "[5] <= [4]", "[6] + [7] <= [4]", "[8] <= [4]", "[9] <= [4]",
            "[11] <= [12]", "[13] <= [11]"],
    "B06": ["[1] <= [2]", "[3] <= [1]", "[4] <= [1]", "[HC] <= [1]", "[5] <= [1]",
            "[13] + [14] <= [2]",
            "[1] <= [5] + [6] + [7] + [8] + [HC] + [12]"],
    "B07": ["[7] = [1] - [6]", "[2] <= [1]", "[3] <= [1]", "[4] <= [2]", "[4] <= [3]", "[8] <= [1]",
            "[2] + [3] <= [1] + [4]"],
}  # fmt: skip
OVERLAPPING: Mapping[str, list[str]] = {
    "B05": ["1", "4", "5", "6", "7", "8", "9"],
    "B06": ["1", "3", "4", "5", "HC"],
    "B07": ["1", "2", "3", "4", "6", "7", "8"],
}
ADDED_UP = {"B06": ["2", "13", "14", "15"]}
EQUAL = [("B01", "G2-5", "3", "B07", "TONG", "4"), ("B01", "G2-5", "4", "B07", "TONG", "1")]


def report_relations(built: Any) -> Iterator[Relation]:
    """What a reader knows of B01, B05, B06 and B07, written down again for this test."""
    for sheet, texts in KNOWN_ON_ROWS.items():
        rows = [row.code for row in part_of(built, sheet).rows]
        data = [row.code for row in part_of(built, sheet).rows if row.kind == "data"]
        for text in texts:
            yield from on_rows(read(text), sheet, "I", rows)
        for text in ("[TONG] <= sum", "each <= [TONG]"):
            yield from on_columns(read(text), sheet, "I", OVERLAPPING[sheet], data)
        yield from on_columns(read("[TONG] = sum"), sheet, "I", ADDED_UP.get(sheet, []), data)
    for left, left_row, left_column, right, right_row, right_column in EQUAL:
        one, two = (
            CellKey(left, "I", left_row, left_column),
            CellKey(right, "I", right_row, right_column),
        )
        yield Relation(((1, one), (-1, two)), equal=True)


def as_table(exact: Any, shown: Any) -> tuple[Table, Hidden]:
    """The exact figures, and which of them the shown report does not show."""
    values, small, hidden, restricted = {}, set(), set(), set()
    for sheet in ("B01", "B05", "B06", "B07"):
        part = part_of(exact, sheet)
        columns = {column.code for column in part.columns if column.restricted}
        for row in part.rows:
            for column, found in row.cells.items():
                if not isinstance(found.value, int):
                    continue
                place = CellKey(sheet, "I", row.code, column)
                values[place] = found.value
                mark = cell(shown, sheet, row.code, column).mark
                if mark is Mark.SMALL:
                    small.add(place)
                elif mark is Mark.HIDDEN:
                    hidden.add(place)
                if row.restricted or column in columns:
                    restricted.add(place)
    known = [
        relation
        for relation in report_relations(exact)
        if all(place in values for _, place in relation.terms)
    ]
    assert all(holds(relation, values) for relation in known)
    table = Table(values=values, relations=known, restricted=frozenset(restricted))
    return table, Hidden(frozenset(small), frozenset(hidden))


@pytest.mark.parametrize(("seed", "clients"), [(0, 25), (1, 25), (2, 60), (1, 200), (2, 200)])
def test_a_report_tells_nothing(seed: int, clients: int) -> None:
    office = Draw(seed, clients=clients).office
    exact = office.report("2026H1", {"small_cells": "KHONG"}, outgoing=True)
    shown = office.report("2026H1", outgoing=True)
    table, hidden = as_table(exact, shown)
    assert hidden.small
    assert_safe(table, hidden, thorough=False)


def test_what_is_hidden_is_not_in_the_report_at_all() -> None:
    office = Draw(1, clients=60).office
    built = office.report("2026H1", outgoing=True)
    marked = 0
    for sheet in built.report.sheets:
        for part in sheet.parts:
            for row in part.rows:
                for found in row.cells.values():
                    if found.mark in (Mark.SMALL, Mark.HIDDEN):
                        marked += 1
                        assert found.value is None
                        assert not found.formula
    assert marked > 10


def hiv_office(children: int) -> Office:
    office = Office()
    for number in range(children):
        child = office.client("01-5", birth_year=2018)
        if number % 2:
            office.put("benefit", client=child, kind="ND20-3", date_from="2024-01-01")
            office.service(child, "2026-02-01")
    for _ in range(30):
        office.client("01-2", birth_year=2018)
    return office


def test_small_restricted_figures_and_what_gives_them_away() -> None:
    office = hiv_office(3)
    inside = figures(office.report("2026H1"), "B07")
    assert (inside["HIV", "1"], inside["HIV", "5"]) == (3, 33.3)
    outside = figures(office.report("2026H1", outgoing=True), "B07")
    assert outside["HIV", "1"] == "<5"
    assert outside["HIV", "5"] == "*"  # a percentage of small figures
    assert outside["BO_ROI", "1"] == "*" or outside["TONG", "1"] == "*"
    datum = [
        d.value
        for d in office.report("2026H1", outgoing=True).report.data()
        if (d.sheet, d.row, d.column) == ("B07", "HIV", "1")
    ]
    assert datum == ["<5"]


def test_the_setting_switches_it_off_and_large_groups_are_shown() -> None:
    off = figures(hiv_office(3).report("2026H1", {"small_cells": "KHONG"}, outgoing=True), "B07")
    assert off["HIV", "1"] == 3
    large = figures(hiv_office(12).report("2026H1", outgoing=True), "B07")
    assert (large["HIV", "1"], large["TONG", "1"], large["HIV", "8"]) == (12, 42, 0)


class Sent(NothingBefore):
    """The report before, with one opening figure of the restricted block."""

    def __init__(self, shown: int | str) -> None:
        self._shown = shown

    def reported(self, of: Any) -> Mapping[FigureKey, EarlierFigure]:
        if of != period("2025H2"):
            return {}
        return {("B05", "I", "HC", "4"): EarlierFigure(self._shown, "")}


def restricted_office() -> Office:
    """Ten people of the block at the opening, two new."""
    office = Office()
    for number in range(12):
        client = office.client()
        start = "2024-01-01" if number < 10 else "2026-02-01"
        office.category(client, "13", date_from=start)
    for _ in range(40):
        office.client("05", birth_year=1950)
    return office


def test_what_the_last_report_showed_cannot_be_hidden_now() -> None:
    shown = figures(restricted_office().report(outgoing=True, earlier=Sent(10)), "B05")
    assert (shown["HC", "1"], shown["HC", "2"]) == (10, "<5")
    assert shown["HC", "4"] == "*"


def test_what_the_last_report_hid_stays_hidden() -> None:
    shown = figures(restricted_office().report(outgoing=True, earlier=Sent("*")), "B05")
    assert shown["HC", "1"] == "*"


def test_cells_know_their_formula_is_gone() -> None:
    built = restricted_office().report(outgoing=True, earlier=Sent(10))
    total: Cell = cell(built, "B05", "TONG", "4")
    assert total.mark is Mark.NONE or not total.formula
    block: Cell = cell(built, "B05", "HC", "4")
    assert not block.formula
