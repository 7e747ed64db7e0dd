"""The workbook of both sample offices: an opinion of LibreOffice, privacy, cells, revisions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from desktop.base.clock import FixedClock
from desktop.base.errors import ReadOnly, UserError
from desktop.schema.definition import DataClass, FieldType, Register
from desktop.service.exporting import Exported, export
from desktop.service.sample import SAMPLES
from desktop.service.workspace import Workspace
from tests.flows.conftest import SampleOffice
from tests.flows.limits import ROOM_FOR_THE_LOG, little_room, read_only
from tests.flows.workbooks import (
    LISTS,
    Place,
    bytes_inside,
    cell_lines,
    cells_of,
    data_lines,
    manifest,
    opened,
    visible_lines,
)
from tests.libreoffice import differences
from tests.offices import read_openly

GOLDEN = Path(__file__).parents[1] / "golden"
HALF, YEAR = "2026H1", "2026"
NAMED_THERE = ("worker", "office", "organization")
"""Registers of those who do the work: the forms ask for their names."""
EVERYDAY = (
    "ho", "dem", "ten", "guardian_relation", "position_in_family", "grade_now", "occupation",
)  # fmt: skip
"""Fields whose words, like "Nguyễn" or "Con thứ hai", say nothing of one person alone."""
SHORTEST_TRACE = 8
"""Characters: "Học tập" as a need of a plan stands in the lists as well."""
SMALL = range(1, 5)


@pytest.fixture(scope="module")
def half(sample: SampleOffice, tmp_path_factory: pytest.TempPathFactory) -> Exported:
    return export(sample.workspace, HALF, tmp_path_factory.mktemp("out"))


@pytest.fixture(scope="module")
def year(sample: SampleOffice, tmp_path_factory: pytest.TempPathFactory) -> Exported:
    return export(sample.workspace, YEAR, tmp_path_factory.mktemp("out"))


def test_libreoffice_works_every_formula_out_the_same(
    half: Exported, year: Exported, tmp_path: Path
) -> None:
    for done in (half, year):
        _, formulas = opened(done.path)
        live = [c for s in formulas for row in s.iter_rows() for c in row if c.data_type == "f"]
        assert len(live) > 100
        assert differences(done.path, tmp_path) == []


def test_the_name_of_the_file_says_period_unit_and_revision(
    sample: SampleOffice, half: Exported
) -> None:
    unit = {"phuong_ha_nam": "13366_Phuong-Ha-Nam", "xa_binh_luc": "13504_Xa-Binh-Luc"}
    assert half.path.name == f"BC-CTXH_2026H1_XA_{unit[sample.name]}_v1.xlsx"


def test_nothing_personal_of_those_helped_is_anywhere_in_the_file(
    sample: SampleOffice, half: Exported, year: Exported
) -> None:
    texts = personal_texts(sample.workspace)
    assert len(texts) > 5
    for done in (half, year):
        inside = bytes_inside(done.path)
        assert sample.workspace.person.name.encode() in inside, "who signs is named: so we can see"
        assert [text for text in sorted(texts) if text.encode() in inside] == []


def personal_texts(workspace: Workspace) -> set[str]:
    """Everything personal or sensitive that is recorded in words, deleted records too."""
    found: set[str] = set()
    for register in workspace.registers.values():
        if register.parent or register.catalogue or register.name in NAMED_THERE:
            continue
        rows = workspace.rows(register.name)
        for deleted in (False, True):
            rows.show_deleted(deleted)
            for id in list(rows.ids):
                record = read_openly(workspace, register.name, id)
                found |= private_words(register, record.values)
                for child in workspace.forms.children(register.name):
                    for row in record.children[child.name]:
                        found |= private_words(child, row)
        rows.show_deleted(False)
    return found


def private_words(register: Register, values: Mapping[str, object]) -> set[str]:
    return {
        str(values[one.name])
        for one in register.fields
        if one.data_class is not DataClass.NONE
        and one.type in (FieldType.TEXT, FieldType.NOTE)
        and one.name not in EVERYDAY
        and len(str(values.get(one.name) or "")) >= SHORTEST_TRACE
    }


def test_what_is_seen_and_what_is_sent_are_the_same_figures(half: Exported, year: Exported) -> None:
    for done in (half, year):
        sent, seen = data_lines(done.path), visible_lines(done.path, done.report)
        told = {place: value for place, value in sent.items() if place[1] != "T"}
        assert len(told) > 2000
        shown = {place: "" if value == "x" else value for place, value in seen.items()}
        assert {
            p: (value, shown.get(p)) for p, value in told.items() if value != shown.get(p)
        } == {}
        assert {value for place, value in shown.items() if place not in told} <= {""}


def test_small_figures_of_restricted_groups_are_hidden_in_both(
    sample: SampleOffice, half: Exported
) -> None:
    sent, seen = data_lines(half.path), visible_lines(half.path, half.report)
    places = restricted_places(half)
    assert places
    for shown in (sent, seen):
        bare = {place: shown[place] for place in places if shown.get(place) in SMALL}
        assert bare == {}
    hidden = [place for place in places if sent.get(place) == "<5"]
    assert all(seen[place] == "<5" for place in hidden)
    if sample.name == "phuong_ha_nam":
        assert hidden, "the larger sample has people of restricted groups"


def restricted_places(done: Exported) -> list[Place]:
    return [
        (sheet.code, part.code, row.code, column.code)
        for sheet in done.report.sheets
        for part in sheet.parts
        for row in part.rows
        for column in part.columns
        if (row.restricted or column.restricted) and column.code.isdigit()
    ]


def test_the_code_lists_go_with_the_workbook(sample: SampleOffice, half: Exported) -> None:
    rows = cells_of(half.path)[LISTS][1:]
    sent = {(row[0], row[1]): row[2] for row in rows}
    lists = sample.workspace.forms.lists
    assert sent == {(one.name, v.code): v.label for one in lists.values() for v in one.values}


@pytest.mark.parametrize("sample", SAMPLES[:1], indirect=True)
def test_codes_are_text_and_days_are_days(half: Exported) -> None:
    values, formulas = opened(half.path)
    cover = values.worksheets[0]
    cells = [cell for row in cover.iter_rows() for cell in row if cell.value == "13366"]
    assert cells
    assert {(cell.data_type, cell.number_format) for cell in cells} == {("s", "@")}
    shown = [sheet for sheet in formulas if sheet.sheet_state == "visible"]
    cells = [cell for sheet in shown for row in sheet.iter_rows() for cell in row]
    days = {cell.number_format.lower() for cell in cells if cell.data_type == "d"}
    assert days == {"dd/mm/yyyy"}


def test_every_cell_is_the_one_that_was_accepted(
    sample: SampleOffice, half: Exported, request: pytest.FixtureRequest
) -> None:
    head = [f"{key} = {text}" for key, text in manifest(half.path).items()]
    lines = [*map(without_digest, head), "", *cell_lines(half.path)]
    found = "\n".join(lines) + "\n"
    golden = GOLDEN / f"workbook-{sample.name}.txt"
    if request.config.getoption("--accept"):
        golden.write_text(found, encoding="utf-8", newline="\n")
    accepted = golden.read_text(encoding="utf-8")
    assert found.splitlines() == accepted.splitlines(), "python -m pytest … --accept takes it over"


def without_digest(line: str) -> str:
    """Digests change with every word of the definitions, and the moment bears a time zone."""
    line = re.sub(r"\b[0-9a-f]{64}\b", "…", line)
    return re.sub(r"^(made_at = .{19}).*", r"\1", line)


@pytest.mark.parametrize("sample", SAMPLES[:1], indirect=True)
def test_a_place_that_takes_nothing_is_said_in_words_and_keeps_nothing(
    sample: SampleOffice, half: Exported, tmp_path: Path
) -> None:
    kept = sample.workspace.reporting.exports()
    folder = tmp_path / "báo cáo"
    folder.mkdir()
    with read_only(folder, sample.workspace.paths.data), pytest.raises(ReadOnly, match="chỉ được"):
        export(sample.workspace, HALF, folder)
    sample.workspace.database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with little_room(ROOM_FOR_THE_LOG), pytest.raises(UserError, match="lớn hơn cỡ tệp"):
        export(sample.workspace, HALF, folder)
    assert list(folder.iterdir()) == []
    assert sample.workspace.reporting.exports() == kept


def test_the_next_period_begins_with_the_figures_sent_last(
    sample: SampleOffice, half: Exported, tmp_path: Path
) -> None:
    workspace = sample.workspace
    services = workspace.rows("service_event").ids
    workspace.saving.delete("service_event", [services[0]])
    again = export(workspace, HALF, tmp_path)
    workspace.saving.undo()
    assert again.revision == 2
    assert again.path.name == half.path.name.replace("_v1", "_v2")
    assert manifest(again.path)["revision"] == "2"
    assert data_lines(again.path) != data_lines(half.path)

    later = workspace_on(sample, date(2026, 12, 20))
    try:
        following = export(later, "2026H2", tmp_path)
    finally:
        later.close()
    sent, now = data_lines(again.path), data_lines(following.path)
    codes = {row for sheet, part, row, _ in sent if (sheet, part) == ("B01", "I")}
    before = {code: now.get(("B01", "I", code, "6")) for code in codes}
    same = {code for code in codes if before[code] == sent.get(("B01", "I", code, "5"))}
    assert len(same) > 10
    assert {code: before[code] for code in codes - same if before[code] not in (None, "…")} == {}


def workspace_on(sample: SampleOffice, day: date) -> Workspace:
    """The same office on another day."""
    workspace = sample.workspace.another()
    workspace.clock = FixedClock(day)
    return workspace
