"""The written file holds what was planned, or is not kept."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from desktop.base.errors import LimitExceeded, UserError
from desktop.report.sheet import Cell, Part, Report, Style, TextBlock
from desktop.workbook import write
from desktop.workbook.formulas import Places, column_letters, place_name
from desktop.workbook.layout import lay_out
from desktop.workbook.names import file_name
from desktop.workbook.plan import MOST_CHARACTERS, MOST_ROWS, Look, SheetPlan
from desktop.workbook.verify import NotAsMeant, verify
from desktop.workbook.write import write_plans, write_workbook


@pytest.fixture
def written(report: Report, tmp_path: Path) -> Path:
    path = tmp_path / "báo cáo.xlsx"
    write_workbook(report, path)
    return path


def rows_of(path: Path, sheet: str) -> list[list[object]]:
    with CalamineWorkbook.from_path(str(path)) as book:
        return book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def test_name_of_the_file(report: Report) -> None:
    assert file_name(report) == "BC-CTXH_2026H1_XA_13366_Phuong-Ha-Nam_v1.xlsx"


def test_figures_dates_and_formula_looking_text_are_read_back(written: Path) -> None:
    row = next(r for r in rows_of(written, "B05-Đối tượng") if r[1] == "=Người cao tuổi cô đơn")
    assert row[0] == "05"
    assert row[2:7] == [12.0, 1.0, 0.0, 13.0, 52.0]
    assert row[7] == date(2026, 6, 14)


def test_marks_stand_in_the_visible_sheet_and_in_the_data_sheet(written: Path) -> None:
    row = next(r for r in rows_of(written, "B05-Đối tượng") if r[1] == "Nhóm hạn chế")
    assert row[2:7] == ["<5", "<5", "<5", "*", "…"]
    data = [r[:5] for r in rows_of(written, "_DULIEU") if r[:3] == ["B05", "I", "HC"]]
    assert [r[4] for r in data if r[3] in "1234"] == ["<5", "<5", "<5", "*"]


def test_a_cell_that_does_not_apply_is_never_blank(written: Path) -> None:
    total = next(r for r in rows_of(written, "B05-Đối tượng") if r[1] == "Tổng số")
    assert total[6] == "x"
    assert total[7] == "x"


def test_data_sheets_are_hidden_and_formulas_are_live(written: Path) -> None:
    book = openpyxl.load_workbook(written)
    assert [s.title for s in book if s.sheet_state == "hidden"] == ["_DULIEU", "_DM"]
    formulas = [
        cell.value
        for row in book["B05-Đối tượng"].iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("=") and cell.data_type == "f"
    ]
    balance = [f for f in formulas if "+" in f]
    assert len(balance) == 2
    assert any(f.startswith("=SUM(") for f in formulas)
    cover = book["00-Bìa"]
    assert cover.page_setup.orientation == "portrait"
    assert cover.page_setup.paperSize == 9


def test_the_table_head_is_printed_on_every_page(written: Path) -> None:
    sheet = openpyxl.load_workbook(written)["B05-Đối tượng"]
    assert sheet.print_title_rows is not None
    first, last = (int(n) for n in sheet.print_title_rows.replace("$", "").split(":"))
    texts = {cell.value for row in sheet.iter_rows(min_row=first, max_row=last) for cell in row}
    assert {"Đang quản lý", "Nhóm đối tượng", "(4=1+2-3)"} <= texts
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_no_names_of_people_or_machines_in_the_properties(written: Path) -> None:
    with zipfile.ZipFile(written) as package:
        core = package.read("docProps/core.xml").decode()
        app = package.read("docProps/app.xml").decode()
    assert "<dc:creator></dc:creator>" in core
    assert "<cp:lastModifiedBy></cp:lastModifiedBy>" in core
    assert "<Company></Company>" in app


def test_a_changed_cell_is_noticed_and_named(report: Report, tmp_path: Path) -> None:
    plans = lay_out(report)
    path = tmp_path / "a.xlsx"
    write_plans(plans, path)
    place = next(p for p, c in plans[1].cells.items() if c.value == 12)
    plans[1].cells[place] = replace(plans[1].cells[place], value=13)
    with pytest.raises(NotAsMeant) as caught:
        verify(plans, path)
    assert caught.value.differences == [f"B05-Đối tượng!{place_name(*place)}: 12.0 ≠ 13.0"]


def test_a_value_nobody_meant_is_noticed(report: Report, tmp_path: Path) -> None:
    plans = lay_out(report)
    path = tmp_path / "a.xlsx"
    write_plans(plans, path)
    place = next(p for p, c in plans[1].cells.items() if c.value == 12)
    del plans[1].cells[place]
    with pytest.raises(NotAsMeant):
        verify(plans, path)


def test_a_file_that_reads_back_wrong_is_not_kept(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"the former file")
    real = write.write_plans

    def write_less(plans: list[SheetPlan], target: Path, *rest: object) -> None:
        spoilt = [replace_cells(plan) for plan in plans]
        real(spoilt, target)

    def replace_cells(plan: SheetPlan) -> SheetPlan:
        cells = dict(list(plan.cells.items())[:-1])
        return replace(plan, cells=cells)

    monkeypatch.setattr(write, "write_plans", write_less)
    with pytest.raises(NotAsMeant):
        write_workbook(report, path)
    assert path.read_bytes() == b"the former file"
    assert list(tmp_path.iterdir()) == [path]


def test_text_past_the_limit_of_excel_is_refused_and_nothing_written(
    report: Report, tmp_path: Path
) -> None:
    long = TextBlock(heading="I", text="ă" * (MOST_CHARACTERS + 1))
    sheets = (replace(report.sheets[0], texts=(long,)), *report.sheets[1:])
    with pytest.raises(LimitExceeded) as caught:
        write_workbook(replace(report, sheets=sheets), tmp_path / "a.xlsx")
    assert "32.768" in str(caught.value)
    assert not list(tmp_path.iterdir())


def test_rows_past_the_limit_of_excel_are_refused() -> None:
    plan = SheetPlan(name="B02")
    plan.put(MOST_ROWS - 1, 0, "cuối", Look())
    with pytest.raises(LimitExceeded):
        plan.put(MOST_ROWS, 0, "quá", Look())


def test_a_folder_that_is_not_there_is_said_in_words(report: Report, tmp_path: Path) -> None:
    with pytest.raises(UserError):
        write_workbook(report, tmp_path / "không có" / "a.xlsx")


def test_a_drive_that_takes_no_more_leaves_the_former_file(report: Report, tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")  # the limit stands in for the end of the drive
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"the former file")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        with pytest.raises(UserError):
            write_workbook(report, path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert path.read_bytes() == b"the former file"
    assert list(tmp_path.iterdir()) == [path]


def test_tokens_become_references_and_ranges_skip_headings() -> None:
    places = Places({"1": 2, "4": 5}, {"a": 7, "b": 9, "T": 10}, [7, 9])
    assert places.resolve("[1]+[T!4]", 7) == "C8+F11"
    assert places.resolve("SUM([*!4])", 10) == "SUM(F8:F8,F10:F10)"
    assert [column_letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_a_long_list_keeps_every_row(report: Report, balance_part: Part, tmp_path: Path) -> None:
    names = [Cell(value=f"Họ tên {n}", style=Style.TEXT) for n in range(3000)]
    one = balance_part.rows[1]
    rows = tuple(replace(one, code=f"r{n}", cells={"B": name}) for n, name in enumerate(names))
    part = replace(balance_part, rows=rows, open_list=True)
    sheets = (report.sheets[0], replace(report.sheets[1], parts=(part,)))
    path = tmp_path / "a.xlsx"
    write_workbook(replace(report, sheets=sheets), path)
    found = [r[1] for r in rows_of(path, "B05-Đối tượng") if str(r[1]).startswith("Họ tên")]
    assert found == [f"Họ tên {n}" for n in range(3000)]


@pytest.mark.parametrize("count", [1, 9, 21, 25, 33, 40, 52, 60])
def test_a_signature_block_is_never_cut_by_a_page(
    report: Report, balance_part: Part, count: int
) -> None:
    one = balance_part.rows[1]
    rows = (*(replace(one, code=f"r{n}") for n in range(count)), balance_part.rows[-1])
    sheets = (replace(report.sheets[1], parts=(replace(balance_part, rows=rows),), notes=()),)
    plan = lay_out(replace(report, sheets=sheets))[0]
    signed = next(r for (r, _), c in plan.cells.items() if c.value == "Nguyễn Văn Ất")
    posts = next(r for (r, _), c in plan.cells.items() if c.value == "NGƯỜI LẬP BIỂU")
    if plan.one_page:
        return  # nothing is broken: the whole sheet is printed on one page
    # Independent of `pages`: add the heights up and see which page each row falls on.
    page, used, pages = 0, 0.0, {}
    printable = (21.0 - 4.0) / 2.54 * 72
    wide = (29.7 - 3.5) / 2.54 * 72
    scale = min(1.0, wide / sum((7 * w + 5) * 0.75 for w in plan.widths))
    repeated = sum(plan.heights.get(r, 15) for r in range(plan.repeat[0], plan.repeat[1] + 1))
    for row in range(signed + 1):
        tall = plan.heights.get(row, 15)
        if row in plan.breaks or (used + tall) * scale > printable:
            page, used = page + 1, repeated
        used += tall
        pages[row] = page
    assert pages[posts] == pages[signed]


def test_recipients_stand_on_the_cover_as_the_decree_writes_them(written: Path) -> None:
    texts = [str(row[0]) for row in rows_of(written, "00-Bìa")]
    at = texts.index("Nơi nhận:")
    assert texts[at + 1 : at + 3] == ["- Sở Y tế tỉnh Ninh Bình;", "- Lưu: VT."]


def test_a_table_that_fits_a_page_is_not_broken_over_two(
    report: Report, balance_part: Part, tmp_path: Path
) -> None:
    one = balance_part.rows[1]
    rows = (*(replace(one, code=f"r{n}") for n in range(10)), balance_part.rows[-1])
    parts = tuple(replace(balance_part, code=code, rows=rows) for code in ("I", "II", "III"))
    sheets = (replace(report.sheets[1], parts=parts),)
    path = tmp_path / "a.xlsx"
    write_workbook(replace(report, sheets=sheets), path)
    sheet = openpyxl.load_workbook(path)["B05-Đối tượng"]
    titles = [
        cell.row for row in sheet.iter_rows() for cell in row if cell.value == balance_part.title
    ]
    broken = {one.id for one in sheet.row_breaks.brk}
    assert {row - 1 for row in titles[1:]} <= broken
