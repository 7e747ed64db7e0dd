"""Figures of earlier periods: as sent, as typed in, not known; compared in B01 and B12."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.report.earlier import StoredEarlier
from desktop.report.sheet import Mark
from desktop.store import snapshots
from desktop.store.snapshots import EarlierFigure, FigureKey, SnapshotHead
from tests.report.office import COMMUNE, Office, SomethingBefore, cell, figures, period
from tests.report.random_office import Draw


def staffed_office() -> Office:
    office = Office()
    office.assign(office.worker(), office.organization())
    office.organization()
    return office


def head(code: str, revision: int = 1) -> SnapshotHead:
    return SnapshotHead(unit_id=COMMUNE, calendar="ND09", period=code, revision=revision,
                        made_at="2026-06-16T08:00:00+07:00", made_by="p", digest="d",
                        file_name="f.xlsx")  # fmt: skip


def test_nothing_known_is_said_so_and_never_0() -> None:
    built = staffed_office().report("2026H1")
    for column in ("6", "7"):
        assert cell(built, "B01", "G2-1", column).mark is Mark.UNKNOWN
    for column in ("2", "3", "7", "8", "9", "10"):
        assert cell(built, "B12", "G2-1", column).mark is Mark.UNKNOWN
    assert cell(built, "B12", "G2-1", "1").value == 50


def test_what_was_sent_is_compared_with() -> None:
    office = staffed_office()
    sent = office.report("2025H2")
    snapshots.keep_snapshot(office.connection, head("2025H2"), sent.figures)
    for unit in office.rows["organization"]:
        office.connection.execute("DELETE FROM organization WHERE id = ?", (unit["id"],))
    earlier = StoredEarlier(office.connection)
    built = office.report("2026H1", earlier=earlier)
    # G2-1 was worked out for 2025H2 too, although only G1-1 was printed then.
    assert cell(built, "B01", "G2-1", "6").value == 50
    assert cell(built, "B01", "G2-1", "7").mark is Mark.UNKNOWN


def test_the_last_revision_counts_and_sent_comes_before_typed() -> None:
    office = staffed_office()
    key: FigureKey = ("B01", "I", "G2-1", "5")
    snapshots.type_figure(office.connection, "ND09", "2025H2", key, 33, "BC 1/2025",
                          entered_at="2026-01-01", entered_by="p")  # fmt: skip
    earlier = StoredEarlier(office.connection)
    assert cell(office.report("2026H1", earlier=earlier), "B01", "G2-1", "6").value == 33
    sent = office.report("2025H2")
    snapshots.keep_snapshot(office.connection, head("2025H2"), ())
    snapshots.keep_snapshot(office.connection, head("2025H2", 2), sent.figures)
    assert snapshots.next_revision(office.connection, "ND09", "2025H2") == 3
    assert [s.revision for s in snapshots.snapshots(office.connection)] == [2, 1]
    built = office.report("2026H1", earlier=StoredEarlier(office.connection))
    assert cell(built, "B01", "G2-1", "6").value == 50


def test_typed_figures_can_be_replaced_and_taken_back() -> None:
    office = Office()
    key: FigureKey = ("B01", "I", "G2-1", "5")

    def typed(**how: bool) -> dict[FigureKey, EarlierFigure]:
        return snapshots.typed_figures(office.connection, "ND09", "2025H2", **how)

    for value in (33, 34):
        snapshots.type_figure(office.connection, "ND09", "2025H2", key, value, " BC 1/2025 ",
                              entered_at="2026-01-01", entered_by="p")  # fmt: skip
    assert typed() == {key: EarlierFigure(34, "BC 1/2025")}
    assert typed(rebased=True) == {}
    snapshots.forget_figure(office.connection, "ND09", "2025H2", key)
    assert typed() == {}
    with pytest.raises(ValueError, match="source"):
        snapshots.type_figure(office.connection, "ND09", "2025H2", key, 1, " ",
                              entered_at="2026-01-01", entered_by="p")  # fmt: skip


def test_hidden_figures_stay_hidden_in_later_comparisons() -> None:
    office = staffed_office()
    sent = office.report("2025H2")
    hidden = [
        replace(figure, shown=str(Mark.HIDDEN)) if figure.key[2] == "G2-1" else figure
        for figure in sent.figures
    ]
    snapshots.keep_snapshot(office.connection, head("2025H2"), hidden)
    built = office.report("2026H1", earlier=StoredEarlier(office.connection))
    assert cell(built, "B01", "G2-1", "6").mark is Mark.HIDDEN
    assert cell(built, "B12", "G2-1", "2").mark is Mark.HIDDEN
    assert cell(built, "B12", "G2-1", "7").mark is Mark.HIDDEN


def test_changes_against_before_a_year_ago_and_the_baseline() -> None:
    office = staffed_office()
    office.put("baseline", kind="CTV_GOC", scope_unit=COMMUNE, as_of="2020-12-31", value=4,
               source="BC", method="BAO_CAO")  # fmt: skip
    shown = figures(office.report("2026H1", earlier=SomethingBefore()), "B12")
    assert [shown["G2-1", str(n)] for n in (1, 2, 3, 7, 8, 9, 10)] == [50, 40, 40, 10, 25, 10, 25]
    assert [shown["HN-1.S", str(n)] for n in (1, 6, 11, 12)] == [1, 4, -3, -75]


def test_rebased_figures_only_where_units_changed() -> None:
    office = staffed_office()
    # The unit stands since 1/7/2025: 2025H2 closes after it, 2025H1 before.
    shown = figures(office.report("2026H1", earlier=SomethingBefore()), "B12", "II")
    assert shown["G2-1", "2"] == 40
    assert shown["G2-1", "3"] == 30.5
    first = figures(office.report("2025H2", earlier=SomethingBefore()), "B12", "II")
    assert first["G1-1", "2"] == 30.5


def test_every_printed_figure_is_kept_as_counted_and_as_shown() -> None:
    office = Draw(2).office
    built = office.report("2026H1", outgoing=True)
    kept = {figure.key: figure for figure in built.figures}
    assert len(kept) == len(built.figures)
    small = [figure for figure in kept.values() if figure.shown == "<5"]
    assert small
    assert all(figure.exact in (1, 2, 3, 4) for figure in small)
    assert kept["B05", "I", "TONG", "4"].exact == built_exact(office)
    assert not any(key[0] == "B02" and key[1] == "I" for key in kept)
    snapshots.keep_snapshot(office.connection, head("2026H1"), built.figures)
    read = snapshots.figures_of(office.connection, "ND09", "2026H1")
    assert read["B05", "I", "TONG", "12"].shown == kept["B05", "I", "TONG", "12"].shown


def built_exact(office: Office) -> object:
    return cell(office.report("2026H1"), "B05", "TONG", "4").value


def test_snapshots_belong_to_their_calendar() -> None:
    office = staffed_office()
    snapshots.keep_snapshot(office.connection, head("2025H2"), office.report("2025H2").figures)
    other = StoredEarlier(office.connection).reported(period("2025H2", "THONG_KE"))
    assert other == {}
