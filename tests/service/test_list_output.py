"""Lists on their way out: what stays behind, what is logged, cells of their kind, the file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from desktop.base.errors import UserError
from desktop.base.progress import Cancelled
from desktop.schema.definition import Field, FieldType
from desktop.service.list_fields import ShownColumn
from desktop.service.list_output import (
    Outgoing,
    cell_of_value,
    clipboard_cells,
    copied,
    export_list,
    file_name,
    outgoing,
    paper_of,
)
from desktop.service.rights import NotAllowed, Rights, Role
from desktop.service.row_list import Filter, ListRow, Operator, Order, RowList
from desktop.service.sight import restricted_words
from desktop.service.workspace import Workspace
from desktop.store import access_log
from desktop.store.access_log import Seen
from tests.service.test_row_list import client, household

HEAD = 5
"""Rows of the office's head and the title; a row for each note follows, then an empty one."""


@pytest.fixture
def people(workspace: Workspace, worker: str) -> dict[str, str]:
    return {
        name: client(workspace, name, worker, category)
        for name, category in (("Lê Văn Kín", "09"), ("Lê Văn Mở", "07"), ("Đỗ Thị An", "07"))
    }


@pytest.fixture
def rows(workspace: Workspace, people: dict[str, str]) -> RowList:
    found = workspace.rows("client")
    found.choose_columns(["file_no", "full_name", "birth", "main_category", "#case_record"])
    return found


def logged(workspace: Workspace, act: str) -> list[Seen]:
    workspace.access.flush()
    return [one.seen for one in access_log.rows(workspace.reader) if one.seen.act == act]


def all_out(workspace: Workspace, rows: RowList) -> Outgoing:
    return outgoing(workspace, rows, rows.ids[:])


def test_restricted_records_and_sensitive_columns_stay_behind(
    workspace: Workspace, rows: RowList
) -> None:
    out = all_out(workspace, rows)
    assert out.leaves_out
    paper = paper_of(workspace, out)
    assert [one.title for one in paper.columns] == ["Mã hồ sơ", "Họ và tên", "Ngày sinh", "Ca"]
    assert sorted(row[1] for row in paper.rows) == ["Lê Văn Mở", "Đỗ Thị An"]
    assert "Không đưa ra: 1 hồ sơ nhóm hạn chế; cột nhạy cảm: nhóm chính" in paper.notes
    assert "2 dòng" in paper.notes
    assert paper.internal


def test_with_a_reason_all_go_along_and_it_is_logged(
    workspace: Workspace, rows: RowList, people: dict[str, str], tmp_path: Path
) -> None:
    out = replace(all_out(workspace, rows), reason="họp xét duyệt")
    path = tmp_path / "ds.xlsx"
    paper = export_list(workspace, out, path)
    assert len(paper.rows) == 3
    assert len(paper.columns) == 5
    assert not any(note.startswith("Không đưa ra") for note in paper.notes)
    (seen,) = logged(workspace, "export")
    assert (seen.reason, seen.count, seen.register) == ("họp xét duyệt", 3, "client")
    assert set(seen.ids) == set(people.values())
    assert "nhóm chính" in seen.what.lower()


def test_who_may_not_let_lists_out_is_refused(workspace: Workspace, rows: RowList) -> None:
    out = all_out(workspace, rows)
    workspace.rights = Rights([Role.ENTRY], workspace.forms)
    with pytest.raises(NotAllowed):
        outgoing(workspace, rows, rows.ids[:])
    with pytest.raises(NotAllowed):
        export_list(workspace, out, Path("nowhere.xlsx"))
    assert not logged(workspace, "export")


def test_the_paper_says_what_was_asked(workspace: Workspace, rows: RowList) -> None:
    rows.find("le van")
    rows.filter((Filter("sex", Operator.IS, ("NAM",)),))
    rows.sort((Order("birth"), Order("full_name", descending=True)))
    paper = paper_of(workspace, outgoing(workspace, rows, rows.ids[:], "Chỉ tiêu 1"))
    assert paper.title == "Danh sách đối tượng"
    assert paper.notes[:4] == (
        "Chỉ tiêu 1",
        "Tìm theo “le van”",
        "Lọc: Giới tính là Nam",
        "Sắp xếp theo ngày sinh, họ và tên (giảm dần)",
    )
    assert paper.superior == "Ủy ban nhân dân tỉnh Ninh Bình"
    assert paper.issuer == "Ủy ban nhân dân phường Hà Nam"
    assert (paper.place, paper.made_on) == ("Hà Nam", workspace.today)
    assert file_name(workspace, outgoing(workspace, rows, ())).startswith("DS_Doi-tuong_13366_2026")


def test_the_file_reads_back_the_same_by_two_libraries(
    workspace: Workspace, rows: RowList, tmp_path: Path
) -> None:
    path = tmp_path / "ds.xlsx"
    paper = export_list(workspace, all_out(workspace, rows), path)
    head = HEAD + len(paper.notes) + 2
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    by_openpyxl = [[one.value for one in row[1:]] for row in sheet.iter_rows(min_row=head + 1)]
    with CalamineWorkbook.from_path(str(path)) as book:
        (name,) = book.sheet_names
        read = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    assert name == "Danh sách đối tượng"
    titles = [one.title for one in paper.columns]
    assert [one.value for one in sheet[head]][1:] == titles
    assert read[head - 1] == ["STT", *titles]
    meant = [list(row) for row in paper.rows]
    assert by_openpyxl == meant
    assert [row[1:] for row in read[head:]] == meant
    assert [row[0] for row in read[head:]] == [1, 2]
    assert read[0][0] == "ỦY BAN NHÂN DÂN TỈNH NINH BÌNH"
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in read[0]
    assert "Độc lập - Tự do - Hạnh phúc" in read[1]
    assert "LƯU HÀNH NỘI BỘ" in read[2]
    assert read[4][0] == "DANH SÁCH ĐỐI TƯỢNG"
    assert sheet.print_title_rows == f"${head}:${head}"
    assert sheet.freeze_panes == f"B{head + 1}"


def test_nobody_is_named_in_the_properties_of_the_file(
    workspace: Workspace, rows: RowList, tmp_path: Path
) -> None:
    path = tmp_path / "ds.xlsx"
    export_list(workspace, all_out(workspace, rows), path)
    properties = openpyxl.load_workbook(path).properties
    assert not properties.creator
    assert not properties.lastModifiedBy
    assert not properties.title
    with ZipFile(path) as packed:
        for part in packed.namelist():
            assert workspace.person.name.encode() not in packed.read(part), part


def test_a_stopped_or_refused_export_leaves_the_former_file(
    workspace: Workspace, rows: RowList, tmp_path: Path
) -> None:
    path = tmp_path / "ds.xlsx"
    path.write_bytes(b"former")

    def stop(text: str, done: float) -> None:
        if done > 0.6:
            raise Cancelled

    with pytest.raises(Cancelled):
        export_list(workspace, all_out(workspace, rows), path, stop)
    assert path.read_bytes() == b"former"
    with pytest.raises(UserError):
        export_list(workspace, all_out(workspace, rows), tmp_path / "no" / "folder" / "x.xlsx")
    assert [one.name for one in tmp_path.iterdir()] == ["ds.xlsx"]


def test_texts_that_look_like_formulas_stay_texts(workspace: Workspace, tmp_path: Path) -> None:
    for name in ("=1+1", "+84 912", "-5", "@SUM(A1)", '=HYPERLINK("http://x")'):
        household(workspace, name)
    rows = workspace.rows("household")
    path = tmp_path / "ds.xlsx"
    paper = export_list(workspace, all_out(workspace, rows), path)
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    place = [one.key for one in rows.columns].index("head_name") + 1
    cells = [row[place] for row in sheet.iter_rows(min_row=HEAD + len(paper.notes) + 3)]
    assert len(cells) == 5
    assert all(cell.data_type == "s" for cell in cells)
    plain, html, count = copied(workspace, all_out(workspace, rows))
    assert count == 5
    assert "'=1+1" in plain
    assert "\t=" not in plain
    assert "\n=" not in plain
    assert "<td>=1+1</td>" in html
    assert "x:num" not in html.split("<td>=1+1</td>")[0].rsplit("<tr>", 1)[1]


def column(name: str, kind: FieldType, **more: object) -> ShownColumn:
    return ShownColumn(name, name, "left", Field(name=name, type=kind, label=name, **more))  # type: ignore[arg-type]


COLUMNS = (
    column("cccd", FieldType.TEXT, digits=12),
    column("day", FieldType.DATE),
    column("money", FieldType.MONEY),
    column("born", FieldType.PARTIAL_DATE),
    column("note", FieldType.NOTE),
    ShownColumn("#case", "Số ca", "right"),
)


def test_cells_for_excel_on_the_clipboard() -> None:
    values = ("001099000123", "2026-06-14", 1500000, (1948, None, None), 'a\t"b"\nc & <d>', 0)
    texts = ("001099000123", "14/06/2026", "1.500.000", "1948", 'a\t"b"\nc & <d>', "")
    plain, html = clipboard_cells(COLUMNS, [ListRow("1", values, texts, False, False)])
    heads, cells = plain.split("\r\n")
    assert heads == "cccd\tday\tmoney\tborn\tnote\tSố ca"
    assert cells == '001099000123\t14/06/2026\t1.500.000\t1948\t"a\t""b""\nc & <d>"\t'
    assert "td{mso-number-format:'\\@'}" in html
    assert "<td>001099000123</td>" in html
    assert '<td x:num="46187" style=\'mso-number-format:"dd\\/mm\\/yyyy"\'>14/06/2026</td>' in html
    assert '<td x:num="1500000" style=\'mso-number-format:"#,##0"\'>1.500.000</td>' in html
    assert "<td>1948</td>" in html
    assert "c &amp; &lt;d&gt;" in html
    assert '<br style="mso-data-placement:same-cell">' in html
    assert '<td x:num="0" style=\'mso-number-format:"0"\'>0</td>' in html


def test_what_is_copied_is_masked_and_logged(
    workspace: Workspace, rows: RowList, people: dict[str, str]
) -> None:
    plain, html, count = copied(workspace, all_out(workspace, rows))
    assert count == 3
    line = next(one for one in plain.splitlines() if "Kín" in one)
    assert restricted_words() in line
    assert "HIV" not in plain + html
    (seen,) = logged(workspace, "copy")
    assert (seen.count, set(seen.ids)) == (3, set(people.values()))


def test_dates_amounts_and_numbers_are_of_their_kind(workspace: Workspace) -> None:
    saved_household = household(workspace, "Lê Văn Ánh", 4)
    rows = workspace.rows("household")
    rows.choose_columns(["head_name", "members", "#client"])
    paper = paper_of(workspace, all_out(workspace, rows))
    assert paper.rows == [("Lê Văn Ánh", 4, 0)]
    assert [one.number for one in paper.columns] == ["@", "#,##0", "#,##0"]
    assert rows.ids == [saved_household]


@pytest.mark.parametrize(
    ("kind", "value", "text", "cell"),
    [
        (FieldType.DATE, "2026-06-14", "14/06/2026", date(2026, 6, 14)),
        (FieldType.DATE, "1899-12-31", "31/12/1899", "31/12/1899"),
        (FieldType.DATE, "1900-02-28", "28/02/1900", "28/02/1900"),
        (FieldType.DATETIME, "2026-06-14T08:05", "14/06/2026 08:05", datetime(2026, 6, 14, 8, 5)),
        (FieldType.PARTIAL_DATE, (1980, 6, 15), "15/06/1980", date(1980, 6, 15)),
        (FieldType.PARTIAL_DATE, (1980, 6, None), "06/1980", "06/1980"),
        (FieldType.YES_NO, 1, "Có", "Có"),
        (FieldType.CHOICE, "NU", "Nữ", "Nữ"),
        (FieldType.DECIMAL, 1.5, "1,5", 1.5),
        (FieldType.TEXT, "0912", "0912", "0912"),
        (FieldType.MONEY, None, "", None),
    ],
)
def test_each_kind_of_cell(kind: FieldType, value: object, text: str, cell: object) -> None:
    assert cell_of_value(Field(name="x", type=kind, label="x"), value, text) == cell  # type: ignore[arg-type]
